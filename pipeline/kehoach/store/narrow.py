"""Which plans and tasks a search is narrowed to: by place, year, unit, index, days when tasks are due."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from kehoach.text import fold, one_line

FEW = 150  # plans that are looked through one by one; of more, hits are looked through


@dataclass(frozen=True, slots=True)
class Filters:
    """None: any. Names need no marks. `commune`, `province`: bare name; `unit`: part of the name of who leads
    or supports; `index`: PAPI, PAR INDEX, …; `after`, `before`: first and last day (ISO) when it is due."""

    commune: str | None = None
    province: str | None = None
    year: int | None = None
    unit: str | None = None
    index: str | None = None
    after: str | None = None
    before: str | None = None

    @property
    def are_on_tasks(self) -> bool:
        """Whether they ask something that only tasks can meet, and no page."""
        return any((self.unit, self.after, self.before))


def plans(db: Database, filters: Filters) -> tuple[int, ...] | None:
    """The documents that the filters leave, newest first; None: all."""
    where: list[str] = []
    values: list[str | int] = []
    if filters.commune:
        where.append("issuer_folded LIKE ?")
        values.append(f"% {_folded(filters.commune)}")
    if filters.year is not None:
        where.append("year = ?")
        values.append(filters.year)
    if filters.province:
        names = _provinces(db, filters.province)
        where.append(f"province IN ({', '.join('?' * len(names))})")
        values += names
    if filters.index:
        where.append("indices LIKE ?")
        values.append(f'%"{filters.index}"%')
    if not where:
        return None
    rows = db.execute(f"SELECT id FROM documents WHERE {' AND '.join(where)} ORDER BY id DESC", values)
    return tuple(id for (id,) in rows)


def task_condition(db: Database, filters: Filters) -> tuple[str, list[str | int]]:
    """What tasks `t` must meet, as SQL with its values; empty where everything does."""
    where: list[str] = []
    values: list[str | int] = []
    if filters.unit:
        wanted = _folded(filters.unit)
        units = [id for id, name in db.execute("SELECT id, name FROM units") if wanted in _folded(name)]
        marks = ", ".join("?" * len(units))
        where.append(f"EXISTS (SELECT 1 FROM task_units u WHERE u.task_id = t.id AND u.unit_id IN ({marks}))")
        values += units
    if filters.after or filters.before:
        where.append("EXISTS (SELECT 1 FROM due_days y WHERE y.task_id = t.id AND y.day BETWEEN ? AND ?)")
        values += [filters.after or "0", filters.before or "9"]
    return "".join(f" AND {one}" for one in where), values


def _provinces(db: Database, name: str) -> list[str]:
    known = db.execute("SELECT DISTINCT province FROM documents WHERE province IS NOT NULL")
    return [one for (one,) in known if _folded(one) == _folded(name)]


def _folded(name: str) -> str:
    return one_line(fold(name))
