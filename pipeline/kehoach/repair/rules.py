"""What models/lexicon/repair.yaml says of look-alikes, costs and names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kehoach.rules import data
from kehoach.text import fold

FILE = "lexicon/repair.yaml"


@dataclass(frozen=True, slots=True)
class Rules:
    """The file as values: costs, `threshold` and `margin` in nats; the others are confidences and words."""

    costs: Mapping[str, float]
    confusions: Mapping[tuple[str, str], float]
    capitals: float
    least: float
    sure_from: float
    sure_to: float
    sure_cost: float
    doubt: float
    threshold: float
    margin: float
    characters: Mapping[str, str]
    words: Mapping[str, str]
    titles: frozenset[str]
    family_names: frozenset[str]


@lru_cache
def rules() -> Rules:
    """The rules; read once a process."""
    told = data(FILE)
    sure = told["confidence"]
    return Rules(
        costs=told["costs"],
        confusions={pair: one["cost"] for one in told["confusions"] for pair in _pairs(one)},
        capitals=told["capitals"],
        least=sure["least"],
        sure_from=sure["from"],
        sure_to=sure["to"],
        sure_cost=sure["cost"],
        doubt=sure["doubt"],
        threshold=told["threshold"],
        margin=told["margin"],
        characters=told["characters"],
        words=told["words"],
        titles=frozenset(told["titles"]),
        family_names=frozenset(fold(name) for name in data("rules/surnames.yaml")["surnames"]),
    )


def _pairs(told: Mapping[str, str]) -> list[tuple[str, str]]:
    """What is read with each thing that it may have been; tones have names, letters stand side by side."""
    read, meant = told["read"], told["meant"]
    return [(read, one) for one in (meant if len(read) == 1 else (meant,))]
