"""A letter as PDF that looks like its Word file: Liberation Serif has the widths of Times New Roman."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from fpdf import FPDF, FontFace
from fpdf.enums import Align as Side

from kehoach.fonts import font_folder
from kehoach.letter.blocks import (
    LOOKS,
    MARGINS,
    NUMBER_SIZE,
    NUMBER_TOP,
    PAGE,
    TEXT_WIDTH,
    Align,
    Block,
    Columns,
    Gap,
    Grid,
    Letter,
    PageBreak,
    Paragraph,
    Part,
    Picture,
    Rule,
    Style,
    line,
)

SERIF = "Liberation Serif"
FACES = {"": "Regular", "B": "Bold", "I": "Italic", "BI": "BoldItalic"}
ALIGNMENTS = {Align.LEFT: Side.L, Align.CENTER: Side.C, Align.JUSTIFY: Side.J}
MM_PER_POINT = 25.4 / 72
LEADING = 1.15  # height of a line of Times New Roman in sizes: its ascent, descent and line gap
RULE_WIDTH, BORDER_WIDTH = 0.25, 0.18
BEFORE_GRID = 1.0
CELL_PADDING = (0.5, 1.2, 0.7, 1.2)
PNG_SIZE, PNG_HEAD = ">II", slice(16, 24)  # width and height (PNG, 11.2.2)


class _Paper(FPDF):
    """A4 with page numbers at the top from the second page of each series on."""

    def __init__(self, title: str) -> None:
        super().__init__("portrait", "mm", "A4")
        top, right, bottom, left = MARGINS
        self.set_margins(left, top, right)
        self.set_auto_page_break(True, bottom)
        self.set_title(title)
        self.set_lang("vi")
        self.before_series = 0
        for style, face in FACES.items():
            self.add_font(SERIF, style, font_folder() / f"LiberationSerif-{face}.ttf")
        self.set_font(SERIF, size=LOOKS[Style.BODY].size)

    def header(self) -> None:
        """The page number, in the middle of the upper margin."""
        number = self.page_no() - self.before_series
        if number > 1:
            self.set_y(NUMBER_TOP)
            self.set_font(SERIF, size=NUMBER_SIZE)
            self.cell(0, NUMBER_SIZE * MM_PER_POINT, str(number), align="C")
            self.set_y(MARGINS[0])


def pdf(letter: Letter, made_at: datetime) -> bytes:
    """The letter as PDF. Raises ToolMissing where the font is not there."""
    paper = _Paper(letter.title)
    paper.set_creation_date(made_at)
    paper.add_page()
    for block, following in zip(letter.blocks, (*letter.blocks[1:], None), strict=True):
        if isinstance(block, Paragraph) and isinstance(following, Columns):
            _keep_together(paper, block, following)
        _draw(paper, block)
    return bytes(paper.output())


def _keep_together(paper: _Paper, block: Paragraph, following: Columns) -> None:
    """No signature stands on a page alone: the words before it go with it."""
    look = LOOKS[block.style]
    paper.set_font(SERIF, size=look.size)
    line_height = look.size * LEADING * look.lines * MM_PER_POINT
    lines = paper.multi_cell(TEXT_WIDTH, line_height, _words(block), dry_run=True, output="LINES")
    words = line_height * len(lines) if isinstance(lines, list) else line_height
    if paper.will_page_break(words + max(map(_height, (following.left, following.right)))):
        paper.add_page()


def _draw(paper: _Paper, block: Block) -> None:
    match block:
        case Columns():
            _columns(paper, block)
        case Grid():
            _grid(paper, block)
        case Picture():
            _picture(paper, block)
        case PageBreak():
            paper.before_series = paper.page_no()
            paper.add_page()
        case _:
            _part(paper, block, MARGINS[3], TEXT_WIDTH)


def _part(paper: _Paper, part: Part, left: float, width: float) -> None:
    """Draws a part into a column at `left`; the pen ends below it."""
    match part:
        case Paragraph():
            _paragraph(paper, part, left, width)
        case Rule():
            paper.set_line_width(RULE_WIDTH)
            start, y = left + (width - part.length) / 2, paper.get_y() + 0.8
            paper.line(start, y, start + part.length, y)
            paper.set_y(y + 2.0)
        case Gap():
            paper.set_y(paper.get_y() + part.height)


def _paragraph(paper: _Paper, part: Paragraph, left: float, width: float) -> None:
    look = LOOKS[part.style]
    face = ("B" if look.bold else "") + ("I" if look.italic else "")
    right = PAGE[0] - left - width
    paper.set_y(paper.get_y() + look.before * MM_PER_POINT)
    with (
        paper.text_columns(l_margin=left, r_margin=right, line_height=LEADING * look.lines) as column,
        column.paragraph(text_align=ALIGNMENTS[look.align], first_line_indent=look.indent) as words,
    ):
        for run in part.runs:
            paper.set_font(SERIF, "B" + face.replace("B", "") if run.bold else face, look.size)
            words.write(run.text)
    paper.set_y(paper.get_y() + look.after * MM_PER_POINT)


def _columns(paper: _Paper, block: Columns) -> None:
    width = block.left_width * TEXT_WIDTH
    sides = ((block.left, MARGINS[3], width), (block.right, MARGINS[3] + width, TEXT_WIDTH - width))
    if paper.will_page_break(max(_height(parts) for parts, _left, _width in sides)):
        paper.add_page()
    top, ends = paper.get_y(), []
    for parts, left, width in sides:
        paper.set_y(top)
        for part in parts:
            _part(paper, part, left, width)
        ends.append(paper.get_y())
    paper.set_y(max(ends))


def _height(parts: Sequence[Part]) -> float:
    """About how high a column is, each paragraph as one line; it stays on one page."""
    total = 0.0
    for part in parts:
        match part:
            case Paragraph():
                look = LOOKS[part.style]
                total += (look.size * LEADING + look.before + look.after) * MM_PER_POINT
            case Gap():
                total += part.height
            case _:
                total += 2.0
    return total


def _grid(paper: _Paper, block: Grid) -> None:
    look, head = LOOKS[Style.CELL], LOOKS[Style.CELL_HEAD]
    paper.set_font(SERIF, size=look.size)
    paper.set_line_width(BORDER_WIDTH)
    paper.set_y(paper.get_y() + BEFORE_GRID)
    with paper.table(
        width=TEXT_WIDTH,
        col_widths=block.widths,
        line_height=look.size * LEADING * MM_PER_POINT,
        headings_style=FontFace(SERIF, "BOLD", head.size),
        padding=CELL_PADDING,
        align=Side.L,
        v_align="T",
        text_align="L",
    ) as table:
        heads = table.row()
        for text in block.head:
            heads.cell(text, align="C", v_align="M")
        for cells in block.rows:
            row = table.row()
            for paragraphs in cells:
                align = LOOKS[paragraphs[0].style].align if paragraphs else Align.LEFT
                row.cell("\n".join(map(_words, paragraphs)), align=ALIGNMENTS[align])


def _words(paragraph: Paragraph) -> str:
    return "".join(run.text for run in paragraph.runs)


def _picture(paper: _Paper, block: Picture) -> None:
    wide, high = struct.unpack(PNG_SIZE, block.png[PNG_HEAD])
    caption = line(Style.CAPTION, block.caption)
    if paper.will_page_break(TEXT_WIDTH * high / wide + _height((caption, caption))):
        paper.add_page()
    paper.image(BytesIO(block.png), x=MARGINS[3], w=TEXT_WIDTH, alt_text=block.caption)
    _paragraph(paper, caption, MARGINS[3], TEXT_WIDTH)
