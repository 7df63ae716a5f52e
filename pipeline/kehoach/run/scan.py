"""The way of a page that is a picture: upright, recognised, its grid found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kehoach.document.page import Box, Grid, Word
from kehoach.document.picture import PageImage, Transform
from kehoach.ocr.engine import Engine
from kehoach.pages import image as picture
from kehoach.tables import grid, ruled

# Dots per inch that pages are recognised at: 300 costs 40 % more time for nothing measurable (OCR_BASELINE).
READING_DPI = 200.0
# Pictures between these resolutions are taken as they are.
DPI_TAKEN = (170.0, 240.0)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was recognised, in the frame of the upright picture; `back` leads to the page as sent."""

    words: tuple[Word, ...]
    grids: tuple[Grid, ...]
    rulings: tuple[Box, ...]
    ratio: float
    back: tuple[Transform, ...]


def recognise(page: PageImage, engine: Engine, known: Sequence[Word] = ()) -> Reading:
    """Words and grids of a page's picture (colour or grey).

    `known`: words that stand on the page but not in its picture, in fractions of the page as sent.
    """
    upright, back = _upright(page)
    found = grid.rulings(upright)
    width, height = upright.size
    ratio = height / width
    tables = ruled.grids(found, page.number, ratio)
    plain = grid.without_rulings(upright, found) if tables else upright
    words = engine.words(plain)
    return Reading((*words, *_moved(known, back)), tables, found, ratio, back)


def _moved(known: Sequence[Word], back: Sequence[Transform]) -> Iterator[Word]:
    """`known` in the frame of the upright picture."""
    for word in known:
        box = word.box
        for way in reversed(back):
            box = way.inverse().box(box)
        yield replace(word, box=box)


def _upright(page: PageImage) -> tuple[PageImage, tuple[Transform, ...]]:
    image = picture.grey(page)
    if not DPI_TAKEN[0] <= image.dpi <= DPI_TAKEN[1]:
        image = picture.resized(image, READING_DPI)
    back: list[Transform] = []
    if picture.unevenness(image) > picture.UNEVEN:
        image = picture.flattened(image)
    if picture.is_sideways(image):
        image, way = picture.turned(image, 1)
        back.append(way)
    degrees = picture.skew(image)
    if abs(degrees) >= picture.MIN_SKEW:
        image, way = picture.straightened(image, degrees)
        back.append(way)
    return image, tuple(reversed(back))
