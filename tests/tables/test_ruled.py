"""Grids from rulings: merged cells span, holes are filled, boxes of drawings are no tables."""

from hypothesis import given
from hypothesis import strategies as st

import made_pages
from kehoach.document.page import Box, Grid
from kehoach.tables import ruled


def rule(x0: float, y0: float, x1: float, y1: float) -> Box:
    return Box(1, x0 / 595, y0 / 842, x1 / 595, y1 / 842)


def lattice(xs: list[float], ys: list[float]) -> list[Box]:
    flat = [rule(xs[0], y, xs[-1], y) for y in ys]
    return flat + [rule(x, ys[0], x, ys[-1]) for x in xs]


def places(grid: Grid) -> list[tuple[int, int]]:
    return [
        (row, column)
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    ]


def test_a_lattice_is_a_grid_of_its_cells():
    (grid,) = ruled.grids(lattice([80, 200, 320, 500], [100, 140, 200]), 1, made_pages.RATIO)
    assert (grid.row_count, grid.column_count, len(grid.cells)) == (2, 3, 6)


def test_a_head_of_two_levels_has_cells_that_span():
    rules = [rule(80, y, 500, y) for y in (100, 160, 220)] + [rule(200, 130, 500, 130)]
    rules += [rule(x, 100, x, 220) for x in (80, 200, 500)] + [rule(350, 130, 350, 220)]
    (grid,) = ruled.grids(rules, 1, made_pages.RATIO)
    spans = {(cell.row, cell.column): (cell.row_span, cell.column_span) for cell in grid.cells}
    assert spans[0, 0] == (2, 1) and spans[0, 1] == (1, 2)


@given(st.sets(st.integers(0, 9), min_size=1, max_size=6))
def test_every_place_is_covered_once_whatever_rulings_are_lost(lost):
    rules = [one for i, one in enumerate(lattice([80, 200, 320, 500], [100, 140, 200, 260])) if i not in lost]
    for grid in ruled.grids(rules, 1, made_pages.RATIO):
        assert sorted(places(grid)) == [
            (row, column) for row in range(grid.row_count) for column in range(grid.column_count)
        ]


def test_frames_and_underlines_are_no_tables():
    frame = lattice([80, 500], [100, 140])
    stamp = lattice([80, 120, 180], [300, 330, 360])
    assert ruled.grids([*frame, *stamp, rule(80, 500, 200, 500)], 1, made_pages.RATIO) == ()
