"""Who owns a task that does not say so itself: label lines, headings, the addressee of the whole document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kehoach.document.facts import Mention
from kehoach.document.outline import Entry, EntryRole, Outline
from kehoach.document.plan import Plan, Span
from kehoach.extract import doers, labels, names, units

UNMARKED = 99  # rank of a paragraph without a mark, as the outline gives it

_EXECUTE = (
    r"(?:nghiêm túc|tổ chức|triển khai|thực hiện|chủ động|căn cứ|khẩn trương|quan tâm|tập trung|phối hợp)"
)
_ASKING = re.compile(r"\b(?:yêu c[ầâàấa]u|đ[ềêèế] nghị|giao|hướng dẫn)\s+", re.IGNORECASE)
_ASKED_TO_DO = re.compile(
    rf"^[\s,]*(?:(?:trên địa bàn|thuộc|theo)[^.;]{{0,80}}?\s)?{_EXECUTE}", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class LabelRun:
    """Labels that stand together. It speaks for entries `first` to `last` (inclusive) of the outline."""

    labels: tuple[tuple[str, tuple[Span, ...]], ...]
    scope: int | None
    first: int
    last: int

    def covers(self, entry: int) -> bool:
        """Whether the run speaks for what stands at `entry`."""
        return self.first <= entry <= self.last

    def values(self, *names: str) -> tuple[Span, ...]:
        """The words of all labels of these names."""
        return tuple(span for name, spans in self.labels if name in names for span in spans)

    @property
    def times(self) -> tuple[Span, ...]:
        """What the run says of time."""
        return self.values("deadline")

    @property
    def says_who_or_when(self) -> bool:
        """Whether it names an owner or a time."""
        return bool(self.values("lead", "doer", "support", "deadline"))


def label_runs(plan: Plan, outline: Outline) -> tuple[LabelRun, ...]:
    """The runs of label lines and what each speaks for: the tasks of its section since the last run; where
    none stands before it, those that follow up to the next run."""
    return tuple(_LabelReader(plan, outline).runs())


def with_owner_lines(plan: Plan, outline: Outline) -> Outline:
    """The outline with lines that only say who does the work ("Phòng Nội vụ chủ trì, phối hợp với các
    phòng.") as the labels that they are."""
    return replace(outline, entries=tuple(_as_label(plan, entry) for entry in outline.entries))


_MAY_BE_OWNERS = (EntryRole.PARAGRAPH, EntryRole.NOTE, EntryRole.ITEM)
_LISTED_RANK = 12  # of a dash; a numbered line of owners is a task of its own


def _as_label(plan: Plan, entry: Entry) -> Entry:
    if entry.role not in _MAY_BE_OWNERS or entry.rank < _LISTED_RANK or entry.section is None:
        return entry
    text = plan.text[entry.span.start : entry.span.end]
    if len(text) > MAX_OWNER_LINE or not doers.owner_line(text):
        return entry
    asked = names.phrase("asked").match(text.lstrip("("))
    start = entry.span.start + (len(text) - len(text.lstrip("("))) + (asked.end() if asked else 0)
    return replace(entry, role=EntryRole.LABEL, label="lead", value=Span(start, entry.span.end))


MAX_OWNER_LINE = 300  # characters


Label = tuple[str, tuple[Span, ...]]


@dataclass(slots=True)
class _Stretch:
    """Labels that stand together, under construction: the entries they stand in and what each says."""

    scope: int | None
    rank: int = 0
    numbers: list[int] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    def add(self, plan: Plan, number: int, name: str, entry: Entry) -> _Stretch:
        self.numbers.append(number)
        said = labels.parted(plan, name, entry.value) if entry.value else ()
        self.labels += [(one, (span,)) for one, span in said] or [(name, ())]
        self.rank = entry.rank
        return self

    def extend(self, number: int, value: Span) -> None:
        self.numbers.append(number)
        name, spans = self.labels[-1]
        self.labels[-1] = (name, (*spans, value))


@dataclass(slots=True)
class _LabelReader:
    plan: Plan
    outline: Outline

    def runs(self) -> Iterator[LabelRun]:
        entries = self.outline.entries
        found = list(self._stretches())
        for position, run in enumerate(found):
            said, first, last = tuple(run.labels), run.numbers[0], run.numbers[-1]
            before = self._since(found[:position], run.scope, first)
            if self._has_task_words(before, first, run.scope):
                yield LabelRun(said, run.scope, before, first - 1)
            else:
                end = self._until(found[position + 1 :], run.scope, last, len(entries))
                yield LabelRun(said, run.scope, last + 1, end)

    def _stretches(self) -> Iterator[_Stretch]:
        """Labels of one scope with no item between them; a label's own list below it belongs to its value."""
        run: _Stretch | None = None
        for number, entry in enumerate(self.outline.entries):
            name, here = _label_name(entry), self._scope(entry)
            if run and name and here == run.scope:
                run.add(self.plan, number, name, entry)
            elif run and _belongs_to_value(entry, self.outline.entries[run.numbers[-1]], run):
                run.extend(number, entry.span)
            else:
                if run:
                    yield run
                run = _Stretch(here).add(self.plan, number, name, entry) if name else None
        if run:
            yield run

    def _scope(self, entry: Entry) -> int | None:
        """The section that a label speaks in: a labelled heading ("b) Cơ quan thực hiện") speaks in its
        parent.
        """
        section = entry.section
        while section is not None and self._is_label_section(section):
            section = self.outline.sections[section].parent
        return section

    def _is_label_section(self, section: int) -> bool:
        return any(
            e.role is EntryRole.HEADING and e.section == section and e.label for e in self.outline.entries
        )

    def _since(self, earlier: Sequence[_Stretch], scope: int | None, number: int) -> int:
        """Where the tasks begin that a run at `number` may speak for: after the last run of its scope."""
        ends = (run.numbers[-1] + 1 for run in earlier if run.scope == scope)
        return max([self._scope_start(scope), *(end for end in ends if end <= number)])

    def _until(self, later: Sequence[_Stretch], scope: int | None, number: int, end: int) -> int:
        nexts = (run.numbers[0] - 1 for run in later if run.scope == scope)
        return min([self._scope_end(scope, number, end), *nexts])

    def _scope_start(self, scope: int | None) -> int:
        if scope is None:
            return 0
        heads = (
            n
            for n, e in enumerate(self.outline.entries)
            if e.role is EntryRole.HEADING and e.section == scope
        )
        return next(heads, 0)

    def _scope_end(self, scope: int | None, number: int, end: int) -> int:
        last = number
        for later in range(number + 1, end):
            if not self._inside(self.outline.entries[later].section, scope):
                break
            last = later
        return last

    def _inside(self, section: int | None, scope: int | None) -> bool:
        while section is not None and section != scope:
            section = self.outline.sections[section].parent
        return section == scope

    def _has_task_words(self, first: int, end: int, scope: int | None) -> bool:
        return any(
            _is_content(entry) and self._inside(entry.section, scope)
            for entry in self.outline.entries[first:end]
        )


def _label_name(entry: Entry) -> str:
    is_label = entry.role is EntryRole.LABEL or (entry.role is EntryRole.HEADING and bool(entry.label))
    return entry.label if is_label and entry.label not in ("content", "") else ""


def _belongs_to_value(entry: Entry, label: Entry, run: _Stretch) -> bool:
    """A label without words of its own takes the list below it."""
    has_value = label.role in (EntryRole.LABEL, EntryRole.HEADING) and bool(run.labels[-1][1])
    return not has_value and entry.role in (EntryRole.ITEM, EntryRole.PARAGRAPH) and entry.rank > run.rank


def _is_content(entry: Entry) -> bool:
    """An entry that can be a task of its own."""
    if entry.role in (EntryRole.ITEM, EntryRole.PARAGRAPH):
        return True
    return (
        entry.role in (EntryRole.LABEL, EntryRole.HEADING)
        and entry.label in ("content", "")
        and entry.value is not None
    )


def mentions(plan: Plan, spans: Sequence[Span], role: str, origin: str) -> tuple[Mention, ...]:
    """Units at `spans` as mentions, each once."""
    found: dict[str, Mention] = {}
    for span in spans:
        text = plan.quote(span)
        found.setdefault(text.casefold(), Mention(text, role, origin, plan.anchor(span)))
    return tuple(found.values())


def merged(one: tuple[Mention, ...], other: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Both, each unit once."""
    seen = {mention.text.casefold() for mention in one}
    return one + tuple(mention for mention in other if mention.text.casefold() not in seen)


@dataclass(slots=True)
class Inheritance:
    """Owners that a task takes from around it."""

    plan: Plan
    outline: Outline

    def mentioned(self, spans: Sequence[Span], role: str, origin: str) -> tuple[Mention, ...]:
        """Units at `spans`."""
        return mentions(self.plan, spans, role, origin)

    def of_labels(self, run: LabelRun) -> tuple[tuple[Mention, ...], tuple[Mention, ...], tuple[str, ...]]:
        """Leads, supports and outputs that a run of labels names. "Đơn vị thực hiện" leads where nobody
        else does.
        """
        leads, doers = run.values("lead"), run.values("doer")
        supports = run.values("support") + (doers if leads else ())
        outputs = tuple(self.plan.quote(span) for span in run.values("output"))
        both = [units.divided(self.plan, span) for span in leads or doers]
        lead = tuple(unit for one, _ in both for unit in one)
        support = tuple(unit for _, other in both for unit in other) + self._listed(supports)
        return self.mentioned(lead, "lead", "label"), self.mentioned(support, "support", "label"), outputs

    def _listed(self, spans: Sequence[Span]) -> tuple[Span, ...]:
        return tuple(unit for span in spans for unit in units.listed(self.plan, span))

    def of_heading(self, section: int | None) -> tuple[Mention, ...]:
        """Units that the nearest heading above names."""
        while section is not None:
            if named := self._title_units(section):
                return self.mentioned(named, "lead", "heading")
            section = self.outline.sections[section].parent
        return ()

    def _title_units(self, section: int) -> tuple[Span, ...]:
        span = self.outline.sections[section].anchor.span
        title = self.plan.text[span.start : span.end]
        if units.is_unit_title(title):
            return units.title_units(self.plan, span)
        if re.match(r"(?:yêu c[ầâàấa]u|đ[ềêèế] nghị|giao)\s", title, re.IGNORECASE):
            return doers.subjects(self.plan, span)
        return ()

    def addressees(self) -> tuple[Mention, ...]:
        """The units that the whole document addresses: in the sentence that opens its list, else at its
        close.
        """
        spans = [e.span for e in self.outline.entries if e.section is None and e.role in _OPENING]
        spans += [e.span for e in self.outline.entries if e.role is EntryRole.CLOSING]
        for span in spans:
            if named := self._asked(span):
                return self.mentioned(named, "lead", "addressee")
        return ()

    def _asked(self, span: Span) -> tuple[Span, ...]:
        text = self.plan.text[span.start : span.end]
        for asking in _ASKING.finditer(text):
            found, stop = names.units_from(text, asking.end())
            if found and _ASKED_TO_DO.match(text[stop:]):
                return tuple(Span(span.start + one.start, span.start + one.end) for one in found)
        return ()


_OPENING = (EntryRole.LEAD_IN, EntryRole.PARAGRAPH)
