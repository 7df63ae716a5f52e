"""What each step of reading a picture is worth: errors and time with it left out."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium

from kehoach.bench.pages import errors, plan_name, truth_of, with_truth
from kehoach.bench.table import Table, machine
from kehoach.ocr.tesseract import Tesseract
from kehoach.pages import render
from kehoach.run.page import DEFAULT_DPI, read_picture
from kehoach.run.scan import ALL_STEPS, Step, Steps

NAME = "ablation"
SCANS = ("corpus/scans/*.office.pdf", "corpus/scans/*.bad.pdf")


@dataclass(frozen=True, slots=True)
class Outcome:
    """Errors and surplus per character of truth, and processor milliseconds a page."""

    wrong: float
    extra: float
    milliseconds: float


def corpus() -> tuple[Path, ...]:
    """Scans of the corpus in the working folder; none where it is not there."""
    return tuple(sorted(path for pattern in SCANS for path in Path().glob(pattern)))


def bench(paths: Sequence[Path]) -> Table:
    """A row with all steps, then one for each step left out, by variant. Raises NotFound without truth."""
    groups = with_truth(paths)
    with Tesseract() as engine:
        rows = [row for variant, files in groups.items() for row in _rows(variant, files, engine)]
    notes = (
        "Processor time of reading the pages' pictures alone, in one process; errors as in `bench pages`.",
        f"{machine()}.",
    )
    return Table(NAME, ("without", "CER %", "extra %", "ms a page", "of all steps"), tuple(rows), notes)


def _rows(variant: str, files: Sequence[Path], engine: Tesseract) -> Iterator[tuple[str, ...]]:
    whole = _outcome(files, engine, ALL_STEPS)
    yield _row(f"{variant}: nothing", whole, whole)
    for step in Step:
        yield _row(f"{variant}: {step}", _outcome(files, engine, ALL_STEPS - {step}), whole)


def _row(name: str, one: Outcome, whole: Outcome) -> tuple[str, ...]:
    share = one.milliseconds / whole.milliseconds
    return name, f"{100 * one.wrong:.2f}", f"{100 * one.extra:.2f}", f"{one.milliseconds:.0f}", f"{share:.2f}"


def _outcome(files: Sequence[Path], engine: Tesseract, steps: Steps) -> Outcome:
    began = time.process_time()
    texts = {plan_name(path): tuple(_texts(path, engine, steps)) for path in files}
    spent = time.process_time() - began
    truths = {plan_name(path): truth_of(path).read_text("utf-8") for path in files}
    wrong, extra = errors(texts, truths)
    return Outcome(wrong, extra, 1000 * spent / sum(map(len, texts.values())))


def _texts(path: Path, engine: Tesseract, steps: Steps) -> Iterator[str]:
    document = pdfium.PdfDocument(path)
    try:
        for number in range(1, len(document) + 1):
            picture = render.picture(document[number - 1], number, DEFAULT_DPI)
            yield read_picture(picture, engine, steps=steps).text
    finally:
        document.close()
