"""From pages to facts: tables joined, text assembled, outline built, everything extracted. Knows the row
of rooms.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from kehoach.document.facts import Header, Record, Source, TableFact, Target, Task
from kehoach.document.outline import Entry, EntryRole, Outline
from kehoach.document.page import Page
from kehoach.document.plan import Anchor, Cell, Plan, Span, Table
from kehoach.errors import EmptyFile, NotADocument
from kehoach.extract import target_cells, targets
from kehoach.extract.canonical import resolved
from kehoach.extract.citations import citations
from kehoach.extract.criteria import with_criteria
from kehoach.extract.drafts import Setting
from kehoach.extract.header import header as read_header
from kehoach.extract.identity import issuer_places, lineage
from kehoach.extract.owners import with_owner_lines
from kehoach.extract.tasks import tasks
from kehoach.layout.assemble import assemble
from kehoach.layout.sequence import across_pages
from kehoach.outline.account import account, explained
from kehoach.outline.build import build
from kehoach.outline.document import is_document
from kehoach.outline.kinds import told_by_tasks
from kehoach.outline.parts import parts as find_parts
from kehoach.tables.join import join


def understand(source: Source, pages: tuple[Page, ...]) -> tuple[Plan, Record]:
    """The plan and its record; see `understood`."""
    plan, _outline, record = understood(source, pages)
    return plan, record


def understood(source: Source, pages: tuple[Page, ...]) -> tuple[Plan, Outline, Record]:
    """The plan, how it is built, and its record. Raises NotADocument where the pages hold no administrative
    document, EmptyFile where nothing stands on them."""
    pages = across_pages(pages)
    plan = assemble(pages, join(pages))
    _refuse_others(source, plan)
    parts = find_parts(plan)
    head, unread = read_header(plan, parts)
    outline = with_owner_lines(plan, build(plan, parts))
    found = _tasks(plan, outline, head)
    holding = {task.section for task in found if task.section is not None}
    outline = replace(outline, sections=told_by_tasks(outline.sections, holding))
    places = issuer_places(head.issuer, head.issued_on or (str(head.year) if head.year else None))
    record = Record(
        source=source,
        header=head,
        sections=outline.sections,
        tasks=found,
        targets=_targets(plan, outline, head.year),
        citations=citations(plan, parts, head),
        tables=tuple(_tables(plan, outline)),
        warnings=tuple(warning for page in pages for warning in page.warnings),
        unread=unread,
        issuer_places=places,
        lineage=lineage(places),
        signatures=tuple(signature for page in pages for signature in page.signatures),
    )
    lines = account(plan, parts, outline, record)
    return plan, outline, replace(record, lines=lines, explained=explained(lines))


MIN_JUDGED = 300  # characters; less text than that decides nothing about a picture
MIN_CONFIDENCE = 0.83  # mean of a page's words; a page read worse may be a plan that nobody can read


def _refuse_others(source: Source, plan: Plan) -> None:
    """Refuses what is no administrative document. A scan that was read badly gets the benefit of the doubt:
    it lands with its warnings."""
    if not plan.text.strip() and not any(page.warnings for page in plan.pages):
        raise EmptyFile(name=source.name)
    doubtful = [page for page in plan.pages if _is_doubtful(page)]
    is_picture = any(page.confidence is not None for page in plan.pages) or bool(doubtful)
    if is_picture and (doubtful or len(plan.text) < MIN_JUDGED):
        return
    if not is_document(plan):
        raise NotADocument(name=source.name)


def _tasks(plan: Plan, outline: Outline, head: Header) -> tuple[Task, ...]:
    """Tasks with their canonical units and the criteria that they serve."""
    found = tasks(plan, outline, Setting(head.type, head.year, _day(head)))
    return with_criteria(plan, outline, resolved(found, head), head.title)


def _is_doubtful(page: Page) -> bool:
    """Whether a page may say more than was read; what hangs on a file says nothing about its pages."""
    lost = [warning for warning in page.warnings if warning.code != "attachments_unread"]
    return bool(lost) or (page.confidence or 1) < MIN_CONFIDENCE


def _day(head: Header) -> date | None:
    """The day of issue, where all of it is printed."""
    try:
        return date.fromisoformat(head.issued_on or "")
    except ValueError:
        return None


def _targets(plan: Plan, outline: Outline, year: int | None) -> tuple[Target, ...]:
    """Aims of running text and of tables, in the order of the text."""
    found = list(targets.targets(plan, regions(outline), year=year))
    for block in plan.blocks:
        if isinstance(block, Table):
            found += target_cells.in_table(plan, block, year=year)
    return tuple(sorted(found, key=lambda target: target.anchor.span))


def _tables(plan: Plan, outline: Outline) -> Iterator[TableFact]:
    places = {entry.block: entry.section for entry in outline.entries if entry.role is EntryRole.TABLE}
    for index, block in enumerate(plan.blocks):
        if isinstance(block, Table):
            section = places.get(index)
            title = outline.sections[section].title if section is not None else None
            yield _table(plan, block, title)


def _table(plan: Plan, table: Table, title: str | None) -> TableFact:
    return TableFact(
        title=title,
        header=table.header,
        rows=tuple(tuple(plan.quote(cell.span) for cell in row) for row in table.rows),
        pages=table.pages,
        anchor=plan.anchor(table.span),
        cell_anchors=tuple(tuple(_cell_anchor(plan, cell) for cell in row) for row in table.rows),
    )


def _cell_anchor(plan: Plan, cell: Cell) -> Anchor | None:
    return plan.anchor(cell.span) if cell.span.end > cell.span.start else None


_SPEAKS = (EntryRole.ITEM, EntryRole.PARAGRAPH, EntryRole.LABEL, EntryRole.HEADING, EntryRole.LEAD_IN)


def regions(outline: Outline) -> tuple[tuple[Span, str], ...]:
    """What an aim may stand in: words of the outline with the kind of their section; `basis` before the
    first.
    """
    found: list[tuple[Span, str]] = []
    kind = "basis"
    for entry in outline.entries:
        if entry.section is not None:
            kind = outline.sections[entry.section].kind
        elif kind != "basis":
            kind = "tasks"
        if entry.role in _SPEAKS and (span := _words(entry)):
            found.append((span, kind))
    return tuple(found)


def _words(entry: Entry) -> Span | None:
    return entry.value if entry.role in (EntryRole.LABEL, EntryRole.HEADING) else entry.span
