"""Which superior plan a plan carries out: the one it cites; else one of its year, subject and province."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kehoach.compare.notions import notions
from kehoach.compare.plans import Plan
from kehoach.sqlite import Database
from kehoach.text import fold

LEVELS = ("xa", "huyen", "tinh", "bo")  # lowest first
CITED, BY_TITLE, ASKED = "cited", "title", "asked"
SUBJECT = 0.5  # share of the shorter title's things that two plans of one subject share


@dataclass(frozen=True, slots=True)
class Link:
    """A plan and the superior plan that it carries out; `found_by`: cited, title or asked."""

    plan: Plan
    superior: Plan
    found_by: str


def links(db: Database, plans: Sequence[Plan]) -> Iterator[Link]:
    """Each plan that has a superior among `plans`, with it."""
    cited = _cited(db, plans)
    known = frozenset(one for found in cited.values() for one in found)
    superiors = [one for one in plans if one.level in LEVELS[1:]]
    for plan in plans:
        above = [one for one in superiors if is_above(one, plan)]
        named = [one for one in above if one.id in cited.get(plan.id, ())]
        if named:
            yield Link(plan, min(named, key=lambda one: (_height(one), one.id)), CITED)
        elif (found := _by_title(plan, above, known)) is not None:
            yield Link(plan, found, BY_TITLE)


def is_above(one: Plan, plan: Plan) -> bool:
    """Whether a plan's issuer stands above another's, in the same province where both are known."""
    if one.level not in LEVELS or plan.level not in LEVELS:
        return False
    return _height(one) > _height(plan) and same_province(one, plan) and _same_district(one, plan)


def same_province(one: Plan, other: Plan) -> bool:
    """Whether the provinces agree, or one of them is not known."""
    if one.level == "bo" or other.level == "bo" or not (one.province and other.province):
        return True
    return fold(one.province) == fold(other.province)


def _same_district(one: Plan, plan: Plan) -> bool:
    """Whether a district's plan is above a plan of that district, or one of the two does not say which."""
    if one.level != "huyen" or not (one.district and plan.district):
        return True
    return fold(one.district) == fold(plan.district)


def same_subject(one: Plan, other: Plan) -> bool:
    """Whether two plans are about the same by their titles."""
    things = [_things(plan.title or "") for plan in (one, other)]
    least = min(map(len, things))
    return bool(least) and len(things[0] & things[1]) >= SUBJECT * least


def _things(title: str) -> set[str]:
    return {name for name in notions(title) if name.startswith("things.")}


def _height(plan: Plan) -> int:
    return LEVELS.index(plan.level) if plan.level in LEVELS else -1


def _by_title(plan: Plan, above: Sequence[Plan], cited: frozenset[int]) -> Plan | None:
    """The only plan above of the same year and subject. Where a province is not known it must be one that
    others here carry out: nobody is put under a stranger.
    """
    fitting = [
        one
        for one in above
        if plan.year
        and one.year == plan.year
        and same_subject(one, plan)
        and (one.id in cited or (one.province and plan.province))
    ]
    lowest = min(map(_height, fitting), default=0)
    nearest = [one for one in fitting if _height(one) == lowest]
    return nearest[0] if len(nearest) == 1 else None


_CITATIONS = """
    SELECT c.document_id, d.id AS cited_id FROM citations c
    JOIN documents d ON d.number = c.number AND d.symbol = c.symbol
      AND (c.date IS NULL OR d.issued_on IS NULL OR d.issued_on = c.date)
    WHERE c.number IS NOT NULL AND d.id <> c.document_id
"""


def _cited(db: Database, plans: Sequence[Plan]) -> dict[int, set[int]]:
    """By plan the documents here that it cites by number, symbol and day."""
    known = {plan.id for plan in plans}
    found: dict[int, set[int]] = {}
    for row in db.query(_CITATIONS):
        if row["document_id"] in known and row["cited_id"] in known:
            found.setdefault(row["document_id"], set()).add(row["cited_id"])
    return found
