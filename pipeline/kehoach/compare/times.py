"""Deadlines against each other: equal, earlier, later, vague (date or rhythm given up), firmer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kehoach.extract.rhythm import RHYTHMS

EQUAL, EARLIER, LATER, VAGUE, FIRMER = "equal", "earlier", "later", "vague", "firmer"
OPEN = ("continuous", "event")  # kinds that name neither day nor rhythm


@dataclass(frozen=True, slots=True)
class Time:
    """A thời hạn. `days`: those of the year on which a recurring one falls; empty where none is named."""

    text: str
    kind: str
    start: date | None = None
    end: date | None = None
    recurrence: str | None = None
    days: tuple[date, ...] = ()

    @property
    def is_firm(self) -> bool:
        """Whether a day or a rhythm is named."""
        return self.end is not None or self.recurrence is not None

    @property
    def falls_on(self) -> date | str | None:
        """The rhythm, else the last day: two times that fall on the same say the same."""
        return self.recurrence or self.end


def relation(superior: Time | None, others: Sequence[Time | None]) -> str | None:
    """How the times of the tasks that carry one out stand to the superior's; a split counts its last part.

    None where the superior names no time, or nothing carries its task out.
    """
    if superior is None or not others:
        return None
    if not superior.is_firm:
        return _of_an_open_one(superior, others)
    firm = [one for one in others if one is not None and one.is_firm]
    if superior.recurrence is not None:
        return _of_a_rhythm(superior, [one for one in firm if one.recurrence])
    dated = [one.end for one in firm if one.end]
    if not dated or superior.end is None:
        return VAGUE
    return _compared(max(dated), superior.end)


def _of_an_open_one(superior: Time, others: Sequence[Time | None]) -> str:
    if any(one is not None and one.is_firm for one in others):
        return FIRMER
    return EQUAL if any(one is not None and one.kind == superior.kind for one in others) else VAGUE


def _of_a_rhythm(superior: Time, others: Sequence[Time]) -> str:
    """The rhythm first, then the first day on which it falls."""
    if not others:
        return VAGUE
    rarest = max(others, key=_rarity)
    if _rarity(rarest) != _rarity(superior):
        return LATER if _rarity(rarest) > _rarity(superior) else EARLIER
    if superior.days and rarest.days:
        return _compared(rarest.days[0], superior.days[0])
    return EQUAL


def _rarity(time: Time) -> int:
    return RHYTHMS.index(time.recurrence) if time.recurrence in RHYTHMS else len(RHYTHMS)


def _compared(one: date, other: date) -> str:
    if one == other:
        return EQUAL
    return EARLIER if one < other else LATER
