"""Rulings on a scan: long straight runs of ink."""

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
# Every so many pixels are looked at across a thickened ruling and along it: nothing that long is missed.
ACROSS, ALONG = 2, 4
# Pixels: grey edges of a ruling, painted over with it.
RIM = 2
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
        corner = (round(box.x0 * width) - RIM, round(box.y0 * height) - RIM)
        cv2.rectangle(mask, corner, (round(box.x1 * width) + RIM, round(box.y1 * height) + RIM), 255, -1)
    paper = int(np.percentile(image.pixels[::4, ::4], 75))
    pixels = image.pixels.copy()
    pixels[mask > 0] = paper
    return PageImage(image.number, pixels, image.dpi)


def _ink(image: PageImage) -> Pixels:
    reach = int(SURROUNDINGS * image.dpi) | 1
    depth = cv2.subtract(cv2.blur(image.pixels, (reach, reach)), image.pixels)
    return np.asarray(cv2.threshold(depth, INK_DEPTH, 255, cv2.THRESH_BINARY)[1], dtype=np.uint8)


def _runs(ink: Pixels, dpi: float, *, horizontal: bool) -> Pixels:
    """Ink that lies in straight runs of at least STROKE, gaps up to BRIDGE closed, SHORTEST long in all.

    Thinned across the runs by ACROSS.
    """
    # Straightening leaves steps of a pixel in a ruling: a little thickening joins them.
    thick = cv2.dilate(ink, np.ones((3, 1) if horizontal else (1, 3), np.uint8))
    thin = np.ascontiguousarray(thick[::ACROSS] if horizontal else thick[:, ::ACROSS])
    strokes = cv2.morphologyEx(thin, cv2.MORPH_OPEN, _bar(STROKE * dpi, horizontal))
    joined = cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, _bar(BRIDGE * dpi, horizontal))
    return np.asarray(cv2.morphologyEx(joined, cv2.MORPH_OPEN, _bar(SHORTEST * dpi, horizontal)), np.uint8)


def _bar(length: float, horizontal: bool) -> Pixels:
    size = (max(int(length), 1), 1) if horizontal else (1, max(int(length), 1))
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_RECT, size), dtype=np.uint8)


def _boxes(runs: Pixels, image: PageImage, *, horizontal: bool) -> list[Box]:
    """A box for each of the `runs` that is thin enough."""
    if not cv2.countNonZero(runs):
        return []
    small = np.ascontiguousarray(runs[:, ::ALONG] if horizontal else runs[::ALONG])
    steps = (ALONG, ACROSS) if horizontal else (ACROSS, ALONG)
    count, _, stats, _ = cv2.connectedComponentsWithStats(small, connectivity=8)
    return [
        _box((x, y), (x + w, y + h), steps, image)
        for x, y, w, h, _area in stats[1:count].tolist()
        if ACROSS * (h if horizontal else w) <= THICKEST * image.dpi
    ]


def _box(first: tuple[int, int], behind: tuple[int, int], steps: tuple[int, int], image: PageImage) -> Box:
    """All pixels that a run may cover of which every `steps`-th was looked at (across the page, down it)."""
    (width, height), (across, down) = image.size, steps
    x0, y0 = max(across * (first[0] - 1) + 1, 0), max(down * (first[1] - 1) + 1, 0)
    x1, y1 = min(across * behind[0], width), min(down * behind[1], height)
    return Box(image.number, x0 / width, y0 / height, x1 / width, y1 / height)
