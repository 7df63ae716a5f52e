"""The plan record of the contract: a document of the database as JSON, one file a document."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kehoach.document.facts import (
    Citation,
    Deadline,
    Header,
    Mention,
    Record,
    Section,
    Source,
    TableFact,
    Target,
    Task,
)
from kehoach.document.identity import Place
from kehoach.document.page import Signature
from kehoach.document.plan import Anchor
from kehoach.extract.deadlines import due_days
from kehoach.sqlite import Database
from kehoach.store import read
from kehoach.store.rows import full_day, iso

SCHEMA_VERSION = "1"
HASH_DIGITS = 8  # of the sha256, where two documents share a name (contract)

Json = dict[str, Any]


def as_json(db: Database, document_id: int) -> Json:
    """The plan record, valid against models/schema/plan.schema.json. Raises PlanNotFound."""
    found = read.record(db, document_id)
    return {
        "schema_version": SCHEMA_VERSION,
        "source": _source(found.source, found.explained),
        "document": _document(found.header),
        "issuer_places": [_identity(one) for one in found.issuer_places],
        "lineage": [
            {"old": _identity(one.old), "new": _identity(one.new), "part": one.part} for one in found.lineage
        ],
        "sections": [_section(one) for one in found.sections],
        "tasks": [_task(one, found.header) for one in found.tasks],
        "targets": [_target(one) for one in found.targets],
        "citations": [_citation(one) for one in found.citations],
        "tables": [_table(one) for one in found.tables],
        "findings": [_finding(row) for row in read.findings(db, document_id)],
        "warnings": _warnings(found, read.warnings(db, document_id)),
        "signatures": [_signature(one) for one in found.signatures],
        "unread": dict(found.unread),
    }


def write_json(db: Database, out: Path) -> tuple[Path, ...]:
    """A file per document, named as the contract says. Deletes nothing; raises OSError."""
    out.mkdir(parents=True, exist_ok=True)
    return tuple(_written(as_json(db, plan_id), out / name) for plan_id, name in _file_names(read.plans(db)))


def _written(record: Json, path: Path) -> Path:
    path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return path


def _file_names(plans: Iterable[read.PlanLine]) -> list[tuple[int, str]]:
    """STEM.json; STEM-xxxxxxxx.json where documents share the stem, -2 for a second one in a file."""
    listed = list(plans)
    shared = Counter(_stem(plan) for plan in listed)
    return [
        (plan.id, f"{_stem(plan)}{_suffix(plan) if shared[_stem(plan)] > 1 else ''}.json") for plan in listed
    ]


def _stem(plan: read.PlanLine) -> str:
    return plan.file_name.rsplit(".", 1)[0]


def _suffix(plan: read.PlanLine) -> str:
    return f"-{plan.sha256[:HASH_DIGITS]}" + (f"-{plan.ordinal}" if plan.ordinal > 1 else "")


def _source(source: Source, explained: float | None) -> Json:
    return {
        "file": source.name,
        "sha256": source.sha256,
        "pages": source.page_count,
        "kind": source.kind,
        "media_type": source.media_type,
        "bytes": source.size_bytes,
        "explained": explained,
    }


def _document(head: Header) -> Json:
    issuer, signer = head.issuer, head.signer
    return {
        "type": head.type,
        "number": head.number,
        "symbol": head.symbol,
        "issued_on": head.issued_on,
        "place": head.place,
        "issuer": {
            "name": issuer.name,
            "level": issuer.level,
            "commune": issuer.commune,
            "district": issuer.district,
            "province": issuer.province,
        },
        "title": head.title,
        "year": head.year,
        "indices": list(head.indices),
        "signer": {"name": signer.name, "position": signer.position, "authority": signer.authority},
        "status": head.status,
        "recipients": [
            {"name": one.name, "purpose": one.purpose, **_place(one.anchor)} for one in head.recipients
        ],
        "anchors": {
            field: {**_place(anchor), "provenance": anchor.provenance.value} for field, anchor in head.anchors
        },
    }


def _identity(place: Place) -> Json:
    return {
        "id": place.id,
        "level": place.level,
        "word": place.word,
        "name": place.name,
        "code": place.code,
        "district": place.district,
        "province": place.province,
        "valid_from": iso(place.valid_from),
        "valid_to": iso(place.valid_to),
    }


def _section(section: Section) -> Json:
    return {
        "number": section.number,
        "title": section.title,
        "level": section.level,
        "kind": section.kind,
        "parent": section.parent,
        **_place(section.anchor),
    }


def _task(task: Task, header: Header) -> Json:
    return {
        "text": task.text,
        "section": list(task.path),
        "source": task.source,
        "lead": [one.text for one in task.lead],
        "support": [one.text for one in task.support],
        "deadline": _deadline(task.deadline, header),
        "outputs": list(task.outputs),
        "criteria": [one.code for one in task.criteria],
        "criteria_told": [
            {"code": one.code, "words": one.words, **_place(one.anchor)} for one in task.criteria
        ],
        "units": [_mention(one) for one in (*task.lead, *task.support)],
        "rule": task.rule,
        **_place(task.anchor),
    }


def _mention(mention: Mention) -> Json:
    return {
        "mention": mention.text,
        "role": mention.role,
        "origin": mention.origin,
        "unit": mention.unit,
        "candidates": list(mention.candidates),
        "place": mention.place,
        **_place(mention.anchor),
    }


def _deadline(deadline: Deadline | None, header: Header) -> Json | None:
    if deadline is None:
        return None
    return {
        "text": deadline.text,
        "kind": deadline.kind,
        "start": iso(deadline.start),
        "end": iso(deadline.end),
        "recurrence": deadline.recurrence,
        "due_days": [iso(one) for one in due_days(deadline, header.year, full_day(header.issued_on))],
        "rule": deadline.rule,
        **_place(deadline.anchor),
    }


def _target(target: Target) -> Json:
    return {
        "text": target.text,
        "metric": target.metric,
        "comparator": target.comparator,
        "value": _number(target.value),
        "unit": target.unit,
        "year": target.year,
        "rule": target.rule,
        **_place(target.anchor),
    }


def _citation(citation: Citation) -> Json:
    return {
        "text": citation.text,
        "type": citation.type,
        "number": citation.number,
        "symbol": citation.symbol,
        "date": iso(citation.date),
        "issuer": citation.issuer,
        "title": citation.title,
        "year": citation.year,
        "rule": citation.rule,
        **_place(citation.anchor),
    }


def _table(table: TableFact) -> Json:
    return {
        "title": table.title,
        "header": list(table.header),
        "rows": [list(row) for row in table.rows],
        "pages": list(table.pages),
        **_place(table.anchor),
    }


def _finding(row: Mapping[str, Any]) -> Json:
    told = ("rule", "verdict", "severity", "basis", "article", "title", "message", "remedy", "evidence")
    return {name: row[name] for name in told if row[name] is not None} | {
        "page": row["page"],
        "bbox": _row_box(row),
        "confidence": row["confidence"],
    }


def _warnings(record: Record, rows: Iterable[Mapping[str, Any]]) -> list[Json]:
    return [
        {"code": one.code, "message": row["message"], "page": row["page"], "bbox": _row_box(row)}
        for one, row in zip(record.warnings, rows, strict=True)
    ]


def _signature(signature: Signature) -> Json:
    box = signature.box
    return {
        "signer": signature.signer,
        "organisation": signature.organisation,
        "unit": signature.unit,
        "signed_at": signature.signed_at,
        "timestamped_at": signature.timestamped_at,
        "bytes_match": signature.bytes_match,
        "covers_file": signature.covers_file,
        "field": signature.field,
        "page": signature.page,
        "bbox": None if box is None else [box.x0, box.y0, box.x1, box.y1],
    }


def _row_box(row: Mapping[str, Any]) -> list[float] | None:
    return None if row["x0"] is None else [row[edge] for edge in ("x0", "y0", "x1", "y1")]


def _place(anchor: Anchor) -> Json:
    """Page, box on that page, confidence, characters; `boxes` too where there is more than one."""
    box = next((one for one in anchor.boxes if one.page == anchor.page), None)
    place: Json = {
        "page": anchor.page,
        "bbox": None if box is None else [box.x0, box.y0, box.x1, box.y1],
        "confidence": anchor.confidence,
        "span": list(anchor.span),
    }
    if len(anchor.boxes) > 1:
        place["boxes"] = [list(one) for one in anchor.boxes]
    return place


def _number(value: float | None) -> float | int | None:
    """Whole numbers without a decimal point, as the page prints them."""
    return int(value) if value is not None and value.is_integer() else value
