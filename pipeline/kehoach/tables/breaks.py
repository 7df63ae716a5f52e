"""Lines of a cell that end before they are full: what follows begins anew, as one unit below another does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from kehoach.document.page import Box, GridCell, Line

PADDING = 0.03  # page widths between a cell's rulings and its words, both sides together
SPACE = 0.01  # page widths of the space between two words, and of what a measure may be off


def with_breaks(cell: GridCell) -> tuple[Line, ...]:
    """The lines of a cell; those before whose first word the line above had room are said to open.

    A cell without a box, or lines without words, show nothing and stay as they are.
    """
    if cell.box is None or not cell.lines:
        return cell.lines
    return (cell.lines[0], *_judged(cell.lines, cell.box))


def _judged(lines: tuple[Line, ...], around: Box) -> Iterator[Line]:
    room = around.x1 - around.x0 - PADDING
    for before, line in pairwise(lines):
        if before.box is None or not line.words or before.page != line.page:
            yield line
            continue
        first = line.words[0].box
        needed = before.box.x1 - before.box.x0 + SPACE + first.x1 - first.x0
        yield replace(line, opens=True) if line.opens is None and needed < room else line
