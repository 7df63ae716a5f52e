"""Recipients (Nơi nhận): an item each, with the purpose that its brackets give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kehoach.document.facts import Recipient
from kehoach.document.plan import Plan, Span
from kehoach.extract.signer import Part
from kehoach.rules import data, first, phrases
from kehoach.text import fold_each, one_line

ITEM_LENGTH = 250  # characters; a longer run is no recipient
_LABEL = re.compile(r"^\W*n[oa0]i nh[aeo]n\s*[:.;,]?\s*")
_MARK = re.compile(r"^(?:[^\w(]|ˆ)*[-–—+•*~_=>][^\w(]*")
_INNER = re.compile(r"(?<=[;.])\s+[-–—+•]\s*(?=\S)")
_BRACKETS = re.compile(r"\s*\(\s*(?P<purpose>[^()]{1,40}?)\s*\)?\s*[;.,]*\s*$")
_SIGNED = re.compile(r"^\W*(?:da ky|ky ten|ky, dong dau|da ky va dong dau|ho va ten)\W*$")
_SPECK = re.compile(r"(?<=[\w)][.;])\s+\S\W*$")  # a letter that dust behind the closing mark was read as
_CLOSED = re.compile(r"[;.]\s*$")


def recipients(plan: Plan, parts: Sequence[Part]) -> tuple[Recipient, ...]:
    """The items after the words "Nơi nhận", those between the signature's lines too."""
    items: list[Span] = []
    # Where the words "Nơi nhận" are lost the list's first mark opens it.
    listing = bool(parts) and parts[0].kind == "text" and bool(_MARK.match(parts[0].text))
    for part in parts:
        if part.kind != "text" or _SIGNED.match(fold_each(part.text)):
            continue
        for span in _pieces(plan, part.span):
            folded = fold_each(plan.text[span.start : span.end])
            if label := _LABEL.match(folded):
                listing, span = True, Span(span.start + label.end(), span.end)
            if listing and span.start < span.end:
                _add(plan, items, span)
    return tuple(found for span in items if (found := _recipient(plan, span)))


def _pieces(plan: Plan, span: Span) -> Iterator[Span]:
    """A line that holds several items ("- A; - B;")."""
    start = span.start
    for inner in _INNER.finditer(plan.text[span.start : span.end]):
        yield Span(start, span.start + inner.start())
        start = span.start + inner.start()
    yield Span(start, span.end)


def _add(plan: Plan, items: list[Span], span: Span) -> None:
    """A new item, or the rest of the one before that has no closing mark."""
    text = plan.text[span.start : span.end]
    before = plan.text[items[-1].start : items[-1].end] if items else ""
    bare = _MARK.sub("", text)
    is_open = bool(items) and not _CLOSED.search(before)
    # "… tổ chức chính trị / - xã hội xã": a dash before a small letter is no list mark.
    goes_on = is_open if not _MARK.match(text) else is_open and bare[:1].islower()
    goes_on = goes_on or (bool(items) and not _MARK.match(text) and bare[:1].islower())
    if goes_on and len(before) + len(text) <= ITEM_LENGTH:
        items[-1] = Span(items[-1].start, span.end)
    elif any(char.isalpha() for char in text):
        items.append(span)


def _restored(plan: Plan, span: Span, words: str) -> str:
    """A purpose that OCR read with slips in the spelling that everybody knows: `đế báo cáo`, `b/C`, `th`."""
    if plan.anchor(span).confidence is None:
        return words
    known = {_letters(one): str(one) for one in data("rules/recipients.yaml")["spellings"]}
    return known.get(_letters(words), words)


def _letters(words: str) -> str:
    return "".join(char for char in fold_each(words).replace("€", "c") if char.isalnum())


def _recipient(plan: Plan, span: Span) -> Recipient | None:
    text = plan.text[span.start : span.end]
    lead = _MARK.match(text)
    start = lead.end() if lead else len(text) - len(text.lstrip())
    body = text[start:]
    purpose = None
    if brackets := _BRACKETS.search(body):
        words = one_line(brackets["purpose"])
        if first(phrases("recipients"), fold_each(words)):
            purpose, body = _restored(plan, span, words), body[: brackets.start()]
    name = _SPECK.sub("", one_line(body)).rstrip(" ;.,:")
    if not any(char.isalpha() for char in name) or len(name) > ITEM_LENGTH:
        return None
    return Recipient(name, purpose, plan.anchor(Span(span.start + start, span.end)))
