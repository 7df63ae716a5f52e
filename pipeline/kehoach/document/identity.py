"""Administrative units as identities: a place in one form that it had, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of the State's map in one form that it had. Days are inclusive; None: no known limit.

    `id` is stable (`xa.23344.before`); `code` is the statistical office's, used again for another form;
    `word` is xã, thị trấn, huyện …; `district` and `province` are bare names as they were then.
    """

    id: str
    level: str  # xa, huyen, tinh
    word: str
    name: str
    code: str
    district: str | None = None
    province: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Succession:
    """`old` went into `new`. `part`: only a part of it did."""

    old: Place
    new: Place
    part: bool = False
