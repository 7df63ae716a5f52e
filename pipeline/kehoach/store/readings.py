"""A plan as a check sees it, in the database; `packed` says in what form."""

from __future__ import annotations

from kehoach.document.facts import Section
from kehoach.document.outline import Outline
from kehoach.document.plan import Plan
from kehoach.sqlite import Database
from kehoach.store.packed import unpacked
from kehoach.store.rows import Row


def land_reading(db: Database, document_id: int, content: bytes) -> None:
    """Writes what `packed` made."""
    db.execute("INSERT INTO readings (document_id, content) VALUES (?, ?)", (document_id, content))


def reading(db: Database, row: Row, sections: tuple[Section, ...]) -> tuple[Plan, Outline] | None:
    """The plan and its outline as they were when the document landed; None where an older version read it.

    row: the document's; sections: those of its record.
    """
    found = db.execute("SELECT content FROM readings WHERE document_id = ?", (row["id"],)).fetchone()
    if found is None:
        return None
    return unpacked(found[0], row["text"], sections)
