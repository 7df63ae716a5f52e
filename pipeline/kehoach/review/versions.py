"""Which submissions are versions of one plan: same issuer, type, year and subject, one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from kehoach.document.facts import Header, Issuer
from kehoach.document.review import Submission
from kehoach.extract.identity import key
from kehoach.rules import compiled, data
from kehoach.text import fold, likeness, nfc, one_line

SAME_SUBJECT = 0.9  # likeness of titles without place and year: slips of OCR pass, another word does not
LEVELS = {"xa": "commune", "huyen": "district", "tinh": "province"}


def earlier(one: Submission, others: Iterable[Submission]) -> Submission | None:
    """The version of the same plan that came last before `one`; None where there is none."""
    before = [other for other in others if _age(other) < _age(one) and same_plan(one.header, other.header)]
    return max(before, key=_age, default=None)


def _age(one: Submission) -> tuple[str, int]:
    return one.received_at, one.document_id


def issuer_keys(issuer: Issuer) -> frozenset[str]:
    """What two issuers must share for `same_issuer` to be worth asking."""
    own = LEVELS.get(issuer.level or "")
    names = (issuer.name, getattr(issuer, own) if own else None)
    return frozenset(key(name) for name in names if name)


def same_plan(one: Header, other: Header) -> bool:
    """Whether two heads can be those of versions of one plan. A head without issuer or title is like none."""
    return (
        (one.type, one.year) == (other.type, other.year)
        and same_issuer(one.issuer, other.issuer)
        and same_subject(one, other)
    )


def same_issuer(one: Issuer, other: Issuer) -> bool:
    """Whether two issuers are one, by any spelling; a district or province that is not printed fits all."""
    if one.level != other.level:
        return False
    own = LEVELS.get(one.level or "")
    names = [(getattr(one, name), getattr(other, name)) for name in LEVELS.values()]
    if own and getattr(one, own) and getattr(other, own):
        return all(not (mine and yours) or key(mine) == key(yours) for mine, yours in names)
    return bool(one.name and other.name) and key(one.name or "") == key(other.name or "")


def same_subject(one: Header, other: Header) -> bool:
    """Whether two titles speak of one subject, place and year apart."""
    if not one.title or not other.title:
        return False
    mine, yours = (subject(head.title or "", _places(head.issuer)) for head in (one, other))
    return bool(mine) and likeness(mine, yours) >= SAME_SUBJECT


def _places(issuer: Issuer) -> tuple[str, ...]:
    return tuple(name for name in (issuer.commune, issuer.district, issuer.province) if name)


@lru_cache(maxsize=1 << 14)
def subject(title: str, places: tuple[str, ...] = ()) -> str:
    """What a title is about: folded, short forms written out, without places, year and "Kế hoạch"."""
    told = one_line(fold(nfc(title)))
    for name in places:
        told = re.sub(rf"\b{re.escape(one_line(fold(nfc(name))))}\b", " ", told)
    known = data("review/subjects.yaml")
    for short, long in known["short"].items():
        told = re.sub(rf"\b{short}\b", long, told)
    for pattern in known["left_out"]:
        told = one_line(compiled(pattern).sub(" ", told))
    return told.strip(" .,;:-")
