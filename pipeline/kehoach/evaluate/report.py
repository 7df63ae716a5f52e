"""Figures as lines and as plain values: blocks by variant, intervals, misses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kehoach.evaluate.intervals import Interval
from kehoach.evaluate.scores import Miss, Scores
from kehoach.evaluate.variants import evaluate
from kehoach.messages import _
from kehoach.sqlite import Database

ALL = "all"  # instead of a field's name: the misses of every field

Intervals = Mapping[str, Mapping[str, Interval]]


def report(db: Database, gold_dir: Path, *, misses: int = 0) -> Iterator[str]:
    """The figures as lines, a block a variant, and up to `misses` misses of each field."""
    yield from lines(evaluate(db, gold_dir), gold_dir, ALL if misses else "", most=misses)


def lines(
    found: Mapping[str, Scores],
    gold_dir: Path,
    field: str = "",
    *,
    intervals: Intervals | None = None,
    most: int | None = None,
) -> Iterator[str]:
    """As `report`, of what has been evaluated: the misses of one field, of ALL, or of none ("")."""
    if not found:
        yield _("The database has no plan that {gold} names.").format(gold=gold_dir)
    for variant, scores in found.items():
        yield f"{variant:20}{'P':>8}{'R':>8}{'F1':>8}{'gold':>7}{'pred':>7}" + ("  95 %" if intervals else "")
        for name, one in scores.figures().items():
            shares = "".join(f"{one[key]:8.3f}" for key in ("precision", "recall", "f1"))
            between = _between(intervals[variant][name]) if intervals else ""
            yield f"  {name:18}{shares}{one['gold']:7}{one['pred']:7}{between}"
        if scores.missing:
            yield _("no record for: {plans}").format(plans=", ".join(scores.missing))
        for miss in _misses(scores, field, most):
            yield f"  [{miss.field}] {miss.plan}: {miss.text}"


def _between(interval: Interval) -> str:
    return f"  {interval[0]:.3f}–{interval[1]:.3f}"


def _misses(scores: Scores, field: str, most: int | None) -> Iterator[Miss]:
    """In the order of the figures, plan by plan."""
    for name in scores.tallies:
        if field in (ALL, name):
            yield from [one for one in scores.misses if one.field == name][:most]


def as_values(
    found: Mapping[str, Scores], field: str = "", *, intervals: Intervals | None = None
) -> dict[str, Any]:
    """Figures, missing plans and, where asked for, intervals and misses, by variant."""
    values: dict[str, Any] = {}
    for variant, scores in found.items():
        values[variant] = {"scores": scores.figures(), "missing": scores.missing}
        if intervals:
            values[variant]["intervals"] = {name: list(one) for name, one in intervals[variant].items()}
        if field:
            values[variant]["misses"] = [asdict(miss) for miss in _misses(scores, field, None)]
    return values
