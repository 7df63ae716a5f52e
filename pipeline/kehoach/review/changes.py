"""What a new version of a plan mended, what stays, what is new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kehoach.document.finding import Finding, Verdict
from kehoach.document.review import Change
from kehoach.text import likeness

SAME_DEFECT = 0.6  # likeness of two quotes: the sentence was touched, and still fails for the same reason


@dataclass(frozen=True, slots=True)
class Changes:
    """`failing`: the new version's failures with NEW or STAYS; `gone`: the earlier one's that fail no more,
    with MENDED, or UNCLEAR where the rule cannot be assessed this time. Both in the checklist's order.
    """

    failing: tuple[tuple[Finding, Change], ...]
    gone: tuple[tuple[Finding, Change], ...]


def changes(before: Sequence[Finding], now: Sequence[Finding]) -> Changes:
    """Both versions against one checklist. Each old failure answers at most one new one."""
    old, new = _failing(before), _failing(now)
    pairs = dict(_pairs(old, new))
    answered = set(pairs.values())
    return Changes(
        tuple((one, Change.STAYS if place in pairs else Change.NEW) for place, one in enumerate(new)),
        tuple((one, _gone(one, now)) for place, one in enumerate(old) if place not in answered),
    )


def _failing(findings: Iterable[Finding]) -> list[Finding]:
    return [one for one in findings if one.verdict is Verdict.FAIL]


def _pairs(old: Sequence[Finding], new: Sequence[Finding]) -> Iterator[tuple[int, int]]:
    """Indexes of a new and an old failure that are one defect, the likest first."""
    near = ((_nearness(one, other), i, j) for i, one in enumerate(new) for j, other in enumerate(old))
    taken_new: set[int] = set()
    taken_old: set[int] = set()
    for score, i, j in sorted(near, key=lambda one: (-one[0], one[1:])):
        is_one = score >= SAME_DEFECT or (
            score >= 0 and _alone(old, new[i].rule) and _alone(new, new[i].rule)
        )
        if is_one and i not in taken_new and j not in taken_old:
            taken_new.add(i)
            taken_old.add(j)
            yield i, j


def _nearness(one: Finding, other: Finding) -> float:
    """Likeness of the quotes, 0 to 1; −1 for different rules."""
    if one.rule != other.rule:
        return -1
    return likeness(one.evidence or "", other.evidence or "") if one.evidence or other.evidence else 1


def _alone(findings: Sequence[Finding], rule: str) -> bool:
    """Whether a rule fails once: then it is one defect, however the words have changed."""
    return sum(one.rule == rule for one in findings) == 1


def _gone(old: Finding, now: Iterable[Finding]) -> Change:
    verdicts = {one.verdict for one in now if one.rule == old.rule}
    assessed = verdicts and Verdict.NOT_ASSESSABLE not in verdicts
    return Change.MENDED if assessed else Change.UNCLEAR
