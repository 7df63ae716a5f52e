"""Word's tables as grids, spans resolved; and which tables only set texts side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docx.oxml.ns import qn

from kehoach.document.page import Grid, GridCell, Line
from kehoach.ingest.wordparts import Parts, Xml, child_value, draws, styled, whole
from kehoach.text import fold

MAX_COLUMNS = 63  # of a table (Word's own limit); more in a file is a hostile span
# What only head and foot print (NĐ 30/2020/NĐ-CP, Phụ lục I): a table around it is no data, ruled or not.
FORM_WORDS = ("cong hoa xa hoi chu nghia viet nam", "noi nhan:")
FORM_ROWS = 4  # issuer and motto, number and date, with a row of lines between them at most
FORM_COLUMNS = 3  # two, and an empty one between them
DATA_COLUMNS = 3  # without rulings a table of data has this many columns, all of them filled in two rows
DATA_ROWS = 2


@dataclass(frozen=True, slots=True)
class Slot:
    """A `w:tc` and where it stands. `goes_on`: part of the merged cell above it."""

    element: Xml
    column: int
    span: int
    goes_on: bool


@dataclass(frozen=True, slots=True)
class Filled:
    """A slot with its lines."""

    slot: Slot
    lines: tuple[Line, ...]


def rows(table: Xml) -> list[list[Slot]]:
    """The rows of a table; those that a tracked change deleted are left out."""
    return [
        _slots(row) for row in _wrapped(table, "w:tr") if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None
    ]


def grid(page: int, filled: Sequence[Sequence[Filled]]) -> Grid:
    """The table on `page`: merged cells once with their spans, gaps as empty cells.

    Of a merged cell Word shows only the first part; so do we.
    """
    width = max(one.slot.column + one.slot.span for row in filled for one in row)
    cells: list[GridCell] = []
    taken = [[False] * width for _ in filled]
    for place, row in enumerate(filled):
        for one in row:
            if taken[place][one.slot.column]:
                continue
            height = _height(filled, place, one.slot)
            cells.append(GridCell(place, one.slot.column, one.lines, height, one.slot.span))
            for below in range(place, place + height):
                taken[below][one.slot.column : one.slot.column + one.slot.span] = [True] * one.slot.span
        cells.extend(GridCell(place, column, ()) for column in range(width) if not taken[place][column])
        taken[place] = [True] * width
    return Grid(page, len(filled), width, tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))


def is_layout(table: Xml, parts: Parts, found: Sequence[Sequence[Slot]], words: str) -> bool:
    """Whether a table only sets texts side by side: head, foot, or no rulings and no rows of data."""
    width = max((slot.column + slot.span for row in found for slot in row), default=0)
    if width <= FORM_COLUMNS and len(found) <= FORM_ROWS and any(one in fold(words) for one in FORM_WORDS):
        return True
    if _has_borders(table, parts):
        return False
    full = [row for row in found if sum(bool(_text(slot.element)) for slot in row) >= DATA_COLUMNS]
    return len(full) < DATA_ROWS


def _slots(row: Xml) -> list[Slot]:
    properties = row.find(qn("w:trPr"))
    column = min(whole(child_value(properties, "w:gridBefore")) or 0, MAX_COLUMNS - 1)
    slots = []
    for cell in _wrapped(row, "w:tc"):
        own = cell.find(qn("w:tcPr"))
        span = min(max(whole(child_value(own, "w:gridSpan")) or 1, 1), MAX_COLUMNS - column)
        if span <= 0:
            break
        merge = None if own is None else own.find(qn("w:vMerge"))
        goes_on = merge is not None and merge.get(qn("w:val")) != "restart"
        slots.append(Slot(cell, column, span, goes_on))
        column += span
    return slots


def _wrapped(element: Xml, tag: str) -> list[Xml]:
    """Rows of a table or cells of a row, in content controls too; not those of a table inside them."""
    found = []
    for child in element:
        if child.tag == qn(tag):
            found.append(child)
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml")):
            found.extend(_wrapped(child, tag))
    return found


def _height(filled: Sequence[Sequence[Filled]], place: int, slot: Slot) -> int:
    height = 1
    for row in filled[place + 1 :]:
        below = next((one.slot for one in row if one.slot.column == slot.column), None)
        if below is None or not below.goes_on or below.span != slot.span:
            break
        height += 1
    return height


def _text(element: Xml) -> str:
    return "".join(one.text or "" for one in element.iter(qn("w:t"))).strip()


def _has_borders(table: Xml, parts: Parts) -> bool:
    properties = table.find(qn("w:tblPr"))
    own = None if properties is None else properties.find(qn("w:tblBorders"))
    style = child_value(properties, "w:tblStyle")
    ruled = draws(own) if own is not None else bool(styled(parts, style, "ruled"))
    return ruled or any(draws(one) for one in table.iter(qn("w:tcBorders")))
