"""Labels beside the rows of a task table: which content and component (chỉ số nội dung, nội dung thành
phần) a row belongs to, where cells are merged, hold several labels, or stand below the rows they name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from kehoach.document.plan import Cell, Plan, Span, Table
from kehoach.text import BULLETS

LETTERS = "abcdđeghiklmnopqrstuvxy"  # in the order in which Vietnamese lists count

BULLET = re.compile(rf"^\s*[-–—+*{BULLETS}]\s*(?=\S)")
DITTO = re.compile(r"^[-–\s]*(?:nt|như trên|n/t|//|″|,,|\"|”|'')[-–\s.]*$", re.IGNORECASE)
_LETTER = re.compile(rf"(?:^|(?<=\s))\(?([{LETTERS}])[.)]\s+(?=\S)")

Labels = dict[int, Span]  # by column


@dataclass(frozen=True, slots=True)
class RowLabels:
    """Labels of a row, outermost column first. `lost`: the page with the group above them is missing."""

    spans: tuple[Span, ...] = ()
    lost: bool = False


@dataclass(frozen=True, slots=True)
class _Rows:
    """A table with the columns that label its rows and the one that holds the tasks."""

    plan: Plan
    table: Table
    columns: tuple[int, ...]
    task: int
    titles: Collection[int]

    def own(self, row: int) -> Labels:
        """What the row's own cells say; dittos, bullets and cells covered from above say nothing."""
        cells = self.table.rows[row]
        return {j: cells[j].span for j in self.columns if row not in self.titles and self._labels(cells[j])}

    def _labels(self, cell: Cell) -> bool:
        text = self.plan.quote(cell.span)
        is_own = bool(text) and not cell.continues and not DITTO.match(text)
        return is_own and not holds_bullets(self.plan, cell)

    def works(self, row: int) -> bool:
        """Whether the row holds anything to do."""
        cells = self.table.rows[row]
        return bool(self.plan.quote(cells[self.task].span)) or any(
            holds_bullets(self.plan, cells[j]) for j in self.columns
        )

    def is_owned(self, row: int) -> bool:
        """Whether anything stands right of the task's place: an owner, a time, an output."""
        return any(self.plan.quote(cell.span) for cell in self.table.rows[row][self.task + 1 :])


def holds_bullets(plan: Plan, cell: Cell) -> bool:
    """Whether a cell lists what is to be done, and is no label."""
    return bool(BULLET.match(plan.quote(cell.span)))


def row_labels(
    plan: Plan, table: Table, columns: Sequence[int], task: int, titles: Collection[int]
) -> tuple[RowLabels, ...]:
    """The labels of every row, by the label `columns` left of the `task` column; `titles`: rows that are
    headings over all columns and end what stood before them.
    """
    rows = _Rows(plan, table, tuple(columns), task, titles)
    own = [rows.own(number) for number in range(len(table.rows))]
    _lift(rows, own)
    _share_out(rows, own)
    return tuple(_carried(rows, own))


def _lift(rows: _Rows, own: list[Labels]) -> None:
    """Labels that stand below the rows they name, centred in a cell whose rulings were not seen: a run of
    labels without work, naming nothing below, and as many rows of work without a label before it."""
    for named in _runs(rows, own):
        column = max(own[named[0]])
        labels = [span for number in named for span in _lettered(rows.plan, own[number][column])]
        first = named[0] - len(labels)
        bare = range(first, named[0])
        if not labels or first < 0 or any(own[n] or not rows.works(n) or n in rows.titles for n in bare):
            continue
        if _begins_anew(rows, own, first, labels[0]):
            own[first : named[-1] + 1] = [{column: span} for span in labels] + [{} for _ in named]


def _runs(rows: _Rows, own: Sequence[Labels]) -> Iterator[list[int]]:
    """Rows in line that hold a label in one column and no work, and head nothing: they have an owner or a
    time themselves, or a label, a title, another part or nothing stands below."""
    run: list[int] = []
    for number in range(len(own) + 1):
        labels = own[number] if number < len(own) else {}
        if len(labels) == 1 and not rows.works(number) and _alike(own, run, labels):
            run.append(number)
            continue
        ends = number == len(own) or labels or number in rows.titles or number in rows.table.part_starts
        if run and (ends or rows.is_owned(run[0])):
            yield run
        run = []


def _alike(own: Sequence[Labels], run: Sequence[int], labels: Labels) -> bool:
    return not run or own[run[0]].keys() == labels.keys()


def _begins_anew(rows: _Rows, own: Sequence[Labels], first: int, label: Span) -> bool:
    """Whether the rows from `first` on cannot belong to the label before them: another printed part, or
    letters that go back."""
    before = next((own[n] for n in range(first - 1, -1, -1) if own[n]), {})
    if not before or (first in rows.table.part_starts and first > 0 and own[first - 1]):
        return True
    above = _lettered(rows.plan, before[max(before)])
    return bool(own[first - 1] and above) and _rank(rows.plan, label) <= _rank(rows.plan, above[-1])


def _share_out(rows: _Rows, own: list[Labels]) -> None:
    """A cell with as many lettered labels as it stands beside rows gives each row its own."""
    for number, labels in enumerate(own):
        column = max(labels, default=-1)
        spans = _lettered(rows.plan, labels[column]) if labels else []
        beside = [number, *_until_next(rows, own, number)]
        if len(spans) > 1 and len(spans) == len(beside) and all(rows.works(one) for one in beside):
            for one, span in zip(beside, spans, strict=True):
                own[one] = own[one] | {column: span}


def _until_next(rows: _Rows, own: Sequence[Labels], number: int) -> Iterator[int]:
    for below in range(number + 1, len(own)):
        if own[below] or below in rows.titles:
            return
        yield below


def _lettered(plan: Plan, span: Span) -> list[Span]:
    """The labels of a cell by their letters, where these count up; none without a letter at its head."""
    marks = list(_LETTER.finditer(plan.text[span.start : span.end]))
    ranks = [LETTERS.index(mark[1]) for mark in marks]
    if not marks or marks[0].start() or ranks != list(range(ranks[0], ranks[0] + len(ranks))):
        return []
    ends = [mark.start() for mark in marks[1:]] + [span.end - span.start]
    pairs = zip(marks, ends, strict=True)
    return [Span(span.start + mark.start(), span.start + end) for mark, end in pairs]


def _carried(rows: _Rows, own: Sequence[Labels]) -> Iterator[RowLabels]:
    """Labels hold until others come; behind a page break only where the next letter counts on."""
    held: Labels = {}
    lost = False
    for number, labels in enumerate(own):
        if number in rows.titles:
            held, lost = {}, False
        elif number in rows.table.part_starts and _breaks_off(rows, own, number, held):
            held, lost = {}, True
        elif labels and min(labels) == min(rows.columns):
            lost = False
        if labels:
            held = {j: span for j, span in held.items() if j < min(labels)} | labels
        yield RowLabels(tuple(held[j] for j in sorted(held)), lost)


def _breaks_off(rows: _Rows, own: Sequence[Labels], start: int, held: Labels) -> bool:
    """Whether the first label behind a page break goes back in the alphabet without a new group above it:
    the group's own row is on a page that is missing."""
    following = next((own[n] for n in range(start, len(own)) if own[n] or n in rows.titles), {})
    column = max(following, default=-1)
    if not following or set(following) != {column} or column not in held:
        return False
    before, after = (_lettered(rows.plan, labels[column]) for labels in (held, following))
    return bool(before and after) and _rank(rows.plan, after[0]) <= _rank(rows.plan, before[-1])


def _rank(plan: Plan, label: Span) -> int:
    mark = _LETTER.match(plan.text[label.start : label.end])
    return LETTERS.index(mark[1]) if mark else -1
