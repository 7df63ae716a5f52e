"""Tasks under construction: what an item or a row says itself of its owners, its partners and its time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from kehoach.document.facts import Deadline, Mention
from kehoach.document.outline import Entry, Outline
from kehoach.document.plan import Plan, Span
from kehoach.extract import deadlines, doers, labels, owners, units
from kehoach.extract.rows import RowTask

TASK_KINDS = ("tasks", "organisation")


@dataclass(frozen=True, slots=True)
class Setting:
    """What the reading of tasks needs to know of the whole document."""

    type: str
    year: int | None
    issued_on: date | None


@dataclass(slots=True)
class Draft:
    """A task under construction; `entry` is its place in the outline."""

    span: Span
    section: int | None
    source: str
    rule: str
    entry: int
    path: tuple[str, ...] = ()
    lead: tuple[Mention, ...] = ()
    support: tuple[Mention, ...] = ()
    deadline: Deadline | None = None
    outputs: tuple[str, ...] = ()


@dataclass(slots=True)
class Work:
    """The walk through the outline: drafts so far, and what opening sentences say for their sections."""

    plan: Plan
    outline: Outline
    setting: Setting
    drafts: list[Draft] = field(default_factory=list)
    openers: dict[int | None, list[tuple[int, tuple[Span, ...]]]] = field(default_factory=dict)
    group: tuple[int, tuple[Span, ...]] | None = None  # rank and units of an open dashed heading


def add(work: Work, number: int, entry: Entry, span: Span) -> None:
    """Puts a task of the body, at `span` of `entry`, among the drafts, with what it says itself."""
    draft = Draft(
        span, entry.section, "body", f"task.{entry.role}", number, path_of(work.outline, entry.section)
    )
    lead, support, time = _said_within(work, span)
    draft.lead = owners.mentions(work.plan, lead or doers.subjects(work.plan, span), "lead", "item")
    partners = owners.mentions(work.plan, doers.partners(work.plan, span), "support", "item")
    draft.support = owners.merged(partners, owners.mentions(work.plan, support, "support", "item"))
    if not draft.lead and work.group:
        draft.lead = owners.mentions(work.plan, work.group[1], "lead", "heading")
    draft.deadline = deadlines.in_text(
        work.plan, span, year=work.setting.year, issued_on=work.setting.issued_on
    ) or time_of(work, time)
    work.drafts.append(draft)


def _said_within(work: Work, span: Span) -> tuple[tuple[Span, ...], tuple[Span, ...], tuple[Span, ...]]:
    """Leads, supports and times that labels behind an item's own words name."""
    said = labels.within(work.plan, span) or labels.behind(work.plan, span)
    doers_named = [words for name, words in said if name in ("lead", "doer")]
    both = [units.divided(work.plan, words) for words in doers_named]
    beside = _all(work.plan, [words for name, words in said if name == "support"])
    lead = tuple(unit for one, _ in both for unit in one)
    support = tuple(unit for _, other in both for unit in other) + beside
    return lead, support, tuple(words for name, words in said if name == "deadline")


def path_of(outline: Outline, section: int | None) -> tuple[str, ...]:
    """Titles from the outermost section to `section`."""
    titles: list[str] = []
    while section is not None:
        titles.insert(0, outline.sections[section].title)
        section = outline.sections[section].parent
    return tuple(titles)


def row_draft(work: Work, number: int, entry: Entry, path: tuple[str, ...], row: RowTask) -> Draft:
    """A row of a table as a task: its own words first, then its columns."""
    plan, on = work.plan, work.setting.issued_on
    draft = Draft(row.span, entry.section, "table", "task.row", number, (*path, *row.group))
    named = doers.subjects(plan, row.span)
    both = [units.divided(plan, span) for span in row.lead]
    columns = [unit for one, _ in both for unit in one]
    beside = [unit for _, other in both for unit in other] + [*_all(plan, row.support)]
    draft.lead = owners.mentions(plan, named, "lead", "item") or owners.mentions(
        plan, columns, "lead", "column"
    )
    partners = owners.mentions(plan, doers.partners(plan, row.span), "support", "item")
    draft.support = owners.merged(owners.mentions(plan, beside, "support", "column"), partners)
    own = deadlines.in_text(plan, row.span, year=work.setting.year, issued_on=on)
    cell = next(
        filter(None, (deadlines.in_cell(plan, s, year=work.setting.year, issued_on=on) for s in row.time)),
        None,
    )
    draft.deadline = deadlines.sharper(own, cell, work.setting.year)
    draft.outputs = row.outputs
    return draft


def _all(plan: Plan, spans: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(unit for span in spans for unit in units.listed(plan, span))


def time_of(work: Work, spans: Sequence[Span]) -> Deadline | None:
    """The first deadline that words of a label or a timeline give."""
    year, on = work.setting.year, work.setting.issued_on
    for span in spans:
        found = deadlines.in_cell(work.plan, span, year=year, issued_on=on)
        if found := found or deadlines.in_text(work.plan, span, year=year, issued_on=on):
            return found
    return None
