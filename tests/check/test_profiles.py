"""Which rules a document gets; a province's own file; a broken file says where and why."""

import pytest
import yaml

from kehoach.check.profiles import load, ours
from kehoach.errors import RuleFileBroken
from made_checks import made


@pytest.mark.parametrize(
    ("parts", "profiles"),
    [
        ({}, ["nd30", "cchc_xa"]),
        ({"title": "Nâng cao Chỉ số PAPI xã An Bình năm 2024", "aims": ""}, ["nd30", "papi"]),
        ({"frame": "cong_van"}, ["nd30", "cong_van"]),
        ({"title": "Phòng, chống thiên tai xã An Bình năm 2024", "aims": ""}, ["nd30"]),
    ],
)
def test_profiles_are_chosen_by_what_the_document_is(parts, profiles):
    assert [one.id for one in ours().chosen(made(**parts)[2])] == profiles


def province(tmp_path, text):
    path = tmp_path / "tinh.yaml"
    path.write_text(text, "utf-8")
    return path


def test_a_province_changes_a_weight_drops_a_rule_and_adds_its_own(tmp_path, verdicts):
    path = province(
        tmp_path,
        """
extends: kehoach
rules:
- {id: ct.kinh_phi, severity: major}
- id: tinh.zalo
  title: Có nội dung về Zalo
  severity: minor
  basis: {kind: practice, cite: Công văn của Sở Nội vụ}
  test: followed_up
  params: {words: zalo}
  message: Chưa có nội dung về Zalo.
  fix: Bổ sung.
profiles:
- {id: cchc_xa, drop: [ct.kiem_tra], add: [tinh.zalo]}
""",
    )
    mine = load(path)
    assert verdicts("ct.kinh_phi", checklist=mine, budget="") == [("fail", "major", None)]
    assert verdicts("tinh.zalo", checklist=mine) == [("fail", "minor", None)]
    assert verdicts("ct.kiem_tra", checklist=mine) == []
    assert verdicts("ct.kinh_phi", budget="") == [("fail", "minor", None)]  # ours is as it was


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("rules: []", 1, "extends: kehoach"),
        ("extends: kehoach\nrules:\n- {id: ct.kinh_phi, severity: heavy}", 3, "heavy"),
        ("extends: kehoach\nrules:\n- {id: x.new, title: New}", 3, "severity is missing"),
        ("extends: kehoach\nrules:\n- {id: ct.kinh_phi, colour: red}", 3, "unknown key colour"),
        ("extends: kehoach\nrules:\n- {id: ct.kinh_phi, test: guess}", 3, "no test guess"),
        ("extends: kehoach\nrules:\n- {id: ct.kinh_phi, params: {words: '('}}", 3, "unterminated"),
        ("extends: kehoach\nrules:\n- {id: ct.kinh_phi, message: '{wrong}'}", 3, "placeholder wrong"),
        ("extends: kehoach\nprofiles:\n- {id: papi, add: [no.such]}", 3, "no rule no.such"),
        ("extends: kehoach\nrules:\n- id: a\n  b: c: d", 4, "mapping values are not allowed"),
        ("- a", 1, "a mapping is wanted"),
        ("extends: kehoach\nrules:\n- 5", 3, "a mapping is wanted"),
    ],
)
def test_a_broken_file_gets_its_name_line_and_reason(text, line, reason, tmp_path):
    with pytest.raises(RuleFileBroken) as error:
        load(province(tmp_path, text))
    assert error.value.facts["path"] == "tinh.yaml"
    assert (error.value.facts["line"], reason in str(error.value.facts["reason"])) == (line, True)


def test_a_rule_holds_only_for_documents_of_its_time(verdicts):
    assert (
        verdicts(
            "nd30.so", number="Số: /KH-UBND", date="An Bình, ngày tháng 01 năm 2019", title="CCHC năm 2019"
        )
        == []
    )


def test_the_rules_keep_the_ids_of_the_draft(shared):
    draft = yaml.safe_load((shared / "domain" / "checklists.yaml").read_text("utf-8"))
    assert list(ours().rules) == [rule["id"] for rule in draft["rules"]]
