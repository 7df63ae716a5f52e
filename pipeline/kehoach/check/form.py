"""The head of a document: motto, issuer, number, symbol, place and date, type, title, addressee (NĐ
30/2020/NĐ-CP).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from kehoach.check.rule import CheckRule
from kehoach.check.sight import Sight, bounds
from kehoach.check.verdicts import Judged, absent, failed, passed, unknown
from kehoach.document.facts import LineRole
from kehoach.document.finding import Severity
from kehoach.document.plan import Span
from kehoach.rules import phrases
from kehoach.text import edits, fold, nearly, same_tone_place

NEARLY = 0.85  # likeness of letters (see outline/parts.py)
FULL_DATE = len("2024-01-31")
TWO_FIGURES = 10
LATE_MONTHS = 2  # months 1 and 2 are written with a 0
OTHER_LETTERS = 1  # a place's name that differs by one letter is a misreading or a variant, no other place
DECEMBER, LAST_DAY = 12, 31
YEARS_BEFORE = 2  # a plan issued longer before its year is misdated
TYPES_WITHOUT_WORD = ("cong_van", "khac")


def head_words(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """A fixed phrase stands in the head. params: `phrase`."""
    for row in sight.of(LineRole.HEAD, LineRole.TITLE):
        found = nearly(sight.plan.text[row.span.start : row.span.end], rule.params["phrase"], NEARLY)
        if found:
            yield passed(Span(row.span.start + found[0], row.span.start + found[1]))
            return
    yield _head_absent(sight)


def _head_absent(sight: Sight) -> Judged:
    """Something that stands at the top is missing: a defect only where the top itself was seen."""
    top = [row for row in sight.of(LineRole.HEAD) if row.rule in ("part.issuing", "part.motto", "header")]
    if not sight.has_pictures or not top:
        return unknown("head_lost")
    return unknown("scan_may_miss") if sight.is_scan else absent()


def issuer(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """The issuer's name stands above the number. params: `words`, how an authority's name begins."""
    number = next((row.span.start for row in sight.of(LineRole.HEAD) if row.rule == "part.number"), None)
    for row in sight.of(LineRole.HEAD):
        above = row.rule != "part.motto" and (number is None or row.span.start < number)
        if above and (span := row.find(rule.pattern())):
            yield passed(sight.trimmed(Span(span.start, row.span.end)))
            return
    yield _head_absent(sight)


def number(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """The number is filled in. It may stand in the signature alone. params: `words`, a number in a strip."""
    head = sight.record.header
    if head.number:
        yield passed(sight.anchored("number"))
        return
    if any(rule.pattern().search(fold(text)) for text in sight.stamps()):
        yield passed()
        return
    line = next((row for row in sight.of(LineRole.HEAD) if row.rule == "part.number"), None)
    if line is None:
        yield _head_absent(sight)
    elif not sight.has_pictures and len(head.issued_on or "") == FULL_DATE:
        yield unknown("number_text_only", line.span)
    else:
        yield failed(_number_part(sight, line.span))


def _number_part(sight: Sight, span: Span) -> Span:
    """Number and symbol, without a place and date that share the line."""
    text = sight.plan.text[span.start : span.end]
    match = re.match(r".*?/\s*[^\s,]+(?:\s*[-–]\s*[^\s,]+)*", text, re.DOTALL)
    return Span(span.start, span.start + match.end()) if match else span


def number_form(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """The number is written in Arabic figures, below 10 with a 0."""
    found = sight.record.header.number
    if not found:
        yield unknown("number_blank")
    elif re.fullmatch(r"\d{2,}", found):
        yield passed(sight.anchored("number"))
    else:
        yield failed(sight.anchored("number"))


def symbol_form(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """The symbol is made of parts in capitals joined by hyphens."""
    found = sight.record.header.symbol
    if not found:
        yield unknown("symbol_unread")
    elif re.fullmatch(r"[A-ZĐ][\wĐđ.&]*(?:[-/][A-ZĐ][\wĐđ.&,]*)*", found):
        yield passed(sight.anchored("symbol") or sight.anchored("number"))
    else:
        yield failed(sight.anchored("symbol") or sight.anchored("number"))


def symbol_and_type(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """The symbol begins with the sign of the document's type; a công văn's with its issuer."""
    head = sight.record.header
    if not head.symbol or head.type == "khac":
        yield unknown("symbol_unread")
        return
    span = sight.anchored("symbol") or sight.anchored("number")
    if agrees(head.type, head.symbol) is False:
        yield failed(span, ten_loai=_type_words(sight))
    else:
        yield passed(span)


def _type_words(sight: Sight) -> str:
    row = next(iter(sight.of(LineRole.TITLE)), None)
    return sight.words(row.span)[:40] if row else ""


def agrees(kind: str, symbol: str) -> bool | None:
    """Whether a symbol fits a type; None where the sign is unknown."""
    signs = abbreviations()
    if kind == "quy_dinh" and re.match(r"QĐ\w*[-/]T[WU]\b", symbol, re.IGNORECASE):
        return True  # the Party writes QĐ for quy định, too
    parts = [part.upper() for part in re.split(r"[-/]", symbol)]
    if kind in signs and any(parts[0].startswith(sign) for sign in signs[kind]):
        return True
    others = {sign for other, found in signs.items() if other != kind for sign in found}
    if parts[0] in others:
        return False
    if kind in TYPES_WITHOUT_WORD or kind not in signs:
        return None
    return False if re.fullmatch(r"UBND|HĐND|VP|VPUBND|VPCP|BNV|SNV|STP|STC", parts[0]) else None


@lru_cache
def abbreviations() -> Mapping[str, frozenset[str]]:
    """Signs of the types of documents (Phụ lục III), in capitals."""
    return {
        rule.value: frozenset(str(sign).upper() for sign in rule.params["abbreviation"])
        for rule in phrases("types")
        if rule.params.get("abbreviation") and rule.value != "khac"
    }


def place(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """The place line names the place; a commune's is its own name."""
    head = sight.record.header
    if not head.place:
        yield _head_absent(sight) if not _date_line(sight) else absent()
        return
    span = sight.anchored("place") or sight.anchored("issued_on")
    own = head.issuer.commune if head.issuer.level == "xa" else None
    named = _bare(head.place)
    if own and _bare(own) not in named and edits(_bare(own), named) > OTHER_LETTERS:
        yield failed(span)
    else:
        yield passed(span)


def _bare(name: str) -> str:
    return "".join(fold(same_tone_place(name)).split())


def _date_line(sight: Sight) -> Span | None:
    """The line with place and date."""
    rows = tuple(sight.of(LineRole.HEAD, LineRole.TITLE))
    if found := next((row.span for row in rows if row.rule == "part.place_date"), None):
        return found
    match = next(
        (
            row.at(match)
            for row in rows
            if (match := re.search(r"[^/,]*,?\s*\bngay\b.*\bnam\b.*", row.folded))
        ),
        None,
    )
    return match or sight.anchored("issued_on")


def full_date(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """Day, month and year of issue are filled in."""
    line = _date_line(sight)
    if len(sight.record.header.issued_on or "") == FULL_DATE:
        yield passed(line)
    elif line is None:
        yield _head_absent(sight)
    elif _CUT_YEAR.search(fold(sight.words(line))):
        yield unknown("scan_doubt", line)
    else:
        yield failed(line)


_CUT_YEAR = re.compile(
    r"\bngay \d{1,2} thang \d{1,2} nam(?! \d{4}\b)"
)  # day and month are there: the year was, too
_PRINTED = re.compile(r"\bngay\s+(?P<day>\d{1,2})\s+thang\s+(?P<month>\d{1,2})\s+nam\s+(?P<year>\d{4})")


def valid_date(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """The date is one of the calendar, near the year of the plan, with its zeros (khoản 4 điểm b)."""
    line, head = _date_line(sight), sight.record.header
    row = sight.row_of(line) if line else None
    printed = _PRINTED.search(row.folded) if row else None
    if row is None or printed is None:
        yield passed(line) if len(head.issued_on or "") == FULL_DATE else unknown("date_blank")
        return
    span = row.at(printed)
    day, month = printed["day"], printed["month"]
    known = bounds(f"{printed['year']}-{month}-{day}")
    if known is None:
        yield unknown("scan_doubt", span) if sight.is_scan else failed(span)
    elif head.year and known[0] < _earliest(head.year):
        yield failed(span)
    elif not sight.is_scan and (_lacks_zero(day, TWO_FIGURES) or _lacks_zero(month, LATE_MONTHS + 1)):
        yield failed(span, severity=Severity.MINOR)
    else:
        yield passed(span)


def _earliest(year: int) -> date:
    """The last day of a year so long before that nobody plans then."""
    return date(year - YEARS_BEFORE, DECEMBER, LAST_DAY)


def _lacks_zero(figures: str, below: int) -> bool:
    return len(figures) == 1 and int(figures) < below


def type_word(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """A document that is no công văn says what it is above its title."""
    head = sight.record.header
    row = next(iter(sight.of(LineRole.TITLE)), None)
    if head.type not in TYPES_WITHOUT_WORD and row is not None:
        yield passed(row.span)
    elif row is None:
        yield _head_absent(sight)


def title(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """There is a title (trích yếu)."""
    yield passed(sight.anchored("title")) if sight.record.header.title else _head_absent(sight)


def addressee(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """A công văn says to whom it goes (Kính gửi); a report or proposal may."""
    row = next(iter(sight.of(LineRole.ADDRESSEE)), None)
    if row is not None:
        yield passed(row.span)
    elif sight.record.header.type == "cong_van":
        yield absent() if sight.has_head and not sight.is_scan else unknown("head_lost")


TESTS = {
    "head_words": head_words,
    "issuer": issuer,
    "number": number,
    "number_form": number_form,
    "symbol_form": symbol_form,
    "symbol_and_type": symbol_and_type,
    "place": place,
    "full_date": full_date,
    "valid_date": valid_date,
    "type_word": type_word,
    "title": title,
    "addressee": addressee,
}
