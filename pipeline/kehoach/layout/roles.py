"""Which printed lines are page numbers, footnotes or stamps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kehoach.document.page import Box, Grid, Line, Role
from kehoach.layout.strips import joined, letter_height
from kehoach.text import fold

# Of the page's height: a page number stands above or below these.
TOP_MARGIN, BOTTOM_MARGIN = 0.09, 0.92
# Of the body's letter height: footnotes are set smaller than this.
NOTE_SIZE = 0.92
# The same where a recogniser measured the letters: a line of the body comes out smaller now and then.
NOTE_SIZE_READ = 0.88
# Of the page's width: the rule above footnotes is between these.
NOTE_RULE = (0.1, 0.5)
# Of the page's height: footnotes begin in the lower part.
NOTE_REACH = 0.45

_PAGE_NUMBER = re.compile(r"[-–—. ]{0,3}(trang ?)?\d{1,3}( ?/ ?\d{1,3})?[-–—. ]{0,3}$", re.IGNORECASE)
_NOTE_MARK = re.compile(r"^\(?(\d{1,2})\)?(?=[\s.]?\s*\D)")
# What a recogniser makes of a small raised 1.
_LIKE_ONE = frozenset("!'’‘lI|¡¹°")
_STRIP = re.compile(
    r"^(ky boi|nguoi ky|thoi gian ky|co quan ?:|email ?:|ngay ky|ky ngay|signature|digitally)"
)


def with_roles(
    flow: tuple[Line | Grid, ...], rulings: Sequence[Box], ratio: float
) -> tuple[Line | Grid, ...]:
    """`flow` with page numbers, signature strips and footnotes named."""
    flow = tuple(_margin_role(part) if isinstance(part, Line) else part for part in flow)
    start = _first_note(flow, rulings)
    return tuple(
        _note(part) if index >= start and isinstance(part, Line) and part.role is Role.BODY else part
        for index, part in enumerate(flow)
    )


def is_strip(text: str) -> bool:
    """Whether a line is part of a signature strip (Ký bởi: …; Thời gian ký: …)."""
    return bool(_STRIP.match(fold(text).strip()))


def _margin_role(line: Line) -> Line:
    if line.role is not Role.BODY or line.box is None:
        return line
    if is_strip(line.text):
        return replace(line, role=Role.STAMP)
    in_margin = line.box.y1 < TOP_MARGIN or line.box.y0 > BOTTOM_MARGIN
    if in_margin and _PAGE_NUMBER.match(line.text):
        return replace(line, role=Role.PAGE_NUMBER)
    return line


def _first_note(flow: Sequence[Line | Grid], rulings: Sequence[Box]) -> int:
    """Index of the first footnote line; the flow's length where there is none."""
    body = [part for part in flow if isinstance(part, Line) and part.role is Role.BODY and part.box]
    usual = letter_height([word for line in body for word in line.words])
    separator = _separator(rulings, body)
    start = len(flow)
    for index in range(len(flow) - 1, -1, -1):
        part = flow[index]
        if isinstance(part, Grid):
            break
        if part.role is Role.PAGE_NUMBER or part.role is Role.STAMP:
            continue
        if part.role is not Role.BODY or part.box is None or part.box.y0 < NOTE_REACH:
            break
        small = letter_height(part.words) < _note_size(part) * usual
        under = separator is not None and part.box.y0 >= separator
        if not small and not under:
            break
        if _is_note_start(part) or (under and _is_first_under(flow, index, separator)):
            start = index
    return start


def _note_size(line: Line) -> float:
    return NOTE_SIZE if any(word.confidence is None for word in line.words) else NOTE_SIZE_READ


def _separator(rulings: Sequence[Box], body: Sequence[Line]) -> float | None:
    """Height of the short rule above the footnotes."""
    if not body:
        return None
    left = min(line.box.x0 for line in body if line.box)
    found = [
        rule.y0
        for rule in rulings
        if NOTE_RULE[0] < rule.width < NOTE_RULE[1]
        and rule.height < rule.width / 10
        and rule.y0 > NOTE_REACH
        and abs(rule.x0 - left) < NOTE_RULE[0] / 2
    ]
    return max(found, default=None)


def _is_first_under(flow: Sequence[Line | Grid], index: int, separator: float | None) -> bool:
    """Whether the part above stands over the separator: a note begins here, its mark legible or not."""
    above = flow[index - 1].box if index else None
    return separator is not None and (above is None or above.y0 < separator)


def _is_note_start(line: Line) -> bool:
    return bool(line.words and (line.words[0].superscript or _NOTE_MARK.match(line.text)))


def _note(line: Line) -> Line:
    mark = _NOTE_MARK.match(line.text)
    first = line.words[:1]
    if mark is None and first and first[0].confidence is not None:
        if first[0].text not in _LIKE_ONE:
            return replace(line, role=Role.FOOTNOTE)
        words = (replace(first[0], text="1"), *line.words[1:])
        return replace(line, role=Role.FOOTNOTE, note_mark="1", words=words, text=joined(words))
    return replace(line, role=Role.FOOTNOTE, note_mark=mark[1] if mark else None)
