"""Places that a plan names: the word of their level and their bare name, as printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from kehoach.document.plan import Span
from kehoach.rules import data
from kehoach.text import fold_each, in_capitals

SYLLABLES = 4  # the longest names of communes ("Phăng Sô Lin", "Thị Nghè A Lưới") have four
_LEVEL = re.compile(r"\b(?:xa|phuong|thi tran|dac khu|huyen|quan|thi xa|thanh pho|tp|tinh)(?![\w&])\.? +")
_SUPERIOR = re.compile(r"(?:ubnd|uy ban nhan dan|hdnd) +$")
_SHORT_NAMED = frozenset({"xã", "phường", "thị trấn", "đặc khu", "thành phố", "tp"})
_SYLLABLE = re.compile(r"[^\W\d_][\w'’]*(?:-[^\W\d_]+)?|\d{1,2}(?![\d/%.,])")


class Place(NamedTuple):
    """A mention of an administrative unit. `word`: `xã`, `huyện` …; `ruled`: UBND or HĐND stands before."""

    level: str
    word: str
    name: str
    span: Span
    ruled: bool = False


def places(text: str, start: int = 0, year: int | None = None) -> Iterator[Place]:
    """Named units in `text`, which begins at `start` of the plan. `year` decides what is a central city."""
    folded = fold_each(text)
    for match in _LEVEL.finditer(folded):
        capitals = in_capitals(text[match.start() : match.end()])
        end = _name_end(text, match.end(), capitals)
        if end == match.end():
            continue
        name = " ".join(text[match.end() : end].split())
        word = _words()[" ".join(folded[match.start() : match.end()].strip(" .").split())]
        if word not in _SHORT_NAMED and " " not in name and not name.isdigit():
            continue  # names of provinces and districts have two syllables; one is what a line's end left
        ruled = bool(_SUPERIOR.search(folded[: match.start()]))
        yield Place(level(word, name, year), word, name, Span(start + match.start(), start + end), ruled)


def level(word: str, name: str, year: int | None = None) -> str:
    """xa, huyen or tinh, by the word before the name; a city under the State has the province's level."""
    levels, cities = _tables()
    code = levels.get(fold_each(word).strip(" ."), "")
    since = cities.get(fold_each(name))
    return "tinh" if code == "huyen" and since is not None and (year or since) >= since else code


@lru_cache
def _tables() -> tuple[dict[str, str], dict[str, int]]:
    table = data("rules/places.yaml")
    levels = {fold_each(word): str(code) for word, code in table["levels"].items()}
    return levels, {fold_each(city): int(since) for city, since in table["central_cities"].items()}


@lru_cache
def _words() -> dict[str, str]:
    """A level's word by its folded form: `tinh`, read without its mark, is `tỉnh`."""
    return {fold_each(word): str(word) for word in data("rules/places.yaml")["levels"]}


@lru_cache
def provinces() -> dict[str, str]:
    """Names of provinces and central cities by their folded form."""
    return {fold_each(name): str(name) for name in data("rules/places.yaml")["provinces"]}


def commonest(names: Iterable[tuple[str, float]]) -> str | None:
    """The spelling for which most mentions speak, each with its weight; of equals the first."""
    counted: dict[str, float] = {}
    for name, weight in names:
        counted[name] = counted.get(name, 0.0) + weight
    return max(counted, key=lambda name: counted[name]) if counted else None


def titled(name: str) -> str:
    """A name in capitals as a name: `NẬM KHUÔNG` as `Nậm Khuông`, `CƯ M'GAR` as `Cư M'gar`."""
    if not in_capitals(name):
        return name
    return " ".join(part[:1].upper() + part[1:].lower() for part in name.split())


def _name_end(text: str, at: int, capitals: bool) -> int:
    end = at
    for number in range(SYLLABLES):
        gap = len(text[end:]) - len(text[end:].lstrip(" ")) if number else 0
        syllable = _SYLLABLE.match(text, end + gap)
        if syllable is None or (number and not gap) or not _is_name(syllable[0], number, capitals):
            break
        end = syllable.end()
        if syllable[0].isdigit():
            break
    return end


def _is_name(syllable: str, number: int, capitals: bool) -> bool:
    if syllable.isdigit():
        return number == 0
    if not syllable[0].isupper():
        return False
    return syllable.isupper() == capitals or len(syllable) == 1
