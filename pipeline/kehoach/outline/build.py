"""Parts to an outline: paragraphs get roles, headings nest by their marks, every entry knows its section."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from kehoach.document.facts import Section
from kehoach.document.outline import Entry, EntryRole, Outline
from kehoach.document.page import Line, Page, Role
from kehoach.document.plan import Paragraph, Parts, Plan, Range, Span, Table
from kehoach.outline.headings import Judged, Seen, judge, label_of
from kehoach.outline.kinds import kind_of
from kehoach.outline.marks import UNMARKED, Mark, as_roman, mark_of, with_stars
from kehoach.outline.parts import type_code
from kehoach.rules import first, phrases

MAX_LOST = 30  # pages; a larger jump is a misread number
APPENDIX_RANK = 0  # outside all marks
BETWEEN = 0.5  # of a rank: a title without a number stands between the marks around it
_APPENDIX_MARK = re.compile(
    r"^(?:phụ lục|biểu(?: mẫu)?|mẫu|danh mục)(?: số)?\s*(?P<number>[IVX]{1,5}|\d{1,2}|[A-Z])?\s*[.:]?\s*",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"^\(.*\)\.?$", re.DOTALL)


@dataclass(slots=True)
class _Build:
    """The outline under construction; `open` holds (rank, section index) from the outside in."""

    plan: Plan
    sections: list[Section] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    gaps: frozenset[int] = frozenset()
    page: int = 0
    open: list[tuple[float, int]] = field(default_factory=list)
    untitled: tuple[int, str] | None = None  # rank and number of a part whose title stands on the next line

    @property
    def current(self) -> int | None:
        return self.open[-1][1] if self.open else None


def build(plan: Plan, parts: Parts) -> Outline:
    """The outline of body and appendices. Footnotes stay outside: they are read for citations only."""
    state = _Build(plan, gaps=lost_before(plan))
    _read_range(state, parts.body)
    for appendix in parts.appendices:
        _read_appendix(state, appendix)
    return Outline(tuple(state.sections), _with_children(state.entries))


def _read_range(state: _Build, blocks: Range) -> None:
    paragraphs = list(_paragraphs(state.plan, blocks))
    marks = _marks(state.plan, [block for _, block in paragraphs])
    for position, (index, block) in enumerate(paragraphs):
        _pass_gap(state, block)
        if not isinstance(block, Paragraph):
            _add(state, Entry(EntryRole.TABLE, block.span, index, UNMARKED, state.current))
            continue
        mark = marks[position]
        seen = _seen(state.plan, block, mark, paragraphs, marks, position)
        _place(state, index, seen, judge(seen))


def lost_before(plan: Plan) -> frozenset[int]:
    """Pages before which others are lost: the printed page number jumps."""
    printed = [(page.number, number) for page in plan.pages if (number := _printed_number(page)) is not None]
    steps = pairwise(printed)
    jumps = {after[0] for before, after in steps if after[1] - before[1] > after[0] - before[0]}
    first = {page for page, number in printed[:1] if 1 < page < number <= page + MAX_LOST}
    return frozenset(jumps | first)


def _printed_number(page: Page) -> int | None:
    lines = (line.text for line in page.flow if isinstance(line, Line) and line.role is Role.PAGE_NUMBER)
    digits = (re.sub(r"\D", "", text) for text in lines)
    return next((int(one) for one in digits if one), None)


def _pass_gap(state: _Build, block: Paragraph | Table) -> None:
    """Behind a lost page nobody knows which heading holds."""
    page = block.page if isinstance(block, Paragraph) else state.page
    if page != state.page and any(state.page < gap <= page for gap in state.gaps):
        state.open.clear()
    state.page = page


def _paragraphs(plan: Plan, blocks: Range) -> Iterator[tuple[int, Paragraph | Table]]:
    for index in range(blocks.start, blocks.end):
        block = plan.blocks[index]
        if not isinstance(block, Paragraph) or block.role is not Role.FOOTNOTE:
            yield index, block


def _marks(plan: Plan, blocks: Sequence[Paragraph | Table]) -> list[Mark | None]:
    """Marks of all paragraphs, the ones misread for romans mended by their neighbours."""
    texts = [plan.text[b.span.start : b.span.end] if isinstance(b, Paragraph) else "" for b in blocks]
    marks = with_stars(texts, [mark_of(text) if text else None for text in texts])
    if not any(mark and mark.style == "roman" for mark in marks):
        return marks
    marks = [_lost_roman(mark, text) for mark, text in zip(marks, texts, strict=True)]
    seen_ones = [mark for mark in marks if mark and mark.style == "roman" and mark.number == "I"]
    for position, (mark, text) in enumerate(zip(marks, texts, strict=True)):
        if mark and text[mark.length :].split(":")[0].isupper() and not (seen_ones and mark.number == "1"):
            marks[position] = as_roman(mark)
    return marks


def _lost_roman(mark: Mark | None, text: str) -> Mark | None:
    """A heading in capitals whose number a scan made a dash ("- MỤC ĐÍCH, YÊU CẦU"); nobody knows which."""
    if mark is None or mark.style not in ("dash", "bullet"):
        return mark
    title = text[mark.length :].strip()
    is_heading = title.isupper() and " " in title and first(phrases("sections"), title) is not None
    return Mark("roman", "", mark.length) if is_heading else mark


def _seen(
    plan: Plan,
    block: Paragraph,
    mark: Mark | None,
    paragraphs: Sequence[tuple[int, Paragraph | Table]],
    marks: Sequence[Mark | None],
    position: int,
) -> Seen:
    length = mark.length if mark else 0
    start = block.span.start + length
    after = paragraphs[position + 1][1] if position + 1 < len(paragraphs) else None
    next_mark = marks[position + 1] if isinstance(after, Paragraph) else None
    next_rank = next_mark.rank if next_mark else UNMARKED if isinstance(after, Paragraph) else -1
    next_text = plan.text[after.span.start : after.span.end] if isinstance(after, Paragraph) else ""
    bold = max(min(block.bold_end, block.span.end) - start, 0)
    text = plan.text[start : block.span.end]
    return Seen(
        text,
        start,
        mark,
        bold,
        next_rank,
        after is not None and not isinstance(after, Paragraph),
        block.centred,
        bool(label_of(next_text[next_mark.length if next_mark else 0 :])),
    )


def _place(state: _Build, index: int, seen: Seen, judged: Judged) -> None:
    part, state.untitled = state.untitled, None
    if part and seen.mark is None:
        _place_part_title(state, index, seen, *part)
        return
    if judged.role is EntryRole.HEADING and seen.mark and not seen.text.strip():
        state.untitled = (seen.rank, seen.mark.number)
        _close(state, seen.rank)
        _add(state, Entry(EntryRole.HEADING, seen.span(), index, seen.rank, state.current))
        return
    if judged.role is EntryRole.HEADING and judged.title is not None:
        _open_section(state, seen, judged.title, _LABEL_KINDS.get(judged.label))
        entry = Entry(
            EntryRole.HEADING, judged.title, index, seen.rank, state.current, judged.label, judged.rest
        )
        _add(state, entry)
        return
    if seen.mark is not None:
        _close(state, seen.rank)
    elif judged.role is EntryRole.CLOSING:
        _close(state, APPENDIX_RANK + 1)
    _add(state, Entry(judged.role, seen.span(), index, seen.rank, state.current, judged.label, judged.rest))


def _place_part_title(state: _Build, index: int, seen: Seen, rank: int, number: str) -> None:
    """ "Phần thứ nhất" on a line of its own, its title on the next."""
    title = seen.span(0, len(seen.text.rstrip(" .:")))
    _close(state, rank)
    _push(state, rank, number, title, None)
    _add(state, Entry(EntryRole.HEADING, title, index, rank, state.current))


def _add(state: _Build, entry: Entry) -> None:
    state.entries.append(entry)


def _close(state: _Build, rank: float) -> None:
    while state.open and state.open[-1][0] >= rank:
        state.open.pop()


_LABEL_KINDS = {
    "lead": "organisation",
    "doer": "organisation",
    "support": "organisation",
    "deadline": "timeline",
    "content": "tasks",
    "budget": "budget",
    "output": "other",
}


def _open_section(state: _Build, seen: Seen, title: Span, kind: str | None) -> None:
    rank = seen.rank if seen.mark else _unnumbered_rank(state, seen)
    _close(state, rank)
    number = (seen.mark.number or None) if seen.mark else None
    if _restarts(state, number):
        state.open.clear()
    _push(state, rank, number, title, kind)


def _unnumbered_rank(state: _Build, seen: Seen) -> float:
    """Titles without a number: those in capitals are outermost; bold ones stand below what is open, each
    beside the one before it."""
    if seen.text.isupper() or not state.open:
        return APPENDIX_RANK + 1
    bold = (rank for rank, _ in state.open if rank % 1)
    return next(bold, state.open[-1][0] + BETWEEN)


def _restarts(state: _Build, number: str | None) -> bool:
    """A number that its series already has, in a part without tasks: the heading of another part is lost."""
    parent = state.current
    if parent is None or not (number or "").isdigit() or state.sections[parent].kind in _TASK_PARTS:
        return False
    siblings = [
        s.number for s in state.sections[parent + 1 :] if s.parent == parent and (s.number or "").isdigit()
    ]
    return bool(siblings) and 1 < int(number or 0) <= int(siblings[-1] or 0)


_TASK_PARTS = ("tasks", "organisation", "appendix", "other")


def _push(state: _Build, rank: float, number: str | None, title: Span, kind: str | None) -> None:
    parent = state.current
    parent_kind = state.sections[parent].kind if parent is not None else None
    words = state.plan.quote(title)
    kind = kind or kind_of(words, parent_kind)
    section = Section(number, words, len(state.open) + 1, kind, state.plan.anchor(title), parent)
    state.sections.append(section)
    state.open.append((rank, len(state.sections) - 1))


def _read_appendix(state: _Build, blocks: Range) -> None:
    """An appendix: its mark and title are one section, what follows stands below it."""
    state.open.clear()
    blocks = _without_page_number(state, blocks)
    head_end = _appendix_head_end(state.plan, blocks)
    if _is_attached_document(state.plan, blocks):
        _read_attached(state, blocks)
        return
    number, title = _appendix_title(state.plan, Range(blocks.start, head_end))
    if title is not None:
        _push(state, APPENDIX_RANK, number, title, "appendix")
    for index in range(blocks.start, head_end):
        _add(
            state,
            Entry(EntryRole.HEADING, state.plan.blocks[index].span, index, APPENDIX_RANK, state.current),
        )
    _read_range(state, Range(head_end, blocks.end))


def _without_page_number(state: _Build, blocks: Range) -> Range:
    """A page number below the signature is no title."""
    first = state.plan.blocks[blocks.start]
    if not isinstance(first, Paragraph) or not state.plan.quote(first.span).strip().isdigit():
        return blocks
    _add(state, Entry(EntryRole.NOTE, first.span, blocks.start, APPENDIX_RANK, None))
    return Range(blocks.start + 1, blocks.end)


def _is_attached_document(plan: Plan, blocks: Range) -> bool:
    """Whether a document begins here ("KẾ HOẠCH / … / (Ban hành kèm theo Quyết định …)"), no appendix."""
    if blocks.start >= blocks.end:
        return False
    span = plan.blocks[blocks.start].span
    text = plan.text[span.start : span.end]
    found = type_code(text)
    return bool(found) and not text[found[1] if found else 0 :].strip(" .:")


def _read_attached(state: _Build, blocks: Range) -> None:
    """An attached plan is read like a body: its title is no section, its parts are outermost."""
    end = blocks.start + 1
    while end < blocks.end:
        block = state.plan.blocks[end]
        text = state.plan.text[block.span.start : block.span.end]
        if not isinstance(block, Paragraph) or mark_of(text) or text.rstrip().endswith((".", ";", ":")):
            break
        end += 1
        if _BRACKETED.match(text):
            break
    for index in range(blocks.start, end):
        _add(state, Entry(EntryRole.NOTE, state.plan.blocks[index].span, index, APPENDIX_RANK, None))
    _read_range(state, Range(end, blocks.end))


def _appendix_head_end(plan: Plan, blocks: Range) -> int:
    """The head of an appendix: its mark, the lines of its title, the line in brackets."""
    titled = False
    for index in range(blocks.start, blocks.end):
        block = plan.blocks[index]
        if not isinstance(block, Paragraph):
            return index
        text = plan.text[block.span.start : block.span.end]
        if _BRACKETED.match(text) or (index == blocks.start and _APPENDIX_MARK.match(text)):
            titled = titled or (bool(_APPENDIX_MARK.sub("", text)) and not _BRACKETED.match(text))
            continue
        if (titled and not (text.isupper() or block.centred)) or mark_of(text):
            return index
        titled = True
    return blocks.end


def _appendix_title(plan: Plan, head: Range) -> tuple[str | None, Span | None]:
    """Number and title; the mark alone is no title."""
    number: str | None = None
    spans: list[Span] = []
    for index in range(head.start, head.end):
        span = plan.blocks[index].span
        text = plan.text[span.start : span.end]
        mark = _APPENDIX_MARK.match(text) if index == head.start else None
        if mark and text.casefold().startswith("phụ lục"):
            number = mark["number"]
            span = Span(span.start + mark.end(), span.end)
        if span.end > span.start and not _BRACKETED.match(plan.text[span.start : span.end]):
            spans.append(span)
    return number, Span(spans[0].start, spans[-1].end) if spans else None


def _with_children(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Counts, for each entry, those right below it: deeper in rank, up to the next of its own or an outer
    rank.
    """
    counted = []
    for position, entry in enumerate(entries):
        count = 0
        for below in entries[position + 1 :]:
            if below.rank <= entry.rank or below.role in (EntryRole.HEADING, EntryRole.CLOSING):
                break
            count += 1
        counted.append(replace(entry, children=count))
    return tuple(counted)
