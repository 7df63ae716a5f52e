"""Language work, from pages to the record, in milliseconds a page; and what peers take for words alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from spacy import blank
from underthesea import word_tokenize

from kehoach.bench.table import Table, machine, version
from kehoach.document.facts import Source
from kehoach.document.page import Page
from kehoach.errors import KehoachError, NotFound
from kehoach.ingest.discover import files
from kehoach.run.steps import Opened, OpenFile, ReadPage, Tools
from kehoach.run.understand import understand
from kehoach.run.way import take

NAME = "language"
CORPUS = "corpus/scans/*.digital.pdf"  # pages whose size is a printed page's; read without OCR
ROUNDS = 5  # the fastest of each counts: what else the machine did only ever adds
MS = 1000.0  # milliseconds a second
AIM_MS = 30.0  # a page (issue 5)


@dataclass(frozen=True, slots=True)
class Pages:
    """A plan whose pages have been read."""

    source: Source
    pages: tuple[Page, ...]
    text: str


def bench(paths: Sequence[Path]) -> Table:
    """Times the way from pages to record on these files, and peers on the same texts, by turns.

    Raises NotFound where no file can be read.
    """
    read = [found for path in files(tuple(paths)) if (found := pages_of(path))]
    if not read:
        raise NotFound(name=", ".join(map(str, paths)) or CORPUS)
    return _table(read, _fastest(_contestants(read), ROUNDS))


def corpus() -> tuple[Path, ...]:
    """The files of the corpus in the working folder; none where it is not there."""
    return tuple(sorted(Path().glob(CORPUS)))


def pages_of(path: Path) -> Pages | None:
    """A file's pages as they are read; None where it is refused or fails."""
    opened = take(OpenFile(path, ahead=False), Tools())
    if not isinstance(opened, Opened):
        return None
    source = opened.source
    steps = (ReadPage(path, source.media_type, source.sha256, n + 1) for n in range(opened.page_count))
    results = (take(step, Tools()) for step in steps)
    pages = opened.pages or tuple(page for page in results if isinstance(page, Page))
    if not pages or len(pages) < opened.page_count:
        return None
    source = replace(source, page_count=len(pages))
    try:
        plan, _record = understand(source, pages)
    except KehoachError:
        return None
    return Pages(source, pages, plan.text)


def _contestants(read: Sequence[Pages]) -> dict[str, Callable[[], object]]:
    """What is timed, ours first. Peers only find words, which is the first of the steps of ours."""
    tokenizer = blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}}).tokenizer
    lines = [line for one in read for line in one.text.split("\n")]
    return {
        "kehoach: pages → record": lambda: [understand(one.source, one.pages) for one in read],
        f"{version('underthesea')}: word_tokenize": lambda: [word_tokenize(line) for line in lines],
        f"{version('spacy')}: blank “vi”, white space": lambda: [tokenizer(line) for line in lines],
    }


def _fastest(contestants: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Seconds of each one's fastest round; they take turns, so that all meet the same machine."""
    best = dict.fromkeys(contestants, float("inf"))
    for _round in range(rounds):
        for name, run in contestants.items():
            began = time.process_time()
            run()
            best[name] = min(best[name], time.process_time() - began)
    return best


def _table(read: Sequence[Pages], seconds: dict[str, float]) -> Table:
    page_count = sum(len(one.pages) for one in read)
    ours = next(iter(seconds.values()))
    rows = tuple(
        (name, f"{spent * MS / page_count:.1f}", f"{spent / ours:.2f}") for name, spent in seconds.items()
    )
    letters = sum(len(one.text) for one in read)
    notes = (
        f"{len(read)} plans, {page_count} pages, {letters} characters; processor time of the"
        f" fastest of {ROUNDS} rounds, by turns.",
        f"{machine()}. The aim is {AIM_MS:.0f} ms a page.",
    )
    return Table(NAME, ("language work", "ms a page", "of ours"), rows, notes)
