"""Floors under the figures: what a change must not break, by variant and field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kehoach.errors import FloorsBroken, NotFound
from kehoach.evaluate.scores import Scores

Floors = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Fallen:
    """A figure below its floor. `reached`: None where the database has nothing to score."""

    variant: str
    field: str
    floor: float
    reached: float | None


def read_floors(path: Path) -> Floors:
    """Least F1 by variant and field, from YAML or JSON. Raises NotFound, FloorsBroken."""
    if not path.is_file():
        raise NotFound(name=path)
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise FloorsBroken(path=path, reason=" ".join(str(error).split())) from error
    if not isinstance(content, dict) or not content:
        raise FloorsBroken(path=path, reason="a mapping of variants is wanted")
    for variant, fields in content.items():
        if not isinstance(fields, dict) or not all(_is_share(value) for value in fields.values()):
            raise FloorsBroken(path=path, reason=f"{variant}: fields with figures from 0 to 1 are wanted")
    return content


def _is_share(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def fallen(found: Mapping[str, Scores], floors: Floors) -> tuple[Fallen, ...]:
    """What does not reach its floor; a variant or field that the database does not have does not either."""
    low = []
    for variant, fields in floors.items():
        figures = found[variant].figures() if variant in found else {}
        for name, floor in fields.items():
            reached = figures[name]["f1"] if name in figures else None
            if reached is None or reached < floor:
                low.append(Fallen(variant, name, float(floor), reached))
    return tuple(low)
