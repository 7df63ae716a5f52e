"""Head and foot of a document as facts: kind, number, date, issuer, title, signer, status, recipients."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from kehoach.document.facts import Header, Issuer, Signer
from kehoach.document.page import ReadFrom
from kehoach.document.plan import Anchor, Parts, Plan, Range, Span
from kehoach.extract.issuer import Clues, head_words, issuer
from kehoach.extract.numbering import Attached, Dated, Numbered, attached, dated, numbered
from kehoach.extract.recipients import recipients
from kehoach.extract.signer import foot_parts, signer
from kehoach.extract.strips import Strip, strips
from kehoach.extract.title import NOT_TITLE, indices, title, year
from kehoach.rules import data, first, line_rule, phrases
from kehoach.text import closed_up, edits, fold_each, nearly, without_specks

FULL_DATE = len("2024-01-31")
# Confidence: printed figures of poor scans have 0.88 and more, handwriting 0.21 to 0.875 (15 real scans).
SURE_FIGURE = 0.878
SURE_NAME = 0.8  # confidence of a name's poorest word; a seal over letters leaves 0.3 to 0.75
STRAY_LENGTH = 4  # characters of handwriting that stands as a line of its own
STRAY_DISTANCE = (
    0.025  # share of the page's height between the middles of a line and of what is written in it
)
PAGE_MIDDLE = 0.45  # share of the page's width; number left of it, place and date right
NEARLY = 0.85  # likeness of letters (see outline/parts.py)
_SAYS_KIND = re.compile(r"\b(?:tren day la|ban hanh)\s+(?:ban\s+)?(?P<kind>[a-z]+ [a-z]+)\b")


@dataclass(frozen=True, slots=True)
class _Printed:
    """What the lines of head and appendices print."""

    numbered: Numbered
    dated: Dated
    attached: Attached


def header(plan: Plan, parts: Parts) -> tuple[Header, tuple[tuple[str, str], ...]]:
    """The facts of head and foot, and what is printed there but could not be read: (field, reason) pairs."""
    lines = tuple(_head_lines(plan, parts))
    appendix = (strip for one in parts.appendices for strip in strips(plan, one))
    trust = partial(_is_sure, plan)
    printed = _Printed(numbered(lines, trust), dated(lines, trust), attached(appendix))
    printed = _with_strays(plan, lines, printed)
    unread = _unread(plan, printed)
    number, issued_on = _number(printed, unread), _issued_on(printed, unread)
    words, title_span = title(plan, parts)
    place_span = dict(printed.dated.spans).get("place")
    by, issuer_span = issuer(
        plan,
        _letterhead(plan, parts, lines),
        Clues(printed.dated.place, place_span, title_span, issued_on),
    )
    foot = foot_parts(tuple(strips(plan, parts.foot)))
    signed, signer_spans = signer(foot)
    if _is_name_lost(plan, parts, signed, dict(signer_spans)):
        unread.setdefault("document.signer.name", "unreadable")
    settled, named_year = year(words)
    kind = _type(plan, parts, printed)
    found = Header(
        type=kind,
        number=number,
        symbol=_symbol(printed, kind),
        issued_on=issued_on,
        place=_place(plan, printed.dated.place, place_span, by),
        issuer=by,
        title=words,
        year=named_year if settled or issued_on is None else int(issued_on[:4]),
        indices=indices(plan, parts, words),
        signer=replace(signed, name=None) if "document.signer.name" in unread else signed,
        status=_status(plan, printed, number, issued_on, unread),
        recipients=recipients(plan, foot),
    )
    spans = [*printed.attached.spans, *printed.dated.spans, *printed.numbered.spans, *signer_spans]
    spans += [(path, span) for path, span in (("title", title_span), ("issuer.name", issuer_span)) if span]
    anchors = {path: plan.anchor(span) for path, span in spans if _value(found, path) is not None}
    return replace(found, anchors=tuple(anchors.items())), tuple(unread.items())


def _value(found: Header, path: str) -> object:
    value: object = found
    for name in path.split("."):
        value = getattr(value, name)
    return value


def _place(plan: Plan, printed: str | None, span: Span | None, by: Issuer) -> str | None:
    """The place line's name; where OCR read it, in the spelling that most of the document's lines have."""
    if printed is None or span is None or plan.anchor(span).confidence is None:
        return printed
    names = (by.commune, by.district, by.province)
    return next((name for name in names if name and fold_each(name) == fold_each(printed)), printed)


def _head_lines(plan: Plan, parts: Parts) -> Iterator[Strip]:
    """Lines before the body, without type, title and addressees; the motto's words are blanked out."""
    for index in range(min(parts.body.start, len(plan.blocks))):
        if index == parts.type_line or parts.addressees.start <= index < parts.addressees.end:
            continue
        for strip in strips(plan, Range(index, index + 1)):
            if parts.title.start <= index < parts.title.end and _mark(strip) not in NOT_TITLE:
                continue
            bare = list(strip.text)
            for motto in data("rules/mottos.yaml")["lines"]:
                if found := nearly(strip.text, motto, NEARLY):
                    bare[slice(*found)] = " " * (found[1] - found[0])
            if any(char.isalnum() for char in bare):
                yield Strip(closed_up(without_specks("".join(bare)), head_words()), strip.start)


def _mark(strip: Strip) -> str:
    rule = line_rule("parts", strip.text.strip())
    return rule.value if rule else ""


def _letterhead(plan: Plan, parts: Parts, lines: Sequence[Strip]) -> list[Strip]:
    """The lines above type word or reference that may name the issuer: no number, date or stamp."""
    first_line = parts.title.start if parts.type_line is None else parts.type_line
    has_first = first_line < len(plan.blocks) and (
        parts.type_line is not None or parts.title.end > first_line
    )
    limit = plan.blocks[first_line].span.start if has_first else len(plan.text)
    kept: list[Strip] = []
    for strip in lines:
        if strip.start >= limit:
            break
        fields = any(rule.pattern.search(strip.folded.strip()) for rule in phrases("header"))
        if _mark(strip) in ("", "issuing", "position") and not fields:
            kept.append(strip)
    return kept


def _unread(plan: Plan, printed: _Printed) -> dict[str, str]:
    """Fields that stand on the page but could not be read, with the reason."""
    unread = dict(pair for page in plan.pages for pair in page.unread)
    if printed.numbered.unread:
        unread.setdefault("document.number", "unreadable")
    if printed.dated.unread:
        unread.setdefault("document.issued_on", "unreadable")
    lost = bool(plan.pages) and plan.pages[0].read_from is ReadFrom.NONE
    for path, line in (("document.number", printed.numbered), ("document.issued_on", printed.dated)):
        if lost and not line.printed:
            unread.setdefault(path, "page_lost")
    return unread


def _is_sure(plan: Plan, span: Span, least: float = SURE_FIGURE) -> bool:
    """Whether no recogniser doubts the words of `span`."""
    confidence = plan.anchor(span).confidence
    return confidence is None or confidence >= least


def _with_strays(plan: Plan, lines: Sequence[Strip], printed: _Printed) -> _Printed:
    """Ink beside a blank: a short doubtful figure of its own near the line is one written into its gap."""
    spans = dict(printed.numbered.spans) | dict(printed.dated.spans)
    for strip in lines:
        stray = plan.anchor(strip.span(0, len(strip.text)))
        if not _is_stray(strip, stray):
            continue
        if printed.numbered.number is None and _is_beside(stray, plan, spans.get("symbol")):
            printed = replace(printed, numbered=replace(printed.numbered, unread=True))
        short = len(printed.dated.iso or "") < FULL_DATE
        if short and _is_beside(stray, plan, spans.get("issued_on")):
            printed = replace(printed, dated=replace(printed.dated, unread=True))
    return printed


def _is_stray(strip: Strip, anchor: Anchor) -> bool:
    word = strip.text.strip()
    short = len(word) <= STRAY_LENGTH and any(char.isdigit() for char in word) and not _mark(strip)
    return short and anchor.confidence is not None and anchor.confidence < SURE_FIGURE


def _is_beside(stray: Anchor, plan: Plan, span: Span | None) -> bool:
    """Whether a run of ink stands at the height of a line and in its half of the page."""
    line = plan.anchor(span).boxes if span else ()
    if not line or not stray.boxes or line[0].page != stray.boxes[0].page:
        return False
    one, other = stray.boxes[0], line[0]
    near = abs((one.y0 + one.y1) - (other.y0 + other.y1)) / 2 <= STRAY_DISTANCE
    return near and (one.x0 < PAGE_MIDDLE) == (other.x0 < PAGE_MIDDLE)


def _is_name_lost(plan: Plan, parts: Parts, signed: Signer, spans: Mapping[str, Span]) -> bool:
    """Whether a foot that was read by OCR has no name, or one of which the recogniser is not sure."""
    if signed.name is not None:
        return not _is_sure(plan, spans["signer.name"], SURE_NAME)
    if parts.foot.start >= parts.foot.end:
        return False
    foot = plan.blocks[parts.foot.start].span
    return plan.anchor(foot).confidence is not None


def _symbol(printed: _Printed, kind: str) -> str | None:
    """The symbol; where its sign is one letter off that of the type word, the type word's sign."""
    found = printed.numbered.symbol or printed.attached.symbol
    signs = [one for rule in phrases("types") if rule.value == kind for one in rule.params["abbreviation"]]
    every = [one for rule in phrases("types") for one in rule.params["abbreviation"]]
    lead, hyphen, rest = (found or "").partition("-")
    if not hyphen or lead in every:
        return found
    near = [sign for sign in signs if edits(fold_each(sign), fold_each(lead)) <= 1]
    return f"{near[0]}-{rest}" if len(near) == 1 else found


def _number(printed: _Printed, unread: dict[str, str]) -> str | None:
    """The head's number; where the head is lost or unreadable, the one that an appendix repeats."""
    line, repeated = printed.numbered, printed.attached
    if line.printed and "document.number" not in unread:
        return line.number
    if (
        repeated.number is None
        or (line.number and line.number != repeated.number)
        or (line.symbol or repeated.symbol) != repeated.symbol
    ):
        return None
    unread.pop("document.number", None)
    return repeated.number


def _issued_on(printed: _Printed, unread: dict[str, str]) -> str | None:
    """The head's date; of one that is written by hand or covered only the year; else an appendix's."""
    line, repeated = printed.dated, printed.attached
    if line.printed and "document.issued_on" not in unread:
        return line.iso
    if repeated.issued_on is not None and (line.iso is None or repeated.issued_on[:4] == line.iso[:4]):
        unread.pop("document.issued_on", None)
        return repeated.issued_on
    if unread.get("document.issued_on") == "unreadable" and line.unread:
        return line.iso
    return line.iso[:4] if line.iso else None


def _type(plan: Plan, parts: Parts, printed: _Printed) -> str:
    """By the type word, the symbol's sign, V/v or Kính gửi, else by what the document calls itself."""
    if parts.type_line is not None:
        span = plan.blocks[parts.type_line].span
        text = plan.text[span.start : span.end]
        joined = "".join(char for char in text if char.isalnum())
        found = first(phrases("types"), fold_each(text)) or first(phrases("types"), fold_each(joined))
        return found[0].value if found else "khac"
    sign = (printed.numbered.symbol or printed.attached.symbol or "").split("-")[0].split("/")[0]
    by_sign = {one: rule.value for rule in phrases("types") for one in rule.params["abbreviation"]}
    if sign in by_sign:
        return by_sign[sign]
    if parts.title.end > parts.title.start or parts.addressees.end > parts.addressees.start:
        return "cong_van"
    return printed.attached.type or _called(plan, parts) or "khac"


def _called(plan: Plan, parts: Parts) -> str | None:
    """ "Trên đây là Kế hoạch …", "UBND xã ban hành Kế hoạch …" in the body."""
    for strip in strips(plan, parts.body):
        for match in _SAYS_KIND.finditer(strip.folded):
            found = first(phrases("types"), match["kind"])
            if found and found[1].end() == len(match["kind"]):
                return found[0].value
    return None


def _status(
    plan: Plan, printed: _Printed, number: str | None, issued_on: str | None, unread: dict[str, str]
) -> str | None:
    """The ladder of the contract. Figures that are there but unreadable count as being there."""
    head = (strip for block in plan.blocks[:20] for strip in (Strip(plan.text[slice(*block.span)], 0),))
    if any(_mark(strip) == "draft" for strip in head):
        return "draft"
    if not printed.numbered.printed and not printed.dated.printed and number is None and issued_on is None:
        return None
    if not printed.dated.printed and issued_on is None and printed.numbered.number is not None:
        return None  # a numbered document has a date: its line is lost
    is_dated = "document.issued_on" in unread or (issued_on is not None and len(issued_on) == FULL_DATE)
    if not is_dated:
        return "unissued"
    if number is None and "document.number" not in unread:
        return "dated_unnumbered"
    return "issued" if any(page.seal_seen for page in plan.pages) else "issued_unverified"
