"""Tasks: owners, deadlines, products, reports, who follows up, what is said twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache

from kehoach.check.appendices import lacking
from kehoach.check.rule import CheckRule, compiled_words
from kehoach.check.sight import Row, Sight, bounds, first
from kehoach.check.verdicts import Judged, absent, failed, passed, unknown
from kehoach.document.facts import Deadline, LineRole, Task
from kehoach.document.finding import Severity
from kehoach.document.plan import Span
from kehoach.text import fold, fold_each, likeness

DATED = frozenset({"date", "by", "period", "recurring"})
FIXED = frozenset({"date", "by", "period"})
SPOKEN = frozenset(
    {
        LineRole.TASK,
        LineRole.HEADING,
        LineRole.LABEL,
        LineRole.TIME,
        LineRole.CLOSING,
        LineRole.CRITERION,
        LineRole.NOTE,
        LineRole.LEAD_IN,
        LineRole.UNEXPLAINED,
        LineRole.TABLE_ROW,
    }
)
JANUARY, LAST_OF_JANUARY = 1, 31
MIN_SHARED = 0.6  # share of a task's words that another must have before their letters are compared
BITS = 256  # words of a task as a set of bits, by their hashes
REACH = 150  # characters around “báo cáo” in which its receiver and its time stand
MIN_ROWS = 3  # tasks in a table that assigns
MIN_UNITS = 2  # headings that are units, in a plan that assigns by unit
SHORT_TASK = 6  # words; shorter tasks repeat for good reason


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def led(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """Most tasks have a unit that leads. params: `max_share` of those that have none."""
    tasks = _assignable(sight, "lead")
    bare = [task for task in tasks if not task.lead]
    if not tasks:
        return
    if _share(len(bare), len(tasks)) > rule.params["max_share"]:
        yield absent(so=len(bare), tong=len(tasks))
    else:
        yield passed(next((task.lead[0].anchor.span for task in tasks if task.lead), None))


def dated(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """Most tasks have a deadline. params: `max_share` of those that have none."""
    tasks = _assignable(sight, "deadline")
    bare = [task for task in tasks if task.deadline is None]
    if not tasks:
        return
    if _share(len(bare), len(tasks)) > rule.params["max_share"]:
        yield absent(so=len(bare), tong=len(tasks))
    else:
        yield passed(_deadline_span(tasks))


def _assignable(sight: Sight, what: str) -> tuple[Task, ...]:
    """The tasks that are to say who or when: those of the assignment table where there is one; where units
    are given their work one by one in the organisation, not those that describe the work before.
    """
    tasks = sight.record.tasks
    table = tuple(task for task in tasks if task.source == "table")
    if len(table) >= MIN_ROWS and any(getattr(task, what) for task in table):
        return table
    headed = {task.section for task in tasks if any(one.origin == "heading" for one in task.lead)}
    if what == "lead" and len(headed) >= MIN_UNITS:
        return tuple(task for task in tasks if task.lead or task.section in headed)
    return tasks


def _deadline_span(tasks: Iterable[Task], kinds: frozenset[str] = frozenset()) -> Span | None:
    found = (task.deadline for task in tasks if task.deadline)
    return next((one.anchor.span for one in found if not kinds or one.kind in kinds), None)


def assigned(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """Work is given to somebody. params: `min_share` of tasks with a lead."""
    tasks = _assignable(sight, "lead")
    owned = [task for task in tasks if task.lead]
    if tasks and _share(len(owned), len(tasks)) >= rule.params["min_share"]:
        yield passed(owned[0].anchor.span)
    else:
        yield absent()


def timed(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """The plan says by when: a timeline, a column, or enough tasks with a day. params: `min_share`."""
    tasks = sight.record.tasks
    part = next((one for one in sight.record.sections if one.kind == "timeline"), None)
    firm = [task for task in tasks if task.deadline and task.deadline.kind in DATED]
    rows = {task.deadline.anchor.span for task in firm if task.deadline and task.source == "table"}
    if part is not None:
        yield passed(part.anchor.span)
    elif rows or (tasks and _share(len(firm), len(tasks)) >= rule.params["min_share"]):
        yield passed(_deadline_span(firm, FIXED) or _deadline_span(firm))
    else:
        yield absent(variant="few" if firm else "", so=len(firm), tong=len(tasks))


def vague(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """Most deadlines name a day or a rhythm. A row's deadline counts once. params: `max_share`,
    `min_count`.
    """
    found = {task.deadline.anchor.span: task.deadline for task in sight.record.tasks if task.deadline}
    loose = [one for one in found.values() if _is_vague(one)]
    if len(found) < rule.params["min_count"]:
        yield unknown("too_few")
        return
    share = _share(len(loose), len(found))
    if share > rule.params["max_share"]:
        worst = next((one for one in loose if one.kind == "recurring"), loose[0])
        yield failed(worst.anchor.span, ty_le=round(100 * share))
    else:
        yield passed(next((one.anchor.span for one in found.values() if not _is_vague(one)), None))


def _is_vague(deadline: Deadline) -> bool:
    return deadline.kind == "continuous" or (
        deadline.kind == "recurring" and deadline.recurrence in (None, "periodic")
    )


def products(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """Where the table has a column for products, no row leaves it empty."""
    rows = [task for task in sight.record.tasks if task.source == "table"]
    if not any(task.outputs for task in rows):
        return
    bare = [task for task in rows if not task.outputs]
    if bare:
        yield failed(bare[0].anchor.span, so=len(bare))
    else:
        yield passed(rows[0].anchor.span)


def before_issue(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """No deadline ends before the plan was issued; with a blank day, before the first day that is possible.
    params: `words`, with groups day, month, year: a past day in running text, which the reading takes for a
    result.
    """
    first_day = sight.issued[0] if sight.issued else None
    past = [] if first_day is None else [span for span, day in _told_days(sight, rule) if day < first_day]
    for span in past:
        yield failed(span)
    if not past:
        yield from _late(sight, lambda end, limit: end < limit, first_day)


def _told_days(sight: Sight, rule: CheckRule) -> Iterator[tuple[Span, date]]:
    for row in sight.of(LineRole.TASK):
        for match in rule.pattern().finditer(row.folded):
            told = bounds(f"{match['year']}-{match['month']}-{match['day']}")
            if told:
                yield row.at(match), told[0]


def beyond_year(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """No deadline ends after January of the year that follows the plan's."""
    year = sight.record.header.year
    limit = date(year + 1, JANUARY, LAST_OF_JANUARY) if year else None
    yield from _late(sight, lambda end, last_day: end > last_day, limit)


def _late(sight: Sight, is_wrong: Callable[[date, date], bool], limit: date | None) -> Iterator[Judged]:
    found = {t.deadline.anchor.span: t.deadline for t in sight.record.tasks if t.deadline and t.deadline.end}
    if not found:
        return
    if limit is None:
        yield unknown("date_blank")
        return
    wrong = [span for span, one in found.items() if one.end and is_wrong(one.end, limit)]
    for span in wrong:
        yield failed(span)
    if not wrong:
        yield passed(next(iter(found)))


def _spoken(sight: Sight) -> Iterator[Row]:
    return sight.of(*SPOKEN)


def reporting(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """Results are reported to somebody, by a day or in a rhythm. params: `report_words`, `to_words`,
    `when_words`; `trouble_words`: a report of troubles only.
    """
    weak: list[Span] = []
    for row in _spoken(sight):
        for match in rule.pattern("report_words").finditer(row.folded):
            span = sight.sentence(row.at(match))
            near = Span(
                max(span.start, row.at(match).start - REACH), min(span.end, row.at(match).end + REACH)
            )
            words = fold_each(sight.plan.text[near.start : near.end])
            told, when = (bool(rule.pattern(name).search(words)) for name in ("to_words", "when_words"))
            if told and when:
                yield passed(span)
                return
            if rule.pattern("trouble_words").search(words):
                weak.insert(0, span)
            elif told or when:
                weak.append(span)
    if weak and not sight.gaps:
        yield failed(weak[0], variant="weak", severity=Severity.MINOR)
    else:
        yield absent()


def followed_up(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """Somebody follows the plan up. params: `words`."""
    span = first(_spoken(sight), rule.pattern())
    yield passed(sight.clause(span)) if span else absent()


def report_date(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """A công văn that gives work says by when, or when to report. params: `words`, a report with a time."""
    span = _deadline_span(sight.record.tasks, DATED) or first(_spoken(sight), rule.pattern())
    yield passed(span) if span else absent()


def repeated(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """No two tasks say the same. params: `min_similarity` of their letters."""
    tasks = [(task, frozenset(fold(task.text).split())) for task in sight.record.tasks]
    known = [(task, words, _bits(words)) for task, words in tasks if len(words) >= SHORT_TASK]
    pairs = []
    for place, (task, words, bits) in enumerate(known):
        for other, theirs, more in known[:place]:
            least = MIN_SHARED * max(len(words), len(theirs))
            if (bits & more).bit_count() < least or len(words & theirs) < least:
                continue
            if likeness(task.text, other.text) >= rule.params["min_similarity"]:
                pairs.append(task)
                break
    for task in pairs:
        yield failed(task.anchor.span)
    if known and not pairs:
        yield passed()


def _bits(words: frozenset[str]) -> int:
    found = 0
    for word in words:
        found |= _bit(word)
    return found


@lru_cache(maxsize=1 << 14)
def _bit(word: str) -> int:
    return 1 << (sum(map(ord, word)) * len(word) % BITS)


def areas(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """Every area has a task, a target, a heading or a row. params: `areas`: name to words."""
    rows = tuple(
        sight.of(LineRole.TASK, LineRole.TARGET, LineRole.HEADING, LineRole.TABLE_ROW, LineRole.LABEL)
    )
    missing = []
    last = None
    for name, words in rule.params["areas"].items():
        span = first(rows, compiled_words(words))
        last = span or last
        if span is None:
            missing.append(name)
    row = sight.row_of(last) if last else None
    if missing:
        yield lacking(sight, rule) or absent(chi_so="; ".join(missing))
    else:
        yield passed(row.span if row else None)


TESTS = {
    "led": led,
    "dated": dated,
    "assigned": assigned,
    "timed": timed,
    "vague": vague,
    "products": products,
    "before_issue": before_issue,
    "beyond_year": beyond_year,
    "reporting": reporting,
    "followed_up": followed_up,
    "report_date": report_date,
    "repeated": repeated,
    "areas": areas,
}
