"""A plan as a check sees it, as bytes: what stands where, how it is built, what the pages show.

Words are not kept twice: `documents.text` holds them. Compressed JSON, never pickle: a database that somebody
else wrote must not run code. This module knows no database, so that workers need none.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from typing import Any

from kehoach.document.facts import Section
from kehoach.document.outline import Entry, EntryRole, Outline
from kehoach.document.page import BESIDE_THE_TEXT, Box, Line, Page, Provenance, ReadFrom, Role
from kehoach.document.plan import Piece, Plan, Span

DIGITS = 4  # of a fraction: of the page a thirtieth of a millimetre of A4, of a confidence more than it means
Json = Any


def packed(plan: Plan, outline: Outline) -> bytes:
    """What `unpacked` reads; made where the plan is, for its words need not go from process to process."""
    told = {
        "pieces": [_piece(one) for one in plan.pieces],
        "entries": [_entry(one) for one in outline.entries],
        "pages": [_page(one) for one in plan.pages],
    }
    return zlib.compress(json.dumps(told, separators=(",", ":")).encode())


def unpacked(content: bytes, text: str, sections: tuple[Section, ...]) -> tuple[Plan, Outline]:
    """The plan and its outline: text, places, page numbers, seals; without blocks, for the record's lines say
    what each is.

    text: the plan's; sections: those of its record.
    """
    told = json.loads(zlib.decompress(content))
    pages = tuple(_page_of(one) for one in told["pages"])
    plan = Plan(text, (), tuple(_piece_of(one) for one in told["pieces"]), pages)
    return plan, Outline(sections, tuple(_entry_of(one) for one in told["entries"]))


def _piece(piece: Piece) -> Json:
    sure = None if piece.confidence is None else round(piece.confidence, DIGITS)
    return [piece.start, piece.end, piece.page, _box(piece.box), sure, piece.provenance.value]


def _piece_of(told: Json) -> Piece:
    start, end, page, box, confidence, provenance = told
    return Piece(start, end, page, _box_of(box, page), confidence, Provenance(provenance))


def _box(box: Box | None) -> Json:
    return None if box is None else [round(edge, DIGITS) for edge in box[1:]]


def _box_of(told: Json, page: int) -> Box | None:
    return None if told is None else Box(page, *told)


def _entry(entry: Entry) -> Json:
    value = list(entry.value) if entry.value else None
    head = [entry.role.value, *entry.span, entry.block, entry.rank, entry.section]
    return [*head, entry.label, value, entry.children]


def _entry_of(told: Json) -> Entry:
    role, start, end, block, rank, section, label, value, children = told
    span, own = Span(start, end), Span(*value) if value else None
    return Entry(EntryRole(role), span, block, rank, section, label, own, children)


def _page(page: Page) -> Json:
    lines = [[one.role.value, one.text, _box(one.box)] for one in _seen(page)]
    return [page.number, page.read_from.value, page.reason, page.confidence, page.seal_seen, lines]


def _seen(page: Page) -> Iterator[Line]:
    return (one for one in page.flow if isinstance(one, Line) and one.role in BESIDE_THE_TEXT)


def _page_of(told: Json) -> Page:
    number, way, reason, confidence, sealed, lines = told
    flow = tuple(Line(text, number, _box_of(box, number), role=Role(role)) for role, text, box in lines)
    return Page(number, flow, "", ReadFrom(way), reason, confidence, sealed)
