"""Characters of a PDF page as arrays: their boxes, which way they run, and the words that they make.

A page has some 2,500 characters; what can be said of all of them at once is said at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as raw

# More characters than any printed page holds: the rest of a hostile page is left out.
MAX_CHARACTERS = 60_000
# Of the character height: a wider gap parts words (a space of Times is 0.25 em).
WORD_GAP = 0.17
# Of the character height: a glyph that stands this much higher or lower begins a new word.
WORD_RISE = 0.3
# A raised mark is smaller than this share of the letter before it, its foot so much of it above.
RAISED_SIZE = 0.8
RAISED_FOOT = 0.12
NAMELESS = "\ufffd"
# Glyphs that tell which way a page's text runs, and the share of steps that must go that way.
DIRECTION_SAMPLE, MOST_RUN = 1500, 0.8
PLAIN, SURROGATES, LAST = 0x20, 0xD800, 0x10FFFF  # characters from PLAIN on are what pdfium says they are

Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]


class Run(NamedTuple):
    """Glyphs without white space between them, with the box around them; `place` is that of the first."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    place: int


@dataclass(frozen=True, slots=True)
class PageFrame:
    """How points of the page's space become fractions of the page as shown (crop and turn included)."""

    x: tuple[float, float, float]
    y: tuple[float, float, float]

    def fractions(self, x: float, y: float) -> tuple[float, float]:
        return (
            self.x[0] * x + self.x[1] * y + self.x[2],
            self.y[0] * x + self.y[1] * y + self.y[2],
        )

    def turned(self, quarters: int) -> PageFrame:
        """The frame in which text that runs down (1), backwards (2) or up (3) runs from left to right."""
        x, y = self.x, self.y
        for _ in range(quarters):
            x, y = y, (-x[0], -x[1], 1 - x[2])
        return PageFrame(x, y)


@dataclass(frozen=True, slots=True)
class Characters:
    """Those of a page that are no white space, in content order.

    `places`: pdfium's index of each; `corners`: left, top, right, bottom in the page's space (n × 4).
    """

    text: str
    places: npt.NDArray[np.intp]
    corners: Floats

    def boxes(self, frame: PageFrame) -> Floats:
        """x0, y0, x1, y1 of each in fractions of the page (4 × n)."""
        left, top, right, bottom = self.corners.T
        (ax, bx, cx), (ay, by, cy) = frame.x, frame.y
        one_x, other_x = ax * left + bx * top + cx, ax * right + bx * bottom + cx
        one_y, other_y = ay * left + by * top + cy, ay * right + by * bottom + cy
        return np.stack(
            (
                np.minimum(one_x, other_x),
                np.minimum(one_y, other_y),
                np.maximum(one_x, other_x),
                np.maximum(one_y, other_y),
            )
        )


def characters(textpage: pdfium.PdfTextPage) -> Characters:
    """The page's characters."""
    count, handle = min(textpage.count_chars(), MAX_CHARACTERS), textpage.raw
    unicode_of, box_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
    text = "".join([_character(unicode_of(handle, index)) for index in range(count)])
    corners = (raw.FS_RECTF * count)()
    for index, corner in enumerate(corners):
        box_of(handle, index, corner)
    values = np.frombuffer(corners, dtype=np.float32).reshape(count, 4).astype(np.float64)
    places = np.flatnonzero(np.fromiter((not char.isspace() for char in text), dtype=np.bool_, count=count))
    return Characters("".join(text.split()), places, values[places])


def _character(code: int) -> str:
    """pdfium writes a hyphen at a line's end as U+0002 and what it cannot name as U+FFFE or 0."""
    if PLAIN <= code < SURROGATES:
        return chr(code)
    if code == 0x2:
        return "-"
    if code in (0, 0xFFFE, 0xFFFF) or SURROGATES <= code <= 0xDFFF or code > LAST:
        return NAMELESS
    return chr(code)


def quarters(found: Characters, boxes: Floats, ratio: float) -> int:
    """How the text runs: 0 from left to right, 1 down, 2 from right to left, 3 up."""
    sample = int(np.searchsorted(found.places, DIRECTION_SAMPLE))
    follows = np.diff(found.places[:sample]) == 1
    x0, y0, x1, y1 = boxes[:, :sample]
    across, down = np.diff(x0 + x1)[follows], np.diff(y0 + y1)[follows] * ratio
    level = np.abs(across) >= np.abs(down)
    ways = np.where(level, np.where(across > 0, 0, 2), np.where(down > 0, 1, 3))
    votes = np.bincount(ways, minlength=4)
    likeliest = int(votes.argmax())
    return likeliest if votes[likeliest] >= MOST_RUN * len(ways) else 0


def runs(found: Characters, boxes: Floats, ratio: float, foot_of: Callable[[int], float]) -> Sequence[Run]:
    """The words as they are painted.

    ratio: page height to width; foot_of: where the character at a place stands, as a fraction of the height.
    """
    if not found.text:
        return ()
    starts = np.flatnonzero(np.concatenate(([True], _apart(found, boxes, ratio, foot_of))))
    x0s, y0s = (np.minimum.reduceat(side, starts).tolist() for side in boxes[:2])
    x1s, y1s = (np.maximum.reduceat(side, starts).tolist() for side in boxes[2:])
    firsts = starts.tolist()
    texts = [found.text[one:end] for one, end in zip(firsts, [*firsts[1:], None], strict=True)]
    return [*map(Run, texts, x0s, y0s, x1s, y1s, found.places[starts].tolist())]


def _apart(found: Characters, boxes: Floats, ratio: float, foot_of: Callable[[int], float]) -> Truths:
    """Whether each glyph but the first stands apart from the one before."""
    x0, _y0, x1, _y1 = boxes
    height = _heights(boxes)
    gap = (x0[1:] - x1[:-1]) / ratio
    parted: Truths = (np.diff(found.places) != 1) | (gap > WORD_GAP * height) | (gap < -height)
    moved, small = _shifted(found, boxes)
    # A box alone may reach down to a tail or up to a mark: where it seems to have moved, the foot decides.
    for at in np.flatnonzero((moved | small) & ~parted).tolist():
        step = foot_of(int(found.places[at])) - foot_of(int(found.places[at + 1]))
        parted[at] = (moved[at] and abs(step) > WORD_RISE * height[at]) or step > RAISED_FOOT * height[at]
    return parted


def _heights(boxes: Floats) -> Floats:
    """The greater height of each glyph but the first and the one before."""
    tall = boxes[3] - boxes[1]
    higher: Floats = np.maximum(tall[:-1], tall[1:])
    return higher


def _shifted(found: Characters, boxes: Floats) -> tuple[Truths, Truths]:
    """Whether each glyph but the first seems to stand on another line; whether it may be a raised figure."""
    tall, height = boxes[3] - boxes[1], _heights(boxes)
    rise = np.diff(boxes[3])
    is_digit = np.fromiter(map(str.isdigit, found.text), dtype=np.bool_, count=len(found.text))[1:]
    small = (tall[1:] < RAISED_SIZE * tall[:-1]) & (rise < -RAISED_FOOT * height) & is_digit
    return np.abs(rise) > WORD_RISE * height, small
