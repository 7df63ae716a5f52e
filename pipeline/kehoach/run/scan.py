"""The way of a page that is a picture: upright, recognised, its grid found."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

from kehoach.document.page import Box, Grid, Word
from kehoach.document.picture import PageImage, Transform
from kehoach.layout import columns
from kehoach.ocr.engine import Engine, Shape
from kehoach.pages import image as picture
from kehoach.pages import ink
from kehoach.tables import columns as unruled
from kehoach.tables import grid, reread, ruled

# Dots per inch that pages are recognised at: 300 costs 40 % more time for nothing measurable (OCR_BASELINE).
READING_DPI = 200.0
# Pictures between these resolutions are taken as they are.
DPI_TAKEN = (170.0, 240.0)
# Mean confidence below which the page may stand on its head (upright pages: 0.85 and more, turned ones 0.3).
UNLIKELY = 0.7
# Of the page's width: least gutter between two columns.
MIN_GUTTER = 0.02
# Shared by covered area: two readings of one word.
SAME_PLACE = 0.6
# Signs that stand alone between words on such pages.
LONE_SIGNS = frozenset("-–—+/&%…<>≥≤•()~=“”") | {"...", "./."}
# Quarters that a page may be turned by.
ALL_WAYS = (0, 1, 2, 3)
# Inches: height of the strip that is read to find out which way is up, some five lines.
STRIP_INCHES = 1.0


class Step(StrEnum):
    """What is done to a picture besides recognising it; `bench ablation` measures what each is worth."""

    SEAL = "seal"  # lifted off the print
    LIGHT = "light"  # made even
    TURN = "turn"  # pages that lie on their side or stand on their head
    SKEW = "skew"
    RULINGS = "rulings"  # tables found by them
    MARGINS = "margins"  # cut off
    NOISE = "noise"  # of the paper, made even
    COLUMNS = "columns"  # of head and foot, read one by one
    CELLS = "cells"  # doubtful ones read again
    SPECKS = "specks"  # taken out
    REPAIR = "repair"  # of marks and letters


Steps = frozenset[Step]
ALL_STEPS: Steps = frozenset(Step)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was recognised, in the frame of the upright picture; `back` leads to the page as sent."""

    words: tuple[Word, ...]
    grids: tuple[Grid, ...]
    rulings: tuple[Box, ...]
    ratio: float
    back: tuple[Transform, ...]
    upright: PageImage


def recognise(
    page: PageImage,
    engine: Engine,
    known: Sequence[Word] = (),
    sealed: Sequence[Box] = (),
    steps: Steps = ALL_STEPS,
) -> Reading:
    """Words and grids of a page's picture (colour or grey).

    `known`: words that stand on the page but not in its picture; `sealed`: the seals that are seen; both in
    fractions of the page as sent.
    """
    image = _prepared(page, sealed if Step.SEAL in steps else (), steps)
    sample = ink.sampled(image)
    looks_sideways = Step.TURN in steps and ink.is_sideways(sample)
    quarters = _turn(image, engine) if looks_sideways else 0
    attempt = _attempt(image, quarters, engine, steps, None if quarters else sample)
    is_doubtful = Step.TURN in steps and not looks_sideways and _certainty(attempt.words) < UNLIKELY
    if is_doubtful and (other := _turn(image, engine)) != quarters:
        second = _attempt(image, other, engine, steps)
        attempt = max(attempt, second, key=lambda one: _certainty(one.words))
    return replace(attempt, words=(*attempt.words, *moved(known, attempt.back)))


def _attempt(
    image: PageImage, quarters: int, engine: Engine, steps: Steps, sample: ink.Ink | None = None
) -> Reading:
    """What is recognised when the picture is turned by `quarters` and straightened.

    `sample`: the picture's ink, where it is known and the picture is not turned.
    """
    upright, back = _upright(image, quarters, steps, sample)
    found = grid.rulings(upright) if Step.RULINGS in steps else ()
    width, height = upright.size
    tables = ruled.grids(found, image.number, height / width)
    plain = grid.without_rulings(upright, found) if tables else upright
    words = _page_words(plain, engine, steps)
    words = _with_columns(words, plain, engine) if Step.COLUMNS in steps else words
    if tables and Step.CELLS in steps:
        words = reread.reread_cells(words, tables, plain, partial(_cell_words, plain, engine))
    words = without_specks(words) if Step.SPECKS in steps else words
    tables = (*tables, *unruled.grids(words, image.number, height / width, tables))
    return Reading(words, tables, found, height / width, back, upright)


def _page_words(image: PageImage, engine: Engine, steps: Steps) -> tuple[Word, ...]:
    """Words of the page without its margins: they have nothing to read, but are looked at as closely."""
    box = ink.extent(image) if Step.MARGINS in steps else Box(image.number, 0.0, 0.0, 1.0, 1.0)
    part = picture.crop(image, box)
    found = engine.words(picture.quiet(part) if Step.NOISE in steps else part)
    return tuple(replace(word, box=_placed(word.box, box)) for word in found)


def without_specks(words: Sequence[Word]) -> tuple[Word, ...]:
    """`words` without lone signs that specks and edges give; a lone ~ or = is the dash of a list."""
    kept = (word for word in words if _has_letter(word.text) or word.text in LONE_SIGNS)
    return tuple(replace(word, text="-") if word.text in ("~", "=") else word for word in kept)


def _has_letter(text: str) -> bool:
    """A letter or figure; a lone ˆ is a letter to Unicode (Lm), not to a reader."""
    return any(char.isalnum() and unicodedata.category(char) != "Lm" for char in text)


def _cell_words(image: PageImage, engine: Engine, box: Box) -> tuple[Word, ...]:
    """Words of a table's cell; its picture gets a rim of paper, for letters at the edge are lost."""
    part = picture.crop(image, box)
    padded = picture.padded(part)
    rim = picture.PADDING * image.dpi
    across, down = rim / part.size[0], rim / part.size[1]
    around = Box(
        box.page,
        box.x0 - across * box.width,
        box.y0 - down * box.height,
        box.x1 + across * box.width,
        box.y1 + down * box.height,
    )
    # A block says nothing of a lone figure, a line makes two lines one.
    found = engine.words(padded, shape=Shape.BLOCK) or engine.words(padded, shape=Shape.LINE)
    return tuple(replace(word, box=_placed(word.box, around)) for word in found)


def _with_columns(words: tuple[Word, ...], image: PageImage, engine: Engine) -> tuple[Word, ...]:
    """`words` with the two columns of head and foot recognised one by one.

    Their lines differ in height and step; a recogniser that takes them as one loses letters and whole lines.
    """
    for part in columns.two_column_parts(words):
        middle = picture.gutter(image, part.opening, part.whole, MIN_GUTTER)
        if middle is None:
            continue
        left, right = part.whole._replace(x1=middle), part.whole._replace(x0=middle)
        words = _reread(_reread(words, image, left, engine), image, right, engine)
        if not any(columns.is_office(word) for word in words if _holds(right, word.box)):
            # A black seal hides the office from the page analysis; a block is read line by line.
            words = _reread(words, image, right, engine, Shape.BLOCK)
    return words


def _reread(
    words: tuple[Word, ...], image: PageImage, box: Box, engine: Engine, shape: Shape = Shape.PAGE
) -> tuple[Word, ...]:
    """`words` with those inside `box` read anew; the surer reading of a word stays."""
    part = picture.crop(image, box)
    fresh = [replace(word, box=_placed(word.box, box)) for word in engine.words(part, shape=shape)]
    before = [word for word in words if _holds(box, word.box)]
    kept = tuple(word for word in words if not _holds(box, word.box))
    return (*kept, *(_surer(word, before) for word in fresh))


def _surer(word: Word, others: Sequence[Word]) -> Word:
    """`word`, or what was read at the very same place with more confidence."""
    same = [other for other in others if _overlap(word.box, other.box) > SAME_PLACE]
    return max((word, *same), key=lambda one: one.confidence or 0.0)


def _overlap(one: Box, other: Box) -> float:
    """Shared area by the area that both cover together."""
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.y1, other.y1) - max(one.y0, other.y0)
    shared = max(width, 0.0) * max(height, 0.0)
    whole = one.width * one.height + other.width * other.height - shared
    return shared / whole if whole else 0.0


def _holds(box: Box, inner: Box) -> bool:
    x, y = (inner.x0 + inner.x1) / 2, (inner.y0 + inner.y1) / 2
    return box.x0 <= x < box.x1 and box.y0 <= y < box.y1


def _placed(inner: Box, outer: Box) -> Box:
    """A box in fractions of the part `outer` as fractions of the page."""
    return Box(
        outer.page,
        outer.x0 + inner.x0 * outer.width,
        outer.y0 + inner.y0 * outer.height,
        outer.x0 + inner.x1 * outer.width,
        outer.y0 + inner.y1 * outer.height,
    )


def _turn(image: PageImage, engine: Engine) -> int:
    """The turn (quarters anticlockwise) in which a strip of the page reads best."""
    return max(ALL_WAYS, key=lambda quarters: _legibility(picture.turned(image, quarters)[0], engine))


def _legibility(image: PageImage, engine: Engine) -> float:
    """Letters that are surely read in the strip of the page that holds most ink."""
    straight, _ = picture.straightened(image, ink.skew(ink.sampled(image)))
    strip = ink.inkiest_strip(straight, STRIP_INCHES)
    words = engine.words(strip, shape=Shape.BLOCK)
    return sum(len(word.text) * (word.confidence or 0.0) ** 2 for word in words)


def _certainty(words: Sequence[Word]) -> float:
    """Mean confidence, long words counting more; 1.0 without words: there is nothing to turn."""
    letters = sum(len(word.text) for word in words)
    return sum(len(word.text) * (word.confidence or 0.0) for word in words) / letters if letters else 1.0


def moved(known: Sequence[Word], back: Sequence[Transform]) -> Iterator[Word]:
    """`known`, words on the page as sent, in the frame of the upright picture that `back` leads from."""
    for word in known:
        box = word.box
        for way in reversed(back):
            box = way.inverse().box(box)
        yield replace(word, box=box)


def _prepared(page: PageImage, sealed: Sequence[Box], steps: Steps) -> PageImage:
    """The page in grey at the reading resolution, its light made even where it is not."""
    image = picture.grey(page, sealed)
    if not DPI_TAKEN[0] <= image.dpi <= DPI_TAKEN[1]:
        image = picture.resized(image, READING_DPI)
    uneven = Step.LIGHT in steps and picture.unevenness(image) > picture.UNEVEN
    return picture.flattened(image) if uneven else image


def _upright(
    image: PageImage, quarters: int, steps: Steps, sample: ink.Ink | None
) -> tuple[PageImage, tuple[Transform, ...]]:
    back: list[Transform] = []
    if quarters:
        image, way = picture.turned(image, quarters)
        back.append(way)
    degrees = ink.skew(sample or ink.sampled(image)) if Step.SKEW in steps else 0.0
    if abs(degrees) >= ink.MIN_SKEW:
        image, way = picture.straightened(image, degrees)
        back.append(way)
    return image, tuple(reversed(back))
