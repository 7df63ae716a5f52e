"""Facts as rows and rows as facts: how an anchor, a deadline or a warning lies in columns."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from kehoach.document.facts import Citation, Deadline, Task
from kehoach.document.page import Box, Provenance, Signature
from kehoach.document.plan import Anchor, Span

Row = dict[str, Any]

# Boxes are fractions; the rounding of a straightened scan may carry one over the edge by a hair.
_EDGES = (0.0, 1.0)
_SURROGATES = {code: "\ufffd" for code in range(0xD800, 0xE000)}
_SPAN_NAMES = {"start": "span_start", "end": "span_end"}


def storable(text: str) -> str:
    """`text` with what UTF-8 cannot hold replaced, character for character, so that spans stay true."""
    return text if text.isascii() else text.translate(_SURROGATES)


def place_row(anchor: Anchor | None) -> Row:
    """The place columns of a fact; all null for None."""
    if anchor is None:
        return dict.fromkeys(
            ("page", "x0", "y0", "x1", "y1", "start", "end", "confidence", "provenance", "boxes")
        )
    boxes = tuple(_on_page(box) for box in anchor.boxes)
    shown = next((box for box in boxes if box.page == anchor.page), None)
    told = boxes == ((shown,) if shown else ())
    return {
        "page": anchor.page,
        **(shown._asdict() if shown else dict.fromkeys(("x0", "y0", "x1", "y1"))),
        "start": anchor.span.start,
        "end": anchor.span.end,
        "confidence": anchor.confidence,
        "provenance": anchor.provenance.value,
        "boxes": None if told else json.dumps(boxes),
    }


def anchor(row: Mapping[str, Any]) -> Anchor:
    """The anchor that `place_row` laid down."""
    boxes: tuple[Box, ...] = ()
    if row["boxes"] is not None:
        boxes = tuple(Box(*one) for one in json.loads(row["boxes"]))
    elif row["x0"] is not None:
        boxes = (Box(row["page"], row["x0"], row["y0"], row["x1"], row["y1"]),)
    return Anchor(
        Span(row["start"], row["end"]), row["page"], boxes, row["confidence"], Provenance(row["provenance"])
    )


def anchor_or_none(row: Mapping[str, Any]) -> Anchor | None:
    """As `anchor`; None where nothing was laid down."""
    return None if row["start"] is None else anchor(row)


def deadline_row(deadline: Deadline | None) -> Row:
    """The `deadline_…` columns of a task."""
    place = place_row(deadline.anchor if deadline else None)
    columns: Row = {
        "text": deadline and deadline.text,
        "kind": deadline and deadline.kind,
        "start": deadline and iso(deadline.start),
        "end": deadline and iso(deadline.end),
        "recurrence": deadline and deadline.recurrence,
        "rule": deadline and deadline.rule,
        **{_SPAN_NAMES.get(name, name): value for name, value in place.items()},
    }
    return {f"deadline_{name}": value for name, value in columns.items()}


def deadline(row: Mapping[str, Any]) -> Deadline | None:
    """The deadline that `deadline_row` laid down."""
    if row["deadline_kind"] is None:
        return None
    place = {name: row[f"deadline_{_SPAN_NAMES.get(name, name)}"] for name in place_row(None)}
    return Deadline(
        text=row["deadline_text"],
        kind=row["deadline_kind"],
        start=day(row["deadline_start"]),
        end=day(row["deadline_end"]),
        recurrence=row["deadline_recurrence"],
        rule=row["deadline_rule"],
        anchor=anchor(place),
    )


def signature_row(signature: Signature) -> Row:
    """A signature's own columns; yes and no as 1 and 0."""
    box = _on_page(signature.box) if signature.box else None
    edges = box._asdict() if box else dict.fromkeys(Box._fields)
    flags = {name: getattr(signature, name) for name in _SIGNATURE_FLAGS}
    texts = {name: getattr(signature, name) for name in _SIGNATURE_TEXTS}
    known = {name: None if value is None else int(value) for name, value in flags.items()}
    return {**texts, **known, **edges, "page": signature.page}


_SIGNATURE_FLAGS = ("bytes_match", "covers_file")
_SIGNATURE_TEXTS = ("field", "signer", "organisation", "unit", "signed_at", "timestamped_at")


def signature(row: Mapping[str, Any]) -> Signature:
    """The signature that `signature_row` laid down."""
    box = None if row["x0"] is None else Box(row["page"], row["x0"], row["y0"], row["x1"], row["y1"])
    texts: Row = {name: row[name] for name in _SIGNATURE_TEXTS}
    flags: Row = {name: None if row[name] is None else bool(row[name]) for name in _SIGNATURE_FLAGS}
    return Signature(**texts, **flags, page=row["page"], box=box)


def task_row(task: Task) -> Row:
    """A task's own columns, without those that name other rows."""
    return {
        "text": task.text,
        "path": json_text(task.path),
        "source": task.source,
        "rule": task.rule,
        **place_row(task.anchor),
        **deadline_row(task.deadline),
    }


def citation(row: Mapping[str, Any]) -> Citation:
    """The citation of a row of `citations`."""
    return Citation(
        text=row["text"],
        type=row["type"],
        number=row["number"],
        symbol=row["symbol"],
        date=day(row["date"]),
        issuer=row["issuer"],
        title=row["title"],
        year=row["year"],
        anchor=anchor(row),
        rule=row["rule"],
    )


def json_text(value: Mapping[str, Any] | Sequence[Any]) -> str:
    """JSON as people read it: Vietnamese letters as letters."""
    return json.dumps(value, ensure_ascii=False)


def iso(value: date | None) -> str | None:
    """A date as the database holds it."""
    return value.isoformat() if value else None


def day(text: str | None) -> date | None:
    """A date as `iso` wrote it."""
    return date.fromisoformat(text) if text else None


def full_day(text: str | None) -> date | None:
    """The date of a document; None where only a part of it is known."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _on_page(box: Box) -> Box:
    low, high = _EDGES
    return Box(box.page, *(min(max(edge, low), high) for edge in box[1:]))
