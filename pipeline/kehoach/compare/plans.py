"""Plans as the comparison sees them: head, tasks with their times and owners, without pages and boxes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kehoach.compare.times import Time
from kehoach.document.facts import Deadline
from kehoach.document.plan import Anchor, Span
from kehoach.extract.deadlines import occurrences
from kehoach.sqlite import Database
from kehoach.text import one_line


@dataclass(frozen=True, slots=True)
class Owner:
    """A unit that leads a task. `mention`: as printed; `level`: of government, None: not known."""

    mention: str
    key: str
    name: str
    level: str | None
    kind: str | None
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """A task of a plan; `text` on one line, `path`: titles above it, outermost first."""

    id: int
    text: str
    time: Time | None = None
    leads: tuple[Owner, ...] = ()
    path: tuple[str, ...] = ()
    page: int | None = None
    source: str = "body"


@dataclass(frozen=True, slots=True)
class Plan:
    """The head of a plan and its tasks. `issued_on`: YYYY-MM-DD, or as much as is printed."""

    id: int
    file: str
    issuer: str | None = None
    level: str | None = None
    commune: str | None = None
    district: str | None = None
    province: str | None = None
    year: int | None = None
    number: str | None = None
    symbol: str | None = None
    issued_on: str | None = None
    title: str | None = None
    status: str | None = None
    place_id: int | None = None
    tasks: tuple[Task, ...] = field(default=(), compare=False)


_HEADS = """
    SELECT d.id, f.name AS file, d.issuer, d.level, d.commune, d.district, d.province, d.year, d.number,
           d.symbol, d.issued_on, d.title, d.status, d.issuer_place_id AS place_id
    FROM documents d JOIN files f ON f.id = d.file_id
"""
_TASKS = """
    SELECT id, text, path, page, source, deadline_text, deadline_kind, deadline_start, deadline_end,
           deadline_recurrence, deadline_rule
    FROM tasks WHERE document_id = ? ORDER BY ordinal
"""
_LEADS = """
    SELECT m.task_id, m.mention, u.key, u.name, u.level, u.kind, u.covers
    FROM task_units m JOIN units u ON u.id = m.unit_id JOIN tasks t ON t.id = m.task_id
    WHERE t.document_id = ? AND m.role = 'lead' ORDER BY m.task_id, m.ordinal
"""
_NOWHERE = Anchor(Span(0, 0), None, ())


def heads(db: Database) -> tuple[Plan, ...]:
    """All plans without their tasks, by file name."""
    return tuple(Plan(**row) for row in db.query(f"{_HEADS} ORDER BY f.name, d.id"))


def plan(db: Database, document_id: int) -> Plan:
    """One plan with its tasks."""
    row = next(db.query(f"{_HEADS} WHERE d.id = ?", (document_id,)))
    return Plan(**row, tasks=tuple(_tasks(db, document_id, row["year"])))


def with_tasks(db: Database, plans: Sequence[Plan]) -> Iterator[Plan]:
    """The plans with their tasks, one at a time."""
    return (plan(db, one.id) for one in plans)


def _tasks(db: Database, document_id: int, year: int | None) -> Iterator[Task]:
    leads: dict[int, list[Owner]] = {}
    for row in db.query(_LEADS, (document_id,)):
        leads.setdefault(row["task_id"], []).append(_owner(row))
    for row in db.query(_TASKS, (document_id,)):
        yield Task(
            row["id"],
            one_line(row["text"]),
            time_of(row, year),
            tuple(leads.get(row["id"], ())),
            tuple(json.loads(row["path"])),
            row["page"],
            row["source"],
        )


def _owner(row: Mapping[str, Any]) -> Owner:
    covers = tuple(json.loads(row["covers"] or "[]"))
    return Owner(row["mention"], row["key"], row["name"], row["level"], row["kind"], covers)


def time_of(row: Mapping[str, Any], year: int | None) -> Time | None:
    """The deadline columns of a task as a time; `year`: the plan's, in which a recurring one falls."""
    if row["deadline_kind"] is None:
        return None
    start, end = (date.fromisoformat(row[name]) if row[name] else None for name in _DAYS)
    read = Deadline(
        row["deadline_text"],
        row["deadline_kind"],
        start,
        end,
        row["deadline_recurrence"],
        row["deadline_rule"] or "",
        _NOWHERE,
    )
    days = occurrences(read, year) if year else ()
    return Time(read.text, read.kind, start, end, read.recurrence, days)


_DAYS = ("deadline_start", "deadline_end")
