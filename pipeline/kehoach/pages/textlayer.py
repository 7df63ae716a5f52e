"""Words of a PDF page's own text: boxes, bold letters, raised marks."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from kehoach.document.page import Box, Provenance, Word
from kehoach.document.picture import Transform
from kehoach.encodings import by_font
from kehoach.pages import glyphs
from kehoach.pages.glyphs import NAMELESS, RAISED_FOOT, RAISED_SIZE, PageFrame, Run
from kehoach.pages.objects import matrix_of, objects
from kehoach.pages.trust import Evidence, Trust, judge, mended
from kehoach.text import nfc

# Of the height of the letters beside it: a raised mark is no farther away (a fraction of the page's width to
# one of its height).
RAISED_GAP = 1.5
BOLD_WEIGHT = 600  # CSS weight; asked only of fonts without a name, since pdfium guesses it from the outline
_FORCE_BOLD = 1 << 18  # PDF 32000-1, table 123
# From the page turned upright to the page as shown, by quarters.
BACK = (
    Transform(),
    Transform((0.0, -1.0, 1.0), (1.0, 0.0, 0.0)),
    Transform((-1.0, 0.0, 1.0), (0.0, -1.0, 1.0)),
    Transform((0.0, 1.0, 0.0), (-1.0, 0.0, 1.0)),
)
_DEVICE = 1_000_000  # units of the virtual device that pdfium maps page coordinates to
_FONT_NAME_BYTES = 128


def frame(page: pdfium.PdfPage) -> PageFrame:
    """The page's frame, from where pdfium puts three points."""
    reach = 1000.0
    origin, right, up = (_device(page, *point) for point in ((0.0, 0.0), (reach, 0.0), (0.0, reach)))
    return PageFrame(
        ((right[0] - origin[0]) / reach, (up[0] - origin[0]) / reach, origin[0]),
        ((right[1] - origin[1]) / reach, (up[1] - origin[1]) / reach, origin[1]),
    )


@dataclass(frozen=True, slots=True)
class TextLayer:
    """Words of the page's own text in content order, and what tells whether they can be believed.

    `quarters`: by how many the text is turned as the page is shown; boxes are fractions of the page turned
    upright (`BACK` leads to the page as shown).
    """

    words: tuple[Word, ...]
    trust: Trust
    evidence: Evidence
    quarters: int = 0

    @property
    def is_read(self) -> bool:
        """Whether the page is read by it and not by its picture."""
        return self.trust.is_trusted and bool(self.words)


def read(page: pdfium.PdfPage, number: int) -> TextLayer:
    """The page's text layer; signature widgets are no part of it."""
    found = _found(page, number, Provenance.LAYER, may_be_turned=True)
    evidence = Evidence(found.hidden, found.nameless, *_drawn(page))
    words = mark_raised(mended(found.words, found.fonts), found.feet)
    trust = judge(words, evidence)
    if trust.is_trusted and found.encoding:
        trust = replace(trust, reason=f"{trust.reason}_{found.encoding}")
    return TextLayer(words, trust, evidence, found.quarters)


def words(page: pdfium.PdfPage, number: int, provenance: Provenance) -> tuple[Word, ...]:
    """The page's words, whether or not they can be believed."""
    found = _found(page, number, provenance)
    return mark_raised(found.words, found.feet)


class _Found(NamedTuple):
    """Words, their fonts and feet (where they stand on their line), shares of hidden words and of nameless
    glyphs, the encoding before Unicode."""

    words: tuple[Word, ...]
    fonts: Sequence[str]
    feet: Sequence[float]
    hidden: float
    nameless: float
    encoding: str | None
    quarters: int


def _found(
    page: pdfium.PdfPage, number: int, provenance: Provenance, *, may_be_turned: bool = False
) -> _Found:
    textpage = page.get_textpage()
    try:
        shown = frame(page)
        characters = glyphs.characters(textpage)
        boxes = characters.boxes(shown)
        ratio = page.get_height() / page.get_width()
        if quarters := glyphs.quarters(characters, boxes, ratio) if may_be_turned else 0:
            shown = shown.turned(quarters)
            boxes = characters.boxes(shown)
            ratio = 1 / ratio if quarters % 2 else ratio
        foot_of = partial(_foot, textpage, shown)
        runs = [run for run in glyphs.runs(characters, boxes, ratio, foot_of) if _visible(run)]
        feet = [foot_of(run.place) for run in runs]
        looks = _looks(textpage, runs)
    finally:
        textpage.close()
    # Decoded before NFC: TCVN3 has a letter at the soft hyphen, which NFC text does without.
    fonts = [look.font for look in looks]
    texts, encoding = by_font([run.text for run in runs], fonts)
    found = tuple(
        _word(run, text, number, provenance, look.bold)
        for run, text, look in zip(runs, texts, looks, strict=True)
    )
    nameless = sum(run.text.count(NAMELESS) for run in runs)
    return _Found(
        found,
        fonts,
        feet,
        sum(look.hidden for look in looks) / max(len(runs), 1),
        nameless / max(sum(len(run.text) for run in runs), 1),
        encoding,
        quarters,
    )


def _drawn(page: pdfium.PdfPage) -> tuple[float, int]:
    """Share of the page that its largest picture covers, and the number of paths."""
    area = page.get_width() * page.get_height()
    largest, paths = 0.0, 0
    for thing in objects(page, (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH)):
        if thing.kind == raw.FPDF_PAGEOBJ_PATH:
            paths += 1
            continue
        matrix = matrix_of(thing.handle)
        largest = max(largest, abs(matrix.a * matrix.d - matrix.b * matrix.c))
    return min(largest / area, 1.0), paths


def mark_raised(found: tuple[Word, ...], feet: Sequence[float]) -> tuple[Word, ...]:
    """Small digits that stand raised behind or before larger letters, marked as superscript.

    `feet`: of each word where it stands, in fractions of the page; a box alone may reach down to a tail.
    """
    out = list(found)
    for index, word in enumerate(found):
        beside = (one for one in (index - 1, index + 1) if 0 <= one < len(found))
        if word.text.isdigit() and any(_is_raised(found, feet, index, other) for other in beside):
            out[index] = _as_superscript(word)
    return tuple(out)


def _is_raised(found: Sequence[Word], feet: Sequence[float], index: int, other: int) -> bool:
    """Whether a small mark stands close to letters of its own line, its foot above theirs."""
    mark, letters = found[index].box, found[other].box
    apart = max(mark.x0 - letters.x1, letters.x0 - mark.x1)
    small = mark.height < RAISED_SIZE * letters.height
    above = letters.y0 < feet[index] < feet[other] - RAISED_FOOT * letters.height
    return small and above and apart < RAISED_GAP * letters.height


def _as_superscript(word: Word) -> Word:
    return Word(word.text, word.box, word.confidence, word.provenance, word.bold, superscript=True)


def _device(page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
    at_x, at_y = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, _DEVICE, _DEVICE, 0, x, y, at_x, at_y)
    return at_x.value / _DEVICE, at_y.value / _DEVICE


def _foot(textpage: pdfium.PdfTextPage, page_frame: PageFrame, place: int) -> float:
    """Where the character at `place` stands, as a fraction of the page's height: tails reach below it."""
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(textpage.raw, place, x, y)
    return page_frame.fractions(x.value, y.value)[1]


def _visible(run: Run) -> bool:
    return run.x1 > 0 and run.y1 > 0 and run.x0 < 1 and run.y0 < 1 and run.x1 > run.x0 and run.y1 > run.y0


def _word(run: Run, text: str, number: int, provenance: Provenance, bold: bool) -> Word:
    box = Box(number, max(run.x0, 0.0), max(run.y0, 0.0), min(run.x1, 1.0), min(run.y1, 1.0))
    return Word(nfc(text), box, None, provenance, bold)


class Look(NamedTuple):
    """How a run is painted."""

    font: str
    bold: bool
    hidden: bool


def _looks(textpage: pdfium.PdfTextPage, runs: Sequence[Run]) -> list[Look]:
    """The look of each run; the name of a font is asked once."""
    names: dict[int, str] = {}
    bold: dict[str, bool] = {}
    found = []
    for run in runs:
        thing = raw.FPDFText_GetTextObject(textpage.raw, run.place)
        font = raw.FPDFTextObj_GetFont(thing) if thing else None
        key = ctypes.addressof(font.contents) if font else run.place
        if key not in names:
            names[key] = _font(textpage, run.place)
            bold[names[key]] = _is_bold(names[key])
        found.append(Look(names[key], bold[names[key]], _is_hidden(thing)))
    return found


def _font(textpage: pdfium.PdfTextPage, index: int) -> str:
    """Name of a glyph's font, with `:bold` where only its weight says so; empty where it has none."""
    name, flags = ctypes.create_string_buffer(_FONT_NAME_BYTES), ctypes.c_int()
    raw.FPDFText_GetFontInfo(textpage, index, name, _FONT_NAME_BYTES, flags)
    named = name.value.decode("utf-8", "replace")
    if not named and raw.FPDFText_GetFontWeight(textpage, index) >= BOLD_WEIGHT:
        return ":bold"
    return named + (":bold" if flags.value & _FORCE_BOLD else "")


def _is_bold(font: str) -> bool:
    return "bold" in font.lower() or font.lower().endswith(("-bd", ",bd"))


def _is_hidden(thing: Any) -> bool:
    return bool(thing) and raw.FPDFTextObj_GetTextRenderMode(thing) == raw.FPDF_TEXTRENDERMODE_INVISIBLE
