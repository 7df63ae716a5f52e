"""What tasks take from around them: owners and times of label lines, headings, openers and timelines."""

from __future__ import annotations

from kehoach.document.facts import Mention, Section
from kehoach.document.outline import EntryRole, Outline
from kehoach.document.plan import Span
from kehoach.extract import doers, owners
from kehoach.extract.drafts import TASK_KINDS, Draft, Work, add, time_of


def apply_labels(work: Work, owners_of: owners.Inheritance) -> None:
    """Label lines speak for the tasks before them in their section; standing first, for those after them."""
    for run in owners.label_runs(work.plan, work.outline):
        covered = [draft for draft in work.drafts if run.covers(draft.entry)]
        if not covered and (heading := _heading_task(work, run)):
            covered = [heading]
        lead, support, outputs = owners_of.of_labels(run)
        time = time_of(work, run.times)
        for draft in covered:
            draft.lead = draft.lead if _named_in_item(draft) else lead or draft.lead
            draft.support = owners.merged(draft.support, support)
            draft.deadline = draft.deadline or time
            draft.outputs = draft.outputs or outputs


def _named_in_item(draft: Draft) -> bool:
    return any(mention.origin == "item" for mention in draft.lead)


def _heading_task(work: Work, run: owners.LabelRun) -> Draft | None:
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
    add(work, number, entry, entry.span)
    work.drafts[-1].rule = "task.heading"
    return work.drafts[-1]


def apply_headings(work: Work, owners_of: owners.Inheritance) -> None:
    """Tasks without an owner take the heading's, the opener's, their own later clause's, the addressee."""
    addressees = owners_of.addressees()
    for draft in work.drafts:
        if draft.lead:
            continue
        later = owners.mentions(
            work.plan, doers.subjects(work.plan, draft.span, clauses=True), "lead", "item"
        )
        above = owners_of.of_heading(draft.section) or _opener(work, owners_of, draft)
        draft.lead = above or later or addressees


def _opener(work: Work, owners_of: owners.Inheritance, draft: Draft) -> tuple[Mention, ...]:
    """What the last sentence that opens a list before the task says of its doers, innermost section first."""
    section = draft.section
    while section is not None:
        before = [named for number, named in work.openers.get(section, ()) if number < draft.entry]
        if before:
            return owners_of.mentioned(before[-1], "lead", "addressee")
        section = work.outline.sections[section].parent
    return ()


def apply_times(work: Work) -> None:
    """A timeline section gives its time to the part that it stands in; one for the whole plan, to the tasks
    of content and solutions, not to those of organisation."""
    for number, section in enumerate(work.outline.sections):
        if section.kind != "timeline" or any(draft.section == number for draft in work.drafts):
            continue
        time = time_of(work, _section_words(work, number))
        if time is None or time.kind == "date":  # a day alone is when something takes place
            continue
        for draft in work.drafts:
            if draft.deadline is None and _time_covers(work.outline, section, draft):
                draft.deadline = time


def _section_words(work: Work, number: int) -> list[Span]:
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
