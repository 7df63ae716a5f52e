"""Measurable aims (chỉ tiêu) of running text: what is measured, how it compares, with what figure, when.

In sections of objectives the sentence or the part between semicolons is the target; elsewhere it is the
clause around the figure. Results of earlier years, conditions, money and counts of given lists are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kehoach.document.facts import Target
from kehoach.document.plan import Plan, Span
from kehoach.extract.clauses import clause_around
from kehoach.extract.written import AIMS, as_written
from kehoach.rules import Rule, phrases

NO_TARGET = "none"
PLACE = "place"
OBJECTIVES = "objectives"
# Kinds of section whose words can hold aims; basis, budget, timeline and the rest tell of other things.
CLAUSE_KINDS = ("purpose", "requirements", "tasks", "organisation")
LIST_PREFIX_WORDS = 9  # words; "Phấn đấu trong năm 2026:" before a list of aims belongs to none of them
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\w)")
_PART = re.compile(r";\s*")
_COMMA = re.compile(r",\s+(?:và\s+)?|\s+và\s+(?=(?:tăng|giảm|đạt|xếp|nằm|nâng)\b)")
_LABEL = re.compile(
    r"\s*(?:[-–+•]\s*)?(?:(?:chỉ tiêu|mục tiêu)\s+[\d.]+\s*[:.]"
    r"|\(?\d{1,2}(?:[).](?=\D|100\s*%)|,(?=\s+[^\W\d])))\s*",
    re.IGNORECASE,
)
_REFERS = re.compile(
    r"(?:các )?chỉ tiêu[^;]*(?:phụ lục|biểu)|(?:cụ thể|chi tiết) (?:tại|theo)", re.IGNORECASE
)
_YEAR = re.compile(r"(?<![\d/.])(?:(?:19|20)\d{2}\s*[-–]\s*)?((?:19|20)\d{2})(?![\d/%])")
_COMPARED = re.compile(r"so với[^;.,]*", re.IGNORECASE)
_LEADS = re.compile(
    r"(?:(?:ph[ấâ]n đ[ấâ]u|đảm bảo|bảo đảm|duy trì|có|đạt|hoàn thành|thực hiện|tổ chức|triển khai|giải quyết"
    r"|góp phần|tham mưu \w+ \w+|trong|đến|hết|cuối|trở đi|(?:từ )?năm \d{4}|giai đoạn \d{4}\s*[-–]\s*\d{4})"
    r"\b[\s:,]*)+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"[\s,]*(?:(?:vào|đến|trong|từ) (?:hết |cuối )?(?:năm|giai đoạn) \d{4}(?:\s*[-–]\s*\d{4})?(?: trở đi)?"
    r"|phấn đấu|chiếm|đạt|/năm|trừ\b.*|theo quy định)[\s,.]*$",
    re.IGNORECASE,
)
# Units of measure; other units name what is counted.
_MEASURES = {
    *(
        "%",
        "điểm",
        "điểm phần trăm",
        "bậc",
        "hạng",
        "thứ hạng",
        "ngày",
        "ngày làm việc",
        "giờ",
        "phút",
        "lần",
    ),
    *("lượt", "ha", "km", "tấn", "m2", "mw", "kwh", "tỷ đồng", "triệu đồng", "usd", "triệu usd"),
}
_PAST_OPENING = re.compile(r"\W*(?:trong |kết quả )?năm ((?:19|20)\d{2})\b", re.IGNORECASE)
_TRIM = " \t\n\r;,:"


class Figure(NamedTuple):
    """A rule's find in a stretch of text."""

    rule: Rule
    match: re.Match[str]

    @property
    def said(self) -> Span:
        """The words of the aim itself: the group of that name, else the whole match."""
        return Span(*self.match.span("said" if self.match.groupdict().get("said") else 0))

    @property
    def value(self) -> float | None:
        """The number said, with decimal comma and thousands dot; None for an aim without a figure."""
        groups = self.match.groupdict()
        said = groups.get("number") or groups.get("number2")
        return number(said) if said else None

    @property
    def unit(self) -> str | None:
        groups = self.match.groupdict()
        said = groups.get("unit") or groups.get("unit2")
        return "%" if said and "trăm" in said else " ".join(said.split()) if said else None

    @property
    def comparator(self) -> str | None:
        return None if self.rule.value == PLACE else self.rule.value


def targets(plan: Plan, regions: Sequence[tuple[Span, str]], *, year: int | None) -> tuple[Target, ...]:
    """The targets that the regions' words promise, in text order.

    `regions`: an item or paragraph without its mark, and the kind of its section. `year`: the plan's.
    """
    return tuple(target for span, kind in regions for target in _in_region(plan, span, kind, year))


def figures(text: str, kind: str) -> list[Figure]:
    """What the rules find in `text`, by place; each character is read by the first rule that matches it."""
    taken: list[Span] = []
    found: list[Figure] = []
    for rule in phrases("targets"):
        if not _applies(rule, kind):
            continue
        for match in rule.pattern.finditer(text):
            figure = Figure(rule, match)
            if any(figure.said.start < one.end and one.start < figure.said.end for one in taken):
                continue
            taken.append(figure.said)
            if rule.value != NO_TARGET:
                found.append(figure)
    return sorted(found, key=lambda one: one.said.start)


def number(said: str) -> float:
    """ "59,62" is 59.62, "1.700" is 1700, "99.5" is 99.5."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", said):
        said = said.replace(".", "")
    return float(said.replace(",", "."))


def _applies(rule: Rule, kind: str) -> bool:
    wanted = rule.params.get("in")
    return wanted is None or (kind == OBJECTIVES) == (wanted == OBJECTIVES)


def _in_region(plan: Plan, span: Span, kind: str, year: int | None) -> Iterator[Target]:
    if kind != OBJECTIVES and kind not in CLAUSE_KINDS:
        return
    text = as_written(plan.text[span.start : span.end], AIMS)
    for start, end in _sentences(text):
        opening = _PAST_OPENING.match(text, start, end)
        if opening and year and int(opening[1]) < year:
            continue
        parts = _aims(text, start, end) if kind == OBJECTIVES else _clauses(text, start, end, kind)
        for part in parts:
            words = text[part.start : part.end]
            found = figures(words, kind)
            if found and not _is_past(words, year):
                place = Span(span.start + part.start, span.start + part.end)
                yield _target(plan, place, " ".join(words.split()), found[0], year)


def _sentences(text: str) -> Iterator[Span]:
    start = 0
    for match in _SENTENCE.finditer(text):
        if not text[match.end()].islower():
            yield Span(start, match.start())
            start = match.end()
    yield Span(start, len(text))


def _aims(text: str, start: int, end: int) -> Iterator[Span]:
    """Parts between semicolons that hold a figure, with those after them that take up their verb without one
    ("100% các xã bố trí …; bố trí …")."""
    parts = list(_split(text, _after_prefix(text, start, end), end))
    open_part: Span | None = None
    for part in parts:
        words = text[part.start : part.end]
        if figures(words, OBJECTIVES):
            if open_part:
                yield _trimmed(text, open_part)
            open_part = part
        elif open_part and not _REFERS.search(words) and _goes_on(text[slice(*open_part)], words):
            open_part = Span(open_part.start, part.end)
    if open_part:
        yield _trimmed(text, open_part)


def _goes_on(words: str, after: str) -> bool:
    verb = " ".join(after.split()[:VERB_SYLLABLES]).casefold()
    return bool(verb) and verb in " ".join(words.casefold().split())


VERB_SYLLABLES = 2


def _split(text: str, start: int, end: int) -> Iterator[Span]:
    begin = start
    for match in _PART.finditer(text, start, end):
        if text.count("(", begin, match.start()) <= text.count(")", begin, match.start()):
            yield from _promises(text, start, match.start())
            start = match.end()
    yield from _promises(text, start, end)


def _promises(text: str, start: int, end: int) -> Iterator[Span]:
    """A part, cut at the commas between figures: "cấp huyện đạt trên 95%, cấp xã đạt trên 98%"."""
    for match in _COMMA.finditer(text, start, end):
        following = _COMMA.search(text, match.end(), end)
        after = text[match.end() : following.start() if following else end]
        is_inside = text.count("(", start, match.start()) > text.count(")", start, match.start())
        if not is_inside and figures(text[start : match.start()], OBJECTIVES) and figures(after, OBJECTIVES):
            yield Span(start, match.start())
            start = match.end()
    yield Span(start, end)


def _after_prefix(text: str, start: int, end: int) -> int:
    """Behind a label ("Chỉ tiêu 1:") and behind a short opening that a list of aims shares."""
    if label := _LABEL.match(text, start, end):
        start = label.end()
    colon = text.find(":", start, end)
    shared = colon > 0 and ";" in text[colon:end] and len(text[start:colon].split()) <= LIST_PREFIX_WORDS
    return colon + 1 if shared and not figures(text[start:colon], OBJECTIVES) else start


def _clauses(text: str, start: int, end: int, kind: str) -> Iterator[Span]:
    """The clause around each figure of a sentence; figures of one clause make one target."""
    sentence = text[start:end]
    places = [one.said for one in figures(sentence, kind)]
    last = start
    for place in places:
        if start + place.start < last:
            continue
        clause = clause_around(sentence, place, places)
        found = _trimmed(text, Span(start + clause.start, start + clause.end), stop=".")
        last = found.end
        yield found


def _trimmed(text: str, span: Span, stop: str = "") -> Span:
    words = text[span.start : span.end]
    lead = len(words) - len(words.lstrip(_TRIM))
    return Span(span.start + lead, span.start + max(len(words.rstrip(_TRIM + stop)), lead))


def _is_past(words: str, year: int | None) -> bool:
    """All years that the clause names, but for what it compares with, lie before the plan's."""
    named = [int(one) for one in _YEAR.findall(_COMPARED.sub("", words))]
    return bool(named and year and max(named) < year)


def _target(plan: Plan, span: Span, words: str, figure: Figure, year: int | None) -> Target:
    """The target at `span`; `words`: what stands there, with the marks that a scan spoilt put back."""
    named = [int(one) for one in _YEAR.findall(_COMPARED.sub("", words))]
    value, unit = figure.value, figure.unit
    return Target(
        text=plan.quote(span),
        metric=metric(words, figure) or _named_before(plan, span),
        comparator=figure.comparator,
        value=value,
        unit=unit,
        year=max(named) if named else year,
        anchor=plan.anchor(span),
        rule=figure.rule.id,
    )


def metric(words: str, figure: Figure) -> str | None:
    """What is measured, in the document's words: the clause without its figure, its opening and its year.

    A counted thing stays ("Phát triển doanh nghiệp công nghệ số"), a unit of measure goes.
    """
    expression = " ".join(figure.match.string[figure.said.start : figure.said.end].split())
    before, _, after = words.partition(expression)
    counted = figure.unit if figure.unit and figure.unit.casefold() not in _MEASURES else ""
    opening = _LEADS.match(before.lstrip(_TRIM))
    before = before.lstrip(_TRIM)[opening.end() if opening else 0 :]
    named = _COMPARED.sub(" ", " ".join(f"{_TAIL.sub('', before)} {counted} {after}".split()))
    return _TAIL.sub("", named.strip(_TRIM + ".")).strip(_TRIM + ".").replace(" ,", ",") or None


def _named_before(plan: Plan, span: Span) -> str | None:
    """The index named last before an aim that names none ("tăng tối thiểu 01 hạng")."""
    found = list(re.finditer(r"Chỉ số (?-i:[a-zà-ỹđ]+)(?: [a-zà-ỹđ]+){0,8}", plan.text[: span.start]))
    return found[-1][0] if found else None
