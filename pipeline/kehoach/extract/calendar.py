"""The calendar behind deadline phrases: what days the words settle. Days that do not exist stay None.

A resolver takes the named groups of a phrase and the reference: the plan's year, for words without
one, and the day on which the plan was issued. It gives first and last day, both inclusive.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from kehoach.text import fold

Bounds = tuple[date | None, date | None]
Groups = Mapping[str, str | None]

MONTHS = 12
MONTHS_PER_QUARTER = 3
HALF_YEAR = 6
CENTURY = 2000  # what a year of two digits belongs to
SHORT_YEAR = 100
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
NOTHING: Bounds = (None, None)


class Reference(NamedTuple):
    """What words without a year refer to."""

    year: int | None
    issued_on: date | None


def day(year: int | None, month: str | int | None, number: str | int | None) -> date | None:
    """A day, or None where it does not exist (30 February) or a part is missing."""
    try:
        return date(int(year), int(month), int(number)) if year and month and number else None
    except ValueError:
        return None


def month_end(year: int | None, month: int) -> date | None:
    """The last day of a month; None without a year or for a month that does not exist."""
    if year is None or not 1 <= month <= MONTHS or not date.min.year <= year <= date.max.year:
        return None
    return date(year, month, monthrange(year, month)[1])


def resolve(name: str, groups: Groups, reference: Reference) -> Bounds:
    """First and last day that the phrase settles; ends that contradict each other give neither."""
    start, end = RESOLVERS[name](groups, reference)
    return NOTHING if start and end and start > end else (start, end)


def own_year(groups: Groups) -> int | None:
    """The year that the phrase itself says, the later one of two."""
    return next((_full(groups[name]) for name in _YEARS if groups.get(name)), None)


_YEARS = ("year2", "year", "year3", "year_only")


def _full(year: str | None) -> int | None:
    if not year:
        return None
    return int(year) + CENTURY if int(year) < SHORT_YEAR else int(year)


def _year(groups: Groups, reference: Reference) -> int | None:
    return own_year(groups) or reference.year


def _number(numeral: str | None) -> int:
    """A quarter's number; OCR reads I as l, | or 1."""
    text = (numeral or "").casefold()
    return ROMAN.get(text) or ROMAN.get(re.sub(r"[l|1]", "i", text), 0)


def _of_months(year: int | None, first: int, last: int) -> Bounds:
    if not 1 <= first <= MONTHS or not 1 <= last <= MONTHS:
        return NOTHING
    return day(year, first, 1), month_end(year, last)


def _of_quarters(year: int | None, first: int, last: int) -> Bounds:
    if not first or not last:
        return NOTHING
    return _of_months(year, MONTHS_PER_QUARTER * (first - 1) + 1, MONTHS_PER_QUARTER * last)


def _on_day(groups: Groups, reference: Reference) -> Bounds:
    number, month = groups.get("day") or groups.get("day3"), groups.get("month") or groups.get("month3")
    only = day(_year(groups, reference), month, number)
    return only, only


def _until_day(groups: Groups, reference: Reference) -> Bounds:
    return None, day(_year(groups, reference), groups["month"], groups["day"])


def _until_month(groups: Groups, reference: Reference) -> Bounds:
    return None, _edge(groups, _year(groups, reference), int(groups["month"] or 0), 1)


def _until_quarter(groups: Groups, reference: Reference) -> Bounds:
    last = MONTHS_PER_QUARTER * _number(groups["quarter"])
    return None, _edge(groups, _year(groups, reference), last, MONTHS_PER_QUARTER)


def _until_year(groups: Groups, reference: Reference) -> Bounds:
    return None, _edge(groups, _year(groups, reference), MONTHS, MONTHS)


def _edge(groups: Groups, year: int | None, last: int, length: int) -> date | None:
    """Last day of the stretch that ends with month `last`; "trước" a stretch is the day before it begins."""
    if year is None or not 1 <= last <= MONTHS:
        return None
    if not fold(groups.get("edge") or "").startswith("truoc"):
        return month_end(year, last)
    before = last - length
    return month_end(year, before) if before else month_end(year - 1, MONTHS)


def _days(groups: Groups, reference: Reference) -> Bounds:
    """Two days; what the first leaves out (month, year) it takes from the second."""
    last_year = _full(groups.get("year2")) or _full(groups.get("year")) or reference.year
    first_year = _full(groups.get("year")) or last_year
    month = groups.get("month") or groups["month2"]
    start, end = day(first_year, month, groups["day"]), day(last_year, groups["month2"], groups["day2"])
    if start and end and start > end and not groups.get("year"):
        if groups.get("year2"):
            return day(end.year - 1, start.month, start.day), end
        return start, day(end.year + 1, end.month, end.day)
    return start, end


def _from_issue(groups: Groups, reference: Reference) -> Bounds:
    year = _year(groups, reference)
    if groups.get("day"):
        return reference.issued_on, day(year, groups["month"], groups["day"])
    if groups.get("month_only"):
        return reference.issued_on, month_end(year, int(groups["month_only"] or 0))
    return reference.issued_on, month_end(year, MONTHS) if groups.get("year_only") else None


def _months_range(groups: Groups, reference: Reference) -> Bounds:
    return _ranged(groups, reference, int(groups["month"] or 0), int(groups["month2"] or 0))


def _quarters_range(groups: Groups, reference: Reference) -> Bounds:
    first, last = _number(groups["quarter"]), _number(groups["quarter2"])
    return _ranged(groups, reference, MONTHS_PER_QUARTER * (first - 1) + 1, MONTHS_PER_QUARTER * last)


def _ranged(groups: Groups, reference: Reference, first: int, last: int) -> Bounds:
    """From the first day of one month to the last of another, over New Year where they say so."""
    last_year = _full(groups.get("year2")) or _full(groups.get("year")) or reference.year
    first_year = _full(groups.get("year")) or last_year
    if first > last and first_year and first_year == last_year:
        if groups.get("year2"):
            first_year -= 1
        else:
            last_year = first_year + 1
    return day(first_year, first, 1), month_end(last_year, last)


def _quarters(groups: Groups, reference: Reference) -> Bounds:
    numerals = re.findall(
        r"(?i)[ilv|1-4]+", re.sub(r"(?i)qu[ýíỷỳỵ]|q|và|đến|tới", " ", groups["quarters"] or "")
    )
    named = [found for found in map(_number, numerals) if found]
    return _of_quarters(_year(groups, reference), min(named), max(named)) if named else NOTHING


def _months(groups: Groups, reference: Reference) -> Bounds:
    named = [int(one) for one in re.findall(r"\d+", groups.get("months") or groups.get("month_first") or "")]
    return _of_months(_year(groups, reference), min(named), max(named)) if named else NOTHING


def _half_year(groups: Groups, reference: Reference) -> Bounds:
    if fold(groups["half"] or "") == "dau":
        return _of_months(_year(groups, reference), 1, HALF_YEAR)
    return _of_months(_year(groups, reference), HALF_YEAR + 1, MONTHS)


def _years(groups: Groups, reference: Reference) -> Bounds:
    first = _full(groups.get("year")) or own_year(groups) or reference.year
    return day(first, 1, 1), month_end(_year(groups, reference), MONTHS)


def _open_years(groups: Groups, reference: Reference) -> Bounds:
    return day(_full(groups.get("year")), 1, 1), None


def _from_day(groups: Groups, reference: Reference) -> Bounds:
    return day(_year(groups, reference), groups["month"], groups["day"]), None


def _from_month(groups: Groups, reference: Reference) -> Bounds:
    quarter = _number(groups.get("quarter"))
    month = MONTHS_PER_QUARTER * (quarter - 1) + 1 if quarter else int(groups.get("month") or 0)
    return day(_year(groups, reference), month, 1), None


RESOLVERS: Mapping[str, Callable[[Groups, Reference], Bounds]] = {
    "on_day": _on_day,
    "until_day": _until_day,
    "until_month": _until_month,
    "until_quarter": _until_quarter,
    "until_year": _until_year,
    "days": _days,
    "from_issue": _from_issue,
    "months_range": _months_range,
    "quarters_range": _quarters_range,
    "quarters": _quarters,
    "months": _months,
    "half_year": _half_year,
    "years": _years,
    "open_years": _open_years,
    "from_day": _from_day,
    "from_month": _from_month,
}
