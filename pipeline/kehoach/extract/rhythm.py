"""Rhythms of recurring deadlines: how often, and on which days of a year."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from kehoach.extract.calendar import MONTHS, MONTHS_PER_QUARTER, day, month_end
from kehoach.text import fold

PERIODIC = "periodic"
# From the most frequent to the rarest: of several rhythms the finest is the deadline's.
RHYTHMS = ("daily", "weekly", "monthly", "quarterly", "half-yearly", "yearly")
_BY_MONTHS = {1: "monthly", 3: "quarterly", 6: "half-yearly", 12: "yearly"}
_UNITS = {"ngay": "daily", "tuan": "weekly", "thang": "monthly", "quy": "quarterly", "nam": "yearly"}
_UNIT_MONTHS = {"thang": 1, "quy": 3, "nam": 12}
NOT_IN_EVERY_MONTH = (29, 30, 31)  # days of the month
_COUNTED = re.compile(r"(\d{1,2}|sau|ba) thang")
_WORDS = {"ba": 3, "sau": 6, "mot": 1}
_UNIT_GROUPS = ("unit", "unit2", "unit3", "unit4", "unit5")
_DAY_GROUPS = ("days", "days_after")
_DATE_GROUPS = ("dates", "dates_after", "dates_far")
_PLACE_IN_QUARTER = {"dau": 1, "giua": 2, "cuoi": 3}


def recurrence(groups: Mapping[str, str | None], text: str) -> str:
    """The rhythm that a phrase names; `periodic` where it names none that we know."""
    unit = fold(next((groups[name] for name in _UNIT_GROUPS if groups.get(name)), None) or "")
    if groups.get("times"):
        return _per(unit, groups["times"] or "")
    found = {_UNITS[word] for word in re.findall(r"[a-z]+", _COUNTED.sub("", unit)) if word in _UNITS}
    found |= {_BY_MONTHS.get(_count(number), PERIODIC) for number in _COUNTED.findall(fold(f"{unit} {text}"))}
    return next((one for one in RHYTHMS if one in found), PERIODIC)


def _count(number: str) -> int:
    return int(number) if number.isdigit() else _WORDS.get(number, 0)


def _per(unit: str, times: str) -> str:
    """ "02 lần/năm" is half-yearly; more often than the units tell is periodic, "03 bài/tháng" monthly."""
    whole = _UNIT_MONTHS.get(unit)
    count = _count(fold(times))
    if whole is None or count <= 1:
        return _UNITS.get(unit, PERIODIC)
    return _BY_MONTHS.get(whole // count if whole % count == 0 else 0, _UNITS[unit])


def days(rhythm: str, groups: Mapping[str, str | None], year: int) -> tuple[date, ...]:
    """The days in `year` on which a recurring deadline falls; empty where the words name no day."""
    dates = next((groups[name] for name in _DATE_GROUPS if groups.get(name)), None)
    if dates:
        pairs = re.findall(r"(\d{1,2})\D+(\d{1,2})", dates)
        return tuple(sorted({one for number, month in pairs if (one := day(year, month, number))}))
    named = next((groups[name] for name in _DAY_GROUPS if groups.get(name)), None)
    numbers = [int(one) for one in re.findall(r"\d+", named or "")]
    found = {_day_or_last(year, month, number) for month in _months(rhythm, groups) for number in numbers}
    return tuple(sorted(one for one in found if one))


_WEEKDAYS = {
    word: number
    for number, words in enumerate(("hai 2", "ba 3", "tu 4", "nam 5", "sau 6", "bay 7"))
    for word in words.split()
}


def on_weekdays(named: str, year: int) -> tuple[date, ...]:
    """The days of `year` on the weekdays that the words name ("Hai và thứ Năm")."""
    wanted = {_WEEKDAYS[word] for word in re.findall(r"\w+", fold(named)) if word in _WEEKDAYS}
    first = date(year, 1, 1)
    every = (first + timedelta(days=number) for number in range(366))
    return tuple(day for day in every if day.year == year and day.weekday() in wanted)


def _months(rhythm: str, groups: Mapping[str, str | None]) -> range:
    if rhythm == "monthly":
        return range(1, MONTHS + 1)
    if rhythm == "quarterly":
        first = _PLACE_IN_QUARTER.get(fold(groups.get("place") or "cuối"), MONTHS_PER_QUARTER)
        return range(first, MONTHS + 1, MONTHS_PER_QUARTER)
    return range(0)


def _day_or_last(year: int, month: int, number: int) -> date | None:
    """A monthly day that a short month lacks falls on its last day; a day that no month has, on none."""
    return day(year, month, number) or (month_end(year, month) if number in NOT_IN_EVERY_MONTH else None)
