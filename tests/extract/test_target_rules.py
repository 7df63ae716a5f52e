"""Every target rule reads its own examples through the whole rule set, and leaves its counterexamples."""

from __future__ import annotations

from typing import Any

import pytest

from kehoach.document.facts import Target
from kehoach.document.plan import Paragraph, Piece, Plan, Span
from kehoach.extract.target_cells import squeezed
from kehoach.extract.targets import NO_TARGET, OBJECTIVES, PLACE, targets
from kehoach.rules import Example, Rule, phrases

RULES = phrases("targets")
PLAN_YEAR = 2026


def read(text: str, kind: str) -> tuple[Target, ...]:
    span = Span(0, len(text))
    plan = Plan(text, (Paragraph(span, 1),), (Piece(0, len(text), 1),))
    return targets(plan, [(span, kind)], year=PLAN_YEAR)


def cases(blocking: bool) -> list[Any]:
    return [
        pytest.param(rule, example, id=f"{rule.id}-{number}")
        for rule in RULES
        for number, example in enumerate(rule.examples)
        if (rule.value == NO_TARGET) == blocking
    ]


@pytest.mark.parametrize(("rule", "example"), cases(blocking=False))
def test_an_example_is_won_by_its_own_rule(rule: Rule, example: Example) -> None:
    found = read(example.text, example.expect.get("kind", "tasks"))
    assert [one.rule for one in found] == [rule.id]
    assert found[0].comparator == (None if rule.value == PLACE else rule.value)
    for name in ("value", "unit", "year"):
        if name in example.expect:
            assert getattr(found[0], name) == example.expect[name], name
    assert found[0].text == example.expect.get("target", found[0].text)


@pytest.mark.parametrize(("rule", "example"), cases(blocking=True))
def test_figures_that_are_no_aim_give_none(rule: Rule, example: Example) -> None:
    assert rule.pattern.search(example.text)
    assert read(example.text, "tasks") == ()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_leaves_its_counterexamples(rule: Rule) -> None:
    assert rule.examples and rule.counterexamples
    for text in rule.counterexamples:
        found = read(text, rule.params.get("in", OBJECTIVES))
        assert rule.id not in [one.rule for one in found], text
        assert rule.value != NO_TARGET or not rule.pattern.search(text), text


@pytest.mark.parametrize("rule", phrases("target_columns"), ids=lambda rule: rule.id)
def test_a_column_rule_knows_its_heads(rule: Rule) -> None:
    assert rule.examples and rule.counterexamples
    assert all(rule.pattern.search(squeezed(example.text)) for example in rule.examples)
    assert not any(rule.pattern.search(squeezed(text)) for text in rule.counterexamples)
