"""Every deadline rule reads its own examples through the whole rule set, and leaves its counterexamples."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kehoach.document.facts import Deadline
from kehoach.document.plan import Paragraph, Piece, Plan, Span
from kehoach.extract.deadlines import LABEL, NO_DEADLINE, in_cell, in_text
from kehoach.rules import Example, Rule, phrases

RULES = phrases("deadlines")
READING = [rule for rule in RULES if rule.value not in (NO_DEADLINE, LABEL)]
BLOCKING = [rule for rule in RULES if rule.value == NO_DEADLINE]
PLAN_YEAR = 2026


def plan_of(text: str) -> tuple[Plan, Span]:
    span = Span(0, len(text))
    return Plan(text, (Paragraph(span, 1),), (Piece(0, len(text), 1),)), span


def read(text: str, facts: dict[str, Any]) -> Deadline | None:
    plan, span = plan_of(text)
    reader = in_cell if facts.get("in") == "cell" else in_text
    return reader(plan, span, year=facts.get("year", PLAN_YEAR), issued_on=facts.get("issued"))


def cases(rules: list[Rule]) -> list[Any]:
    return [
        pytest.param(rule, example, id=f"{rule.id}-{number}")
        for rule in rules
        for number, example in enumerate(rule.examples)
    ]


@pytest.mark.parametrize(("rule", "example"), cases(READING))
def test_an_example_is_won_by_its_own_rule(rule: Rule, example: Example) -> None:
    facts = dict(example.expect)
    found = read(example.text, facts)
    assert found is not None
    assert (found.rule, found.kind) == (rule.id, rule.value)
    for name in ("start", "end", "recurrence"):
        if name in facts:
            assert getattr(found, name) == facts[name], name


@pytest.mark.parametrize(("rule", "example"), cases(BLOCKING))
def test_words_that_are_no_deadline_give_none(rule: Rule, example: Example) -> None:
    assert rule.pattern.search(example.text)
    assert read(example.text, dict(example.expect)) is None


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_leaves_its_counterexamples(rule: Rule) -> None:
    assert rule.examples and rule.counterexamples
    for text in rule.counterexamples:
        place = {"in": rule.params.get("in", "text")}
        found = read(text, place)
        assert found is None or found.rule != rule.id, text
        assert rule.value not in (NO_DEADLINE, LABEL) or not rule.pattern.match(text), text


def test_an_example_of_a_date_is_a_date_in_the_file() -> None:
    days = [one.expect["end"] for rule in READING for one in rule.examples if one.expect.get("end")]
    assert days and all(isinstance(day, date) for day in days)
