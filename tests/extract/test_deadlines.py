"""Deadlines: what counts in running text and in cells, and the calendar behind the words."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach.document.plan import Paragraph, Piece, Plan, Span
from kehoach.extract.deadlines import KINDS, after_label, in_cell, in_text, occurrences, sharper
from kehoach.extract.rhythm import PERIODIC, RHYTHMS
from kehoach.rules import phrases
from kehoach.text import nfc

WORDS = [
    "trước ngày",
    "30",
    "/",
    "tháng 11",
    "năm 2024",
    "quý",
    "II",
    "Thường xuyên",
    "rà soát",
    "hằng",
    "-",
    "đến",
    "từ",
]
TEXTS = st.lists(st.sampled_from(WORDS) | st.text(max_size=8), max_size=12).map(" ".join)
ISSUED = date(2024, 3, 1)


def plan_of(text: str) -> Plan:
    text = nfc(text)
    return Plan(text, (Paragraph(Span(0, len(text)), 1),), (Piece(0, len(text), 1),))


def item(text: str, year: int | None = 2024, issued_on: date | None = ISSUED):
    plan = plan_of(text)
    return in_text(plan, Span(0, len(plan.text)), year=year, issued_on=issued_on)


item("Văn phòng thường xuyên rà soát, trước ngày 15/6")  # the rules are read once, before anything is timed


def cell(text: str, year: int | None = 2024, issued_on: date | None = ISSUED):
    plan = plan_of(text)
    return in_cell(plan, Span(0, len(plan.text)), year=year, issued_on=issued_on)


def test_without_a_year_no_date_is_invented():
    found = cell("Quý II", year=None)
    assert (found.kind, found.start, found.end) == ("period", None, None)


def test_a_day_that_does_not_exist_keeps_its_words_but_has_no_date():
    found = item("hoàn thành trước ngày 31 tháng 6 năm 2024")
    assert (found.kind, found.end, found.text) == ("by", None, "hoàn thành trước ngày 31 tháng 6 năm 2024")


@pytest.mark.parametrize(("year", "last"), [(2023, 28), (2024, 29), (2100, 28)])
def test_february_ends_by_the_leap_year(year: int, last: int):
    assert cell(f"Tháng 2/{year}").end == date(year, 2, last)


def test_of_several_times_in_a_cell_the_most_specific_wins_and_the_cell_is_quoted_whole():
    found = cell("Trước và trong quá trình bầu cử - Thường xuyên.")
    assert (found.kind, found.text) == ("event", "Trước và trong quá trình bầu cử - Thường xuyên")
    assert cell("Thường xuyên, xong trước 30/11").kind == "by"


@pytest.mark.parametrize("vague", ["Kịp thời", "Sớm", "Theo quy định", "Đúng thời gian quy định", "", "-"])
def test_vague_words_are_no_deadline(vague: str):
    assert cell(vague) is None


def test_a_label_in_front_of_the_time_is_left_out():
    plan = plan_of("- Thời gian hoàn thành: Quý II, III năm 2024.")
    span = after_label(plan, Span(0, len(plan.text)))
    assert plan.quote(span) == "Quý II, III năm 2024"
    assert in_cell(plan, Span(0, len(plan.text)), year=2024).text == "Quý II, III năm 2024"


@pytest.mark.parametrize(
    "text",
    [
        "Xây dựng và triển khai kế hoạch kiểm tra hằng năm",
        "Tham mưu xây dựng Kế hoạch công tác năm, hàng tháng theo hướng dẫn",
        "Tổ chức triển khai kế hoạch cải cách hành chính năm 2024",
        "Thực hiện Chương trình tổng thể cải cách hành chính giai đoạn 2021 - 2030",
        "Xác định đây là nhiệm vụ thường xuyên, lâu dài",
        "Triển khai Nghị định số 61/2018/NĐ-CP ngày 23/4/2028 của Chính phủ",
        "Khắc phục những hạn chế trong năm 2023",
        "Thực hiện kiểm tra việc phân cấp. Đánh giá định kỳ đối với các nhiệm vụ được giao",
    ],
)
def test_names_and_results_are_no_deadlines(text: str):
    assert item(text) is None


def test_an_explicit_day_before_the_plan_was_issued_is_no_deadline_of_running_text():
    assert item("Xử lý hồ sơ nhận trước ngày 15/01/2024", issued_on=ISSUED) is None
    assert item("Xử lý hồ sơ nhận trước ngày 15/06/2024", issued_on=ISSUED).end == date(2024, 6, 15)


def test_a_date_beats_a_rhythm_and_the_first_of_two_days_wins():
    text = (
        "Báo cáo 06 tháng một lần; chấm điểm, gửi hồ sơ trước ngày 30/11/2024, bổ sung trước ngày 15/12/2024"
    )
    assert item(text).end == date(2024, 11, 30)


def test_the_day_of_issue_begins_what_runs_from_the_issue():
    found = item("triển khai từ ngày ban hành Kế hoạch đến khi kết thúc Đại hội")
    assert (found.kind, found.start, found.end) == ("period", ISSUED, None)
    assert cell("từ ngày ban hành Kế hoạch đến khi kết thúc Đại hội", issued_on=None).start is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Trước ngày 15 của tháng cuối quý", [(3, 15), (6, 15), (9, 15), (12, 15)]),
        ("Trước ngày 01/6 và 15/11 hằng năm", [(6, 1), (11, 15)]),
        ("Trước 15/3 hằng năm", [(3, 15)]),
        ("Hằng quý", []),
    ],
)
def test_recurring_days_are_counted_out_in_the_year(text: str, days: list[tuple[int, int]]):
    assert occurrences(cell(text), 2024) == tuple(date(2024, month, day) for month, day in days)


def test_a_monthly_day_falls_on_the_last_of_a_short_month():
    days = occurrences(item("báo cáo kết quả trước ngày 30 hằng tháng"), 2023)
    assert len(days) == 12
    assert date(2023, 2, 28) in days


@given(TEXTS)
def test_a_deadline_is_its_own_words_in_either_unicode_form(text: str):
    for reader in (item, cell):
        found = reader(text)
        assert reader(unicodedata.normalize("NFD", text)) == found
        if found:
            assert plan_of(text).quote(found.anchor.span) == found.text
            assert found.text.strip()


@given(TEXTS, st.none() | st.integers(1900, 2999))
def test_what_is_found_is_a_known_kind_with_ordered_days(text: str, year: int | None):
    for found in (item(text, year), cell(text, year)):
        if found is None:
            continue
        assert found.kind in KINDS
        assert found.start is None or found.end is None or found.start <= found.end
        assert (found.recurrence in (*RHYTHMS, PERIODIC)) == (found.kind == "recurring")
        if found.kind not in ("date", "by", "period"):
            assert (found.start, found.end) == (None, None)
        assert all(day.year == 2024 for day in occurrences(found, 2024))


@given(
    st.sampled_from(["Trước ngày 30 tháng 11 năm 2024", "Quý II, III năm 2024", "hoàn thành trong năm 2024"]),
    st.data(),
)
def test_white_space_does_not_change_what_is_read(text: str, data: st.DataObject):
    spaces = st.text(" \n\t", min_size=1, max_size=3)
    shuffled = "".join(data.draw(spaces) if char == " " else char for char in text)
    before, after = cell(text), cell(shuffled)
    assert (before.kind, before.start, before.end, before.text) == (
        after.kind,
        after.start,
        after.end,
        after.text,
    )


@pytest.mark.parametrize(
    "text",
    [
        "Rà soát văn bản, hoàn thành trước ngày 15/02/2024",
        "Gửi kế hoạch về Phòng Nội vụ trước ngày 15/02/2024",
    ],
)
def test_a_last_day_before_the_issue_is_still_the_works_own(text):
    found = item(text)
    assert (found.kind, found.end) == ("by", date(2024, 2, 15))


@pytest.mark.parametrize(
    "text",
    [
        "Giải quyết hồ sơ đã tiếp nhận trước ngày 15/02/2024",
        "Khắc phục tồn tại từ ngày 15/02/2024 trở về trước",
    ],
)
def test_a_past_day_that_tells_things_apart_is_no_deadline(text):
    assert item(text) is None


def test_of_one_rhythm_the_closer_words_hold():
    own, day = item("Định kỳ tiếp công dân"), cell("Ngày 15 hằng tháng")
    assert sharper(own, day, 2024) == day
    assert sharper(item("Hằng tháng tổ chức họp"), day, 2024) == day
    weekly = item("Hằng tuần tổ chức họp")
    assert sharper(weekly, day, 2024) == weekly
    assert sharper(weekly, None, 2024) == weekly
    assert sharper(None, day, 2024) == day


@pytest.mark.parametrize("rule", phrases("due"), ids=lambda rule: rule.id)
def test_what_a_past_last_day_belongs_to_is_known_by_its_clause(rule):
    assert rule.examples and rule.counterexamples
    assert all(rule.pattern.search(one.text) for one in rule.examples)
    assert not [one for one in rule.counterexamples if rule.pattern.search(one)]
