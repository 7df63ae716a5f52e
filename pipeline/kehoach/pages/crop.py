"""Parts of pages as pictures for people: the words of a finding, framed, with the lines around."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import cv2

from kehoach.document.page import Box
from kehoach.document.picture import PageImage
from kehoach.pages.shown import Picture, cut, encoded, shown

DPI = 150.0  # sharp in print at the width of a column of text
MARGIN = 0.06  # of the page's width: beside it stands nothing
AROUND = 0.018  # of the page's height above and below: a line
LEAST = 0.05  # of the page's height: a word alone would tell nothing
MOST = 0.45  # of the page's height: a longer part is cut at its foot
FRAME = (192, 57, 43)  # RGB
FRAME_WIDTH = 2  # pixels
GAP = 4  # pixels between words and frame


def crops(path: Path, media_type: str, boxes: Sequence[Box]) -> Iterator[bytes | None]:
    """A PNG for each box, in order; None where its page cannot be drawn. Raises FileRefused."""
    pages = {number: shown(path, media_type, number, DPI) for number in {box.page for box in boxes}}
    for box in boxes:
        page = pages[box.page]
        yield crop(page, box) if page else None


def crop(page: PageImage, box: Box) -> bytes:
    """The lines of `box` over the page's width as PNG, the words framed."""
    width, height = page.size
    framed = replace(page, pixels=page.pixels.copy())
    corner = (round(box.x0 * width) - GAP, round(box.y0 * height) - GAP)
    other = (round(box.x1 * width) + GAP, round(box.y1 * height) + GAP)
    cv2.rectangle(framed.pixels, corner, other, FRAME, FRAME_WIDTH)
    return encoded(cut(framed, _reach(box), 0.0), Picture.PNG)


def _reach(box: Box) -> Box:
    """What is shown: nearly the page's width, a line above and below."""
    top, bottom = box.y0 - AROUND, min(box.y1 + AROUND, box.y0 - AROUND + MOST)
    lack = max(LEAST - (bottom - top), 0) / 2
    return Box(box.page, MARGIN, max(top - lack, 0.0), 1 - MARGIN, min(bottom + lack, 1.0))
