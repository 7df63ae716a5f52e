"""What mending does to recognised words: how many repairs, how many of them right, what stays wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from kehoach.bench import truth
from kehoach.bench.table import Table
from kehoach.bench.truth import Judged
from kehoach.text import plain

NAME = "repair"
SCORES = (3.0, 4.0, 6.0, 8.0, 10.0)  # nats; repairs below the first are not made


def corpus() -> tuple[Path, ...]:
    """Scans of the corpus in the working folder."""
    return truth.corpus()


def bench(paths: Sequence[Path]) -> Table:
    """The table of repairs in these scans. Raises NotFound where no scan has a truth."""
    return table(truth.judged(paths))


def table(words: Sequence[Judged]) -> Table:
    """Repairs by variant and by least score, their precision, and wrong words before and after."""
    rows = [row for variant in sorted({one.variant for one in words}) for row in _rows(words, variant)]
    notes = (
        "A repair agrees with the truth where letters and figures do; punctuation beside it is not its work.",
        "Least score “shape”: repairs that the word itself tells, such as — for –.",
    )
    columns = ("scans", "least score", "repairs", "agree", "harm", "precision", "wrong before", "wrong after")
    return Table(NAME, columns, tuple(rows), notes)


def _rows(words: Sequence[Judged], variant: str) -> Iterator[tuple[str, ...]]:
    here = [one for one in words if one.variant == variant]
    before, after = (f"{sum(not right for right in rights)}" for rights in _rights(here))
    known = [one for one in here if one.word.raw is not None and one.truth is not None]
    shapes = [one for one in known if one.word.repair_score is None]
    yield variant, "all", *_figures(known), before, after
    yield variant, "shape", *_figures(shapes), "", ""
    for least in SCORES:
        scored = [one for one in known if (one.word.repair_score or 0.0) >= least]
        yield variant, f"{least:.0f}", *_figures(scored), "", ""


def _rights(words: Sequence[Judged]) -> tuple[list[bool], list[bool]]:
    return [one.was_right for one in words], [one.is_right for one in words]


def _figures(repairs: Sequence[Judged]) -> tuple[str, str, str, str]:
    agree = sum(_agrees(one.word.text, one.truth) for one in repairs)
    harm = sum(_agrees(one.word.raw, one.truth) and not _agrees(one.word.text, one.truth) for one in repairs)
    share = f"{agree / len(repairs):.3f}" if repairs else "–"
    return f"{len(repairs)}", f"{agree}", f"{harm}", share


def _agrees(text: str | None, other: str | None) -> bool:
    """Alike in letters and figures; of signs alone, the signs themselves."""
    return text == other or (bool(plain(text or "")) and plain(text or "") == plain(other or ""))
