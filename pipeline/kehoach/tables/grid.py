"""Rulings on a scan (long straight runs of ink), and cells that are read one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np

from kehoach.document.page import Box, Grid, Word
from kehoach.document.picture import PageImage, Pixels

# Recognises the words of a part of the page, given in fractions; their boxes are fractions of the page.
ReadWords = Callable[[Box], tuple[Word, ...]]

# Inches: a run of ink at least this long is a ruling (a capital letter's stroke is under 0.15).
SHORTEST = 0.32
# Inches: unbroken pieces of a ruling; no letter has a straight stroke as long as this.
STROKE = 0.2
# Inches: gaps in faint rulings up to this are bridged.
BRIDGE = 0.12
# Inches: thicker runs are bars or shadows, no rulings.
THICKEST = 0.05
# Pixels: grey edges of a ruling, painted over with it.
RIM = 2
# Grey levels that ink is darker than its surroundings.
INK_DEPTH = 22
# Inches: what lies this near to a cell's edge is its ruling.
EDGE = 0.02
# Confidence from which a cell's words are not read again.
SURE = 0.8
# Strokes without a word from which a cell is read again although its words are sure.
UNREAD_STROKES = 2
# Words: a cell with more is text, in which a speck is likelier than a lost word.
FEW_WORDS = 4
# Confidence of its least sure word that a second reading of a sure cell needs.
NEARLY_SURE = 0.6
# Inches: the height of the smallest figure; grey levels that it is darker than the cell's paper.
LEAST_FIGURE, CELL_INK_DEPTH = 0.06, 50
# Inches around a pixel that count as its surroundings.
SURROUNDINGS = 0.25


def rulings(image: PageImage) -> tuple[Box, ...]:
    """Thin boxes in fractions of `image` (grey, straight), horizontal ones first."""
    ink = _ink(image)
    flat = _runs(ink, image.dpi, horizontal=True)
    tall = _runs(ink, image.dpi, horizontal=False)
    return (*_boxes(flat, image, horizontal=True), *_boxes(tall, image, horizontal=False))


def without_rulings(image: PageImage, found: Sequence[Box]) -> PageImage:
    """`image` with the rulings painted over in the colour of the paper beside them."""
    width, height = image.size
    mask = np.zeros((height, width), np.uint8)
    for box in found:
        corner = (round(box.x0 * width) - RIM, round(box.y0 * height) - RIM)
        cv2.rectangle(mask, corner, (round(box.x1 * width) + RIM, round(box.y1 * height) + RIM), 255, -1)
    paper = int(np.percentile(image.pixels[::4, ::4], 75))
    pixels = image.pixels.copy()
    pixels[mask > 0] = paper
    return PageImage(image.number, pixels, image.dpi)


def _ink(image: PageImage) -> Pixels:
    reach = int(SURROUNDINGS * image.dpi) | 1
    light = cv2.blur(image.pixels, (reach, reach))
    depth = cv2.subtract(light, image.pixels)
    return np.asarray((depth > INK_DEPTH) * np.uint8(255), dtype=np.uint8)


def _runs(ink: Pixels, dpi: float, *, horizontal: bool) -> Pixels:
    """Ink that lies in straight runs of at least STROKE, gaps up to BRIDGE closed, SHORTEST long in all."""
    # Straightening leaves steps of a pixel in a ruling: a little thickening joins them.
    thick = cv2.dilate(ink, np.ones((3, 1) if horizontal else (1, 3), np.uint8))
    strokes = cv2.morphologyEx(thick, cv2.MORPH_OPEN, _bar(STROKE * dpi, horizontal))
    joined = cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, _bar(BRIDGE * dpi, horizontal))
    return np.asarray(cv2.morphologyEx(joined, cv2.MORPH_OPEN, _bar(SHORTEST * dpi, horizontal)), np.uint8)


def _bar(length: float, horizontal: bool) -> Pixels:
    size = (max(int(length), 1), 1) if horizontal else (1, max(int(length), 1))
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_RECT, size), dtype=np.uint8)


def _boxes(runs: Pixels, image: PageImage, *, horizontal: bool) -> list[Box]:
    if not cv2.countNonZero(runs):
        return []
    width, height = image.size
    count, _, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    out = []
    for x, y, w, h, _area in stats[1:count].tolist():
        if (h if horizontal else w) <= THICKEST * image.dpi:
            out.append(Box(image.number, x / width, y / height, (x + w) / width, (y + h) / height))
    return out


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
        unread = _unread_strokes(image, inner, inside)
        if _is_sure(inside) and (unread < UNREAD_STROKES or len(inside) > FEW_WORDS):
            continue
        if not inside and not unread:
            continue
        fresh = read_words(inner)
        if _is_better(fresh, inside):
            out = [word for word in out if word not in inside] + list(fresh)
    return tuple(out)


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
