"""Which tasks carry out which: for each task of the superior plan the tasks of another plan, or none.

A task is given to the superior's task that it, or one of its clauses, is most like. Of several claimants the
best is taken, and further ones only where they carry out what the best leaves out (a split).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kehoach.compare.assignment import Leftovers
from kehoach.compare.figures import SHARE, WHOLE, amounts
from kehoach.compare.likeness import Likeness, settings
from kehoach.compare.notions import notions
from kehoach.compare.plans import Task
from kehoach.compare.times import Time
from kehoach.text import likeness, nearly


@dataclass(frozen=True, slots=True)
class Pair:
    """A task that carries out one of the superior's. `score`: likeness in meaning; `likeness`: of the texts;
    `conjunct`: of the superior's task the one that it carries out best, 0 for the whole.
    """

    superior: Task
    task: Task
    score: float
    likeness: float
    conjunct: int = 0


def pairs(
    superior: Sequence[Task], tasks: Sequence[Task], copied_only: frozenset[int] = frozenset()
) -> list[Pair]:
    """The pairs of two plans. `copied_only`: ids of the superior's tasks that no plan below carries out but
    by copying them.
    """
    meaning = Likeness([*(one.text for one in superior), *(one.text for one in tasks)])
    claims: dict[int, list[Pair]] = {}
    for task in tasks:
        for pair in _claimed(meaning, superior, task, copied_only):
            claims.setdefault(pair.superior.id, []).append(pair)
    found = [pair for one in superior for pair in _taken(meaning, claims.get(one.id, []))]
    found += _left_over(meaning, superior, tasks, found, copied_only)
    order = {one.id: place for place, one in enumerate(superior)}
    return sorted(found, key=lambda pair: order[pair.superior.id])


def _left_over(
    meaning: Likeness,
    superior: Sequence[Task],
    tasks: Sequence[Task],
    found: Sequence[Pair],
    copied_only: frozenset[int],
) -> list[Pair]:
    """The pairs of what nobody claimed: of the superior's tasks, and of the tasks."""
    best = {pair.task.id: pair.superior.id for pair in sorted(found, key=lambda one: one.score)}
    left = Leftovers(meaning, superior, tasks, [(above, below) for below, above in best.items()])
    told = {pair.superior.id for pair in found} | copied_only
    free = [one for one in superior if one.id not in told]
    return [
        Pair(one.superior, one.task, one.score, likeness(one.superior.text, one.task.text))
        for one in left.matches(free, [task for task in tasks if task.id not in best])
    ]


def _claimed(
    meaning: Likeness, superior: Sequence[Task], task: Task, copied_only: frozenset[int]
) -> list[Pair]:
    """The superior's tasks that the whole of a task, or a clause of it, is most like."""
    scores = {one.id: _scores(meaning, one, task, copied_only) for one in superior}
    found: dict[int, Pair] = {}
    for view in range(len(meaning.views(task.text))) if superior else ():
        best = max(superior, key=lambda one: scores[one.id][view])
        score = scores[best.id][view]
        if score < settings()["others_duty"] * max(
            (meaning.scores(one.text, task.text)[view] for one in superior if one.id in copied_only),
            default=0.0,
        ):
            continue  # more like what the superior's own bodies do, which nobody below carries out
        if score < settings()["doubtful"] and meaning.is_contrast(best.text, task.text):
            continue  # they share words, but each is about something else: more than words must tell
        if score >= settings()["accept"] and (best.id not in found or found[best.id].score < score):
            conjunct = meaning.conjunct(best.text, task.text)
            found[best.id] = Pair(best, task, score, likeness(best.text, task.text), conjunct)
    return list(found.values())


def _scores(meaning: Likeness, superior: Task, task: Task, copied_only: frozenset[int]) -> tuple[float, ...]:
    scores = meaning.scores(superior.text, task.text)
    if max(scores) + settings()["same_amount"] + settings()["near_time"] < settings()["accept"]:
        return scores
    if superior.id in copied_only and not _is_copy(superior.text, task.text):
        return (0.0,) * len(scores)
    added = settings()["same_amount"] * _same_amount(superior.text, task.text)
    added += settings()["near_time"] * _near(superior.time, task.time)
    return tuple(min(score + added, 1.0) if score else 0.0 for score in scores)


def _is_copy(superior: str, task: str) -> bool:
    """Whether a text is the superior's, or holds it: an owner and a day may stand behind it."""
    alike = likeness(superior, task) >= settings()["copied"]
    return alike or nearly(task, superior, settings()["copied_within"]) is not None


def _same_amount(one: str, other: str) -> bool:
    telling = {
        (found.counts, found.value)
        for found in amounts(one)
        if found.value != 1 and (found.counts, found.value) != (SHARE, WHOLE)
    }
    return any((found.counts, found.value) in telling for found in amounts(other))


def _near(one: Time | None, other: Time | None) -> bool:
    if one is None or other is None:
        return False
    if one.end and other.end:
        return bool(abs((one.end - other.end).days) <= settings()["near_days"])
    return one.recurrence is not None and one.recurrence == other.recurrence


def _taken(meaning: Likeness, claims: list[Pair]) -> list[Pair]:
    """The best claimant, and those that add enough to what is carried out, or carry out another conjunct."""
    taken: list[Pair] = []
    left: set[str] = set()
    for pair in sorted(claims, key=lambda one: -one.score):
        wanted = set(notions(pair.superior.text))
        told = set(notions(pair.task.text))
        if not taken:
            left = wanted - told
        elif not _adds(meaning, pair, taken, left & told, wanted):
            continue
        taken.append(pair)
        left -= told
    return taken


def _adds(meaning: Likeness, pair: Pair, taken: list[Pair], news: set[str], wanted: set[str]) -> bool:
    """A further claimant is a part: it brings much that is left, or something of a conjunct that is free."""
    share = meaning.weight_of(news) / (meaning.weight_of(wanted) or 1.0)
    free = pair.conjunct and all(one.conjunct != pair.conjunct for one in taken)
    return bool(share >= settings()["clause_gain" if free else "gain"])
