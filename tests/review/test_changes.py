"""What a new version mended, what stays, what is new; what rests when a plan is read again."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach.check.findings import findings
from kehoach.document.finding import Finding, Severity, Verdict
from kehoach.document.review import Change, Reason, Waiver
from kehoach.review.changes import changes
from kehoach.review.waivers import chosen, same_words, waiver_of
from made_checks import made

NOW = datetime(2026, 1, 5, tzinfo=UTC)


def finding(rule, verdict=Verdict.FAIL, evidence=None):
    return Finding(rule, verdict, Severity.MINOR, "practice", None, "Tên", "Câu.", "Sửa.", evidence)


def test_a_version_is_set_beside_the_one_before():
    before = [finding("a"), finding("b"), finding("c"), finding("d", evidence="trước ngày 30 tháng 6")]
    now = [
        finding("a"),
        finding("b", Verdict.PASS),
        finding("c", Verdict.NOT_ASSESSABLE),
        finding("d", evidence="xong trước ngày 30 tháng 6"),
        finding("e"),
    ]
    found = changes(before, now)
    assert [(one.rule, change) for one, change in found.failing] == [
        ("a", Change.STAYS),
        ("d", Change.STAYS),
        ("e", Change.NEW),
    ]
    assert [(one.rule, change) for one, change in found.gone] == [("b", Change.MENDED), ("c", Change.UNCLEAR)]


def test_one_defect_of_two_that_is_mended_leaves_the_other():
    before = [finding("a", evidence="Luật Đất đai năm 2013"), finding("a", evidence="Pháp lệnh dân chủ ở xã")]
    found = changes(before, [finding("a", evidence="Pháp lệnh dân chủ ở xã, phường")])
    assert [change for _, change in found.failing] == [Change.STAYS]
    assert [(one.evidence, change) for one, change in found.gone] == [
        ("Luật Đất đai năm 2013", Change.MENDED)
    ]


some = st.lists(
    st.builds(
        finding, st.sampled_from("abc"), st.sampled_from(Verdict), st.sampled_from([None, "một", "hai ba"])
    )
)


@given(some, some)
def test_every_failure_is_told_once_and_nothing_is_mended_that_cannot_be_assessed(before, now):
    found = changes(before, now)
    failing = [one for one in now if one.verdict is Verdict.FAIL]
    assert [one for one, _ in found.failing] == failing
    stays = sum(change is Change.STAYS for _, change in found.failing)
    assert stays + len(found.gone) == sum(one.verdict is Verdict.FAIL for one in before)
    unknown = {one.rule for one in now if one.verdict is Verdict.NOT_ASSESSABLE}
    assert not [one for one, change in found.gone if change is Change.MENDED and one.rule in unknown]


def test_a_plan_against_itself_changes_nothing():
    found = findings(*made(budget="", number="Số: 8/KH-UBND", recipients=""))
    told = changes(found, found)
    assert Counter(change for _, change in told.failing).keys() == {Change.STAYS} and not told.gone


def test_every_rule_that_can_be_mended_says_so_when_it_is():
    """Each example that fails, set beside the plan in which nothing is missing."""
    whole = findings(*made())
    for parts in ({"budget": ""}, {"number": "Số: 8/KH-UBND"}, {"recipients": ""}, {"archive": ""}):
        gone = changes(findings(*made(**parts)), whole).gone
        assert gone and {change for _, change in gone} == {Change.MENDED}


def waiver(rule, words=""):
    return Waiver(rule, words, Reason.MISREAD, "", "Lan", NOW)


@pytest.mark.parametrize(
    ("words", "evidence", "is_same"),
    [
        ("", None, True),
        ("", "Lưu: VP", False),
        ("Lưu: VP", "Luu : VP.", True),
        ("Yêu câu các công chức thực hiện", "Yêu cầu các công chức thực hiên", True),
        ("Yêu cầu các công chức thực hiện", "Yêu cầu cac cong chúc thục hien;", True),
        ("trước ngày 30 tháng 6 năm 2026", "trước ngày 30 tháng 9 năm 2026", False),
        ("Phòng Nội vụ", "Phòng Tư pháp", False),
    ],
)
def test_a_waiver_holds_for_the_same_words_read_again(words, evidence, is_same):
    assert same_words(words, finding("a", evidence=evidence)) is is_same


def test_a_waiver_holds_for_its_rule_and_for_failures_alone():
    one = finding("a", evidence="Lưu: VP")
    assert waiver_of(one, [waiver("b", "Lưu: VP"), waiver("a", "Lưu: VP")]) == waiver("a", "Lưu: VP")
    assert waiver_of(replace(one, rule="c"), [waiver("a", "Lưu: VP")]) is None
    assert waiver_of(replace(one, verdict=Verdict.PASS), [waiver("a", "Lưu: VP")]) is None


def test_failures_are_chosen_by_rule_and_words():
    found = [
        finding("a", evidence="Lưu: VP"),
        finding("a", evidence="Nơi nhận"),
        finding("a", Verdict.PASS),
        finding("b"),
    ]
    assert list(chosen(found, "a")) == found[:2]
    assert list(chosen(found, "a", "noi nhan")) == found[1:2]
