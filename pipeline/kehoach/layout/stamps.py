"""Incoming stamps (dấu “ĐẾN”): their number and date are the receiver's, no text of the document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kehoach.document.page import Box, Line, Role, Word
from kehoach.layout.strips import around, joined
from kehoach.text import fold

# Of the page: such stamps stand on the left of the upper half.
REACH = (0.45, 0.5)
# Of the page, from the word ĐẾN: how far a stamp reaches left, up, right and down.
LEFT, UP, RIGHT, DOWN = 0.07, 0.06, 0.2, 0.035
# Confidence from which a word that belongs to a printed line across the stamp's edge is text.
SURE = 0.75
# Of the page's width: a printed line reaches at least so far beyond the stamp.
BEYOND = 0.12
# Of the page's width: words of one line stand closer together than this.
NEAR = 0.02

# Number and symbol of the document itself, as in /QĐ-TTg.
_SYMBOL = re.compile(r"^\d*/[A-ZĐ]{2,}")


def without_stamps(words: Sequence[Word]) -> tuple[tuple[Word, ...], tuple[Line, ...]]:
    """`words` without those of incoming stamps, and the stamps as lines."""
    rest, stamps = tuple(words), []
    for mark in words:
        if not _is_mark(mark) or mark not in rest or _in_capitals(mark, rest):
            continue
        region = _region(mark.box)
        inside = tuple(word for word in rest if _holds(region, word.box) and not _is_text(word, rest, region))
        rest = tuple(word for word in rest if word not in inside)
        if inside:
            box = around(word.box for word in inside)
            stamps.append(Line(joined(inside), mark.box.page, box, inside, Role.STAMP, opens=True))
    return rest, tuple(stamps)


def _is_mark(word: Word) -> bool:
    """The stamp's own word; running text writes `đến` in small letters, and so may a title in capitals."""
    bare = word.text.strip(".:,;|[]()")
    return (
        bare in _MARKS and word.confidence is not None and word.box.x1 < REACH[0] and word.box.y1 < REACH[1]
    )


def _in_capitals(mark: Word, words: Sequence[Word]) -> bool:
    """Whether capitals stand right beside the word: a title such as “… ĐẾN NĂM 2030”."""
    beside = [
        word
        for word in words
        if _level(mark.box, word.box)
        and 0 <= max(word.box.x0 - mark.box.x1, mark.box.x0 - word.box.x1) < NEAR
        and (word.confidence or 0.0) >= SURE
    ]
    return any(word.text.isupper() and fold(word.text).strip(".:") not in _STAMP_WORDS for word in beside)


def _region(box: Box) -> Box:
    return Box(
        box.page,
        max(box.x0 - LEFT, 0.0),
        max(box.y0 - UP, 0.0),
        min(box.x1 + RIGHT, 1.0),
        min(box.y1 + DOWN, 1.0),
    )


def _is_text(word: Word, words: Sequence[Word], region: Box) -> bool:
    """Whether a sure word goes on beyond the stamp as a printed line, or opens the number of the head."""
    level = [one for one in words if _level(one.box, word.box) and one.box.x0 > word.box.x1]
    if any(_SYMBOL.match(one.text) and one.box.x0 - word.box.x1 < BEYOND for one in level):
        return True
    if _SYMBOL.match(word.text):
        return True
    if (word.confidence or 0.0) < SURE or fold(word.text).strip(".:") in _STAMP_WORDS:
        return False
    return sum(one.box.width for one in level if one.box.x1 > region.x1 + BEYOND / 2) > BEYOND


_MARKS = ("ĐẾN", "ĐÊN", "ĐÉN", "DẾN", "ẾN")
_STAMP_WORDS = frozenset({"so", "ngay", "gio", "chuyen", "den", "cv", "cong", "van", "kinh"})


def _level(one: Box, other: Box) -> bool:
    middle = (other.y0 + other.y1) / 2
    return one.y0 <= middle <= one.y1


def _holds(box: Box, inner: Box) -> bool:
    x, y = (inner.x0 + inner.x1) / 2, (inner.y0 + inner.y1) / 2
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1
