"""The places of number, day and month in the head: what stands there, and whether print or ink."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kehoach.document.page import Box, Grid, Line, Role, Word
from kehoach.layout.strips import around, joined

NUMBER, DATE = "document.number", "document.issued_on"

# Of the line's usual letter width: a wider word has taken in the ink beside it.
WIDEST = 1.35
# Words of the head that a recogniser glues to the ink beside them.
_GLUED = re.compile(r"^(S[ốóòỐ]\s*[:.;]|[Nn]g[àa]y|th[áa]ng|n[ăa]m)(?=.)|(?<=.)(/[A-ZĐ]|th[áa]ng$|n[ăa]m$)")
_NUMBER_WORD = re.compile(r"^S[ốóòô][:.;]?$")
_DAY_WORD, _MONTH_WORD, _YEAR_WORD = (
    re.compile(p, re.IGNORECASE) for p in ("^ng[àa]y$", "^th[áa]ng$", "^n[ăa]m$")
)
# Dots and rules that mark a place to be filled.
_LEADER = re.compile(r"^[\W_]+$")


@dataclass(frozen=True, slots=True)
class Blank:
    """A place in the head that is filled or not: words `first` to `end` of line `line` of the flow."""

    field: str
    line: int
    first: int
    end: int
    box: Box
    is_inked: bool = False  # the word before it took in ink that stands here

    def words(self, flow: Sequence[Line | Grid]) -> tuple[Word, ...]:
        """What was recognised there, leaders left out."""
        line = flow[self.line]
        assert isinstance(line, Line)
        return tuple(word for word in line.words[self.first : self.end] if not _LEADER.match(word.text))


def unglued(flow: Sequence[Line | Grid]) -> tuple[Line | Grid, ...]:
    """Head lines with words such as `ngày23` and `Số:08/KH-UBND` parted, boxes in proportion."""
    return tuple(_unglued(part) if _is_head(part) else part for part in flow)


def blanks(flow: Sequence[Line | Grid]) -> Iterator[Blank]:
    """Number, day and month of the head, in reading order of each line."""
    for index, part in enumerate(flow):
        if not (isinstance(part, Line) and _is_head(part)):
            continue
        texts = [word.text for word in part.words]
        for field, opening, closing in _PLACES:
            first = next((i for i, text in enumerate(texts) if opening.match(text)), None)
            end = next(
                (i for i, text in enumerate(texts) if first is not None and i > first and closing(text)), None
            )
            if first is not None and end is not None:
                tight = _tight(part.words[first], part.words)
                box = _between(tight, part.words[end].box)
                yield Blank(field, index, first + 1, end, box, tight != part.words[first].box)


def filled(flow: Sequence[Line | Grid], blank: Blank, words: Sequence[Word]) -> tuple[Line | Grid, ...]:
    """`flow` with `words` in the place of what was recognised at `blank` (none: the place stays empty)."""
    line = flow[blank.line]
    assert isinstance(line, Line)
    whole = (*line.words[: blank.first], *words, *line.words[blank.end :])
    new = replace(line, words=whole, text=joined(whole), box=around(word.box for word in whole))
    return (*flow[: blank.line], new, *flow[blank.line + 1 :])


def _is_head(part: Line | Grid) -> bool:
    return isinstance(part, Line) and part.role is Role.HEAD and bool(part.words)


def _is_symbol(text: str) -> bool:
    return text.startswith("/") or ("/" in text and any(char.isupper() for char in text))


_PLACES = (
    (NUMBER, _NUMBER_WORD, _is_symbol),
    (DATE, _DAY_WORD, lambda text: bool(_MONTH_WORD.match(text))),
    (DATE, _MONTH_WORD, lambda text: bool(_YEAR_WORD.match(text))),
)


def _tight(word: Word, words: Sequence[Word]) -> Box:
    """The word's box without ink on its right that the recogniser took in."""
    widths = sorted(one.box.width / len(one.text) for one in words if len(one.text) > 1)
    usual = widths[len(widths) // 2] if widths else word.box.width
    return word.box._replace(x1=min(word.box.x1, word.box.x0 + WIDEST * usual * len(word.text)))


def _between(before: Box, after: Box) -> Box:
    return Box(
        before.page, before.x1, min(before.y0, after.y0), max(after.x0, before.x1), max(before.y1, after.y1)
    )


def _unglued(part: Line | Grid) -> Line | Grid:
    assert isinstance(part, Line)
    words = tuple(piece for word in part.words for piece in _pieces(word))
    return part if words == part.words else replace(part, words=words, text=joined(words))


def _pieces(word: Word) -> Iterator[Word]:
    """`word` parted where a known word of the head is glued to something."""
    match = _GLUED.search(word.text)
    if word.confidence is None or match is None:
        yield word
        return
    at = match.end() if match.start() == 0 else match.start()
    share = at / len(word.text)
    middle = word.box.x0 + share * word.box.width
    yield from _pieces(replace(word, text=word.text[:at], box=word.box._replace(x1=middle)))
    yield from _pieces(replace(word, text=word.text[at:], box=word.box._replace(x0=middle)))
