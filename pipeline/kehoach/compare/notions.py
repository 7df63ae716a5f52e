"""What a sentence is about: its words as notions, so that other words for the same thing compare equal.

Notions and their phrases are data (`models/compare/words.yaml`). What no phrase explains stands for itself,
a pair of neighbouring syllables at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from kehoach.rules import data
from kehoach.text import nfc, same_tone_place

_SYLLABLE = re.compile(r"[^\W_]+")
_CONJUNCT = re.compile(r"[;,]|(?<=\s)và(?=\s)")
KINDS = ("acts", "things", "ways", "people")
PAIR, SINGLE = "pairs", "singles"

Notions = Mapping[str, float]


@lru_cache(maxsize=65536)
def notions(text: str) -> tuple[str, ...]:
    """The notions of a text, each once, in order: `acts.train`, `things.procedure`, `pairs.chợ phiên`."""
    words = syllables(text)
    found: dict[str, None] = {}
    loose: list[str] = []
    for phrase, names in _read(words):
        if names:
            found.update(dict.fromkeys(names))
        if names is None:
            loose.append(phrase)
        else:
            found.update(dict.fromkeys(_loose(loose)))
            loose = []
    found.update(dict.fromkeys(_loose(loose)))
    return tuple(found)


@lru_cache(maxsize=4096)
def printed(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The phrases of a text that say something, as printed, each with its notions."""
    return tuple(_printed(text))


def _printed(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    said = nfc(text)
    places = [match.span() for match in _SYLLABLE.finditer(said)]
    place = 0
    for phrase, names in _read(syllables(said)):
        count = len(phrase.split())
        if names:
            yield said[places[place][0] : places[place + count - 1][1]], names
        elif names is None:
            yield said[slice(*places[place])], (f"{SINGLE}.{phrase}",)
        place += count


@lru_cache(maxsize=4096)
def conjuncts(text: str) -> tuple[frozenset[str], ...]:
    """The notions of what commas, semicolons and “và” divide, but for those inside a known phrase."""
    said = nfc(text)
    places = [match.span() for match in _SYLLABLE.finditer(said)]
    cuts = [match.start() for match in _CONJUNCT.finditer(said)]
    found: list[set[str]] = [set()]
    place, end = 0, 0
    for phrase, names in _read(syllables(said)):
        start = places[place][0]
        if any(end <= cut <= start for cut in cuts):
            found.append(set())
        place += len(phrase.split())
        end = places[place - 1][1]
        found[-1].update(names or ())
    return tuple(frozenset(one) for one in found)


def syllables(text: str) -> list[str]:
    """The syllables and numbers of a text, in small letters and one spelling."""
    return [word.casefold() for word in _SYLLABLE.findall(same_tone_place(nfc(text)))]


def _read(words: list[str]) -> Iterator[tuple[str, tuple[str, ...] | None]]:
    """Phrases, the longest first from the left, with their notions; None: no phrase is known there."""
    known, longest = _phrases()
    place = 0
    while place < len(words):
        for size in range(min(longest, len(words) - place), 0, -1):
            phrase = " ".join(words[place : place + size])
            if phrase in known:
                yield phrase, known[phrase]
                place += size
                break
        else:
            yield words[place], () if words[place].isdigit() else None
            place += 1


def _loose(words: list[str]) -> Iterator[str]:
    """What stands between known phrases: pairs of syllables, and each syllable for itself."""
    for pair in pairwise(words):
        yield f"{PAIR}.{' '.join(pair)}"
    for word in words:
        yield f"{SINGLE}.{word}"


@lru_cache
def _phrases() -> tuple[Mapping[str, tuple[str, ...]], int]:
    """Every phrase with its notions (none for empty words), and the longest phrase's syllables."""
    groups = data("compare/words.yaml")
    known: dict[str, tuple[str, ...]] = {}
    for kind in KINDS:
        for name, phrases in groups[kind].items():
            for phrase in spoken(phrases):
                known[phrase] = (*known.get(phrase, ()), f"{kind}.{name}")
    for phrase in spoken(data("compare/empty.yaml")["words"]):
        known.setdefault(phrase, ())
    return known, max(len(phrase.split()) for phrase in known)


def spoken(phrases: str) -> Iterator[str]:
    """The phrases of a semicolon-divided list as syllables."""
    return (words for phrase in phrases.split(";") if (words := " ".join(syllables(phrase))))
