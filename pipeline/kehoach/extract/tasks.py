"""Tasks (nhiệm vụ): which entries of the outline tell somebody to do something, who is to do it, and by when.

Owners by strength (contract): named in the item, lead column, label line, heading, addressee of the whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from kehoach.document.facts import Deadline, Mention, Section, Task
from kehoach.document.outline import Entry, EntryRole, Outline
from kehoach.document.plan import Plan, Span, Table
from kehoach.extract import deadlines, doers, labels, names, owners, rows, units
from kehoach.extract.rows import RowTask
from kehoach.rules import phrases

TASK_KINDS = ("tasks", "organisation")
ADDRESSING_TYPES = (
    "cong_van",
    "chi_thi",
    "quyet_dinh",
    "thong_bao",
    "huong_dan",
    "nghi_quyet",
    "chuong_trinh",
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What the reading of tasks needs to know of the whole document."""

    type: str
    year: int | None
    issued_on: date | None


@dataclass(slots=True)
class Draft:
    """A task under construction. `scope`: the section whose labels and headings speak for it."""

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
class _Work:
    """The walk through the outline: drafts so far, and what opening sentences say for their sections."""

    plan: Plan
    outline: Outline
    setting: Setting
    drafts: list[Draft] = field(default_factory=list)
    openers: dict[int | None, list[tuple[int, tuple[Span, ...]]]] = field(default_factory=dict)
    group: tuple[int, tuple[Span, ...]] | None = None  # rank and units of an open dashed heading


def tasks(plan: Plan, outline: Outline, setting: Setting) -> tuple[Task, ...]:
    """All tasks of a plan in reading order."""
    work = _Work(plan, outline, setting)
    for number, entry in enumerate(outline.entries):
        _read(work, number, entry)
    owners_of = owners.Inheritance(plan, outline)
    _apply_labels(work, owners_of)
    _apply_headings(work, owners_of)
    _apply_times(work)
    return tuple(_task(plan, draft) for draft in sorted(work.drafts, key=lambda draft: draft.span.start))


def _read(work: _Work, number: int, entry: Entry) -> None:
    if work.group and entry.rank <= work.group[0]:
        work.group = None
    if entry.role is EntryRole.TABLE:
        _read_table(work, number, entry)
    elif entry.role is EntryRole.LEAD_IN:
        _note_opener(work, number, entry)
    elif _holds_tasks(work, number, entry) and (
        span := task_span(work.plan, entry, under_unit=_under_unit(work, entry))
    ):
        _add(work, number, entry, span)


def _under_unit(work: _Work, entry: Entry) -> bool:
    """Whether the heading right above names a unit: whatever stands alone below it is that unit's duty."""
    if entry.section is None or (entry.role is EntryRole.HEADING and entry.children):
        return False
    return units.is_unit_title(work.outline.sections[entry.section].title)


def _holds_tasks(work: _Work, number: int, entry: Entry) -> bool:
    """Whether an item is a task by the function of its section. Outside all sections an addressing document
    (a công văn) assigns work; a plan does so only behind its first heading, where pages were lost."""
    if entry.section is not None:
        kind = work.outline.sections[entry.section].kind
        return kind in TASK_KINDS or (kind == "other" and _untold(work, entry))
    if _BASIS.match(work.plan.quote(entry.span)):
        return False
    heads = (n for n, one in enumerate(work.outline.entries) if one.role is EntryRole.HEADING)
    return work.setting.type in ADDRESSING_TYPES or number > next(heads, len(work.outline.entries))


def _untold(work: _Work, entry: Entry) -> bool:
    """Whether the headings above say nothing of their function and the item itself instructs."""
    titles = _path(work.outline, entry.section)
    if any(rule.pattern.search(title) for title in titles for rule in phrases("sections")):
        return False
    value = entry.value if entry.role is EntryRole.HEADING else entry.span
    return value is not None and _instructs(work.plan, value, under_unit=False)


_BASIS = re.compile(
    r"(?:căn cứ|thực hiện|theo|triển khai|tiếp theo|xét)\b[^.]{0,80}"
    r"(?:\bsố\b|công văn|nghị quyết|quyết định|luật|kế hoạch)",
    re.IGNORECASE,
)


def task_span(plan: Plan, entry: Entry, *, under_unit: bool = False) -> Span | None:
    """The words of the task that an entry states, or None."""
    if entry.role is EntryRole.HEADING:
        if entry.value is None or entry.label not in ("", "content"):
            return None
        return entry.value if _instructs(plan, entry.value, under_unit) else None
    if entry.role is EntryRole.LABEL:
        return entry.value if entry.label == "content" and entry.value else None
    if entry.role is EntryRole.ITEM:
        return None if entry.span.start == entry.span.end or _is_nominal(plan, entry.span) else entry.span
    if entry.role is EntryRole.PARAGRAPH:
        return entry.span if _instructs(plan, entry.span, under_unit) else None
    return None


def _instructs(plan: Plan, span: Span, under_unit: bool) -> bool:
    text = plan.text[span.start : span.end]
    if any(rule.pattern.search(text) for rule in phrases("not_tasks") if rule.value == "any"):
        return False
    if under_unit and not _is_nominal(plan, span):
        return True
    return doers.doing_begins(text) or bool(doers.subjects(plan, span))


def _is_nominal(plan: Plan, span: Span) -> bool:
    """Bare criteria, counts and remarks: an item without a verb of instruction at its head."""
    text = plan.text[span.start : span.end]
    hit = next((rule for rule in phrases("not_tasks") if rule.pattern.search(text)), None)
    return hit is not None and (hit.value == "any" or not doers.subjects(plan, span, clauses=True))


def _add(work: _Work, number: int, entry: Entry, span: Span) -> None:
    draft = Draft(
        span, entry.section, "body", f"task.{entry.role}", number, _path(work.outline, entry.section)
    )
    lead, support, time = _said_within(work, span)
    draft.lead = owners.mentions(work.plan, lead or doers.subjects(work.plan, span), "lead", "item")
    partners = owners.mentions(work.plan, doers.partners(work.plan, span), "support", "item")
    draft.support = owners.merged(partners, owners.mentions(work.plan, support, "support", "item"))
    if not draft.lead and work.group:
        draft.lead = owners.mentions(work.plan, work.group[1], "lead", "heading")
    draft.deadline = deadlines.in_text(
        work.plan, span, year=work.setting.year, issued_on=work.setting.issued_on
    ) or _time_of(work, time)
    work.drafts.append(draft)


def _said_within(work: _Work, span: Span) -> tuple[tuple[Span, ...], tuple[Span, ...], tuple[Span, ...]]:
    """Leads, supports and times that labels behind an item's own words name."""
    said = labels.within(work.plan, span)
    doers_named = [words for name, words in said if name in ("lead", "doer")]
    both = [units.divided(work.plan, words) for words in doers_named]
    beside = _all(work.plan, [words for name, words in said if name == "support"])
    lead = tuple(unit for one, _ in both for unit in one)
    support = tuple(unit for _, other in both for unit in other) + beside
    return lead, support, tuple(words for name, words in said if name == "deadline")


def _path(outline: Outline, section: int | None) -> tuple[str, ...]:
    titles: list[str] = []
    while section is not None:
        titles.insert(0, outline.sections[section].title)
        section = outline.sections[section].parent
    return tuple(titles)


_OF = re.compile(r"\bcủa\s+(?=\S[^:]*:?\s*$)")


def _note_opener(work: _Work, number: int, entry: Entry) -> None:
    """A lead-in may name who does what follows: a dashed heading for its list, a sentence for its section."""
    named = _named_in_opener(work.plan, entry.span)
    if not named:
        return
    if entry.rank < owners.UNMARKED:
        work.group = (entry.rank, named)
    else:
        work.openers.setdefault(entry.section, []).append((number, named))


_ANNOUNCES = re.compile(r"\bsau(?: đây)?$", re.IGNORECASE)


def _named_in_opener(plan: Plan, span: Span) -> tuple[Span, ...]:
    text = plan.text[span.start : span.end].rstrip(" :")
    if _ANNOUNCES.search(text) and (named := doers.subjects(plan, span, clauses=True)):
        return named
    if units.is_unit_title(text):
        return units.title_units(plan, Span(span.start, span.start + len(text)))
    if named := doers.subjects(plan, span, clauses=True):
        return named
    for of in _OF.finditer(text):
        found, stop = names.units_from(text, of.end())
        if found and not text[stop:].strip(" :."):
            return tuple(Span(span.start + one.start, span.start + one.end) for one in found)
    return ()


def _read_table(work: _Work, number: int, entry: Entry) -> None:
    table = work.plan.blocks[entry.block]
    if not isinstance(table, Table):
        return
    path = _path(work.outline, entry.section)
    for one in rows.row_tasks(work.plan, table):
        work.drafts.append(_row_draft(work, number, entry, path, one))


def _row_draft(work: _Work, number: int, entry: Entry, path: tuple[str, ...], row: RowTask) -> Draft:
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
    draft.deadline = own or cell
    draft.outputs = row.outputs
    return draft


def _all(plan: Plan, spans: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(unit for span in spans for unit in units.listed(plan, span))


def _apply_labels(work: _Work, owners_of: owners.Inheritance) -> None:
    """Label lines speak for the tasks before them in their section; standing first, for those after them."""
    for run in owners.label_runs(work.plan, work.outline):
        covered = [draft for draft in work.drafts if run.covers(draft.entry)]
        if not covered and (heading := _heading_task(work, run)):
            covered = [heading]
        lead, support, outputs = owners_of.of_labels(run)
        time = _time_of(work, run.times)
        for draft in covered:
            draft.lead = draft.lead if _named_in_item(draft) else lead or draft.lead
            draft.support = owners.merged(draft.support, support)
            draft.deadline = draft.deadline or time
            draft.outputs = draft.outputs or outputs


def _named_in_item(draft: Draft) -> bool:
    return any(mention.origin == "item" for mention in draft.lead)


def _heading_task(work: _Work, run: owners.LabelRun) -> Draft | None:
    """A heading that has owners or a time under it, but no item, is a task itself."""
    if run.scope is None or not run.says_who_or_when:
        return None
    number = next(
        (
            n
            for n, e in enumerate(work.outline.entries)
            if e.role is EntryRole.HEADING and e.section == run.scope
        ),
        None,
    )
    if work.outline.sections[run.scope].kind not in TASK_KINDS:
        return None
    has_below = any(section.parent == run.scope for section in work.outline.sections)
    if number is None or has_below or any(draft.section == run.scope for draft in work.drafts):
        return None
    entry = work.outline.entries[number]
    _add(work, number, entry, entry.span)
    work.drafts[-1].rule = "task.heading"
    return work.drafts[-1]


def _time_of(work: _Work, spans: Sequence[Span]) -> Deadline | None:
    year, on = work.setting.year, work.setting.issued_on
    for span in spans:
        found = deadlines.in_cell(work.plan, span, year=year, issued_on=on)
        if found := found or deadlines.in_text(work.plan, span, year=year, issued_on=on):
            return found
    return None


def _apply_headings(work: _Work, owners_of: owners.Inheritance) -> None:
    addressees = owners_of.addressees()
    for draft in work.drafts:
        if draft.lead:
            continue
        later = owners.mentions(
            work.plan, doers.subjects(work.plan, draft.span, clauses=True), "lead", "item"
        )
        above = owners_of.of_heading(draft.section) or _opener(work, owners_of, draft)
        draft.lead = above or later or addressees


def _opener(work: _Work, owners_of: owners.Inheritance, draft: Draft) -> tuple[Mention, ...]:
    """What the last sentence that opens a list before the task says of its doers, innermost section first."""
    section = draft.section
    while section is not None:
        before = [named for number, named in work.openers.get(section, ()) if number < draft.entry]
        if before:
            return owners_of.mentioned(before[-1], "lead", "addressee")
        section = work.outline.sections[section].parent
    return ()


def _apply_times(work: _Work) -> None:
    """A timeline section gives its time to the part that it stands in; one for the whole plan, to the tasks
    of content and solutions, not to those of organisation."""
    for number, section in enumerate(work.outline.sections):
        if section.kind != "timeline" or not (time := _time_of(work, _section_words(work, number))):
            continue
        for draft in work.drafts:
            if draft.deadline is None and _time_covers(work.outline, section, draft):
                draft.deadline = time


def _section_words(work: _Work, number: int) -> list[Span]:
    spans: list[Span] = []
    for entry in work.outline.entries:
        if entry.section == number and entry.role is EntryRole.HEADING and entry.value:
            spans.append(entry.value)
        elif entry.section == number and entry.role in (EntryRole.PARAGRAPH, EntryRole.ITEM):
            spans.append(entry.span)
    return spans


def _time_covers(outline: Outline, timeline: Section, draft: Draft) -> bool:
    if draft.section is None:
        return False
    parent = timeline.parent
    if parent is not None and outline.sections[parent].kind == "tasks":
        return parent in _ancestors(outline, draft.section)
    is_for_all = timeline.level <= MAX_TIMELINE_LEVEL
    return is_for_all and outline.sections[_ancestors(outline, draft.section)[-1]].kind in (
        "tasks",
        "appendix",
    )


MAX_TIMELINE_LEVEL = 2  # a deeper one speaks of a part of its section, not of the plan


def _ancestors(outline: Outline, section: int) -> list[int]:
    chain = [section]
    while (parent := outline.sections[chain[-1]].parent) is not None:
        chain.append(parent)
    return chain


def _task(plan: Plan, draft: Draft) -> Task:
    return Task(
        text=plan.quote(draft.span),
        path=draft.path,
        section=draft.section,
        source=draft.source,
        anchor=plan.anchor(draft.span),
        rule=draft.rule,
        lead=draft.lead,
        support=draft.support,
        deadline=draft.deadline,
        outputs=draft.outputs,
    )
