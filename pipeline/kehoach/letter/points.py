"""Findings as a review speaks of them: by part of the plan, heaviest first, those of one rule together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from kehoach.assess import Assessment
from kehoach.document.finding import Finding, Severity, Verdict
from kehoach.review.conclusions import HEAVY
from kehoach.rules import data

_WEIGHT = list(Severity)


@dataclass(frozen=True, slots=True)
class Item:
    """Findings of one rule that share a verdict, with their places in the assessment."""

    places: tuple[int, ...]
    findings: tuple[Finding, ...]

    @property
    def rule(self) -> str:
        return self.findings[0].rule

    @property
    def title(self) -> str:
        return self.findings[0].title

    @property
    def severity(self) -> Severity:
        return min((one.severity for one in self.findings), key=_WEIGHT.index)


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the plan with what is said of it."""

    id: str
    title: str
    items: tuple[Item, ...]

    @property
    def is_heavy(self) -> bool:
        """Whether a blocker or major stands in it."""
        return any(one.severity in HEAVY for one in self.items)


def grouped(assessment: Assessment, verdict: Verdict) -> tuple[Group, ...]:
    """Findings with a verdict that nobody let rest, by part of the plan, heaviest first within each."""
    told = [
        (place, one.finding)
        for place, one in enumerate(assessment.findings)
        if one.finding.verdict is verdict and one.waiver is None
    ]
    found = _items(told)
    groups = (
        Group(id, title, tuple(sorted(items, key=lambda one: _WEIGHT.index(one.severity))))
        for id, title, _rules in _parts()
        if (items := [one for one in found if part_of(one.rule) == id])
    )
    return tuple(groups)


def _items(told: Sequence[tuple[int, Finding]]) -> list[Item]:
    by_rule = groupby(sorted(told, key=lambda one: one[1].rule), key=lambda one: one[1].rule)
    items = []
    for _rule, group in by_rule:
        places, findings = zip(*group, strict=True)
        items.append(Item(tuple(places), tuple(findings)))
    return sorted(items, key=lambda one: one.places)


def only(groups: Iterable[Group], severities: Iterable[Severity]) -> tuple[Group, ...]:
    """The groups with items of some weights alone; those that have none are left out."""
    wanted = set(severities)
    kept = (Group(one.id, one.title, tuple(i for i in one.items if i.severity in wanted)) for one in groups)
    return tuple(one for one in kept if one.items)


@lru_cache
def part_of(rule: str) -> str:
    """The part of a plan that a rule speaks of."""
    return next(
        id
        for id, _title, rules in _parts()
        if any(rule == one or ((not one or one[-1] in "._") and rule.startswith(one)) for one in rules)
    )


@lru_cache
def _parts() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    known: Sequence[Mapping[str, Any]] = data("letter/groups.yaml")["parts"]
    return tuple((one["id"], one["title"], tuple(one["rules"])) for one in known)


def uncovered(items: Sequence[Item]) -> list[Item]:
    """Without those that only say again what another says: one defect, one item."""
    rules = {one.rule for one in items}
    covers: Mapping[str, Sequence[str]] = data("letter/groups.yaml")["covers"]
    covered = {other for rule in rules for other in covers.get(rule, ())}
    return [one for one in items if one.rule not in covered]
