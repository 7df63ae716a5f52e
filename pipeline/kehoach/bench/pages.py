"""Reading pages, the whole way to SQLite: errors against the truth, speed, and named peers beside it."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from kehoach.bench.table import Table, machine
from kehoach.document.page import Word
from kehoach.document.picture import PageImage
from kehoach.errors import NotFound
from kehoach.ocr.engine import Shape
from kehoach.ocr.tesseract import Tesseract
from kehoach.run.page import PDF_TYPE, open_pages
from kehoach.text import nfc, one_line

NAME = "pages"
SCANS = "corpus/scans/*.pdf"
PEER = "ocrmypdf"  # not among our dependencies: its rows stand where it is installed
WAYS = {"": (), " --deskew --clean": ("--deskew", "--clean")}
PRINTED_NUMBER = re.compile(r"\s*\d{1,3}\s*")  # a page's number is no text of the plan


@dataclass(frozen=True, slots=True)
class Read:
    """Files of one variant: seconds that the whole took, and the text of each page, by the plan's name."""

    seconds: float
    texts: dict[str, tuple[str, ...]]

    @property
    def page_count(self) -> int:
        return sum(map(len, self.texts.values()))


class TimedEngine:
    """Tesseract, and the processor time that it took (`seconds`)."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._engine = Tesseract()

    def words(self, image: PageImage, *, shape: Shape = Shape.PAGE) -> tuple[Word, ...]:
        """See `Engine.words`."""
        began = time.process_time()
        try:
            return self._engine.words(image, shape=shape)
        finally:
            self.seconds += time.process_time() - began


def corpus() -> tuple[Path, ...]:
    """Digital files and scans of the corpus in the working folder; none where it is not there."""
    return tuple(sorted(Path().glob(SCANS)))


def bench(paths: Sequence[Path]) -> Table:
    """Errors and speed by variant of NAME.VARIANT.pdf; on scans, the peer's speed and the recogniser's share.

    Raises NotFound where no file has a truth in `../truth/NAME.txt`.
    """
    groups = with_truth(paths)
    rows = [row for variant, files in groups.items() for row in _rows(variant, files)]
    notes = (
        "CER: each line of truth where it fits its page best, what is missing counts whole. Extra: characters"
        " read beyond those of truth.",
        "Seconds: the whole `ingest --no-cache`, start-up and understanding included; recogniser: its share"
        " of the processor time of reading alone, in one process.",
        f"{machine()}.",
    )
    columns = ("reading", "pages", "CER %", "extra %", "seconds", "pages/s", "of ours", "recogniser %")
    return Table(NAME, columns, tuple(rows), notes)


def with_truth(paths: Sequence[Path]) -> dict[str, list[Path]]:
    """The files that have a truth, by variant. Raises NotFound where none has."""
    known = [path for path in paths if truth_of(path).is_file()]
    if not known:
        raise NotFound(name=", ".join(map(str, paths)) or SCANS)
    variants = sorted(map(variant_of, known))
    return {one: [path for path in known if variant_of(path) == one] for one in variants}


def _rows(variant: str, files: Sequence[Path]) -> Iterator[tuple[str, ...]]:
    ours = _ingested(files)
    wrong, extra = errors(ours.texts, {plan_name(path): truth_of(path).read_text("utf-8") for path in files})
    share = _recogniser(files)
    figures = (
        f"{100 * wrong:.2f}",
        f"{100 * extra:.2f}",
        f"{ours.seconds:.1f}",
        _pace(ours.page_count, ours.seconds),
    )
    yield (
        f"{variant}: kehoach",
        f"{ours.page_count}",
        *figures,
        "1.00",
        f"{100 * share:.0f}" if share else "–",
    )
    if share and shutil.which(PEER):
        for way, options in WAYS.items():
            spent = _timed(partial(_by_peer, files, options))
            pace = _pace(ours.page_count, spent)
            yield (
                f"{variant}: {PEER}{way}",
                "",
                "–",
                "–",
                f"{spent:.1f}",
                pace,
                f"{spent / ours.seconds:.2f}",
                "",
            )


def errors(read: Mapping[str, Sequence[str]], truths: Mapping[str, str]) -> tuple[float, float]:
    """Wrong or missing characters, and characters too many, each per character of truth.

    `read`: the texts of a plan's pages, by its name; `truths`: its pages parted by form feeds.
    """
    wrong = got = length = 0
    for name, truth in truths.items():
        pages = truth.rstrip("\n").split("\f")
        texts = (*read.get(name, ()), *[""] * len(pages))
        for page, text in zip(pages, texts, strict=False):
            lines = [one_line(nfc(line)) for line in page.splitlines() if not PRINTED_NUMBER.fullmatch(line)]
            whole = " ".join(line for line in lines if line)
            wrong += sum(_line_errors(line, one_line(nfc(text))) for line in lines if line)
            got, length = got + len(one_line(nfc(text))), length + len(whole)
    return wrong / max(length, 1), (got - length) / max(length, 1)


def _line_errors(line: str, page: str) -> int:
    best = fuzz.partial_ratio_alignment(line, page) if page else None
    return (
        min(len(line), Levenshtein.distance(line, page[best.dest_start : best.dest_end]))
        if best
        else len(line)
    )


def _ingested(files: Sequence[Path]) -> Read:
    with TemporaryDirectory() as folder:
        database = Path(folder, "bench.db")
        command = [
            sys.executable,
            "-m",
            "kehoach",
            "ingest",
            *map(str, files),
            "--no-cache",
            "--db",
            str(database),
        ]
        seconds = _timed(partial(_quietly, command))
        return Read(seconds, _texts(database))


def _texts(database: Path) -> dict[str, tuple[str, ...]]:
    query = """select f.name, p.text from pages p join documents d on d.id = p.document_id
               join files f on f.id = d.file_id order by f.name, p.number"""
    texts: dict[str, tuple[str, ...]] = {}
    connection = sqlite3.connect(database)
    for name, text in connection.execute(query):
        plan = plan_name(Path(name))
        texts[plan] = (*texts.get(plan, ()), text or "")
    connection.close()
    return texts


def _by_peer(files: Sequence[Path], options: Sequence[str]) -> None:
    with TemporaryDirectory() as folder:
        for path in files:
            fixed = ("-q", "--jobs", "2", "-l", "vie", "--force-ocr", "--output-type", "pdf")
            _quietly([PEER, *fixed, *options, str(path), str(Path(folder, path.name))])


def _recogniser(files: Sequence[Path]) -> float:
    """The recogniser's share of the processor time of reading these files; 0.0 where it was not asked."""
    engine, began = TimedEngine(), time.process_time()
    for path in files:
        with open_pages(path, PDF_TYPE, engine) as reader:
            for number in range(1, reader.count + 1):
                reader.read(number)
    return engine.seconds / (time.process_time() - began)


def _timed(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _quietly(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"})


def _pace(pages: int, seconds: float) -> str:
    return f"{pages / seconds:.2f}"


def plan_name(path: Path) -> str:
    """NAME of NAME.VARIANT.pdf."""
    return path.name.split(".")[0]


def variant_of(path: Path) -> str:
    """VARIANT of NAME.VARIANT.pdf; `other` where the name has none."""
    return path.name.split(".")[1] if path.name.count(".") > 1 else "other"


def truth_of(path: Path) -> Path:
    """What stands on the pages; a signed file has a truth of its own, for it shows its signature."""
    folder = path.resolve().parents[1] / "truth"
    name = plan_name(path)
    signed = folder / f"{name}.signed.txt"
    return signed if variant_of(path) == "digital_signed" and signed.is_file() else folder / f"{name}.txt"
