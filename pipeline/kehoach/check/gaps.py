"""Pages that are missing from a file: printed page numbers that jump, a sentence that breaks off in
mid-air.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kehoach.document.facts import LineFact, LineRole, Record
from kehoach.document.page import Box, Line, Page, ReadFrom, Role
from kehoach.document.plan import Plan, Span

MAX_LOST = 30  # pages; a larger jump is a misread number
POOR = 0.6  # mean confidence of a page's words below which absence says nothing (checklist hs.doc_duoc)
_DIGITS = re.compile(r"\D*(\d{1,3})\D*")
_PROSE = frozenset({LineRole.PURPOSE, LineRole.REQUIREMENT, LineRole.TASK, LineRole.OBJECTIVE})
_BROKEN_OFF = re.compile(r"[^\W\d_]\s*$")  # ends with a letter: no stop, no colon
MIN_SENTENCE = 12  # words; a shorter line without a stop is a title or an item of a list
TAIL_WORDS = 4  # quoted before a break
_NUMBERED = re.compile(r"\s*(\d{1,2})\.\s")


@dataclass(frozen=True, slots=True)
class Gap:
    """Something is missing behind `span`, on or after page `page`; `before` is the first page after it."""

    page: int
    before: int
    span: Span


@dataclass(frozen=True, slots=True)
class PageNumber:
    """A printed page number with the page that it stands on."""

    page: int
    number: int
    box: Box | None
    text: str


def printed_numbers(pages: Sequence[Page]) -> tuple[PageNumber, ...]:
    """The printed page numbers, one a page at most."""
    found = []
    for page in pages:
        lines = (one for one in page.flow if isinstance(one, Line) and one.role is Role.PAGE_NUMBER)
        for line in lines:
            if match := _DIGITS.fullmatch(line.text):
                found.append(PageNumber(page.number, int(match[1]), line.box, line.text))
                break
    return tuple(found)


def unreadable(pages: Sequence[Page]) -> tuple[int, ...]:
    """Pages on which nothing was read though something stands there, or that were read too badly to trust."""
    return tuple(
        page.number
        for page in pages
        if (page.read_from is ReadFrom.NONE and page.reason != "blank")
        or (page.confidence is not None and page.confidence < POOR)
    )


def gaps(plan: Plan, record: Record) -> tuple[Gap, ...]:
    """All places where pages are missing."""
    jumps = tuple(Gap(one, other, _tail(plan, record, other)) for one, other in _jumps(plan.pages))
    return jumps or _torn(plan, record)


def _jumps(pages: Sequence[Page]) -> list[tuple[int, int]]:
    """Pages between which the printed number grows by more than the pages do, and goes on from there."""
    numbers = printed_numbers(pages)
    if numbers and numbers[0].page > 1:  # the first page of a document shows no number
        numbers = (PageNumber(1, 1, None, ""), *numbers)
    found = []
    for position, (one, other) in enumerate(pairwise(numbers)):
        missing = (other.number - one.number) - (other.page - one.page)
        rest = numbers[position + 2 : position + 3]
        goes_on = all(after.number - other.number == after.page - other.page for after in rest)
        if 0 < missing <= MAX_LOST and goes_on:
            found.append((one.page, other.page))
    return found


def _tail(plan: Plan, record: Record, page: int) -> Span:
    """The last words before `page`."""
    before = [line.anchor.span for line in record.lines if line.anchor.page and line.anchor.page < page]
    return _last_words(plan, before[-1]) if before else Span(0, 0)


def _last_words(plan: Plan, span: Span) -> Span:
    words = list(re.finditer(r"\S+", plan.text[span.start : span.end]))[-TAIL_WORDS:]
    return Span(span.start + words[0].start(), span.start + words[-1].end()) if words else span


def _torn(plan: Plan, record: Record) -> tuple[Gap, ...]:
    """In text without page numbers: a sentence breaks off, and the next numbered heading repeats or skips."""
    numbers = [_heading_number(plan, line) for line in record.lines]
    last, following = _neighbours(numbers)
    for position, line in enumerate(record.lines[:-1]):
        text = plan.text[line.anchor.span.start : line.anchor.span.end]
        broken = line.role in _PROSE and _BROKEN_OFF.search(text) and len(text.split()) >= MIN_SENTENCE
        after = record.lines[position + 1].anchor
        if not broken or plan.text[after.span.start : after.span.start + 1].islower():
            continue
        if last[position] and following[position] not in (None, 1, last[position] + 1):
            page = line.anchor.page or 1
            return (Gap(page, after.page or page, _last_words(plan, line.anchor.span)),)
    return ()


def _neighbours(numbers: Sequence[int | None]) -> tuple[list[int], list[int | None]]:
    """For each place the last number up to it (0: none) and the first behind it."""
    last, seen = [], 0
    for number in numbers:
        seen = number or seen
        last.append(seen)
    following: list[int | None] = []
    ahead: int | None = None
    for number in reversed(numbers):
        following.append(ahead)
        ahead = number or ahead
    return last, following[::-1]


def _heading_number(plan: Plan, line: LineFact) -> int | None:
    if line.role is not LineRole.HEADING:
        return None
    match = _NUMBERED.match(plan.text, line.anchor.span.start, line.anchor.span.end)
    return int(match[1]) if match else None
