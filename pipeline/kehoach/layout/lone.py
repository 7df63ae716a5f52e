"""Words that a recogniser lifted out of their line, put back into the gap that they left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kehoach.document.page import Box, Line, Role, Word
from kehoach.layout.strips import SAME_LINE, around, joined, shared_height

LONE_WORDS = 2  # words; more of them are a line of their own
# Of the word's height: how far above or below its line the word's middle may stand.
LIFTED = 1.1
# Of the word's width: how much of it may lie outside the gap.
SLACK = 0.15
# Of the width of a stretched word: how far in the lifted one may begin at the earliest.
BEHIND = 0.4


def reseated(found: Sequence[Line]) -> list[Line]:
    """`found` without lone words that fit exactly into a gap of the line above or below; those lines have
    them."""
    out = list(found)
    for line in found:
        if len(line.words) > LONE_WORDS or line.role is not Role.BODY:
            continue
        at = out.index(line)
        for near in (at + 1, at - 1):
            if 0 <= near < len(out) and _has_room(out[near], line):
                out[near] = _with_words(out[near], line.words)
                del out[at]
                break
    return out


def _has_room(line: Line, lone: Line) -> bool:
    box = lone.box
    if box is None or line.role is not lone.role or len(line.words) <= LONE_WORDS:
        return False
    words = sorted(line.words, key=lambda word: word.box.x0)
    return any(_holds(left, right, box) for left, right in pairwise(words))


def _holds(left: Word, right: Word, box: Box) -> bool:
    """Whether `box` stands between two words of a line and nearly as high; the recogniser often stretches the
    box of the word before over it."""
    over = box.x0 < left.box.x1 - SLACK * box.width
    if over and (box.x0 < left.box.x0 + BEHIND * left.box.width or shared_height(box, left.box) < SAME_LINE):
        return False
    outside = max(box.x1 - right.box.x0, 0.0)
    level = (left.box.y0 + left.box.y1 + right.box.y0 + right.box.y1) / 4
    lifted = abs((box.y0 + box.y1) / 2 - level)
    return outside <= SLACK * box.width and lifted <= LIFTED * max(box.height, left.box.height)


def _with_words(line: Line, words: Sequence[Word]) -> Line:
    every = tuple(sorted((*line.words, *words), key=lambda word: word.box.x0))
    return replace(line, text=joined(every), box=around(word.box for word in every), words=every)
