"""Lines of words as runs of tokens: what may be mended, what only gives context, where a sentence ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache

from kehoach.document.page import Line, Provenance, Role, Word
from kehoach.repair.counts import NUMBER, UNKNOWN, counts
from kehoach.repair.rules import rules
from kehoach.text import fold, in_capitals

_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_BREAK = re.compile(r"[.;:!?…]")
_ROMAN = re.compile(r"[ivxl]+", re.IGNORECASE)
_SYMBOL = re.compile(r"\d|[/&@_]|[^\W\d_]-[A-ZĐ]")  # document numbers and symbols, dates, addresses
# A word that holds more than syllables and the marks around them was read badly: specks, dirt, foreign signs.
_CLEAN = re.compile(r"""[-+–("'“‘\[]*[^\W\d_]+(?:[ /–-][^\W\d_]+)*[])"'”’.,;:!?…]*""")
_VOWEL = re.compile(r"[aeiouy]")
SHORTEST = 2  # letters; one alone is a mark of a list as often as a syllable
NAME_LENGTH = 4  # syllables that a name in capitals may have behind its title or its family name


@dataclass(frozen=True, slots=True)
class Token:
    """A syllable, number or abbreviation in a word. `line`, `word`: where that stands in the page's lines."""

    line: int
    word: int
    start: int
    end: int
    text: str
    id: int
    opens: bool  # nothing before it belongs to its sentence
    is_open: bool  # may be mended

    @property
    def lower(self) -> str:
        return self.text.lower()


def runs(lines: Sequence[Line]) -> Iterator[list[int]]:
    """Indexes of lines that follow one another as one text."""
    run: list[int] = []
    for index, line in enumerate(lines):
        if run and not _goes_on(lines[run[-1]], line):
            yield run
            run = []
        run.append(index)
    if run:
        yield run


def _goes_on(before: Line, line: Line) -> bool:
    if line.role is not before.role or line.role is Role.HEAD:
        return False
    if line.opens is not None:
        return not line.opens
    return line.text[:1].islower() and not _BREAK.search(before.text[-1:])


def tokens(lines: Sequence[Line], first: int = 0) -> list[Token]:
    """The tokens of lines that are one text; `first` is the number of the first line."""
    found: list[Token] = []
    between = "."
    for number, line in enumerate(lines, first):
        capitals = in_capitals(line.text)
        for place, word in enumerate(line.words):
            at = 0
            for match in _TOKEN.finditer(word.text):
                between += word.text[at : match.start()]
                at = match.end()
                opens = bool(_BREAK.search(between))
                found.append(_token(match, number, place, word, opens, capitals))
                between = ""
            between += word.text[at:] + " "
    return _without_names(
        found, {number for number, line in enumerate(lines, first) if line.role is Role.FOOT}
    )


def _token(match: re.Match[str], line: int, place: int, word: Word, opens: bool, capitals: bool) -> Token:
    text = match[0]
    number = NUMBER if text.isdigit() else counts().ids.get(text.lower(), UNKNOWN)
    is_open = word.provenance is Provenance.PRINT and not word.superscript
    is_open = is_open and _is_open(text, word.text, capitals)
    return Token(line, place, match.start(), match.end(), text, number, opens, is_open)


@lru_cache(maxsize=8192)
def _is_open(text: str, word: str, capitals: bool) -> bool:
    """Whether a token of `word` may be mended, by itself; names are told later."""
    if len(text) < SHORTEST or _ROMAN.fullmatch(text) or not _VOWEL.search(fold(text)):
        return False
    if not _CLEAN.fullmatch(word) or _SYMBOL.search(word):
        return False
    if text.isupper():
        return capitals and not _is_abbreviation(text)
    return text[1:].islower()


def _is_abbreviation(text: str) -> bool:
    """Capitals that are counted as a word, but are no syllable."""
    model = counts()
    return text.lower() in model.ids and not model.known(text.lower())


def _without_names(found: list[Token], foot: Set[int]) -> list[Token]:
    """Persons and places closed: capitals side by side, what stands behind a title or is a signature.

    `foot`: numbers of the lines of recipients and signature.
    """
    closed: set[int] = set()
    for index, token in enumerate(found):
        if token.text.istitle() and not token.text.isupper():
            closed |= _capitalised_run(found, index)
        elif token.text.isupper():
            closed |= _behind(found, index, token.line in foot)
    return [replace(token, is_open=False) if index in closed else token for index, token in enumerate(found)]


def _capitalised_run(found: Sequence[Token], index: int) -> set[int]:
    """A capitalised syllable beside its like or behind a title: part of a name, as far as one sees."""
    token = found[index]
    before = found[index - 1] if index and not token.opens else None
    after = found[index + 1] if index + 1 < len(found) and not found[index + 1].opens else None
    if before is not None and (_is_titled(before) or before.lower in rules().titles):
        return {index}
    return {index} if after is not None and _is_titled(after) else set()


def _is_titled(token: Token) -> bool:
    return token.text[:1].isupper() and not token.text.isupper()


def _behind(found: Sequence[Token], index: int, in_foot: bool) -> set[int]:
    """In capitals: what stands behind the title of a place or person; a foot line that a name opens."""
    token = found[index]
    opens_line = index == 0 or found[index - 1].line != token.line
    same = [at for at in range(index + 1, len(found)) if found[at].line == token.line]
    if token.lower in rules().titles:
        return set(same[:NAME_LENGTH])
    if in_foot and opens_line and len(same) < NAME_LENGTH and fold(token.text) in rules().family_names:
        return {index, *same}
    return set()
