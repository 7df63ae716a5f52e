"""Targets against each other: a commune's beside the superior's; and those that cannot be right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kehoach.compare.likeness import Likeness
from kehoach.compare.notions import notions, spoken, syllables
from kehoach.rules import data
from kehoach.sqlite import Database
from kehoach.text import one_line

EQUAL, STRONGER, WEAKER, ABSENT, NOT_COMPARABLE = (
    "equal",
    "stronger",
    "weaker",
    "absent",
    "not_comparable",
)
LEAST_ALIKE = 0.3  # of what two targets measure
SAME_METRIC = 0.6  # from which on two targets of one plan measure the same
AT_MOST, AT_LEAST, CHANGES = ("<", "<="), (">", ">="), ("+", "-")
BELOW, ABOVE = "below", "above"


@dataclass(frozen=True, slots=True)
class Target:
    """A chỉ tiêu. `metric`: what is measured, without the column that says for whom; `holds_for`: below,
    above or None.
    """

    id: int
    text: str
    metric: str
    comparator: str | None
    value: float | None
    unit: str | None
    holds_for: str | None = None
    page: int | None = None

    @property
    def is_change(self) -> bool:
        """Whether it promises a rise or fall, which no level compares with."""
        return self.comparator in CHANGES

    @property
    def is_less_better(self) -> bool:
        """Whether a smaller figure promises more."""
        return self.comparator in AT_MOST or bool(_smaller() & set(notions(self.metric)))


@dataclass(frozen=True, slots=True)
class Compared:
    """A target of the superior and the one set for it below; `other` None: absent."""

    superior: Target
    other: Target | None
    relation: str
    score: float | None = None


def targets(db: Database, document_id: int) -> tuple[Target, ...]:
    """The targets of a plan in their order; a table's with the words of its row."""
    text = str(next(db.query("SELECT text FROM documents WHERE id = ?", (document_id,)))["text"])
    rows = db.query("SELECT * FROM targets WHERE document_id = ? ORDER BY ordinal", (document_id,))
    return tuple(_target(row, text) for row in rows)


def _target(row: Mapping[str, Any], text: str) -> Target:
    said = one_line(row["metric"] or row["text"])
    metric, _dash, column = said.rpartition(" - ")
    holds_for = _holds_for(column) if metric else None
    if holds_for is None:
        metric, holds_for = said, _holds_for(said)
    words = _row(text, row["start"]) or one_line(row["text"]).rstrip(" .;,")
    return Target(
        row["id"], words, metric, row["comparator"], row["value"], row["unit"], holds_for, row["page"]
    )


def _row(text: str, start: int | None) -> str | None:
    """The table row that a target stands in, from what is measured to the last figure; None: no table."""
    if start is None:
        return None
    begin, end = text.rfind("\n", 0, start) + 1, text.find("\n", start)
    cells = text[begin : end if end >= 0 else len(text)].split("\t")
    if len(cells) == 1:
        return None
    shown = cells[1:] if cells[0].strip().rstrip(".").isdigit() else cells
    last = max((at for at, cell in enumerate(shown) if any(map(str.isdigit, cell))), default=len(shown) - 1)
    return one_line(" ".join(cell for cell in shown[: last + 1] if cell))


def _holds_for(words: str) -> str | None:
    said = f" {' '.join(syllables(words))} "
    for side in (BELOW, ABOVE):
        if any(f" {phrase} " in said for phrase in _phrases(side)):
            return side
    return None


def _phrases(side: str) -> tuple[str, ...]:
    return tuple(phrase for words in data("compare/targets.yaml")[side] for phrase in spoken(words))


def _smaller() -> set[str]:
    return set(data("compare/targets.yaml")["smaller"])


def whole(value: float | None) -> float | int | None:
    """A figure without a fraction as a whole number."""
    return int(value) if value is not None and value.is_integer() else value


def for_below(found: Sequence[Target]) -> list[Target]:
    """Of a superior's targets those for the units below: where a row has a figure of their own, that."""
    own = {one.metric for one in found if one.holds_for == BELOW}
    return [
        one for one in found if one.holds_for == BELOW or (one.holds_for is None and one.metric not in own)
    ]


def compare(superior: Sequence[Target], others: Sequence[Target]) -> tuple[Compared, ...]:
    """Each of the superior's targets for the units below with the plan's own for it."""
    wanted, own = for_below(superior), _own(others)
    meaning = Likeness([*{one.metric for one in wanted}, *{one.metric for one in own}])
    scored = sorted(
        (
            (score, -at, one, other)
            for one in wanted
            for at, other in enumerate(own)
            if (score := _score(meaning, one, other)) >= LEAST_ALIKE
        ),
        key=lambda item: item[:2],
        reverse=True,
    )
    taken: dict[int, tuple[Target, float]] = {}
    used: set[int] = set()
    for score, _at, one, other in scored:
        if one.id not in taken and other.id not in used:
            taken[one.id] = (other, score)
            used.add(other.id)
    return tuple(_compared(one, *taken.get(one.id, (None, None))) for one in wanted)


def _own(others: Sequence[Target]) -> list[Target]:
    """A plan's levels to reach, without those of the superior and without changes."""
    return [one for one in for_below(others) if not one.is_change]


def _score(meaning: Likeness, one: Target, other: Target) -> float:
    if one.unit and other.unit and one.unit != other.unit:
        return 0.0
    return meaning.scores(one.metric, other.metric)[0]


def _compared(superior: Target, other: Target | None, score: float | None) -> Compared:
    if other is None:
        return Compared(superior, None, ABSENT)
    return Compared(superior, other, relation(superior, other), score)


def relation(superior: Target, other: Target) -> str:
    """Whether `other` asks as much as the superior, more or less. A target without a figure asks less."""
    if superior.is_change != other.is_change:
        return NOT_COMPARABLE
    if superior.value is None or other.value is None:
        return EQUAL if superior.value == other.value else WEAKER
    if superior.value == other.value:
        return EQUAL
    more = other.value > superior.value
    return STRONGER if more != superior.is_less_better else WEAKER


WRONG_WAY, DIFFERS, OTHER_BODY = "wrong_way", "differs", "other_body"


def doubtful(found: Sequence[Target], level: str | None) -> Iterator[tuple[str, Target, Target | None]]:
    """Targets that cannot be right: they point the wrong way, differ from another of the same, or are another
    body's. With the other one, where there is one.
    """
    meaning = Likeness([*{one.metric for one in found}])
    own = {one.metric for one in found if one.holds_for == BELOW}
    for one in found:
        if one.comparator in AT_LEAST and _smaller() & set(notions(one.metric)):
            yield WRONG_WAY, one, None
        if level == "xa" and one.holds_for == ABOVE and one.metric not in own:
            yield OTHER_BODY, one, None
    clauses = [one for one in found if one.holds_for != ABOVE and not one.is_change and one.value is not None]
    for place, one in enumerate(clauses):
        for other in clauses[place + 1 :]:
            if one.unit == other.unit and one.value != other.value and _is_same(meaning, one, other):
                yield DIFFERS, one, other


def _is_same(meaning: Likeness, one: Target, other: Target) -> bool:
    return _score(meaning, one, other) >= SAME_METRIC


def of_index(found: Sequence[Target], index: str) -> Iterator[Target]:
    """The targets about an index (PAR INDEX, SIPAS, PAPI)."""
    wanted = data("compare/targets.yaml")["indices"][index]
    return (one for one in found if wanted in notions(one.metric))


def followed(before: Sequence[Target], after: Sequence[Target]) -> Iterator[Compared]:
    """Targets of a year with those of the next for the same metric; those without are left out."""
    meaning = Likeness([*{one.metric for one in before}, *{one.metric for one in after}])
    for one in for_below(before):
        scored = [(meaning.scores(one.metric, other.metric)[0], -at, other) for at, other in enumerate(after)]
        score, _at, best = max(scored, key=lambda item: item[:2], default=(0.0, 0, None))
        if best is not None and score >= LEAST_ALIKE:
            yield Compared(one, best, relation(one, best), score)
