"""Deadlines as calendars (RFC 5545), one for each unit that leads tasks: all-day events, rhythms as rules.

An event keeps its UID when a file is read again: it stands on the file's bytes and the task's place in them.
Where a rhythm names no day, the event reminds on the last day of each period, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from icalendar import Calendar, Event

from kehoach.messages import _
from kehoach.sqlite import Database
from kehoach.text import fold

STEM = 80  # characters of a file's name
UID_DIGITS = 16  # of the sha256
SUMMARY = 120  # characters
_UNITS = """
    SELECT u.id, u.name FROM units u WHERE EXISTS
    (SELECT 1 FROM unit_counts c WHERE c.unit_id = u.id AND c.led > 0) ORDER BY u.name, u.id
"""
_TASKS = """
    SELECT f.sha256, f.name, f.received_at, d.issuer, d.year, d.issued_on, t.ordinal, t.text, t.page,
        t.deadline_text, t.deadline_recurrence,
        (SELECT group_concat(day) FROM (SELECT day FROM due_days WHERE task_id = t.id ORDER BY day))
    FROM unit_counts c JOIN documents d ON d.id = c.document_id JOIN files f ON f.id = d.file_id
    JOIN tasks t ON t.document_id = d.id AND t.deadline_kind IS NOT NULL AND t.deadline_kind <> 'continuous'
    WHERE c.unit_id = :unit AND c.led > 0 AND EXISTS
        (SELECT 1 FROM task_units y WHERE y.task_id = t.id AND y.unit_id = :unit AND y.role = 'lead')
"""
# Months from one time to the next.
MONTHS = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}
FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Due:
    """A task as a calendar sees it."""

    uid: str
    text: str
    issuer: str
    file: str
    page: int | None
    printed: str
    rhythm: str | None
    days: tuple[date, ...]
    year: int | None
    issued: date | None
    stamp: datetime


def write_calendars(db: Database, out: Path, _options: object = None) -> tuple[Path, ...]:
    """UNIT.ics for each unit that leads a task with a deadline. Raises OSError."""
    out.mkdir(parents=True, exist_ok=True)
    written: dict[str, Path] = {}
    for unit, name in db.execute(_UNITS).fetchall():
        stem = "_".join(re.findall(r"[a-z0-9]+", fold(name)))[:STEM]
        path = out / (f"{stem}.ics" if stem not in written else f"{stem}-{unit}.ics")
        if _write(path, name, _events(db, unit)):
            written[path.stem] = path
    return tuple(written.values())


def event(due: Due) -> Event | None:
    """The event of a task; None where neither a day nor a period can be told."""
    days, rule = due.days, None
    if not days and due.rhythm:
        days, rule = _reminder(due)
    if not days:
        return None
    if due.rhythm and due.days:
        rule = _rule(due.rhythm, days)
    made = Event()
    made.add("uid", due.uid)
    made.add("dtstamp", due.stamp)
    made.add("dtstart", days[0])
    made.add("dtend", days[0] + timedelta(days=1))
    made.add("transp", "TRANSPARENT")
    made.add("summary", due.text if len(due.text) <= SUMMARY else due.text[: SUMMARY - 1] + "…")
    made.add("description", _told(due))
    if rule:
        made.add("rrule", rule)
    elif len(days) > 1:
        made.add("rdate", list(days[1:]), parameters={"VALUE": "DATE"})
    return made


def _events(db: Database, unit: int) -> Iterator[Event]:
    for row in db.execute(_TASKS, {"unit": unit}):
        if made := event(_due(row)):
            yield made


def _due(row: Sequence[str | int | None]) -> Due:
    sha, file, received, issuer, year, issued, ordinal, text, page, printed, rhythm, days = row
    return Due(
        uid=f"{str(sha)[:UID_DIGITS]}-{ordinal}@kehoach",
        text=str(text),
        issuer=str(issuer or ""),
        file=str(file),
        page=int(page) if page else None,
        printed=str(printed or ""),
        rhythm=str(rhythm) if rhythm else None,
        days=tuple(map(date.fromisoformat, str(days).split(","))) if days else (),
        year=int(year) if year else None,
        issued=date.fromisoformat(str(issued)) if issued and len(str(issued)) == len("2026-01-01") else None,
        stamp=datetime.fromisoformat(str(received)),
    )


def _rule(rhythm: str, days: Sequence[date]) -> dict[str, object] | None:
    """The rule that gives exactly these days; None where there is none."""
    step = MONTHS.get(rhythm)
    if step is None or len(days) < 2 or len({day.day for day in days}) > 1:
        return None
    months = [day.year * 12 + day.month for day in days]
    if any(later - earlier != step for earlier, later in pairwise(months)):
        return None
    return {"freq": "monthly", "interval": step, "bymonthday": days[0].day, "count": len(days)}


def _reminder(due: Due) -> tuple[tuple[date, ...], dict[str, object] | None]:
    """The first reminder and its rule: the last day of each month, quarter …; each Friday."""
    if due.year is None:
        return (), None
    first = max(date(due.year, 1, 1), due.issued or date.min)
    end = date(due.year, 12, 31)
    if due.rhythm == "weekly":
        friday = first + timedelta(days=(FRIDAY - first.weekday()) % 7)
        return (friday,), {"freq": "weekly", "byday": "FR", "until": end}
    step = MONTHS.get(due.rhythm or "")
    if step is None or first > end:
        return (), None
    month = -(-first.month // step) * step
    begin = date(due.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return (begin,), {"freq": "monthly", "interval": step, "bymonthday": -1, "until": end}


def _told(due: Due) -> str:
    page = f", {_('page {page}').format(page=due.page)}" if due.page else ""
    lines = [due.text, f"{_('Deadline')}: {due.printed}", f"{due.issuer} – {due.file}{page}"]
    if not due.days:
        lines.append(_("The plan names no day: this reminds at the end of each period."))
    return "\n".join(lines)


def _write(path: Path, name: str, events: Iterator[Event]) -> bool:
    """Event by event, so that a calendar may be of any length; no file where there is none."""
    first = next(events, None)
    if first is None:
        return False
    shell = Calendar()
    shell.add("prodid", "-//kehoach//VI")
    shell.add("version", "2.0")
    shell.add("x-wr-calname", name)
    head, tail = shell.to_ical().split(b"END:VCALENDAR")
    with path.open("wb") as file:
        file.write(head + first.to_ical())
        file.writelines(one.to_ical() for one in events)
        file.write(b"END:VCALENDAR" + tail)
    return True
