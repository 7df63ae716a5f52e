"""Pages to a plan: lines joined to paragraphs over lines and pages, tables set in, each word's place kept.

Footnotes and what is no text of the plan (page numbers, stamps) do not interrupt a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kehoach.document.joined import JoinedCell, JoinedTable
from kehoach.document.page import BESIDE_THE_TEXT, Grid, Line, Page, Provenance, Role, Word
from kehoach.document.plan import Cell, Paragraph, Piece, Plan, Span, Table
from kehoach.rules import phrases
from kehoach.text import BULLETS, without_specks

# What asks for more at the end of a line: the next one goes on, capital or not.
_LINKED = re.compile(r"(?:[,/(–-]|\b(?:và|của|thuộc|cùng|với|các|cấp))$", re.IGNORECASE)
# A list mark or a numbered heading: a paragraph begins here whatever the line before says.
_MARK = re.compile(
    rf"(?:(?:[-–—+*{BULLETS}]|=>)\s*(?=[^\W\d_])|[-–+•]\s|"
    r"\(?\d{1,2}[.)](?!\d)|\d{1,2}(?:\.\d{1,2}){1,3}\.?\s|[a-zđ][.)]\s?"
    r"|\([a-zđ\d]{1,2}\)\s|[IVXLivx]{1,6}[.)]\s"
    r"|(?:[a-zđ]|\d{1,2}|[IVX]{1,5})\s?[/-]\s+(?=[A-ZĐÀ-Ỹ])|(?:Điều|Phần|Mục|Chương|Phụ lục|PHỤ LỤC)\s)"
)
_ENDS = re.compile(r"[.;:!?…/][\"”’)\]]*$")
_OPEN_ENDING = re.compile(
    r"(?:[,(–-]|\b(?:của|và|các|những|về|cho|với|tại|(?<!tiếp )(?<!kèm )theo|trong|là|để|từ|đến|do|bởi)"
    r"|\bhội (?:liên hiệp|cựu))$",
    re.IGNORECASE,
)
JOIN_LENGTH = (
    45  # characters; a shorter line that ends without a stop is a title or a name, not a cut paragraph
)


@dataclass(slots=True)
class _Draft:
    """Text under construction: what stands so far, its pieces and its blocks."""

    text: list[str] = field(default_factory=list)
    length: int = 0
    pieces: list[Piece] = field(default_factory=list)
    blocks: list[Paragraph | Table] = field(default_factory=list)

    def add(self, text: str) -> None:
        self.text.append(text)
        self.length += len(text)


def assemble(pages: Sequence[Page], tables: Sequence[JoinedTable]) -> Plan:
    """The plan in logical order. A table stands where its first part stands; footnotes follow the body."""
    draft = _Draft()
    first = {table.parts[0]: table for table in tables}
    notes: list[list[Line]] = []
    run: list[Line] = []
    for block in _blocks(pages):
        if isinstance(block, Grid):
            if table := first.get(id(block)):
                run = _flush(draft, run)
                _add_table(draft, table)
        elif block.role is Role.FOOTNOTE:
            notes = _with_note(notes, block)
        elif run and goes_on(run[-1], block, run[0]):
            run.append(block)
        else:
            run = _flush(draft, run)
            run = [block]
    _flush(draft, run)
    for note in notes:
        _flush(draft, note)
    return Plan("".join(draft.text), tuple(draft.blocks), tuple(draft.pieces), tuple(pages))


def _blocks(pages: Iterable[Page]) -> Iterator[Line | Grid]:
    for page in pages:
        for block in page.flow:
            if isinstance(block, Grid) or (block.role not in BESIDE_THE_TEXT and block.text):
                yield block


def _with_note(notes: list[list[Line]], line: Line) -> list[list[Line]]:
    if notes and line.note_mark is None and line.opens is not True and notes[-1][-1].page == line.page:
        return [*notes[:-1], [*notes[-1], line]]
    return [*notes, [line]]


def goes_on(before: Line, line: Line, first: Line) -> bool:
    """Whether `line` goes on with the paragraph that `first` opens and that has come to `before`."""
    if line.opens is not None and before.page == line.page:
        if line.opens and line.role is before.role is Role.BODY and _breaks_off(before.text, line.text):
            return True  # skew moves edges; no paragraph begins in the middle of a sentence
        return not (line.opens or _words_open(before.text, line.text))
    if line.role is not before.role or line.opens is True:
        return False
    if line.role in (Role.HEAD, Role.FOOT):
        return False
    if before.page != line.page and line.role is Role.BODY and not _MARK.match(line.text):
        if before.text.endswith(";") and line.text[:1].islower():
            return True  # a list has its marks; what has none goes on over the page
        if line.opens is False and not _ENDS.search(before.text):
            return True
    return _words_go_on(before.text, line.text)


def _breaks_off(before: str, after: str) -> bool:
    """Whether a sentence stops without a stop and goes on in lower case, with specks of a scan set aside."""
    before = without_specks(before).rstrip(" -–_~")
    is_prose = len(before) >= JOIN_LENGTH and not before.isupper()
    return is_prose and not _ENDS.search(before) and after[:2].islower() and not _MARK.match(after)


def _words_open(before: str, after: str) -> bool:
    """Whether words open a paragraph where the page does not show it: behind a stop, a list mark, a label
    ("Đơn vị thực hiện: …"), the sentence that closes a plan."""
    if not _ENDS.search(before) or not (after[:1].isupper() or _MARK.match(after)):
        return False
    if _LISTED.match(after):
        return True
    return any(rule.pattern.match(after) for name in ("labels", "closings") for rule in phrases(name))


# A mark with its item behind it; a bare figure or letter may go on with a sentence ("… Điều / 3. Kinh phí").
_LISTED = re.compile(
    rf"(?:[-–—+*{BULLETS}]\s*|"
    r"\d{1,2}(?:\.\d{1,2})*[.)]\s+|[a-zđ]\)\s*|\(\d{1,2}\)\s*|[IVX]{1,5}[.)]\s+)[^\W\d_]"
    r"|[A-H][.)]\s+[^\W\d_]{2}"
)


def _words_go_on(before: str, after: str) -> bool:
    """Where the page does not tell: a sentence that is not over goes on in lower case."""
    if re.match(r"[-–]\s", after) and not re.search(r"[.;:,]$", before):
        return _dash_goes_on(before, after)
    if _MARK.match(after):
        return False
    if _ENDS.search(before):
        return before.endswith(";") is False and before.endswith("...") and after[:1].islower()
    if after[:1].islower():
        return True
    if before.isupper() or len(before) < JOIN_LENGTH:
        return False
    return bool(_OPEN_ENDING.search(before)) or after[:1] in '(“"'


def _dash_goes_on(before: str, after: str) -> bool:
    """A line broken at a dash inside a name or a span of years: "chính trị / - xã hội", "2026 / - 2030"."""
    first = after.lstrip("-– ")[:1]
    return first.islower() or bool(_SPAN.match(after) and before[-1:].isdigit())


_SPAN = re.compile(r"[-–]\s*(?:\d{4}|\d{1,2}/\d{1,2})\b(?!\s*%)")


def _flush(draft: _Draft, lines: Sequence[Line]) -> list[Line]:
    if not lines:
        return []
    start = _begin(draft)
    bold = _write_lines(draft, lines)
    span = Span(start, draft.length)
    draft.blocks.append(Paragraph(span, lines[0].page, lines[0].role, start + bold, lines[0].centred))
    return []


def _begin(draft: _Draft) -> int:
    if draft.length:
        draft.add("\n")
    return draft.length


def _write_lines(draft: _Draft, lines: Sequence[Line]) -> int:
    """Writes lines joined by spaces; gives the length of the leading bold run."""
    bold, is_bold, start = 0, True, draft.length
    for number, line in enumerate(lines):
        if number:
            draft.add(" ")
        if is_bold and line.bold_length:
            bold = draft.length - start + min(line.bold_length, len(line.text))
        is_bold = is_bold and line.bold_length >= len(line.text)
        _write_line(draft, line)
    return bold


def _write_line(draft: _Draft, line: Line) -> None:
    """Words keep their places; a line without words is one piece. Footnote marks stay out of the text."""
    words = [word for word in line.words if not word.superscript]
    if not words:
        draft.pieces.append(Piece(draft.length, draft.length + len(line.text), line.page, line.box))
        draft.add(line.text)
        return
    for number, word in enumerate(words):
        if number:
            draft.add(" ")
        draft.pieces.append(_piece(draft.length, word))
        draft.add(word.text)


def _piece(start: int, word: Word) -> Piece:
    provenance = word.provenance or Provenance.LAYER
    end = start + len(word.text)
    return Piece(
        start, end, word.box.page, word.box, word.confidence, provenance, word.raw, word.repair_score
    )


def _add_table(draft: _Draft, table: JoinedTable) -> None:
    start = _begin(draft)
    header_rows = tuple(_add_row(draft, row, number > 0) for number, row in enumerate(table.header_rows))
    rows = tuple(
        _add_row(draft, row, bool(table.header_rows) or number > 0) for number, row in enumerate(table.rows)
    )
    span = Span(start, draft.length)
    header = tuple(" ".join(part.split()) for part in table.header)
    draft.blocks.append(
        Table(span, header, header_rows, rows, table.pages, table.row_pages, table.part_starts)
    )


def _add_row(draft: _Draft, row: Sequence[JoinedCell], after_another: bool) -> tuple[Cell, ...]:
    if after_another:
        draft.add("\n")
    cells = []
    for number, cell in enumerate(row):
        if number:
            draft.add("\t")
        cells.append(_add_cell(draft, cell))
    return tuple(cells)


def _add_cell(draft: _Draft, cell: JoinedCell) -> Cell:
    start, spans = draft.length, []
    for number, paragraph in enumerate(_cell_paragraphs(cell.lines)):
        if number:
            draft.add(" ")
        opened = draft.length
        _write_lines(draft, paragraph)
        spans.append(Span(opened, draft.length))
    return Cell(Span(start, draft.length), tuple(spans), cell.continues)


def _cell_paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """In narrow cells every line is short: only a mark, a stop before a capital, or a capital behind a line
    that had room for it, opens a paragraph."""
    run: list[Line] = []
    for line in lines:
        if run and _opens_in_cell(run[-1], line):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _opens_in_cell(before: Line, line: Line) -> bool:
    if not line.words and line.box is None:
        return True
    if re.match(r"[-–]\s", line.text) and not re.search(r"[.;:,]$", before.text):
        return not _dash_goes_on(before.text, line.text)
    if _MARK.match(line.text):
        return True
    return line.text[:1].isupper() and line.opens is True and not _LINKED.search(before.text)
