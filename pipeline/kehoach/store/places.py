"""Places in the database: what a document's issuer may be, and what came of it on 1 July 2025.

Only places that occur land, with those that they came from or went into.
"""

from __future__ import annotations

from collections.abc import Sequence

from kehoach.document.identity import Place, Succession
from kehoach.sqlite import Database
from kehoach.store.rows import Row, day, iso


def land_places(
    db: Database, document_id: int, places: Sequence[Place], lineage: Sequence[Succession]
) -> None:
    """The places that the issuer may be; where there is one, `documents.issuer_place_id` names it."""
    ids = [_place_id(db, place) for place in places]
    for ordinal, place_id in enumerate(ids):
        db.execute("INSERT INTO document_places VALUES (?, ?, ?)", (document_id, ordinal, place_id))
    if len(ids) == 1:
        db.execute("UPDATE documents SET issuer_place_id = ? WHERE id = ?", (ids[0], document_id))
    for link in lineage:
        db.execute(
            "INSERT OR IGNORE INTO place_lineage (old_id, new_id, part) VALUES (?, ?, ?)",
            (_place_id(db, link.old), _place_id(db, link.new), int(link.part)),
        )


def _place_id(db: Database, place: Place) -> int:
    found = db.execute("SELECT id FROM places WHERE key = ?", (place.id,)).fetchone()
    if found:
        return int(found[0])
    values = (
        place.id,
        *(getattr(place, name) for name in _PLAIN),
        iso(place.valid_from),
        iso(place.valid_to),
    )
    marks = ", ".join("?" * len(values))
    cursor = db.execute(
        f"INSERT INTO places (key, {', '.join(_PLAIN)}, valid_from, valid_to) VALUES ({marks})", values
    )
    return int(cursor.lastrowid or 0)


_PLAIN = ("level", "word", "name", "code", "district", "province")


def places_of(db: Database, document_id: int) -> tuple[Place, ...]:
    """The places that a document's issuer may be, in the order in which they were found."""
    rows = db.query(
        """SELECT p.* FROM document_places d JOIN places p ON p.id = d.place_id
           WHERE d.document_id = ? ORDER BY d.ordinal""",
        (document_id,),
    )
    return tuple(map(_place, rows))


def lineage_of(db: Database, places: Sequence[Place]) -> tuple[Succession, ...]:
    """What went into these places and what they went into, by the places' ids."""
    found = (link for place in places for link in _links(db, place))
    return tuple(sorted(set(found), key=lambda link: (link.old.id, link.new.id)))


def _links(db: Database, place: Place) -> Sequence[Succession]:
    rows = db.query(
        """SELECT l.part, l.old_id, l.new_id FROM place_lineage l
           JOIN places p ON p.id IN (l.old_id, l.new_id) WHERE p.key = ?""",
        (place.id,),
    )
    return [
        Succession(_by_id(db, row["old_id"]), _by_id(db, row["new_id"]), bool(row["part"])) for row in rows
    ]


def _by_id(db: Database, place_id: int) -> Place:
    return _place(next(db.query("SELECT * FROM places WHERE id = ?", (place_id,))))


def _place(row: Row) -> Place:
    plain = {name: row[name] for name in _PLAIN}
    return Place(id=row["key"], **plain, valid_from=day(row["valid_from"]), valid_to=day(row["valid_to"]))
