"""Which criteria of an index (PAPI, PAR INDEX, SIPAS …) a task serves, where the document itself says so.

What counts are the headings above a task and the group cells of its row. A name is looked up inside the
index that the nearest title names: "Thủ tục hành chính" is PAPI.5 in a PAPI appendix, PAR.3 in a plan of
administrative reform. Names and codes are in `models/index/taxonomy.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from kehoach.document.facts import Criterion, Task
from kehoach.document.outline import Outline
from kehoach.document.plan import Anchor, Plan, Span, Table
from kehoach.rules import data
from kehoach.text import fold, likeness, nfc, same_tone_place

# An alias of so many words is found inside a longer heading; a shorter one must be the whole of it.
LONG_NAME = 3
ALIKE = 0.8  # of a component under its own content: OCR and slips of the pen
REFORM = "cai cach hanh chinh"  # a plan of this name goes by the fields of PAR INDEX

_MARK = re.compile(r"(?:^|(?<=\s))(?:\(?[a-zđ0-9]{1,2}[.)]|[-–+•])\s+")
_PARTS = re.compile(r"[;\n]|(?:^|(?<=\s))\(?[a-zđ][.)]\s+")
_AROUND = re.compile(
    r"^(?:(?:ve|cong tac|linh vuc|noi dung|truc noi dung|thanh phan|tieu chi|nhom"
    r"|chi so(?: noi dung| thanh phan| linh vuc)?)(?: so)?(?: [0-9]+)? )+"
)


@dataclass(frozen=True, slots=True)
class _Node:
    """A content or component of an index. `names`: folded, as words."""

    code: str
    index: str
    parent: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    """A title or a group cell above a task, outermost first."""

    text: str
    anchor: Anchor


def with_criteria(plan: Plan, outline: Outline, tasks: Sequence[Task], title: str | None) -> tuple[Task, ...]:
    """The tasks with the criteria that their headings and group cells name; `title` is the document's."""
    if not (base := _scope(title or "", ())) and not any(_scope(one, ()) for t in tasks for one in t.path):
        return tuple(tasks)
    return tuple(replace(task, criteria=tuple(told_by(_above(plan, outline, task), base))) for task in tasks)


def told_by(above: Sequence[_Words], indices: Sequence[str]) -> list[Criterion]:
    """What the innermost words that name a criterion name, codes in order."""
    scope, found, source = tuple(indices), tuple[str, ...](), None
    for words in above:
        scope = _scope(words.text, scope)
        if codes := named(words.text, scope, found):
            found, source = codes, words
    return [Criterion(code, source.text, source.anchor) for code in found] if source else []


def named(text: str, indices: Sequence[str], parents: Sequence[str] = ()) -> tuple[str, ...]:
    """Codes of the criteria that a heading or cell names, inside some indices, first under `parents`.

    A name that two indices know gives none: which is meant is not said.
    """
    return _named(text, tuple(indices), tuple(parents))


@lru_cache(maxsize=1024)  # tasks share the headings above them
def _named(text: str, indices: tuple[str, ...], parents: tuple[str, ...]) -> tuple[str, ...]:
    inner = [node for node in _nodes() if node.parent in parents]
    if found := _matches(text, inner) or _alike(text, inner):
        return found
    codes = {index: _matches(text, [n for n in _nodes() if n.index == index]) for index in indices}
    told = [found for found in codes.values() if found]
    return told[0] if len(told) == 1 else ()


@lru_cache(maxsize=1024)
def _scope(text: str, before: tuple[str, ...]) -> tuple[str, ...]:
    """The indices that a title names; those from above where it names none."""
    plain = f" {_plain(text)} "
    told = tuple(code for code, names in _indices() if any(f" {name} " in plain for name in names))
    if told:
        return told
    return before or (("PAR",) if f" {REFORM} " in plain or " cchc " in plain else ())


def _matches(text: str, nodes: Sequence[_Node]) -> tuple[str, ...]:
    """Codes named in any part of a text, each word used once, longest names first."""
    codes: set[str] = set()
    for part in _parted(text):
        if whole := {node.code for node in nodes if part in node.names}:
            codes |= whole
            continue
        left = f" {part} "
        for name, code in _long_names(tuple(nodes)):
            if f" {name} " in left:
                left = left.replace(f" {name} ", " | ")
                codes.add(code)
    return tuple(sorted(codes))


def _parted(text: str) -> Iterator[str]:
    """A cell, and the parts of one that names several, by marks and semicolons; each whole and by commas."""
    pieces = [piece for piece in _PARTS.split(nfc(text)) if _core(piece)]
    if len(pieces) > 1:
        yield _core(text)
    for piece in pieces:
        yield _core(piece)
        listed = [_core(one) for one in piece.split(",")]
        if len(listed) > 1 and all(listed):
            yield from listed


def _core(text: str) -> str:
    return _AROUND.sub("", _plain(_MARK.sub("", text)))


def _alike(text: str, nodes: Sequence[_Node]) -> tuple[str, ...]:
    """The component that a part nearly names; only one may be that near."""
    codes: set[str] = set()
    for part in _parted(text):
        scored = {node.code: max(likeness(part, name) for name in node.names) for node in nodes}
        best = [code for code, score in scored.items() if score >= ALIKE and score == max(scored.values())]
        codes |= set(best) if len(best) == 1 else set()
    return tuple(sorted(codes))


@lru_cache
def _long_names(nodes: tuple[_Node, ...]) -> tuple[tuple[str, str], ...]:
    """Names of several words with their codes, longest first."""
    pairs = [(name, node.code) for node in nodes for name in node.names if len(name.split()) >= LONG_NAME]
    return tuple(sorted(pairs, key=lambda pair: len(pair[0]), reverse=True))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(same_tone_place(text))))


@lru_cache
def _nodes() -> tuple[_Node, ...]:
    return tuple(
        node for index in data("index/taxonomy.yaml")["indices"] for node in _below(index, index["code"], "")
    )


def _below(raw: Mapping[str, Any], index: str, parent: str) -> Iterator[_Node]:
    """Contents and components in order."""
    for one in (*raw.get("nodes", ()), *raw.get("children", ())):
        names = tuple(_core(name) for name in (one["name"], *one.get("aliases", ())))
        yield _Node(one["code"], index, parent, names)
        yield from _below(one, index, one["code"])


@lru_cache
def _indices() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Every index with its names as words; "PAR" alone is no name."""
    found = ((one["code"], (one["name"], *one["aliases"])) for one in data("index/taxonomy.yaml")["indices"])
    return tuple((code, tuple(_plain(name) for name in names)) for code, names in found)


def _above(plan: Plan, outline: Outline, task: Task) -> list[_Words]:
    """Titles above a task, outermost first, and the group cells of its row."""
    chain: list[_Words] = []
    section = task.section
    while section is not None:
        chain.insert(0, _Words(outline.sections[section].title, outline.sections[section].anchor))
        section = outline.sections[section].parent
    return chain + [_Words(text, _cell(plan, task, text)) for text in task.path[len(chain) :]]


def _cell(plan: Plan, task: Task, text: str) -> Anchor:
    """Where a label stands: the last place with these words before the task in its table, else the next."""
    start = task.anchor.span.start
    tables = (one for one in plan.blocks if isinstance(one, Table) and one.span.start <= start < one.span.end)
    cells = [cell.span for table in tables for row in table.rows for cell in row]
    spans = [_within(plan, span, text) for span in cells if text in plan.quote(span)]
    before = [span for span in spans if span.start <= start]
    return plan.anchor(before[-1] if before else spans[0] if spans else Span(start, start))


def _within(plan: Plan, cell: Span, text: str) -> Span:
    """The words of a cell that are `text`; the whole cell where its lines break them up."""
    at = plan.text.find(text, *cell)
    return Span(at, at + len(text)) if at >= 0 else cell
