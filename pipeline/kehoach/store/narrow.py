"""Which plans and tasks a search is narrowed to: by place, year, unit, index, days when tasks are due."""

from __future__ import annotations

from dataclasses import dataclass

from kehoach.sqlite import Database
from kehoach.text import fold, one_line

Condition = tuple[str, list[str | int]]  # SQL with its values
FEW = 20  # plans that are looked through one by one; of more, hits are looked through


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
    conditions: list[tuple[str, str, str | int]] = []
    if filters.commune:
        conditions.append(("documents_issuer", "issuer_folded LIKE ?", f"% {_folded(filters.commune)}"))
    if filters.year is not None:
        conditions.append(("documents_year", "year = ?", filters.year))
    if filters.index:
        conditions.append(("documents_indices", "indices LIKE ?", f'%"{filters.index}"%'))
    found = [_keys(db, *one) for one in conditions]
    if filters.province:
        names = _provinces(db, filters.province)
        found.append({id for name in names for id in _keys(db, "documents_place", "province = ?", name)})
    return tuple(sorted(set.intersection(*found), reverse=True)) if found else None


def _keys(db: Database, index: str, condition: str, value: str | int) -> set[int]:
    """Documents that meet a condition, told by an index alone: their rows are large."""
    query = f"SELECT id FROM documents INDEXED BY {index} WHERE {condition}"
    return {id for (id,) in db.execute(query, (value,))}


def task_condition(db: Database, filters: Filters) -> Condition:
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
    known = db.execute("SELECT DISTINCT province FROM documents INDEXED BY documents_place")
    return [one for (one,) in known if one and _folded(one) == _folded(name)]


def _folded(name: str) -> str:
    return one_line(fold(name))
