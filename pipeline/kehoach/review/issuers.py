"""Which of the issuers on a list sent a document, by any spelling of its name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from kehoach.document.facts import Issuer
from kehoach.extract.identity import key
from kehoach.review.versions import LEVELS, same_issuer
from kehoach.rules import data
from kehoach.text import nfc, one_line


def issuer_named(name: str, province: str | None = None) -> Issuer:
    """An issuer as a list names it: `UBND xã Nậm Khuông`, `phường Minh Lương`, or the bare `Bản Loan`, which
    is a commune's."""
    told = one_line(nfc(name))
    found = _named().match(told)
    if found is None:
        return Issuer(told, "xa", told, None, province)
    level = next(level for level, words in _words().items() if found["word"].casefold() in words)
    place = {LEVELS[level]: found["name"]}
    return Issuer(told, level, **({"province": province} | place if province else place))


def one_of(issuer: Issuer, listed: Iterable[Issuer]) -> Issuer | None:
    """The issuer of a list that this one is; None where none fits, or several do."""
    found = [one for one in listed if same_issuer(one, issuer)]
    return found[0] if len(found) == 1 else None


def places(issuer: Issuer) -> frozenset[str]:
    """Keys under which an issuer is looked up: those of its own place."""
    own = LEVELS.get(issuer.level or "")
    name = getattr(issuer, own) if own else issuer.name
    return frozenset({key(name)} if name else ())


def _words() -> dict[str, list[str]]:
    known: dict[str, list[str]] = data("places/names.yaml")["words"]
    return known


@lru_cache
def _named() -> re.Pattern[str]:
    words = sorted({word for group in _words().values() for word in group}, key=len, reverse=True)
    heads = r"(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân)"
    return re.compile(rf"^(?:{heads}\s+)?(?P<word>{'|'.join(words)})\.?\s+(?P<name>.+)$", re.IGNORECASE)
