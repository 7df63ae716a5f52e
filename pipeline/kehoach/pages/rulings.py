"""Rulings of a digital page: thin strokes and thin filled boxes among its paths."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from kehoach.document.page import Box
from kehoach.pages.textlayer import PageFrame, frame

# Points: a path thinner than this is one ruling; of a wider one each straight side is.
THIN = 3.0
# Points: shorter strokes are ornament or parts of drawn letters.
SHORT = 6.0
# Paths and segments beyond these make a drawing, not tables.
MAX_PATHS, MAX_SEGMENTS = 20_000, 400
_DEPTH = 4  # form objects within form objects that are looked into

Point = tuple[float, float]


def rulings(page: pdfium.PdfPage, number: int) -> tuple[Box, ...]:
    """Thin boxes in page fractions, horizontal and vertical, in content order."""
    page_frame = frame(page)
    out: list[Box] = []
    for index, path in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=_DEPTH)):
        if index >= MAX_PATHS:
            break
        out.extend(_box(one, other, page_frame, number) for one, other in _sides(path))
    return tuple(box for box in out if 0 <= box.x0 <= box.x1 <= 1 and 0 <= box.y0 <= box.y1 <= 1)


def _sides(path: pdfium.PdfObject) -> Iterator[tuple[Point, Point]]:
    """Opposite corners of each ruling of a path, in points of the page's space."""
    matrix = _matrix(path)
    corners = _bounds(path)
    one, other = matrix.on_point(*corners[0]), matrix.on_point(*corners[1])
    width, height = abs(other[0] - one[0]), abs(other[1] - one[1])
    if path.container is None:
        one, other, width, height = *corners, *_extent(*corners)
    if max(width, height) < SHORT:
        return
    if min(width, height) <= THIN:
        yield one, other
        return
    for start, end in _straight(path) if _is_stroked(path) else ():
        along, across = sorted(_extent(start, end), reverse=True)
        if along >= SHORT and across <= THIN / 2:
            yield start, end


def _is_stroked(path: pdfium.PdfObject) -> bool:
    """A path that is only filled is a ground of colour: its sides are no rulings."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    return bool(stroke.value)


def _extent(one: Point, other: Point) -> Point:
    return abs(other[0] - one[0]), abs(other[1] - one[1])


def _matrix(path: pdfium.PdfObject) -> pdfium.PdfMatrix:
    """From the space of the form that holds the path (if one does) to the page's."""
    matrix, holder = pdfium.PdfMatrix(), path.container
    while holder is not None:
        matrix = matrix.multiply(holder.get_matrix())
        holder = holder.container
    return matrix


def _bounds(path: pdfium.PdfObject) -> tuple[Point, Point]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(path, left, bottom, right, top)
    return (left.value, bottom.value), (right.value, top.value)


def _straight(path: pdfium.PdfObject) -> Iterator[tuple[Point, Point]]:
    """Straight segments of a path, closing ones included, in points of the page's space."""
    count = min(raw.FPDFPath_CountSegments(path), MAX_SEGMENTS)
    matrix = path.get_matrix().multiply(_matrix(path))
    points, closed, curved = [], [], []
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, index)
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
