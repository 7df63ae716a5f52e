"""A superior plan's tasks against another plan's: who carries out what, how far, by when.

Of several relations one stands in front: absent, weaker, part, merged, later, paraphrase, same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from kehoach.compare import times
from kehoach.compare.duties import by_itself, handed_down
from kehoach.compare.figures import lesser, withheld
from kehoach.compare.likeness import Likeness, settings
from kehoach.compare.notions import conjuncts, notions, syllables
from kehoach.compare.pairs import Pair, pairs
from kehoach.compare.plans import Plan, Task
from kehoach.rules import Rule, first, load_phrases, models_dir

# From the front: of several that hold the first is the relation.
RELATIONS = ("absent", "weaker", "part", "merged", "later", "paraphrase", "same")
FIGURE, WISH, CIRCLE, CLAUSE = "figure", "wish", "circle", "clause"  # what told weaker or part
ABOUT = ("things.", "ways.")
TELLING = ("acts.", "things.", "ways.")
LEAST_CUT = 4  # words that a narrower circle leaves out


@dataclass(frozen=True, slots=True)
class Alignment:
    """A task of the superior plan and what another plan makes of it. `also`: further relations that hold.

    `complete`: of a part, whether all parts together are the whole; `reason`: what told weaker or part.
    """

    superior: Task
    relation: str
    pairs: tuple[Pair, ...] = ()
    also: tuple[str, ...] = ()
    handed_down: bool = True
    by_itself: bool = False
    complete: bool | None = None
    deadline: str | None = None
    reason: str | None = None

    @property
    def misplaced(self) -> bool:
        """Whether a duty of the superior's own bodies was copied down."""
        return bool(self.pairs) and not self.handed_down

    @property
    def in_full(self) -> bool:
        """Whether nothing of it is missing or weakened."""
        return self.relation not in ("absent", "weaker") and self.complete is not False


def align(superior: Plan, plan: Plan) -> tuple[Alignment, ...]:
    """The superior plan's tasks in their order, each with what carries it out in `plan`."""
    others = frozenset(one.id for one in superior.tasks if not handed_down(one) or by_itself(one))
    found = pairs(superior.tasks, plan.tasks, others)
    meaning = Likeness([one.text for one in (*superior.tasks, *plan.tasks)])
    shared = Counter(pair.task.id for pair in found)
    return tuple(
        _alignment(meaning, task, [pair for pair in found if pair.superior.id == task.id], shared)
        for task in superior.tasks
    )


def _alignment(meaning: Likeness, superior: Task, found: Sequence[Pair], shared: Counter[int]) -> Alignment:
    down, itself = handed_down(superior), by_itself(superior)
    if not found:
        return Alignment(superior, "absent", handed_down=down, by_itself=itself)
    deadline = times.relation(superior.time, [pair.task.time for pair in found])
    same = max(pair.likeness for pair in found) >= settings()["same_words"] and len(found) == 1
    missing = _missing(meaning, superior, found)
    weaker = _weaker(superior, found, same=same)
    is_part, complete = _part(found, same=same, missing=missing)
    holds = {
        "weaker": weaker is not None,
        "part": is_part,
        "merged": any(shared[pair.task.id] > 1 for pair in found),
        "later": deadline == times.LATER,
        "paraphrase": not same,
        "same": same,
    }
    told = [name for name in RELATIONS if holds.get(name)]
    reason = weaker or (CLAUSE if complete is False else None)
    also = tuple(name for name in told[1:] if name != "same")
    return Alignment(superior, told[0], tuple(found), also, down, itself, complete, deadline, reason)


def _missing(meaning: Likeness, superior: Task, found: Sequence[Pair]) -> float:
    """The share of the superior's acts and things that stand in conjuncts of which nobody does anything.

    Acts in a row ("rà soát, sửa đổi") say one thing; those with an outcome of their own count each. Of texts
    that are quite unlike nothing is missing: what one does not find there may be said in words not known.
    """
    if max(pair.score for pair in found) < settings()["understood"]:
        return 0.0
    told = {name for pair in found for name in notions(pair.task.text)}
    wanted = _telling(superior.text)
    whole = meaning.weight_of(wanted)
    left = {name for part in conjuncts(superior.text) if _is_left(part, told) for name in part & wanted}
    left |= {f"acts.{name}" for name in settings()["outcomes"]} & wanted - told
    return meaning.weight_of(left) / whole if whole else 0.0


def _is_left(part: frozenset[str], told: set[str]) -> bool:
    """Whether a conjunct is about something, and the tasks are about nothing of it."""
    about = {name for name in part if name.startswith(ABOUT)}
    return bool(about) and not part & told


def _telling(text: str) -> set[str]:
    return {name for name in notions(text) if name.startswith(TELLING)}


def _weaker(superior: Task, found: Sequence[Pair], *, same: bool) -> str | None:
    """What tells that less is promised: a figure, a wish for a duty, a narrower circle; else None."""
    others = tuple(pair.task for pair in found)
    if lesser(superior, others) or withheld(superior, others):
        return FIGURE
    text = " ; ".join(one.text for one in others)
    if len(found) == 1 and first(wishes(), text) and not first(wishes(), superior.text):
        return WISH
    return (
        CIRCLE if same and any(_telling(cut) - _telling(text) for cut in _cut(superior.text, text)) else None
    )


def _cut(superior: str, text: str) -> Iterator[str]:
    """Runs of words of the superior's text that were left out and not replaced."""
    words = syllables(superior)
    matcher = SequenceMatcher(None, words, syllables(text), autojunk=False)
    for change, start, end, _from, _to in matcher.get_opcodes():
        if change == "delete" and end - start >= LEAST_CUT:
            yield " ".join(words[start:end])


def _part(found: Sequence[Pair], *, same: bool, missing: float) -> tuple[bool, bool | None]:
    """Whether the tasks are parts, and whether they are all of it together."""
    if len(found) > 1:
        return True, missing < settings()["missing"]
    incomplete = not same and missing >= settings()["missing"]
    return incomplete, False if incomplete else None


@lru_cache
def wishes() -> tuple[Rule, ...]:
    """Phrases that turn a duty into a wish."""
    return load_phrases(models_dir() / "compare" / "wishes.yaml")


def carried_out(alignments: Sequence[Alignment]) -> Iterator[Alignment]:
    """Those that count for coverage: handed down, and not carried out by the plan's being issued."""
    return (one for one in alignments if one.handed_down and not one.by_itself)
