"""Terms end where the law of terms and the calendar say; without a known anchor nobody knows when."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach.document.facts import Deadline
from kehoach.document.plan import Anchor, Span
from kehoach.extract.deadlines import occurrences
from kehoach.extract.terms import due_day
from kehoach.rules import Example, Rule, phrases

RULES = phrases("terms")
ISSUED = date(2026, 2, 10)
CASES = [
    pytest.param(rule, example, id=f"{rule.id}-{number}")
    for rule in RULES
    for number, example in enumerate(rule.examples)
]


def said(text: str, kind: str = "relative") -> Deadline:
    return Deadline(text, kind, None, None, None, "test", Anchor(Span(0, len(text)), 1, ()))


def due(text: str, facts: dict[str, Any], kind: str = "relative") -> date | None:
    return due_day(said(text, kind), year=facts.get("year", 2026), issued_on=facts.get("issued", ISSUED))


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_an_example_ends_on_its_day(rule: Rule, example: Example):
    assert rule.pattern.search(example.text)
    assert due(example.text, dict(example.expect)) == example.expect["due"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_leaves_its_counterexamples(rule: Rule):
    assert rule.counterexamples
    assert not [text for text in rule.counterexamples if rule.pattern.search(text)]


def test_without_a_known_anchor_there_is_no_day():
    assert due("trong 05 ngày làm việc kể từ ngày nhận được hồ sơ", {}) is None
    assert due("trong 10 ngày kể từ ngày ban hành Kế hoạch này", {"issued": None}) is None
    assert due("trước Tết Nguyên đán", {"year": None}, "event") is None


def test_a_deadline_that_says_its_day_has_no_other():
    assert due("trong 05 ngày làm việc kể từ ngày 15/3/2026", {}, "by") is None


@given(st.dates(date(2024, 1, 1), date(2027, 12, 31)), st.integers(1, 60))
def test_a_term_ends_after_its_anchor_on_no_weekend(anchor: date, count: int):
    for working in (" làm việc", ""):
        end = due(f"trong {count:02} ngày{working} kể từ ngày {anchor.day}/{anchor.month}/{anchor.year}", {})
        assert end is not None
        assert end >= anchor + timedelta(days=count)


def test_weekdays_and_edges_of_months_are_counted_out():
    friday = Deadline(
        "vào thứ Sáu hằng tuần", "recurring", None, None, "weekly", "recurring.weekday", said("").anchor
    )
    days = occurrences(friday, 2026)
    assert len(days) == 52 and {day.weekday() for day in days} == {4}
    edge = Deadline(
        "vào ngày làm việc cuối cùng của tháng",
        "recurring",
        None,
        None,
        "monthly",
        "recurring.edge",
        friday.anchor,
    )
    assert occurrences(edge, 2026)[0] == date(2026, 1, 30)
