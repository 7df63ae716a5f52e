"""Tallies, misses and likeness: what a score is made of, as the contract's score.py counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from kehoach.text import plain

# Thresholds on 1 − normalised edit distance, from the contract's score.py.
SAME_TEXT = 0.85
SAME_UNIT = 0.8
SAME_TARGET = 0.7
SAME_TITLE = 0.95
CUTOFF = 0.8  # below it a similarity counts as 0, except for targets
DIGITS_SHOWN = 4  # of a figure
MISS_LENGTH = 160  # characters of a miss that are shown

Same = Callable[[str, str], float]


@dataclass(frozen=True, slots=True)
class Miss:
    """What went wrong in one place of one plan: `field` as in the figures."""

    plan: str
    field: str
    text: str


@dataclass(slots=True)
class Tally:
    """True positives, and how many were predicted and wanted. `wrong`: values that are there on both sides
    and differ; they count as predicted and as wanted.
    """

    hits: int = 0
    predicted: int = 0
    gold: int = 0
    wrong: int = 0

    def figures(self) -> dict[str, float]:
        """Precision, recall and F1, rounded as score.py rounds them, with the counts."""
        precision = self.hits / self.predicted if self.predicted else float(not self.gold)
        recall = self.hits / self.gold if self.gold else 1.0
        both = precision + recall
        f1 = 2 * precision * recall / both if both else 0.0
        rounded = (round(one, DIGITS_SHOWN) for one in (precision, recall, f1))
        return dict(zip(("precision", "recall", "f1"), rounded, strict=True)) | {
            "gold": self.gold,
            "pred": self.predicted,
        }


@dataclass(slots=True)
class Scores:
    """What a variant's records are worth. `missing`: gold plans of which the database has no record.

    `by_plan`: the same tallies plan by plan; `plan`: the one that is being scored.
    """

    tallies: dict[str, Tally] = field(default_factory=dict)
    by_plan: dict[str, dict[str, Tally]] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    plan: str = ""

    def figures(self) -> dict[str, dict[str, float]]:
        """Figures by field, in the order of score.py."""
        return {name: tally.figures() for name, tally in self.tallies.items()}

    def add(self, name: str, hits: int, predicted: int, gold: int, wrong: int = 0) -> None:
        """Counts into the whole and into the plan that is being scored."""
        for tallies in (self.tallies, self.by_plan.setdefault(self.plan, {})):
            tally = tallies.setdefault(name, Tally())
            tally.hits += hits
            tally.predicted += predicted
            tally.gold += gold
            tally.wrong += wrong

    def miss(self, name: str, text: str) -> None:
        """Notes what went wrong in the plan that is being scored."""
        self.misses.append(Miss(self.plan, name, text))

    def exact(self, name: str, gold: object, told: object, label: str) -> None:
        """One value that is right or wrong."""
        self.add(name, int(gold == told), 1, 1, wrong=int(gold != told))
        if gold != told:
            self.miss(name, f"{label}: gold {gold!r:.{MISS_LENGTH}} got {told!r:.{MISS_LENGTH}}")

    def items(
        self, name: str, gold: Sequence[str], told: Sequence[str], same: Same, threshold: float
    ) -> list[tuple[int, int]]:
        """A list of values; the indexes of those that pair up."""
        pairs = paired(gold, told, same, threshold)
        self.add(name, len(pairs), len(told), len(gold))
        hit_gold, hit_told = {i for i, _ in pairs}, {j for _, j in pairs}
        for i, text in enumerate(gold):
            if i not in hit_gold:
                self.miss(name, f"missed: {text:.{MISS_LENGTH}}")
        for j, text in enumerate(told):
            if j not in hit_told:
                self.miss(name, f"extra: {text:.{MISS_LENGTH}}")
        return pairs


def similarity(one: str, other: str, cutoff: float = CUTOFF) -> float:
    """1 − normalised edit distance of the plain forms; 0 below `cutoff`."""
    if not one or not other:
        return float(one == other)
    return float(Levenshtein.normalized_similarity(one, other, score_cutoff=cutoff))


def target_similarity(one: str, other: str) -> float:
    """As `similarity`; a target with other figures is another target."""
    return similarity(plain(one), plain(other), SAME_TARGET) if _figures(one) == _figures(other) else 0.0


def paired(gold: Sequence[str], told: Sequence[str], same: Same, threshold: float) -> list[tuple[int, int]]:
    """Indexes that belong together: best pairs first, then those that stand nearest, each used once."""
    if same is similarity:
        gold, told = [plain(one) for one in gold], [plain(one) for one in told]
    scored = [
        (value, -abs(i - j), i, j)
        for i, one in enumerate(gold)
        for j, other in enumerate(told)
        if (value := same(one, other)) >= threshold
    ]
    used_gold, used_told, pairs = set[int](), set[int](), []
    for _value, _nearness, i, j in sorted(scored, reverse=True):
        if i not in used_gold and j not in used_told:
            used_gold.add(i)
            used_told.add(j)
            pairs.append((i, j))
    return sorted(pairs)


def _figures(text: str) -> list[str]:
    return re.findall(r"\d+", text)
