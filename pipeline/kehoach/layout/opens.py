"""Where paragraphs begin, as the page shows it: indents, short lines before, centred lines, bold headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kehoach.document.page import Box, Grid, Line, Role
from kehoach.layout.strips import letter_height
from kehoach.text import BULLETS, CAPITAL_LETTERS

# Of the letter height: a line that begins this much right of the margin is indented.
INDENT = 0.7
# Of the letter height: room left at the right end beyond the next line's first word.
SLACK = 0.9
# Of the page's width: a centred line's middle is this near to the column's.
CENTRE = 0.02
# Of the usual line pitch: a wider step down begins a paragraph.
STEP = 1.7
# Of the column's width: a centred line longer than this goes on in the next one.
LONG_LINE = 0.6
_ROUND = 100  # margins are counted in hundredths of the page's width

_MARK = re.compile(
    rf"^([-–—+*{BULLETS}]|=>|"
    r"\(?[0-9]{1,2}[.)]|[0-9]+(\.[0-9]+)+\.?|\(?[a-zđ][.)]|[IVXLC]{1,5}\.)(\s|$)|^Điều \d"
)
# An item of a list: below a title, addressees may stand in the middle as well ("- Bộ Nội vụ;").
_ITEM = re.compile(rf"^[-–—+{BULLETS}]\s+[{CAPITAL_LETTERS}]")


@dataclass(frozen=True, slots=True)
class Column:
    """The text column of a page in fractions of its width; `em` is the letter height in the same unit."""

    left: float
    right: float
    em: float
    pitch: float
    indents: bool  # whether paragraphs on this page begin with an indent
    indents_at: tuple[float, ...]  # where indented lines begin, if several share a place


def with_openings(flow: tuple[Line | Grid, ...], ratio: float) -> tuple[Line | Grid, ...]:
    """`flow` with `opens` and `centred` judged for every line; head and foot lines always open."""
    body = [part for part in flow if isinstance(part, Line) and part.role is Role.BODY and part.box]
    notes = [part for part in flow if isinstance(part, Line) and part.role is Role.FOOTNOTE and part.box]
    columns = {Role.BODY: _column(body, ratio), Role.FOOTNOTE: _column(notes, ratio)}
    out: list[Line | Grid] = []
    before: Line | None = None
    for index, part in enumerate(flow):
        if isinstance(part, Grid):
            out.append(part)
            before = None
            continue
        after = flow[index + 1] if index + 1 < len(flow) else None
        judged = _judged(part, before, after if isinstance(after, Line) else None, columns.get(part.role))
        if before is None and any(isinstance(one, Grid) for one in out[-1:]):
            judged = replace(judged, opens=True if judged.opens is None else judged.opens)
        out.append(judged)
        before = judged if part.role not in (Role.PAGE_NUMBER, Role.STAMP) else before
    return tuple(out)


def _column(lines: Sequence[Line], ratio: float) -> Column | None:
    boxes = [line.box for line in lines if line.box]
    if not boxes:
        return None
    em = letter_height([word for line in lines for word in line.words]) * ratio
    right = _edge([box.x1 for box in boxes], largest=True)
    long = [box for box in boxes if box.x1 > right - 4 * em]
    left = _margin(boxes, _edge([box.x0 for box in long or boxes], largest=False), em)
    steps = sorted(b.y0 - a.y0 for a, b in pairwise(boxes) if b.y0 > a.y0)
    pitch = steps[len(steps) // 2] if steps else 0.0
    indented = sum(1 for box in boxes if INDENT * em < box.x0 - left < 6 * em)
    flush = sum(1 for box in boxes if abs(box.x0 - left) <= INDENT * em)
    return Column(
        left,
        right,
        em,
        pitch,
        indented > 0 and flush > 0,
        _shared_indents(boxes, left, em, is_exact=not any(map(_is_recognised, lines))),
    )


def _shared_indents(boxes: Sequence[Box], left: float, em: float, *, is_exact: bool) -> tuple[float, ...]:
    """Where at least two lines begin right of the margin: paragraphs, items, words under a mark. On a scan,
    whose edges waver, the commonest place alone."""
    places = Counter(round(box.x0 * _ROUND) for box in boxes if INDENT * em < box.x0 - left < 6 * em)
    shared = [(place, count) for place, count in places.most_common(None if is_exact else 1) if count > 1]
    return tuple(place / _ROUND for place, _ in shared)


def _is_recognised(line: Line) -> bool:
    return any(word.confidence is not None for word in line.words)


MARGIN_LINES = 4  # lines that begin at one place left of the long ones show where the margin is


def _margin(boxes: Sequence[Box], left: float, em: float) -> float:
    """The left margin: where most long lines begin indented, short ends of paragraphs stand left of them."""
    places = Counter(round(box.x0 * _ROUND) for box in boxes if INDENT * em < left - box.x0 < 6 * em)
    spot, count = places.most_common(1)[0] if places else (0, 0)
    return min(left, spot / _ROUND) if count >= MARGIN_LINES else left


def _edge(values: Sequence[float], *, largest: bool) -> float:
    """The outermost position that several lines share, else the outermost."""
    counts = Counter(round(value * _ROUND) for value in values)
    shared = [spot for spot in counts if counts[spot] + counts[spot - 1] + counts[spot + 1] >= 3]
    pick = max if largest else min
    spot = pick(shared or list(counts))
    near = [value for value in values if abs(round(value * _ROUND) - spot) <= 1]
    return pick(near)


def _judged(line: Line, before: Line | None, after: Line | None, column: Column | None) -> Line:
    if line.role in (Role.HEAD, Role.FOOT, Role.PAGE_NUMBER, Role.STAMP):
        return replace(line, opens=True)
    if line.role is Role.FOOTNOTE and line.note_mark:
        return replace(line, opens=True)
    if column is None or line.box is None:
        return line
    centred = _is_centred(line.box, column)
    return replace(line, centred=centred, opens=_opens(replace(line, centred=centred), before, after, column))


def _is_centred(box: Box, column: Column) -> bool:
    inset = min(box.x0 - column.left, column.right - box.x1)
    middle = abs((box.x0 + box.x1) / 2 - (column.left + column.right) / 2)
    if any(abs(box.x0 - place) < INDENT * column.em / 2 for place in column.indents_at):
        return False
    return inset > INDENT * column.em and middle < CENTRE


def _opens(line: Line, before: Line | None, after: Line | None, column: Column) -> bool | None:
    assert line.box is not None
    indented = line.box.x0 - column.left > INDENT * column.em
    if before is None or before.box is None:
        return True if indented or line.centred else None
    if before.role is not line.role:
        return True
    if line.centred or before.centred:
        return _opens_centred(line, before, column)
    if line.box.y0 - before.box.y0 > STEP * column.pitch > 0:
        return True
    if _is_short(before.box, line, column):
        return True
    if indented and _hangs(before, line.box, column) and not _MARK.match(line.text):
        return False
    if indented:
        hanging = abs(line.box.x0 - before.box.x0) < INDENT * column.em / 2
        if hanging and not _MARK.match(line.text):
            return False if before.opens is False and not _is_recognised(line) else None
        return True
    if line.bold_length and not before.bold_length and line.bold_length >= len(line.text) / 2:
        return True
    if _MARK.match(line.text) and not column.indents:
        return None
    return False


def _hangs(before: Line, box: Box, column: Column) -> bool:
    """Whether a line stands under the words of a list item, its mark hanging out before them."""
    if not _MARK.match(before.text) or len(before.words) < 2:
        return False
    return abs(box.x0 - before.words[1].box.x0) < INDENT * column.em / 2


def _is_short(before: Box, line: Line, column: Column) -> bool:
    """Whether the line before ends although this line's first word would have fitted."""
    first = line.words[0].box.width if line.words else 0.0
    return column.right - before.x1 > first + SLACK * column.em


def _opens_centred(line: Line, before: Line, column: Column) -> bool | None:
    """A centred title goes on where letters and weight stay the same and the line before is long."""
    if line.centred != before.centred or line.text.isupper() != before.text.isupper():
        return True
    if bool(line.bold_length) != bool(before.bold_length):
        return True
    if _ITEM.match(line.text) and not line.text.isupper():
        return True
    wide = before.box is not None and before.box.width > LONG_LINE * (column.right - column.left)
    return False if wide else None
