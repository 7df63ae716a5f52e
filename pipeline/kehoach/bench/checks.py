"""A check of a plan that has been read, in milliseconds."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from kehoach.bench import language
from kehoach.bench.table import Table, machine
from kehoach.check.findings import findings
from kehoach.document.facts import Record
from kehoach.document.finding import Verdict
from kehoach.document.outline import Outline
from kehoach.document.plan import Plan
from kehoach.errors import NotFound
from kehoach.ingest.discover import files
from kehoach.run.understand import understood

NAME = "checks"
ROUNDS = 15  # the fastest counts: what else the machine did only ever adds
MS = 1000.0  # milliseconds a second
AIM_MS = 20.0  # a plan (issue 6)

Seen = tuple[Plan, Outline, Record]


def corpus() -> tuple[Path, ...]:
    """The files of the corpus in the working folder; none where it is not there."""
    return language.corpus()


def bench(paths: Sequence[Path]) -> Table:
    """Times the check of these plans, once its rules are loaded. Raises NotFound where none can be read."""
    read = [found for path in files(tuple(paths)) if (found := language.pages_of(path))]
    if not read:
        raise NotFound(name=", ".join(map(str, paths)) or language.CORPUS)
    rows, spent = [], []
    for one in read:
        seen = understood(one.source, one.pages)
        told = findings(*seen)
        spent.append(_fastest(seen))
        failing = sum(finding.verdict is Verdict.FAIL for finding in told)
        counts = (len(seen[2].lines), len(seen[2].tasks), len({finding.rule for finding in told}), failing)
        rows.append((one.source.name, *map(str, counts), f"{spent[-1] * MS:.1f}"))
    mean = sum(spent) / len(spent)
    rows.append(("mean", "", "", "", "", f"{mean * MS:.1f}"))
    notes = (
        f"{len(read)} plans; processor time of the fastest of {ROUNDS} rounds.",
        f"{machine()}. The aim is {AIM_MS:.0f} ms a plan.",
    )
    return Table(NAME, ("plan", "lines", "tasks", "rules", "fails", "ms"), tuple(rows), notes)


def _fastest(seen: Seen) -> float:
    best = float("inf")
    for _round in range(ROUNDS):
        began = time.process_time()
        findings(*seen)
        best = min(best, time.process_time() - began)
    return best
