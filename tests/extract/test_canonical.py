"""One unit has one id under all its names, at its level, on its day; what is not told apart stays open."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach.document.facts import Header, Issuer, Mention, Task
from kehoach.document.plan import Anchor, Span
from kehoach.extract import canonical, spelling
from kehoach.rules import data

OLD, NEW = "2024-02-01", "2026-01-12"
RULES = [pytest.param(rule, id=rule.id) for rule in canonical.collective_rules()]
SINGLE = sorted({unit.name for unit in canonical.units().values() if unit.kind != canonical.COLLECTIVE})


@pytest.mark.parametrize("rule", RULES)
def test_a_collective_is_known_by_its_examples_and_by_nothing_else(rule):
    assert rule.examples
    assert {canonical.collective(one.text) for one in rule.examples} == {rule.value}
    assert rule.counterexamples
    assert not [one for one in rule.counterexamples if rule.pattern.search(spelling.words(one))]
    assert canonical.units()[rule.value].kind == canonical.COLLECTIVE


def test_what_a_collective_covers_is_there():
    known = set(canonical.units())
    for unit in canonical.units().values():
        for pattern in unit.covers:
            assert any(one == pattern or one.startswith(pattern.removesuffix("*")) for one in known), pattern


@pytest.mark.parametrize("unit", [one for one in canonical.units().values() if one.kind != "collective"])
def test_every_unit_is_found_by_its_own_name_at_its_level(unit):
    on = max(unit.valid_from, "2024-01-01") if unit.valid_to > "2024-01-01" else unit.valid_to
    found = canonical.named(unit.name, level=unit.at, on=on)
    assert unit.id in (found.unit, *found.candidates)


@pytest.mark.parametrize(
    ("name", "level", "on", "expected"),
    [
        ("VP-TK", "xa", OLD, "xa.cc.vp_tk"),
        ("Công chức Vp- TK xã", "xa", OLD, "xa.cc.vp_tk"),
        ("bộ phận Văn phòng", "xa", OLD, "xa.cc.vp_tk"),
        ("Văn phòng HĐND và UBND", "xa", NEW, "xa.p.vp"),
        ("Văn phòng HĐND và UBND", "huyen", OLD, "huyen.vp"),
        ("VP HĐND&UBND", "huyen", OLD, "huyen.vp"),
        ("Phòng Tư pháp", "huyen", OLD, "huyen.p.tp"),
        ("Phòng Tư pháp", "xa", OLD, "huyen.p.tp"),
        ("Phòng Kinh tế", "xa", NEW, "xa.p.kt"),
        ("Lãnh đạo Phòng Nội vụ huyện Sìn Hồ", "huyen", OLD, "huyen.p.nv"),
        ("Phòng Nội vụ thuộc UBND huyện", "huyen", OLD, "huyen.p.nv"),
        ("Sở VHTT&DL", "tinh", NEW, "tinh.so.vhttdl"),
        ("Sở Văn hóa Thể thao và Du lịch", "tinh", NEW, "tinh.so.vhttdl"),
        ("Sở Văn hóa và Thể thao", "tinh", NEW, "tinh.so.vhtt"),
        ("Sở Sở Công thương", "tinh", NEW, "tinh.so.ct"),
        ("Công an", "xa", NEW, "xa.ca"),
        ("Công an", "tinh", NEW, "ca.tinh"),
        ("Công an tỉnh", "xa", NEW, "ca.tinh"),
        ("UBMTTQVN xã", "xa", OLD, "mttq.xa"),
        ("MTTQ", "huyen", OLD, "mttq.huyen"),
        ("Hội LHPN", "xa", OLD, "dt.pn.xa"),
        ("Hội LHPN tỉnh", "xa", OLD, "dt.pn.tinh"),
        ("Ủy ban nhân dân Thành phố", "huyen", OLD, "huyen.ubnd"),
        ("Ủy ban nhân dân Thành phố", "tinh", NEW, "tinh.ubnd"),
        ("UBND các phường, xã có liên quan", "tinh", NEW, "col.ubnd_cac_xa"),
        ("UBND xã", "xa", NEW, "xa.ubnd"),
        ("Thuế Đồng Nai", "tinh", NEW, "thue.tinh"),
        ("Câu lạc bộ Dưỡng sinh", "xa", OLD, None),
        ("Thời gian", "tinh", NEW, None),
        ("Phòng Tư pháp tỉnh", "tinh", OLD, None),
        ("Văn phòng Bộ", "tinh", OLD, None),
        ("Chi cục Thú y tỉnh", "tinh", OLD, None),
    ],
)
def test_a_name_means_the_unit_of_its_level_and_day(name, level, on, expected):
    assert canonical.canonical(name, level=level, on=on) == expected


def test_what_level_and_day_do_not_tell_apart_stays_open():
    found = canonical.named("Văn phòng HĐND và UBND", level=None, on="2025")
    assert found.unit is None
    assert {"xa.p.vp", "huyen.vp"} <= set(found.candidates)
    assert canonical.canonical("Thuế cơ sở", level="tinh", on=OLD) is None


def test_the_place_behind_a_name_is_kept():
    assert canonical.named("UBND xã Đắk Plô", level="xa", on=OLD) == canonical.Named("xa.ubnd", (), "Đắk Plô")
    lao_cai = canonical.named("Sở Công Thương tỉnh Lào Cai", level="tinh", on=NEW)
    assert (lao_cai.unit, lao_cai.place) == ("tinh.so.ct", "Lào Cai")
    issuer = Issuer("UBND xã An Bình", "xa", "An Bình")
    own = canonical.named("Trạm Y tế An Bình", level="xa", on=NEW, issuer=issuer)
    assert (own.unit, own.place) == ("xa.tram_yt", "An Bình")


@pytest.mark.parametrize("text", ["Phònq Nội vụ", "Phong Noi vu", "PhòngNội vụ", "Phòng Nội vu."])
def test_what_ocr_misread_is_found_where_ocr_read(text):
    assert canonical.named(text, level="huyen", on=OLD, by_ocr=True).unit == "huyen.p.nv"


@pytest.mark.parametrize("text", ["UBNDxã", "UBND xa", "Ủy ban nhân dân xã"])
def test_lost_spaces_and_marks_hide_no_committee(text):
    assert canonical.canonical(text, level="xa", on=OLD) == "xa.ubnd"


def test_a_slip_that_is_no_slip_of_ocr_makes_no_other_unit():
    assert canonical.named("Bộ Nội vụ", level="tinh", on=NEW, by_ocr=True).unit == "tw.bnv"
    assert canonical.named("Văn phòng Bộ", level="tinh", on=NEW, by_ocr=True).unit is None
    assert canonical.named("Phònq Nội vụ", level="huyen", on=OLD).unit is None


def test_tasks_get_the_units_of_their_documents_level_and_day():
    nowhere = Anchor(Span(0, 0), None)
    lead = (Mention("Văn phòng", "lead", "column", nowhere),)
    task = Task("Rà soát", (), None, "body", nowhere, "task.item", lead=lead)
    head = Header(issued_on="2024", issuer=Issuer("UBND xã An Bình", "xa", "An Bình"))
    assert canonical.resolved((task,), head)[0].lead[0].unit == "xa.cc.vp_tk"


@given(
    st.sampled_from(SINGLE), st.sampled_from(["", "các ", "Lãnh đạo "]), st.sampled_from(["-", "–", " - "])
)
def test_dashes_leading_words_and_spaces_change_nothing(name, lead, dash):
    changed = unicodedata.normalize("NFD", lead + name.replace(" - ", dash).replace(" ", "  "))
    before, after = (canonical.named(one, level="xa", on=OLD) for one in (name, changed))
    assert canonical.collective(changed) or (after.unit, after.candidates) == (before.unit, before.candidates)


@given(st.text(max_size=60))
def test_no_text_breaks_the_names(text):
    assert isinstance(canonical.named(text, level="xa", on=OLD, by_ocr=True), canonical.Named)


def test_no_two_units_share_an_id():
    raw = [one["id"] for one in (*data("units/units.yaml")["units"], *data("units/offices.yaml")["offices"])]
    assert len(raw) == len(set(raw))
