"""The way of one file through the rooms, step by step, and the only broad except."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from kehoach import patterns
from kehoach.check.findings import findings
from kehoach.document.facts import Source
from kehoach.document.page import Page, Word
from kehoach.document.picture import PageImage
from kehoach.document.plan import Plan
from kehoach.errors import FileRefused, KehoachError
from kehoach.ingest import docx, text
from kehoach.ingest.source import DOCX, PDF, TEXT, open_source
from kehoach.ocr.engine import Shape
from kehoach.ocr.tesseract import Tesseract
from kehoach.run.page import PageReader, kind, open_pages
from kehoach.run.steps import (
    Opened,
    OpenFile,
    ReadPage,
    Result,
    Step,
    Tools,
    Trouble,
    Understand,
    Understood,
)
from kehoach.run.understand import understood
from kehoach.store.packed import packed

# Pages that are read without asking for work anew: a small digital file costs less than its way to and fro.
AHEAD = 16
# Files without pages to share out: read in one go.
WHOLE: dict[str, Callable[[bytes, str], tuple[Page, ...]]] = {
    TEXT: text.pages,
    DOCX: docx.pages,
}


def take(step: Step, tools: Tools) -> Result:
    """Takes one step; never raises. Whatever goes wrong with a file is told as `Trouble`."""
    try:
        return _taken(step, tools)
    except FileRefused as error:
        return _trouble("refused", error)
    except KehoachError as error:
        return _trouble("failed", error)
    except Exception:  # one bad file must not stop a folder of hundreds
        return _trouble("failed", KehoachError(), traceback.format_exc())


def _taken(step: Step, tools: Tools) -> Result:
    match step:
        case ReadPage():
            return _page(step, tools)
        case Understand():
            return _understood(step)
        case _:
            return _opened(step, tools)


def _understood(step: Understand) -> Understood:
    plan, outline, record = understood(_counted(step.source, step.pages), step.pages)
    found = findings(plan, outline, record)
    patterns.keep()
    return Understood(_lean(plan), record, packed(plan, outline), found)


def _lean(plan: Plan) -> Plan:
    """`plan` with nothing but what lands by itself: the rest costs time on its way back."""
    mended = tuple(piece for piece in plan.pieces if piece.raw is not None)
    return Plan(plan.text, (), mended, tuple(replace(page, flow=()) for page in plan.pages))


def _opened(step: OpenFile, tools: Tools) -> Opened | Understood:
    source = open_source(step.path)
    if read := WHOLE.get(source.media_type):
        pages = read(step.path.read_bytes(), source.name)
        count = len(pages)
    else:
        count = _reader(step.path, source.media_type).count
        pages = tuple(_pages_ahead(step.path, source, min(count, AHEAD), tools)) if step.ahead else ()
    if step.ahead and len(pages) == count:
        return _understood(Understand(source, pages))
    return Opened(source, count, pages)


def _pages_ahead(path: Path, source: Source, count: int, tools: Tools) -> Iterator[Page]:
    """The first pages, up to `count`, as far as none of them needs its picture."""
    reader = _reader(path, source.media_type)
    for number in range(1, count + 1):
        page = (tools.cache and tools.cache.load(source.sha256, number)) or reader.read_layer(number)
        if page is None:
            return
        if tools.cache:
            tools.cache.store(source.sha256, page)
        yield page


def _counted(source: Source, pages: tuple[Page, ...]) -> Source:
    """What only the pages tell: how many they are, and whether a PDF is a scan."""
    told = kind(pages) if source.media_type == PDF else source.kind
    return replace(source, kind=told, page_count=len(pages))


def _page(step: ReadPage, tools: Tools) -> Page:
    if tools.cache and (kept := tools.cache.load(step.sha256, step.number)):
        return kept
    page = _reader(step.path, step.media_type).read(step.number)
    if tools.cache:
        tools.cache.store(step.sha256, page)
    return page


def _reader(path: Path, media_type: str) -> PageReader:
    """The reader of the file in hand; it stays open, since a worker reads many pages of one file."""
    if _in_hand and (path, media_type) not in _in_hand:
        _in_hand.popitem()[1].close()
    if (path, media_type) not in _in_hand:
        _in_hand[path, media_type] = open_pages(path, media_type, TesseractWhenNeeded())
    return _in_hand[path, media_type]


_in_hand: dict[tuple[Path, str], PageReader] = {}


class TesseractWhenNeeded:
    """Tesseract, started with the first picture: plans with a text layer are read without it."""

    def words(self, image: PageImage, *, shape: Shape = Shape.PAGE) -> tuple[Word, ...]:
        """See `Engine.words`. Raises ToolMissing."""
        return _tesseract().words(image, shape=shape)


@lru_cache
def _tesseract() -> Tesseract:
    return Tesseract()


def _trouble(outcome: str, error: KehoachError, trace: str = "") -> Trouble:
    return Trouble(outcome, error.code, str(error), error.advice, trace)
