"""Pictures of PDF pages, signature widgets included."""

from __future__ import annotations

import cv2
import numpy as np
import pypdfium2 as pdfium

from kehoach.document.picture import PageImage, Pixels

POINTS_PER_INCH = 72.0
# Pixels along the longer side: larger pages (plans, posters) are rendered coarser so that memory stays bounded.
MAX_SIDE = 5000


def picture(page: pdfium.PdfPage, number: int, dpi: float) -> PageImage:
    """The page at `dpi` in colour: uint8 (H, W, 3), RGB. Raises ValueError for a page without extent."""
    width, height = page.get_size()
    if not (width > 0 and height > 0):
        raise ValueError(f"page of {width} by {height} points")
    scale = min(dpi / POINTS_PER_INCH, MAX_SIDE / max(width, height))
    bitmap = page.render(scale=scale, rev_byteorder=True)
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
