"""What codes are called on the page, and how dates, numbers and shares are written in the user's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from kehoach.export.codes import DEADLINES, LEVELS, RECURRENCES, SECTIONS, STATUSES, TYPES
from kehoach.messages import N_, _, user_language

Words = Mapping[str, str]
NOTHING = "–"

VERDICTS: Words = MappingProxyType(
    {"fail": N_("fails"), "not_assessable": N_("not assessable"), "pass": N_("passes")}
)
SEVERITIES: Words = MappingProxyType(
    {"blocker": N_("blocker"), "major": N_("major"), "minor": N_("minor"), "info": N_("info")}
)
KINDS: Words = MappingProxyType(
    {
        "scan": N_("scan"),
        "digital": N_("digital"),
        "mixed": N_("partly scanned"),
        "docx": N_("Word file"),
        "image": N_("picture"),
        "text": N_("text file"),
    }
)
PROVENANCES: Words = MappingProxyType(
    {
        "print": N_("read from the picture"),
        "layer": N_("from the file's text"),
        "widget": N_("from the digital signature"),
    }
)
FIELDS: Words = MappingProxyType(
    {
        "type": N_("Type"),
        "issuer.name": N_("Issuer"),
        "number": N_("Number"),
        "symbol": N_("Symbol"),
        "issued_on": N_("Date of issue"),
        "place": N_("Place of issue"),
        "title": N_("Title"),
        "year": N_("Year"),
        "signer.authority": N_("Authority"),
        "signer.position": N_("Position"),
        "signer.name": N_("Signer"),
        "status": N_("Status"),
    }
)
REASONS: Words = MappingProxyType(
    {
        "ocr_sai": N_("misread"),
        "khong_ap_dung": N_("does not apply"),
        "da_co_o_phu_luc": N_("stands in an appendix"),
        "chap_nhan": N_("accepted"),
    }
)
VOCABULARY: Mapping[str, Words] = MappingProxyType(
    {
        "verdict": VERDICTS,
        "severity": SEVERITIES,
        "kind": KINDS,
        "provenance": PROVENANCES,
        "field": FIELDS,
        "type": TYPES,
        "status": STATUSES,
        "level": LEVELS,
        "deadline": DEADLINES,
        "recurrence": RECURRENCES,
        "section": SECTIONS,
        "reason": REASONS,
    }
)
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def word(code: str | None, vocabulary: str) -> str:
    """What a code is called; a code that no vocabulary knows stands for itself."""
    return NOTHING if code is None else _(VOCABULARY[vocabulary].get(code, code))


def day(value: Any) -> str:
    """A date (ISO text, as much as is known, or a date) as it is written in Vietnam: 02/03/2026."""
    found = _DAY.match(str(value)) if value else None
    return "/".join(part for part in reversed(found.groups()) if part) if found else NOTHING


def number(value: float | None) -> str:
    """1.234.567 and 98,5 in Vietnamese; 1,234,567 and 98.5 in English."""
    if value is None:
        return NOTHING
    written = f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"
    if user_language() != "vi":
        return written
    return written.translate(str.maketrans(",.", ".,"))


def share(value: float | None) -> str:
    """0.985 as 98,5 %; never rounded up to all."""
    return NOTHING if value is None else f"{number(int(value * 1000) / 10)} %"
