"""Tables by their rulings: thin boxes become grids of empty cells, merged cells included."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pdfplumber import table as plumber

from kehoach.document.page import Box, Grid, GridCell

# Points on the virtual page: rulings this near are one, ends this near meet (pdfplumber takes 3).
SNAP, JOIN, MEET = 3.0, 3.0, 4.0
# Points: a ruling shorter than this is a stroke of ornament.
MIN_RULING = 8.0
# Points: columns and rows narrower than this are double rulings.
MIN_CELL = 6.0
MIN_WIDTH = 150.0  # points: narrower grids are stamps and boxes of drawings
WIDTH = 595.0  # points; the virtual page is as wide as A4

Edge = dict[str, Any]


def grids(rulings: Sequence[Box], page: int, ratio: float) -> tuple[Grid, ...]:
    """Grids of at least two columns, from top to bottom; cells carry boxes and no lines yet.

    rulings: thin boxes in fractions of the page; `ratio`: page height to width.
    """
    edges = [_edge(box, ratio) for box in rulings]
    edges = [edge for edge in edges if _length(edge) >= MIN_RULING]
    merged = plumber.merge_edges(edges, SNAP, SNAP, JOIN, JOIN)
    crossings = plumber.edges_to_intersections(merged, MEET, MEET)
    cells = plumber.intersections_to_cells(crossings)
    found = [_grid(group, page, ratio) for group in plumber.cells_to_tables(cells)]
    return tuple(sorted((grid for grid in found if grid), key=lambda grid: grid.box.y0 if grid.box else 0.0))


def _edge(box: Box, ratio: float) -> Edge:
    """A ruling as pdfplumber wants it: its middle line, in points."""
    x0, x1 = box.x0 * WIDTH, box.x1 * WIDTH
    top, bottom = box.y0 * WIDTH * ratio, box.y1 * WIDTH * ratio
    flat = x1 - x0 >= bottom - top
    if flat:
        top = bottom = (top + bottom) / 2
    else:
        x0 = x1 = (x0 + x1) / 2
    return {
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
        "orientation": "h" if flat else "v",
        "object_type": "line",
    }


def _length(edge: Edge) -> float:
    return float(max(edge["width"], edge["height"]))


def _grid(cells: Sequence[tuple[float, float, float, float]], page: int, ratio: float) -> Grid | None:
    cells = [cell for cell in cells if cell[2] - cell[0] >= MIN_CELL and cell[3] - cell[1] >= MIN_CELL]
    columns = _stops([x for cell in cells for x in (cell[0], cell[2])])
    rows = _stops([y for cell in cells for y in (cell[1], cell[3])])
    if len(columns) < 3 or columns[-1] - columns[0] < MIN_WIDTH:
        return None
    placed = [_cell(cell, columns, rows, page, ratio) for cell in cells]
    whole = _complete(placed, len(rows) - 1, len(columns) - 1, (columns, rows), page, ratio)
    box = _box(page, ratio, columns[0], rows[0], columns[-1], rows[-1])
    return Grid(page, len(rows) - 1, len(columns) - 1, whole, box)


def _stops(values: Sequence[float]) -> list[float]:
    """Positions of rulings, those nearer than a cell's least size taken as one."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] >= MIN_CELL:
            out.append(value)
    return out


def _nearest(value: float, stops: Sequence[float]) -> int:
    return min(range(len(stops)), key=lambda index: abs(stops[index] - value))


def _cell(
    cell: tuple[float, float, float, float],
    columns: Sequence[float],
    rows: Sequence[float],
    page: int,
    ratio: float,
) -> GridCell:
    column, row = _nearest(cell[0], columns), _nearest(cell[1], rows)
    width, height = _nearest(cell[2], columns) - column, _nearest(cell[3], rows) - row
    return GridCell(row, column, (), max(height, 1), max(width, 1), _box(page, ratio, *cell))


def _complete(
    placed: Sequence[GridCell],
    row_count: int,
    column_count: int,
    stops: tuple[Sequence[float], Sequence[float]],
    page: int,
    ratio: float,
) -> tuple[GridCell, ...]:
    """Every place covered exactly once: cells that overlap are dropped, holes become cells of their own."""
    taken: set[tuple[int, int]] = set()
    kept: list[GridCell] = []
    for cell in placed:
        if not (places := _places(cell)) & taken:
            taken |= places
            kept.append(cell)
    columns, rows = stops
    for row in range(row_count):
        for column in range(column_count):
            if (row, column) not in taken:
                box = _box(page, ratio, columns[column], rows[row], columns[column + 1], rows[row + 1])
                kept.append(GridCell(row, column, (), 1, 1, box))
    return tuple(sorted(kept, key=lambda cell: (cell.row, cell.column)))


def _places(cell: GridCell) -> set[tuple[int, int]]:
    return {
        (row, column)
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    }


def _box(page: int, ratio: float, x0: float, top: float, x1: float, bottom: float) -> Box:
    tall = WIDTH * ratio
    return Box(page, x0 / WIDTH, top / tall, x1 / WIDTH, bottom / tall)
