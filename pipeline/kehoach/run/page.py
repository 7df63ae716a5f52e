"""The way of one page: text layer or picture, tables, reading order."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import fmean
from types import TracebackType
from typing import Self

import pypdfium2 as pdfium

from kehoach.document.page import Box, Grid, Line, Page, ReadFrom, ReadingWarning, Role, Word
from kehoach.document.picture import PageImage, Transform
from kehoach.layout.lines import lines, page_text
from kehoach.ocr.confidence import calibrated
from kehoach.ocr.engine import Engine
from kehoach.pages import certificate, image, ink, pdf, render, rulings, signature, textlayer
from kehoach.repair.words import repaired
from kehoach.run.handwriting import with_blanks_judged
from kehoach.run.scan import ALL_STEPS, Reading, Step, Steps, moved, recognise
from kehoach.run.sealed import with_sealed_name
from kehoach.tables import columns, ruled

log = logging.getLogger(__name__)

PDF_TYPE = "application/pdf"
DEFAULT_DPI = 200.0


class PageReader(ABC):
    """Reads the pages of one file, one at a time; close it after use."""

    count: int

    @abstractmethod
    def read(self, number: int) -> Page:
        """Page `number` (1-based); one that cannot be decoded is empty and warns `page_lost`."""

    def read_layer(self, number: int) -> Page | None:
        """Page `number` by its text layer alone; None where it needs its picture or cannot be decoded."""
        return None

    @abstractmethod
    def close(self) -> None:
        """Gives the file back."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_pages(path: Path, media_type: str, engine: Engine, *, dpi: float = DEFAULT_DPI) -> PageReader:
    """A reader of the pages of a PDF or picture file. Raises Encrypted, Damaged, EmptyFile."""
    if media_type == PDF_TYPE:
        return PdfReader(path, engine, dpi)
    return PhotoReader(path, engine)


def kind(pages: Sequence[Page]) -> str:
    """What a PDF is by the way its pages were read: `digital`, `scan` or `mixed` (`source.kind`)."""
    ways = {page.read_from for page in pages} - {ReadFrom.NONE}
    if ways <= {ReadFrom.TEXT}:
        return "digital" if ways else "scan"
    return "scan" if ways == {ReadFrom.OCR} else "mixed"


class PdfReader(PageReader):
    """Pages of a PDF: by their text layer where it can be trusted, else by their picture."""

    def __init__(self, path: Path, engine: Engine, dpi: float) -> None:
        self._document, data = pdf.open_pdf(path)
        self._widgets = signature.widgets(data)
        self._certificates = certificate.certificates(path.read_bytes())  # digests are of the bytes as sent
        self._engine = engine
        self._dpi = dpi
        self.count = len(self._document)

    def read(self, number: int) -> Page:
        """See `PageReader.read`."""
        return self._read(number, self._page) or replace(
            lost(number), signatures=certificate.unplaced(self._certificates, number)
        )

    def read_layer(self, number: int) -> Page | None:
        """See `PageReader.read_layer`."""
        return self._read(number, self._page_by_layer)

    def _read(self, number: int, way: Callable[[pdfium.PdfPage, int], Page | None]) -> Page | None:
        """What `way` makes of a page; None where it gives nothing or pdfium cannot decode the page."""
        try:
            page = self._document[number - 1]
        except pdfium.PdfiumError:
            return None
        try:
            read = way(page, number)
            signatures = certificate.placed(self._certificates, page, number)
            warnings = self._warnings(number)
            return read and replace(read, signatures=signatures, warnings=(*read.warnings, *warnings))
        except (pdfium.PdfiumError, ValueError) as error:
            log.warning("page %s: %s", number, error)
            return None
        finally:
            page.close()

    def _page(self, page: pdfium.PdfPage, number: int) -> Page:
        layer = textlayer.read(page, number)
        if layer.is_read:
            return self._by_layer(page, number, layer)
        picture = render.picture(page, number, self._dpi)
        figures = [word for word in layer.words if word.text.isdigit() and not layer.quarters]
        widgets = self._widgets.get(number, ())
        return read_picture(picture, self._engine, widgets, layer.trust.reason, figures)

    def _page_by_layer(self, page: pdfium.PdfPage, number: int) -> Page | None:
        layer = textlayer.read(page, number)
        return self._by_layer(page, number, layer) if layer.is_read else None

    def _by_layer(self, page: pdfium.PdfPage, number: int, layer: textlayer.TextLayer) -> Page:
        widgets = self._widgets.get(number, ())
        back = (textlayer.BACK[layer.quarters],)
        ratio = page.get_height() / page.get_width()
        ratio = 1 / ratio if layer.quarters % 2 else ratio
        found = rulings.rulings(page, number, layer.quarters)
        known = tuple(moved(values(widgets), back)) if layer.quarters else values(widgets)
        words = (*uncovered(layer.words, known), *known)
        tables = ruled.grids(found, number, ratio)
        tables = (*tables, *columns.grids(words, number, ratio, tables))
        upright = lines(words, tables, ratio, found)
        shown = tuple(_as_sent(part, back) for part in upright) if layer.quarters else upright
        flow = (*shown, *strips(widgets))
        sealed = bool(widgets) or self._shows_seal(page, number, layer)
        return Page(number, flow, page_text(flow), ReadFrom.TEXT, layer.trust.reason, seal_seen=sealed)

    def _warnings(self, number: int) -> tuple[ReadingWarning, ...]:
        names = pdf.attachments(self._document) if number == 1 else ()
        facts = (("names", ", ".join(names)),)
        return (ReadingWarning("attachments_unread", number, facts=facts),) if names else ()

    def _shows_seal(self, page: pdfium.PdfPage, number: int, layer: textlayer.TextLayer) -> bool:
        if not layer.evidence.picture:
            return False
        return bool(image.seals(render.picture(page, number, image.SEAL_DPI)))

    def close(self) -> None:
        """See `PageReader.close`."""
        self._document.close()


class PhotoReader(PageReader):
    """Pages of a picture file."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.count = render.photo_count(path)
        self._is_cut = render.is_cut(path)
        self._path = path
        self._engine = engine

    def read(self, number: int) -> Page:
        """See `PageReader.read`."""
        picture = render.photo(self._path, number)
        if picture is None:
            return lost(number)
        read = read_picture(picture, self._engine)
        cut = (ReadingWarning("picture_cut", number),) if self._is_cut else ()
        return replace(read, warnings=(*read.warnings, *cut))

    def close(self) -> None:
        """Nothing is held open."""


def lost(number: int) -> Page:
    """An empty page that says that it could not be decoded."""
    return Page(number, (), "", ReadFrom.NONE, "page_lost", warnings=(ReadingWarning("page_lost", number),))


def read_picture(
    picture: PageImage,
    engine: Engine,
    widgets: Sequence[signature.Widget] = (),
    reason: str = "picture",
    figures: Sequence[Word] = (),
    steps: Steps = ALL_STEPS,
) -> Page:
    """A page by its picture and its signature widgets.

    `reason`: why its text was not taken; `figures`: those of that text, to bear out what is recognised.
    """
    known = values(widgets)
    seals = image.seals(picture)
    sealed = bool(widgets) or bool(seals)
    if ink.is_blank(picture) and not known:
        return Page(picture.number, strips(widgets), "", ReadFrom.NONE, "blank", seal_seen=sealed)
    reading = recognise(picture, engine, known, seals, steps)
    flow = lines(reading.words, reading.grids, reading.ratio, reading.rulings)
    flow, unread = with_blanks_judged(flow, reading.upright, engine, tuple(moved(figures, reading.back)))
    flow = with_sealed_name(repaired(flow), reading.upright, engine) if Step.REPAIR in steps else flow
    sent = (*(_as_sent(part, reading.back) for part in flow), *strips(widgets))
    way = ReadFrom.BOTH if known else ReadFrom.OCR
    text = page_text(sent)
    confidence = _confidence(reading)
    return Page(
        picture.number, sent, text, way, reason, confidence=confidence, seal_seen=sealed, unread=unread
    )


def values(widgets: Sequence[signature.Widget]) -> tuple[Word, ...]:
    """What widgets add to the text of the page: its number and date, seldom a name."""
    return tuple(word for widget in widgets if not widget.is_strip for word in widget.words)


def uncovered(words: Sequence[Word], known: Sequence[Word]) -> tuple[Word, ...]:
    """`words` without the figures that figures of widgets, `known`, are painted over."""
    over = [word.box for word in known if word.text.isdigit()]
    return tuple(
        word for word in words if not (word.text.isdigit() and any(_meet(word.box, box) for box in over))
    )


def _meet(one: Box, other: Box) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.y0 < other.y1 and other.y0 < one.y1


def strips(widgets: Sequence[signature.Widget]) -> tuple[Line, ...]:
    """Signature strips as lines that are no text of the plan, one a widget."""
    return tuple(
        Line(
            " ".join(word.text for word in widget.words),
            widget.box.page,
            widget.box,
            widget.words,
            Role.STAMP,
        )
        for widget in widgets
        if widget.is_strip and widget.words
    )


def _confidence(reading: Reading) -> float | None:
    known = [calibrated(word.confidence) for word in reading.words if word.confidence is not None]
    return fmean(known) if known else None


def _as_sent(part: Line | Grid, back: Sequence[Transform]) -> Line | Grid:
    """`part` with its boxes in fractions of the page as sent."""
    if isinstance(part, Line):
        return _line_as_sent(part, back)
    cells = tuple(
        replace(
            cell,
            box=_box_as_sent(cell.box, back),
            lines=tuple(_line_as_sent(line, back) for line in cell.lines),
        )
        for cell in part.cells
    )
    return replace(part, cells=cells, box=_box_as_sent(part.box, back))


def _line_as_sent(line: Line, back: Sequence[Transform]) -> Line:
    words = tuple(_word_as_sent(word, back) for word in line.words)
    return replace(line, words=words, box=_box_as_sent(line.box, back))


def _word_as_sent(word: Word, back: Sequence[Transform]) -> Word:
    """`word` at its place on the page as sent, its confidence the share of such words that are right."""
    sure = None if word.confidence is None else calibrated(word.confidence)
    return replace(word, box=_moved(word.box, back), confidence=sure)


def _box_as_sent(box: Box | None, back: Sequence[Transform]) -> Box | None:
    return None if box is None else _moved(box, back)


def _moved(box: Box, back: Sequence[Transform]) -> Box:
    for way in back:
        box = way.box(box)
    return box
