"""Pages as read: words with boxes, printed lines with roles, grids of table cells.

Boxes are fractions of the page as sent (0 to 1), origin top left. Text is Unicode NFC.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from kehoach.document.portable import Portable


class Box(NamedTuple):
    """A rectangle on a page; `page` is 1-based."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0


class Provenance(StrEnum):
    """Where a word was seen: in the picture (OCR), in the page's text, in a signature widget's appearance."""

    PRINT = "print"
    LAYER = "layer"
    WIDGET = "widget"


class Role(StrEnum):
    """What a printed line is on its page, judged by its place and look."""

    HEAD = "head"  # above the type word on page 1: issuer, motto, number, place and date
    BODY = "body"
    FOOT = "foot"  # recipients (Nơi nhận) and signature block
    FOOTNOTE = "footnote"
    PAGE_NUMBER = "page_number"
    RUNNING = "running"  # the same head or foot on page after page
    STAMP = "stamp"  # incoming stamps, signature strips: no text of the plan


# Roles of lines that are no text of the plan, but tell of its pages.
BESIDE_THE_TEXT = (Role.PAGE_NUMBER, Role.RUNNING, Role.STAMP)


class ReadFrom(StrEnum):
    """Which way a page was read; the values of `pages.read_from`."""

    TEXT = "text"
    OCR = "ocr"
    BOTH = "both"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Word(Portable):
    """A word where it stands. `confidence` is 0 to 1; None where no recogniser was asked.

    `raw`: what was recognised, where `text` was mended; `repair_score`: how strong the evidence was, in nats
    (None: the word itself tells).
    """

    text: str
    box: Box
    confidence: float | None = None
    provenance: Provenance = Provenance.LAYER
    bold: bool = False
    superscript: bool = False  # a footnote mark
    raw: str | None = None
    repair_score: float | None = None


@dataclass(frozen=True, slots=True)
class Line(Portable):
    """A printed line; for text and Word input a whole paragraph, without box and words.

    `opens`: a paragraph begins here (True), the line before goes on here (False), or the
    page does not tell (None) and the words must. `bold_length`: characters of `text` in the
    leading bold run. `note_mark`: the footnote's own mark, on its first line.
    """

    text: str
    page: int
    box: Box | None = None
    words: tuple[Word, ...] = ()
    role: Role = Role.BODY
    opens: bool | None = None
    bold_length: int = 0
    centred: bool = False
    note_mark: str | None = None


@dataclass(frozen=True, slots=True)
class GridCell(Portable):
    """A cell of a table's part on one page; rows and columns are 0-based, spans at least 1."""

    row: int
    column: int
    lines: tuple[Line, ...]
    row_span: int = 1
    column_span: int = 1
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """The part of a table that stands on one page; every place is covered by exactly one cell."""

    page: int
    row_count: int
    column_count: int
    cells: tuple[GridCell, ...]
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class ReadingWarning:
    """Something that could not be read; `code` is stable, `facts` fill the message of that code."""

    code: str
    page: int | None = None
    box: Box | None = None
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """An electronic signature (chữ ký số) of the file. `signed_at`: the signing machine's own clock;
    `timestamped_at`: the time authority's (RFC 3161); both ISO. Neither is the date of issue.

    `bytes_match`: the digest is that of the signed bytes, which says that they are unchanged and not who
    signed; None where it cannot be told (a dummy). `covers_file`: nothing was added behind what it signs.
    `page` and `box` are None where it shows nowhere.
    """

    signer: str | None = None  # common name of the certificate, else what the field says
    organisation: str | None = None
    unit: str | None = None  # of the organisation
    signed_at: str | None = None
    timestamped_at: str | None = None
    bytes_match: bool | None = None
    covers_file: bool | None = None
    field: str | None = None
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page in reading order. `text` is what `pages.text` stores; `reason` says why it was read that way."""

    number: int
    flow: tuple[Line | Grid, ...]
    text: str
    read_from: ReadFrom = ReadFrom.TEXT
    reason: str = ""
    confidence: float | None = None
    seal_seen: bool = False  # a red seal or a signature widget with an appearance
    unread: tuple[
        tuple[str, str], ...
    ] = ()  # head fields that ink covers: ("document.number", "handwritten")
    warnings: tuple[ReadingWarning, ...] = ()
    signatures: tuple[Signature, ...] = ()  # those without a place stand on the first page
