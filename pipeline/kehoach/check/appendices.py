"""Appendices: announced and attached, numbered, and pointing back at the document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kehoach.check.rule import CheckRule
from kehoach.check.sight import Row, Sight, first
from kehoach.check.verdicts import Judged, absent, failed, passed, unknown
from kehoach.document.facts import LineRole
from kehoach.document.plan import Span

_NUMBER = re.compile(r"phu luc\s+(?:so\s+)?(?P<number>[ivx]{1,5}|\d{1,2}|[a-h])\b")
_HEAD = re.compile(
    r"\s*phu luc\b(?!.*\b(?:kem theo|nay|gom)\b)"
    r"|.*\(?\s*(?:ban hanh )?kem theo\s+(?:ke hoach|cong van|quyet dinh)"
)
_ARABIC = re.compile(r"\d+|[a-h]")
_OF_ANOTHER = re.compile(
    r"\b(?:thong tu|nghi dinh|quyet dinh|nghi quyet|chi thi|cong van|ke hoach|luat)"
    r"\s+(?:so\s*)?[^\s]*\d"
)
ANOTHER_REACH = 90  # characters around the words in which a document of somebody else is named


@dataclass(frozen=True, slots=True)
class Announced:
    """An appendix that the text points at; `number` folded, empty where it is the only one."""

    span: Span
    number: str
    row: Row


def announced(sight: Sight, rule: CheckRule) -> tuple[Announced, ...]:
    """Appendices that the text says are attached. params: `words`, how it says so; `other_words`, not
    ours.
    """
    found: dict[str, Announced] = {}
    for row in sight.main():
        for match in rule.pattern().finditer(row.folded):
            around = row.folded[max(match.start() - ANOTHER_REACH, 0) : match.end() + ANOTHER_REACH]
            if _OF_ANOTHER.search(around) or rule.pattern("other_words").search(row.folded, match.start()):
                continue
            number = _NUMBER.search(match[0])
            name = number["number"] if number else ""
            start = match.start() + number.start() if number else match.start()
            end = match.start() + number.end() if number else match.end()
            span = Span(row.span.start + start, row.span.start + end)
            found.setdefault(name, Announced(span, name, row))
    return tuple(found.values())


def attached(sight: Sight) -> tuple[Row, ...]:
    """First rows of the appendices that are there: marked ones, and a table or a form behind the foot."""
    behind = tuple(sight.behind())
    marked = tuple(row for row in behind if _HEAD.match(row.folded) and row.role is not LineRole.TABLE_ROW)
    return marked or behind[:1]


def lacking(sight: Sight, rule: CheckRule) -> Judged | None:
    """Why nobody can tell, where what is missing may stand in an appendix that the text announces and that
    is not there. params: `announced_words`.
    """
    said = first(sight.main(), rule.pattern("announced_words"))
    return unknown("appendix_missing", said) if said and not attached(sight) else None


def appendix_there(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """What the text announces is attached; what is attached is announced (Mục III khoản 1 điểm a)."""
    said, there = announced(sight, rule), attached(sight)
    if not said:
        yield passed(there[0].span if there else None)
        return
    missing = [one for one in said if not _matched(one, there)]
    for one in missing:
        yield failed(sight.clause(one.span) if not one.number else one.span)
    if not missing:
        yield passed(there[0].span)


def _matched(one: Announced, there: tuple[Row, ...]) -> bool:
    """Whether an attached appendix may be the announced one; one without a number may be any."""
    numbers = [match["number"] for row in there if (match := _NUMBER.search(row.folded))]
    return bool(there) and (not one.number or not numbers or _value(one.number) in map(_value, numbers))


_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8"}


def _value(number: str) -> str:
    return _ROMAN.get(number, number.lstrip("0"))


def appendix_numbers(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """Two appendices or more carry Roman numbers."""
    spans: dict[str, Span] = {}
    for row in (*sight.main(), *attached(sight)):
        head = row.role is not LineRole.TABLE_ROW
        for match in _NUMBER.finditer(row.folded) if head else ():
            around = row.folded[max(match.start() - ANOTHER_REACH, 0) : match.end() + ANOTHER_REACH]
            if not _OF_ANOTHER.search(around):
                spans.setdefault(match["number"], row.at(match))
    arabic = [span for number, span in spans.items() if _ARABIC.fullmatch(number)]
    if len(spans) > 1:
        yield failed(arabic[-1]) if arabic else passed(next(iter(spans.values())))


_POINTER = re.compile(r"kem\s+theo\b.*")
_POINTED_NUMBER = re.compile(r"(?:so\s*:?\s*)?(\d{1,5})\s*/\s*([a-z]{2,}(?:\s*[-–]\s*[a-z&]+)+)")
_POINTED_DAY = re.compile(r"ngay\s*(\d{1,2})\s*(?:/|thang\s*)(\d{1,2})\s*(?:/|nam\s*)(\d{4})")


def appendix_pointer(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """An appendix says which document it belongs to, and says its number and date right."""
    rows = tuple(sight.behind())
    if not rows:
        return
    line = next((row for row in rows if _POINTER.search(row.folded) and "(" in row.folded), None)
    if line is None:
        yield unknown("scan_may_miss") if sight.is_scan else absent()
        return
    head = sight.record.header
    number, day = _POINTED_NUMBER.search(line.folded), _POINTED_DAY.search(line.folded)
    wrong_number = number and head.number and number[1].lstrip("0") != head.number.lstrip("0")
    printed = f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}" if day else None
    wrong_day = printed and len(head.issued_on or "") == len(printed) and printed != head.issued_on
    if wrong_number or wrong_day:
        yield unknown("scan_doubt", line.span) if sight.is_scan else failed(line.span)
    else:
        yield passed(line.span)


TESTS = {
    "appendix_there": appendix_there,
    "appendix_numbers": appendix_numbers,
    "appendix_pointer": appendix_pointer,
}
