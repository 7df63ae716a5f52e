"""Pictures of PDF pages without their annotations, and picture files (JPEG, PNG, TIFF of several pages)."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium

from kehoach.document.picture import PageImage, Pixels
from kehoach.errors import Damaged, EmptyFile

POINTS_PER_INCH = 72.0
# Pixels along the longer side: larger pages (posters) are rendered coarser, so that memory stays bounded.
MAX_SIDE = 5000
# Inches: a picture without a resolution is taken as an A4 page.
A4_LONG_SIDE = 11.69


def picture(page: pdfium.PdfPage, number: int, dpi: float) -> PageImage:
    """The page at `dpi` in colour: uint8 (H, W, 3), RGB. Raises ValueError for a page without extent.

    Annotations stay out: what signature widgets say is read from their streams, and their strips
    and seals would only cover what is printed.
    """
    width, height = page.get_size()
    if not (width > 0 and height > 0):
        raise ValueError(f"page of {width} by {height} points")
    scale = min(dpi / POINTS_PER_INCH, MAX_SIDE / max(width, height))
    bitmap = page.render(scale=scale, rev_byteorder=True, draw_annots=False, may_draw_forms=False)
    try:
        pixels = _rgb(bitmap)
    finally:
        bitmap.close()
    return PageImage(number, pixels, scale * POINTS_PER_INCH)


def _rgb(bitmap: pdfium.PdfBitmap) -> Pixels:
    array = bitmap.to_numpy()
    if array.ndim == 2:
        return np.ascontiguousarray(cv2.cvtColor(array, cv2.COLOR_GRAY2RGB), dtype=np.uint8)
    return np.ascontiguousarray(array[:, :, :3], dtype=np.uint8)


def photo_count(path: Path) -> int:
    """Pages of a picture file. Raises EmptyFile, Damaged."""
    if not path.stat().st_size:
        raise EmptyFile(name=path.name)
    count = cv2.imcount(str(path))
    if count < 1:
        raise Damaged(name=path.name, detail="the picture cannot be decoded")
    return int(count)


def photo(path: Path, number: int) -> PageImage | None:
    """Page `number` (1-based) in colour, as the camera's turn mark says; None where it cannot be decoded."""
    done, found = cv2.imreadmulti(str(path), start=number - 1, count=1, flags=cv2.IMREAD_COLOR)
    pixels = found[0] if done and found else cv2.imread(str(path)) if number == 1 else None
    if pixels is None or not pixels.size:
        return None
    return _sized(np.asarray(pixels, dtype=np.uint8), number)


def _sized(pixels: Pixels, number: int) -> PageImage:
    long_side = max(pixels.shape[:2])
    if long_side > MAX_SIDE:
        scale = MAX_SIDE / long_side
        pixels = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)  # type: ignore
    rgb = cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB)
    return PageImage(number, np.ascontiguousarray(rgb, dtype=np.uint8), max(rgb.shape[:2]) / A4_LONG_SIDE)
