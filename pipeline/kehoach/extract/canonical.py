"""Canonical units: one id for "VP-TK", "Văn phòng – thống kê" and "Công chức VP-TK xã", by level and date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kehoach.rules import data
from kehoach.text import fold, same_tone_place


@lru_cache
def _by_name() -> dict[str, tuple[dict[str, str], ...]]:
    table: dict[str, list[dict[str, str]]] = {}
    for unit in data("units/units.yaml")["units"]:
        for name in {_key(one) for one in (unit["name"], *unit.get("aliases", ()))}:
            table.setdefault(name, []).append(unit)
    return {name: tuple(units) for name, units in table.items()}


def _key(name: str) -> str:
    name = re.sub(r"\s*[-–—]\s*", "-", same_tone_place(name))
    return " ".join(re.sub(r"^(?:các|công chức|đồng chí)\s+", "", fold(name)).split())


def canonical(name: str, *, level: str | None, on: str | None = None) -> str | None:
    """The id of the unit that `name` means in a document of `level` (xa, huyen, tinh) issued `on`; None if
    unknown.

    Ambiguity is kept: where several units bear the name and neither level nor date tells them apart, None.
    """
    candidates: Sequence[dict[str, str]] = _by_name().get(_key(name), ())
    fitting = [unit for unit in candidates if unit.get("level") in (level, None)] or list(candidates)
    if on:
        fitting = [
            u for u in fitting if u.get("valid_from", "") <= on and on <= u.get("valid_to", "9999")
        ] or fitting
    return fitting[0]["id"] if len({unit["id"] for unit in fitting}) == 1 else None
