"""What a PDF page paints besides text: pictures and paths, with the forms that they stand in.

pypdfium2 wraps every object of a page, letters too; a page has a thousand of those and few of these.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

DEPTH = 4  # form objects within form objects that are looked into


class Thing(NamedTuple):
    """A page object. `matrix` leads from the space of the form that holds it to the page's; `level`: how many
    forms it stands in."""

    handle: Any
    kind: int
    matrix: pdfium.PdfMatrix
    level: int


def objects(page: pdfium.PdfPage, kinds: tuple[int, ...]) -> Iterator[Thing]:
    """Objects of these `kinds` (`FPDF_PAGEOBJ_…`) in content order, forms looked into."""
    count, get = raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject
    yield from _inside(page.raw, count, get, kinds, pdfium.PdfMatrix(), 0)


def _inside(
    holder: Any, count: Any, get: Any, kinds: tuple[int, ...], matrix: pdfium.PdfMatrix, level: int
) -> Iterator[Thing]:
    kind_of = raw.FPDFPageObj_GetType
    for index in range(count(holder)):
        handle = get(holder, index)
        kind = kind_of(handle)
        if kind in kinds:
            yield Thing(handle, kind, matrix, level)
        if kind == raw.FPDF_PAGEOBJ_FORM and level < DEPTH - 1:
            own = matrix_of(handle).multiply(matrix)
            yield from _inside(
                handle, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, kinds, own, level + 1
            )


def matrix_of(handle: Any) -> pdfium.PdfMatrix:
    """An object's own matrix."""
    values = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(handle, values)
    return pdfium.PdfMatrix.from_raw(values)
