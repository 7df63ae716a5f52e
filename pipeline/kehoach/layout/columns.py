"""Two-column parts of an administrative page: head (issuer | motto) and foot (recipients | signer)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kehoach.document.page import Box, Role, Word
from kehoach.layout.strips import Band, Strip, cut, split
from kehoach.text import fold

# Of the page's width: a gutter between two columns is at least this wide.
MIN_GUTTER = 0.012
# Of the page's height: the head stands above this.
HEAD_REACH = 0.42
# Of the page's height: from the motto down to number and date.
HEAD_HEIGHT = 0.12
# Of the page's height: so much of it is recognised column by column.
HEAD_PART = 0.09
# Of the page's height: the foot's right column begins this much above “Nơi nhận”; in its first lines
# the gutter is free of seal and signature.
FOOT_ABOVE, FOOT_OPENING = 0.011, 0.035
# Of the page's height: over the letterhead nothing stands.
HEAD_ABOVE = 0.022
# Of the page's width: where the gutter is looked for.
OPENING_SPAN = (0.25, 0.75)
# Letters: a capital word of an office has at least these (CHỦ, BỘ are short, noise is shorter).
OFFICE_LETTERS = 2
# Of the page's width: the gutter lies this near to where the motto begins.
MARGIN = 0.12
# Of the page's height: lines of one column stand closer together than this.
NEAR = 0.055
# Of the page's width: the foot's right column begins beyond this; a line from its left that ends beyond
# ACROSS is no recipient but text below the foot.
RIGHT_COLUMN, ACROSS = 0.42, 0.78
# Of the page's height: a signer's name may stand this far below his position (the seal goes between).
SIGNER_REACH = 0.21

_MOTTO = re.compile(r"cong h\S{1,2} xa h|doc l\S{1,2}p ?[-–—]? ?tu do|hanh ph\S{1,2}c")
_NUMBER = re.compile(r"^s\S? ?[:.;]|^s\S$|^s\S?:")
_DATE = re.compile(r"ng\wy\b.*th\wng\b|\bn\wm ?(19|20)\d\d")
_RECIPIENTS = re.compile(r"^noi nh\Sn")
_AUTHORITY = re.compile(r"^(tm|kt|tl|tuq|q)[.,] ?\w", re.IGNORECASE)
_POSITION = re.compile(
    r"^(pho )?(chu tich|giam doc|tong giam doc|chanh van phong|bo truong|thu truong|thu tuong)$"
)
_ADDRESSEE = re.compile(r"^kinh g\wi")


@dataclass(frozen=True, slots=True)
class Zone:
    """Bands `first` to `last` (included) are a two-column part; its lines in reading order."""

    first: int
    last: int
    role: Role
    lines: tuple[tuple[Strip, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Where two columns are to be expected: the whole part, and its opening lines with a clear gutter."""

    whole: Box
    opening: Box


def two_column_parts(words: Sequence[Word]) -> tuple[Part, ...]:
    """Head and foot of a page, by the motto, and by “Nơi nhận” or the signer's authority or office."""
    pairs = list(pairwise(words))
    heads = [one.box.y0 for one, other in pairs if _shows_motto(one, other)]
    feet = [one.box.y0 for one, other in pairs if _shows_foot(one, other)]
    lowest = max((word.box.y1 for word in words), default=1.0)
    parts = [_part(words, min(heads), min(heads) + HEAD_PART, HEAD_ABOVE)] if heads else []
    return (*parts, *([_part(words, min(feet), lowest + FOOT_ABOVE, FOOT_ABOVE)] if feet else []))


def _part(words: Sequence[Word], top: float, bottom: float, above: float) -> Part:
    """The part from `top` to `bottom`, but not through a line of words."""
    page = words[0].box.page
    bottom = min((word.box.y0 for word in words if word.box.y0 < bottom < word.box.y1), default=bottom)
    whole = Box(page, 0.0, max(top - above, 0.0), 1.0, min(bottom, 1.0))
    return Part(whole, Box(page, OPENING_SPAN[0], top, OPENING_SPAN[1], min(top + FOOT_OPENING, 1.0)))


def _shows_motto(one: Word, other: Word) -> bool:
    return (
        one.box.y0 < HEAD_REACH / 2
        and fold(one.text) == "cong"
        and fold(other.text) in ("hoa", "hda", "hcoa")
    )


def is_office(word: Word) -> bool:
    """A capital word such as the line of authority or office over a signature has."""
    return word.text.isupper() and sum(char.isalpha() for char in word.text) >= OFFICE_LETTERS


def _shows_foot(one: Word, other: Word) -> bool:
    text = fold(one.text)
    if one.box.x0 < 1 / 3:
        return text == "noi" and fold(other.text).startswith("nh")
    if one.box.x0 < RIGHT_COLUMN or not one.text.isupper() or not other.text.isupper():
        return False
    return bool(_AUTHORITY.match(f"{text} {other.text}") or _POSITION.match(fold(f"{one.text} {other.text}")))


def zones(found: Sequence[Band]) -> list[Zone]:
    """The head and foot parts among the bands of a page, from top to bottom."""
    made: list[Zone] = []
    head = _head(found)
    if head is not None:
        made.append(head)
    foot = _foot(found, head.last + 1 if head else 0)
    if foot is not None:
        made.append(foot)
    return made


def with_split_head(found: Sequence[Strip]) -> list[Strip]:
    """`found` with strips of the head cut where issuer and motto, number and date stand close together."""
    cut_at = [(strip, _motto_start(strip)) for strip in found if strip.box.y0 < HEAD_REACH]
    mottos = [(strip, index) for strip, index in cut_at if index is not None]
    if not mottos:
        return list(found)
    out: list[Strip] = []
    top, left = min(strip.box.y0 for strip, _ in mottos), min(strip.words[i].box.x0 for strip, i in mottos)
    starts = {id(strip): index for strip, index in mottos}
    for strip in found:
        index = starts.get(id(strip))
        if index is not None:
            out.extend(cut(strip, index))
        elif top < strip.box.y0 < top + HEAD_HEIGHT and _NUMBER.match(fold(strip.text)):
            out.extend(
                split(strip, left - MARGIN, left + MARGIN) if strip.box.x1 > left + MARGIN else (strip,)
            )
        else:
            out.append(strip)
    return out


def _motto_start(strip: Strip) -> int | None:
    """Index of the word that begins a line of the motto; None where the strip holds none."""
    folded = [fold(word.text) for word in strip.words]
    for index in range(len(folded)):
        text = " ".join(folded[index:])
        if _MOTTO.match(text):
            return index
    return None


def _head(found: Sequence[Band]) -> Zone | None:
    """The part around the national motto; without a motto there is no head."""
    at = [i for i, band in enumerate(found) if any(_MOTTO.search(fold(one.text)) for one in band.strips)]
    at = [i for i in at if found[i].box.y0 < HEAD_REACH]
    if not at:
        return None
    first, last = at[0], at[0]
    motto = max(found[first].strips, key=lambda one: one.box.x0)
    gutter = (0.0, motto.box.x0)
    while first > 0 and _apart(found[first - 1], gutter):
        first -= 1
    gutter = _narrowed(found[first : last + 1], gutter)
    while last + 1 < len(found) and _in_head(found[last], found[last + 1], gutter):
        last += 1
        gutter = _narrowed(found[first : last + 1], gutter)
    middle = (gutter[0] + gutter[1]) / 2
    return Zone(first, last, Role.HEAD, _head_order(found[first : last + 1], middle))


def _narrowed(group: Sequence[Band], gutter: tuple[float, float]) -> tuple[float, float]:
    """The gutter that all strips of `group` leave free."""
    middle = gutter[1] - MIN_GUTTER if gutter[0] == 0.0 else (gutter[0] + gutter[1]) / 2
    strips = [strip.box for band in group for strip in band.strips]
    left = max((box.x1 for box in strips if (box.x0 + box.x1) / 2 < middle), default=gutter[0])
    right = min((box.x0 for box in strips if (box.x0 + box.x1) / 2 >= middle), default=gutter[1])
    return (left, right) if right > left else gutter


def _apart(band: Band, gutter: tuple[float, float]) -> bool:
    """Whether the band has a strip on either side and none across."""
    return len(band.strips) > 1 and not any(
        one.box.x0 < gutter[0] and one.box.x1 > gutter[1] for one in band.strips
    )


def _in_head(above: Band, band: Band, gutter: tuple[float, float]) -> bool:
    if band.box.y0 - above.box.y1 > NEAR:
        return False
    middle = (gutter[0] + gutter[1]) / 2
    if any(one.box.x0 < middle < one.box.x1 for one in band.strips):
        return False
    if any(_ADDRESSEE.match(fold(one.text)) for one in band.strips):
        return False
    left = [one for one in band.strips if one.box.x1 <= middle]
    right = [one for one in band.strips if one.box.x0 >= middle]
    if right and not left:
        text = fold(" ".join(one.text for one in right))
        return bool(_MOTTO.search(text) or _DATE.search(text))
    return bool(left)


def _head_order(group: Sequence[Band], middle: float) -> tuple[tuple[Strip, ...], ...]:
    """Issuer, motto, number with what stands below it, place and date."""
    left, right = _sides(group, middle)
    number = next((i for i, line in enumerate(left) if _NUMBER.match(fold(line[0].text))), len(left))
    date = next((i for i, line in enumerate(right) if _DATE.search(fold(_text(line)))), len(right))
    return (*left[:number], *right[:date], *left[number:], *right[date:])


def _foot(found: Sequence[Band], start: int) -> Zone | None:
    """The part from “Nơi nhận” or the signer's authority to the end of the columns."""
    at = next((i for i in range(start, len(found)) if _opens_foot(found[i])), None)
    if at is None:
        return None
    last = at
    while last + 1 < len(found) and _in_foot(found[last], found[last + 1]):
        last += 1
    group = found[at : last + 1]
    left, right = _sides(group, _foot_middle(group))
    return Zone(at, last, Role.FOOT, (*left, *right))


def _opens_foot(band: Band) -> bool:
    folded = [fold(strip.text) for strip in band.strips]
    if any(_RECIPIENTS.match(text) for text in folded):
        return True
    last = band.strips[-1]
    if last.box.x0 <= 1 / 3 or not last.text.isupper():
        return False
    return bool(_AUTHORITY.match(folded[-1]) or (len(band.strips) > 1 and _POSITION.match(folded[-1])))


def _foot_middle(group: Sequence[Band]) -> float:
    """Where the gutter is: between the recipients and what stands right of them."""
    strips = [strip.box for band in group for strip in band.strips]
    right = min((box.x0 for box in strips if box.x0 > RIGHT_COLUMN), default=1.0)
    left = max((box.x1 for box in strips if box.x0 < RIGHT_COLUMN and box.x1 < right), default=right)
    return (left + right) / 2


def _in_foot(above: Band, band: Band) -> bool:
    """Whether the foot goes on: not after a wide gap, and not with a line across the page."""
    if band.box.y0 - above.box.y1 > SIGNER_REACH:
        return False
    return not any(one.box.x0 < RIGHT_COLUMN and one.box.x1 > ACROSS for one in band.strips)


def _sides(group: Sequence[Band], middle: float) -> tuple[list[tuple[Strip, ...]], list[tuple[Strip, ...]]]:
    """Lines of the left and of the right column, each from top to bottom."""
    left = [tuple(one for one in band.strips if _centre(one) < middle) for band in group]
    right = [tuple(one for one in band.strips if _centre(one) >= middle) for band in group]
    return _from_top(left), _from_top(right)


def _from_top(lines: Sequence[tuple[Strip, ...]]) -> list[tuple[Strip, ...]]:
    return sorted((line for line in lines if line), key=lambda line: line[0].box.y0)


def _centre(strip: Strip) -> float:
    return (strip.box.x0 + strip.box.x1) / 2


def _text(line: tuple[Strip, ...]) -> str:
    return " ".join(strip.text for strip in line)
