"""Words as they were read, each beside what truth has in its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from kehoach.document.page import Grid, Line, Page, Role, Word
from kehoach.errors import NotFound
from kehoach.run.steps import Opened, OpenFile, ReadPage, Tools
from kehoach.run.way import take
from kehoach.text import nfc, one_line

SCANS = ("corpus/scans/*.office.pdf", "corpus/scans/*.bad.pdf")
FITS = 60.0  # partial ratio; a line that fits worse stands nowhere in the truth
SHORT = 8  # characters; a shorter line fits in too many places, and its words are looked up instead


@dataclass(frozen=True, slots=True)
class Judged:
    """A recognised word of a file's variant (office, bad); `truth`: what stands there, None where unknown."""

    variant: str
    word: Word
    truth: str | None

    @property
    def is_right(self) -> bool:
        return self.word.text == self.truth

    @property
    def was_right(self) -> bool:
        """Before it was mended."""
        return (self.word.text if self.word.raw is None else self.word.raw) == self.truth


def corpus() -> tuple[Path, ...]:
    """Scans of the corpus in the working folder; none where it is not there."""
    return tuple(sorted(path for scans in SCANS for path in Path().glob(scans)))


def judged(paths: Sequence[Path]) -> list[Judged]:
    """Recognised words of NAME.VARIANT.pdf beside `../truth/NAME.txt`, pages parted by form feeds.

    Raises NotFound where no file has a truth.
    """
    found = [one for path in paths for one in _of_file(path)]
    if not found:
        raise NotFound(name=", ".join(map(str, paths)) or SCANS[0])
    return found


def _of_file(path: Path) -> Iterator[Judged]:
    name, variant = path.name.split(".")[:2]
    truth = path.resolve().parents[1] / "truth" / f"{name}.txt"
    opened = take(OpenFile(path), Tools())
    if not truth.is_file() or not isinstance(opened, Opened):
        return
    pages = truth.read_text("utf-8").rstrip("\n").split("\f")
    for number, text in enumerate(pages[: opened.page_count], start=1):
        source = opened.source
        page = take(ReadPage(path, source.media_type, source.sha256, number), Tools())
        if isinstance(page, Page):
            yield from _of_page(page, one_line(nfc(text)), variant)


def _of_page(page: Page, text: str, variant: str) -> Iterator[Judged]:
    seen = frozenset(text.split())
    for line in _lines(page):
        beside = _beside(line, text)
        for word, truth in zip(line.words, beside or [None] * len(line.words), strict=True):
            if truth is None and all(part in seen for part in word.text.split()):
                truth = word.text
            if word.confidence is not None:
                yield Judged(variant, word, truth)


def _lines(page: Page) -> Iterator[Line]:
    for part in page.flow:
        if isinstance(part, Grid):
            yield from (line for cell in part.cells for line in cell.lines)
        elif part.role is not Role.STAMP:
            yield part


def _beside(line: Line, text: str) -> list[str | None] | None:
    """For each word of the line what stands in the truth; None where the line fits nowhere."""
    raw = " ".join(word.text if word.raw is None else word.raw for word in line.words)
    place = fuzz.partial_ratio_alignment(raw, text) if SHORT < len(raw) <= len(text) else None
    if place is None or place.score < FITS:
        return None
    start = text.rfind(" ", 0, place.dest_start + 1) + 1
    end = text.find(" ", place.dest_end)
    return list(_matched(line, raw, text[start : end if end >= 0 else len(text)]))


def _matched(line: Line, raw: str, truth: str) -> Iterator[str | None]:
    to = {
        block.a + step: block.b + step
        for block in Levenshtein.editops(raw, truth).as_matching_blocks()
        for step in range(block.size)
    }
    at = 0
    for word in line.words:
        length = len(word.text if word.raw is None else word.raw)
        places = [to[index] for index in range(at, at + length) if index in to]
        at += length + 1
        yield _around(truth, min(places), max(places)) if places else None


def _around(text: str, first: int, last: int) -> str:
    """The whole words of `text` that hold the characters `first` to `last`."""
    end = text.find(" ", last)
    return text[text.rfind(" ", 0, first + 1) + 1 : end if end >= 0 else len(text)]
