"""How a plan is built: all pages there, the parts that it must have, numbering without gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from kehoach.check.appendices import lacking
from kehoach.check.rule import CheckRule
from kehoach.check.sight import Row, Sight, first
from kehoach.check.verdicts import Judged, absent, failed, passed, unknown
from kehoach.document.facts import LineRole, Section
from kehoach.document.plan import Span
from kehoach.text import fold

MOST = 0.5  # share of tasks
AIMED = (LineRole.PURPOSE, LineRole.REQUIREMENT, LineRole.OBJECTIVE)
HEAD = 8  # characters of a row that lie in its first sentence
SURE = 0.85  # confidence of a mark's figures on a scan


def unbroken(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """No page is missing: printed page numbers run on, no sentence breaks off in mid-air."""
    if not sight.gaps:
        yield passed()
        return
    pages = (f"{gap.page}–{gap.before}" if gap.before != gap.page else f"{gap.page}" for gap in sight.gaps)
    yield failed(sight.gaps[0].span, trang=", ".join(pages))


def readable(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """Every page could be read well enough."""
    if sight.unreadable:
        yield failed(None, trang=", ".join(map(str, sight.unreadable)))
    else:
        yield passed()


def section(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """A part is there, under any wording and in any order. params: `kinds` of sections; `level`, the
    deepest that counts; `title_words` of a heading; `words` of a sentence.
    """
    kinds, level = rule.params.get("kinds", ()), rule.params.get("level")
    for one in sight.record.sections:
        outermost = level is None or (one.level <= level and not sight.gaps)  # a lost heading lifts its parts
        if (one.kind in kinds and outermost) or _titled(rule, one):
            yield passed(one.anchor.span)
            return
    if "words" in rule.params and (span := first(sight.main(), rule.pattern())):
        yield passed(sight.clause(span))
    elif rule.params.get("by_unit") and _by_unit(sight):
        yield passed(sight.record.tasks[0].anchor.span)
    else:
        yield absent()


def _titled(rule: CheckRule, one: Section) -> bool:
    return "title_words" in rule.params and bool(rule.pattern("title_words").search(fold(one.title)))


def _by_unit(sight: Sight) -> bool:
    """Whether tasks stand under headings that are units: a tasks part organised by unit."""
    tasks = sight.record.tasks
    headed = sum(any(one.origin == "heading" for one in task.lead) for task in tasks)
    return bool(tasks) and headed >= MOST * len(tasks)


def basis(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """Something is named on which the plan rests, before the first heading. params: `words`."""
    for row in sight.opening():
        if any(name == "citations" for name, _ in row.facts):
            yield passed(sight.clause(row.span) if row.role is not LineRole.BASIS else row.span)
            return
    if span := first(sight.opening(), rule.pattern()):
        yield passed(sight.clause(span))
    else:
        yield absent()


def aims(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """There is a part with aims, or a target elsewhere. params: `words`: an aim in words alone."""
    kinds = rule.params["kinds"]
    part = next((one for one in sight.record.sections if one.kind in kinds or _titled(rule, one)), None)
    if part is not None:
        yield passed(part.anchor.span)
    elif sight.record.targets:
        yield passed(sight.record.targets[0].anchor.span)
    elif span := first(sight.of(*AIMED), rule.pattern()):
        yield passed(sight.clause(span))  # that it has no figure is another rule's finding
    else:
        yield absent()


def any_task(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """There is something to do."""
    tasks = sight.record.tasks
    yield passed(tasks[0].anchor.span) if tasks else absent()


def assignment_table(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """A table says what, who and when. params: `what_words`, `who_words`, `when_words` of its head."""
    for table in sight.record.tables:
        head = fold(" | ".join(table.header))
        if all(rule.pattern(f"{name}_words").search(head) for name in ("what", "who", "when")):
            row = sight.row_of(table.anchor.span)
            yield passed(row.span if row else table.anchor.span)
            return
    yield lacking(sight, rule) or absent()


_STYLES: Mapping[str, re.Pattern[str]] = {
    "roman": re.compile(r"\s*(?P<mark>[IVX]{1,5})[.)]?\s*[.):/-]\s*\S"),
    "decimal": re.compile(r"\s*(?P<mark>\d{1,2}(?:\.\d{1,2})+)[.)]?\s+\S"),
    "arabic": re.compile(r"\s*(?P<mark>\d{1,2})\s*[.)]\s+\D"),
    "paren": re.compile(r"\s*\((?P<mark>\d{1,2})\)\s*\S"),
    "letter": re.compile(r"\s*(?P<mark>[a-zđ])\s*[.)]\s*\S"),
}
_ALPHABET = "abcdđeghiklmnopqrstuvxy"
_ROMAN = {"I": 1, "V": 5, "X": 10}


@dataclass(frozen=True, slots=True)
class _Mark:
    style: str
    text: str
    value: int
    row: Row
    span: Span


@dataclass(slots=True)
class _Series:
    """Siblings of one style under one parent."""

    style: str
    prefix: str
    marks: list[_Mark] = field(default_factory=list)


def _marks(sight: Sight) -> Iterator[_Mark]:
    text = sight.plan.text
    for row in sight.body():
        if row.role in (LineRole.TABLE_ROW, LineRole.TABLE_HEADER, LineRole.FOOTNOTE) or "table" in row.rule:
            continue
        if any(name == "tables" for name, _ in row.facts):
            continue
        for style, pattern in _STYLES.items():
            if match := pattern.match(text, row.span.start, row.span.end):
                span = Span(*match.span("mark"))
                yield _Mark(style, match["mark"], _value(style, match["mark"]), row, span)
                break


def _value(style: str, mark: str) -> int:
    if style == "roman":
        figures = [_ROMAN[letter] for letter in mark]
        later = [*figures[1:], 0]
        return sum(-one if one < other else one for one, other in zip(figures, later, strict=True))
    if style == "letter":
        return _ALPHABET.find(mark) + 1
    return int(mark.rpartition(".")[2])


def _series(sight: Sight) -> Iterator[tuple[_Series, bool]]:
    """All series in the order in which they end, with whether a lost page may have cut them."""
    open_ones: list[_Series] = []
    appendix = min((row.span.start for row in sight.behind()), default=len(sight.plan.text))
    page, cuts = None, {gap.before for gap in sight.gaps}
    behind = False
    for mark in _marks(sight):
        cut = page != mark.row.page and any((page or 0) < one <= (mark.row.page or 0) for one in cuts)
        moved = not behind and mark.span.start >= appendix
        if cut or moved:
            yield from ((one, cut) for one in reversed(open_ones))
            open_ones, behind = [], behind or moved
        page = mark.row.page
        yield from ((one, False) for one in _closed(open_ones, mark))
        open_ones[-1].marks.append(mark)
    yield from ((one, False) for one in reversed(open_ones))


def _closed(open_ones: list[_Series], mark: _Mark) -> list[_Series]:
    """Ends the series that `mark` leaves behind; the innermost open one is then its own."""
    prefix = mark.text.rpartition(".")[0] if mark.style == "decimal" else ""
    same = (i for i, one in enumerate(open_ones) if one.style == mark.style and one.prefix == prefix)
    at = next(same, None)
    goes_on = at is not None and mark.value != 1
    outermost = 0 if mark.style == "roman" else len(open_ones)
    keep = outermost if at is None else at + goes_on
    ended = open_ones[keep:][::-1]
    del open_ones[keep:]
    if not goes_on:
        open_ones.append(_Series(mark.style, prefix))
    return ended


def numbering(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """In each series of siblings values rise by one."""
    faults = [fault for series, _ in _series(sight) for fault in _faults(series.marks)]
    if sight.gaps:
        yield unknown("page_lost", sight.gaps[0].span, trang=sight.gaps[0].page)
        return
    for one, other, is_one_slip in faults:
        span = sight.trimmed(other.row.span)
        if sight.is_scan and (is_one_slip or _may_be_misread(sight, one, other)):
            yield unknown("scan_doubt", span)
        else:
            yield failed(_head_of(sight, span), truoc=one.text, sau=other.text)
    if not faults:
        yield passed()


def _faults(marks: list[_Mark]) -> Iterator[tuple[_Mark, _Mark, bool]]:
    """Neighbours that do not follow each other, and whether the series goes on as if one were misread."""
    for place, (one, other) in enumerate(pairwise(marks)):
        if other.value != one.value + 1 and not _slip(one, other):
            behind, before = marks[place + 2 : place + 3], marks[max(place - 1, 0) : place]
            goes_on = any(after.value == one.value + 2 for after in behind)
            yield one, other, goes_on or any(first.value == other.value - 2 for first in before)


def _may_be_misread(sight: Sight, one: _Mark, other: _Mark) -> bool:
    """Recognised figures that prove nothing: Roman ones (II for III), and those read unsurely."""
    confidences = (sight.plan.anchor(mark.span).confidence for mark in (one, other))
    return one.style == "roman" or any(known is not None and known < SURE for known in confidences)


def _head_of(sight: Sight, span: Span) -> Span:
    """The first sentence of a row."""
    return sight.clause(Span(span.start, min(span.start + HEAD, span.end)))


def _slip(one: _Mark, other: _Mark) -> bool:
    """d) then e), or f) among them: the order of other alphabets, a common slip that nobody minds."""
    return one.style == "letter" and ord(other.text) - ord(one.text) == 1


def only_child(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """A numbered series has more than one member."""
    alone = [
        series.marks[0]
        for series, cut in _series(sight)
        if len(series.marks) == 1 and series.style != "roman" and series.marks[0].value == 1 and not cut
    ]
    for mark in sorted(alone, key=lambda one: one.span):
        yield failed(_head_of(sight, sight.trimmed(mark.row.span)))
    if not alone:
        yield passed()


TESTS = {
    "unbroken": unbroken,
    "readable": readable,
    "section": section,
    "basis": basis,
    "aims": aims,
    "any_task": any_task,
    "assignment_table": assignment_table,
    "numbering": numbering,
    "only_child": only_child,
}
