"""Tables joined over page breaks: header found, repeated headers dropped, cut rows mended.

A grid goes on in the next one where nothing but page furniture stands between them and their columns agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kehoach.document.joined import JoinedCell, JoinedTable, Row
from kehoach.document.page import BESIDE_THE_TEXT, Grid, GridCell, Line, Page, Role
from kehoach.rules import data
from kehoach.tables.breaks import with_breaks
from kehoach.text import fold, likeness

CELL_LIKENESS = 0.6  # head cells of one column on two pages; recognisers garble small print in narrow cells
HEADER_SHARE = 0.5  # of the filled head cells, those alike where a header is repeated
COLUMN_SHIFT = 0.03  # page widths by which a column's left edge may differ between two parts of a table
MAX_HEADER_ROWS = 3
MIN_CUT = 40  # characters; a shorter cell without a stop is a name, not a sentence that a page break cut
LEVEL_MARK = " - "  # between the levels of a column's header

_COUNTER = re.compile(r"^\(?\s*(?:\d{1,3}|[IVX]{1,5}|[A-Z])\s*[.)]?$")
_ITEM = re.compile(r"^\(?(?:[a-zđ]|\d{1,2}|[IVX]{1,5})[.)]\s")
_STOP = re.compile(r"[.;:…!?]\s*$")
_COLUMN_NUMBERS = re.compile(r"^\(?\s*(\d{1,2}|[A-Z])\s*\)?(?:\s*=.*)?$")


@dataclass(frozen=True, slots=True)
class _Part:
    grid: Grid
    header_rows: tuple[Row, ...]
    rows: tuple[Row, ...]


def join(pages: Sequence[Page]) -> tuple[JoinedTable, ...]:
    """All tables of a plan, each joined from its parts, in reading order."""
    return tuple(_joined(chain) for chain in _chains(pages))


def _chains(pages: Sequence[Page]) -> Iterator[list[_Part]]:
    chain: list[_Part] = []
    interrupted = False
    for page in pages:
        for block in page.flow:
            if isinstance(block, Line):
                interrupted = interrupted or _interrupts(block)
                continue
            known = chain[0].header_rows if chain and not interrupted else ()
            part = _part(block, known)
            if chain and not interrupted and _goes_on(chain, part):
                chain.append(part)
            else:
                if chain:
                    yield chain
                chain = [part]
            interrupted = False
    if chain:
        yield chain


def _interrupts(line: Line) -> bool:
    return bool(line.text) and line.role not in (*BESIDE_THE_TEXT, Role.FOOTNOTE)


def _goes_on(chain: Sequence[_Part], part: _Part) -> bool:
    first = chain[0]
    if first.grid.column_count != part.grid.column_count or not _same_columns(chain[-1].grid, part.grid):
        return False
    return not part.header_rows or _same_header(first.header_rows, part.header_rows)


def _same_header(one: Sequence[Row], other: Sequence[Row]) -> bool:
    """Whether two headers have the same words in most columns."""
    if not one or not other:
        return False
    columns = list(zip(_flat(one), _flat(other), strict=True))
    filled = [(a, b) for a, b in columns if a or b]
    alike = [pair for pair in filled if likeness(*pair) >= CELL_LIKENESS]
    return len(alike) >= HEADER_SHARE * len(filled)


def _flat(rows: Sequence[Row]) -> list[str]:
    return [" ".join(row[j].text for row in rows if row[j].text) for j in range(len(rows[0]))]


def _same_columns(one: Grid, other: Grid) -> bool:
    """Left edges agree, where both parts say where they stand."""
    left, right = _edges(one), _edges(other)
    shared = left.keys() & right.keys()
    return all(abs(left[column] - right[column]) <= COLUMN_SHIFT for column in shared)


def _edges(grid: Grid) -> dict[int, float]:
    return {cell.column: cell.box.x0 for cell in grid.cells if cell.box and cell.column_span == 1}


def _part(grid: Grid, known: Sequence[Row]) -> _Part:
    rows = _rows(grid)
    count = _header_count(rows, grid)
    if not count and known and len(known[0]) == grid.column_count and _same_header(known, rows[: len(known)]):
        count = len(known)
    return _Part(grid, rows[:count], rows[count:])


def _rows(grid: Grid) -> tuple[Row, ...]:
    places: dict[tuple[int, int], JoinedCell] = {}
    for cell in grid.cells:
        printed = with_breaks(cell)
        for place in _covered(cell):
            first_row = place[0] == cell.row
            is_first = place == (cell.row, cell.column)
            lines = printed if is_first else ()
            places[place] = JoinedCell(lines, not first_row, cell.column_span if is_first else 1)
    return tuple(
        tuple(places.get((i, j), JoinedCell()) for j in range(grid.column_count))
        for i in range(grid.row_count)
    )


def _covered(cell: GridCell) -> Iterator[tuple[int, int]]:
    for i in range(cell.row, cell.row + cell.row_span):
        for j in range(cell.column, cell.column + cell.column_span):
            yield i, j


def _header_count(rows: Sequence[Row], grid: Grid) -> int:
    """Rows of the header: the first, if it reads like one, and those that only split or number its
    columns.
    """
    if not rows or not _reads_like_header(rows[0]):
        return 0
    count = 1
    while count < min(len(rows) - 1, MAX_HEADER_ROWS) and _adds_to_header(rows[:count], rows[count]):
        count += 1
    return count


MIN_HEADER_SHARE = 0.5  # of the filled cells of a first row, those that begin or end with a header's word
MAX_HEADER_CELL = 80  # characters


def _reads_like_header(row: Row) -> bool:
    texts = [fold(cell.text).strip() for cell in row if cell.text]
    if not texts or (_COUNTER.match(row[0].text) and not fold(row[0].text).startswith(("tt", "stt"))):
        return False
    hits = [
        text
        for text in texts
        if len(text) <= MAX_HEADER_CELL and any(word in text for word in data("tables/header_words.yaml"))
    ]
    return len(hits) >= MIN_HEADER_SHARE * len(texts) and len(texts) > 1


def _adds_to_header(header: Sequence[Row], row: Row) -> bool:
    texts = [cell.text for cell in row]
    filled = [j for j, text in enumerate(texts) if text]
    if not filled:
        return False
    if (
        all(_COLUMN_NUMBERS.match(texts[j]) for j in filled)
        and len(filled) > len(texts) / 2
        and len(texts) > 1
    ):
        return _counts_up([texts[j] for j in filled])
    above = header[-1]
    free = [j for j in range(len(texts)) if row[j].continues or _spans(above, j) or not above[j].text]
    is_split = any(cell.column_span > 1 for cell in above) or any(not cell.text for cell in above)
    return (
        is_split
        and set(filled) <= set(free)
        and not texts[0]
        and not any(_COUNTER.match(texts[j]) for j in filled)
    )


def _spans(row: Row, column: int) -> bool:
    """Whether the head cell at `column` stands over the next column too; a text file shows it by an empty
    cell.
    """
    has_empty_neighbour = column + 1 < len(row) and not row[column + 1].text
    return row[column].column_span > 1 or (bool(row[column].text) and has_empty_neighbour)


def _counts_up(texts: Sequence[str]) -> bool:
    numbers = [match[1] for text in texts if (match := _COLUMN_NUMBERS.match(text))]
    digits = [int(number) for number in numbers if number.isdigit()]
    return len(digits) >= 2 and digits == list(range(digits[0], digits[0] + len(digits)))


def _joined(chain: Sequence[_Part]) -> JoinedTable:
    first = chain[0]
    rows: list[Row] = []
    row_pages: list[tuple[int, ...]] = []
    starts: list[int] = []
    for number, part in enumerate(chain):
        starts.append(len(rows))
        for position, row in enumerate(part.rows):
            if not any(cell.text for cell in row):
                continue
            at_break = number > 0 and position == 0
            if rows and _continues_row(rows[-1], row, at_break):
                rows[-1] = _merged(rows[-1], row)
                row_pages[-1] = tuple(dict.fromkeys((*row_pages[-1], part.grid.page)))
            else:
                rows.append(row)
                row_pages.append((part.grid.page,))
    pages = tuple(dict.fromkeys(part.grid.page for part in chain))
    headers = [_header(part.header_rows, first.grid.column_count) for part in chain if part.header_rows]
    header = _typical(headers) if headers else ("",) * first.grid.column_count
    parts = tuple(id(part.grid) for part in chain)
    later = tuple(starts[1:])
    return JoinedTable(parts, header, first.header_rows, tuple(rows), pages, tuple(row_pages), later)


def _continues_row(before: Row, row: Row, at_break: bool) -> bool:
    """Whether a page break cut `row` off from `before`: no counter, and every text goes on with the one
    above.
    """
    filled = [j for j, cell in enumerate(row) if cell.text]
    if row[0].text or not filled or not all(before[j].text for j in filled):
        return False
    if any(_ITEM.match(row[j].text) for j in filled[:1]):
        return False
    if not at_break:
        return len(filled) == 1 and _text_goes_on(before[filled[0]].text, row[filled[0]].text)
    if (
        len(filled) == 1
        and len(before[filled[0]].text) >= MIN_CUT
        and not _STOP.search(before[filled[0]].text)
    ):
        return True
    if _is_cut(before, row, filled):
        return True
    loose = [j for j in filled if not _text_goes_on(before[j].text, row[j].text)]
    bullets = [j for j in loose if row[j].text[:1] in "-+•–"]
    return len(loose) == len(bullets) and len(filled) < len([cell for cell in before if cell.text])


def _is_cut(before: Row, row: Row, filled: Sequence[int]) -> bool:
    """Whether a sentence runs over the break, so that all cells beside it do: "cắt giảm / thời gian", "Phòng
    VH- / XH"."""
    runs_over = [j for j in filled if row[j].text[:1].islower()]
    is_open = not any(_STOP.search(before[j].text) for j in filled)
    return bool(runs_over) and is_open and not any(row[j].text[:1] in "-+•–" for j in filled)


def _text_goes_on(before: str, after: str) -> bool:
    return after[:1].islower() or (
        not _STOP.search(before) and after[:1] not in "-+•" and not after[:1].isupper()
    )


def _merged(before: Row, row: Row) -> Row:
    return tuple(
        JoinedCell((*one.lines, *other.lines), one.continues, one.column_span)
        for one, other in zip(before, row, strict=True)
    )


def _typical(headers: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Column by column the reading that the other pages' readings are most like."""
    columns = zip(*headers, strict=True)
    return tuple(
        max(texts, key=lambda text: sum(likeness(text, other) for other in texts)) for texts in columns
    )


def _header(rows: Sequence[Row], column_count: int) -> tuple[str, ...]:
    """One string a column: a spanning head stands over each of its columns."""
    named = [row for row in rows if not _is_numbering(row)]
    columns: list[list[str]] = [[] for _ in range(column_count)]
    for number, row in enumerate(named):
        over = ""
        for j, cell in enumerate(row):
            splits = number + 1 < len(named)
            over = cell.text or (
                over if splits and not cell.continues and _is_split(named[number + 1 :], j) else ""
            )
            if over and over not in columns[j]:
                columns[j].append(over)
    return tuple(LEVEL_MARK.join(parts) for parts in columns)


def _is_numbering(row: Row) -> bool:
    texts = [cell.text for cell in row if cell.text]
    return all(_COLUMN_NUMBERS.match(text) for text in texts) and _counts_up(texts)


def _is_split(below: Sequence[Row], column: int) -> bool:
    return any(row[column].text for row in below)
