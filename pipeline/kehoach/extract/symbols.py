"""Numbers and symbols of documents (số, ký hiệu) as they are written, slips of OCR in known parts undone."""

from __future__ import annotations

import re
from functools import lru_cache

from kehoach.rules import data
from kehoach.text import fold_each

_BLANK = re.compile(r"[\W_]*")
_NUMBER = re.compile(r"\d{1,5}(?:[a-zđ]|\.\d{1,2})?")


def symbol(printed: str) -> str | None:
    """`KH - UBND` as `KH-UBND`, `KH-UBNĐ` as `KH-UBND`, `KHUBND` as `KH-UBND`; None where nothing stands."""
    bare = re.sub(r"\s+", "", printed).replace("–", "-").replace("—", "-").strip(".-/,;")
    if not bare:
        return None
    parts = re.split(r"([-/])", bare)
    known = "".join(part if part in "-/" else _part(part) for part in parts)
    return known if "-" in known or "/" in known else _split(known)


def is_known(part: str) -> bool:
    """Whether a part of a symbol is one that such documents have."""
    return fold_each(part.strip()) in _known()


def number(printed: str) -> tuple[str | None, bool]:
    """The number before the slash, and whether something else stands there; a blank gives None and False."""
    if _BLANK.fullmatch(printed):
        return None, False
    found = printed.strip(" .:_…'’‘`~|,*")
    return (found, False) if _NUMBER.fullmatch(found) else (None, True)


def _part(part: str) -> str:
    """The known spelling of a part that differs in marks only; else as printed."""
    return _known().get(fold_each(part), part) if part not in _known().values() else part


def _split(joined: str) -> str:
    """A hyphen that got lost between a known kind and a known body."""
    folded = fold_each(joined)
    for kind in _kinds():
        if folded.startswith(fold_each(kind)) and (body := _known().get(folded[len(kind) :])):
            return f"{kind}-{body}"
    return joined


@lru_cache
def _known() -> dict[str, str]:
    """Folded spelling to spelling; where two fold alike (CT, CTr do not) the first stands."""
    table = data("rules/symbols.yaml")
    known: dict[str, str] = {}
    for part in (*table["kinds"], *table["bodies"]):
        known.setdefault(fold_each(part), part)
    return known


@lru_cache
def _kinds() -> tuple[str, ...]:
    return tuple(sorted(data("rules/symbols.yaml")["kinds"], key=len, reverse=True))
