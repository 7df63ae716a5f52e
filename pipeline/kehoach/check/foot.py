"""The foot of a document: authority, signer, signature and seal, recipients, closing mark; and its page
numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kehoach.check.gaps import PageNumber, printed_numbers
from kehoach.check.rule import CheckRule
from kehoach.check.sight import Sight
from kehoach.check.verdicts import Judged, absent, failed, passed, unknown
from kehoach.document.facts import LineRole, Recipient
from kehoach.document.finding import Severity
from kehoach.document.page import ReadFrom
from kehoach.document.plan import Span
from kehoach.text import fold

FULL_DATE = len("2024-01-31")
TOP_MARGIN = 0.12  # of the page's height: 30 mm of A4, margin and the number's own line
CENTRE = (0.38, 0.62)  # of the page's width
MOST = 0.5  # share of pages
TAIL_WORDS = 8  # quoted at the end of the text


def authority(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """The signer's authority (quyền hạn): a plan of a UBND is signed TM., by a deputy KT. under it.
    params: `collective_types`, documents that the chairman does not issue by himself.
    """
    head = sight.record.header
    span = sight.anchored("signer.authority")
    said = (head.signer.authority or "").upper()
    if not fold(head.issuer.name or "").startswith("ubnd"):
        return
    if re.search(r"\bTM\b|T/M", said):
        yield passed(span)
    elif re.search(r"\bT(?:L|UQ)\b", said):
        yield failed(span, severity=Severity.INFO, variant="delegated")
    elif re.search(r"\bKT\b", said) and head.type in rule.params["collective_types"]:
        yield failed(span, severity=Severity.MINOR)
    elif said:
        yield passed(span)
    else:
        yield _foot_absent(sight)


def _foot_absent(sight: Sight) -> Judged:
    """Something of the signature block is missing: a seal or a bad scan may hide it."""
    if not sight.has_foot:
        return unknown("sign_lost")
    return unknown("seal_may_cover") if sight.is_scan or not sight.has_pictures else absent()


def position(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """The signer's position is printed."""
    found = sight.record.header.signer.position
    yield passed(sight.anchored("signer.position")) if found else _foot_absent(sight)


def signer_name(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """The signer's full name is printed, without title or degree. params: `words`, titles before a name."""
    name = sight.record.header.signer.name
    span = sight.anchored("signer.name")
    if not name:
        sealed = any(page.seal_seen for page in sight.plan.pages)
        yield unknown("seal_may_cover") if sealed else _foot_absent(sight)
    elif rule.pattern().search(fold(name)):
        yield failed(span)
    else:
        yield passed(span)


def signed(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """A signature or a seal was seen. Only a file that is plainly not issued can fail: a black copy shows
    none.
    """
    head = sight.record.header
    if sight.record.signatures or any(page.seal_seen for page in sight.plan.pages):
        yield passed(sight.anchored("signer.name"))
    elif not sight.has_pictures:
        yield unknown("no_picture")
    elif not sight.is_scan and not head.number and len(head.issued_on or "") < FULL_DATE:
        yield absent()
    else:
        yield unknown("seal_unseen")


def signature_place(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """An electronic signature shows on the page that is signed, or at the head of the first."""
    shown = [one for one in sight.record.signatures if one.box]
    if not shown:
        yield unknown("no_signature")
        return
    pages = {row.page for row in sight.of(LineRole.SIGNATURE)} | {1}
    if all(one.page in pages for one in shown):
        yield passed(sight.anchored("signer.name"))
    else:
        yield unknown("signature_elsewhere")


def recipients(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """Somebody receives the document, beside the archive."""
    items = [one for one in sight.record.header.recipients if not _archive(one)]
    if items:
        yield passed(items[0].anchor.span)
    else:
        yield _recipients_absent(sight)


def _archive(item: Recipient) -> bool:
    return fold(item.name).startswith("luu")


def _recipients_absent(sight: Sight) -> Judged:
    if not sight.has_foot:
        return unknown("sign_lost")
    return unknown("scan_may_miss") if sight.is_scan else absent()


def archive(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """The last recipient is the archive of the office (Lưu: VT). params: `words`, its sign."""
    items = sight.record.header.recipients
    item = next((one for one in reversed(items) if _archive(one)), None)
    if item is None:
        yield _recipients_absent(sight) if not items else absent(variant="missing")
    elif rule.pattern().search(fold(item.name)):
        yield passed(item.anchor.span)
    else:
        yield failed(item.anchor.span)


def as_above(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """A document with addressees sends it first to them (Như trên)."""
    head = sight.record.header
    if not any(sight.of(LineRole.ADDRESSEE)):
        return
    item = next(
        (one for one in head.recipients if re.search(r"\bnhu (?:tren|kinh gui)\b", fold(one.name))), None
    )
    if item is not None:
        yield passed(item.anchor.span)
    elif head.recipients:
        yield failed(head.recipients[0].anchor.span)
    else:
        yield _recipients_absent(sight)


def closing_mark(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """The text ends with “./.”; letters behind its stop are the drafter's initials."""
    rows = tuple(row for row in sight.main() if row.role is not LineRole.FOOTNOTE)
    row = rows[-1] if rows else None
    if row is None or not sight.has_foot:
        yield unknown("sign_lost")
        return
    text = sight.plan.text[row.span.start : row.span.end]
    words = list(re.finditer(r"\S+", text))[-TAIL_WORDS:]
    tail = Span(row.span.start + words[0].start(), row.span.end) if words else row.span
    if re.search(r"[./]\s*/\s*\.?\s*\W*$", text):
        yield passed(tail)
    elif sight.is_scan or re.search(r"[./]\s*\w{1,5}\W*$", text) or row.role is LineRole.TABLE_ROW:
        yield unknown("initials", tail)
    else:
        yield failed(tail)


def page_numbers(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """From page 2 on, numbers stand in the middle of the top margin."""
    pages = sight.plan.pages
    if not sight.has_pictures or len(pages) < 2:
        yield unknown("no_margin" if not sight.has_pictures else "one_page")
        return
    later = [one for one in printed_numbers(pages) if one.page > 1]
    written = sum(page.read_from is not ReadFrom.NONE for page in pages[1:])
    if len(later) < MOST * written:
        yield unknown("scan_may_miss") if sight.is_scan or later else absent()
    elif sum(_in_place(one) for one in later) < MOST * len(later):
        yield absent(variant="elsewhere")
    else:
        yield passed()


def _in_place(number: PageNumber) -> bool:
    box = number.box
    return box is None or (box.y1 <= TOP_MARGIN and CENTRE[0] <= (box.x0 + box.x1) / 2 <= CENTRE[1])


def never(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """What no reading of ours can tell. params: `reason`."""
    yield unknown(rule.params["reason"])


TESTS = {
    "authority": authority,
    "position": position,
    "signer_name": signer_name,
    "signed": signed,
    "signature_place": signature_place,
    "recipients": recipients,
    "archive": archive,
    "as_above": as_above,
    "closing_mark": closing_mark,
    "page_numbers": page_numbers,
    "never": never,
}
