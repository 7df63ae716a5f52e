"""What follows from a document's facts, laid down beside them: days when tasks are due, counts, laws cited.

Everything here can be made again from the facts; it is stored because analysts ask for it over all plans.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from kehoach.check.sources import LawVersion, known, of_year
from kehoach.extract.deadlines import due_days
from kehoach.extract.title import INDEX_NAMES
from kehoach.rules import data
from kehoach.sqlite import Database
from kehoach.store.rows import citation, deadline, full_day
from kehoach.text import fold, one_line

_COUNTS = """
    INSERT INTO document_counts
    SELECT d.id, count(t.id), coalesce(sum(t.id IS NOT NULL AND t.deadline_kind IS NULL), 0),
        coalesce(sum(t.deadline_kind = 'continuous'), 0), coalesce(sum(t.deadline_kind = 'recurring'), 0),
        coalesce(sum(t.leads = 0), 0), coalesce(sum(t.leads > 0 AND t.leads = t.collectives), 0)
    FROM documents d LEFT JOIN (
        SELECT x.id, x.document_id, x.deadline_kind, count(u.id) AS leads,
            coalesce(sum(u.kind = 'collective'), 0) AS collectives
        FROM tasks x LEFT JOIN task_units y ON y.task_id = x.id AND y.role = 'lead'
        LEFT JOIN units u ON u.id = y.unit_id WHERE {tasks} GROUP BY x.id
    ) t ON t.document_id = d.id WHERE {documents} GROUP BY d.id
"""
_UNIT_COUNTS = """
    INSERT INTO unit_counts
    SELECT x.document_id, y.unit_id, count(DISTINCT CASE y.role WHEN 'lead' THEN x.id END),
        count(DISTINCT CASE y.role WHEN 'support' THEN x.id END), min(y.mention)
    FROM tasks x JOIN task_units y ON y.task_id = x.id WHERE {tasks} GROUP BY x.document_id, y.unit_id
"""


def land_derived(db: Database, document_id: int) -> None:
    """Lays down what follows from a document that has landed and has nothing of it yet."""
    issuer, year, issued = db.execute(
        "SELECT issuer, year, issued_on FROM documents WHERE id = ?", (document_id,)
    ).fetchone()
    folded = folded_issuer(issuer) if issuer else None
    db.execute("UPDATE documents SET issuer_folded = ? WHERE id = ?", (folded, document_id))
    _land_due_days(db, document_id, year, full_day(issued))
    _land_laws(db, document_id, full_day(issued) or full_day(f"{year}-01-01"))
    count_tasks(db, document_id)
    renew_criteria(db)


def count_tasks(db: Database, document_id: int | None = None) -> None:
    """Counts of one document, or of all, where there are none yet."""
    one = document_id is not None
    scope = {"tasks": "x.document_id = :id" if one else "1", "documents": "d.id = :id" if one else "1"}
    for statement in (_COUNTS, _UNIT_COUNTS):
        db.execute(statement.format(**scope), {"id": document_id})


def folded_issuer(name: str) -> str:
    """One form for the ways of writing an issuer: `Ủy ban nhân dân xã Nậm Khuông`, `UBND xã Nậm Khuông`."""
    return one_line(fold(name)).replace("uy ban nhan dan", "ubnd")


def folded_path(path: str) -> str:
    """The headings above a task (JSON, as `tasks.path`) without marks, for search."""
    return fold(" ".join(json.loads(path)))


def renew_criteria(db: Database) -> None:
    """The criteria of all indices as models/index has them."""
    rows = set(_criteria())
    if set(db.execute("SELECT * FROM criteria").fetchall()) != rows:
        db.execute("DELETE FROM criteria")
        db.conn.executemany("INSERT INTO criteria VALUES (?, ?, ?, ?)", rows)


def _criteria() -> Iterator[tuple[str, str, str | None, str]]:
    for index in data("index/taxonomy.yaml")["indices"]:
        yield from _below(INDEX_NAMES.get(index["code"], index["code"]), None, index.get("nodes", ()))


def _below(index: str, parent: str | None, nodes: Any) -> Iterator[tuple[str, str, str | None, str]]:
    for node in nodes:
        yield node["code"], index, parent, node["name"]
        yield from _below(index, node["code"], node.get("children", ()))


def _land_due_days(db: Database, document_id: int, year: int | None, issued: date | None) -> None:
    rows = db.query("SELECT * FROM tasks WHERE document_id = ? AND deadline_kind IS NOT NULL", (document_id,))
    days = [(row["id"], one.isoformat()) for row in rows for one in due_days(deadline(row), year, issued)]
    db.conn.executemany("INSERT OR IGNORE INTO due_days VALUES (?, ?)", days)


def _land_laws(db: Database, document_id: int, on: date | None) -> None:
    rows = list(db.query("SELECT * FROM citations WHERE document_id = ?", (document_id,)))
    for row in rows:
        found = of_year(known(cited := citation(row)), cited)
        if found:
            law = next((one for one in found if on and one.valid_from <= on <= one.valid_to), found[-1])
            db.execute("INSERT INTO citation_laws VALUES (?, ?)", (row["id"], _law_id(db, law)))


def _law_id(db: Database, law: LawVersion) -> int:
    """The law's row, brought up to what models/laws says today."""
    number = f"{law.number}/{law.passed}/{law.symbol}" if law.passed else f"{law.number}/{law.symbol}"
    until = law.valid_to.isoformat() if law.valid_to < date.max else None
    row = (law.id, number, law.name, law.valid_from.isoformat(), until, law.replaced_by, int(law.verified))
    return int(
        db.execute(
            """INSERT INTO laws (key, number, name, valid_from, valid_to, replaced_by, verified)
            VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET valid_from = excluded.valid_from,
            valid_to = excluded.valid_to, replaced_by = excluded.replaced_by, verified = excluded.verified
            RETURNING id""",
            row,
        ).fetchone()[0]
    )
