"""Lists of units in cells, label lines and headings: "Sở Tư pháp; các cơ quan, đơn vị liên quan".

Lists split at `;`, at "và", and at a comma where a new head follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kehoach.document.plan import Plan, Span
from kehoach.extract.names import begins, phrase, trailer, unit_at, units_from, verb_at
from kehoach.text import BULLETS

_SPLIT = re.compile(r"[;\n]")


def listed(plan: Plan, span: Span) -> tuple[Span, ...]:
    """Units of a cell, a label's value or a heading: the whole of it is a list of units."""
    text = plan.text[span.start : span.end]
    found: list[Span] = []
    for start, end in _parts(text):
        found += (
            Span(span.start + one.start, span.start + one.end) for one in _units_of_part(text, start, end)
        )
    return tuple(found)


def divided(plan: Plan, span: Span) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Leads and supports of "X chủ trì, phối hợp với Y và Z"; without "chủ trì" all lead."""
    text = plan.text[span.start : span.end]
    if roles := list(_IN_BRACKETS.finditer(text)):
        return _by_brackets(plan, span, roles)
    joint = phrase("led_with").search(text)
    joint = joint or phrase("with").search(text)
    if joint is None:
        return _helped(plan, span, text)
    before = Span(span.start, span.start + joint.start())
    return listed(plan, before), listed(plan, Span(span.start + joint.end(), span.end))


_IN_BRACKETS = re.compile(
    r"(?P<units>[^()]+)\((?:cùng )?(?P<role>chủ trì|tham mưu|thực hiện|phối hợp)(?: thực hiện)?\)[\s,;.]*",
    re.IGNORECASE,
)


def _by_brackets(
    plan: Plan, span: Span, roles: list[re.Match[str]]
) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Leads and supports of "X (chủ trì), Y (phối hợp)"; what no bracket follows leads."""
    lead: list[Span] = []
    support: list[Span] = []
    for role in roles:
        start, end = role.span("units")
        helps = role["role"].casefold() == "phối hợp"
        (support if helps else lead).extend(listed(plan, Span(span.start + start, span.start + end)))
    lead += listed(plan, Span(span.start + roles[-1].end(), span.end))
    return tuple(lead), tuple(support)


def _helped(plan: Plan, span: Span, text: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Leads and supports of "X chủ trì; Y, Z phối hợp"."""
    if not (helping := _HELPING.search(text)) or not (cut := _LED.search(text, 0, helping.start())):
        return listed(plan, span), ()
    before, after = (
        Span(span.start, span.start + cut.start()),
        Span(span.start + cut.end(), span.start + helping.start()),
    )
    return listed(plan, before), listed(plan, after)


_LED = re.compile(r"\s+(?:chủ trì|tham mưu|thực hiện)(?: (?:thực hiện|tham mưu))?\s*[;,.]\s*", re.IGNORECASE)
_HELPING = re.compile(r"\s+(?:cùng )?phối hợp(?: thực hiện)?[\s.;)]*$", re.IGNORECASE)


def _parts(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for cut in _SPLIT.finditer(text):
        yield at, cut.start()
        at = cut.end()
    yield at, len(text)


_BULLET = re.compile(rf"\s*(?:[-–+*{BULLETS}]\s*)?(?:(?:đề nghị|yêu cầu|giao)\s+)?", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*[,;]\s*(?:và\s+)?|\s+và\s+", re.IGNORECASE)
_SEMICOLON = re.compile(r"\s*;\s*")
_LEADING_LIST = re.compile(r"^[^:;]{0,120}:\s*(?=\S)")


# "và MTTQ các đoàn thể": a scan's words in another order, "MTTQ và các đoàn thể".
_SWAPPED = re.compile(r"và\s+(?P<one>[^,;]+?)\s+(?P<other>(?:các|những)\s[^,;]+)$", re.IGNORECASE)


def _units_of_part(text: str, start: int, end: int) -> list[Span]:
    head = _BULLET.match(text, start, end)
    start = head.end() if head else start
    if swapped := _SWAPPED.match(text, start, end):
        return [Span(*swapped.span("one")), Span(*swapped.span("other"))]
    end = start + len(_without_trailer(text[start:end].rstrip(" .;,:")))
    if (prefix := _LEADING_LIST.match(text[start:end])) and unit_at(text[:end], start) != end:
        start += prefix.end()
    if joint := phrase("with").search(text, start, end):
        return _units_of_part(text, start, joint.start()) + _units_of_part(text, joint.end(), end)
    found: list[Span] = []
    part, at = text[:end], start
    while at < end:
        one, at = _next_listed(part, at)
        found.append(one)
    return [one for one in found if one.end > one.start]


def _next_listed(part: str, at: int) -> tuple[Span, int]:
    """The unit that begins at `at` and where the next may begin. Unknown names end where a unit follows."""
    stop = unit_at(part, at)
    rest = part[stop:].lstrip(" ,")
    if stop > at and (verb_at(rest, 0) or rest.startswith("(")):
        cut = _SEMICOLON.search(part, stop) if not rest.startswith(("(", "trong")) else _cut(part, stop)
        return Span(at, stop), cut.end() if cut else len(part)
    if stop > at and rest[:1].isupper() and part[stop:].startswith(" ") and begins(rest):  # a lost line break
        return Span(at, stop), len(part) - len(rest)
    cut = _cut(part, max(stop, at))
    return Span(at, cut.start() if cut else len(part)), cut.end() if cut else len(part)


def _cut(part: str, at: int) -> re.Match[str] | None:
    """The next separator after which a unit begins."""
    cuts = _SEPARATOR.finditer(part, at)
    return next((cut for cut in cuts if ";" in cut[0] or begins(part, cut.end())), None)


def _without_trailer(part: str) -> str:
    return trailer().sub("", part)


def is_unit_title(title: str) -> bool:
    """Whether a heading names units: "Phòng Nội vụ", "Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam xã"."""
    title = title.lower() if title.isupper() else title  # in capitals every word looks like a name's
    bare = phrase("before_title").sub("", title, count=1) if phrase("before_title").match(title) else title
    if not begins(bare):
        return False
    found, stop = units_from(bare)
    rest = bare[stop:].strip(" ,;.:")
    if found and phrase("after_title").match(rest):
        return True
    if found and (_is_rest_of_name(rest) or phrase("told_apart").match(rest)):
        return True
    return bool(found) and (not rest or bool(re.match(r"[;(]", bare[stop:].strip())) or _relative(bare))


MAX_NAME_REST = 6  # words of a name that the grammar does not know ("Chi cục Quản lý thị trường")


def _is_rest_of_name(rest: str) -> bool:
    """Whether what the grammar leaves of a short heading is more of the name: words without a verb."""
    words = rest.split()
    starts = [match.start() for match in re.finditer(r"\S+", rest)]
    plain = all(word.isalpha() for word in words) and not any(verb_at(rest, at) for at in starts)
    return 0 < len(words) <= MAX_NAME_REST and plain


def _relative(title: str) -> bool:
    """ "Các Sở, ngành chủ trì, quản lý … các dự án": a collective told apart by what it does."""
    return bool(re.match(r"(?:các|những)\s", title, re.IGNORECASE)) and not title.rstrip().endswith(".")


def title_units(plan: Plan, span: Span) -> tuple[Span, ...]:
    """The units that a heading names, without "Đề nghị" and "Trách nhiệm của" before them."""
    title = plan.text[span.start : span.end]
    lead = phrase("before_title").match(title)
    start = span.start + (lead.end() if lead else 0)
    body = Span(start, span.end)
    found, stop = units_from(plan.text[start : span.end])
    if found and phrase("after_title").match(plan.text[start + stop : span.end].strip(" ,;.:")):
        return tuple(Span(start + one.start, start + one.end) for one in found)
    if len(found) == 1 and phrase("told_apart").match(plan.text[start + stop : span.end].strip(" ,;.:")):
        return (body,)
    if _relative(plan.text[start : span.end]) and not _whole(plan.text[start : span.end]):
        return (body,)
    return listed(plan, body)


def _whole(text: str) -> bool:
    _, stop = units_from(text)
    return not text[stop:].strip(" ,;.:") or text[stop:].strip().startswith(";")
