"""Tasks (nhiệm vụ): which entries of the outline tell somebody to do something, who is to do it, and by when.

Owners by strength (contract): named in the item, lead column, label line, heading, addressee of the whole.
"""

from __future__ import annotations

import re

from kehoach.document.facts import Task
from kehoach.document.outline import Entry, EntryRole, Outline
from kehoach.document.plan import Plan, Span, Table
from kehoach.extract import doers, names, owners, rows, units
from kehoach.extract.drafts import TASK_KINDS, Draft, Setting, Work, add, path_of, row_draft
from kehoach.extract.inherited import apply_headings, apply_labels, apply_times
from kehoach.rules import phrases

ADDRESSING_TYPES = (
    "cong_van",
    "chi_thi",
    "quyet_dinh",
    "thong_bao",
    "huong_dan",
    "nghi_quyet",
    "chuong_trinh",
)


def tasks(plan: Plan, outline: Outline, setting: Setting) -> tuple[Task, ...]:
    """All tasks of a plan in reading order."""
    work = Work(plan, outline, setting)
    for number, entry in enumerate(outline.entries):
        _read(work, number, entry)
    owners_of = owners.Inheritance(plan, outline)
    apply_labels(work, owners_of)
    apply_headings(work, owners_of)
    apply_times(work)
    return tuple(_task(plan, draft) for draft in sorted(work.drafts, key=lambda draft: draft.span.start))


def _read(work: Work, number: int, entry: Entry) -> None:
    if work.group and entry.rank <= work.group[0]:
        work.group = None
    if entry.role is EntryRole.TABLE:
        _read_table(work, number, entry)
    elif entry.role is EntryRole.LEAD_IN:
        _note_opener(work, number, entry)
    elif _holds_tasks(work, number, entry) and (
        span := task_span(work.plan, entry, under_unit=_under_unit(work, entry))
    ):
        add(work, number, entry, span)


def _under_unit(work: Work, entry: Entry) -> bool:
    """Whether the heading right above names a unit: whatever stands alone below it is that unit's duty."""
    if entry.section is None or (entry.role is EntryRole.HEADING and entry.children):
        return False
    return units.is_unit_title(work.outline.sections[entry.section].title)


def _holds_tasks(work: Work, number: int, entry: Entry) -> bool:
    """Whether an item is a task by the function of its section. Outside all sections an addressing document
    (a công văn) assigns work; a plan does so only behind its first heading, where pages were lost."""
    if entry.section is not None:
        kind = work.outline.sections[entry.section].kind
        return (
            kind in TASK_KINDS
            or (kind == "other" and _untold(work, entry))
            or (kind == "timeline" and _is_step(work.plan, entry))
        )
    if _BASIS.match(work.plan.quote(entry.span)):
        return False
    heads = (n for n, one in enumerate(work.outline.entries) if one.role is EntryRole.HEADING)
    return work.setting.type in ADDRESSING_TYPES or number > next(heads, len(work.outline.entries))


def _is_step(plan: Plan, entry: Entry) -> bool:
    """Whether an item of a timeline says what is done at its time ("Tháng 4: Phòng Nội vụ lập danh sách")."""
    text = plan.text[entry.span.start : entry.span.end]
    step = names.phrase("step").match(text)
    return (
        entry.role is EntryRole.ITEM
        and step is not None
        and (doers.doing_begins(text) or bool(doers.subjects(plan, entry.span)))
    )


def _untold(work: Work, entry: Entry) -> bool:
    """Whether the headings above say nothing of another function and the item itself instructs."""
    titles = path_of(work.outline, entry.section)
    others = [rule for rule in phrases("sections") if rule.value not in TASK_KINDS]
    if any(rule.pattern.search(title) for title in titles for rule in others):
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


_OF = re.compile(r"\bcủa\s+(?=\S[^:]*:?\s*$)")


def _note_opener(work: Work, number: int, entry: Entry) -> None:
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


def _read_table(work: Work, number: int, entry: Entry) -> None:
    table = work.plan.blocks[entry.block]
    if not isinstance(table, Table):
        return
    path = path_of(work.outline, entry.section)
    for one in rows.row_tasks(work.plan, table):
        work.drafts.append(row_draft(work, number, entry, path, one))


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
