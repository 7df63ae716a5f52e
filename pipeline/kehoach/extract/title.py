"""Title (trích yếu), the year that a plan is for, and the indices (PAPI, SIPAS …) that it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from statistics import fmean

from kehoach.document.plan import Parts, Plan, Range, Span
from kehoach.extract.strips import Strip, strips
from kehoach.rules import data, first, line_rule, phrases
from kehoach.text import fold_each, in_capitals, nearly, one_line

NOT_TITLE = frozenset({"motto", "place_date", "number", "stamp", "rule", "attached", "draft"})
_HEAD = re.compile(r"^v\s*[/.]\s*v\s*[:.]?\s*")
_TAIL = re.compile(r"\s*\((?:ban hanh )?kem theo\b.*$|[\s./_*–—:-]+$")
_AIMS = re.compile(
    r"^(?:(?:[ivx\d]+(?:\.\d+)*[.)]|[ivxlh1|]{1,3}[.),]?(?=\s))\s*)?"
    r"(?:cac )?(?:muc tieu|chi tieu)\b(?! quoc gia)"
)
_AIMS_TITLE = re.compile(
    r"^(?:bieu |bang |danh muc |phu luc \S+ )?(?:cac )?(?:chi tieu|muc tieu)\b(?! quoc gia)"
)
_SECTION = re.compile(r"^(?P<number>[ivx]+|\d+(?:\.\d+)*)[.)]\s*\S")
_GARBLED_YEAR = re.compile(r"\bnam\s+2(?=\d?[oilsz])[\doilsz]{3}\b")  # "2O26": a figure is never put right
DOUBTFUL = 0.68  # confidence of a word that may be no word at all
NOISE = 0.77  # mean confidence of a run of words that a stamp left
APPENDIX_HEAD = 6  # lines in which an appendix says what it is
INDEX_NAMES = {"PAR": "PAR INDEX"}  # the taxonomy's code where the contract writes another


def title(plan: Plan, parts: Parts) -> tuple[str | None, Span | None]:
    """The title on one line, without type word and V/v, and where it stands."""
    words, spans = [], []
    for index in range(parts.title.start, parts.title.end):
        for strip in strips(plan, Range(index, index + 1)):
            start = _type_end(strip.text) if index == parts.type_line else 0
            rule = line_rule("parts", strip.text)
            if rule is not None and rule.value in NOT_TITLE:
                continue
            start, end = _sure(plan, strip, start)
            if strip.text[start:end].strip():
                words.append(strip.text[start:end])
                spans.append(strip.span(start, end))
    whole = _trimmed(one_line(" ".join(words)))
    return (whole, Span(spans[0].start, spans[-1].end)) if whole else (None, None)


def year(title_words: str | None) -> tuple[bool, int | None]:
    """Whether a title settles the year, and the year: a span of years settles it as None."""
    text = fold_each(title_words or "")
    named: list[int] = []
    for rule in phrases("years"):
        if rule.value == "drop":
            text = rule.pattern.sub(" ", text)
        elif rule.value == "none" and rule.pattern.search(text):
            return True, None
        elif rule.value == "year":
            named += [int(match["year"]) for match in rule.pattern.finditer(text)]
    return bool(named) or bool(_GARBLED_YEAR.search(text)), max(named, default=None)


def indices(plan: Plan, parts: Parts, title_words: str | None) -> tuple[str, ...]:
    """Indices whose names stand in the title or in the part that sets aims, in the taxonomy's order."""
    said = [one_line(part) for part in (title_words or "", *_aims(plan, parts))]
    text = " ".join(map(fold_each, said))
    return tuple(
        name
        for name, pattern in _index_patterns()
        if pattern.search(text) or _is_spoilt(name, title_words or "")
    )


def _sure(plan: Plan, strip: Strip, start: int) -> tuple[int, int]:
    """The line without what a stamp left at its ends: words of which the recogniser is unsure."""
    words = [(start + word.start(), start + word.end()) for word in re.finditer(r"\S+", strip.text[start:])]
    sure = [plan.anchor(strip.span(*word)).confidence for word in words]
    known = [1.0 if one is None else one for one in sure]
    low = [index for index, one in enumerate(known) if one < DOUBTFUL]
    first, last = 0, len(words)
    for index in low:
        if fmean(known[: index + 1]) < NOISE:
            first = index + 1
    for index in reversed(low):
        if index >= first and fmean(known[index:]) < NOISE:
            last = index
    if first >= last:
        return start, start
    return words[first][0], words[last - 1][1]


def _type_end(text: str) -> int:
    found = first(phrases("types"), fold_each(text))
    return found[1].end() if found else 0


def _trimmed(text: str) -> str | None:
    folded = fold_each(text)
    lead = _HEAD.match(folded)
    start = lead.end() if lead else 0
    tail = _TAIL.search(folded, start)
    return text[start : tail.start() if tail else len(text)].strip(" :.*–-") or None


def _aims(plan: Plan, parts: Parts) -> Iterator[str]:
    """What stands under a heading of aims (MỤC TIÊU, CHỈ TIÊU), up to the next heading of its rank."""
    rank = ""
    for strip in strips(plan, parts.body):
        folded = strip.folded
        section = _SECTION.match(folded)
        if _AIMS.match(folded) and (section or in_capitals(strip.text)):
            rank = _rank(section["number"]) if section else "roman"
        elif rank and section and _rank(section["number"]) == rank:
            rank = ""
        if rank:
            yield strip.text
    for appendix in parts.appendices:
        lines = tuple(strips(plan, appendix))
        if any(_AIMS_TITLE.search(one.folded) for one in lines[:APPENDIX_HEAD]):
            yield from (one.text for one in lines)


def _rank(number: str) -> str:
    return f"digit{number.count('.')}" if number[0].isdigit() else "roman"


LONG_NAME = 30  # letters of an index's name; a shorter one that is nearly read may be another
NEARLY_NAMED = 0.9  # likeness of letters


def _is_spoilt(index: str, title: str) -> bool:
    """Whether the title has the index's whole name but for slips of a scan ("quản tz‡ và hành chính")."""
    return any(nearly(title, name, NEARLY_NAMED) for name in _long_names().get(index, ()))


@lru_cache
def _long_names() -> dict[str, tuple[str, ...]]:
    return {
        INDEX_NAMES.get(index["code"], index["code"]): tuple(
            str(name)
            for name in (index["name"], *index.get("aliases", ()))
            if sum(map(str.isalpha, str(name))) >= LONG_NAME
        )
        for index in data("index/taxonomy.yaml")["indices"]
    }


@lru_cache
def _index_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each index with all its names; only whole names, and short ones only as printed words."""
    found = []
    for index in data("index/taxonomy.yaml")["indices"]:
        names = {fold_each(str(one)) for one in (index["name"], index["code"], *index.get("aliases", ()))}
        names -= {"par"}
        words = "|".join(
            r"[\s-]+".join(map(re.escape, name.split())) for name in sorted(names, key=len, reverse=True)
        )
        found.append(
            (INDEX_NAMES.get(index["code"], index["code"]), re.compile(rf"(?<!\w)(?:{words})(?!\w)"))
        )
    return tuple(found)
