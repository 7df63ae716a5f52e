"""A commune's plan of one year beside that of the year before, through mergers and renamings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from kehoach.compare.likeness import settings
from kehoach.compare.pairs import Pair, pairs
from kehoach.compare.plans import Plan
from kehoach.compare.superior import same_province, same_subject
from kehoach.extract.canonical import DISTRICTS_END
from kehoach.rules import Rule, load_phrases, models_dir
from kehoach.sqlite import Database
from kehoach.text import fold, one_line

SAME_PLACE, FORERUNNER = "same_place", "forerunner"
BY_PLACE, BY_WORDS, BY_ISSUER = "place", "words", "issuer"
BREAK = (date.fromisoformat(DISTRICTS_END) + timedelta(days=1)).isoformat()  # the mergers of 2025
_NAME = re.compile(r"(?:các|hai|ba|bốn|\d+)?\s*(?:xã|phường|thị trấn)?\s*(?P<name>[^,]+)")


@dataclass(frozen=True, slots=True)
class Succession:
    """A plan and the one of the year before that it follows.

    `kind`: same_place or forerunner; `valid_from`: the day of the merger; `forerunners`: how many old units;
    `words`: the later plan's own, None where the list of places tells.
    """

    old: Plan
    plan: Plan
    kind: str
    found_by: str
    valid_from: str | None = None
    forerunners: int | None = None
    words: str | None = None


def successions(db: Database, plans: Sequence[Plan]) -> Iterator[Succession]:
    """Every plan of a commune with those of the year before that it follows."""
    by_year: dict[int, list[Plan]] = {}
    for plan in plans:
        if plan.year and plan.level == "xa":
            by_year.setdefault(plan.year, []).append(plan)
    lineage = _lineage(db)
    for year, later in sorted(by_year.items()):
        known = _known(by_year.get(year - 1, ()))
        for plan in later if known.names else ():
            yield from _followed(db, plan, known, lineage)


@dataclass(frozen=True, slots=True)
class _Known:
    """The plans of a year by the folded name of their commune, and by their place where that is certain."""

    names: Mapping[str, list[Plan]]
    places: Mapping[int, list[Plan]]


def _known(plans: Iterable[Plan]) -> _Known:
    names: dict[str, list[Plan]] = {}
    places: dict[int, list[Plan]] = {}
    for plan in plans:
        names.setdefault(fold(plan.commune or ""), []).append(plan)
        if plan.place_id:
            places.setdefault(plan.place_id, []).append(plan)
    return _Known(names, places)


def _followed(
    db: Database, plan: Plan, known: _Known, lineage: Mapping[int, set[int]]
) -> Iterator[Succession]:
    place = plan.place_id or 0
    for old in known.places.get(place, ()):
        if same_subject(old, plan):
            yield Succession(old, plan, SAME_PLACE, BY_PLACE)
    for before in sorted(lineage.get(place, ())):
        for old in known.places.get(before, ()):
            if same_subject(old, plan):
                yield Succession(old, plan, FORERUNNER, BY_PLACE, BREAK, len(lineage[place]))
    said = forerunners(_text(db, plan))
    for name, words in said.items():
        for old in known.names.get(fold(name), ()):
            if not (old.place_id and plan.place_id) and same_subject(old, plan):
                yield Succession(old, plan, FORERUNNER, BY_WORDS, _break(old, plan), len(said), words)
    for old in known.names.get(fold(plan.commune or ""), ()) if plan.commune else ():
        alone = not (old.place_id and plan.place_id) and plan.commune not in said
        if alone and same_province(old, plan) and same_subject(old, plan):
            yield Succession(old, plan, SAME_PLACE, BY_ISSUER)


@lru_cache(maxsize=1024)
def forerunners(text: str) -> Mapping[str, str]:
    """Bare names of the old units that a text says its commune was made of, with the words that say so."""
    found: dict[str, str] = {}
    for rule in _rules():
        for match in rule.pattern.finditer(text):
            for name in _names(match["units"]):
                found.setdefault(name, one_line(match[0]))
    return found


def _names(units: str) -> Iterator[str]:
    """ "thị trấn Nậm Ròn và hai xã Khuông Hạ, Khuông Thượng": the three bare names."""
    for part in re.split(r",| và ", one_line(units)):
        match = _NAME.fullmatch(part.strip())
        words = match["name"].split() if match else []
        capital = [word for word in words if word[:1].isupper()]
        if capital and words[0][:1].isupper():
            yield " ".join(
                words[: next((at for at, one in enumerate(words) if one[:1].islower()), len(words))]
            )


@lru_cache
def _rules() -> tuple[Rule, ...]:
    return load_phrases(models_dir() / "compare" / "mergers.yaml")


def _break(old: Plan, plan: Plan) -> str | None:
    """The day of the mergers, where it lies between the two plans."""
    between = (old.issued_on or str(old.year)) < BREAK <= (plan.issued_on or str(plan.year))
    return BREAK if between else None


def _text(db: Database, plan: Plan) -> str:
    return str(next(db.query("SELECT text FROM documents WHERE id = ?", (plan.id,)))["text"])


def _lineage(db: Database) -> dict[int, set[int]]:
    """By place the old places that went into it."""
    found: dict[int, set[int]] = {}
    for row in db.query("SELECT old_id, new_id FROM place_lineage"):
        found.setdefault(row["new_id"], set()).add(row["old_id"])
    return found


def continued(old: Plan, plan: Plan) -> list[Pair]:
    """Which tasks of the year before go on in which tasks of the year; each of the latter once.

    The words must say so: nobody told a plan to carry on the one of the year before, so what stands where it
    stood may be something new.
    """
    best: dict[int, Pair] = {}
    for pair in pairs(old.tasks, plan.tasks):
        if pair.score < settings()["accept"]:
            continue
        if pair.task.id not in best or best[pair.task.id].score < pair.score:
            best[pair.task.id] = pair
    return list(best.values())
