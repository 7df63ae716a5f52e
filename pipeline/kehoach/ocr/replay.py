"""Recorded words in place of a recogniser: tests of the rooms above need no Tesseract."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from kehoach.document.page import Box, Provenance, Word
from kehoach.document.picture import PageImage
from kehoach.ocr.engine import Engine, Shape
from kehoach.text import nfc

Recording = dict[str, list[dict[str, Any]]]


class Replay:
    """Engine that repeats what was recorded for a picture, else for its page number, else nothing.

    Recording: key (picture's digest and shape, or page number) to a list of `text`, `box`
    [x0, y0, x1, y1] in fractions, `confidence`.
    """

    def __init__(self, recording: Mapping[str, list[dict[str, Any]]]) -> None:
        self._recording = recording

    @classmethod
    def load(cls, path: Path) -> Self:
        """A recording kept as JSON."""
        return cls(json.loads(path.read_text("utf-8")))

    def words(self, image: PageImage, *, shape: Shape = Shape.PAGE) -> tuple[Word, ...]:
        """See `Engine.words`."""
        entries = self._recording.get(key(image, shape))
        if entries is None and shape is Shape.PAGE:
            entries = self._recording.get(str(image.number))
        return tuple(_word(entry, image.number) for entry in entries or ())


class Recorder:
    """Engine that asks another one and keeps what it said."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.recording: Recording = {}

    def words(self, image: PageImage, *, shape: Shape = Shape.PAGE) -> tuple[Word, ...]:
        """See `Engine.words`."""
        found = self._engine.words(image, shape=shape)
        self.recording[key(image, shape)] = [
            {"text": word.text, "box": list(word.box[1:]), "confidence": word.confidence} for word in found
        ]
        return found


def key(image: PageImage, shape: Shape) -> str:
    """Digest of the picture's pixels with the shape: the same picture gives the same words."""
    return f"{hashlib.sha256(image.pixels.tobytes()).hexdigest()[:16]}/{shape}"


def _word(entry: Mapping[str, Any], number: int) -> Word:
    return Word(nfc(entry["text"]), Box(number, *entry["box"]), entry.get("confidence"), Provenance.PRINT)
