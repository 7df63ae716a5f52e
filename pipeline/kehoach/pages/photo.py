"""Picture files as pages: JPEG, PNG, TIFF (several pages too)."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from kehoach.document.picture import PageImage, Pixels
from kehoach.errors import Damaged, EmptyFile

# Inches: a picture without a resolution is taken as an A4 page.
A4_LONG_SIDE = 11.69
# Pixels along the longer side; larger photographs are made smaller.
MAX_SIDE = 5000


def page_count(path: Path) -> int:
    """Pages of a picture file. Raises EmptyFile, Damaged."""
    if not path.stat().st_size:
        raise EmptyFile(name=path.name)
    count = cv2.imcount(str(path))
    if count < 1:
        raise Damaged(name=path.name, detail="the picture cannot be decoded")
    return int(count)


def picture(path: Path, number: int) -> PageImage | None:
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
