"""Tesseract in this process, one for each process; a second thread inside it costs more than it gives."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Self

os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # must stand before the import of tesserocr

import tesserocr

from kehoach.document.page import Box, Provenance, Word
from kehoach.document.picture import PageImage
from kehoach.errors import ToolMissing
from kehoach.ocr.engine import Shape
from kehoach.text import nfc

LANGUAGE = "vie"
# Folders where Debian and others keep Tesseract's language files; TESSDATA_PREFIX goes first.
_DATA_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)
_PERCENT = 100.0
_MODES = {
    Shape.PAGE: tesserocr.PSM.AUTO,
    Shape.BLOCK: tesserocr.PSM.SINGLE_BLOCK,
    Shape.LINE: tesserocr.PSM.SINGLE_LINE,
}
# White on black and letters of one width do not occur on these papers, and tables are found by their rulings,
# not by the recogniser: looking for each costs time (docs/decisions/page-speed.md).
_SETTINGS = {"tessedit_do_invert": "0", "textord_tabfind_find_tables": "0", "textord_all_prop": "1"}


def data_folder(language: str = LANGUAGE) -> str:
    """The folder that holds `language`'s data. Raises ToolMissing."""
    prefix = os.environ.get("TESSDATA_PREFIX")
    for folder in (*([prefix] if prefix else []), *_DATA_FOLDERS):
        if (Path(folder) / f"{language}.traineddata").exists():
            return folder
    raise ToolMissing(tool=f"Tesseract ({language})")


class Tesseract:
    """Engine by tesserocr. Not to be shared between threads or processes."""

    def __init__(self, language: str = LANGUAGE) -> None:
        folder = data_folder(language)
        self._api = tesserocr.PyTessBaseAPI(
            path=folder, lang=language, psm=tesserocr.PSM.AUTO, variables=_SETTINGS
        )

    def words(self, image: PageImage, *, shape: Shape = Shape.PAGE) -> tuple[Word, ...]:
        """See `Engine.words`."""
        width, height = image.size
        depth = 1 if image.pixels.ndim == 2 else image.pixels.shape[2]
        self._api.SetPageSegMode(_MODES[shape])
        self._api.SetImageBytes(image.pixels.tobytes(), width, height, depth, width * depth)
        self._api.SetSourceResolution(round(image.dpi))
        try:
            if not self._api.Recognize():
                return ()
            return self._found(image.number, width, height)
        finally:
            self._api.Clear()

    def _found(self, number: int, width: int, height: int) -> tuple[Word, ...]:
        iterator = self._api.GetIterator()
        level = tesserocr.RIL.WORD
        out: list[Word] = []
        for item in tesserocr.iterate_level(iterator, level) if iterator else ():
            if item.Empty(level) or not (text := nfc(item.GetUTF8Text(level)).strip()):
                continue
            x0, y0, x1, y1 = item.BoundingBox(level)
            box = Box(number, x0 / width, y0 / height, x1 / width, y1 / height)
            out.append(Word(text, box, item.Confidence(level) / _PERCENT, Provenance.PRINT))
        return tuple(out)

    def close(self) -> None:
        """Gives Tesseract's memory back."""
        self._api.End()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
