"""The protocol that every recogniser fills."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from kehoach.document.page import Word
from kehoach.document.picture import PageImage


class Shape(StrEnum):
    """What a picture holds: a page with columns, one block of lines, a single line."""

    PAGE = "page"
    BLOCK = "block"
    LINE = "line"


class Engine(Protocol):
    """Recognises words in a picture."""

    def words(self, image: PageImage, *, shape: Shape = Shape.PAGE) -> tuple[Word, ...]:
        """Words in reading order: NFC text, box in fractions of `image`, confidence 0 to 1."""
        ...
