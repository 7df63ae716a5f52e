"""The submitted file behind a document: the database keeps its hash and where it lay, not its bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kehoach.sqlite import Database
from kehoach.store.rows import storable


@dataclass(frozen=True, slots=True)
class Submitted:
    """A submitted file. `path`: where the same bytes lie now; None where they are not found."""

    name: str
    sha256: str
    media_type: str
    page_count: int
    path: Path | None


def note_path(db: Database, file_id: int, path: Path) -> None:
    """Keeps where a file lies, so that its pages can be shown."""
    with db.conn:
        db.execute("UPDATE files SET path = ? WHERE id = ?", (storable(str(path)), file_id))


def submitted(db: Database, document_id: int, folders: Sequence[Path] = ()) -> Submitted | None:
    """The file that a document stands in, looked for where it lay and then in `folders` with all below them;
    None where there is no such document. Only a file with the same bytes is the file.
    """
    row = next(db.query(_FILE, (document_id,)), None)
    if row is None:
        return None
    places = (Path(row["path"]),) if row["path"] else ()
    candidates = (*places, *_alike(folders, row["bytes"], row["name"]))
    path = next((one for one in candidates if _sha256(one) == row["sha256"]), None)
    return Submitted(row["name"], row["sha256"], row["media_type"], row["page_count"], path)


_FILE = """
    SELECT f.name, f.sha256, f.media_type, f.bytes, f.path, d.page_count
    FROM documents d JOIN files f ON f.id = d.file_id WHERE d.id = ?
"""


def _alike(folders: Sequence[Path], size: int, name: str) -> Iterator[Path]:
    """Files of the same size, those of the same name first."""
    for folder in folders:
        found = (one for one in folder.rglob("*") if one.is_file() and one.stat().st_size == size)
        yield from sorted(found, key=lambda one: (one.name != name, one))


def _sha256(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
