"""How a letter names a document, its sender and a day, in Vietnamese."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from kehoach.document.facts import Header, Record
from kehoach.document.finding import Finding, Verdict
from kehoach.letter.letterhead import blank
from kehoach.rules import data

QUOTED = 160  # characters of a quote in a letter; the plan has the rest
HINT = 20  # characters by which a message is seen to quote the evidence
_LIST_MARK = re.compile(r"“[-–+•] ?")
_SUBJECT_MARK = re.compile(r"^(?:V/v|Về việc)\s+", re.IGNORECASE)


def texts() -> Mapping[str, Any]:
    """The words of letters."""
    return data("letter/texts.yaml")  # type: ignore[no-any-return]


def document_type(head: Header) -> str:
    """Kế hoạch, Công văn …"""
    known: Mapping[str, str] = texts()["types"]
    return known.get(head.type, known["khac"])


def subject(head: Header) -> str:
    """The title as it stands within a sentence; empty where there is none."""
    return uncapitalised(_SUBJECT_MARK.sub("", head.title or "").strip(" ."))


def uncapitalised(text: str) -> str:
    """Small first letter, unless the word is in capitals or a name of one letter more."""
    first, second = text[:1], text[1:2]
    return first.lower() + text[1:] if second.islower() or not second.isalpha() else text


def named(record: Record) -> str:
    """The document in full: type, number, day, issuer, subject; what is blank or unread is said to be."""
    head = record.header
    about = subject(head)
    issuer = f" của {head.issuer.name}" if head.issuer.name else ""
    said = [one for one in (_number(record), _issued(record)) if one[-1].isdigit() or "/" in one]
    lacking = [one for one in (_number(record), _issued(record)) if one not in said]
    parts = (document_type(head), *said, *([f"({', '.join(lacking)})"] if lacking else ()))
    return " ".join(parts) + issuer + (f" về {about}" if about else "")


def _number(record: Record) -> str:
    head = record.header
    if head.number:
        return f"số {head.number}/{head.symbol}" if head.symbol else f"số {head.number}"
    return str(texts()["unread_number" if "document.number" in dict(record.unread) else "no_number"])


def _issued(record: Record) -> str:
    printed = record.header.issued_on or ""
    match printed.split("-"):
        case [year, month, number]:
            return f"ngày {number}/{month}/{year}"
        case [year, month]:
            return f"tháng {month}/{year}"
    return str(texts()["unread_date" if "document.issued_on" in dict(record.unread) else "no_date"])


def issuer(head: Header) -> str:
    """The sender in full, for Kính gửi."""
    name = head.issuer.name or blank()
    return re.sub(r"\bUBND\b", texts()["agency_words"]["ubnd"], name)


def short_issuer(head: Header) -> str:
    """The sender as a sentence calls it: UBND xã, UBND huyện; else the whole name."""
    name = head.issuer.name or ""
    own = {"xa": head.issuer.commune, "huyen": head.issuer.district, "tinh": head.issuer.province}
    place = own.get(head.issuer.level or "")
    return name.removesuffix(place).strip() if place and name.endswith(place) else name or blank()


def day(iso: str) -> str:
    """An ISO time as 05/01/2026."""
    return f"{datetime.fromisoformat(iso).astimezone():%d/%m/%Y}"


def today_line(place: str, today: date) -> str:
    """Địa danh and the day, which the clerk fills in."""
    day_words = texts()["date"].format(ngay=blank(), thang=blank(), nam=today.year)
    return f"{place}, {day_words}"


def shortened(text: str, most: int = QUOTED) -> str:
    """Words that do not fill the page."""
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"


def told(finding: Finding) -> str:
    """What was found, without the full stop; the quote where the message does not have it."""
    text = _LIST_MARK.sub("“", finding.message.rstrip(".")).replace(" / ", "/")
    quote = finding.evidence or ""
    if finding.verdict is Verdict.FAIL and _letters(quote)[:HINT] not in _letters(finding.message):
        text += f": “{shortened(quote)}”"
    return text


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def capitalised(text: str) -> str:
    """Large first letter."""
    return text[:1].upper() + text[1:]


def in_full(article: str) -> str:
    """An article with the kind of document written out: NĐ 30/2020/NĐ-CP as Nghị định số 30/2020/NĐ-CP."""
    for short, long in texts()["in_full"].items():
        article = re.sub(rf"\b{short} (?=\d)", f"{long} ", article)
    return article
