"""Tables without rulings: a head of known words, and below it columns that a clear gutter parts.

Only what no list, no head or foot and no justified text can be is taken: three columns at least, whose
gutters stay free of ink in every line, and rows that the first column counts or begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from kehoach.document.page import Box, Grid, GridCell, Word
from kehoach.rules import data
from kehoach.text import fold

# Of the letter height: words of one cell stand closer together, columns further apart.
GUTTER = 0.6
# Of the smaller height: words that share this much of it stand on one line.
SAME_LINE = 0.5
# Of the letter height: a wider gap between two lines ends the table.
END_GAP = 3.0
MIN_COLUMNS = 3
# Rows below the head: where the first column counts them, and where it only begins them.
COUNTED_ROWS, BEGUN_ROWS = 2, 3
# Of the cells of all rows, those that begin on their row's first line: a list under a head has two of four.
FILLED = 0.6
# Of a head's cells those with a head's word; letters of such a cell at most.
MIN_HEADER_SHARE, MAX_HEADER_CELL = 0.6, 60
# Lines that a head may take, and lines of a page's table at most.
MAX_HEADER_LINES, MAX_LINES = 4, 200
# Of the letter height: room that a table's outer cells have around their words.
MARGIN = 0.3

_COUNTER = re.compile(r"^\(?(\d{1,3})[.)]?$")
# Words that begin a head's cells; two of them stand on one line at least.
_NAMES = (
    "TT STT Nội Nhiệm Công Đơn Cơ Thời Kết Sản Người Ghi Tên Chỉ Kinh Mục Hoạt Tiến Số Lĩnh Bộ Hoàn Giải Năm"
)
_OPENINGS = frozenset(_NAMES.split()) | frozenset(_NAMES.upper().split())
_TT = re.compile(r"^(?:so )?s?tt\.?$")
_HEAD_OR_FOOT = re.compile(r"cong hoa xa hoi|doc lap|noi nhan|kinh gui")


@dataclass(frozen=True, slots=True)
class _Line:
    """Words level with one another, left to right."""

    words: tuple[Word, ...]
    top: float = field(init=False)
    bottom: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "top", min(word.box.y0 for word in self.words))
        object.__setattr__(self, "bottom", max(word.box.y1 for word in self.words))


Span = tuple[float, float]


def grids(words: Sequence[Word], page: int, ratio: float, taken: Sequence[Grid] = ()) -> tuple[Grid, ...]:
    """Grids of empty cells with boxes, from top to bottom.

    words: of the whole page; `ratio`: page height to width; `taken`: ruled tables, whose words are left out.
    """
    held = [grid.box for grid in taken if grid.box is not None]
    free = [word for word in words if not any(_holds(box, word.box) for box in held)]
    height = median(word.box.height for word in free) if free else 0.0
    if not _names_columns(free, height):
        return ()
    lines = _lines(free)
    found: list[Grid] = []
    at = 0
    while at < len(lines):
        table = _table(lines, at, height, ratio, page)
        if table is None:
            at += 1
            continue
        grid, at = table
        found.append(grid)
    return tuple(found)


def _names_columns(words: Sequence[Word], height: float) -> bool:
    """A cheap look first, since most pages have no such table: words that begin a head's cells, level."""
    tops = sorted(word.box.y0 for word in words if word.text.rstrip(".") in _OPENINGS)
    return any(other - one < height for one, other in pairwise(tops))


def _table(
    lines: Sequence[_Line], at: int, height: float, ratio: float, page: int
) -> tuple[Grid, int] | None:
    """The table whose head begins at line `at`, and the index of the line behind it."""
    heads = _segments(lines[at], height * ratio * GUTTER)
    if not _is_head(heads):
        return None
    gutters, end = _reach(lines, at, heads, height, ratio)
    if end - at <= COUNTED_ROWS:
        return None
    body = lines[at:end]
    rows = _rows(body, gutters, heads)
    if rows is None or _hides_a_column(body[rows[1] :], gutters, height * ratio * GUTTER):
        return None
    return _grid(body, rows, gutters, height, ratio, page), end


def _lines(words: Sequence[Word]) -> list[_Line]:
    """Printed lines across the whole page, from top to bottom."""
    groups: list[list[Word]] = []
    for word in sorted(words, key=lambda one: one.box.y0 + one.box.y1):
        home = next((group for group in reversed(groups[-3:]) if _is_level(group, word)), None)
        if home is None:
            groups.append([word])
        else:
            home.append(word)
    made = [_Line(tuple(sorted(group, key=lambda one: one.box.x0))) for group in groups]
    return sorted(made, key=lambda line: line.top)


def _is_level(group: Sequence[Word], word: Word) -> bool:
    tallest = max((one.box for one in group), key=lambda box: box.height)
    common = min(tallest.y1, word.box.y1) - max(tallest.y0, word.box.y0)
    return common >= SAME_LINE * min(tallest.height, word.box.height)


def _segments(line: _Line, gap: float) -> list[tuple[Word, ...]]:
    """Words of a line that no gutter parts."""
    found: list[list[Word]] = [[line.words[0]]]
    for before, word in pairwise(line.words):
        if word.box.x0 - before.box.x1 >= gap:
            found.append([])
        found[-1].append(word)
    return [tuple(words) for words in found]


def _is_head(segments: Sequence[Sequence[Word]]) -> bool:
    """Whether a line names columns: most of its parts have a word that heads of tables are made of."""
    if len(segments) < MIN_COLUMNS:
        return False
    texts = [fold(" ".join(word.text for word in words)) for words in segments]
    if any(_HEAD_OR_FOOT.search(text) or len(text) > MAX_HEADER_CELL for text in texts):
        return False
    known = data("tables/header_words.yaml")
    hits = sum(any(re.search(rf"\b{re.escape(word)}\b", text) for word in known) for text in texts)
    return hits >= MIN_HEADER_SHARE * len(texts) and not any(text[-1:] in ".;:," for text in texts)


def _reach(
    lines: Sequence[_Line], at: int, heads: Sequence[Sequence[Word]], height: float, ratio: float
) -> tuple[list[Span], int]:
    """The gutters between the head's columns, and how far down they stay free; `end` is excluded."""
    spaces = [(one[-1].box.x1, other[0].box.x0) for one, other in pairwise(heads)]
    inks: list[Span] = []
    gutters, end = spaces, at + 1
    for line in lines[at + 1 : at + MAX_LINES]:
        if line.top - lines[end - 1].bottom > END_GAP * height or _ends(line):
            break
        inks += [(word.box.x0, word.box.x1) for word in line.words]
        narrowed = [_widest_free(space, inks) for space in _between(heads)]
        if any(x1 - x0 < GUTTER * height * ratio for x0, x1 in narrowed):
            break
        gutters, end = narrowed, end + 1
    return gutters, end


def _between(heads: Sequence[Sequence[Word]]) -> list[Span]:
    return [(one[-1].box.x1, other[0].box.x0) for one, other in pairwise(heads)]


def _ends(line: _Line) -> bool:
    return bool(_HEAD_OR_FOOT.search(fold(" ".join(word.text for word in line.words))))


def _widest_free(space: Span, inks: Sequence[Span]) -> Span:
    """The widest part of `space` that no ink covers; an empty span where there is none."""
    best, at = (space[0], space[0]), space[0]
    for x0, x1 in sorted(inks):
        if x0 > space[1]:
            break
        if x0 - at > best[1] - best[0]:
            best = (at, x0)
        at = max(at, x1)
    return (at, space[1]) if space[1] - at > best[1] - best[0] else best


def _rows(
    body: Sequence[_Line], gutters: Sequence[Span], heads: Sequence[Sequence[Word]]
) -> list[int] | None:
    """Indexes of the lines that begin a row, 0 for the head; None where the rows cannot be told."""
    edge = sum(gutters[0]) / 2
    firsts = [" ".join(word.text for word in line.words if _middle(word) < edge) for line in body]
    counts = [(at, int(match[1])) for at, text in enumerate(firsts) if (match := _COUNTER.match(text))]
    is_counted = bool(_TT.match(fold(" ".join(word.text for word in heads[0]))))
    if is_counted:
        begins = [at for at, _count in counts]
        goes_up = all(other == one + 1 for (_, one), (_, other) in pairwise(counts))
        if len(begins) < COUNTED_ROWS or not goes_up or begins[0] > MAX_HEADER_LINES:
            return None
    else:
        begins = [at for at, text in enumerate(firsts) if at and text]
        if len(begins) < BEGUN_ROWS or begins[0] != 1:
            return None
    filled = [_filled_count(body[at], gutters) for at in begins]
    if sum(filled) < FILLED * len(filled) * (len(gutters) + 1):
        return None
    return [0, *begins]


def _hides_a_column(lines: Sequence[_Line], gutters: Sequence[Span], gap: float) -> bool:
    """Whether a gutter runs through a column: its head's cells stand too close to be told apart."""
    edges = [0.0, *(sum(gutter) / 2 for gutter in gutters), 1.0]
    for left, right in pairwise(edges):
        parts = [[word for word in line.words if left < _middle(word) <= right] for line in lines]
        inks = [(word.box.x0, word.box.x1) for words in parts for word in words]
        if not inks:
            continue
        x0, x1 = _widest_free((min(inks)[0], max(ink[1] for ink in inks)), inks)
        across = [words for words in parts if any(_middle(one) < x0 for one in words)]
        both = sum(any(_middle(one) > x1 for one in words) for words in across)
        if x1 - x0 >= gap and both >= COUNTED_ROWS:
            return True
    return False


def _filled_count(line: _Line, gutters: Sequence[Span]) -> int:
    """Columns that a row's first line has words in."""
    return len({sum(_middle(word) > sum(gutter) / 2 for gutter in gutters) for word in line.words})


def _middle(word: Word) -> float:
    return (word.box.x0 + word.box.x1) / 2


def _grid(
    body: Sequence[_Line],
    rows: Sequence[int],
    gutters: Sequence[Span],
    height: float,
    ratio: float,
    page: int,
) -> Grid:
    words = [word for line in body for word in line.words]
    room = MARGIN * height
    xs = [
        max(min(word.box.x0 for word in words) - room * ratio, 0.0),
        *(sum(gutter) / 2 for gutter in gutters),
        min(max(word.box.x1 for word in words) + room * ratio, 1.0),
    ]
    ys = [
        max(body[0].top - room, 0.0),
        *((body[at - 1].bottom + body[at].top) / 2 for at in rows[1:]),
        min(max(line.bottom for line in body) + room, 1.0),
    ]
    return Grid(
        page, len(rows), len(xs) - 1, tuple(_cells(xs, ys, page)), Box(page, xs[0], ys[0], xs[-1], ys[-1])
    )


def _cells(xs: Sequence[float], ys: Sequence[float], page: int) -> Iterator[GridCell]:
    for row, (top, bottom) in enumerate(pairwise(ys)):
        for column, (left, right) in enumerate(pairwise(xs)):
            yield GridCell(row, column, (), 1, 1, Box(page, left, top, right, bottom))


def _holds(box: Box, inner: Box) -> bool:
    x, y = (inner.x0 + inner.x1) / 2, (inner.y0 + inner.y1) / 2
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1
