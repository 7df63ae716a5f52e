"""Word files as pages: paragraphs and tables in document order, with the labels that Word shows.

A page break that somebody set is a page break; where Word would break by itself, the file does not say.
Headers, footers, deleted and hidden text are left out. Boxes are None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import groupby, takewhile
from types import MappingProxyType
from typing import Any

from docx.oxml.ns import qn

from kehoach.document.page import Grid, Line, Page, ReadFrom, ReadingWarning, Role
from kehoach.encodings import Encoding, decoded_text, of_font, of_words
from kehoach.ingest.wordlabels import Labels, labels
from kehoach.ingest.wordparts import OFF, Parts, Xml, child_value, look, read_parts, styled
from kehoach.ingest.wordtables import Filled, grid, is_layout, rows
from kehoach.text import nfc, one_line

LINE_BREAK, PAGE_BREAK, TAB = "\n", "\f", "\t"
BREAKS = re.compile(f"([{LINE_BREAK}{PAGE_BREAK}])")
# Elements that only wrap what stands in the text; all others are passed over, deletions among them.
WRAPPERS = frozenset(
    qn(f"w:{name}")
    for name in (
        "ins",
        "moveTo",
        "hyperlink",
        "smartTag",
        "sdt",
        "sdtContent",
        "customXml",
        "fldSimple",
        "dir",
        "bdo",
    )
)
CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
FALLBACK = CHOICE.replace("Choice", "Fallback")
ALTERNATIVES = frozenset({CHOICE, CHOICE.replace("Choice", "AlternateContent")})
PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
SIGNS = MappingProxyType(
    {qn("w:tab"): TAB, qn("w:cr"): LINE_BREAK, qn("w:noBreakHyphen"): "-", qn("w:softHyphen"): "\u00ad"}
)
# Letters of Microsoft's symbol fonts by their code; a sign that is not among them is kept as unknown.
SYMBOLS = MappingProxyType(
    {"F0B7": "•", "F0A7": "•", "F0D8": "➢", "F0FC": "✓", "F02D": "-", "F0E0": "→", "F0B3": "≥", "F0A3": "≤"}
)
UNKNOWN_SYMBOL = "\ufffd"
NOTE_REFERENCES = MappingProxyType(
    {qn("w:footnoteReference"): "footnote", qn("w:endnoteReference"): "endnote"}
)
COLUMN_WORDS = 2  # fewer words beside a tab are a label (`Điều 1.`) or a page number, no column

_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Bit:
    """A run's text with its look."""

    text: str
    bold: bool
    encoding: Encoding | None = None  # that its font's name tells


def pages(data: bytes, name: str) -> tuple[Page, ...]:
    """The pages of a Word file, at least one. Raises Damaged when its XML cannot be read."""
    parts = read_parts(data, name)
    walk = _Walk(parts, labels(parts.numbering))
    walk.blocks(parts.body)
    while len(walk.flows) > 1 and not walk.flows[-1]:
        walk.flows.pop()
    return tuple(
        _page(number, (*flow, *walk.notes.get(number, ())), number in walk.pictures)
        for number, flow in enumerate(walk.flows, 1)
    )


def _page(number: int, flow: tuple[Line | Grid, ...], has_picture: bool) -> Page:
    warnings = (ReadingWarning("picture_unread", number),) if has_picture and not flow else ()
    read_from = ReadFrom.TEXT if flow else ReadFrom.NONE
    return Page(number, flow, "\n".join(map(_shown, flow)), read_from, "word_file", warnings=warnings)


def _shown(block: Line | Grid) -> str:
    """As `pages.text` has it: a paragraph a line, a table row a line with tabs between cells."""
    if isinstance(block, Line):
        return f"{block.note_mark} {block.text}" if block.note_mark else block.text
    texts = [[""] * block.column_count for _ in range(block.row_count)]
    for cell in block.cells:
        texts[cell.row][cell.column] = " ".join(line.text for line in cell.lines)
    return "\n".join(TAB.join(row) for row in texts)


@dataclass(slots=True)
class _Walk:
    """Goes through a document once, since labels and footnotes count on from paragraph to paragraph."""

    parts: Parts
    labels: Labels
    flows: list[list[Line | Grid]] = field(default_factory=lambda: [[]])
    notes: dict[int, list[Line]] = field(default_factory=dict)  # by page
    pictures: set[int] = field(default_factory=set)  # pages that hold one
    note_count: int = 0
    cell: list[Line] | None = None  # where lines go inside a table

    @property
    def page(self) -> int:
        return len(self.flows)

    def blocks(self, container: Xml) -> None:
        """Paragraphs and tables in a body, a cell, a text box or a footnote."""
        for child in container:
            if child.tag == qn("w:p"):
                self.paragraph(child)
            elif child.tag == qn("w:tbl"):
                self.table(child)
            elif child.tag in WRAPPERS or child.tag in ALTERNATIVES:
                self.blocks(child)

    def paragraph(self, paragraph: Xml) -> None:
        properties = paragraph.find(qn("w:pPr"))
        own = look(properties, None)
        style = child_value(properties, "w:pStyle")
        if _is_on(properties, "w:pageBreakBefore") and self.flows[-1]:
            self._break_page()
        bits = list(_decoded(self._bits(paragraph, style)))
        if any(bit.text.strip() for bit in bits):
            number_id = own.number_id or styled(self.parts, style, "number_id")
            level = own.level if own.level is not None else styled(self.parts, style, "level") or 0
            label = self.labels.next(number_id, level)
            centred = own.centred if own.centred is not None else bool(styled(self.parts, style, "centred"))
            self._lines(bits, label, centred)
        elif any(PAGE_BREAK in bit.text for bit in bits):
            self._break_page()
        if any(True for tag in PICTURES for _ in paragraph.iter(tag)):
            self.pictures.add(self.page)
        for box in _text_boxes(paragraph):
            self.blocks(box)
        section = None if properties is None else properties.find(qn("w:sectPr"))
        if section is not None and child_value(section, "w:type") != "continuous":
            self._break_page()

    def table(self, table: Xml) -> None:
        """A grid; or, where it only sets head and foot side by side or stands in a cell, its lines."""
        found = rows(table)
        filled = [[Filled(one, self._cell_lines(one.element)) for one in row] for row in found]
        words = " ".join(line.text for row in filled for one in row for line in one.lines)
        if self.cell is not None or is_layout(table, self.parts, found, words):
            for row in filled:
                for one in row:
                    self._put(one.lines)
        elif words:
            self.flows[-1].append(grid(self.page, filled))

    def _cell_lines(self, cell: Xml) -> tuple[Line, ...]:
        with self._collecting() as lines:
            self.blocks(cell)
        return tuple(lines)

    @contextmanager
    def _collecting(self) -> Iterator[list[Line]]:
        before, self.cell = self.cell, []
        try:
            yield self.cell
        finally:
            self.cell = before

    def _put(self, lines: Iterable[Line]) -> None:
        if self.cell is not None:
            self.cell.extend(lines)
        else:
            self.flows[-1].extend(lines)

    def _break_page(self) -> None:
        if self.cell is None:
            self.flows.append([])

    def _lines(self, bits: Sequence[Bit], label: str, centred: bool) -> None:
        """A paragraph as one line; as several where a line break, a page break or a column's tab parts it."""
        is_first = True
        for part in _split(bits, BREAKS):
            if [bit.text for bit in part] == [PAGE_BREAK]:
                self._break_page()
            for place, column in enumerate(_columns(part)):
                opens = True if is_first or place else None
                if line := _line(column, label if is_first else "", self.page, centred, opens):
                    self._put((line,))
                    is_first = False

    def _bits(self, element: Xml, style: str | None) -> Iterator[Bit]:
        for child in element:
            if child.tag == qn("w:r"):
                yield from self._run(child, style)
            elif child.tag in WRAPPERS:
                yield from self._bits(child, style)

    def _run(self, run: Xml, style: str | None) -> Iterator[Bit]:
        properties = run.find(qn("w:rPr"))
        if _is_on(properties, "w:vanish"):
            return
        own = look(None, properties)
        run_style = child_value(properties, "w:rStyle")
        bold, caps = (
            bool(direct if direct is not None else self._styled(run_style, style, name))
            for direct, name in ((own.bold, "bold"), (own.caps, "caps"))
        )
        encoding = of_font(
            own.font or self._styled(run_style, style, "font") or self.parts.default_font or ""
        )
        if encoding and caps:  # only once it is decoded are its capitals those of its letters
            encoding = replace(encoding, capitals=True)
        for child in run:
            self._note(child)
            if text := _sign(child):
                yield Bit(text.upper() if caps and encoding is None else text, bold, encoding)

    def _styled(self, run_style: str | None, style: str | None, name: str) -> Any:
        of_run = styled(self.parts, run_style, name) if run_style in self.parts.styles else None
        return of_run if of_run is not None else styled(self.parts, style, name)

    def _note(self, reference: Xml) -> None:
        """The footnote that `reference` calls, as a line at the end of this page."""
        kind = NOTE_REFERENCES.get(reference.tag)
        note = self.parts.notes.get((kind, reference.get(qn("w:id"), ""))) if kind else None
        if note is None:
            return
        self.note_count += 1
        with self._collecting() as lines:
            self.blocks(note)
        if text := " ".join(line.text for line in lines):
            line = Line(text, self.page, role=Role.FOOTNOTE, opens=True, note_mark=str(self.note_count))
            self.notes.setdefault(self.page, []).append(line)


def _line(bits: Sequence[Bit], label: str, page: int, centred: bool, opens: bool | None) -> Line | None:
    text = one_line(nfc(_joined(bits)))
    if not text:
        return None
    bold = one_line(nfc(_joined(list(takewhile(lambda bit: bit.bold or not bit.text.strip(), bits)))))
    # The label is taken to look as the words behind it do.
    length = len(label) + len(bold) if bold else 0
    return Line(label + text, page, opens=opens, bold_length=length, centred=centred)


def _decoded(bits: Iterable[Bit]) -> Iterator[Bit]:
    """Bits in Unicode. Word cuts runs anywhere, so those that look alike are joined first."""
    for encoding, run in groupby(bits, key=lambda bit: bit.encoding):
        if encoding is None:
            yield from run
            continue
        for bold, alike in groupby(run, key=lambda bit: bit.bold):
            text = "".join(bit.text for bit in alike)
            is_so = of_words(text.split(), encoding)
            yield Bit(decoded_text(text, encoding) if is_so else text, bold)


def _sign(element: Xml) -> str:
    """The text of a run's child: words, a tab, a break, a symbol."""
    if element.tag == qn("w:t"):
        return (element.text or "").replace(LINE_BREAK, " ").replace(PAGE_BREAK, " ")
    if element.tag == qn("w:br"):
        return PAGE_BREAK if element.get(qn("w:type")) == "page" else LINE_BREAK
    if element.tag == qn("w:sym"):
        return SYMBOLS.get(element.get(qn("w:char"), "").upper(), UNKNOWN_SYMBOL)
    return SIGNS.get(element.tag, "")


def _is_on(properties: Xml | None, tag: str) -> bool:
    found = None if properties is None else properties.find(qn(tag))
    return found is not None and found.get(qn("w:val"), "1") not in OFF


def _text_boxes(paragraph: Xml) -> Iterator[Xml]:
    """Text boxes that hang on a paragraph, each once: the fallback for old readers repeats them."""
    for box in paragraph.iter(qn("w:txbxContent")):
        above = list(takewhile(lambda one: one is not paragraph, box.iterancestors()))
        if not any(one.tag in (FALLBACK, qn("w:txbxContent"), qn("w:del")) for one in above):
            yield box


def _joined(bits: Sequence[Bit]) -> str:
    return "".join(bit.text for bit in bits).replace(TAB, " ")


def _split(bits: Sequence[Bit], at: re.Pattern[str]) -> Iterator[list[Bit]]:
    """Bits between matches of `at`; a match of its own group is a part of its own."""
    part: list[Bit] = []
    for bit in bits:
        for text in at.split(bit.text):
            if at.fullmatch(text):
                yield part
                yield [Bit(text, bit.bold)]
                part = []
            elif text:
                part.append(Bit(text, bit.bold))
    yield part


def _columns(part: Sequence[Bit]) -> list[list[Bit]]:
    """A line whose tabs set two texts side by side, as heads and feet without a table have it, as two."""
    columns: list[list[Bit]] = []
    for one in _split(part, re.compile(f"({TAB})")):
        if columns and not (_is_column(columns[-1]) and _is_column(one) and _begins_anew(one)):
            columns[-1].extend(one)
        else:
            columns.append(one)
    return columns


def _is_column(bits: Sequence[Bit]) -> bool:
    return len(_WORD.findall(_joined(bits))) >= COLUMN_WORDS


def _begins_anew(bits: Sequence[Bit]) -> bool:
    first = _WORD.search(_joined(bits))
    return first is not None and first[0][0].isupper()
