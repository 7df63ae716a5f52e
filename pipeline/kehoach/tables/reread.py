"""Doubtful cells of a scanned table read again: single figures lost in narrow columns, texts read badly."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np

from kehoach.document.page import Box, Grid, Word
from kehoach.document.picture import PageImage

# Recognises the words of a part of the page, given in fractions; their boxes are fractions of the page.
ReadWords = Callable[[Box], tuple[Word, ...]]

# Inches: what lies this near to a cell's edge is its ruling.
EDGE = 0.02
# Confidence from which a cell's words are not read again.
SURE = 0.8
# Strokes without a word from which a cell is read again although its words are sure.
UNREAD_STROKES = 2
# Words: a cell with more is text, in which a speck is likelier than a lost word.
FEW_WORDS = 4
# Confidence of its least sure word below which a text is read again.
UNSURE_TEXT = 0.5
# Confidence of its least sure word that a second reading of a sure cell needs.
NEARLY_SURE = 0.6
# Inches: the height of the smallest figure; grey levels that it is darker than the cell's paper.
LEAST_FIGURE, CELL_INK_DEPTH = 0.06, 50


def reread_cells(
    words: Sequence[Word], grids: Sequence[Grid], image: PageImage, read_words: ReadWords
) -> tuple[Word, ...]:
    """`words` with doubtful cells read one by one: those with ink but no word, and those read unsurely.

    A page's recogniser loses single figures in narrow columns. The surer reading of a cell stays.
    """
    out = list(words)
    for box in (cell.box for table in grids for cell in table.cells):
        if box is None:
            continue
        inner = _inner(box, image)
        inside = [word for word in out if _holds(box, word.box)]
        if not _is_doubtful(inside, inner, image):
            continue
        fresh = read_words(inner)
        if _is_better(fresh, inside):
            out = [word for word in out if word not in inside] + list(fresh)
    return tuple(out)


def _is_doubtful(words: Sequence[Word], inner: Box, image: PageImage) -> bool:
    """Whether a cell is worth a second reading; a long text costs most, so it must be badly read."""
    if len(words) > FEW_WORDS:
        return _certainty(words) < UNSURE_TEXT
    unread = _unread_strokes(image, inner, words)
    return unread >= UNREAD_STROKES if _is_sure(words) else bool(words or unread)


def _inner(box: Box, image: PageImage) -> Box:
    """The cell without its rulings."""
    width, height = image.size
    x, y = min(EDGE * image.dpi / width, box.width / 4), min(EDGE * image.dpi / height, box.height / 4)
    return Box(box.page, box.x0 + x, box.y0 + y, box.x1 - x, box.y1 - y)


def _is_sure(words: Sequence[Word]) -> bool:
    return bool(words) and _certainty(words) >= SURE and all(any(map(str.isalnum, one.text)) for one in words)


def _certainty(words: Sequence[Word]) -> float:
    """Confidence of the least sure word that has a letter or figure; 0.0 without one."""
    known = [word.confidence or 0.0 for word in words if any(map(str.isalnum, word.text))]
    return min(known, default=0.0)


def _is_better(fresh: Sequence[Word], before: Sequence[Word]) -> bool:
    """Surer where the first reading was unsure; where it was sure, nearly as sure and more."""
    if not _is_sure(before):
        return _certainty(fresh) > _certainty(before)
    return _certainty(fresh) >= NEARLY_SURE and _weight(fresh) > _weight(before)


def _weight(words: Sequence[Word]) -> float:
    """Letters and figures, those that are surely read counting more."""
    return sum(sum(map(str.isalnum, word.text)) * (word.confidence or 0.0) ** 2 for word in words)


def _unread_strokes(image: PageImage, box: Box, words: Sequence[Word]) -> int:
    """Strokes as high as a figure in `box` that no word covers."""
    width, height = image.size
    rows = slice(int(box.y0 * height), int(box.y1 * height) + 1)
    columns = slice(int(box.x0 * width), int(box.x1 * width) + 1)
    part = image.pixels[rows, columns]
    if not part.size:
        return 0
    ink = (part < float(np.median(part)) - CELL_INK_DEPTH).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    strokes = [
        Box(
            box.page,
            (columns.start + x) / width,
            (rows.start + y) / height,
            (columns.start + x + w) / width,
            (rows.start + y + h) / height,
        )
        for x, y, w, h, _area in stats[1:count].tolist()
        if h >= LEAST_FIGURE * image.dpi
    ]
    return sum(1 for stroke in strokes if not any(_holds(word.box, stroke) for word in words))


def _holds(box: Box, inner: Box) -> bool:
    x, y = (inner.x0 + inner.x1) / 2, (inner.y0 + inner.y1) / 2
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1
