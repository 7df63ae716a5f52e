"""Slips that show in a word's own shape, whatever stands beside it."""

from __future__ import annotations

import re
from functools import lru_cache

from kehoach.repair.counts import counts
from kehoach.repair.rules import rules

COMMON = 1000  # times: what must be a word of its own is at least as common as this in the counts
LIKELY_PAIR = 0.01  # of the first syllable's places: two syllables with a speck between them belong together
_BEFORE_FIGURES = re.compile(r"(?<!\w)([^\W\d_]{2,})(?=\d+(?:[.,]\d+)?%?(?!\w))")
_BEHIND_CAPITALS = re.compile(r"(?<!\w)([A-ZĐ]{3,})(?=[^\W\d_]{2,}(?!\w))")
_SPECK = re.compile(r"(?<![\w.])([^\W\d_]{2,})[.:'’·]([^\W\d_]{2,})(?!\w)")


@lru_cache(maxsize=8192)
def mended(word: str) -> str:
    """`word` with letters that no Vietnamese text has replaced, and with spaces where words ran together."""
    told = rules()
    word = told.words.get(word, word)
    for read, meant in told.characters.items():
        word = word.replace(read, meant)
    word = _BEFORE_FIGURES.sub(lambda found: _apart(found) if _is_common(found[1]) else found[0], word)
    word = _BEHIND_CAPITALS.sub(_behind_capitals, word)
    return _SPECK.sub(_without_speck, word)


def _apart(found: re.Match[str]) -> str:
    return f"{found[1]} "


def _is_common(word: str) -> bool:
    """A syllable of its own; capitals before figures are a code (COVID19, QCVN01)."""
    known = counts().known(word.lower()) and counts().count(word.lower()) >= COMMON
    return known and (word.islower() or word.istitle())


def _behind_capitals(found: re.Match[str]) -> str:
    rest = re.match(r"[^\W\d_]+", found.string[found.end() :])
    is_known = counts().count(found[1].lower()) >= COMMON and not counts().known(found[1].lower())
    return _apart(found) if rest and rest[0].islower() and is_known and _is_common(rest[0]) else found[0]


def _without_speck(found: re.Match[str]) -> str:
    left, right = found[1].lower(), found[2]
    if not right.islower() or not (found[1].islower() or found[1].istitle()):
        return found[0]
    pair = counts().pair_count(left, right)
    return f"{found[1]} {right}" if pair >= LIKELY_PAIR * max(counts().count(left), COMMON) else found[0]
