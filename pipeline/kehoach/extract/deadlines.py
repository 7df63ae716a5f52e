"""Deadlines (thời hạn): phrases are data, the calendar and the grammar are code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from kehoach.document.facts import Deadline
from kehoach.document.plan import Plan, Span
from kehoach.extract.adverbs import modifies_main_verb
from kehoach.extract.calendar import Bounds, Reference, own_year, resolve
from kehoach.extract.rhythm import PERIODIC, days, on_weekdays, recurrence
from kehoach.extract.terms import due_day, working_edges
from kehoach.extract.written import as_written
from kehoach.rules import Rule, phrases

# The most specific kind wins (contract, "Tasks").
KINDS = ("date", "by", "period", "recurring", "event", "relative", "continuous")
NO_DEADLINE = "none"
LABEL = "label"
WHOLE_CELL_WORDS = 18  # words; a longer cell is a sentence, and its time phrase alone is the deadline
_TRIM = " \t\n\r.;,:/"
# Words without which no rule can match; most items have none, and are passed over at once.
_TIME = re.compile(
    r"\d|\bthứ\b|xuyên|xuyen|k[ỳìíyýỷ]\b|h[ằàăâảắẳ]ng|mỗi|khi\b|dịp|liên tục|quý|qu[íỷỳỵ]|trong|lộ trình"
    r"|tiến độ|lâu dài|suốt|quanh|sau\b|tháng|cả năm|(?:cuối|đầu|giữa|hết) n[ăâ]m|trước|lần",
    re.IGNORECASE,
)


class _Found(NamedTuple):
    rule: Rule
    match: re.Match[str]
    said: Span  # the deadline's own words, in the text that was searched


def in_text(plan: Plan, span: Span, *, year: int | None, issued_on: date | None = None) -> Deadline | None:
    """The deadline that running text gives itself, or None.

    Words of repetition count only where they modify a main verb; what lies before the plan is a result or
    the date of a document, unless the work is to be done by then. `year`: the plan's, for words without one.
    """
    reference = Reference(year, issued_on)
    text = as_written(plan.text[span.start : span.end])
    settled = [(one, _bounds(one, reference)) for one in _phrases(text, "text")]
    open_ones = [
        (one, bounds) for one, bounds in settled if _is_due(text, one) or not _is_past(one, bounds, reference)
    ]
    if not open_ones:
        return None
    best, bounds = min(open_ones, key=lambda pair: _rank(pair[0]))
    return _deadline(plan, _shifted(best.said, span.start), best, bounds)


def in_cell(plan: Plan, span: Span, *, year: int | None, issued_on: date | None = None) -> Deadline | None:
    """The deadline of a cell or label line that states time only; None for vague words ("kịp thời").

    Its text is the whole cell; a label in front ("Thời gian thực hiện:") and the closing stop are left out.
    """
    span = after_label(plan, span)
    text = as_written(plan.text[span.start : span.end])
    found = list(_phrases(text, "cell"))
    if not found:
        return None
    best = min(found, key=_rank)
    words = span if len(text.split()) <= WHOLE_CELL_WORDS else _shifted(best.said, span.start)
    return _deadline(plan, words, best, _bounds(best, Reference(year, issued_on)))


def after_label(plan: Plan, span: Span) -> Span:
    """`span` without a label ("- Thời gian hoàn thành:") in front, white space and the closing stop."""
    text = plan.text[span.start : span.end]
    start = next((match.end() for rule in _labels() if (match := rule.pattern.match(text))), 0)
    rest = text[start:]
    lead = len(rest) - len(rest.lstrip())
    return Span(span.start + start + lead, span.start + start + max(len(rest.rstrip(_TRIM)), lead))


def sharper(own: Deadline | None, beside: Deadline | None, year: int | None) -> Deadline | None:
    """A row's own time, else that of its column; of one rhythm the words that name it more closely: "định
    kỳ" in the text, "Thứ Năm hằng tuần" beside it."""
    if own is None or beside is None or {own.kind, beside.kind} != {"recurring"}:
        return own or beside
    is_same = own.recurrence in (PERIODIC, beside.recurrence)
    return beside if is_same and _closeness(beside, year) > _closeness(own, year) else own


def _closeness(deadline: Deadline, year: int | None) -> tuple[bool, bool]:
    return deadline.recurrence != PERIODIC, bool(year and occurrences(deadline, year))


def occurrences(deadline: Deadline, year: int) -> tuple[date, ...]:
    """The days of `year` on which a recurring deadline falls; empty where its words name no day."""
    rule = next((one for one in phrases("deadlines") if one.id == deadline.rule), None)
    match = rule.pattern.search(deadline.text) if rule else None
    if match is None or deadline.recurrence is None:
        return ()
    if weekdays := match.groupdict().get("weekdays"):
        return on_weekdays(weekdays, year)
    if edge := match.groupdict().get("edge"):
        return working_edges(edge, deadline.recurrence, year)
    return days(deadline.recurrence, match.groupdict(), year)


def due_days(deadline: Deadline | None, year: int | None, issued: date | None) -> tuple[date, ...]:
    """The days when a task is due: its last day, the end of a term that runs from a known day, or the days of
    its rhythm from the issue of the plan to the end of its year. None where its words tell no day."""
    if deadline is None:
        return ()
    if deadline.kind == "recurring":
        found = occurrences(deadline, year) if year else ()
        return tuple(one for one in found if issued is None or one >= issued)
    last = deadline.end or due_day(deadline, year=year, issued_on=issued)
    return (last,) if last else ()


def _labels() -> Sequence[Rule]:
    return [rule for rule in phrases("deadlines") if rule.value == LABEL]


def _phrases(text: str, place: str) -> Iterator[_Found]:
    """The phrases of `text`, each character read by the first rule that matches it."""
    if place == "text" and not _TIME.search(text):
        return
    taken: list[Span] = []
    for rule in phrases("deadlines"):
        if rule.value == LABEL or rule.params.get("in", place) != place:
            continue
        for match in rule.pattern.finditer(text):
            words = Span(*match.span())
            if not match[0].strip() or any(words.start < one.end and one.start < words.end for one in taken):
                continue
            said = _said(match)
            if not _governs(text, said, rule, place):
                continue
            taken.append(words)
            if rule.value != NO_DEADLINE:
                yield _Found(rule, match, said)


def _rank(found: _Found) -> tuple[int, bool, int]:
    """The most specific kind first, a rhythm that is named before one that is not, then the first said."""
    unnamed = found.rule.params.get("recurrence") == PERIODIC
    return KINDS.index(found.rule.value), unnamed, found.said.start


def _said(match: re.Match[str]) -> Span:
    """The group that is the deadline's own words, else the whole match, without white space around."""
    groups = match.groupdict()
    name = next((one for one in ("said", "said2", "said3") if groups.get(one)), None)
    start, end = match.span(name) if name else match.span()
    words = match.string[start:end]
    return Span(start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip(_TRIM + "(")))


def _governs(text: str, said: Span, rule: Rule, place: str) -> bool:
    scope = rule.params.get("own")
    return place == "cell" or scope is None or modifies_main_verb(text, said.start, said.end, str(scope))


def _bounds(found: _Found, reference: Reference) -> Bounds:
    name = found.rule.params.get("resolve")
    return resolve(str(name), found.match.groupdict(), reference) if name else (None, None)


def _is_past(found: _Found, bounds: Bounds, reference: Reference) -> bool:
    """A day or stretch with a year of its own that ended before the plan was issued."""
    last = bounds[1] or bounds[0]
    if last is None or own_year(found.match.groupdict()) is None:
        return False
    if reference.issued_on:
        return last < reference.issued_on
    return reference.year is not None and last.year < reference.year


def _is_due(text: str, found: _Found) -> bool:
    """Whether a last day is said to be that of the work ("hoàn thành trước …"), however early it lies."""
    if found.rule.value != "by":
        return False
    clause = re.split(r"[.;]\s", text[: found.said.end])[-1]
    said = {rule.value for rule in phrases("due") if rule.pattern.search(clause)}
    return said == {"due"}


def _shifted(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _deadline(plan: Plan, words: Span, found: _Found, bounds: Bounds) -> Deadline:
    kind, rhythm = found.rule.value, None
    if kind == "recurring":
        named = found.rule.params.get("recurrence")
        rhythm = str(named) if named else recurrence(found.match.groupdict(), found.match[0])
    return Deadline(plan.quote(words), kind, *bounds, rhythm, found.rule.id, plan.anchor(words))
