"""The calendar of deadlines: what is due when, month by month, day by day."""

from __future__ import annotations

import calendar
import sqlite3
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from datasette import Response

from kehoach.web.rows import Row, rows, whole

if TYPE_CHECKING:
    from kehoach.web.site import Site

MOST = 100  # tasks on a page
SHADES = 4
FIRST_YEAR, LAST_YEAR = 1990, 2100
_DAYS = "SELECT day, count(*) FROM due_days WHERE day BETWEEN ? AND ? GROUP BY day"
_YEARS = "SELECT min(day), max(day) FROM due_days"
_DUE = """
    SELECT y.day, t.ordinal, t.document_id, t.text, t.deadline_text, t.deadline_kind, d.issuer,
        (SELECT group_concat(mention, '; ') FROM task_units
         WHERE task_id = t.id AND role = 'lead') AS leads
    FROM due_days y JOIN tasks t ON t.id = y.task_id JOIN documents d ON d.id = t.document_id
    WHERE y.day BETWEEN :first AND :last ORDER BY y.day, y.task_id LIMIT :most OFFSET :offset
"""


@dataclass(frozen=True, slots=True)
class Day:
    """A square of the calendar. `shade`: 0 to SHADES, by how much is due compared with the fullest day."""

    number: int
    iso: str
    count: int
    shade: int


@dataclass(frozen=True, slots=True)
class Month:
    """`weeks`: from Monday; None outside the month."""

    number: int
    weeks: tuple[tuple[Day | None, ...], ...]
    count: int


@dataclass(frozen=True, slots=True)
class Year:
    """A year's calendar; `years`: those in which anything is due."""

    number: int
    months: tuple[Month, ...]
    years: tuple[int, ...]


def year(connection: sqlite3.Connection, wanted: int) -> Year:
    """The calendar of the wanted year, or of the last in which anything is due by its end."""
    first, last = connection.execute(_YEARS).fetchone()
    years = range(int(first[:4]), int(last[:4]) + 1) if first else range(date.today().year, date.today().year)
    number = wanted if FIRST_YEAR <= wanted <= LAST_YEAR else _now(years)
    counts = dict(connection.execute(_DAYS, (f"{number}-01-01", f"{number}-12-31")).fetchall())
    fullest = max(counts.values(), default=1)
    months = tuple(_month(number, month, counts, fullest) for month in range(1, 13))
    return Year(number, months, tuple(one for one in years if FIRST_YEAR <= one <= LAST_YEAR))


def _now(years: range) -> int:
    today = date.today().year
    return min(max(today, years[0]), years[-1]) if years else today


def _month(year_number: int, month: int, counts: dict[str, int], fullest: int) -> Month:
    weeks = []
    for week in calendar.Calendar().monthdayscalendar(year_number, month):
        isos = [f"{year_number}-{month:02}-{number:02}" for number in week]
        weeks.append(
            tuple(
                Day(number, iso, counts.get(iso, 0), _shade(counts.get(iso, 0), fullest)) if number else None
                for number, iso in zip(week, isos, strict=True)
            )
        )
    return Month(month, tuple(weeks), sum(one.count for week in weeks for one in week if one))


def _shade(count: int, fullest: int) -> int:
    """On a scale of roots: one full day must not make all others pale."""
    return min(SHADES, round((count / fullest) ** 0.5 * (SHADES - 1)) + 1) if count else 0


def due(connection: sqlite3.Connection, first: str, last: str, page: int) -> list[Row]:
    """What is due from `first` to `last` (ISO), in order."""
    values = {"first": first, "last": last, "most": MOST, "offset": (page - 1) * MOST}
    return rows(connection, _DUE, values)


async def deadlines(site: Site, request: Any) -> Response:
    """A year's calendar, with the tasks of a month or of a day."""
    number, month = whole(request.args.get("nam")), whole(request.args.get("thang"))
    day, page = whole(request.args.get("ngay")), max(whole(request.args.get("page"), 1), 1)
    found = await site.ask(lambda conn: year(conn, number))
    month = month if 1 <= month <= 12 else _first_full(found)
    length = calendar.monthrange(found.number, month)[1]
    day = day if 1 <= day <= length else 0
    first, last = (f"{found.number}-{month:02}-{one:02}" for one in (day or 1, day or length))
    tasks = await site.ask(lambda conn: due(conn, first, last, page))
    total = found.months[month - 1].count
    if day:
        total = next(
            one.count for week in found.months[month - 1].weeks for one in week if one and one.number == day
        )
    return await site.page(
        request,
        "deadlines.html",
        year=found,
        month=month,
        day=day,
        tasks=tasks,
        total=total,
        number=page,
        most=MOST,
    )


def _first_full(found: Year) -> int:
    today = date.today()
    if found.number == today.year and found.months[today.month - 1].count:
        return today.month
    return next((month.number for month in found.months if month.count), 1)
