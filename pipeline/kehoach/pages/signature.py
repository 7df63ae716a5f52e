"""What signature widgets show on their pages: number and date that stand nowhere else, strips, seals."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import pikepdf
import pypdfium2 as pdfium

from kehoach.document.page import Box, Provenance, Word
from kehoach.pages.textlayer import frame, words
from kehoach.text import fold

# Of the page: a widget smaller than this in either direction shows nothing.
MIN_EXTENT = 0.004
# Digits: a longer row inside one widget is no number or date.
MAX_DIGITS = 6
# Of the letter height: digits of one number stand closer together than this.
DIGIT_GAP = 1.5
# Of the page's height: above the letterhead only strips stand.
STRIP_MARGIN = 0.075

_STRIP = re.compile(r"ky boi|nguoi ky|ngay ky|co quan ?:|thoi gian|email|@|\d\d:\d\d|\+0\d|signed|signature")


@dataclass(frozen=True, slots=True)
class Widget:
    """A signature field with an appearance; its words stand in content order."""

    box: Box
    words: tuple[Word, ...]

    @property
    def is_strip(self) -> bool:
        """Whether it tells who signed and when, and is no text of the document."""
        text = fold(" ".join(word.text for word in self.words))
        return self.box.y1 < STRIP_MARGIN or bool(_STRIP.search(text))


def widgets(data: bytes) -> dict[int, tuple[Widget, ...]]:
    """Signature widgets by page number, for a PDF as bytes; pages without any are left out.

    The page contents are emptied and the widgets' appearance streams flattened, so that the text
    that is left is theirs. A file that qpdf cannot open has none.
    """
    try:
        rects, stripped = _only_widgets(data)
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError):
        return {}
    if not rects:
        return {}
    document = pdfium.PdfDocument(stripped)
    try:
        return {number: tuple(_widgets(document[number - 1], number, rects[number])) for number in rects}
    except pdfium.PdfiumError:
        return {}
    finally:
        document.close()


Rect = tuple[float, float, float, float]


def _only_widgets(data: bytes) -> tuple[dict[int, list[Rect]], bytes]:
    """Rectangles of the signature widgets by page, in points, and the file with nothing else on its pages."""
    rects: dict[int, list[Rect]] = {}
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            shown = [note for note in _annotations(page) if _is_signature(note)]
            if not shown:
                continue
            rects[number] = [_rect(note) for note in shown]
            page.Annots = pdf.make_indirect(pikepdf.Array(shown))
            page.Contents = pdf.make_stream(b"")
        if rects:
            pdf.flatten_annotations("all")
            pdf.save(out)
    return rects, out.getvalue()


def _annotations(page: pikepdf.Page) -> Iterator[pikepdf.Object]:
    notes = page.get("/Annots")
    for note in notes if isinstance(notes, pikepdf.Array) else ():
        if isinstance(note, pikepdf.Dictionary):
            yield note


def _is_signature(note: pikepdf.Object) -> bool:
    """A widget of a signature field; the field's type may stand in its parent."""
    parent = note.get("/Parent")
    kind = note.get("/FT") or (parent.get("/FT") if isinstance(parent, pikepdf.Dictionary) else None)
    return note.get("/Subtype") == "/Widget" and kind == "/Sig" and "/AP" in note and "/Rect" in note


def _rect(note: pikepdf.Object) -> Rect:
    x0, y0, x1, y1 = (float(value) for value in note.Rect.as_list())
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _widgets(page: pdfium.PdfPage, number: int, rects: Sequence[Rect]) -> Iterator[Widget]:
    page_frame = frame(page)
    left = list(words(page, number, Provenance.WIDGET))
    for x0, y0, x1, y1 in rects:
        corners = page_frame.fractions(x0, y0), page_frame.fractions(x1, y1)
        (left_x, right_x), (top, bottom) = (sorted(axis) for axis in zip(*corners, strict=True))
        box = Box(number, *(_clip(value) for value in (left_x, top, right_x, bottom)))
        if box.width < MIN_EXTENT or box.height < MIN_EXTENT:
            continue
        inside = [word for word in left if _holds(box, word.box)]
        left = [word for word in left if not _holds(box, word.box)]
        yield Widget(box, joined_digits(tuple(inside)))


def joined_digits(found: tuple[Word, ...]) -> tuple[Word, ...]:
    """Digits that a widget paints one by one as one word: 3 9 9 0 is 3990."""
    digits = all(word.text.isdigit() for word in found)
    if len(found) < 2 or not digits or sum(len(word.text) for word in found) > MAX_DIGITS:
        return found
    row = sorted(found, key=lambda word: word.box.x0)
    for before, word in pairwise(row):
        if word.box.x0 - before.box.x1 > DIGIT_GAP * word.box.height:
            return found
    box = Box(
        row[0].box.page,
        row[0].box.x0,
        min(word.box.y0 for word in row),
        row[-1].box.x1,
        max(word.box.y1 for word in row),
    )
    return (replace(row[0], text="".join(word.text for word in row), box=box),)


def _holds(box: Box, inner: Box) -> bool:
    x, y = (inner.x0 + inner.x1) / 2, (inner.y0 + inner.y1) / 2
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1


def _clip(fraction: float) -> float:
    return min(max(fraction, 0.0), 1.0)
