"""A plan as one text in logical order: paragraphs and tables with spans, and the way back to the page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from kehoach.document.page import Box, Page, Provenance, Role
from kehoach.document.portable import Portable


class Span(NamedTuple):
    """Characters of `Plan.text`; `end` is excluded."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Anchor(Portable):
    """Where a fact stands: characters, first page, boxes (one a page), poorest confidence (None: no OCR)."""

    span: Span
    page: int | None
    boxes: tuple[Box, ...] = ()
    confidence: float | None = None
    provenance: Provenance = Provenance.LAYER


@dataclass(frozen=True, slots=True)
class Piece(Portable):
    """A run of the plan's text that stands at one place: a word on paper, a paragraph of a text file.

    `raw` and `repair_score`: as in `Word`.
    """

    start: int
    end: int
    page: int
    box: Box | None = None
    confidence: float | None = None
    provenance: Provenance = Provenance.LAYER
    raw: str | None = None
    repair_score: float | None = None


@dataclass(frozen=True, slots=True)
class Paragraph(Portable):
    """A logical paragraph, joined over lines and pages. `bold_end`: where its leading bold run ends."""

    span: Span
    page: int
    role: Role = Role.BODY
    bold_end: int = 0
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Cell(Portable):
    """A cell of a logical row. `continues`: part of a merged cell that begins in a row above."""

    span: Span
    paragraphs: tuple[Span, ...] = ()
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table joined over page breaks. `header`: one string a column, levels joined by ` – `.
    `part_starts`: first rows of its printed parts behind the first one.
    """

    span: Span
    header: tuple[str, ...]
    header_rows: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]
    pages: tuple[int, ...]
    row_pages: tuple[tuple[int, ...], ...] = ()
    part_starts: tuple[int, ...] = ()


class Range(NamedTuple):
    """Blocks of a plan: indexes into `Plan.blocks`; `end` is excluded."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Parts:
    """Which blocks are what, in the order of NĐ 30/2020/NĐ-CP, Điều 8.

    `head`: before the type word (issuer, motto, number, place and date; V/v of a công văn). `type_line`: the
    block with the type word, None in a công văn. `title`: trích yếu. `addressees`: Kính gửi. `body`: what the
    document says. `foot`: recipients and signature. `appendices`: one range each, from its mark (Phụ lục) on.
    """

    head: Range
    type_line: int | None
    title: Range
    addressees: Range
    body: Range
    foot: Range
    appendices: tuple[Range, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan as read. Facts do not copy words: `text[span]` is the only truth about what is printed.

    `text` is NFC; a paragraph is a line, a table row is a line with tabs between cells. `pieces`
    are in text order and do not overlap.
    """

    text: str
    blocks: tuple[Paragraph | Table, ...]
    pieces: tuple[Piece, ...]
    pages: tuple[Page, ...] = ()
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(piece.start for piece in self.pieces))

    def quote(self, span: Span) -> str:
        """The words of `span` on one line."""
        return " ".join(self.text[span.start : span.end].split())

    def anchor(self, span: Span) -> Anchor:
        """Where `span` stands. Raises ValueError when it is inside out or leaves the text."""
        if not 0 <= span.start <= span.end <= len(self.text):
            raise ValueError(f"{span} in {len(self.text)} characters")
        touched = self._touched(span)
        if not touched:
            return Anchor(span, None)
        confidence = min((one.confidence for one in touched if one.confidence is not None), default=None)
        boxes = _by_page([one.box for one in touched if one.box is not None])
        weakest = max({one.provenance for one in touched}, key=_WEAKNESS.index)
        return Anchor(span, touched[0].page, boxes, confidence, weakest)

    def _touched(self, span: Span) -> tuple[Piece, ...]:
        first = max(bisect_right(self._starts, span.start) - 1, 0)
        last = bisect_left(self._starts, max(span.end, span.start + 1))
        return tuple(piece for piece in self.pieces[first:last] if piece.end > span.start)


_WEAKNESS = (Provenance.LAYER, Provenance.PRINT, Provenance.WIDGET)


def _by_page(boxes: list[Box]) -> tuple[Box, ...]:
    """One box around all that stands on a page, pages in order of first appearance."""
    on_page: dict[int, list[Box]] = {}
    for box in boxes:
        on_page.setdefault(box.page, []).append(box)
    return tuple(_around(page, run) for page, run in on_page.items())


def _around(page: int, boxes: list[Box]) -> Box:
    _pages, lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(page, min(lefts), min(tops), max(rights), max(bottoms))
