"""Marks of numbering: I., 1., 1.1., a), (1), -, +, •, Điều, Phần, Mục — read from the head of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kehoach.text import BULLETS, CAPITAL_LETTERS

UNMARKED = 99  # rank of a paragraph without a mark: below every list

# Outermost first; a mark closes everything of its own rank or deeper.
_RANKS = ("part", "chapter", "capital", "roman", "article", "decimal1", "decimal2", "decimal3", "decimal4",
          "letter", "bracket", "star", "dash", "plus", "bullet")  # fmt: skip
RANK = {style: number for number, style in enumerate(_RANKS, 1)}

_BEFORE_CAPITAL = rf"(?=[{CAPITAL_LETTERS}])"  # "1- Phòng Nội vụ", no span of figures

# The Vietnamese series of letters has no f, j, w, z.
_PATTERNS = (
    ("part", r"(?P<number>(?i:phần (?:thứ )?)(?:[IVX]+|\d+|[A-E](?![^\W_])|(?i:nhất|hai|ba|tư|bốn|năm|sáu)))"
             r"\b\s*[.:\-–]?\s*"),
    ("chapter", r"(?:CHƯƠNG|Chương)\s+(?P<number>[IVX]+|\d+)\b\s*[.:\-–]?\s*"),
    ("chapter", r"(?:MỤC|Mục)\s+(?P<number>[IVX]+|\d+)\s*(?:[.:]\s*|$)"),
    ("article", r"(?:ĐIỀU|Điều)\s+(?P<number>\d+)\s*[.:]\s*"),
    ("decimal4", r"(?P<number>\d{1,2}(?:\.[\dl]{1,2}){3})\s*[.)]?\s+"),
    ("decimal3", r"(?P<number>\d{1,2}(?:\.[\dl]{1,2}){2})\s*[.)]?\s+"),
    ("decimal2", r"(?P<number>\d{1,2}\.[\dl]{1,2})(?:\s*[.)]\s*|\s+)(?!%|\d)"),
    ("decimal1", r"(?P<number>\d{1,2})\s*[.)]\s*(?=[^\d\s]|\s|\d{1,3}%)"),
    ("decimal1", r"(?P<number>\d{1,2})(?:\s?/\s*|,\s+)" + _BEFORE_CAPITAL),
    ("roman", r"(?P<number>(?=[IVXHl|])[X]{0,2}(?:[Il|]X|[Il|]V|V?[IHl|]{0,3}))\s*[.)/]\s*(?=\S)"),
    ("roman", r"(?P<number>(?=[IVX])[X]{0,2}(?:IX|IV|V?I{0,3}))\s?[-–]\s+" + _BEFORE_CAPITAL),
    ("roman", rf"(?!(?:VI|XI) (?:PHẠM|SINH|MÔ|MĂNG)\b)"
              rf"(?P<number>[IVXL]{{1,4}}),?\s+(?=[{CAPITAL_LETTERS}]{{2,}}[,\s][^a-z]*$)"),
    ("decimal1", r"(?P<number>\d{1,2})[-–]\s+" + _BEFORE_CAPITAL),
    ("capital", r"(?P<number>[A-H])\s*[.)]\s+(?=\S)"),
    ("bracket", r"\(\s*(?P<number>\d{1,2}|[ivx]{1,4}|[a-zđ])\s*\)\s*"),
    ("letter", r"(?P<number>[a-zđ])\s*[.)]\s*(?=\S)"),
    ("letter", r"(?P<number>[a-zđ])\s?[/-]\s+" + _BEFORE_CAPITAL),
    ("dash", r"(?P<number>[-–—])\s*(?=[^\s\d-])|(?P<number2>[-–—])\s+"),
    ("plus", r"(?P<number>\+)\s*"),
    ("bullet", rf"(?P<number>[{BULLETS}*]|=>)\s*"),
)  # fmt: skip
_COMPILED = tuple((style, re.compile(pattern)) for style, pattern in _PATTERNS)


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of numbering; `length` counts its characters with the space after it."""

    style: str
    number: str
    length: int

    @property
    def rank(self) -> int:
        return RANK[self.style]


# What a scan leaves before a mark: specks, or the lone letter of a rim ("__IV.TỔ CHỨC", "h a. Tiếp tục").
_RIM = re.compile(r"[_~'’`´ˆ°]{1,3}\s*(?=[IVX\d])|[^\W\d_]\s(?=[a-zđ][.)]\s)")


def mark_of(text: str) -> Mark | None:
    """The mark that `text` begins with, or None; a mark's length counts what a scan left before it."""
    rim = _RIM.match(text)
    found = _mark_at(text, rim.end()) if rim else None
    return found or _mark_at(text, 0)


def _mark_at(text: str, at: int) -> Mark | None:
    for style, pattern in _COMPILED:
        if match := pattern.match(text, at):
            number = match["number"] or match.groupdict().get("number2") or ""
            return _mended(Mark(style, number, match.end()), text[match.end() :])
    return None


_MISREAD = str.maketrans({"l": "I", "|": "I", "H": "II"})


def _mended(mark: Mark, title: str) -> Mark:
    """Recognisers take I, l and 1 for each other, and II for H: a lone `l.` is I before capitals, else 1."""
    if mark.number == "H" and not title.split(":")[0].isupper():
        return Mark("capital", "H", mark.length)
    if mark.style == "roman" and mark.number == "L":  # no plan has fifty parts
        return Mark("roman", "I", mark.length)
    if mark.style != "roman" or not set(mark.number) & set("l|H"):
        return Mark(mark.style, mark.number.replace("l", "1"), mark.length) if "." in mark.number else mark
    if mark.number in "l|" and not title.split(":")[0].isupper():
        return Mark("decimal1", "1", mark.length)
    return Mark("roman", mark.number.translate(_MISREAD), mark.length)


def as_roman(mark: Mark) -> Mark:
    """A decimal of ones where a roman belongs: `1.`, `11.` before a heading in capitals are I and II."""
    if mark.style != "decimal1" or set(mark.number) != {"1"}:
        return mark
    return Mark("roman", "I" * len(mark.number), mark.length)


_OPEN_END = re.compile(r"[^.;!?…\s]\s*$")


def with_stars(texts: Sequence[str], marks: Sequence[Mark | None]) -> list[Mark | None]:
    """Bullets that head dashed lists ("* Đối với các thôn:" over "- …") stand outside dashes, as `star`."""
    below = {"dash", "plus"}
    outer: set[str] = set()
    inner: set[str] = set()
    for text, mark, after in zip(texts, marks, marks[1:], strict=False):
        if mark is None or after is None or not _OPEN_END.search(text):
            continue
        if mark.style == "bullet" and after.style in below:
            outer.add(mark.number)
        if mark.style in below and after.style == "bullet" and text.rstrip().endswith(":"):
            inner.add(after.number)
    return [
        replace(mark, style="star")
        if mark and mark.style == "bullet" and mark.number in outer - inner
        else mark
        for mark in marks
    ]
