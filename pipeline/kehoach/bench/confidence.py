"""Whether confidence can be believed: of words said to be so sure, how many are right."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from statistics import fmean

from kehoach.bench import truth
from kehoach.bench.table import Table
from kehoach.bench.truth import Judged

NAME = "confidence"
EDGES = (0.0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99, 1.01)
_PERCENT = 100


def corpus() -> tuple[Path, ...]:
    """Scans of the corpus in the working folder."""
    return truth.corpus()


def bench(paths: Sequence[Path]) -> Table:
    """The reliability table of the words in these scans. Raises NotFound where no scan has a truth."""
    return table(truth.judged(paths))


def table(words: Sequence[Judged]) -> Table:
    """Words by confidence: how many, what was said on average, what is right; the mean gap of both."""
    rows, gap = [], 0.0
    for low, high in pairwise(EDGES):
        here = [one for one in words if low <= (one.word.confidence or 0.0) < high]
        if here:
            said = fmean(one.word.confidence or 0.0 for one in here)
            right = fmean(one.is_right for one in here)
            gap += abs(said - right) * len(here) / len(words)
            rows.append((f"{low:.2f} – {min(high, 1.0):.2f}", f"{len(here)}", f"{said:.3f}", f"{right:.3f}"))
    notes = (
        f"{len(words)} recognised words. A word is right where it equals the truth, punctuation and all.",
        f"Mean gap between said and right: {gap * _PERCENT:.2f} points.",
    )
    return Table(NAME, ("confidence", "words", "said", "right"), tuple(rows), notes)
