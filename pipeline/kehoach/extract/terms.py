"""What day ends a relative deadline whose anchor is known, or one before a holiday; the deadline itself keeps
its words.

The day of the anchor is not counted, and a term of days that ends on a day off ends on the next working day
(Bộ luật Dân sự 91/2015/QH13, Điều 147 khoản 2, Điều 148). Days off, with those that were moved, are those of
the library `holidays`; for years whose moved days are not published yet it knows the fixed ones.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import holidays

from kehoach.document.facts import Deadline
from kehoach.extract.calendar import MONTHS, MONTHS_PER_QUARTER
from kehoach.rules import Rule, phrases
from kehoach.text import nfc, one_line

COUNTRY = "VN"
KINDS = ("relative", "event")  # of deadlines whose day is not in their words
NEXT_YEARS = 2  # years behind the anchor that a term may reach into
NATIONAL_DAY = 2  # of September; the day beside it is off too and bears the same name


def due_day(deadline: Deadline, *, year: int | None, issued_on: date | None) -> date | None:
    """The last day of a term that runs from a known day; the day before a holiday; None where nobody knows.

    `year`: the plan's, for words without one.
    """
    if deadline.kind not in KINDS:
        return None
    text = one_line(nfc(deadline.text))
    for rule in phrases("terms"):
        if match := rule.pattern.search(text):
            return _resolved(rule, match.groupdict(), year, issued_on)
    return None


def working_edges(edge: str, rhythm: str, year: int) -> tuple[date, ...]:
    """The first or last working day of each month or quarter of `year`, as `edge` says ("làm việc cuối
    cùng"); empty for weeks and for days that need not be working days."""
    step = {"monthly": 1, "quarterly": MONTHS_PER_QUARTER}.get(rhythm)
    if step is None or not re.search(r"làm việc", edge, re.IGNORECASE):
        return ()
    calendar = _calendar(year)
    if re.search(r"đầu", edge, re.IGNORECASE):
        starts = (date(year, month, 1) for month in range(1, MONTHS + 1, step))
        return tuple(_working(calendar, day - timedelta(days=1), 1) for day in starts)
    ends = (date(year, month, monthrange(year, month)[1]) for month in range(step, MONTHS + 1, step))
    return tuple(_working(calendar, day + timedelta(days=1), -1) for day in ends)


def _resolved(rule: Rule, groups: Mapping[str, Any], year: int | None, issued_on: date | None) -> date | None:
    said = int(groups["year"]) if groups.get("year") else year
    if rule.value == "holiday":
        return _before_holiday(rule.params, said)
    anchor = issued_on if rule.value == "issue" else _day(said, groups["month"], groups["day"])
    return None if anchor is None else _end(anchor, int(groups["count"]), groups)


def _day(year: int | None, month: str, number: str) -> date | None:
    try:
        return date(year, int(month), int(number)) if year else None
    except ValueError:
        return None


def _end(anchor: date, count: int, groups: Mapping[str, Any]) -> date | None:
    calendar = _calendar(anchor.year)
    if not count > 0:
        return None
    if groups.get("working"):
        return _working(calendar, anchor, count)
    end = {
        "ngày": lambda: anchor + timedelta(days=count),
        "tuần": lambda: anchor + timedelta(weeks=count),
        "tháng": lambda: _months_on(anchor, count),
    }[groups["unit"].casefold()]()
    return end if calendar.is_working_day(end) else _working(calendar, end, 1)


def _working(calendar: Any, day: date, steps: int) -> date:
    """The working day that is `steps` after `day`, before it where negative."""
    found: date = calendar.get_nth_working_day(day, steps)
    return found


def _months_on(anchor: date, count: int) -> date:
    """The same day of a later month, or its last where it has none (Điều 148 khoản 3)."""
    months = anchor.month - 1 + count
    year, month = anchor.year + months // MONTHS, months % MONTHS + 1
    return date(year, month, min(anchor.day, monthrange(year, month)[1]))


def _before_holiday(params: Mapping[str, Any], year: int | None) -> date | None:
    if year is None:
        return None
    named = [day for day, name in _calendar(year).items() if day.year == year and _is(name, params["name"])]
    if params.get("month"):
        named = [day for day in named if day.month == params["month"] and day.day == NATIONAL_DAY]
    return min(named) - timedelta(days=1) if named else None


def _is(names: str, wanted: str) -> bool:
    return wanted in re.split(r"; ", names)


@lru_cache
def _calendar(year: int) -> Any:
    """The country's days off from `year` on, under English names."""
    years = range(year, year + NEXT_YEARS + 1)
    return holidays.country_holidays(COUNTRY, years=years, language="en_US")
