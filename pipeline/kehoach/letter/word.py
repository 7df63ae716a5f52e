"""A letter as a Word file that a clerk can go on with: real styles, a real table, a head that repeats."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from kehoach.letter.blocks import (
    FONT,
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
    Look,
    PageBreak,
    Paragraph,
    Part,
    Picture,
    Rule,
    Run,
    Style,
    line,
)

ALIGNMENTS = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTER: WD_ALIGN_PARAGRAPH.CENTER,
    Align.JUSTIFY: WD_ALIGN_PARAGRAPH.JUSTIFY,
}
FONT_SLOTS = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")
RULE_SIZE = "6"  # eighths of a point
SMALL = Pt(2)  # of the empty line that a rule stands on
LANGUAGE = "vi-VN"
TITLE_LENGTH = 255  # of a property (ECMA-376 leaves it open, python-docx does not)


def word(letter: Letter) -> bytes:
    """The letter as DOCX."""
    document = Document()
    _set_up(document, letter.title)
    for block in letter.blocks:
        _add(document, block)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _set_up(document: Any, title: str) -> None:
    told = document.core_properties
    told.title, told.author = Run(title).text[:TITLE_LENGTH], ""
    told.comments, told.language = "", LANGUAGE
    _face(document.styles["Normal"], LOOKS[Style.BODY].size)
    for style in Style:
        _add_style(document, style, LOOKS[style])
    _page(document.sections[0])


def _face(style: Any, size: float) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for slot in FONT_SLOTS:
        fonts.set(qn(slot), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGE)
    style.element.rPr.append(language)


def _add_style(document: Any, style: Style, look: Look) -> None:
    made = document.styles.add_style(style.value, WD_STYLE_TYPE.PARAGRAPH)
    made.base_style = document.styles["Normal"]
    made.quick_style = True
    made.font.size, made.font.bold, made.font.italic = Pt(look.size), look.bold, look.italic
    form = made.paragraph_format
    form.alignment = ALIGNMENTS[look.align]
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.first_line_indent, form.line_spacing = Mm(look.indent), look.lines
    form.keep_with_next, form.widow_control = look.with_next, True


def _page(section: Any) -> None:
    """A4 with the margins of the decree; page numbers at the top, none on the first page."""
    top, right, bottom, left = MARGINS
    section.page_width, section.page_height = Mm(PAGE[0]), Mm(PAGE[1])
    section.top_margin, section.right_margin = Mm(top), Mm(right)
    section.bottom_margin, section.left_margin = Mm(bottom), Mm(left)
    section.header_distance = Mm(NUMBER_TOP)
    section.different_first_page_header_footer = True
    numbered = section.header.paragraphs[0]
    numbered.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = numbered.add_run()
    run.font.size = Pt(NUMBER_SIZE)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run._r.append(_field_part(kind, text))


def _field_part(kind: str, text: str) -> Any:
    if text:
        code = OxmlElement("w:instrText")
        code.text = text
        return code
    char = OxmlElement("w:fldChar")
    char.set(qn("w:fldCharType"), kind)
    return char


def _add(document: Any, block: Block) -> None:
    match block:
        case Columns():
            _add_columns(document, block)
        case Grid():
            _add_grid(document, block)
        case Picture():
            _add_picture(document, block)
        case PageBreak():
            _new_series(document)
        case _:
            _fill(document.add_paragraph(), block, TEXT_WIDTH)


def _fill(paragraph: Any, part: Part, width: float) -> None:
    """Puts a part into an empty paragraph; width: that of the column, in millimetres."""
    match part:
        case Paragraph():
            paragraph.style = part.style.value
            for run in part.runs:
                paragraph.add_run(run.text).bold = True if run.bold else None
        case Rule():
            _ruled(paragraph, (width - part.length) / 2)
        case Gap():
            paragraph.paragraph_format.space_before = Mm(part.height)
            paragraph.paragraph_format.line_spacing = SMALL


def _ruled(paragraph: Any, indent: float) -> None:
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm(indent)
    form.line_spacing, form.space_before = SMALL, Pt(1)
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", RULE_SIZE), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().append(borders)


def _add_columns(document: Any, block: Columns) -> None:
    table = document.add_table(rows=1, cols=2)
    widths = (block.left_width * TEXT_WIDTH, (1 - block.left_width) * TEXT_WIDTH)
    _lay_out(table, widths)
    _whole(table.rows[0])
    for cell, parts, width in zip(table.rows[0].cells, (block.left, block.right), widths, strict=True):
        for place, part in enumerate(parts):
            _fill(cell.paragraphs[0] if place == 0 else cell.add_paragraph(), part, width)


def _add_grid(document: Any, block: Grid) -> None:
    table = document.add_table(rows=1 + len(block.rows), cols=len(block.widths))
    table.style = "Table Grid"
    _lay_out(table, block.widths, margin=Mm(1.2))
    _repeated(table.rows[0])
    heads = ((line(Style.CELL_HEAD, text),) for text in block.head)
    for row, cells in zip(table.rows, ((*heads,), *block.rows), strict=True):
        _whole(row)
        for cell, paragraphs in zip(row.cells, cells, strict=True):
            for place, paragraph in enumerate(paragraphs):
                _fill(cell.paragraphs[0] if place == 0 else cell.add_paragraph(), paragraph, TEXT_WIDTH)


def _lay_out(table: Any, widths: Sequence[float], margin: int = 0) -> None:
    """Fixed widths, so that no program lays the table out anew; the text begins at the page's margin."""
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(round(margin / Pt(1) * 20)))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    table._tbl.tblPr.append(margins)


def _repeated(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _whole(row: Any) -> None:
    """A row that does not fit goes to the next page as a whole."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _add_picture(document: Any, block: Picture) -> None:
    document.add_picture(BytesIO(block.png), width=Mm(TEXT_WIDTH))
    shown = document.paragraphs[-1]
    shown.alignment = WD_ALIGN_PARAGRAPH.CENTER
    shown.paragraph_format.keep_with_next = True
    document.add_paragraph(block.caption, style=Style.CAPTION.value)


def _new_series(document: Any) -> None:
    """An appendix begins a page and counts its own pages."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    numbers = OxmlElement("w:pgNumType")
    numbers.set(qn("w:start"), "1")
    section._sectPr.append(numbers)
