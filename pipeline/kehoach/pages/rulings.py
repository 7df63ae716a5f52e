"""Rulings of a digital page: thin strokes and thin filled boxes among its paths."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from kehoach.document.page import Box
from kehoach.pages.glyphs import PageFrame
from kehoach.pages.objects import Thing, matrix_of, objects
from kehoach.pages.textlayer import frame

# Points: a path thinner than this is one ruling; of a wider one each straight side is.
THIN = 3.0
# Points: shorter strokes are ornament or parts of drawn letters.
SHORT = 6.0
# Paths and segments beyond these make a drawing, not tables.
MAX_PATHS, MAX_SEGMENTS = 20_000, 400

Point = tuple[float, float]


def rulings(page: pdfium.PdfPage, number: int, quarters: int = 0) -> tuple[Box, ...]:
    """Thin boxes in page fractions, horizontal and vertical, in content order.

    quarters: by how many the page's text is turned; the fractions are those of the page turned upright.
    """
    page_frame = frame(page).turned(quarters)
    paths = islice(objects(page, (raw.FPDF_PAGEOBJ_PATH,)), MAX_PATHS)
    boxes = [_box(one, other, page_frame, number) for path in paths for one, other in _sides(path)]
    return tuple(box for box in boxes if 0 <= box.x0 <= box.x1 <= 1 and 0 <= box.y0 <= box.y1 <= 1)


def _sides(path: Thing) -> Iterator[tuple[Point, Point]]:
    """Opposite corners of each ruling of a path, in points of the page's space."""
    one, other = _bounds(path.handle)
    if path.level:
        one, other = path.matrix.on_point(*one), path.matrix.on_point(*other)
    width, height = _extent(one, other)
    if max(width, height) < SHORT:
        return
    if min(width, height) <= THIN:
        yield one, other
        return
    for start, end in _straight(path) if _is_stroked(path.handle) else ():
        along, across = sorted(_extent(start, end), reverse=True)
        if along >= SHORT and across <= THIN / 2:
            yield start, end


def _is_stroked(path: Any) -> bool:
    """A path that is only filled is a ground of colour: its sides are no rulings."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    return bool(stroke.value)


def _extent(one: Point, other: Point) -> Point:
    return abs(other[0] - one[0]), abs(other[1] - one[1])


def _bounds(path: Any) -> tuple[Point, Point]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(path, left, bottom, right, top)
    return (left.value, bottom.value), (right.value, top.value)


def _straight(path: Thing) -> Iterator[tuple[Point, Point]]:
    """Straight segments of a path, closing ones included, in points of the page's space."""
    count = min(raw.FPDFPath_CountSegments(path.handle), MAX_SEGMENTS)
    matrix = matrix_of(path.handle).multiply(path.matrix)
    points, closed, curved = [], [], []
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(path.handle, index)
        x, y = ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(matrix.on_point(x.value, y.value))
        kind = raw.FPDFPathSegment_GetType(segment)
        closed.append(kind == raw.FPDF_SEGMENT_MOVETO)
        curved.append(kind == raw.FPDF_SEGMENT_BEZIERTO)
    start = 0
    for index, (one, other) in enumerate(pairwise(points), 1):
        if closed[index]:
            yield points[index - 1], points[start]
            start = index
        elif not curved[index]:
            yield one, other
    if points:
        yield points[-1], points[start]


def _box(one: Point, other: Point, page_frame: PageFrame, number: int) -> Box:
    x0, y0 = page_frame.fractions(*one)
    x1, y1 = page_frame.fractions(*other)
    return Box(number, min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
