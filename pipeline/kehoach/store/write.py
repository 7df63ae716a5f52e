"""Landing: what came of a file goes into the database in one transaction, or not at all.

The same bytes are one file, whatever their name: a further name is noted in `file_names`, and nothing
is read into the database twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from kehoach import __version__
from kehoach.document.facts import Mention, Record, Source, TableFact, Task
from kehoach.document.finding import Finding
from kehoach.document.plan import Plan
from kehoach.document.warnings import warning_text
from kehoach.extract.canonical import NO_END, units
from kehoach.sqlite import Database
from kehoach.store.derived import land_derived
from kehoach.store.findings import land_findings
from kehoach.store.lines import land_lines
from kehoach.store.places import land_places
from kehoach.store.readings import land_reading
from kehoach.store.repairs import repair_rows
from kehoach.store.rows import Row, iso, json_text, place_row, signature_row, storable, task_row
from kehoach.store.transaction import transaction
from kehoach.text import fold, nfc, one_line

READ = frozenset({"read", "read_with_warnings"})
UNKNOWN_UNIT = "~"  # before the folded name of a unit that no list of units knows
STORED_LANGUAGE = "vi"  # of messages in the database, whoever runs the command


@dataclass(frozen=True, slots=True)
class Landed:
    """Where a file landed. `is_new`: this call wrote its outcome; False: the database had it already."""

    file_id: int
    document_id: int | None
    is_new: bool


def land(
    db: Database,
    *,
    source: Source,
    received_at: datetime,
    outcome: str,
    reason: str | None = None,
    record: Record | None = None,
    plan: Plan | None = None,
    reading: bytes | None = None,
    findings: Sequence[Finding] = (),
    reread: bool = False,
) -> Landed:
    """Writes the outcome of one file, and the plan if there is one, in one transaction.

    outcome: read, read_with_warnings, refused or failed; reason: the error's code for the last two.
    plan: its text, pages and mended words land; reading: `packed.packed`, without which no findings do.
    A file that was read stays as it is, unless `reread`; one that was refused is written anew when the
    software is another or the outcome better. A re-read that fails leaves the old document standing.
    """
    with transaction(db):
        old = _known(db, source)
        if old is None:
            file_id = _insert(db, "files", _file_row(source, received_at, outcome, reason))
            landed = _land_document(db, file_id, None, source, record, plan)
            _land_check(db, landed, reading, findings, received_at)
            return Landed(file_id, landed, True)
        _note_name(db, old, source.name, received_at)
        document_id = _document_id(db, old["id"])
        if not _replaces(old, outcome, reread):
            return Landed(old["id"], document_id, False)
        db.execute(
            "UPDATE files SET outcome = ?, reason = ?, media_type = ?, software_version = ? WHERE id = ?",
            (outcome, reason, source.media_type, __version__, old["id"]),
        )
        db.execute("DELETE FROM documents WHERE file_id = ?", (old["id"],))
        landed = _land_document(db, old["id"], document_id, source, record, plan)
        _land_check(db, landed, reading, findings, received_at)
        _drop_unused_units(db)
        return Landed(old["id"], landed, True)


def _land_check(
    db: Database,
    document_id: int | None,
    reading: bytes | None,
    findings: Sequence[Finding],
    at: datetime,
) -> None:
    if document_id is not None and reading is not None:
        land_reading(db, document_id, reading)
        land_findings(db, document_id, findings, at=at)


def _known(db: Database, source: Source) -> Row | None:
    if source.sha256:
        return next(db.query("SELECT * FROM files WHERE sha256 = ?", (source.sha256,)), None)
    name = storable(source.name)
    return next(db.query("SELECT * FROM files WHERE sha256 = '' AND name = ?", (name,)), None)


def _file_row(source: Source, received_at: datetime, outcome: str, reason: str | None) -> Row:
    return {
        "name": source.name,
        "sha256": source.sha256,
        "bytes": source.size_bytes,
        "media_type": source.media_type,
        "received_at": received_at.isoformat(),
        "outcome": outcome,
        "reason": reason,
        "software_version": __version__,
    }


def _note_name(db: Database, old: Row, name: str, received_at: datetime) -> None:
    if storable(name) != old["name"]:
        db.execute(
            "INSERT OR IGNORE INTO file_names (file_id, name, received_at) VALUES (?, ?, ?)",
            (old["id"], storable(name), received_at.isoformat()),
        )


def _document_id(db: Database, file_id: int) -> int | None:
    row = db.execute("SELECT min(id) FROM documents WHERE file_id = ?", (file_id,)).fetchone()
    return row[0] if row else None


def _replaces(old: Row, outcome: str, reread: bool) -> bool:
    was_read, is_read = old["outcome"] in READ, outcome in READ
    if was_read:
        return reread and outcome != "failed"
    return reread or is_read or old["software_version"] != __version__


def _land_document(
    db: Database,
    file_id: int,
    document_id: int | None,
    source: Source,
    record: Record | None,
    plan: Plan | None,
) -> int | None:
    """The document with all its facts; a document that is read again keeps its id."""
    if record is None:
        return None
    row = _document_row(record, plan) | {"id": document_id, "file_id": file_id, "ordinal": 1}
    document_id = _insert(db, "documents", row)
    _land_pages(db, document_id, plan)
    _land_header(db, document_id, record)
    sections = _land_sections(db, document_id, record)
    for ordinal, task in enumerate(record.tasks):
        _land_task(db, document_id, ordinal, task, sections)
    _land_aims_and_citations(db, document_id, record)
    for ordinal, table in enumerate(record.tables):
        _land_table(db, document_id, ordinal, table)
    _land_warnings(db, document_id, record)
    land_places(db, document_id, record.issuer_places, record.lineage)
    _insert_all(db, "signatures", document_id, map(signature_row, record.signatures))
    land_lines(db, document_id, record.lines)
    land_derived(db, document_id)
    _insert_all(db, "repairs", document_id, repair_rows(plan) if plan else ())
    return document_id


def _document_row(record: Record, plan: Plan | None) -> Row:
    head, source = record.header, record.source
    return {
        "kind": source.kind,
        "page_count": source.page_count,
        "type": head.type,
        "number": head.number,
        "symbol": head.symbol,
        "issued_on": head.issued_on,
        "place": head.place,
        "issuer": head.issuer.name,
        "level": head.issuer.level,
        "commune": head.issuer.commune,
        "district": head.issuer.district,
        "province": head.issuer.province,
        "title": head.title,
        "year": head.year,
        "signer_name": head.signer.name,
        "signer_position": head.signer.position,
        "signer_authority": head.signer.authority,
        "status": head.status,
        "indices": json_text(head.indices),
        "unread": json_text(dict(record.unread)),
        "explained": record.explained,
        "text": plan.text if plan else "",
        "software_version": __version__,
    }


def _land_pages(db: Database, document_id: int, plan: Plan | None) -> None:
    for page in plan.pages if plan else ():
        row = {
            "document_id": document_id,
            "number": page.number,
            "read_from": page.read_from.value,
            "reason": page.reason,
            "text": page.text,
            "text_folded": fold(page.text),
            "confidence": page.confidence,
            "seal_seen": int(page.seal_seen),
        }
        _insert(db, "pages", row)


def _land_header(db: Database, document_id: int, record: Record) -> None:
    for field, anchor in dict(record.header.anchors).items():
        _insert(db, "anchors", {"document_id": document_id, "field": field, **place_row(anchor)})
    rows = (
        {"name": one.name, "purpose": one.purpose, **place_row(one.anchor)}
        for one in record.header.recipients
    )
    _insert_all(db, "recipients", document_id, rows)


def _land_sections(db: Database, document_id: int, record: Record) -> list[int]:
    """Ids of the sections in record order. A parent may stand behind its child, so it is set afterwards."""
    rows = (
        {
            "number": one.number,
            "title": one.title,
            "level": one.level,
            "kind": one.kind,
            **place_row(one.anchor),
        }
        for one in record.sections
    )
    ids = _insert_all(db, "sections", document_id, rows)
    for own_id, section in zip(ids, record.sections, strict=True):
        if section.parent is not None:
            db.execute("UPDATE sections SET parent_id = ? WHERE id = ?", (ids[section.parent], own_id))
    return ids


def _land_task(db: Database, document_id: int, ordinal: int, task: Task, sections: list[int]) -> None:
    row = task_row(task) | {
        "document_id": document_id,
        "ordinal": ordinal,
        "section_id": None if task.section is None else sections[task.section],
        "text_folded": fold(task.text),
        "path_folded": fold(" ".join(task.path)),
    }
    task_id = _insert(db, "tasks", row)
    for mentions in (task.lead, task.support):
        for place, mention in enumerate(mentions):
            _insert(db, "task_units", _mention_row(db, task_id, place, mention))
    for place, text in enumerate(task.outputs):
        _insert(db, "task_outputs", {"task_id": task_id, "ordinal": place, "text": text})
    for place, one in enumerate(task.criteria):
        told = {"code": one.code, "words": one.words, **place_row(one.anchor)}
        _insert(db, "task_criteria", {"task_id": task_id, "ordinal": place, **told})


def _mention_row(db: Database, task_id: int, ordinal: int, mention: Mention) -> Row:
    return {
        "task_id": task_id,
        "unit_id": _unit_id(db, mention),
        "ordinal": ordinal,
        "role": mention.role,
        "mention": mention.text,
        "origin": mention.origin,
        **place_row(mention.anchor),
        "place": mention.place,
        "candidates": json_text(mention.candidates) if mention.candidates else None,
    }


def _unit_id(db: Database, mention: Mention) -> int:
    key = mention.unit or UNKNOWN_UNIT + one_line(fold(storable(mention.text)))
    found = db.execute("SELECT id FROM units WHERE key = ?", (key,)).fetchone()
    if found:
        return int(found[0])
    return _insert(db, "units", {"key": key, **_unit_row(key, mention)})


def _unit_row(key: str, mention: Mention) -> Row:
    known = units().get(key)
    if known is None:
        return {"name": nfc(mention.text), "level": None, "kind": None}
    return {
        "name": known.name,
        "level": known.level,
        "kind": known.kind,
        "covers": json_text(known.covers) if known.covers else None,
        "valid_from": known.valid_from or None,
        "valid_to": known.valid_to if known.valid_to != NO_END else None,
    }


def _drop_unused_units(db: Database) -> None:
    unused = "substr(key, 1, 1) = ? AND id NOT IN (SELECT unit_id FROM task_units)"
    db.execute(f"DELETE FROM units WHERE {unused}", (UNKNOWN_UNIT,))


def _land_aims_and_citations(db: Database, document_id: int, record: Record) -> None:
    targets = (
        {
            "text": one.text,
            "metric": one.metric,
            "comparator": one.comparator,
            "value": one.value,
            "unit": one.unit,
            "year": one.year,
            "rule": one.rule,
            **place_row(one.anchor),
        }
        for one in record.targets
    )
    _insert_all(db, "targets", document_id, targets)
    citations = (
        {
            "text": one.text,
            "type": one.type,
            "number": one.number,
            "symbol": one.symbol,
            "date": iso(one.date),
            "issuer": one.issuer,
            "title": one.title,
            "year": one.year,
            "rule": one.rule,
            **place_row(one.anchor),
        }
        for one in record.citations
    )
    _insert_all(db, "citations", document_id, citations)


def _land_table(db: Database, document_id: int, ordinal: int, table: TableFact) -> None:
    row = {
        "document_id": document_id,
        "ordinal": ordinal,
        "title": table.title,
        "pages": json_text(table.pages),
        "row_count": len(table.rows),
        **place_row(table.anchor),
    }
    table_id = _insert(db, "tables", row)
    heads = (table.header,) if table.header else ()
    for number, cells in enumerate((*heads, *table.rows)):
        body_row = number - len(heads)
        anchors = table.cell_anchors[body_row] if 0 <= body_row < len(table.cell_anchors) else ()
        for column, text in enumerate(cells):
            anchor = anchors[column] if column < len(anchors) else None
            place = {"table_id": table_id, "row": number, "col": column, "header": int(body_row < 0)}
            _insert(db, "cells", place | {"text": text, **place_row(anchor)})


def _land_warnings(db: Database, document_id: int, record: Record) -> None:
    rows = (
        {
            "code": one.code,
            "message": warning_text(one, STORED_LANGUAGE),
            "facts": json_text(dict(one.facts)),
            **place_row(None),
            **(one.box._asdict() if one.box else {}),
            "page": one.page,
        }
        for one in record.warnings
    )
    _insert_all(db, "warnings", document_id, rows)


def _insert_all(db: Database, table: str, document_id: int, rows: Iterable[Row]) -> list[int]:
    """Rows of one document in reading order; their ids."""
    return [
        _insert(db, table, {"document_id": document_id, "ordinal": ordinal, **row})
        for ordinal, row in enumerate(rows)
    ]


def _insert(db: Database, table: str, row: Row) -> int:
    values = [storable(value) if isinstance(value, str) else value for value in row.values()]
    columns, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
    cursor = db.execute(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', values)
    return int(cursor.lastrowid or 0)
