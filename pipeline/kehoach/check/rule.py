"""One rule of a checklist: what it asks, of whom, how much it weighs and what to write when it fails."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from kehoach import patterns
from kehoach.document.finding import Severity
from kehoach.rules import compiled

WORDS = "words"  # params that end so are patterns on folded text


@dataclass(frozen=True, slots=True)
class CheckRule:
    """One rule. `needs`: first, sign or all, the pages without which absence says nothing; `fields`: those
    of the record that must have been read; `place`: where what is absent should have stood; `sure`: OCR
    confidence below which words of a scan prove nothing; `severity_from`: another weight from a day on;
    `uncited`: variants of which the cited law does not speak.
    """

    id: str
    title: str
    severity: Severity
    basis: str
    cite: str
    test: str
    message: str
    fix: str
    place: str = "body"
    needs: str = ""
    fields: tuple[str, ...] = ()
    sure: float = 0.0
    verified: bool = False
    source: str = ""
    variants: Mapping[str, str] = field(default_factory=dict)
    uncited: tuple[str, ...] = ()
    params: Mapping[str, Any] = field(default_factory=dict)
    types: tuple[str, ...] = ()
    not_types: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    severity_from: tuple[tuple[date, Severity], ...] = ()
    examples: tuple[Mapping[str, Any], ...] = ()
    counterexamples: tuple[Mapping[str, Any], ...] = ()
    note: str = ""

    def pattern(self, name: str = WORDS) -> re.Pattern[str]:
        """The pattern of a param, for folded text."""
        return compiled_words(str(self.params[name]))

    @property
    def article(self) -> str | None:
        """The article to quote: only of a law whose text was read."""
        return self.cite if self.basis == "law" and self.verified else None


@lru_cache
def compiled_words(words: str) -> re.Pattern[str]:
    """A pattern of a checklist, once. Folded text has no capitals; not to care for them is faster."""
    return patterns.compiled(compiled(words).pattern)
