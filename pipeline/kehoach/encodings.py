"""Text in the Vietnamese encodings before Unicode, TCVN3 and VNI: recognised, and turned into Unicode.

A font's name tells the encoding, else the words do: few are Vietnamese as they stand, nearly all are once
they are decoded.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kehoach.rules import data

NAMES = ("tcvn3", "vni")
# Different words with a letter beyond ASCII that a judgement without a font's name needs, and with one.
ENOUGH_WORDS, ENOUGH_NAMED = 12, 1
# Share of those words that are Vietnamese: read as they stand at most, and decoded at least. Plain text has
# 0.96 and more as it stands (20 files of the corpus, 15 real ones), encoded text 0.3 at most.
MOST_PLAIN, LEAST_DECODED = 0.5, 0.85

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_STOP_TONES = frozenset("\u0301\u0323")
_STOPS = ("c", "ch", "p", "t")
_EDGES = re.compile(r"^[\s!-/:-@\[-`{-~\d–—“”‘’…]+|[\s!-/:-@\[-`{-~\d–—“”‘’…]+$")
_TELLING = re.compile(r"[\u00a1-\u00ff]")
_UNICODE = re.compile(r"[ăĂđĐĩĨũŨơƠưƯẠ-ỹ]")
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_CAPITALS = re.compile(r"[A-Z]")
_SMALL, _SMALL_OR_FIGURE = re.compile(r"[a-z]"), re.compile(r"[a-z\d]")


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding; `capitals`: its font shows small letters as capitals."""

    name: str
    capitals: bool = False


def of_font(font: str) -> Encoding | None:
    """The encoding that a font's name tells (`.VnTime`, `VNI-Times`), None where it tells none."""
    bare = _SUBSET.sub("", font)
    for name in NAMES:
        table = _table(name)
        if table.fonts.search(bare):
            return Encoding(name, bool(table.capital_fonts and table.capital_fonts.search(bare)))
    return None


def of_words(words: Iterable[str], named: Encoding | None = None) -> Encoding | None:
    """The encoding that `words` are in; None for Unicode, or where they do not tell.

    `named`: what their font's name says, which then needs to be borne out only.
    """
    distinct = {bare for word in words if (bare := _EDGES.sub("", word))}
    telling = {word for word in distinct if _TELLING.search(word) and not _UNICODE.search(word)}
    if named is not None:
        return named if _bears_out(distinct, telling, named) else None
    unicode_words = sum(1 for word in distinct if _UNICODE.search(word))
    if len(telling) < ENOUGH_WORDS or unicode_words > len(telling) or _share(telling) > MOST_PLAIN:
        return None
    shares = {name: _share(decoded(list(telling), Encoding(name))) for name in NAMES}
    best = max(shares, key=shares.__getitem__)
    return Encoding(best) if shares[best] >= LEAST_DECODED else None


def _bears_out(distinct: set[str], telling: set[str], named: Encoding) -> bool:
    """A font's name may be kept by a program that writes Unicode with it."""
    if any(_UNICODE.search(word) for word in distinct):
        return False
    return not telling or _share(decoded(list(telling), named)) >= _share(telling)


def by_font(words: Sequence[str], fonts: Sequence[str]) -> tuple[list[str], str | None]:
    """A page's `words` in Unicode, and the name of the encoding that some of them were in.

    fonts: the font of each word. Words of one font are in one encoding; where a font's name and its words
    tell none, that of the page's other fonts holds as far as its words bear it out.
    """
    places: dict[str, list[int]] = {}
    for place, font in enumerate(fonts):
        places.setdefault(font, []).append(place)
    groups = {font: [words[at] for at in found] for font, found in places.items()}
    told = {font: of_words(group, of_font(font)) for font, group in groups.items()}
    main = next((one for one in told.values() if one), None)
    if main is None:
        return list(words), None
    out = list(words)
    for font, group in groups.items():
        encoding = told[font] or _of_neighbours(group, main)
        for at, word in zip(places[font], decoded(group, encoding) if encoding else group, strict=True):
            out[at] = word
    return out, main.name


def _of_neighbours(words: Sequence[str], main: Encoding) -> Encoding | None:
    """The encoding of the page's other fonts, where more words are Vietnamese in it than as they stand."""
    telling = {bare for word in words if _TELLING.search(bare := _EDGES.sub("", word))}
    encoding = Encoding(main.name)
    if any(map(_UNICODE.search, words)) or _share(decoded(list(telling), encoding)) <= _share(telling):
        return None
    return encoding


def decoded(words: Sequence[str], encoding: Encoding) -> list[str]:
    """`words` in Unicode NFC, in reading order, since capitals are told from their neighbours."""
    table = _table(encoding.name)
    out = [table.decoded(word) for word in words]
    if encoding.capitals:
        return [word.upper() for word in out]
    return [word.upper() if _is_shouted(words, place) else word for place, word in enumerate(out)]


def _is_shouted(words: Sequence[str], place: int) -> bool:
    """Whether a word is printed in capitals: toned letters have no capital form in these encodings."""
    is_plain = not _TELLING.search(words[place]) and "-" not in words[place]
    if is_plain or _SMALL.search(words[place]):
        return False
    if len(_CAPITALS.findall(words[place])) > 1:
        return True
    beside = [words[at] for at in (place - 1, place + 1) if 0 <= at < len(words)]
    return any(len(_CAPITALS.findall(word)) > 1 and not _SMALL_OR_FIGURE.search(word) for word in beside)


def decoded_text(text: str, encoding: Encoding) -> str:
    """`text` in Unicode NFC; white space stays as it is."""
    lines = text.split("\n")
    for place, line in enumerate(lines):
        parts = re.split(r"([^\S\xa0\x85]+)", line)
        parts[::2] = decoded(parts[::2], encoding)
        lines[place] = "".join(parts)
    return "\n".join(lines)


@lru_cache(maxsize=65_536)
def is_syllable(word: str) -> bool:
    """Whether a word is built as a Vietnamese syllable, in any case."""
    split = unicodedata.normalize("NFD", word.lower())
    tones = [char for char in split if char in _TONES]
    bare = unicodedata.normalize("NFC", "".join(char for char in split if char not in _TONES))
    if len(tones) > 1 or not bare:
        return False
    onsets, rhymes = _syllables()
    return any(
        bare[size:] in rhymes and (not bare.endswith(_STOPS) or set(tones) <= _STOP_TONES)
        for size in range(min(len(bare), max(map(len, onsets)) + 1))
        if not size or bare[:size] in onsets
    )


def syllable_share(words: Iterable[str]) -> tuple[float, int]:
    """Share of Vietnamese syllables among the different words with a letter beyond ASCII, and their number;
    those all in capitals, abbreviations among them, are left out."""
    distinct = {_EDGES.sub("", word) for word in words}
    marked = [word for word in distinct if not word.isascii() and not word.isupper()]
    return _share(marked), len(marked)


def _share(words: Iterable[str]) -> float:
    """Share of words that are syllables, or several joined by marks."""
    found = [all(map(is_syllable, filter(None, re.split(r"[\W\d_]+", word)))) for word in words]
    return sum(found) / max(len(found), 1)


@lru_cache
def _syllables() -> tuple[frozenset[str], frozenset[str]]:
    parts = data("encodings/syllables.yaml")
    return frozenset(parts["onsets"].split()), frozenset(parts["rhymes"].split())


@dataclass(frozen=True, slots=True)
class _Table:
    fonts: re.Pattern[str]
    capital_fonts: re.Pattern[str] | None
    letters: Mapping[str, str]
    pattern: re.Pattern[str]
    hyphen: str | None

    def decoded(self, word: str) -> str:
        text = self.pattern.sub(lambda match: self.letters[match[0]], word)
        return unicodedata.normalize("NFC", self._with_hyphen(text) if self.hyphen else text)

    def _with_hyphen(self, text: str) -> str:
        """A letter that the file shows as a hyphen stands inside a syllable, where no hyphen can."""
        core = _ENDS.sub("", text)
        if core.count("-") != 1 or not any(map(str.isalpha, core)):
            return text
        mended = core.replace("-", self.hyphen or "-")
        return text.replace(core, mended) if is_syllable(mended) else text


_ENDS = re.compile(r"^[\W\d_]*?(?=[^\W\d_]|-\w)|[^\w-]+$")


@lru_cache
def _table(name: str) -> _Table:
    table = data(f"encodings/{name}.yaml")
    letters: dict[str, str] = {}
    for written, letter in table["letters"].items():
        if len(written) > 1 or name == "vni":
            letters |= {written[:1].upper() + written[1:]: letter.upper(), written.upper(): letter.upper()}
        letters[written] = letter
    longest = sorted(letters, key=len, reverse=True)
    capital_fonts = table.get("capital_fonts")
    return _Table(
        re.compile(table["fonts"], re.IGNORECASE),
        re.compile(capital_fonts) if capital_fonts else None,
        letters,
        re.compile("|".join(map(re.escape, longest))),
        table.get("hyphen"),
    )
