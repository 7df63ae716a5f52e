"""Pictures of PDF pages without their annotations, and picture files (JPEG, PNG, TIFF of several pages)."""

from __future__ import annotations

import logging
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium

from kehoach.document.picture import PageImage, Pixels
from kehoach.errors import Damaged, EmptyFile

log = logging.getLogger(__name__)

POINTS_PER_INCH = 72.0
WHITE = 255
COLOUR_AXES, CHANNELS_WITH_ALPHA = 3, 4
# Pixels along the longer side: larger pages (posters) are rendered coarser, so that memory stays bounded.
MAX_SIDE = 5000
# Inches: a picture without a resolution is taken as an A4 page; a PDF page longer than A2 too, since scanning
# programs write a point a pixel.
A4_LONG_SIDE, A2_LONG_SIDE = 11.69, 23.4
# Pixels: a page of fewer across has nothing to read.
MIN_SIDE = 16
JPEG_MARK, JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"
JPEG_TAIL = 4096  # bytes in which the end mark of a whole JPEG stands; some programs add bytes behind it


def picture(page: pdfium.PdfPage, number: int, dpi: float) -> PageImage:
    """The page at `dpi` in colour: uint8 (H, W, 3), RGB. Raises ValueError for a page without extent.

    Annotations stay out: what signature widgets say is read from their streams, and their strips
    and seals would only cover what is printed.
    """
    width, height = page.get_size()
    if not (width > 0 and height > 0):
        raise ValueError(f"page of {width} by {height} points")
    long_side = max(width, height) / POINTS_PER_INCH
    shown = dpi if long_side <= A2_LONG_SIDE else dpi * A4_LONG_SIDE / long_side
    scale = min(shown / POINTS_PER_INCH, MAX_SIDE / max(width, height))
    if min(width, height) * scale < MIN_SIDE:
        raise ValueError(f"page of {width} by {height} points")
    bitmap = page.render(scale=scale, rev_byteorder=True, draw_annots=False, may_draw_forms=False)
    try:
        pixels = _rgb(bitmap)
    finally:
        bitmap.close()
    return PageImage(number, pixels, scale * POINTS_PER_INCH * dpi / shown)


def _rgb(bitmap: pdfium.PdfBitmap) -> Pixels:
    array = bitmap.to_numpy()
    if array.ndim == 2:
        return np.ascontiguousarray(cv2.cvtColor(array, cv2.COLOR_GRAY2RGB), dtype=np.uint8)
    return np.ascontiguousarray(array[:, :, :3], dtype=np.uint8)


def photo_count(path: Path) -> int:
    """Pages of a picture file. Raises EmptyFile, Damaged."""
    if not path.stat().st_size:
        raise EmptyFile(name=path.name)
    try:
        count = cv2.imcount(str(path))
    except cv2.error:
        count = 0
    if count < 1:
        raise Damaged(name=path.name, detail="the picture cannot be decoded")
    return int(count)


def photo(path: Path, number: int) -> PageImage | None:
    """Page `number` (1-based) in colour, as the camera's turn mark says; None where it cannot be decoded."""
    try:
        pixels = _pixels(path, number)
    except cv2.error as error:  # more pixels than OpenCV takes, or a stream that lies about itself
        log.warning("picture %s: %s", number, error)
        return None
    if pixels is None or min(pixels.shape[:2]) < MIN_SIDE:
        return None
    return _sized(np.asarray(pixels, dtype=np.uint8), number)


def is_cut(path: Path) -> bool:
    """Whether a JPEG breaks off; decoders fill the rest with grey."""
    if not _is_jpeg(path):
        return False
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - JPEG_TAIL, 0))
        return JPEG_END not in file.read()


def _is_jpeg(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(JPEG_MARK)) == JPEG_MARK


def _pixels(path: Path, number: int) -> Pixels | None:
    """Colours as OpenCV has them, BGR; what shines through is paper."""
    pixels = _read(path, number, cv2.IMREAD_COLOR)
    if pixels is None or pixels.min(initial=WHITE) > 0 or _is_jpeg(path):
        return pixels
    whole = _read(path, number, cv2.IMREAD_UNCHANGED)
    if whole is None or whole.ndim != COLOUR_AXES or whole.shape[2] != CHANNELS_WITH_ALPHA:
        return pixels
    share = whole[:, :, 3:].astype(np.float32) / float(np.iinfo(whole.dtype).max)
    return np.asarray(pixels * share + WHITE * (1 - share), dtype=np.uint8)


def _read(path: Path, number: int, way: int) -> Pixels | None:
    done, found = cv2.imreadmulti(str(path), start=number - 1, count=1, flags=way)
    pixels = found[0] if done and found else cv2.imread(str(path), way) if number == 1 else None
    return None if pixels is None else np.asarray(pixels)


def _sized(pixels: Pixels, number: int) -> PageImage:
    long_side = max(pixels.shape[:2])
    if long_side > MAX_SIDE:
        scale = MAX_SIDE / long_side
        pixels = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)  # type: ignore
    rgb = cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB)
    return PageImage(number, np.ascontiguousarray(rgb, dtype=np.uint8), max(rgb.shape[:2]) / A4_LONG_SIDE)
