"""Vietnamese text as text: normal form, folding for search, likeness."""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz.distance import Levenshtein

# The old and the new place of the tone mark (hoà, hòa) are one spelling for matching (never for quoting).
_TONE_ORDER = re.compile(r"([oOuU])([aeyAEY])([\u0300\u0301\u0303\u0309\u0323])(?![a-zA-Z])")

CAPITALS = 0.8  # share of capital letters in a line printed in capitals that OCR has read

# Capital letters of Vietnamese for a character class: ranges such as À-Ỹ hold small letters too.
CAPITAL_LETTERS = "A-Z" + "".join(
    sorted("àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ".upper())
)


def nfc(text: str) -> str:
    """Unicode NFC, with no-break spaces as spaces and invisible joiners gone."""
    return unicodedata.normalize("NFC", text.replace("\u00a0", " ").translate(_INVISIBLE))


_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD), None)


def fold(text: str) -> str:
    """Lower case without any mark, đ as d: what search compares. Length may differ from `text`'s."""
    split = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    return "".join(char for char in split if not unicodedata.combining(char))


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
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and sum(char.isupper() for char in letters) >= CAPITALS * len(letters)


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
