"""A place's name in any spelling gives the place of its day, and what became of it on 1 July 2025."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach.document.facts import Issuer
from kehoach.extract import identity
from kehoach.rules import data, rows
from kehoach.text import fold

BEFORE, SINCE = "2025-06-30", "2025-07-01"
# Twenty mergers that are general knowledge: name, level, district, province, and what came of it.
MERGERS = [
    ("Trưng Trắc", "xa", "Văn Lâm", "Hưng Yên", ["xã Như Quỳnh, Hưng Yên"]),
    ("Đắk Plô", "xa", "Đắk Glei", "Kon Tum", ["xã Đăk Plô, Quảng Ngãi"]),
    ("Hoàng Việt", "xa", "Văn Lãng", "Lạng Sơn", ["xã Na Sầm, Lạng Sơn"]),
    ("thị trấn Sìn Hồ", "xa", None, "Lai Châu", ["xã Sìn Hồ, Lai Châu"]),
    ("Đắk Hòa", "xa", "Đắk Song", "Đắk Nông", ["xã Đắk Song, Lâm Đồng"]),
    (
        "Đắk Song",
        "huyen",
        None,
        "Đắk Nông",
        [f"xã {name}, Lâm Đồng" for name in ("Thuận Hạnh", "Trường Xuân", "Đắk Song", "Đức An")],
    ),
    ("Bến Nghé", "xa", "Quận 1", "TP. HCM", ["phường Sài Gòn, Hồ Chí Minh"]),
    ("Phường 22", "xa", "Bình Thạnh", "TP. HCM", ["phường Thạnh Mỹ Tây, Hồ Chí Minh"]),
    ("Hàng Bạc", "xa", "Hoàn Kiếm", "Hà Nội", ["phường Hoàn Kiếm, Hà Nội"]),
    ("Thắng Tam", "xa", "Vũng Tàu", "BR-VT", ["phường Vũng Tàu, Hồ Chí Minh"]),
    ("Côn Đảo", "huyen", None, "BR-VT", ["đặc khu Côn Đảo, Hồ Chí Minh"]),
    ("Dương Đông", "xa", "Phú Quốc", "Kiên Giang", ["đặc khu Phú Quốc, An Giang"]),
    ("Lý Sơn", "huyen", None, "Quảng Ngãi", ["đặc khu Lý Sơn, Quảng Ngãi"]),
    ("Phan Si Păng", "xa", "Sa Pa", "Lào Cai", ["phường Sa Pa, Lào Cai"]),
    ("Đồng Tâm", "xa", "TP Yên Bái", "Yên Bái", ["phường Yên Bái, Lào Cai"]),
    ("thị trấn Đồng Văn", "xa", "Đồng Văn", "Hà Giang", ["xã Đồng Văn, Tuyên Quang"]),
    ("Phường 1", "xa", "Đà Lạt", "Lâm Đồng", ["phường Xuân Hương - Đà Lạt, Lâm Đồng"]),
    ("Minh An", "xa", "Hội An", "Quảng Nam", ["phường Hội An, Đà Nẵng"]),
    ("Đồng Hải", "xa", "Đồng Hới", "Quảng Bình", ["phường Đồng Hới, Quảng Trị"]),
    ("thị trấn Chợ Rã", "xa", None, "Bắc Kạn", ["xã Chợ Rã, Thái Nguyên"]),
]


@pytest.mark.parametrize(("name", "level", "district", "province", "expected"), MERGERS)
def test_a_known_merger_is_known(name, level, district, province, expected):
    (place,) = identity.resolve(name, level, district, province, BEFORE)
    became = [f"{one.new.word} {one.new.name}, {one.new.province}" for one in identity.successors(place)]
    assert sorted(became) == expected


@pytest.mark.parametrize(
    "spelling", ["Đắk Plô", "Đăk Plô", "Đak Plô", "Dak Plo", "ĐẮK PLÔ", "Đăk Blô", "Đắk Blô"]
)
def test_every_spelling_is_the_same_commune(spelling):
    assert [one.code for one in identity.resolve(spelling, "xa", "Đắk Glei", "Kon Tum", "2024")] == ["23344"]


def test_the_day_tells_the_old_place_from_the_new_one_of_the_same_name():
    (old,) = identity.resolve("Đăk Plô", "xa", on="2024")
    (new,) = identity.resolve("Đăk Plô", "xa", on="2026")
    assert (old.province, new.province) == ("Kon Tum", "Quảng Ngãi")
    assert sorted(one.old.name for one in identity.predecessors(new)) == ["Đăk Blô", "Đăk Man", "Đăk Nhoong"]
    assert len(identity.resolve("Đăk Plô", "xa", on="2025")) == 2


def test_a_commune_of_which_only_a_part_went_over_says_so():
    (old,) = identity.resolve("Đình Dù", "xa", "Văn Lâm", "Hưng Yên", BEFORE)
    assert {one.part for one in identity.successors(old)} == {True}
    assert "Như Quỳnh" in {one.new.name for one in identity.successors(old)}


def test_a_name_that_many_bear_stays_many():
    assert len(identity.resolve("Tân Thành", "xa", on=BEFORE)) > 10
    assert len(identity.resolve("Trưng Trắc", "xa", None, "Hưng Yên", BEFORE)) == 1


def test_a_partial_answer_is_no_answer():
    assert identity.resolve("Trưng Trắc", "xa", "Đắk Song", "Hưng Yên", BEFORE) == ()
    assert identity.resolve("Nậm Khuông", "xa", None, "Tuyên Quang", SINCE) == ()
    assert identity.resolve("Đắk Song", "huyen", None, "Lâm Đồng", SINCE) == ()


def test_the_very_spelling_wins_over_one_that_is_equal_without_marks():
    names = {one.name for one in identity.resolve("Mỹ Hòa", "xa", None, "An Giang", BEFORE)}
    assert names <= {"Mỹ Hòa", "Mỹ Hoà"}


def test_what_the_issuer_prints_finds_its_place():
    issuer = Issuer("UBND xã Trung Trắc", "xa", "Trung Trắc", "Văn Lâm", "Hưng Yên")
    assert [one.name for one in identity.issuer_places(issuer, "2022-01-14")] == ["Trưng Trắc"]
    town = Issuer("UBND thị trấn Sìn Hồ", "xa", "Sìn Hồ", "Sìn Hồ", "Lai Châu")
    assert [one.word for one in identity.issuer_places(town, "2024")] == ["thị trấn"]
    assert identity.issuer_places(Issuer("UBND xã", "xa"), "2024") == ()


@pytest.mark.parametrize("place", data("places/names.yaml")["provinces"])
def test_other_names_of_provinces_are_known(place):
    for name in data("places/names.yaml")["provinces"][place]:
        assert [one.name for one in identity.resolve(name, "tinh", on=BEFORE)] == [place]


def test_every_old_commune_went_somewhere_and_every_new_one_came_from_somewhere():
    since = {code for code, _, _ in rows("places/communes_since.tsv.gz")}
    told = {
        one.strip("~") for row in rows("places/communes_before.tsv.gz") for one in row[-1].split() or ["none"]
    }
    assert told == since
    assert (len(rows("places/communes_before.tsv.gz")), len(since)) == (10040, 3321)


@given(st.text(max_size=30), st.sampled_from(["xa", "huyen", "tinh"]), st.text(max_size=12))
def test_no_name_breaks_the_tables(name, level, province):
    assert isinstance(identity.resolve(name, level, None, province, None), tuple)


@given(st.sampled_from([row[1] for row in rows("places/communes_before.tsv.gz") if row[0]][::97]))
def test_a_commune_found_by_its_name_is_found_in_capitals_and_without_marks(name):
    found = set(identity.resolve(name, "xa", on=BEFORE))
    assert found
    word, bare = name.split(" ", 1) if not name.startswith("Thị") else (name[:8], name[9:])
    assert found <= set(identity.resolve(f"{word} {fold(bare)}", "xa", on=BEFORE))
    assert found == set(identity.resolve(name.upper(), "xa", on=BEFORE))
