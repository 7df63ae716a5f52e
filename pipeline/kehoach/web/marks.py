"""Where each fact of a plan stands, ready for a picture of the page or for the text: boxes and stretches.

A key names a fact on the whole page (`task-3`): the box, the words and the entry beside them share it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from kehoach.document.facts import Record
from kehoach.document.finding import Finding, Verdict
from kehoach.document.page import Box
from kehoach.document.plan import Anchor, Span

UNITS = 1000  # across and down a page picture, whatever its shape


@dataclass(frozen=True, slots=True)
class Mark:
    """A fact's place. `owner`: the entry that tells of it (a deadline belongs to its task); `kind`: what it
    is, for colours."""

    owner: str
    kind: str
    boxes: tuple[Box, ...]
    span: Span | None

    @property
    def is_whole(self) -> bool:
        """Whether this is the fact itself, not a part of it: links to the fact lead here."""
        return self.kind == self.owner.split("-")[0]


@dataclass(frozen=True, slots=True)
class Shape:
    """A box on a page picture in `UNITS`. `opens`: links to the fact lead here."""

    owner: str
    kind: str
    x: float
    y: float
    width: float
    height: float
    opens: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of text under the same facts. `opens`: facts that begin here; `owner`: the innermost fact."""

    text: str
    owners: tuple[str, ...]
    kinds: tuple[str, ...]
    opens: tuple[str, ...]
    owner: str | None


def marks(record: Record, findings: Sequence[Finding]) -> tuple[Mark, ...]:
    """The places of all facts of a plan; facts without a place have none."""
    return tuple(one for one in _all(record, findings) if one.boxes or one.span)


def _all(record: Record, findings: Sequence[Finding]) -> Iterator[Mark]:
    for field, anchor in record.header.anchors:
        yield _mark(f"head-{field}", "head", anchor)
    anchored: tuple[tuple[str, Sequence[Any]], ...] = (
        ("recipient", record.header.recipients),
        ("section", record.sections),
        ("target", record.targets),
        ("citation", record.citations),
        ("table", record.tables),
    )
    for name, facts in anchored:
        for place, fact in enumerate(facts):
            yield _mark(f"{name}-{place}", name, fact.anchor)
    yield from _of_tasks(record)
    for place, found in enumerate(findings):
        if found.anchor and found.verdict is not Verdict.PASS:
            yield _mark(f"finding-{place}", "finding", found.anchor)
    boxed: tuple[tuple[str, Sequence[Any]], ...] = (
        ("warning", record.warnings),
        ("signature", record.signatures),
    )
    for name, seen in boxed:
        for place, one in enumerate(seen):
            if one.box:
                yield Mark(f"{name}-{place}", name, (one.box,), None)


def _of_tasks(record: Record) -> Iterator[Mark]:
    for place, task in enumerate(record.tasks):
        owner = f"task-{place}"
        yield _mark(owner, "task", task.anchor)
        for mention in (*task.lead, *task.support):
            yield _mark(owner, mention.role, mention.anchor)
        if task.deadline:
            yield _mark(owner, "deadline", task.deadline.anchor)


def _mark(owner: str, kind: str, anchor: Anchor) -> Mark:
    return Mark(owner, kind, anchor.boxes, anchor.span if anchor.span.end > anchor.span.start else None)


def shapes(found: Iterable[Mark], page: int) -> tuple[Shape, ...]:
    """The boxes on a page, large ones first, so that small ones lie on top and can be clicked."""
    boxes = [(mark, box) for mark in found for box in mark.boxes if box.page == page]
    boxes.sort(key=lambda pair: -(pair[1].x1 - pair[1].x0) * (pair[1].y1 - pair[1].y0))
    return tuple(
        Shape(
            mark.owner,
            mark.kind,
            round(box.x0 * UNITS, 1),
            round(box.y0 * UNITS, 1),
            round((box.x1 - box.x0) * UNITS, 1),
            round((box.y1 - box.y0) * UNITS, 1),
            mark.is_whole and box is mark.boxes[0],
        )
        for mark, box in boxes
    )


def stretches(text: str, found: Iterable[Mark]) -> tuple[Stretch, ...]:
    """The whole text cut where a fact begins or ends."""
    spans = sorted(((one.span, one) for one in found if one.span), key=lambda pair: pair[0])
    edges = sorted({0, len(text)} | {edge for span, _mark in spans for edge in span if edge <= len(text)})
    cut: list[Stretch] = []
    waiting, open_now = 0, list[tuple[Span, Mark]]()
    for start, end in pairwise(edges):
        begun = waiting
        while waiting < len(spans) and spans[waiting][0].start <= start:
            waiting += 1
        opened = spans[begun:waiting]
        open_now = [pair for pair in (*open_now, *opened) if pair[0].end > start]
        cut.append(_stretch(text[start:end], open_now, opened))
    return tuple(cut)


def _stretch(text: str, over: Sequence[tuple[Span, Mark]], opened: Sequence[tuple[Span, Mark]]) -> Stretch:
    inner = min(over, key=lambda pair: pair[0].end - pair[0].start, default=None)
    return Stretch(
        text,
        tuple(dict.fromkeys(mark.owner for _span, mark in over)),
        tuple(dict.fromkeys(mark.kind for _span, mark in over)),
        tuple(mark.owner for _span, mark in opened if mark.is_whole),
        inner[1].owner if inner else None,
    )
