"""Memory of reading one long scan: the most that all processes hold at once, and whether it grows."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2 as pdfium

from kehoach.bench.table import Table, machine
from kehoach.errors import NotFound

NAME = "memory"
SCANS = "corpus/scans/*.office.pdf"
PAGES = 200
WORKERS = 2
SAMPLE_S = 0.25
_MIB = 1024


def corpus() -> tuple[Path, ...]:
    """Office scans of the corpus in the working folder; none where it is not there."""
    return tuple(sorted(Path().glob(SCANS)))


def bench(paths: Sequence[Path]) -> Table:
    """Peak of each quarter of the way. Raises NotFound without files."""
    if not paths:
        raise NotFound(name=SCANS)
    with TemporaryDirectory() as folder:
        scan = Path(folder, "long.pdf")
        join(paths, scan, PAGES)
        samples = tuple(_samples(scan, Path(folder, "bench.db")))
    quarters = [samples[len(samples) * at // 4 : len(samples) * (at + 1) // 4] for at in range(4)]
    rows = [
        (f"{name} quarter", f"{max(part, default=0) / _MIB:.0f}")
        for name, part in zip(_NAMES, quarters, strict=True)
    ]
    rows.append(("the whole", f"{max(samples, default=0) / _MIB:.0f}"))
    notes = (
        f"One scan of {PAGES} pages, `ingest --no-cache --jobs {WORKERS}`: all its processes together,"
        f" shared pages counted once (PSS), every {SAMPLE_S} s.",
        f"{machine()}.",
    )
    return Table(NAME, ("peak of", "MiB"), tuple(rows), notes)


_NAMES = ("first", "second", "third", "last")


def join(paths: Sequence[Path], to: Path, page_count: int) -> None:
    """Writes a PDF of `page_count` pages, those of `paths` over and over."""
    whole = pdfium.PdfDocument.new()
    sources = [pdfium.PdfDocument(path) for path in paths]
    pages = ((source, number) for source in sources for number in range(len(source)))
    for source, number in islice(cycle(pages), page_count):
        whole.import_pages(source, [number])
    whole.save(to)


def _samples(scan: Path, database: Path) -> Iterator[int]:
    """KiB of the ingesting processes together, from start to end."""
    options = ("--no-cache", "--jobs", f"{WORKERS}", "--db", str(database))
    command = [sys.executable, "-m", "kehoach", "ingest", str(scan), *options]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ}
    ) as process:
        while True:
            try:
                process.wait(SAMPLE_S)
            except subprocess.TimeoutExpired:
                yield sum(map(_kib, (process.pid, *_children(process.pid))))
            else:
                return


def _children(parent: int) -> Iterator[int]:
    """Processes that descend from `parent` (proc(5), /proc/PID/task/TID/children)."""
    for told in Path(f"/proc/{parent}/task").glob("*/children"):
        try:
            children = [int(one) for one in told.read_text().split()]
        except OSError:
            continue
        for child in children:
            yield child
            yield from _children(child)


def _kib(process: int) -> int:
    """Proportional set size of a process; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
