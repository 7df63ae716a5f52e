"""The verbs that open an instruction, as compiled views of `models/lexicon/verbs.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kehoach import patterns
from kehoach.rules import data
from kehoach.text import fold

_VOWELS = (
    "aàáảãạăằắẳẵặâầấẩẫậ", "eèéẻẽẹêềếểễệ", "iìíỉĩị", "oòóỏõọôồốổỗộơờớởỡợ", "uùúủũụưừứửữự", "yỳýỷỹỵ", "dđ"
)  # fmt: skip
_VARIANTS = {group[0]: f"[{group}]" for group in _VOWELS}


@dataclass(frozen=True, slots=True)
class Verbs:
    """Compiled views of `models/lexicon/verbs.yaml`; all match at the beginning but `inside`, `any_verb`,
    `modal`, `names` and `taking`, which are searched for."""

    opening: re.Pattern[str]
    chain: re.Pattern[str]
    inside: re.Pattern[str]
    any_verb: re.Pattern[str]
    role: re.Pattern[str]
    modal: re.Pattern[str]
    next_verb: re.Pattern[str]
    asked: re.Pattern[str]
    names: re.Pattern[str]
    taking: re.Pattern[str]


@lru_cache
def verbs() -> Verbs:
    """The verbs that open an instruction, longest first so that `tăng cường` is not read as `tăng`."""
    listed = data("lexicon/verbs.yaml")
    words = {name: _alternatives(listed[name]) for name in ("task", "role", "modal", "further", "asked")}
    task, role, modal = words["task"], words["role"], words["modal"]
    adverb = rf"(?:,?\s*(?:{modal}|liên tục|định kỳ|hằng năm|và)\b)*,?\s*"
    return Verbs(
        opening=patterns.compiled(rf"(?:{task})\b", re.IGNORECASE),
        chain=patterns.compiled(rf"(?:(?:{task})\b(?:\s*,|\s+và\b|,?\s+đồng thời\b)?\s*)+", re.IGNORECASE),
        inside=patterns.compiled(rf"(?<!\w)(?:{task})\b"),
        any_verb=patterns.compiled(rf"(?<!\w)(?:{task}|{words['further']})\b"),
        role=patterns.compiled(rf"(?:{role})\b", re.IGNORECASE),
        modal=patterns.compiled(rf"(?:^|(?<=\s))(?:{modal})(?:,?\s+(?:{modal}))*,?\s*$", re.IGNORECASE),
        next_verb=patterns.compiled(rf"{adverb}(?:{task}|{role}|{words['further']})\b", re.IGNORECASE),
        asked=patterns.compiled(rf"(?:{words['asked']})\s+", re.IGNORECASE),
        names=patterns.compiled("|".join(listed["names"]), re.IGNORECASE),
        taking=patterns.compiled(rf"\b(?:{'|'.join(map(_spaced, listed['taking']))})\b", re.IGNORECASE),
    )


def _spaced(pattern: str) -> str:
    return pattern.replace(" ", r"\s+")


def _alternatives(words: list[str]) -> str:
    return "|".join(_loose(word) for word in sorted(words, key=len, reverse=True))


def _loose(word: str) -> str:
    """A verb of several syllables in any tone that OCR may give it ("tố chức"); a single one as it is."""
    if " " not in word:
        return re.escape(word)
    return "".join(r"\s+" if char == " " else _VARIANTS.get(fold(char), char) for char in word)
