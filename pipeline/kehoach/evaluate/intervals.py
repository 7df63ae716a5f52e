"""Bootstrap intervals (Efron 1979): how far a figure would move with other plans of the same kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from kehoach.evaluate.scores import DIGITS_SHOWN, Scores, Tally

SEED = 20_250_701  # any will do; a fixed one makes two runs comparable
RESAMPLES = 2000  # the ends of a 95 % interval then move by under 0.01
PERCENTILES = (2.5, 97.5)  # of a 95 % interval

Interval = tuple[float, float]


def intervals(scores: Scores, seed: int = SEED) -> dict[str, Interval]:
    """The 95 % interval of each field's F1: plans are drawn anew, and items within each drawn plan.

    With one plan the items alone are drawn, and the interval says nothing of other plans.
    """
    chance = np.random.default_rng(seed)
    by_field: dict[str, list[Tally]] = {
        name: [of_plan[name] for of_plan in scores.by_plan.values() if name in of_plan]
        for name in scores.tallies
    }
    return {name: _interval(tallies, chance) for name, tallies in by_field.items()}


def _interval(tallies: Sequence[Tally], chance: np.random.Generator) -> Interval:
    """Each item is a hit, a miss, an extra, or wrong on both sides; counts are drawn as a multinomial."""
    kinds = np.array([_kinds(one) for one in tallies])
    totals = kinds.sum(axis=1)
    shares = kinds / np.maximum(totals, 1)[:, None]
    shares[totals == 0, 0] = 1.0
    drawn = chance.integers(0, len(tallies), (RESAMPLES, len(tallies)))
    counts = chance.multinomial(totals[drawn], shares[drawn]).sum(axis=1)
    hits, missed, extra, wrong = counts.T
    wanted, told = hits + missed + wrong, hits + extra + wrong
    both = wanted + told
    f1 = np.where(both > 0, 2 * hits / np.maximum(both, 1), 1.0)
    low, high = np.percentile(f1, PERCENTILES)
    return round(float(low), DIGITS_SHOWN), round(float(high), DIGITS_SHOWN)


def _kinds(tally: Tally) -> tuple[int, int, int, int]:
    return (
        tally.hits,
        tally.gold - tally.hits - tally.wrong,
        tally.predicted - tally.hits - tally.wrong,
        tally.wrong,
    )


def of_variants(found: Mapping[str, Scores], seed: int = SEED) -> dict[str, dict[str, Interval]]:
    """`intervals` by variant."""
    return {variant: intervals(scores, seed) for variant, scores in found.items()}
