"""Rulings on a scan: long straight runs of ink, found by opening, so that the grid can be built as on paper."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from kehoach.document.page import Box
from kehoach.document.picture import PageImage, Pixels

# Inches: a run of ink at least this long is a ruling (a capital letter's stroke is under 0.15).
SHORTEST = 0.32
# Inches: unbroken pieces of a ruling; no letter has a straight stroke as long as this.
STROKE = 0.2
# Inches: gaps in faint rulings up to this are bridged.
BRIDGE = 0.12
# Inches: thicker runs are bars or shadows, no rulings.
THICKEST = 0.05
# Grey levels that ink is darker than its surroundings.
INK_DEPTH = 22
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
        corner = (round(box.x0 * width) - 1, round(box.y0 * height) - 1)
        cv2.rectangle(mask, corner, (round(box.x1 * width) + 1, round(box.y1 * height) + 1), 255, -1)
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
