"""Number and date in the head of a scan: print is taken, ink that is no sure print is left out and named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from kehoach.document.page import Box, Grid, Line, Provenance, Role, Word
from kehoach.document.picture import PageImage
from kehoach.layout.blanks import Blank, blanks, filled, unglued
from kehoach.ocr.engine import Engine, Shape
from kehoach.pages import image as picture

# Confidence from which figures are print: printed ones have 0.94 and more, handwritten ones 0.88 and less
# (seven real scans); a second, closer look must be as sure.
SURE = 0.9
# Of the height of the line's printed figures: handwriting is taller (1.3 to 1.6), stamped numbers are not.
TALLEST = 1.22
# Of the height of the line's letters: ink lower than this is dots, leaders and specks.
LOWEST_INK = 0.55
CLOSE_LOOK = 1.5  # times: how much larger the place is shown to the recogniser the second time
_MARGIN = 0.004  # of the page: room around the place that is looked at

Flow = tuple[Line | Grid, ...]


def with_blanks_judged(
    flow: Flow, image: PageImage, engine: Engine, figures: Sequence[Word] = ()
) -> tuple[Flow, tuple[tuple[str, str], ...]]:
    """`flow` without handwriting in number and date, and the fields that it left unread.

    `figures`: those of a text layer that is not trusted as a whole; what the recogniser sees too, holds.
    """
    flow = unglued(flow)
    unread: dict[str, str] = {}
    for blank in reversed(tuple(blanks(flow))):
        words = blank.words(flow)
        if any(word.provenance is Provenance.WIDGET for word in words):
            continue
        if _agree(words, figures):
            flow = filled(flow, blank, tuple(replace(word, confidence=1.0) for word in words))
            continue
        value = _value(blank, words, flow, image, engine)
        if value is None:
            unread[blank.field] = "handwritten"
        flow = filled(flow, blank, value or ())
    return flow, tuple(unread.items())


def _value(
    blank: Blank, words: Sequence[Word], flow: Flow, image: PageImage, engine: Engine
) -> tuple[Word, ...] | None:
    """The printed figures of a place, () where it is empty, None where ink stands that is no sure print."""
    height = _figure_height(flow)
    ink = picture.ink_height(image, _room(blank.box), LOWEST_INK * height)
    if not words and ink is None:
        return None if blank.is_inked else ()
    if ink is not None and ink > TALLEST * height:
        return None
    if len(words) == 1 and _is_sure(words[0]):
        return (words[0],)
    close = _look_closer(blank, image, engine)
    return (close,) if close is not None and _is_sure(close) else None


def _agree(words: Sequence[Word], figures: Sequence[Word]) -> bool:
    return bool(words) and all(
        any(word.text == figure.text and _meet(word.box, figure.box) for figure in figures) for word in words
    )


def _meet(one: Box, other: Box) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.y0 < other.y1 and other.y0 < one.y1


def _is_sure(word: Word) -> bool:
    return word.text.isdigit() and (word.confidence or 0.0) >= SURE


def _figure_height(flow: Flow) -> float:
    """Usual height of surely printed figures in the head (else of letters), in fractions of the page."""
    words = [
        word for part in flow if isinstance(part, Line) and part.role is Role.HEAD for word in part.words
    ]
    sure = [word for word in words if (word.confidence or 0.0) >= SURE]
    figures = [word.box.height for word in sure if word.text.isdigit() and len(word.text) == len("2024")]
    letters = [word.box.height for word in sure or words]
    return median(figures or letters)


def _look_closer(blank: Blank, image: PageImage, engine: Engine) -> Word | None:
    part = picture.resized(picture.crop(image, _room(blank.box)), image.dpi * CLOSE_LOOK)
    found = engine.words(picture.padded(part), shape=Shape.LINE)
    text = "".join(word.text for word in found)
    if not found:
        return None
    return Word(text, blank.box, min(word.confidence or 0.0 for word in found), Provenance.PRINT)


def _room(box: Box) -> Box:
    return box._replace(y0=max(box.y0 - _MARGIN, 0.0), y1=min(box.y1 + _MARGIN, 1.0))
