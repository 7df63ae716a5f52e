"""Words side by side become strips; strips at one height become bands. All in fractions of the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from kehoach.document.page import Box, Word

# Of the smaller height: words that share this much of it stand on one printed line.
SAME_LINE = 0.5
# Of the smaller width: what a widget's number may cover of the words beside it.
OVERLAP = 0.5
# Of the letter height: a wider gap between words parts two columns (justified lines stay below 1.5).
STRIP_GAP = 1.8
LEAST_SHELF = 0.002  # of the page's height: letters lower than this are specks


@dataclass(frozen=True, slots=True)
class Strip:
    """Words that follow one another on one printed line without a gap, left to right."""

    words: tuple[Word, ...]
    box: Box

    @property
    def text(self) -> str:
        return joined(self.words)


@dataclass(frozen=True, slots=True)
class Band:
    """Strips that share a height, left to right."""

    strips: tuple[Strip, ...]
    box: Box


def joined(words: Sequence[Word]) -> str:
    """The words with single spaces; a raised mark stands close to the word before it."""
    parts = []
    for index, word in enumerate(words):
        close = index == 0 or (word.superscript and not words[index - 1].superscript)
        parts.append(word.text if close else " " + word.text)
    return "".join(parts)


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all `boxes` (at least one)."""
    pages, lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(pages[0], min(lefts), min(tops), max(rights), max(bottoms))


def split(strip: Strip, low: float, high: float) -> tuple[Strip, ...]:
    """`strip` in two at its widest gap between `low` and `high`; whole where there is none."""
    words = strip.words
    gaps = [
        (right.box.x0 - left.box.x1, index)
        for index, (left, right) in enumerate(pairwise(words), 1)
        if low <= (left.box.x1 + right.box.x0) / 2 <= high
    ]
    return cut(strip, max(gaps)[1]) if gaps else (strip,)


def cut(strip: Strip, index: int) -> tuple[Strip, ...]:
    """`strip` cut before its word `index`."""
    parts = (strip.words[:index], strip.words[index:])
    return tuple(Strip(part, around(word.box for word in part)) for part in parts if part)


def letter_height(words: Sequence[Word]) -> float:
    """The usual height of a word in fractions of the page's height; 0.0 without words."""
    return median(_height(word.box) for word in words) if words else 0.0


def shared_height(one: Box, other: Box) -> float:
    """Share of the smaller height that both boxes cover, 0 to 1."""
    _page, _x0, top, _x1, bottom = one
    _page, _x0, other_top, _x1, other_bottom = other
    common = (bottom if bottom < other_bottom else other_bottom) - (top if top > other_top else other_top)
    smaller = min(bottom - top, other_bottom - other_top)
    return common / smaller if smaller > 0 and common > 0 else 0.0


def strips(words: Sequence[Word], ratio: float) -> list[Strip]:
    """`words` as strips, from top to bottom; `ratio` is the page's height to its width."""
    usual = letter_height(words)
    open_strips: list[list[Word]] = []
    shelves: defaultdict[int, dict[int, None]] = defaultdict(dict)
    for word in sorted(words, key=lambda one: (one.box.x0, one.box.y0)):
        near = sorted({index for shelf in _shelves(word.box, usual, 0.0) for index in shelves[shelf]})
        at = _home(word, open_strips, near, usual * ratio)
        if at is None:
            at = len(open_strips)
            open_strips.append([])
        open_strips[at].append(word)
        for shelf in _shelves(word.box, usual, word.box.height):
            shelves[shelf][at] = None
    made = [Strip(tuple(group), around(word.box for word in group)) for group in open_strips]
    return sorted(made, key=lambda strip: (strip.box.y0, strip.box.x0))


def bands(found: Sequence[Strip]) -> list[Band]:
    """Strips grouped by height: each band is a printed line across all columns, without one above another."""
    groups: list[list[Strip]] = []
    for strip in sorted(found, key=lambda one: one.box.y0 + one.box.y1):
        near = [group for group in groups[-4:] if _fits(strip, group)]
        if near:
            max(near, key=lambda group: _most_shared(strip, group)).append(strip)
        else:
            groups.append([strip])
    made = [_band(group) for group in groups]
    return sorted(made, key=lambda band: band.box.y0)


def _fits(strip: Strip, group: Sequence[Strip]) -> bool:
    """Whether `strip` is level with the group and beside all of it."""
    beside = all(_shared_width(strip.box, one.box) < OVERLAP for one in group)
    return beside and _most_shared(strip, group) >= SAME_LINE


def _shared_width(one: Box, other: Box) -> float:
    common = min(one.x1, other.x1) - max(one.x0, other.x0)
    smaller = min(one.width, other.width)
    return max(common, 0.0) / smaller if smaller > 0 else 0.0


def _most_shared(strip: Strip, group: Sequence[Strip]) -> float:
    return max(shared_height(strip.box, one.box) for one in group)


def _band(group: list[Strip]) -> Band:
    ordered = tuple(sorted(group, key=lambda strip: strip.box.x0))
    return Band(ordered, around(strip.box for strip in ordered))


def _shelves(box: Box, height: float, around: float) -> range:
    """Where a box stands among shelves as high as a letter; most of a page's strips lie on others."""
    step = max(height, LEAST_SHELF)
    return range(int((box.y0 - around) / step), int((box.y1 + around) / step) + 1)


def _home(word: Word, open_strips: list[list[Word]], near: Iterable[int], em: float) -> int | None:
    """Index of the strip that `word` continues: same height, nearest on its left; `near`: which may be it."""
    best, nearest = None, STRIP_GAP * em
    _page, x0, y0, _x1, y1 = word.box
    for index in near:
        strip = open_strips[index]
        _page, _x0, top, right, bottom = strip[-1].box
        gap, height = x0 - right, bottom - top
        # Most strips lie elsewhere on the page: the cheap comparisons go first.
        apart = gap <= -em or gap >= nearest or bottom < y0 - height or top > y1 + height
        if not apart and _same_line(word.box, strip):
            best, nearest = index, gap
    return best


def _same_line(box: Box, strip: list[Word]) -> bool:
    """Compared with the strip's last words: a comma or a raised mark alone is too small to judge by."""
    tall = max((word.box for word in strip[-3:]), key=_height)
    return shared_height(box, tall) >= SAME_LINE


def _height(box: Box) -> float:
    return box[4] - box[2]
