"""Words and grids of one page become its flow: printed lines and tables in reading order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kehoach.document.page import Box, Grid, GridCell, Line, Role, Word
from kehoach.layout.columns import RIGHT_COLUMN, Zone, with_split_head, zones
from kehoach.layout.lone import LONE_WORDS, reseated
from kehoach.layout.opens import with_openings
from kehoach.layout.roles import with_roles
from kehoach.layout.stamps import without_stamps
from kehoach.layout.strips import Strip, around, bands, joined, strips

# A drawn rule that a font or a recogniser gives as characters.
_ORNAMENT = re.compile(r"^[\W_]*[─—_–=~-]{4,}[\W_]*$|^[─—]+$")

# Letters: no name or office beside the recipients is shorter ("Lê An").
SHORTEST_NAME = 4
# Mean confidence under which a line of the foot is no print.
SURE_ENOUGH = 0.45
# The same for a word or two alone in the body: specks and edges of the paper are read with less.
BARELY_READ = 0.35


def lines(
    words: Sequence[Word], grids: Sequence[Grid], ratio: float, rulings: Sequence[Box] = ()
) -> tuple[Line | Grid, ...]:
    """The page's flow. `ratio`: page height to width; `rulings`: thin boxes, used to find footnotes.

    Grids come with empty cells and leave with the words that stand in them.
    """
    text, stamps = without_stamps(words)
    rest, filled = list(text), []
    for grid in grids:
        inside = [word for word in rest if grid.box is not None and _holds(grid.box, word.box)]
        rest = [word for word in rest if not _holds(grid.box, word.box)] if grid.box is not None else rest
        filled.append(_filled(grid, inside, ratio))
    page = max((grid.page for grid in grids), default=words[0].box.page if words else 1)
    flow = _merged(_printed(rest, ratio, page), filled)
    flow = with_roles(flow, rulings, ratio)
    return (*with_openings(flow, ratio), *stamps)


def page_text(flow: Sequence[Line | Grid]) -> str:
    """What `pages.text` stores: lines, table rows with tabs, footnotes last; no stamps, no page number."""
    out: list[str] = []
    notes: list[str] = []
    for part in flow:
        if isinstance(part, Grid):
            out.extend(_rows(part))
        elif part.role is Role.FOOTNOTE:
            notes.append(part.text)
        elif part.role not in (Role.PAGE_NUMBER, Role.STAMP):
            out.append(part.text)
    return "\n".join(text for text in (*out, *notes) if text.strip())


def _rows(grid: Grid) -> list[str]:
    at = {(cell.row, cell.column): " ".join(line.text for line in cell.lines) for cell in grid.cells}
    rows = [
        "\t".join(at.get((row, column), "") for column in range(grid.column_count))
        for row in range(grid.row_count)
    ]
    return [row for row in rows if row.strip()]


def _holds(box: Box, inner: Box) -> bool:
    x, y = (inner.x0 + inner.x1) / 2, (inner.y0 + inner.y1) / 2
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1


def _filled(grid: Grid, words: Sequence[Word], ratio: float) -> Grid:
    cells = tuple(_filled_cell(cell, words, ratio, grid.page) for cell in grid.cells)
    return replace(grid, cells=cells)


def _filled_cell(cell: GridCell, words: Sequence[Word], ratio: float, page: int) -> GridCell:
    inside = [word for word in words if cell.box is not None and _holds(cell.box, word.box)]
    flow = tuple(_line([*band.strips], page) for band in bands(strips(inside, ratio)))
    return replace(cell, lines=tuple(part for part in with_openings(flow, ratio) if isinstance(part, Line)))


def _printed(words: Sequence[Word], ratio: float, page: int) -> list[Line]:
    found = bands(with_split_head(strips(words, ratio)))
    made: list[Line] = []
    at = 0
    for zone in zones(found):
        made.extend(_line(band.strips, page) for band in found[at : zone.first])
        made.extend(_zone_lines(zone, page))
        at = zone.last + 1
    made.extend(_line(band.strips, page) for band in found[at:])
    kept = [line for line in made if not (_ORNAMENT.match(line.text) or _is_scribble(line))]
    return reseated(kept)


def _is_scribble(line: Line) -> bool:
    """What a recogniser makes of a signature or a seal: few letters, or none surely read."""
    sure = [word.confidence for word in line.words if word.confidence is not None]
    letters = sum(char.isalpha() for char in line.text)
    if line.role is Role.HEAD and sure:
        return not any(map(str.isalnum, line.text))
    if line.role is Role.BODY and sure and len(line.words) <= LONE_WORDS:
        return sum(sure) / len(sure) < BARELY_READ and not any(map(str.isdigit, line.text))
    if line.role is not Role.FOOT or not sure:
        return False
    beside = line.box is not None and line.box.x0 > RIGHT_COLUMN
    return letters < (SHORTEST_NAME if beside else 1) or sum(sure) / len(sure) < SURE_ENOUGH


def _zone_lines(zone: Zone, page: int) -> list[Line]:
    return [_line(strips_of_line, page, zone.role) for strips_of_line in zone.lines]


def _line(parts: Sequence[Strip], page: int, role: Role = Role.BODY) -> Line:
    words = tuple(sorted((word for strip in parts for word in strip.words), key=lambda word: word.box.x0))
    text = joined(words)
    return Line(text, page, around(word.box for word in words), words, role, bold_length=_bold_length(words))


def _bold_length(words: Sequence[Word]) -> int:
    """Characters of the leading words in bold letters."""
    count = 0
    for word in words:
        if not word.bold:
            break
        count += 1
    return len(joined(words[:count]))


def _merged(printed: Sequence[Line], grids: Sequence[Grid]) -> tuple[Line | Grid, ...]:
    """Grids put between the lines above and below them; the order of lines stays."""
    flow: list[Line | Grid] = list(printed)
    for grid in sorted(grids, key=_top):
        at = next((i for i, part in enumerate(flow) if _below(part, grid)), len(flow))
        flow.insert(at, grid)
    return tuple(flow)


def _top(part: Line | Grid) -> float:
    return part.box.y0 if part.box is not None else 0.0


def _below(part: Line | Grid, grid: Grid) -> bool:
    """Whether all of `part` stands lower than the grid's upper half; beside it counts as above."""
    if part.box is None or grid.box is None:
        return False
    return (part.box.y0 + part.box.y1) / 2 > (grid.box.y0 + grid.box.y1) / 2
