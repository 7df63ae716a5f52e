"""How alike two tasks are in meaning: shared notions, the rare ones weighing most (TF-IDF over notions)."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kehoach.compare.notions import conjuncts, notions
from kehoach.rules import data

_CLAUSE = re.compile(r"\s*(?:;|,?\s+đồng thời|\.\s+(?=\w))\s*")
LEAST_WORDS = 4  # of a clause; a shorter one is no duty of its own


@dataclass(frozen=True, slots=True)
class View:
    """A task or one of its clauses, as weighted notions; `things`: what it is about."""

    names: frozenset[str]
    things: frozenset[str]
    weight: float
    is_whole: bool


def settings() -> Mapping[str, Any]:
    """Weights and least scores (`models/compare/weights.yaml`)."""
    return data("compare/weights.yaml")  # type: ignore[no-any-return]


class Likeness:
    """Compares the tasks of two plans; what many of them share weighs little."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._settings = settings()
        told = [notions(text) for text in texts]
        self._count = len(told)
        self._seen = Counter(name for names in told for name in names)
        self._views: dict[str, tuple[View, ...]] = {}
        self._weights: dict[str, float] = {}

    def weight(self, name: str) -> float:
        """Of a notion: by kind and rarity."""
        if name not in self._weights:
            kind = self._settings["kinds"][name.split(".", 1)[0]]
            rarity = math.log((self._count + 1) / (self._seen.get(name, 0) + 0.5))
            self._weights[name] = float(kind * max(rarity, 0.0))
        return self._weights[name]

    def weight_of(self, names: Iterable[str]) -> float:
        """Of several notions together."""
        return sum(map(self.weight, names))

    def views(self, text: str) -> tuple[View, ...]:
        """The whole task first, then those of its clauses that bear enough of it."""
        if text not in self._views:
            whole = self._view(text, is_whole=True)
            parts = [part for part in _CLAUSE.split(text) if len(part.split()) >= LEAST_WORDS]
            clauses = [self._view(part, is_whole=False) for part in parts] if len(parts) > 1 else []
            least = self._settings["clause_share"] * whole.weight
            self._views[text] = (whole, *(one for one in clauses if one.weight >= least))
        return self._views[text]

    def _view(self, text: str, *, is_whole: bool) -> View:
        names = frozenset(notions(text))
        things = frozenset(name for name in names if name.startswith("things."))
        return View(names, things, self.weight_of(names), is_whole)

    def scores(self, superior: str, other: str) -> tuple[float, ...]:
        """By view of `other` (the whole first), the likeness of the superior's view that is most like it."""
        wanted = self.views(superior)
        return tuple(max(self._overlap(one, view) for one in wanted) for view in self.views(other))

    def is_contrast(self, superior: str, other: str) -> bool:
        """Whether each is largely about things that the other does not name, though they share words."""
        one, two = self.views(superior)[0], self.views(other)[0]
        share = min(self._share_of_own(one, two), self._share_of_own(two, one))
        return bool(share >= self._settings["contrast"])

    def _share_of_own(self, one: View, other: View) -> float:
        return self.weight_of(one.things - other.things) / (one.weight or 1.0)

    def conjunct(self, superior: str, other: str) -> int:
        """The conjunct of the superior's task that `other` carries out best, from 1; 0: several as well."""
        told = set(notions(other))
        parts = conjuncts(superior)
        shares = [self.weight_of(one & told) / (self.weight_of(one) or 1.0) for one in parts]
        best = max(shares)
        return shares.index(best) + 1 if best and shares.count(best) == 1 else 0

    def _overlap(self, one: View, other: View) -> float:
        shared = one.names & other.names
        if not shared:
            return 0.0
        whole = math.sqrt(one.weight * other.weight)
        part = 1.0 if one.is_whole and other.is_whole else self._settings["clause"]
        if one.things and other.things and not one.things & other.things:
            part *= self._settings["other_things"]
        return float(part * self.weight_of(shared) / whole) if whole else 0.0
