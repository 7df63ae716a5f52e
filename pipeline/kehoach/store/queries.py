"""The questions that analysts ask, each a query on the views: `models/queries`, shown by docs/queries.md."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from kehoach.errors import NoSuchParameter, NoSuchQuestion
from kehoach.rules import data
from kehoach.sqlite import Database

Value = str | int | float | None
FILE = "queries/queries.yaml"
SOON = timedelta(days=30)
_PLACEHOLDER = re.compile(r":([a-z_]+)\b")
_NEWEST = "SELECT max(year) FROM documents"


@dataclass(frozen=True, slots=True)
class Question:
    """`number`: that of the domain's fifteen, or None; `asked`: the question by language (vi, en); `needs`:
    what must have run before (roster, compare, versions), or None; `parameters`: names in the SQL."""

    id: str
    number: int | None
    asked: Mapping[str, str]
    needs: str | None
    sql: str
    parameters: tuple[str, ...]


@lru_cache
def questions() -> Mapping[str, Question]:
    """All questions by their ids, those of the domain first."""
    return {one["id"]: _question(one) for one in data(FILE)["queries"]}


def question(name: str) -> Question:
    """The question with this id or number. Raises NoSuchQuestion."""
    for one in questions().values():
        if name in (one.id, str(one.number)):
            return one
    raise NoSuchQuestion(name=name)


def parameter_meaning(name: str, language: str) -> str:
    """What a parameter means, with its default."""
    return str(data(FILE)["parameters"][name][language])


def answer(
    db: Database, asked: Question, given: Mapping[str, Value], today: date
) -> tuple[tuple[str, ...], Iterator[tuple[Value, ...]]]:
    """Heads and rows, which come as they are read. `given` stands before defaults; today's date is for those
    that count from today. Raises NoSuchParameter."""
    unknown = sorted(set(given) - set(asked.parameters))
    if unknown:
        raise NoSuchParameter(name=unknown[0], question=asked.id, known=", ".join(asked.parameters) or "–")
    values = {name: given.get(name, _default(db, name, today)) for name in asked.parameters}
    cursor = db.execute(asked.sql, {**values, **_whole(values)})
    return tuple(head[0] for head in cursor.description), iter(cursor)


def _whole(values: Mapping[str, Value]) -> dict[str, Value]:
    """A year as a number: `2026` on a command line is text, which no year equals."""
    year = values.get("nam")
    return {"nam": int(year)} if isinstance(year, str) and year.isdigit() else {}


def _default(db: Database, name: str, today: date) -> Value:
    default = data(FILE)["parameters"][name]["default"]
    if default == "newest_year":
        newest: Value = db.execute(_NEWEST).fetchone()[0]
        return newest
    if default == "today":
        return today.isoformat()
    if default == "in_30_days":
        return (today + SOON).isoformat()
    return None if default is None else str(default)


def _question(entry: Mapping[str, Any]) -> Question:
    return Question(
        id=entry["id"],
        number=entry.get("number"),
        asked={language: entry[language] for language in ("vi", "en")},
        needs=entry.get("needs"),
        sql=entry["sql"].rstrip(),
        parameters=tuple(dict.fromkeys(_PLACEHOLDER.findall(entry["sql"]))),
    )
