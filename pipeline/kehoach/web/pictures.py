"""Pictures of pages for the browser: made when somebody looks, kept in memory while they are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kehoach.document.page import Box
from kehoach.errors import FileRefused
from kehoach.pages.shown import cut, encoded, has_pictures, shown, sizes
from kehoach.sqlite import Database
from kehoach.store.submitted import Submitted, submitted
from kehoach.web.memory import Memory

KEPT = 128  # pictures, about 100 kB each
A4 = (210, 297)  # the shape of a page whose own is not known


@dataclass(slots=True)
class Pictures:
    """Page pictures of the documents of one database; `folders`: where submitted files may lie, besides where
    they lay when they were read."""

    folders: Sequence[Path] = ()
    _memory: Memory = field(default_factory=lambda: Memory(KEPT))

    def file(self, db: Database, document_id: int) -> Submitted | None:
        """The submitted file; None where there is no such document, `path` None where it is not found."""
        key = ("file", document_id)
        found = self._memory.once(key, lambda: submitted(db, document_id, self.folders))
        if found and found.path and not found.path.is_file():  # it was moved meanwhile
            self._memory.forget(key)
            found = self._memory.once(key, lambda: submitted(db, document_id, self.folders))
        if found is None or found.path is None:
            self._memory.forget(key)
        return found

    def shapes(self, file: Submitted) -> tuple[tuple[float, float], ...]:
        """Width and height of each page, in no particular unit; empty where the file has no pictures."""
        path = file.path
        if path is None or not has_pictures(file.media_type):
            return ()
        try:
            found = self._memory.once(("sizes", file.sha256), lambda: sizes(path, file.media_type))
        except FileRefused:
            return ()
        return tuple(found) or (A4,) * file.page_count

    def picture(self, file: Submitted, number: int, box: Box | None = None) -> bytes | None:
        """Page `number` as WebP, or the part of it inside `box`; None where it cannot be shown."""
        path = file.path
        if path is None:
            return None
        key = (file.sha256, number, box)
        try:
            return self._memory.once(key, lambda: _made(path, file.media_type, number, box))
        except (FileRefused, OSError):
            return None


def _made(path: Path, media_type: str, number: int, box: Box | None) -> bytes | None:
    image = shown(path, media_type, number)
    if image is None:
        return None
    return encoded(cut(image, box) if box else image)
