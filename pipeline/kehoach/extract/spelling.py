"""How a unit's name is written: short forms written out, the words around it taken off, its level and place.

What is compared is a key: folded, without "và", punctuation and spaces, so that "VHTT&DL", "Văn hóa, Thể
thao và Du lịch" and the same with a space lost by OCR are one. Words are in `models/units/spellings.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from kehoach.extract import identity
from kehoach.rules import compiled, data
from kehoach.text import CAPITAL_LETTERS, fold, nfc, one_line, same_tone_place

MIN_KEY = 3  # letters of a name that is left when the words around it are gone
PLACE_SYLLABLES = 4  # of the longest names of provinces

_SHORT = r"[A-ZĐ]{1,10}"
_RUN = re.compile(rf"(?<!\w){_SHORT}(?:\s*(?:[-–—&,./]|\bvà\b)\s*{_SHORT})+(?!\w)")
_WORD = re.compile(r"[^\W_]+")
_NAME = rf"(?:[{CAPITAL_LETTERS}][\w'’]*|\d{{1,2}})(?:(?:\s+|\s*-\s*)[{CAPITAL_LETTERS}][\w'’]*){{0,4}}"
_GLUED = re.compile(r"(?<!\w)([A-ZĐ]{3,})(?=[^\W\d_A-ZĐ]{2})")  # "UBNDxã"
_BRACKET = re.compile(r"\s*\([^)]*\)?\s*$")
_EDGE = " .,;:-–—\"“”'/"


class Form(NamedTuple):
    """A reading of a name: its words folded, the levels that a word behind it tells, the place behind it."""

    words: str
    levels: frozenset[str]
    place: str | None

    @property
    def key(self) -> str:
        """What names are looked up by."""
        return self.words.replace(" ", "")


def words(name: str) -> str:
    """A name folded, short forms written out, without "và", punctuation and words said twice."""
    found = _WORD.findall(fold(_plain(name)))
    kept = [word for word in found if word != "va"]
    return " ".join(word for number, word in enumerate(kept) if not number or word != kept[number - 1])


@lru_cache(maxsize=1 << 14)
def forms(name: str, places: frozenset[str] = frozenset()) -> tuple[Form, ...]:
    """Readings of a name from its whole to its core; `places`: keys of names that may stand behind it."""
    return tuple(_forms(name, places))


def whole(name: str) -> Form:
    """A name with its level and place taken off, nothing else."""
    state = _State(_plain(name))
    while further := _level_off(state):
        state = further
    return Form(words(state.text), state.levels, state.place)


def _forms(name: str, places: frozenset[str]) -> Iterator[Form]:
    seen: set[tuple[str, frozenset[str]]] = set()
    for form in _tail_states(name, places):
        for bare in _without_leads(form.words):
            reading = Form(bare, form.levels, form.place)
            if len(reading.key) >= MIN_KEY and (reading.key, reading.levels) not in seen:
                seen.add((reading.key, reading.levels))
                yield reading


class _State(NamedTuple):
    text: str
    levels: frozenset[str] = frozenset()
    place: str | None = None


def _tail_states(name: str, places: frozenset[str]) -> Iterator[Form]:
    state: _State | None = _State(_plain(name))
    while state is not None:
        yield Form(words(state.text), state.levels, state.place)
        state = _tail_off(state, places)


def _plain(name: str) -> str:
    return _written_out(_GLUED.sub(r"\1 ", one_line(same_tone_place(nfc(name))))).strip(_EDGE)


def _tail_off(state: _State, places: frozenset[str]) -> _State | None:
    """The name without its last remark, level or place; None where nothing comes off."""
    if (found := _level_off(state)) or (found := _place_off(state, places)):
        return found
    if bracket := _BRACKET.search(state.text):
        return _cut(state, bracket.start())
    tail = _tails().search(_folded(state.text))
    return _cut(state, tail.start()) if tail else None


def _cut(state: _State, at: int) -> _State | None:
    text = state.text[:at].strip(_EDGE)
    return state._replace(text=text) if text and text != state.text else None


def _level_off(state: _State) -> _State | None:
    found = _level_words().search(state.text)
    if found is None:
        return None
    levels = frozenset(data("units/spellings.yaml")["level_words"][found["word"].casefold()])
    text = state.text[: found.start()].strip(_EDGE)
    if not text:
        return None
    is_only_around = bool(state.levels) and found["name"] is None
    return _State(text, state.levels if is_only_around else levels, found["name"] or state.place)


def _place_off(state: _State, places: frozenset[str]) -> _State | None:
    """Without a bare name of a place behind it: "Thuế Đồng Nai"."""
    tokens = state.text.split()
    for count in range(min(PLACE_SYLLABLES, len(tokens) - 1), 0, -1):
        name = " ".join(tokens[-count:])
        if not all(token[:1].isupper() for token in tokens[-count:]):
            continue
        if identity.key(name) in places or (count > 1 and identity.is_province(name)):
            bare = " ".join(tokens[:-count]).strip(_EDGE)
            return _State(bare, state.levels, state.place or name) if bare else None
    return None


def _without_leads(name: str) -> Iterator[str]:
    yield name
    while lead := _leads().match(name):
        name = name[lead.end() :]
        yield name


def _folded(text: str) -> str:
    """As long as the text, so that offsets hold."""
    return "".join(fold(char)[:1] or char for char in text)


def _written_out(text: str) -> str:
    """Short forms as words: "VP-TK" as "van phong thong ke"."""
    return _WORD.sub(_word_out, _RUN.sub(_run_out, text))


def _run_out(run: re.Match[str]) -> str:
    return _short("short").get(fold("".join(_WORD.findall(run[0].replace("và", "")))), run[0])


def _word_out(found: re.Match[str]) -> str:
    word = found[0]
    if not word.replace("Đ", "D").replace("đ", "d").isascii():
        return word
    if word.isupper() and fold(word) in _short("short_in_capitals"):
        return _short("short_in_capitals")[fold(word)]
    return _short("short").get(fold(word), word)


@lru_cache
def _short(name: str) -> dict[str, str]:
    return {str(short): str(long) for short, long in data("units/spellings.yaml")[name].items()}


@lru_cache
def _leads() -> re.Pattern[str]:
    leads = sorted(data("units/spellings.yaml")["leads"], key=len, reverse=True)
    return compiled(f"(?:{'|'.join(leads)}) ")


@lru_cache
def _tails() -> re.Pattern[str]:
    return compiled(rf"\W+(?:{'|'.join(data('units/spellings.yaml')['tails'])})$")


@lru_cache
def _level_words() -> re.Pattern[str]:
    rules = data("units/spellings.yaml")
    known = "|".join(sorted(rules["level_words"], key=len, reverse=True))
    before = "".join(rf"(?<!(?i:{word}) )" for word in rules["not_level_before"])
    after = "|".join(rules["not_level_after"])
    return re.compile(
        rf"(?<!\w){before}(?i:(?P<word>{known}))(?!\w)(?!\s+(?i:{after})\b)(?:\s+(?P<name>{_NAME}))?\s*$"
    )
