"""Whether a page's own text can be believed; two known slips of encoding are mended."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kehoach.document.page import Word
from kehoach.encodings import syllable_share

# Letters: a page with fewer says too little to judge its marks by.
ENOUGH_LETTERS = 200
# Share of letters with a mark: Vietnamese prose has 0.25 to 0.31 (15 real files), English none.
MIN_MARKED = 0.1
# Share of characters that no Vietnamese text has: good layers have none, broken ones 0.05 and more.
MAX_STRANGE = 0.01
# Share of words of one letter: Vietnamese prose has 0.02, letter-spaced layers nearly all.
MAX_SINGLE = 0.4
# Different words with letters beyond ASCII that tell whether letters are the right ones; of those the share
# that is built as Vietnamese syllables: good layers have 0.97 and more (95 pages), wrong ones 0.8 at most.
ENOUGH_MARKED, MIN_SYLLABLES = 40, 0.85
# Share of glyphs that are painted invisibly.
MAX_HIDDEN = 0.5
# Characters: a page with a large picture and fewer is a scan with a strip.
LITTLE_TEXT = 120
# Of the page's area: what a picture of the whole page covers at least.
WHOLE_PICTURE = 0.5
# Paths: letters drawn as outlines need this many where there is hardly any text.
DRAWN_PATHS = 400

_MARKED = frozenset("àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ")
_USUAL = re.compile(r"[\x21-\x7e–—−‐‑“”‘’„…•·∙●○◦▪■□★☆✓→⇒►©®°²³¹½¼×÷±≤≥≠§«»€_─│|№\uf000-\uf0ff]")
# Letters of a Mac Roman reading of Latin-1 bytes: 0xE0 "à" turns up as "‡", 0xE1 "á" as "·".
_MAC = re.compile(r"[‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔÒÚÛÙıˆ˜¯˘˙˚¸˝¿£“”‘’]")
_MAC_INSIDE = re.compile(
    r"\w[‡·‚„‰]|[‡·‚„‰]\w|[a-zđ][ÂÊÁËÈÍÎÏÌÓÔÒÚÛÙ]|[A-Z][ÛÙÍÏÌ][a-z]|\w[˙˝¿£]|^[‘’“][a-zA-Z]"
)
_NEVER_MAC = re.compile(r"[ăĂđĐơƠưƯẠ-ỹ]")
# The same slip the other way round: Mac Roman's opening quotation mark (0xD2) read as Latin-1.
_QUOTE = re.compile(r"^Ò(?=[A-ZĐ][a-z])")
# Syllables that do have Õ; elsewhere a font that writes Ƣ for Ư writes it for Ò.
_REAL_TILDE = frozenset({"võ", "rõ", "ngõ", "bõ", "mõ", "lõng", "cõi", "cõng", "dõi", "lõi", "tõm"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the page shows besides its words: shares 0 to 1, `paths` a count."""

    hidden: float = 0.0  # glyphs painted invisibly
    nameless: float = 0.0  # glyphs without a Unicode value
    picture: float = 0.0  # area of the largest picture
    paths: int = 0


@dataclass(frozen=True, slots=True)
class Trust:
    """Whether to read the text; `reason` lands in the database."""

    is_trusted: bool
    reason: str


def judge(words: Sequence[Word], evidence: Evidence) -> Trust:
    """The verdict on a page's text layer, signature widgets left out."""
    text = "".join(word.text for word in words).lower()
    for reason, is_so in _DOUBTS.items():
        if is_so(text, words, evidence):
            return Trust(False, reason)
    return Trust(True, "text_layer")


def _is_hidden(text: str, words: Sequence[Word], evidence: Evidence) -> bool:
    return bool(text) and evidence.hidden > MAX_HIDDEN


def _is_little(text: str, words: Sequence[Word], evidence: Evidence) -> bool:
    shows_more = evidence.picture > WHOLE_PICTURE or evidence.paths > DRAWN_PATHS
    return len(text) < LITTLE_TEXT and shows_more


def _is_strange(text: str, words: Sequence[Word], evidence: Evidence) -> bool:
    strange = sum(count for char, count in Counter(text).items() if not _is_usual(char))
    return bool(text) and (strange > MAX_STRANGE * len(text) + 1 or evidence.nameless > MAX_STRANGE)


def _has_no_marks(text: str, words: Sequence[Word], evidence: Evidence) -> bool:
    letters = [char for char in text if char.isalpha()]
    if len(letters) < ENOUGH_LETTERS:
        return False
    return sum(1 for char in letters if char in _MARKED) < MIN_MARKED * len(letters)


def _is_letter_spaced(text: str, words: Sequence[Word], evidence: Evidence) -> bool:
    single = sum(1 for word in words if len(word.text) == 1 and word.text.isalpha())
    return len(text) >= LITTLE_TEXT and single > MAX_SINGLE * len(words)


def _has_wrong_letters(text: str, words: Sequence[Word], evidence: Evidence) -> bool:
    share, count = syllable_share(word.text for word in words)
    return count >= ENOUGH_MARKED and share < MIN_SYLLABLES


_DOUBTS = {
    "hidden_layer": _is_hidden,
    "almost_no_text": _is_little,
    "strange_characters": _is_strange,
    "no_diacritics": _has_no_marks,
    "letter_spaced": _is_letter_spaced,
    "wrong_letters": _has_wrong_letters,
}


def _is_usual(char: str) -> bool:
    return char in _MARKED or bool(_USUAL.match(char))


def mended(words: tuple[Word, ...], fonts: Sequence[str]) -> tuple[Word, ...]:
    """Words with two known slips undone: Latin-1 read as Mac Roman, and Ƣ for Ư with Õ for Ò.

    `fonts`: the font of each word; one without letters beyond Latin-1 slips in all words or none.
    """
    marked = [(word.text, font) for word, font in zip(words, fonts, strict=True) if not word.text.isascii()]
    slipping = {font for text, font in marked if _MAC_INSIDE.search(text)}
    if slipping:
        slipping -= {font for text, font in marked if _NEVER_MAC.search(text)}
        words = tuple(
            _from_mac(word, font in slipping) if not word.text.isascii() else word
            for word, font in zip(words, fonts, strict=True)
        )
    if any("ƣ" in word.text or "Ƣ" in word.text for word in words):
        words = tuple(replace(word, text=_from_oi(word.text)) for word in words)
    if not any("Ò" in word.text for word in words):
        return words
    return tuple(replace(word, text=_QUOTE.sub("“", word.text)) for word in words)


def _from_mac(word: Word, by_font: bool) -> Word:
    if not _MAC.search(word.text) or not (by_font or _MAC_INSIDE.search(word.text)):
        return word
    try:
        return replace(word, text=word.text.encode("mac_roman").decode("cp1252"))
    except UnicodeError:
        return word


def _from_oi(text: str) -> str:
    text = text.replace("ƣ", "ư").replace("Ƣ", "Ư")
    bare = text.lower().strip(".,;:()")
    return text if bare in _REAL_TILDE else text.replace("Õ", "Ò")
