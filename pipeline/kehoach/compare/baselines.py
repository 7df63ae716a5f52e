"""From where a target starts: the figure of an earlier time that its own clause names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kehoach.rules import Rule, first, load_phrases, models_dir
from kehoach.text import one_line


@dataclass(frozen=True, slots=True)
class Baseline:
    """A figure that was reached before. `unit`, `year`: None where not said; `words`: as printed."""

    value: float
    unit: str | None
    year: int | None
    words: str


def baseline(text: str) -> Baseline | None:
    """The figure from which the target of a clause starts; None where the clause names none."""
    said = one_line(text)
    found = first(_rules(), said)
    if found is None:
        return None
    _rule, match = found
    year = match["year"]
    value = float(match["value"].replace(".", "").replace(",", "."))
    return Baseline(value, match["unit"], int(year) if year else None, match[0])


@lru_cache
def _rules() -> tuple[Rule, ...]:
    return load_phrases(models_dir() / "compare" / "baselines.yaml")
