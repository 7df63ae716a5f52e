"""Who copied whom: shared passages, the later text's share of them, and the names that were left in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from kehoach.compare.passages import (
    Hashes,
    Run,
    Vocabulary,
    Words,
    candidates,
    covered,
    fingerprints,
    index,
    runs,
)
from kehoach.compare.plans import Plan
from kehoach.compare.years import forerunners
from kehoach.sqlite import Database
from kehoach.text import one_line

NEAR_COPY, WHOLESALE, HANDED_DOWN = "near_copy", "wholesale_of_superior", "handed_down"
THROUGH_COPY, BOTH, PREVIOUS, NONE = (
    "handed_down_through_copy",
    "both_from_superior",
    "previous_year",
    "none",
)
COPIED_SHARE = 0.5  # of the later text from which on it is a copy
HANDED_SHARE = 0.1  # of it that stands in the superior plan from which on that is more than formulae
SUPERIOR_SHARE = 0.9  # of the shared words that come from the superior
HEAD = 200  # characters of a text in which its own place is named
UNDATED = "9999"
_CLAUSE_ENDS = re.compile(r"[\n\t]|(?<=;)\s")


@dataclass(frozen=True, slots=True)
class Text:
    """A plan as words. `superior`, `before`: ids of the superior plan and of those of the year before."""

    plan: Plan
    words: Words
    superior: int | None = None
    before: frozenset[int] = frozenset()

    @property
    def order(self) -> tuple[str, int]:
        """By date; what is not dated comes last."""
        return self.plan.issued_on or UNDATED, self.plan.id


@dataclass(frozen=True, slots=True)
class Copied:
    """A pair of plans, the earlier first. `in_superior`: for each run, whether the superior has it too."""

    first: Text
    later: Text
    runs: tuple[Run, ...]
    in_superior: tuple[bool, ...]

    @property
    def share(self) -> float:
        """Of the later text's words, those that stand in passages."""
        return covered(self.runs) / (self.later.words.text_words or 1)

    @property
    def is_from_superior(self) -> bool:
        """Whether nearly all that is shared stands in the superior plan."""
        handed = [run for run, known in zip(self.runs, self.in_superior, strict=True) if known]
        return bool(self.runs) and covered(handed) >= SUPERIOR_SHARE * covered(self.runs)


@dataclass(frozen=True, slots=True)
class Stranger:
    """A name that does not belong into a text, and where the clause around it begins and ends."""

    name: str
    start: int
    end: int


@dataclass
class Texts:
    """All plans' words, with their fingerprints, in order of date; the texts stay in the database."""

    db: Database
    texts: dict[int, Text] = field(default_factory=dict)
    marks: dict[int, Hashes] = field(default_factory=dict)
    lines: dict[int, str] = field(default_factory=dict)  # of the superior plans, their text on one line

    def pairs(self) -> Iterator[Copied]:
        """The pairs that share a passage."""
        for first, group in groupby(candidates(self.marks), key=itemgetter(0)):
            known = index(self.texts[first].words)
            yield from (self._pair(first, later, known) for _first, later in group)

    def _pair(self, first: int, later: int, known: Mapping[int, Sequence[int]]) -> Copied:
        one, other = self.texts[first], self.texts[later]
        found = runs(one.words, other.words, known)
        return Copied(one, other, tuple(found), self._handed(one, other, found))

    def _handed(self, first: Text, later: Text, found: Sequence[Run]) -> tuple[bool, ...]:
        """Which runs stand in the superior plan of either, which may be one of the two."""
        above = {one for one in (later.superior, first.superior) if one is not None}
        if first.plan.id in above or (not above and later.plan.id in self.lines):
            return (True,) * len(found)
        text = text_of(self.db, later.plan.id) if above and found else ""
        quotes = (one_line(text[slice(*later.words.quote(run.later, run.length))]) for run in found)
        return tuple(
            bool(above) and any(quote in self.lines[one] for one in above if one in self.lines)
            for quote in quotes
        )


def read_texts(
    db: Database, plans: Sequence[Plan], superiors: Mapping[int, int], before: Mapping[int, set[int]]
) -> Texts:
    """The plans' texts in order of date. `superiors`, `before`: by plan its superior and its forerunners."""
    vocabulary, found, above = Vocabulary(), Texts(db), set(superiors.values())
    for plan in sorted(plans, key=lambda one: (one.issued_on or UNDATED, one.id)):
        text = text_of(db, plan.id)
        starts = (row["start"] for row in db.query(_STARTS, (plan.id,)))
        words = vocabulary.words(text, starts)
        older = frozenset(before.get(plan.id, ()))
        found.texts[plan.id] = Text(plan, words, superiors.get(plan.id), older)
        found.marks[plan.id] = fingerprints(words)[0]
        if plan.id in above:
            found.lines[plan.id] = one_line(text)
    return found


def text_of(db: Database, document_id: int) -> str:
    """A document's whole text."""
    return str(next(db.query("SELECT text FROM documents WHERE id = ?", (document_id,)))["text"])


_STARTS = "SELECT start FROM tasks WHERE document_id = ? AND start IS NOT NULL"


def kind(pair: Copied, copied: frozenset[int] = frozenset()) -> str:
    """What a pair is. `copied`: ids of plans that are near-copies of another plan of their level."""
    first, later = pair.first.plan, pair.later
    if later.superior == first.id:
        if pair.share >= COPIED_SHARE:
            return WHOLESALE
        if pair.share < HANDED_SHARE:
            return NONE
        return THROUGH_COPY if later.plan.id in copied else HANDED_DOWN
    if first.id in later.before:
        return PREVIOUS
    if pair.share >= COPIED_SHARE and not pair.is_from_superior:
        return NEAR_COPY
    below = later.superior is not None
    return BOTH if below and pair.is_from_superior else NONE


def strangers(db: Database, pair: Copied, kind: str) -> list[Stranger]:
    """Names in the later text that are not of its own place or level, where they stand: of a near copy the
    places of the first, of a wholesale copy the superior's bodies to which it gives duties.
    """
    text = text_of(db, pair.later.plan.id)
    found = _bodies(db, pair) if kind == WHOLESALE else _places(pair, text_of(db, pair.first.plan.id), text)
    told = {(name, _clause(text, *span)): span for name, *span in sorted(found, key=lambda one: one[1])}
    return [Stranger(name, *clause) for name, clause in told]


def _places(pair: Copied, first: str, text: str) -> Iterator[tuple[str, int, int]]:
    """Where the later text names the first one's place, or an old unit of it."""
    own = {pair.later.plan.commune, *forerunners(text)}
    for name in (pair.first.plan.commune, *forerunners(first)):
        if name and name not in own and name not in text[:HEAD]:
            for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
                yield name, *match.span()


def _bodies(db: Database, pair: Copied) -> Iterator[tuple[str, int, int]]:
    """Where the later text gives duties to bodies that its level does not have."""
    for row in db.query(_SUPERIOR_BODIES, (pair.later.plan.id,)):
        yield row["mention"], row["start"], row["end"]


_SUPERIOR_BODIES = """
    SELECT DISTINCT m.mention, m.start, m."end" FROM task_units m
    JOIN units u ON u.id = m.unit_id JOIN tasks t ON t.id = m.task_id
    WHERE t.document_id = ? AND m.role = 'lead' AND m.start IS NOT NULL
      AND (u.key LIKE 'tinh.%' OR u.key = 'mttq.tinh'
           OR (u.covers LIKE '%"tinh.%' AND u.covers NOT LIKE '%"xa.%'))
"""


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause or cell around words: its first character and the one behind the last."""
    starts = [one.end() for one in _CLAUSE_ENDS.finditer(text, 0, start)]
    behind = _CLAUSE_ENDS.search(text, end)
    return starts[-1] if starts else 0, behind.start() if behind else len(text)
