"""Rulings of scans: seen where print is not, and painted over."""

import cv2
import numpy as np

import made_pages
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
