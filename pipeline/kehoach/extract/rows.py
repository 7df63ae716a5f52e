"""Tasks in tables: which column holds what, group rows, merged and ditto cells, bullets in a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from kehoach.document.plan import Cell, Plan, Span, Table
from kehoach.extract import names
from kehoach.extract.row_labels import BULLET, DITTO, holds_bullets, row_labels
from kehoach.rules import phrases
from kehoach.text import one_line

MIN_TASK_LENGTH = 12  # characters; shorter cells of a task column are marks or dashes

_COUNTER = re.compile(r"^\(?\s*(?:\d{1,3}(?:\.\d{1,2})*|[IVXLivx]{1,6}|[A-Za-zđ])\s*[.)]?$")
_MAJOR = re.compile(r"^\(?\s*(?:[IVX]{1,6}|[A-H])\s*[.)]?$")
_GROUP_MARK = re.compile(
    r"^\(?(?:[IVX]{1,6}|[A-H]|\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)]\s*(?=\S)|^\d{1,2}(?:\.\d{1,2})+\s+"
)
_GROUP_STYLES = tuple(
    re.compile(pattern)
    for pattern in (
        r"\(?[A-H]\W*$",
        r"\(?[IVX]{1,6}\W*$",
        r"\(?\d{1,2}\W*$",
        r"\d{1,2}[.]\d",
        r"\(?[a-zđ]\W*$",
    )
)
_ITEM_MARK = re.compile(r"^\s*(?:[-–—+•*]\s*|\d{1,2}[.)]\s+|[a-zđ][.)]\s+|\(\d{1,2}\)\s+)")
_SPECKS = re.compile(r"[^\w\s,;()/&-]|(?<!\w)[-_](?!\w)|_")  # what a recogniser makes of rulings near a word


@dataclass(frozen=True, slots=True)
class RowTask:
    """A task of a row: its words, the group cells above and beside it, the cells that own and date it."""

    span: Span
    group: tuple[str, ...]
    lead: tuple[Span, ...]
    support: tuple[Span, ...]
    time: tuple[Span, ...]
    outputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of a task table by what they hold; indexes."""

    task: int
    counter: tuple[int, ...]
    group: tuple[int, ...]
    lead: tuple[int, ...]
    support: tuple[int, ...]
    time: tuple[int, ...]
    output: tuple[int, ...]


def columns(header: Sequence[str]) -> Columns | None:
    """What the columns of a table hold, by the words of its header; None where it is no table of tasks."""
    kinds = _owned([_kind(title) for title in header])
    candidates = [(rank, j) for j, (kind, rank) in enumerate(kinds) if kind == "task"]
    if not candidates or any(kind == "target" for kind, _ in kinds):
        return None
    owners = [j for j, (kind, _) in enumerate(kinds) if kind in ("lead", "doer", "support", "time", "output")]
    task = min(candidates)[1]
    if not owners:
        return None
    leads = _of(kinds, "lead")
    doers = _of(kinds, "doer")
    group = tuple(j for j, (kind, _) in enumerate(kinds) if j < task and kind in ("task", "group", "other"))
    return Columns(
        task=task,
        counter=_of(kinds, "counter"),
        group=group,
        lead=leads or doers,
        support=_of(kinds, "support") + (doers if leads else ()),
        time=_of(kinds, "time"),
        output=_of(kinds, "output"),
    )


def _owned(kinds: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Who answers for the work ("Người phụ trách") owns it only where no other column names an owner."""
    alone = not any(kind in ("lead", "doer") for kind, _ in kinds)
    return [
        ("lead" if alone else "other", rank) if kind == "leader" else (kind, rank) for kind, rank in kinds
    ]


def _of(kinds: Sequence[tuple[str, int]], wanted: str) -> tuple[int, ...]:
    return tuple(j for j, (kind, _) in enumerate(kinds) if kind == wanted)


def _kind(title: str) -> tuple[str, int]:
    """Kind of a column and, for task columns, how sure its name is (0 surest)."""
    words = one_line(_SPECKS.sub(" ", title))
    for rule in phrases("columns"):
        if rule.pattern.search(words):
            return rule.value, int(rule.params.get("rank", 0))
    return "other", 0


def row_tasks(plan: Plan, table: Table) -> Iterator[RowTask]:
    """The tasks of a table in reading order."""
    what = columns(table.header)
    if what is None:
        return
    rows = tuple(_titled(plan, table, what))
    titles = [number for number, (_, title) in enumerate(rows) if title]
    labels = row_labels(plan, table, what.group, what.task, titles)
    heads: list[tuple[int, str]] = []
    for (row, title), beside in zip(rows, labels, strict=True):
        if title:
            heads = _with_group(heads, title, plan, row, what)
        else:
            above = () if beside.lost else tuple(head for _, head in heads)
            yield from _tasks_of(plan, row, what, (*above, *map(plan.quote, beside.spans)))


def _titled(plan: Plan, table: Table, what: Columns) -> Iterator[tuple[tuple[Cell, ...], str | None]]:
    """Every row with what it takes from the row above, and its title where it only names a group."""
    above: tuple[Cell, ...] = ()
    for row, below in zip_longest(table.rows, table.rows[1:], fillvalue=()):
        whole = _inherited(plan, row, above, what)
        title = _group_title(plan, whole, what, below)
        above = above if title else whole
        yield whole, title


def _inherited(plan: Plan, row: tuple[Cell, ...], above: tuple[Cell, ...], what: Columns) -> tuple[Cell, ...]:
    """Cells covered by a merged cell above, and ditto marks, take what stands above."""
    if not above:
        return row
    owned = (*what.lead, *what.support, *what.time, *what.output, *what.group)
    return tuple(
        above[j] if j in owned and (cell.continues or DITTO.match(_text(plan, cell))) else cell
        for j, cell in enumerate(row)
    )


def _text(plan: Plan, cell: Cell) -> str:
    return plan.quote(cell.span)


def _group_title(plan: Plan, row: tuple[Cell, ...], what: Columns, below: tuple[Cell, ...]) -> str | None:
    """The words of a row that only names a group: one text, no owner, no time, and a counter of the outer
    kind, or one that the row below divides, or none.
    """
    filled = [j for j, cell in enumerate(row) if _text(plan, cell)]
    texts = [j for j in filled if j not in what.counter]
    owned = {*what.lead, *what.support, *what.time, *what.output}
    if len(texts) != 1 or owned & set(filled):
        return _spread_title(plan, row) if not texts else None
    counter = _counter(plan, row, what)
    text = _text(plan, row[texts[0]])
    is_major = bool(_MAJOR.match(counter)) or text.isupper()
    if texts[0] in what.group and not is_major:
        return None
    if not is_major and _divides(counter, _counter(plan, below, what)):
        return text
    if not is_major and (counter or BULLET.match(text) or text.endswith(".")):
        return None
    return text


def _counter(plan: Plan, row: tuple[Cell, ...], what: Columns) -> str:
    return next((_text(plan, row[j]) for j in what.counter if row and _text(plan, row[j])), "")


def _divides(counter: str, below: str) -> bool:
    """Whether the row below counts inside this one: 1 over 1.1, 1 over a, 1.1 over a dash."""
    bare = counter.strip(" .)")
    if not bare or not below:
        return False
    return below.startswith(f"{bare}.") or (
        bare[:1].isdigit() and bool(re.match(r"[a-zđ][.)]?$|[-–+]$", below))
    )


def _spread_title(plan: Plan, row: tuple[Cell, ...]) -> str | None:
    """A title that fills the whole row from its first cell on ("I. Cải cách thể chế")."""
    text = _text(plan, row[0]) if row else ""
    return text if len(text) > MIN_TASK_LENGTH and not _COUNTER.match(text) else None


def _with_group(
    heads: list[tuple[int, str]], title: str, plan: Plan, row: tuple[Cell, ...], what: Columns
) -> list[tuple[int, str]]:
    """The open group titles with one more: it closes those of its own rank and deeper ones."""
    counter = _counter(plan, row, what)
    mark = _GROUP_MARK.match(title)
    rank = _group_rank(counter or (mark[0] if mark else ""), title)
    return [head for head in heads if head[0] < rank] + [(rank, title[mark.end() if mark else 0 :])]


def _group_rank(counter: str, title: str) -> int:
    """How deep a group's title stands: A, I, 1, 1.1, a; without a mark below all, in capitals above all."""
    for rank, style in enumerate(_GROUP_STYLES):
        if style.match(counter.strip()):
            return rank
    return 0 if title.isupper() else len(_GROUP_STYLES)


def _tasks_of(plan: Plan, row: tuple[Cell, ...], what: Columns, group: tuple[str, ...]) -> Iterator[RowTask]:
    cells = [row[j] for j in what.group if holds_bullets(plan, row[j])] + [row[what.task]]
    for cell in cells:
        for span in _items(plan, cell):
            yield RowTask(
                span=span,
                group=group,
                lead=_filled(plan, row, what.lead),
                support=_filled(plan, row, what.support),
                time=_filled(plan, row, what.time),
                outputs=tuple(_outputs(plan, row, what)),
            )


def _filled(plan: Plan, row: tuple[Cell, ...], indexes: Sequence[int]) -> tuple[Span, ...]:
    """Words of the filled cells; paragraphs of a cell that each begin a unit stand for themselves."""
    found: list[Span] = []
    for j in indexes:
        own = [span for span in row[j].paragraphs if plan.quote(span)]
        is_list = len(own) > 1 and all(names.begins(BULLET.sub("", plan.quote(span))) for span in own)
        found += own if is_list else [row[j].span] if _text(plan, row[j]) else []
    return tuple(found)


def _items(plan: Plan, cell: Cell) -> Iterator[Span]:
    """Each bullet is a task of its own; a cell without bullets is one."""
    paragraphs = [span for span in cell.paragraphs if plan.quote(span)]
    if not any(BULLET.match(plan.text[span.start : span.end]) for span in paragraphs):
        if len(_text(plan, cell)) >= MIN_TASK_LENGTH:
            yield _without_mark(plan, cell.span)
        return
    for span in _joined(plan, paragraphs):
        bare = _without_mark(plan, span)
        if not plan.text[bare.start : bare.end].rstrip().endswith(":"):
            yield bare


def _joined(plan: Plan, paragraphs: Sequence[Span]) -> Iterator[Span]:
    """Paragraphs without a bullet go on with the bullet before them."""
    run: Span | None = None
    for span in paragraphs:
        if run is not None and not BULLET.match(plan.text[span.start : span.end]):
            run = Span(run.start, span.end)
            continue
        if run is not None:
            yield run
        run = span
    if run is not None:
        yield run


def _without_mark(plan: Plan, span: Span) -> Span:
    text = plan.text[span.start : span.end]
    mark = _ITEM_MARK.match(text)
    start = span.start + (mark.end() if mark else len(text) - len(text.lstrip()))
    return Span(start, span.start + len(text.rstrip()))


def _outputs(plan: Plan, row: tuple[Cell, ...], what: Columns) -> Iterator[str]:
    for j in what.output:
        paragraphs = [span for span in row[j].paragraphs if plan.quote(span)]
        marked = any(BULLET.match(plan.text[span.start : span.end]) for span in paragraphs)
        spans = list(_joined(plan, paragraphs)) if marked else [row[j].span] if paragraphs else []
        for span in spans:
            yield plan.quote(_without_mark(plan, span))
