"""Vietnamese text as text: normal form, folding for search, likeness."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from kehoach import patterns

# The old and the new place of the tone mark (hoà, hòa) are one spelling for matching (never for quoting).
_TONE_ORDER = re.compile(r"([oOuU])([aeyAEY])([\u0300\u0301\u0303\u0309\u0323])(?![a-zA-Z])")

# Capital letters of Vietnamese for a character class: ranges such as À-Ỹ hold small letters too.
BULLETS = "•▪►●○◦■□❖✓➢·→⇒➔★◆♦"  # signs that head an item of a list, besides dashes, pluses and stars
CAPITAL_LETTERS = "A-Z" + "".join(
    sorted("àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ".upper())
)
_SMALL_L = re.compile(rf"(?<=[{CAPITAL_LETTERS}])l(?=[{CAPITAL_LETTERS}]|\b)|\bl(?=[{CAPITAL_LETTERS}])")
_SPECK = re.compile(r"(?<!\S)[~|^_*'‘’`]+(?!\S)|(?<=\s)[.,](?=\s)")
_FRAGMENT = re.compile(r"(?<=[^\W\d_]) ([^\W\d_]{1,4})(?=\s|$)")

CAPITALS = 0.8  # share of capital letters in a line printed in capitals that OCR has read


def nfc(text: str) -> str:
    """Unicode NFC, with no-break spaces as spaces and invisible joiners gone."""
    if text.isascii():
        return text
    if _BLANK.search(text):
        text = text.replace("\u00a0", " ").translate(_INVISIBLE)
    return unicodedata.normalize("NFC", text)


_BLANK = re.compile("[\u00a0\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD), None)


def fold(text: str) -> str:
    """Lower case without any mark, đ as d: what search compares. Length may differ from `text`'s."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFD", text.casefold()).translate(_BARE)


class _Bare(dict[int, str]):
    """Characters without those that combine, judged when they are first met."""

    def __missing__(self, code: int) -> str:
        self[code] = "" if unicodedata.combining(chr(code)) else chr(code)
        return self[code]


_BARE = _Bare({ord("đ"): "d"})


def fold_each(text: str) -> str:
    """`fold`, a letter for a letter: as long as `text`, so that offsets hold. The Icelandic ð of bad OCR
    is a d.
    """
    return text.translate(_EACH)


class _Each(dict[int, str]):
    """Letters folded when they are first met; what has no single folded letter stands for itself."""

    def __missing__(self, code: int) -> str:
        folded = fold(chr(code)).replace("ð", "d")
        self[code] = folded if len(folded) == 1 else chr(code)
        return self[code]


_EACH = _Each()


def in_capitals(text: str) -> bool:
    """Whether a line is printed in capitals, small slips of OCR allowed; False without letters."""
    letters = "".join(filter(str.isalpha, text))
    return bool(letters) and sum(map(str.isupper, letters)) >= CAPITALS * len(letters)


def longest_first(words: Iterable[str]) -> list[str]:
    """`words` as a pattern wants them that is not to take `tăng` for `tăng cường`; in one order always."""
    return sorted(words, key=lambda word: (-len(word), word))


def one_line(text: str) -> str:
    """White space of any kind as single spaces."""
    return " ".join(text.split())


def plain(text: str) -> str:
    """For comparing: NFC, case folded, punctuation gone, white space single (as gold/score.py does)."""
    return one_line(re.sub(r"[^\w%]+", " ", unicodedata.normalize("NFC", text).casefold()))


def same_tone_place(text: str) -> str:
    """`hoà` as `hòa`, `uỷ` as `ủy`: the modern place, so that both spellings compare equal."""
    split = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", _TONE_ORDER.sub(r"\1\3\2", split))


def likeness(one: str, other: str) -> float:
    """1 − normalised edit distance of the plain forms, 0 to 1."""
    return float(Levenshtein.normalized_similarity(plain(one), plain(other)))


def edits(one: str, other: str) -> int:
    """Letters to insert, drop or change to make one text the other (Levenshtein 1966)."""
    return int(Levenshtein.distance(one, other))


def nearly(text: str, wanted: str, least: float) -> tuple[int, int] | None:
    """Where in `text` a phrase stands that is `wanted` but for slips of OCR; None where none does.

    Letters alone count: broken and joined words change nothing. least: likeness of the letters, 0 to 1.
    """
    places = [index for index, char in enumerate(text) if char.isalnum()]
    letters = fold_each("".join(text[index] for index in places))
    sought = "".join(char for char in fold_each(wanted) if char.isalnum())
    if len(letters) < least * len(sought):
        return None
    found = fuzz.partial_ratio_alignment(sought, letters, score_cutoff=100 * least)
    if found is None or found.dest_end - found.dest_start < least * len(sought):
        return None
    return places[found.dest_start], places[found.dest_end - 1] + 1


def closed_up(text: str, known: tuple[str, ...]) -> str:
    """`text` with the `known` phrases in capitals closed up where OCR broke their words; as long as `text`.

    What stood between the letters of a word stands behind the phrase: `CHỦ TỊC H` is `CHỦ TỊCH `;
    an `l` among capitals is an I.
    """
    text = _SMALL_L.sub("I", text)
    whole, folded = list(text), fold_each(text)
    for match in _broken(known).finditer(folded):
        start, end = match.span()
        phrase = next(one for one in known if _letters(one) == _letters(match[0]))
        letters = [char for char in text[start:end] if char.isalnum() or char == "&"]
        if in_capitals("".join(letters)) and len(phrase) <= end - start:
            spaced = "".join(" " if char == " " else letters.pop(0) for char in phrase)
            whole[start:end] = spaced.ljust(end - start)
    return "".join(whole)


def without_specks(text: str) -> str:
    """`text` with blanks for marks that stand alone and belong to no writing; as long as `text`."""
    return _SPECK.sub(lambda speck: " " * len(speck[0]), text)


def rejoined(name: str) -> str:
    """A name whose words OCR broke: no word of a name begins with a small letter."""
    return _FRAGMENT.sub(lambda rest: rest[1] if rest[1].islower() else rest[0], name)


def _letters(phrase: str) -> str:
    return "".join(char for char in fold_each(phrase) if char.isalnum() or char == "&")


@lru_cache
def _broken(known: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the phrases, with a space or speck allowed between any letters."""
    loose = (
        r"[\s|~'‘’.,]{0,3}".join(map(re.escape, _letters(one)))
        for one in sorted(known, key=len, reverse=True)
    )
    return patterns.compiled(rf"(?<!\w)(?:{'|'.join(loose)})(?!\w)")


def nearest(word: str, choices: Sequence[str], *, most: int) -> tuple[str, ...]:
    """Those of `choices` that are the fewest edits away from `word`, `most` at most."""
    found = process.extract(word, choices, scorer=Levenshtein.distance, score_cutoff=most, limit=None)
    least = min((distance for _, distance, _ in found), default=0)
    return tuple(choice for choice, distance, _ in found if distance == least)
