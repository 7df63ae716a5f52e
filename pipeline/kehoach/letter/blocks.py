"""A letter as blocks that Word and PDF files are written from alike, and the look of their paragraphs.

Sizes are points, lengths millimetres: NĐ 30/2020/NĐ-CP, Phụ lục I, Phần I.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

PAGE = (210.0, 297.0)  # A4
MARGINS = (20.0, 15.0, 20.0, 30.0)  # top, right, bottom, left: khoản 3
TEXT_WIDTH = PAGE[0] - MARGINS[1] - MARGINS[3]
FONT = "Times New Roman"
NUMBER_SIZE = 13.0  # of page numbers: khoản 7
NUMBER_TOP = 10.0  # from the page's edge to the page number


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"
    JUSTIFY = "justify"


class Style(StrEnum):
    """The styles of a letter; the value is what Word shows."""

    ABOVE = "Cơ quan chủ quản"
    AGENCY = "Cơ quan ban hành"
    STATE = "Quốc hiệu"
    MOTTO = "Tiêu ngữ"
    NUMBER = "Số, ký hiệu"
    DATE = "Địa danh, thời gian"
    SUBJECT = "Trích yếu công văn"
    TYPE = "Tên loại"
    TITLE = "Trích yếu"
    ADDRESSEE = "Kính gửi"
    BODY = "Nội dung"
    CLOSING = "Kết thúc nội dung"
    FACT = "Thông tin văn bản"
    REMARK = "Ghi chú dưới bảng"
    CONCLUSION = "Kết luận"
    CELL = "Ô bảng"
    CELL_CENTRED = "Ô bảng giữa"
    CELL_HEAD = "Đầu bảng"
    SIGNER = "Người ký"
    SIGN_NOTE = "Chỉ dẫn ký"
    RECIPIENTS = "Nơi nhận"
    RECIPIENT = "Mục nơi nhận"
    CAPTION = "Chú thích hình"


@dataclass(frozen=True, slots=True)
class Look:
    """How a style looks. `before`, `after`: points; `indent`: of the first line; `lines`: spacing;
    `with_next`: stays on the page of what follows.
    """

    size: float
    align: Align = Align.LEFT
    bold: bool = False
    italic: bool = False
    before: float = 0
    after: float = 0
    indent: float = 0
    lines: float = 1.0
    with_next: bool = False


LOOKS: Mapping[Style, Look] = MappingProxyType(
    {
        Style.ABOVE: Look(12, Align.CENTER),
        Style.AGENCY: Look(12, Align.CENTER, bold=True),
        Style.STATE: Look(12, Align.CENTER, bold=True),
        Style.MOTTO: Look(13, Align.CENTER, bold=True),
        Style.NUMBER: Look(13, Align.CENTER, before=6),
        Style.DATE: Look(13, Align.CENTER, italic=True, before=6),
        Style.SUBJECT: Look(12, Align.CENTER, before=2),
        Style.TYPE: Look(14, Align.CENTER, bold=True, before=14, with_next=True),
        Style.TITLE: Look(14, Align.CENTER, bold=True, after=8, with_next=True),
        Style.ADDRESSEE: Look(14, Align.CENTER, before=14, after=10),
        Style.BODY: Look(14, Align.JUSTIFY, after=6, indent=10, lines=1.1),
        Style.CLOSING: Look(14, Align.JUSTIFY, after=6, indent=10, lines=1.1, with_next=True),
        Style.FACT: Look(13, Align.JUSTIFY, after=3),
        Style.REMARK: Look(12, Align.JUSTIFY, before=3),
        Style.CONCLUSION: Look(13, Align.JUSTIFY, before=6, after=8, with_next=True),
        Style.CELL: Look(11, before=1, after=1),
        Style.CELL_CENTRED: Look(11, Align.CENTER, before=1, after=1),
        Style.CELL_HEAD: Look(11, Align.CENTER, bold=True, before=2, after=2),
        Style.SIGNER: Look(13, Align.CENTER, bold=True),
        Style.SIGN_NOTE: Look(12, Align.CENTER, italic=True),
        Style.RECIPIENTS: Look(12, bold=True, italic=True),
        Style.RECIPIENT: Look(11),
        Style.CAPTION: Look(12, Align.CENTER, italic=True, before=3, after=10),
    }
)


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look; `bold` adds to that of the paragraph's style. What no page can show (a sender's
    control characters, which XML forbids) is replaced.
    """

    text: str
    bold: bool = False

    def __post_init__(self) -> None:
        if not self.text.isprintable():
            shown = (char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in self.text)
            object.__setattr__(self, "text", "".join(shown))


@dataclass(frozen=True, slots=True)
class Paragraph:
    style: Style
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A centred rule below a line of the head."""

    length: float


@dataclass(frozen=True, slots=True)
class Gap:
    """Room for a signature."""

    height: float


Part = Paragraph | Rule | Gap


@dataclass(frozen=True, slots=True)
class Columns:
    """Two columns without borders: head and foot of a letter. `left_width`: of the text's width."""

    left: tuple[Part, ...]
    right: tuple[Part, ...]
    left_width: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with borders; its head is repeated on every page. A cell is its paragraphs."""

    widths: tuple[float, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[tuple[Paragraph, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG over the text's width, with what it shows."""

    png: bytes
    caption: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    pass


Block = Part | Columns | Grid | Picture | PageBreak


@dataclass(frozen=True, slots=True)
class Letter:
    """What is written: `title` for the file's properties, `blocks` from the first page on."""

    title: str
    blocks: tuple[Block, ...]


def line(style: Style, text: str) -> Paragraph:
    """A paragraph of one look."""
    return Paragraph(style, (Run(text),))
