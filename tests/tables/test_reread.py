"""Doubtful cells of a scanned table are read again, and the surer reading stays."""

import cv2
import pytest

import made_pages
from kehoach.document.page import Box, Grid, Word
from kehoach.document.picture import PageImage
from kehoach.tables import grid, reread, ruled


@pytest.fixture
def page() -> PageImage:
    page = made_pages.picture([])
    for x in (300, 500, 1300):
        cv2.line(page.pixels, (x, 800), (x, 1100), 60, 3)
    for y in (800, 950, 1100):
        cv2.line(page.pixels, (300, y), (1300, y), 60, 3)
    cv2.putText(page.pixels, "7", (380, 900), cv2.FONT_HERSHEY_COMPLEX, 1.5, 0, 3)
    return page


@pytest.fixture
def tables(page: PageImage) -> tuple[Grid, ...]:
    return ruled.grids(grid.rulings(page), 1, page.pixels.shape[0] / page.pixels.shape[1])


def text_of(confidence: float) -> tuple[Word, ...]:
    """Six words in the table's first row, the last of them as sure as said."""
    boxes = [Box(1, 0.40 + i / 30, 0.37, 0.42 + i / 30, 0.39) for i in range(6)]
    return tuple(Word("chữ", box, confidence if i == 5 else 0.95) for i, box in enumerate(boxes))


def test_a_cell_with_ink_and_no_word_is_read_again(page, tables):
    asked: list[Box] = []

    def read_words(box: Box) -> tuple[Word, ...]:
        asked.append(box)
        return (Word("7", box, 0.95),)

    words = reread.reread_cells((), tables, page, read_words)
    assert [word.text for word in words] == ["7"] and len(asked) == 1


def test_a_surer_first_reading_stays(page, tables):
    first = Word("7", Box(1, 0.23, 0.37, 0.25, 0.39), 0.7)
    assert reread.reread_cells((first,), tables, page, lambda box: (Word("1", box, 0.4),)) == (first,)


@pytest.mark.parametrize(("confidence", "times"), [(0.3, 1), (0.7, 0)])
def test_a_text_is_read_again_only_where_it_is_badly_read(page, tables, confidence, times):
    first = (Word("7", Box(1, 0.23, 0.37, 0.25, 0.39), 0.95), *text_of(confidence))
    asked: list[Box] = []
    reread.reread_cells(first, tables, page, lambda box: asked.append(box) or ())
    assert len(asked) == times
