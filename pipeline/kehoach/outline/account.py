"""Every line of a plan accounted for: what each paragraph and each row of a table is, or that nobody knows.

A line is explained only where a reader would agree. What the outline put somewhere for want of anything
better (an item under a heading that tells nothing, a paragraph among tasks that instructs nobody) stays
`unexplained`, so that a miss can be seen.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kehoach.document.facts import LineFact, LineRole, Record
from kehoach.document.outline import Entry, EntryRole, Outline
from kehoach.document.page import Role
from kehoach.document.plan import Anchor, Cell, Paragraph, Parts, Plan, Span, Table
from kehoach.outline.parts import HEAD_MARKS, mark
from kehoach.rules import first, phrases

GROUP_CELLS = 2  # filled cells of a row that only names a group: its counter and its words

Told = tuple[LineRole, str]
_UNKNOWN: Told = (LineRole.UNEXPLAINED, "")

# Marks of models/rules/parts.yaml that explain a line of the foot.
_OF_FOOT: Mapping[str, LineRole] = {
    "recipients": LineRole.RECIPIENT,
    "archive": LineRole.RECIPIENT,
    "sign": LineRole.SIGNATURE,
    "position": LineRole.SIGNATURE,
    "rule": LineRole.SIGNATURE,
}
_OF_ENTRY: Mapping[EntryRole, LineRole] = {
    EntryRole.HEADING: LineRole.HEADING,
    EntryRole.LABEL: LineRole.LABEL,
    EntryRole.NOTE: LineRole.NOTE,
    EntryRole.CLOSING: LineRole.CLOSING,
}
# Kinds of section whose every item is what the section is about.
_OF_KIND: Mapping[str, LineRole] = {
    "purpose": LineRole.PURPOSE,
    "requirements": LineRole.REQUIREMENT,
    "objectives": LineRole.OBJECTIVE,
    "basis": LineRole.BASIS,
    "budget": LineRole.BUDGET,
    "timeline": LineRole.TIME,
}
_OF_FACT = {"tasks": LineRole.TASK, "targets": LineRole.TARGET}


@dataclass(slots=True)
class _Account:
    """The walk over the blocks: where facts begin and end, which entry a block is."""

    plan: Plan
    parts: Parts
    outline: Outline
    record: Record
    entries: dict[int, int] = field(default_factory=dict)
    places: dict[str, _Places] = field(default_factory=dict)
    heads: _Places | None = None


class _Places:
    """Spans of facts in the order of the text, to find those that a line touches."""

    def __init__(self, anchors: Sequence[Anchor]) -> None:
        self._spans = sorted((anchor.span, index) for index, anchor in enumerate(anchors))
        self._longest = max((span.end - span.start for span, _ in self._spans), default=0)

    def touched(self, line: Span) -> int | None:
        """Index of the first fact that shares a character with `line`."""
        start = bisect_left(self._spans, (Span(line.start - self._longest, 0), 0))
        for span, index in self._spans[start:]:
            if span.start >= line.end:
                return None
            if span.end > line.start:
                return index
        return None


def account(plan: Plan, parts: Parts, outline: Outline, record: Record) -> tuple[LineFact, ...]:
    """All lines of `plan` in reading order; `record`: the facts that were found in it."""
    work = _Account(plan, parts, outline, record)
    work.entries = {entry.block: number for number, entry in enumerate(outline.entries)}
    work.places = {
        name: _Places([one.anchor for one in getattr(record, name)])
        for name in ("sections", "tasks", "targets", "citations", "tables")
    }
    work.places["recipients"] = _Places([one.anchor for one in record.header.recipients])
    work.heads = _Places([anchor for _, anchor in record.header.anchors])
    return tuple(_lines(work))


def explained(lines: Sequence[LineFact]) -> float | None:
    """The share of lines that are not `unexplained`; None where there are no lines."""
    known = sum(line.role is not LineRole.UNEXPLAINED for line in lines)
    return round(known / len(lines), SHARE_DIGITS) if lines else None


SHARE_DIGITS = 4


def _lines(work: _Account) -> Iterator[LineFact]:
    for index, block in enumerate(work.plan.blocks):
        if isinstance(block, Table):
            yield from _rows(work, index, block)
        elif work.plan.quote(block.span):
            yield _line(work, block.span, _paragraph(work, index, block))


def _line(work: _Account, span: Span, told: Told) -> LineFact:
    facts = ((name, found.touched(span)) for name, found in work.places.items())
    held = tuple((name, index) for name, index in facts if index is not None)
    return LineFact(told[0], told[1], work.plan.anchor(span), held)


def _paragraph(work: _Account, index: int, block: Paragraph) -> Told:
    if block.role is Role.FOOTNOTE:
        return LineRole.FOOTNOTE, "layout.footnote"
    if index == work.parts.type_line or _within(index, work.parts.title):
        return LineRole.TITLE, "part.title"
    if _within(index, work.parts.addressees):
        return LineRole.ADDRESSEE, "part.addressee"
    if index in work.entries:
        return _entry(work, work.entries[index])
    if _within(index, work.parts.foot) or index >= work.parts.foot.start:
        return _foot(work, block.span)
    return _head(work, block.span)


def _within(index: int, blocks: tuple[int, int]) -> bool:
    return blocks[0] <= index < blocks[1]


def _head(work: _Account, span: Span) -> Told:
    found = mark(work.plan.text[span.start : span.end])
    if found in HEAD_MARKS:
        return LineRole.HEAD, f"part.{found}"
    assert work.heads is not None
    return (LineRole.HEAD, "header") if work.heads.touched(span) is not None else _UNKNOWN


def _foot(work: _Account, span: Span) -> Told:
    found = mark(work.plan.text[span.start : span.end])
    if work.places["recipients"].touched(span) is not None:
        return LineRole.RECIPIENT, "header"
    if found in _OF_FOOT:
        return _OF_FOOT[found], f"part.{found}"
    assert work.heads is not None
    return (LineRole.SIGNATURE, "header") if work.heads.touched(span) is not None else _head(work, span)


def _entry(work: _Account, number: int) -> Told:
    entry = work.outline.entries[number]
    if role := _OF_ENTRY.get(entry.role):
        return role, f"outline.{entry.role}" + (f".{entry.label}" if entry.label else "")
    span = work.plan.blocks[entry.block].span
    for name, role in _OF_FACT.items():
        if (index := work.places[name].touched(span)) is not None:
            return role, getattr(work.record, name)[index].rule
    if entry.role is EntryRole.LEAD_IN:
        opens = number + 1 < len(work.outline.entries)
        return (LineRole.LEAD_IN, "outline.lead_in") if opens else _UNKNOWN
    return _by_words(work, number, entry) or _before_all(work, number, span) or _UNKNOWN


def _by_words(work: _Account, number: int, entry: Entry) -> Told | None:
    """What the line's own words tell, or its section's: the innermost heading that tells something."""
    text = work.plan.text[entry.span.start : entry.span.end]
    section = entry.section
    kind = work.outline.sections[section].kind if section is not None else ""
    if kind in ("tasks", "organisation") and (rule := first(phrases("not_tasks"), text)):
        return LineRole.CRITERION, rule[0].id
    if own := _rule("line", text):
        return own
    while section is not None:
        one = work.outline.sections[section]
        if told := _rule("section", one.title):
            return told
        if role := _OF_KIND.get(one.kind):
            return role, f"section.{one.kind}"
        section = one.parent
    return None


def _rule(of: str, text: str) -> Told | None:
    fitting = [rule for rule in phrases("lines") if rule.params.get("of") == of]
    found = first(fitting, text)
    return (LineRole(found[0].value), found[0].id) if found else None


def _before_all(work: _Account, number: int, span: Span) -> Told | None:
    """Before the first heading, what names a document is a basis; elsewhere it is at least a citation."""
    if work.places["citations"].touched(span) is None:
        return None
    before = work.outline.entries[:number]
    opens = work.outline.entries[number].section is None and not any(
        entry.role in (EntryRole.HEADING, EntryRole.CLOSING) for entry in before
    )
    return (LineRole.BASIS, "citation") if opens else None


def _rows(work: _Account, index: int, table: Table) -> Iterator[LineFact]:
    """A row a line. In a table of tasks, a row with words in many cells and no task is a miss."""
    of_head = index < work.parts.body.start
    of_foot = _within(index, work.parts.foot)
    bodies = [(_row_span(row), row) for row in table.rows]
    holds_tasks = any(span and work.places["tasks"].touched(span) is not None for span, _ in bodies)
    for row in table.header_rows:
        if span := _row_span(row):
            yield _line(work, span, (LineRole.TABLE_HEADER, "table.header"))
    for span, row in bodies:
        if span and work.plan.quote(span):
            side = _head(work, span) if of_head else _foot(work, span) if of_foot else None
            yield _line(work, span, side or _row(work, span, row, holds_tasks))


def _row(work: _Account, span: Span, row: tuple[Cell, ...], holds_tasks: bool) -> Told:
    for name, role in _OF_FACT.items():
        if (index := work.places[name].touched(span)) is not None:
            return role, getattr(work.record, name)[index].rule
    filled = sum(bool(work.plan.quote(cell.span)) for cell in row)
    if holds_tasks and filled > GROUP_CELLS:
        return _UNKNOWN
    return LineRole.TABLE_ROW, "table.group" if holds_tasks else "table.row"


def _row_span(row: tuple[Cell, ...]) -> Span | None:
    """From the row's first cell with words to its last; cells that a merged one covers are empty."""
    spans = [cell.span for cell in row if cell.span.end > cell.span.start]
    return Span(min(span.start for span in spans), max(span.end for span in spans)) if spans else None
