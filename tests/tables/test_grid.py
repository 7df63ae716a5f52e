"""Rulings of scans: seen where print is not, painted over, and doubtful cells read again."""

import cv2
import numpy as np

import made_pages
from kehoach.document.page import Box, Word
from kehoach.document.picture import PageImage
from kehoach.tables import grid, ruled


def scanned_table() -> PageImage:
    page = made_pages.picture(["Thực hiện Kế hoạch số 182 của Ủy ban nhân dân huyện"] * 3)
    for x in (300, 500, 1300):
        cv2.line(page.pixels, (x, 800), (x, 1100), 60, 3)
    for y in (800, 950, 1100):
        cv2.line(page.pixels, (300, y), (1300, y), 60, 3)
    noise = np.random.default_rng(7).normal(0, 6, page.pixels.shape)
    return PageImage(1, np.clip(page.pixels + noise, 0, 255).astype(np.uint8), page.dpi)


def test_the_grid_of_a_scan_is_found_and_print_is_no_ruling():
    page = scanned_table()
    found = grid.rulings(page)
    assert all(box.y0 > 0.3 for box in found)
    (table,) = ruled.grids(found, 1, page.pixels.shape[0] / page.pixels.shape[1])
    assert (table.row_count, table.column_count) == (2, 2)


def test_rulings_are_painted_over():
    page = scanned_table()
    clean = grid.without_rulings(page, grid.rulings(page))
    assert clean.pixels[790:1110, 290:1310].min() > 150
    assert page.pixels[790:1110, 290:1310].min() < 100


def test_a_cell_with_ink_and_no_word_is_read_again():
    page = scanned_table()
    cv2.putText(page.pixels, "7", (380, 900), cv2.FONT_HERSHEY_COMPLEX, 1.5, 0, 3)
    tables = ruled.grids(grid.rulings(page), 1, page.pixels.shape[0] / page.pixels.shape[1])
    asked: list[Box] = []

    def read_words(box: Box) -> tuple[Word, ...]:
        asked.append(box)
        return (Word("7", box, 0.95),)

    words = grid.reread_cells((), tables, page, read_words)
    assert [word.text for word in words] == ["7"] and len(asked) == 1


def test_a_surer_first_reading_stays():
    page = scanned_table()
    cv2.putText(page.pixels, "7", (380, 900), cv2.FONT_HERSHEY_COMPLEX, 1.5, 0, 3)
    tables = ruled.grids(grid.rulings(page), 1, page.pixels.shape[0] / page.pixels.shape[1])
    first = Word("7", Box(1, 0.23, 0.37, 0.25, 0.39), 0.7)
    assert grid.reread_cells((first,), tables, page, lambda box: (Word("1", box, 0.4),)) == (first,)
