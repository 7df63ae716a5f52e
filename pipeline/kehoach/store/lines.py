"""Lines in the database: what each paragraph and table row is, and the rows of the facts that it states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kehoach.document.facts import LineFact, LineRole
from kehoach.sqlite import Database
from kehoach.store.rows import Row, anchor, place_row
from kehoach.text import one_line

# List of the record, and table of the database, to the column that names a row of it.
LINKS = {
    "sections": "section_id",
    "tasks": "task_id",
    "targets": "target_id",
    "citations": "citation_id",
    "recipients": "recipient_id",
    "tables": "table_id",
}


def land_lines(db: Database, document_id: int, lines: Sequence[LineFact]) -> None:
    """Writes the lines of a document whose facts have landed."""
    ids = {table: _ids(db, table, document_id) for table in LINKS}
    rows = [_row(document_id, ordinal, line, ids) for ordinal, line in enumerate(lines)]
    if rows:
        columns, marks = ", ".join(f'"{name}"' for name in rows[0]), ", ".join("?" * len(rows[0]))
        db.conn.executemany(
            f"INSERT INTO lines ({columns}) VALUES ({marks})", [tuple(row.values()) for row in rows]
        )


def read_lines(db: Database, document_id: int) -> tuple[LineFact, ...]:
    """The lines as they landed; none where an older version read the document."""
    places = {
        table: {key: index for index, key in enumerate(_ids(db, table, document_id))} for table in LINKS
    }
    rows = db.query("SELECT * FROM lines WHERE document_id = ? ORDER BY ordinal", (document_id,))
    return tuple(
        LineFact(
            LineRole(row["role"]),
            row["rule"],
            anchor(row),
            tuple((table, places[table][row[link]]) for table, link in LINKS.items() if row[link]),
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class Unexplained:
    """A line that nobody understood, with its words."""

    file_name: str
    page: int | None
    text: str


def unexplained(db: Database, document_id: int | None = None) -> Iterator[Unexplained]:
    """The unexplained lines of a document, or of all by file name, in reading order."""
    for row in db.query(_UNEXPLAINED, {"document_id": document_id, "role": LineRole.UNEXPLAINED.value}):
        yield Unexplained(row["name"], row["page"], one_line(row["text"][row["start"] : row["end"]]))


_UNEXPLAINED = """
    SELECT f.name, l.page, l.start, l."end", d.text
    FROM lines l JOIN documents d ON d.id = l.document_id JOIN files f ON f.id = d.file_id
    WHERE l.role = :role AND (:document_id IS NULL OR d.id = :document_id)
    ORDER BY f.name, d.id, l.ordinal
"""


def _ids(db: Database, table: str, document_id: int) -> list[int]:
    query = f"SELECT id FROM {table} WHERE document_id = ? ORDER BY ordinal"
    return [row[0] for row in db.execute(query, (document_id,))]


def _row(document_id: int, ordinal: int, line: LineFact, ids: dict[str, list[int]]) -> Row:
    facts = dict(line.facts)
    links = {link: ids[table][facts[table]] if table in facts else None for table, link in LINKS.items()}
    place = {"document_id": document_id, "ordinal": ordinal, "role": line.role.value, "rule": line.rule}
    return place | links | place_row(line.anchor)
