"""Number line, place-and-date line, and the line under an appendix's title that repeats them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from kehoach.document.plan import Span
from kehoach.extract.strips import Strip
from kehoach.extract.symbols import number, symbol
from kehoach.rules import Rule, first, line_rule, phrases
from kehoach.text import one_line

_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
_MONTHS = range(1, 13)

Trust = Callable[[Span], bool]
Spans = tuple[tuple[str, Span], ...]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A number line. `unread`: what stands before the slash is no number. `printed`: the line is there."""

    number: str | None = None
    symbol: str | None = None
    unread: bool = False
    printed: bool = False
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as far as it is printed, from the year on; `unread`: what stands in a gap is no figure."""

    iso: str | None = None
    place: str | None = None
    unread: bool = False
    printed: bool = False
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class Attached:
    """What an appendix says it belongs to: kind, number, symbol and day of the document."""

    type: str | None = None
    number: str | None = None
    symbol: str | None = None
    issued_on: str | None = None
    spans: Spans = ()


def trust_all(_: Span) -> bool:
    """Figures of a text layer are what is printed."""
    return True


def numbered(lines: Iterable[Strip], trust: Trust = trust_all) -> Numbered:
    """The first number line with a symbol: an incoming stamp's number has none.

    trust: whether the recogniser was sure of the figures at a place; a doubtful number is kept, and `unread`.
    """
    for strip in lines:
        if found := first(_rules("number"), strip.folded):
            match = found[1]
            value, unread = number(strip.text[slice(*match.span("number"))])
            spans = [("symbol", strip.span(*match.span("symbol")))]
            if value is not None:
                spans.append(("number", strip.span(*match.span("number"))))
                unread = not trust(spans[-1][1])
            written = symbol(strip.text[slice(*match.span("symbol"))])
            return Numbered(value, written, unread, True, tuple(spans))
    return Numbered()


def dated(lines: Iterable[Strip], trust: Trust = trust_all) -> Dated:
    """The first place-and-date line; it may share its line with the number, or go on in the next one.
    Doubtful figures are left out.
    """
    for strip, below in _with_next(lines):
        rule = line_rule("parts", strip.text)
        if rule is not None and rule.value == "stamp":
            continue
        match = _place_and_date(strip)
        whole = strip.joined(below) if below and not (match and match["year"].strip()) else None
        further = _place_and_date(whole) if whole else None
        if whole and further and further["year"].strip():
            return _dated(whole, further, trust)
        if match:
            return _dated(strip, match, trust)
    return Dated()


def _with_next(lines: Iterable[Strip]) -> Iterable[tuple[Strip, Strip | None]]:
    found = list(lines)
    return zip_longest(found, found[1:])


def _place_and_date(strip: Strip) -> re.Match[str] | None:
    before = first(_rules("number"), strip.folded)
    start = before[1].end() if before else 0
    matches = (rule.pattern.search(strip.folded, start) for rule in _rules("date"))
    return next((match for match in matches if match), None)


def attached(lines: Iterable[Strip]) -> Attached:
    """The first line such as "(Kèm theo Kế hoạch số 08/KH-UBND ngày 14/01/2022 của UBND xã)"."""
    for strip in lines:
        if found := first(_rules("attached"), strip.folded):
            match = found[1]
            kind = first(phrases("types"), match["type"])
            spans = tuple(
                (name, span)
                for name in ("number", "symbol")
                if (span := strip.group(match, name)) is not None
            )
            return Attached(
                kind[0].value if kind else None,
                match["number"],
                symbol(strip.text[slice(*match.span("symbol"))]),
                iso(match["day"], match["month"], match["year"]),
                (*spans, ("issued_on", strip.span(match.start(), match.end()))),
            )
    return Attached()


def iso(day: str | None, month: str | None, year: str | None) -> str | None:
    """As much of a date as is printed, from the year on; a day that the month does not have is left out."""
    if year is None:
        return None
    if month is None or not month.isdigit() or int(month) not in _MONTHS:
        return year
    so_far = f"{year}-{int(month):02}"
    if day is None or not day.isdigit():
        return so_far
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return so_far


def _rules(value: str) -> Sequence[Rule]:
    return [rule for rule in phrases("header") if rule.value == value]


def _dated(strip: Strip, match: re.Match[str], trust: Trust) -> Dated:
    day, month = (_figure(strip, match, name, trust) for name in ("day", "month"))
    year = _YEAR.search(match["year"])
    place = one_line(strip.text[slice(*match.span("place"))]).strip(" .,;–-")
    opens = re.compile(r"\bng[a-z]y|\d").search(strip.folded, match.end("place"))
    spans = (
        ("place", strip.span(*match.span("place"))),
        ("issued_on", strip.span(opens.start() if opens else match.end("place"), match.end())),
    )
    printed = iso(day[0], month[0], year[0] if year else None)
    garbled = year is None and any(char.isalpha() for char in match["year"])
    return Dated(printed, place or None, day[1] or month[1] or garbled, True, spans)


def _figure(strip: Strip, match: re.Match[str], name: str, trust: Trust) -> tuple[str | None, bool]:
    """Day or month, and whether something stands there that is no sure figure."""
    value, unclear = number(strip.text[slice(*match.span(name))])
    if value is None:
        return None, unclear
    sure = value.isdigit() and trust(strip.span(*match.span(name)))
    return (value, False) if sure else (None, True)
