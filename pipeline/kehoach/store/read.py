"""Reading back: opens a database, finds a plan, gives its record as it landed."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kehoach import __version__
from kehoach.document import facts
from kehoach.document.outline import Outline
from kehoach.document.page import Box, ReadingWarning
from kehoach.document.plan import Plan
from kehoach.errors import (
    AmbiguousPlan,
    DatabaseUnusable,
    NewerDatabase,
    NoDatabase,
    NotOurDatabase,
    PlanNotFound,
)
from kehoach.sqlite import Database
from kehoach.store.lines import read_lines
from kehoach.store.migrations import MIGRATIONS
from kehoach.store.places import lineage_of, places_of
from kehoach.store.readings import reading as read_reading
from kehoach.store.rows import Row, anchor, anchor_or_none, citation, deadline, signature
from kehoach.store.schema import PRAGMAS, WRITE_AHEAD
from kehoach.store.views import renew_views
from kehoach.store.write import READ, UNKNOWN_UNIT
from kehoach.text import nfc

FILE_NOT_A_DATABASE = 26  # SQLITE_NOTADB
_ID = re.compile(r"[1-9][0-9]{0,17}")  # fits into SQLite's 64 bits


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file that the database has. `is_settled`: reading it again with this version would change nothing."""

    id: int
    name: str
    outcome: str
    reason: str | None
    is_settled: bool


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A document in one line, for lists."""

    id: int
    file_name: str
    sha256: str
    ordinal: int
    kind: str
    issuer: str | None
    title: str | None
    task_count: int


def open_database(path: Path, *, must_exist: bool) -> Database:
    """A connection with foreign keys enforced and the schema up to date.

    Raises NoDatabase (must_exist, and there is none), NotOurDatabase, NewerDatabase, DatabaseUnusable.
    """
    if must_exist and not path.is_file():
        raise NoDatabase(path=path)
    try:
        if not must_exist:
            path.parent.mkdir(parents=True, exist_ok=True)
        return _opened(path, may_be_empty=not must_exist)
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", None) == FILE_NOT_A_DATABASE:
            raise NotOurDatabase(path=path) from error
        raise DatabaseUnusable(path=path, detail=error) from error
    except OSError as error:
        raise DatabaseUnusable(path=path, detail=error.strerror) from error


def _opened(path: Path, *, may_be_empty: bool) -> Database:
    db = Database(path, strict=True)
    try:
        for pragma in PRAGMAS:
            db.execute(pragma)
        if may_be_empty and not db.table_names():
            db.execute(WRITE_AHEAD)
        else:
            _check_ours(db, path)
        if MIGRATIONS.pending(db):
            _migrate(db)
    except BaseException:
        db.close()
        raise
    return db


def _migrate(db: Database) -> None:
    """All missing steps, or none; the lock first, so that two processes cannot both take the same step.

    The views are made anew behind the last of them.
    """
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        MIGRATIONS.apply(db)
        renew_views(db)
    except BaseException:
        db.conn.rollback()
        raise
    db.conn.commit()


def _check_ours(db: Database, path: Path) -> None:
    applied = [one.name for one in MIGRATIONS.applied(db)]
    if not applied:
        raise NotOurDatabase(path=path)
    known = len(applied) + len(MIGRATIONS.pending(db))
    ours = {one.name for one in MIGRATIONS.pending(Database(memory=True))}
    if strange := set(applied) - ours:
        raise NewerDatabase(path=path, found=len(applied), known=known - len(strange))


def known_file(db: Database, sha256: str) -> KnownFile | None:
    """What the database has of these bytes; None when they are new. Failed readings are worth another try."""
    row = next(db.query("SELECT * FROM files WHERE sha256 = ? AND sha256 <> ''", (sha256,)), None)
    if row is None:
        return None
    same_refusal = row["outcome"] == "refused" and row["software_version"] == __version__
    settled = row["outcome"] in READ or same_refusal
    return KnownFile(row["id"], row["name"], row["outcome"], row["reason"], settled)


def plans(db: Database) -> Iterator[PlanLine]:
    """All documents by file name."""
    rows = db.query(
        """SELECT d.id, f.name, f.sha256, d.ordinal, d.kind, d.issuer, d.title,
                  (SELECT count(*) FROM tasks t WHERE t.document_id = d.id) AS task_count
           FROM documents d JOIN files f ON f.id = d.file_id ORDER BY f.name, f.sha256, d.ordinal"""
    )
    return (PlanLine(*row.values()) for row in rows)


def file_of(db: Database, document_id: int) -> Row:
    """The row of `files` that a document stands in."""
    query = "SELECT f.* FROM files f JOIN documents d ON d.file_id = f.id WHERE d.id = ?"
    return next(db.query(query, (document_id,)))


def find_plan(db: Database, plan: str) -> int:
    """Id of the document that `plan` names: an id, or its file's name with or without extension.

    `4` is an id before it is a name, `004` only a name. Raises PlanNotFound, AmbiguousPlan.
    """
    if _ID.fullmatch(plan) and db.table("documents").count_where("id = ?", [int(plan)]):
        return int(plan)
    wanted = nfc(Path(plan).name)
    names = list(db.query(_NAMES_OF_DOCUMENTS))
    for same in (lambda name: name == wanted, lambda name: _stem(name) == wanted):
        found = sorted({row["id"] for row in names if same(nfc(row["name"]))})
        if len(found) > 1:
            raise AmbiguousPlan(plan=plan, ids=", ".join(map(str, found)))
        if found:
            return int(found[0])
    raise PlanNotFound(plan=plan)


_NAMES_OF_DOCUMENTS = """
    SELECT d.id, f.name FROM documents d JOIN files f ON f.id = d.file_id
    UNION SELECT d.id, n.name FROM documents d JOIN file_names n ON n.file_id = d.file_id
"""


def _stem(name: str) -> str:
    return name.rsplit(".", 1)[0]


def record(db: Database, document_id: int) -> facts.Record:
    """The record as it landed. Raises PlanNotFound."""
    row = next(db.query(_DOCUMENT_AND_FILE, (document_id,)), None)
    if row is None:
        raise PlanNotFound(plan=document_id)
    sections = _sections(db, document_id)
    places = places_of(db, document_id)
    return facts.Record(
        source=facts.Source(
            row["file_name"], row["sha256"], row["bytes"], row["media_type"], row["kind"], row["page_count"]
        ),
        header=_header(db, row),
        sections=tuple(sections.values()),
        tasks=_tasks(db, document_id, {key: place for place, key in enumerate(sections)}),
        targets=tuple(_target(one) for one in _facts(db, "targets", document_id)),
        citations=tuple(citation(one) for one in _facts(db, "citations", document_id)),
        tables=tuple(_table(db, one) for one in _facts(db, "tables", document_id)),
        warnings=tuple(_warning(one) for one in _facts(db, "warnings", document_id)),
        unread=tuple(json.loads(row["unread"]).items()),
        explained=row["explained"],
        issuer_places=places,
        lineage=lineage_of(db, places),
        lines=read_lines(db, document_id),
        signatures=tuple(signature(one) for one in _facts(db, "signatures", document_id)),
    )


_DOCUMENT_AND_FILE = """
    SELECT d.*, f.name AS file_name, f.sha256, f.bytes, f.media_type
    FROM documents d JOIN files f ON f.id = d.file_id WHERE d.id = ?
"""


def reading(db: Database, document_id: int) -> tuple[Plan, Outline, facts.Record] | None:
    """All that a check looks at, as it landed; None where an older version read the document. Raises
    PlanNotFound."""
    found = record(db, document_id)
    row = next(db.query("SELECT id, text FROM documents WHERE id = ?", (document_id,)))
    seen = read_reading(db, row, found.sections)
    return None if seen is None else (*seen, found)


def findings(db: Database, document_id: int) -> list[Row]:
    """What the compliance check found, in its order; place columns included."""
    return list(_facts(db, "findings", document_id))


def warnings(db: Database, document_id: int) -> list[Row]:
    """What could not be read, with the message in Vietnamese; place columns included."""
    return list(_facts(db, "warnings", document_id))


def _facts(db: Database, table: str, document_id: int) -> Iterator[Row]:
    return db.query(f'SELECT * FROM "{table}" WHERE document_id = ? ORDER BY ordinal', (document_id,))


def _header(db: Database, row: Row) -> facts.Header:
    document_id = row["id"]
    anchors = db.query("SELECT * FROM anchors WHERE document_id = ? ORDER BY id", (document_id,))
    return facts.Header(
        type=row["type"],
        number=row["number"],
        symbol=row["symbol"],
        issued_on=row["issued_on"],
        place=row["place"],
        issuer=facts.Issuer(row["issuer"], row["level"], row["commune"], row["district"], row["province"]),
        title=row["title"],
        year=row["year"],
        indices=tuple(json.loads(row["indices"])),
        signer=facts.Signer(row["signer_name"], row["signer_position"], row["signer_authority"]),
        status=row["status"],
        recipients=tuple(
            facts.Recipient(one["name"], one["purpose"], anchor(one))
            for one in _facts(db, "recipients", document_id)
        ),
        anchors=tuple((one["field"], anchor(one)) for one in anchors),
    )


def _sections(db: Database, document_id: int) -> dict[int, facts.Section]:
    """Sections by their ids, in reading order."""
    rows = list(_facts(db, "sections", document_id))
    places = {row["id"]: place for place, row in enumerate(rows)}
    return {
        row["id"]: facts.Section(
            number=row["number"],
            title=row["title"],
            level=row["level"],
            kind=row["kind"],
            anchor=anchor(row),
            parent=places.get(row["parent_id"]),
        )
        for row in rows
    }


def _tasks(db: Database, document_id: int, sections: dict[int, int]) -> tuple[facts.Task, ...]:
    mentions = _by_task(db, _MENTIONS, document_id)
    outputs = _by_task(db, _OUTPUTS, document_id)
    criteria = _by_task(db, _CRITERIA, document_id)
    return tuple(
        facts.Task(
            text=row["text"],
            path=tuple(json.loads(row["path"])),
            section=sections.get(row["section_id"]),
            source=row["source"],
            anchor=anchor(row),
            rule=row["rule"],
            lead=tuple(_mention(one) for one in mentions.get(row["id"], ()) if one["role"] == "lead"),
            support=tuple(_mention(one) for one in mentions.get(row["id"], ()) if one["role"] == "support"),
            deadline=deadline(row),
            outputs=tuple(one["text"] for one in outputs.get(row["id"], ())),
            criteria=tuple(
                facts.Criterion(one["code"], one["words"], anchor(one)) for one in criteria.get(row["id"], ())
            ),
        )
        for row in _facts(db, "tasks", document_id)
    )


_MENTIONS = """
    SELECT m.*, u.key FROM task_units m JOIN units u ON u.id = m.unit_id JOIN tasks t ON t.id = m.task_id
    WHERE t.document_id = ? ORDER BY m.task_id, m.role, m.ordinal
"""
_OUTPUTS = """
    SELECT o.* FROM task_outputs o JOIN tasks t ON t.id = o.task_id
    WHERE t.document_id = ? ORDER BY o.task_id, o.ordinal
"""
_CRITERIA = """
    SELECT c.* FROM task_criteria c JOIN tasks t ON t.id = c.task_id
    WHERE t.document_id = ? ORDER BY c.task_id, c.ordinal
"""


def _by_task(db: Database, query: str, document_id: int) -> dict[int, list[Row]]:
    rows: dict[int, list[Row]] = {}
    for row in db.query(query, (document_id,)):
        rows.setdefault(row["task_id"], []).append(row)
    return rows


def _mention(row: Row) -> facts.Mention:
    unit = None if row["key"].startswith(UNKNOWN_UNIT) else row["key"]
    candidates = tuple(json.loads(row["candidates"] or "[]"))
    return facts.Mention(
        row["mention"], row["role"], row["origin"], anchor(row), unit, candidates, row["place"]
    )


def _target(row: Row) -> facts.Target:
    return facts.Target(
        text=row["text"],
        metric=row["metric"],
        comparator=row["comparator"],
        value=row["value"],
        unit=row["unit"],
        year=row["year"],
        anchor=anchor(row),
        rule=row["rule"],
    )


def _table(db: Database, row: Row) -> facts.TableFact:
    cells = list(db.query("SELECT * FROM cells WHERE table_id = ? ORDER BY row, col", (row["id"],)))
    header = tuple(cell["text"] for cell in cells if cell["header"])
    body: list[list[Row]] = [[] for _ in range(row["row_count"])]
    for cell in cells:
        if not cell["header"]:
            body[cell["row"] - bool(header)].append(cell)
    anchors = tuple(tuple(anchor_or_none(cell) for cell in cells) for cells in body)
    return facts.TableFact(
        title=row["title"],
        header=header,
        rows=tuple(tuple(cell["text"] for cell in cells) for cells in body),
        pages=tuple(json.loads(row["pages"])),
        anchor=anchor(row),
        cell_anchors=anchors if any(one for line in anchors for one in line) else (),
    )


def _warning(row: Row) -> ReadingWarning:
    box = None if row["x0"] is None else Box(row["page"], row["x0"], row["y0"], row["x1"], row["y1"])
    facts_of: dict[str, Any] = json.loads(row["facts"])
    return ReadingWarning(row["code"], row["page"], box, tuple(facts_of.items()))
