"""The list of plans: which ones, in which order, how many; each with what a reader wants to know first."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from kehoach.errors import KehoachError
from kehoach.messages import N_, _
from kehoach.text import fold
from kehoach.web.rows import Row, rows, whole

PAGE_SIZE = 50
LATEST_REFUSED = 20

# What `findings` may be asked for, and the condition that says so.
_HAS = "EXISTS (SELECT 1 FROM findings x WHERE x.document_id = d.id AND {})"
_FAILS = _HAS.format("x.verdict = 'fail' AND x.severity <> 'info'")
FINDINGS: Mapping[str, tuple[str, str]] = {
    "blocker": (N_("a blocker stands"), _HAS.format("x.verdict = 'fail' AND x.severity = 'blocker'")),
    "fail": (N_("something fails"), _FAILS),
    "not_assessable": (N_("something is not assessable"), _HAS.format("x.verdict = 'not_assessable'")),
    "well": (N_("nothing fails"), f"NOT {_FAILS}"),
}
ORDERS: Mapping[str, tuple[str, str]] = {
    "new": (N_("last read first"), "d.id DESC"),
    "issued": (N_("by date of issue"), "d.issued_on DESC, d.id DESC"),
    "place": (N_("by place"), "d.province, d.district, d.commune, d.year, d.id"),
    "year": (N_("by year"), "d.year DESC, d.id DESC"),
}
_FILTERS: Mapping[str, str] = {
    "place": "fold(concat(d.commune, d.district, d.province, d.issuer)) LIKE '%' || fold(:place) || '%'",
    "title": "fold(concat(d.title, f.name)) LIKE '%' || fold(:title) || '%'",
    "province": "d.province = :province",
    "year": "d.year = CAST(:year AS INTEGER)",
    "type": "d.type = :type",
    "status": "d.status = :status",
    "index": "EXISTS (SELECT 1 FROM json_each(d.indices) WHERE value = :index)",
}
_FROM = "documents d JOIN files f ON f.id = d.file_id"
_LIST = f"""
    SELECT d.id, f.name AS file, d.type, d.number, d.symbol, d.issued_on, d.issuer, d.commune, d.district,
        d.province, d.title, d.year, d.status, d.indices, d.kind, d.page_count,
        (SELECT count(*) FROM tasks t WHERE t.document_id = d.id) AS tasks,
        (SELECT count(*) FROM warnings w WHERE w.document_id = d.id) AS warnings
    FROM {_FROM} WHERE {{where}} ORDER BY {{order}} LIMIT :size OFFSET :offset
"""
_FINDINGS = """
    SELECT document_id, severity, count(*) FROM findings
    WHERE document_id IN ({marks}) AND verdict = 'fail' AND severity <> 'info' GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the list. `total`: plans that match; `asked`: the filters as they were understood."""

    plans: tuple[Row, ...]
    total: int
    number: int
    asked: Mapping[str, str]
    size: int = PAGE_SIZE

    @property
    def last(self) -> int:
        """The number of the last page, at least 1."""
        return max((self.total + self.size - 1) // self.size, 1)


def prepare(connection: sqlite3.Connection) -> None:
    """Gives a connection the functions that filters need (SQLite has concat from 3.44 on)."""
    connection.create_function("concat", -1, lambda *parts: " ".join(filter(None, parts)), deterministic=True)
    connection.create_function("fold", 1, lambda text: fold(text or ""), deterministic=True)


def listing(connection: sqlite3.Connection, asked: Mapping[str, str], size: int = PAGE_SIZE) -> Listing:
    """The plans that `asked` (names of filters to values, `order`, `page`) wants; unknown values are left."""
    known = {name: value.strip() for name, value in asked.items() if name in _FILTERS and value.strip()}
    conditions = [_FILTERS[name] for name in known]
    if (wanted := asked.get("findings", "")) in FINDINGS:
        conditions.append(FINDINGS[wanted][1])
        known["findings"] = wanted
    if (order := asked.get("order", "")) in ORDERS:
        known["order"] = order
    where = " AND ".join(conditions) or "1"
    count = f"SELECT count(*) FROM {_FROM} WHERE {where}"
    total = connection.execute(count, known).fetchone()[0]
    last = max((total + size - 1) // size, 1)
    number = min(max(whole(asked.get("page")), 1), last)
    query = _LIST.format(where=where, order=ORDERS[known.get("order", "new")][1])
    found = rows(connection, query, known | {"size": size, "offset": (number - 1) * size})
    return Listing(_with_findings(connection, found), total, number, known, size)


def _with_findings(connection: sqlite3.Connection, found: Sequence[Row]) -> tuple[Row, ...]:
    ids = [row["id"] for row in found]
    counts: dict[int, dict[str, int]] = {}
    for document, severity, count in connection.execute(
        _FINDINGS.format(marks=", ".join("?" * len(ids))), ids
    ):
        counts.setdefault(document, {})[severity] = count
    return tuple(
        row | {"findings": counts.get(row["id"], {}), "indices": json.loads(row["indices"])} for row in found
    )


def choices(connection: sqlite3.Connection) -> dict[str, list[Any]]:
    """The values that filters may be set to, from what the database has."""
    columns = ("year", "province", "type", "status")
    found: dict[str, list[Any]] = {
        name: [
            row[0]
            for row in connection.execute(
                f"SELECT DISTINCT {name} FROM documents WHERE {name} IS NOT NULL ORDER BY 1"
            )
        ]
        for name in columns
    }
    indices = connection.execute("SELECT DISTINCT indices FROM documents")
    found["index"] = sorted({index for row in indices for index in json.loads(row[0])})
    return found | {"year": found["year"][::-1]}


def totals(connection: sqlite3.Connection) -> Row:
    """How much there is: plans, pages, tasks, provinces, and files that could not be read."""
    (row,) = rows(
        connection,
        """SELECT (SELECT count(*) FROM documents) AS plans, (SELECT count(*) FROM tasks) AS tasks,
               (SELECT total(page_count) FROM documents) AS pages,
               (SELECT count(*) FROM files WHERE outcome IN ('refused', 'failed')) AS refused""",
        {},
    )
    return row | {"pages": int(row["pages"])}


def address(asked: Mapping[str, str], **changes: Any) -> str:
    """The address of the list with these filters."""
    wanted = {name: str(value) for name, value in {**asked, **changes}.items() if value}
    return f"/?{urlencode(wanted)}" if wanted else "/"


def reasons() -> dict[str, str]:
    """Why files were refused, by code: the message without its facts, and what to do."""
    return {error.code: _(error.remedy) for error in _errors(KehoachError)}


def _errors(base: type[KehoachError]) -> Iterator[type[KehoachError]]:
    yield base
    for one in base.__subclasses__():
        yield from _errors(one)


def refused(connection: sqlite3.Connection) -> Sequence[Row]:
    """The latest files that could not be read, with the code of the reason."""
    return rows(
        connection,
        """SELECT name, outcome, reason, received_at FROM files WHERE outcome IN ('refused', 'failed')
           ORDER BY id DESC LIMIT :limit""",
        {"limit": LATEST_REFUSED},
    )
