"""Why a task is read as it is: each of its facts with the rule that told and the words behind it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from kehoach.document.facts import Citation, Mention, Record, Section, Task
from kehoach.document.plan import Anchor, Span
from kehoach.errors import TaskNotFound
from kehoach.rules import phrases
from kehoach.sqlite import Database
from kehoach.store import read
from kehoach.store.rows import iso

NAMED = "named.beside"  # rule of what stands in the cells or lines beside a task


@dataclass(frozen=True, slots=True)
class Because:
    """One fact of a task. `field`: task, section, lead, …; `value`: what was made of the words.

    `rule`: id of the rule under `models/`, or of the step that told; `words`: what the page says, `line`: the
    paragraph or row around it; `bbox`: fractions of the page. None: the fact has no place of its own.
    """

    field: str
    value: str
    rule: str
    words: str
    line: str | None
    page: int | None
    bbox: tuple[float, float, float, float] | None
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A task with the reasons for its facts; `number` as `show` prints it, `id` in the database."""

    plan: str
    document_id: int
    number: int
    id: int
    facts: tuple[Because, ...]

    def as_json(self) -> dict[str, Any]:
        """As plain values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class _Work:
    """What the reasons are looked up in: the record, the plan's text, where its lines begin."""

    record: Record
    text: str
    starts: Sequence[int]
    unit_names: dict[str, str]


def explanation(db: Database, document_id: int, task: int) -> Explanation:
    """Why task `task` of a plan is as it is: its number as `show` prints it, else its id in the database.

    Raises PlanNotFound, TaskNotFound.
    """
    record = read.record(db, document_id)
    ids = [
        row[0]
        for row in db.execute("SELECT id FROM tasks WHERE document_id = ? ORDER BY ordinal", (document_id,))
    ]
    if not 1 <= task <= len(ids) and task not in ids:
        raise TaskNotFound(task=task, plan=record.source.name, count=len(ids))
    place = task - 1 if 1 <= task <= len(ids) else ids.index(task)
    text = db.execute("SELECT text FROM documents WHERE id = ?", (document_id,)).fetchone()[0]
    names = {row[0]: row[1] for row in db.execute("SELECT key, name FROM units")}
    work = _Work(record, text, [line.anchor.span.start for line in record.lines], names)
    facts = tuple(_facts(work, record.tasks[place]))
    return Explanation(record.source.name, document_id, place + 1, ids[place], facts)


def _facts(work: _Work, task: Task) -> Iterator[Because]:
    yield _because(work, "task", task.text, task.rule, task.anchor)
    yield from _sections(work, task)
    for mention in (*task.lead, *task.support):
        yield _because(work, mention.role, _unit(work, mention), f"owner.{mention.origin}", mention.anchor)
    if due := task.deadline:
        days = " – ".join(dict.fromkeys(day for day in (iso(due.start), iso(due.end)) if day))
        value = ", ".join(part for part in (due.kind, days, due.recurrence) if part)
        yield _because(work, "deadline", value, due.rule, due.anchor)
    for text in task.outputs:
        yield _unplaced("output", text, NAMED)
    yield from _targets(work, task)
    yield from _citations(work, task)
    for one in task.criteria:
        yield _because(work, "criterion", one.code, "taxonomy", one.anchor)


def _unit(work: _Work, mention: Mention) -> str:
    """The canonical name behind a mention; the words themselves where the unit is not known."""
    return work.unit_names.get(mention.unit or "", mention.text)


def _sections(work: _Work, task: Task) -> Iterator[Because]:
    """From the outermost heading in; rows of a table add the cells that name their group."""
    chain: list[Section] = []
    index = task.section
    while index is not None:
        chain.insert(0, work.record.sections[index])
        index = chain[0].parent
    for section in chain:
        value = f"{section.number}. {section.title}" if section.number else section.title
        yield _because(work, "section", value, _kind_rule(section), section.anchor)
    for words in task.path[len(chain) :]:
        yield _unplaced("section", words, "table.group")


def _kind_rule(section: Section) -> str:
    """The rule by whose words a section is of its kind; its kind alone where it has it from above."""
    rules = (one for one in phrases("sections") if one.pattern.search(section.title))
    told = next(rules, None)
    return told.id if told and told.value == section.kind else f"section.{section.kind}"


def _targets(work: _Work, task: Task) -> Iterator[Because]:
    for one in work.record.targets:
        if _meets(one.anchor.span, task.anchor.span):
            parts = (one.metric, one.comparator, _number(one.value), one.unit)
            yield _because(work, "target", " ".join(part for part in parts if part), one.rule, one.anchor)


def _number(value: float | None) -> str | None:
    return None if value is None else f"{value:g}"


def _citations(work: _Work, task: Task) -> Iterator[Because]:
    """Documents that the task names, also those that the plan has named before."""
    for one in work.record.citations:
        here = _meets(one.anchor.span, task.anchor.span)
        span = one.anchor.span if here else _mentioned(work, one, task)
        if span is not None:
            anchor = one.anchor if here else task.anchor
            named = f"{one.number}/{one.symbol}" if one.number and one.symbol else one.title or one.text
            yield _because(work, "citation", f"{one.type} {named}", one.rule, anchor, span)


def _mentioned(work: _Work, citation: Citation, task: Task) -> Span | None:
    """Where a task names, again, a document that the plan's list has from an earlier place."""
    if not (citation.number and citation.symbol):
        return None
    symbol = r"\s*[-–]\s*".join(re.escape(part) for part in citation.symbol.split("-"))
    number = re.escape(citation.number.lstrip("0"))
    start, end = task.anchor.span
    match = re.search(rf"\b0*{number}(?:/\d{{4}})?\s*[/-]\s*{symbol}\b", work.text[start:end])
    return Span(start + match.start(), start + match.end()) if match else None


def _meets(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _because(
    work: _Work, field: str, value: str, rule: str, anchor: Anchor, words: Span | None = None
) -> Because:
    span = words or anchor.span
    box = next((one for one in anchor.boxes if one.page == anchor.page), None)
    return Because(
        field=field,
        value=value,
        rule=rule,
        words=_quote(work, span) or value,
        line=_line(work, span),
        page=anchor.page,
        bbox=(box.x0, box.y0, box.x1, box.y1) if box else None,
        confidence=anchor.confidence,
    )


def _unplaced(field: str, value: str, rule: str) -> Because:
    return Because(field, value, rule, value, None, None, None, None)


def _line(work: _Work, span: Span) -> str | None:
    """The paragraph or row in which `span` begins."""
    place = bisect_right(work.starts, span.start) - 1
    if place < 0:
        return None
    around = work.record.lines[place].anchor.span
    return _quote(work, around) if span.start < around.end else None


def _quote(work: _Work, span: Span) -> str:
    return " ".join(work.text[span.start : span.end].split())
