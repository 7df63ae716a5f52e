"""Pages as people are shown them: small pictures on a screen, cuts of a page as evidence.

Boxes of facts are fractions of these pictures: both show the page as it was sent.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from threading import Lock

import cv2
import numpy as np
import pypdfium2 as pdfium

from kehoach.document.page import Box
from kehoach.document.picture import PageImage
from kehoach.pages import pdf, render

PDF_TYPE, PICTURE_TYPES = "application/pdf", "image/"
SCREEN_DPI = 110.0  # small print stays legible, a page weighs about 100 kB
QUALITY = 80  # of 100, for JPEG and WebP
MARGIN = 0.01  # of the page, around a cut
_pdfium = Lock()  # pdfium must not be called from two threads at once


class Picture(StrEnum):
    """How a picture is written: the suffix of its file."""

    PNG = ".png"
    JPEG = ".jpg"
    WEBP = ".webp"


def has_pictures(media_type: str) -> bool:
    """Whether pages of such a file can be shown; Word files and text have no pages of their own."""
    return media_type == PDF_TYPE or media_type.startswith(PICTURE_TYPES)


def shown(path: Path, media_type: str, number: int, dpi: float = SCREEN_DPI) -> PageImage | None:
    """Page `number` (1-based) of a PDF or picture file at `dpi`; None where there is no such page or nothing
    to show. Safe to call from several threads. Raises Encrypted, Damaged, EmptyFile.
    """
    if not has_pictures(media_type) or number < 1:
        return None
    with _pdfium:
        return _of_pdf(path, number, dpi) if media_type == PDF_TYPE else _of_photo(path, number, dpi)


def _of_pdf(path: Path, number: int, dpi: float) -> PageImage | None:
    document, _data = pdf.open_pdf(path)
    try:
        return render.picture(document[number - 1], number, dpi) if number <= len(document) else None
    except (pdfium.PdfiumError, ValueError):
        return None
    finally:
        document.close()


def _of_photo(path: Path, number: int, dpi: float) -> PageImage | None:
    found = render.photo(path, number)
    if found is None or found.dpi <= dpi:
        return found
    share = dpi / found.dpi
    small = cv2.resize(found.pixels, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    return PageImage(number, np.asarray(small, dtype=np.uint8), dpi)


def cut(image: PageImage, box: Box, margin: float = MARGIN) -> PageImage:
    """The part of the page inside `box` with `margin` (a fraction of the page) on all sides."""
    width, height = image.size
    left, right = _edges(box.x0 - margin, box.x1 + margin, width)
    top, bottom = _edges(box.y0 - margin, box.y1 + margin, height)
    return PageImage(image.number, np.ascontiguousarray(image.pixels[top:bottom, left:right]), image.dpi)


def _edges(low: float, high: float, size: int) -> tuple[int, int]:
    """Fractions as pixels of a side; at least one pixel."""
    first = min(max(round(low * size), 0), size - 1)
    return first, min(max(round(high * size), first + 1), size)


def encoded(image: PageImage, form: Picture = Picture.WEBP) -> bytes:
    """The picture as the bytes of a file."""
    pixels = image.pixels if image.pixels.ndim == 2 else cv2.cvtColor(image.pixels, cv2.COLOR_RGB2BGR)
    options = {
        Picture.JPEG: [cv2.IMWRITE_JPEG_QUALITY, QUALITY],
        Picture.WEBP: [cv2.IMWRITE_WEBP_QUALITY, QUALITY],
    }
    _done, data = cv2.imencode(form.value, pixels, options.get(form, []))
    return bytes(data)


def sizes(path: Path, media_type: str) -> tuple[tuple[float, float], ...]:
    """Width and height of each page of a PDF in points; nothing for pictures, whose sides are only known once
    they are read. Raises Encrypted, Damaged, EmptyFile.
    """
    if media_type != PDF_TYPE:
        return ()
    with _pdfium:
        document, _data = pdf.open_pdf(path)
        try:
            return tuple(document.get_page_size(index) for index in range(len(document)))
        finally:
            document.close()
