"""Which of what nobody claimed belong together: one to one, by likeness and by what stands around the words.

Two plans that put one task in quite different words still say the same day or rhythm, the same figure, and
often keep the order. Each such sign counts by how few tasks share it. The weights (`left_over` in
`models/compare/weights.yaml`) are those of a logistic regression: their sum is the log-odds of a pair.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kehoach.compare.figures import SHARE, WHOLE, amounts
from kehoach.compare.likeness import Likeness, settings
from kehoach.compare.plans import Task
from kehoach.compare.times import Time

MONTH = 30.0  # days: two deadlines a month apart say little of each other
# Tasks of the superior plan that a plan in its order passes over at most, from one claim to the next.
NEXT = 4


@dataclass(frozen=True, slots=True)
class Match:
    """Two tasks that belong together. `score`: their likeness in meaning."""

    superior: Task
    task: Task
    score: float


class Leftovers:
    """Weighs what two plans have left over. `claims`: (superior's task, task) that are sure."""

    def __init__(
        self,
        meaning: Likeness,
        superior: Sequence[Task],
        tasks: Sequence[Task],
        claims: Sequence[tuple[int, int]],
    ) -> None:
        self._meaning = meaning
        self._weights: Mapping[str, float] = settings()["left_over"]
        self._times = [Counter(one.time.falls_on for one in some if one.time) for some in (superior, tasks)]
        self._figures = [
            Counter(each for one in some for each in _figures(one)) for some in (superior, tasks)
        ]
        self._order = _Order(superior, tasks, claims)

    def matches(self, superior: Sequence[Task], tasks: Sequence[Task]) -> Iterator[Match]:
        """Pairs of the tasks that are left over, the surest first, none of them twice."""
        self._order.leave(superior)
        odds = [(self._odds(one, task), one, task) for one in superior for task in tasks]
        used: set[int] = set()
        for sure, one, task in sorted(odds, key=lambda item: (-item[0], item[1].id, item[2].id)):
            if sure >= self._weights["least"] and not used & {one.id, task.id}:
                used |= {one.id, task.id}
                yield Match(one, task, self._likeness(one, task))

    def _odds(self, one: Task, task: Task) -> float:
        """The log-odds that two tasks belong together."""
        signs = {
            "likeness": math.sqrt(self._likeness(one, task)),
            "contrast": float(self._is_contrast(one, task)),
            "same_time": self._same_time(one.time, task.time),
            "near_time": _near_time(one.time, task.time),
            "other_kind": float(_differ_in_kind(one.time, task.time)),
            "same_figure": self._same_figure(one, task),
            "same_counted": float(bool(_counted(one) & _counted(task))),
            "place": self._order.sign(one, task),
        }
        return self._weights["constant"] + sum(self._weights[name] * sign for name, sign in signs.items())

    def _likeness(self, one: Task, task: Task) -> float:
        return max(self._meaning.scores(one.text, task.text))

    def _is_contrast(self, one: Task, task: Task) -> bool:
        """Whether words that they share are the words of another matter; unlike ones may be a paraphrase."""
        alike = self._likeness(one, task) >= settings()["accept"]
        return alike and self._meaning.is_contrast(one.text, task.text)

    def _same_time(self, one: Time | None, other: Time | None) -> float:
        """1 where no other task of either plan has that day or rhythm, less where many have."""
        if one is None or other is None or not one.is_firm or one.falls_on != other.falls_on:
            return 0.0
        return 1 / math.sqrt(math.prod(times[one.falls_on] for times in self._times))

    def _same_figure(self, one: Task, task: Task) -> float:
        """As `_same_time`, of the figure that both name and fewest do; all of something says nothing."""
        both = _figures(one) & _figures(task) - {(SHARE, WHOLE)}
        rarities = (1 / math.sqrt(math.prod(seen[each] for seen in self._figures)) for each in both)
        return max(rarities, default=0.0)


class _Order:
    """How far a plan keeps the superior's order, and where a task would stand in it."""

    def __init__(
        self, superior: Sequence[Task], tasks: Sequence[Task], claims: Sequence[tuple[int, int]]
    ) -> None:
        self._above = {one.id: place for place, one in enumerate(superior)}
        self._below = {one.id: place for place, one in enumerate(tasks)}
        sure = sorted((self._below[task], self._above[one]) for one, task in claims)
        steps = [after[1] - before[1] for before, after in pairwise(sure)]
        self._kept = sum(0 < step <= NEXT for step in steps) / (len(steps) or 1)
        self._own = [place for place, _above in sure]
        self._other = [-1, *(place for _own, place in sure), len(superior)]
        self._left: list[int] = []

    def leave(self, superior: Sequence[Task]) -> None:
        """Says which of the superior's tasks are left over."""
        self._left = sorted(self._above[one.id] for one in superior)

    def sign(self, one: Task, task: Task) -> float:
        """The share of steps in order, if one task stands between the neighbours of the other; less where
        several are left there.
        """
        at = bisect_left(self._own, self._below[task.id])
        before, after = self._other[at], self._other[at + 1]
        if not before < self._above[one.id] < after:
            return 0.0
        return self._kept / math.sqrt(sum(before < place < after for place in self._left))


def _near_time(one: Time | None, other: Time | None) -> float:
    """How near two days are that differ: 0.37 a month apart."""
    if one is None or other is None or one.recurrence or other.recurrence or not (one.end and other.end):
        return 0.0
    days = abs((one.end - other.end).days)
    return math.exp(-days / MONTH) if days else 0.0


def _differ_in_kind(one: Time | None, other: Time | None) -> bool:
    """Whether one names a day, the other a rhythm or neither."""
    return one is not None and other is not None and _kind(one) != _kind(other)


def _kind(time: Time) -> str:
    return "rhythm" if time.recurrence else "day" if time.end else "open"


def _figures(task: Task) -> set[tuple[str, float]]:
    return {(one.counts, one.value) for one in amounts(task.text)}


def _counted(task: Task) -> set[str]:
    return {one.counts for one in amounts(task.text)}
