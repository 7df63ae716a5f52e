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
        if _is_sure(inside) or not _has_ink(image, inner):
            continue
        fresh = read_words(inner)
        if _certainty(fresh) > _certainty(inside):
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


def _has_ink(image: PageImage, box: Box) -> bool:
    width, height = image.size
    rows = slice(int(box.y0 * height), int(box.y1 * height) + 1)
    columns = slice(int(box.x0 * width), int(box.x1 * width) + 1)
    part = image.pixels[rows, columns]
    if not part.size:
        return False
    ink = (part < float(np.median(part)) - CELL_INK_DEPTH).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    return any(h >= LEAST_FIGURE * image.dpi for *_, h, _area in stats[1:count].tolist())


def _holds(box: Box, inner: Box) -> bool:
    x, y = (inner.x0 + inner.x1) / 2, (inner.y0 + inner.y1) / 2
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1
