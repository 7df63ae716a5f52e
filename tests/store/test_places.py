"""The issuer's place lands with what came of it; what is printed stays; other places do not land."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from kehoach.document import facts
from kehoach.document.facts import Header, Issuer
from kehoach.export.record import as_json
from kehoach.extract.identity import issuer_places, lineage
from kehoach.store.read import open_database, record
from kehoach.store.write import Landed, land
from made_records import record as made


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return open_database(tmp_path / "plans.db", must_exist=False)


def issued(issuer: Issuer, on: str, name: str) -> facts.Record:
    places = issuer_places(issuer, on)
    head = Header(issued_on=on, issuer=issuer)
    plain = made(name, content=name.encode())
    return replace(plain, header=head, issuer_places=places, lineage=lineage(places))


def landed(db: Database, one: facts.Record, *, reread: bool = False) -> Landed:
    now = datetime.now(UTC)
    return land(db, source=one.source, received_at=now, outcome="read", record=one, reread=reread)


OLD = Issuer("UBND xã Trung Trắc", "xa", "Trung Trắc", "Văn Lâm", "Hưng Yên")
NEW = Issuer("UBND xã Như Quỳnh", "xa", "Như Quỳnh", None, "Hưng Yên")
MANY = Issuer("UBND xã Tân Thành", "xa", "Tân Thành")


def test_a_place_and_its_lineage_come_back_as_they_landed(db: Database) -> None:
    one = issued(OLD, "2022-01-14", "old.pdf")
    document_id = landed(db, one).document_id
    assert document_id is not None
    again = record(db, document_id)
    assert (again.issuer_places, again.lineage) == (one.issuer_places, one.lineage)
    assert again.header.issuer == OLD
    exported = as_json(db, document_id)
    assert exported["document"]["issuer"]["commune"] == "Trung Trắc"
    assert [place["name"] for place in exported["issuer_places"]] == ["Trưng Trắc"]
    assert [link["new"]["name"] for link in exported["lineage"]] == ["Như Quỳnh"]


def test_plans_of_before_and_after_the_merger_meet_in_the_lineage(db: Database) -> None:
    for one in (issued(OLD, "2022-01-14", "old.pdf"), issued(NEW, "2026-01-14", "new.pdf")):
        landed(db, one)
    pairs = db.execute(
        """SELECT o.commune, n.commune, l.part FROM place_lineage l
           JOIN documents o ON o.issuer_place_id = l.old_id JOIN documents n ON n.issuer_place_id = l.new_id"""
    ).fetchall()
    assert pairs == [("Trung Trắc", "Như Quỳnh", 0)]


def test_a_place_that_may_be_many_is_none_of_them(db: Database) -> None:
    document_id = landed(db, issued(MANY, "2024", "many.pdf")).document_id
    assert db.execute("SELECT issuer_place_id FROM documents").fetchone() == (None,)
    assert db.execute("SELECT count(*) FROM document_places").fetchone()[0] > 1
    assert document_id is not None
    assert len(record(db, document_id).issuer_places) > 1


def test_reading_again_doubles_nothing(db: Database) -> None:
    one = issued(OLD, "2022-01-14", "old.pdf")
    landed(db, one)
    before = [db.table(name).count for name in ("places", "place_lineage", "document_places")]
    landed(db, one, reread=True)
    assert [db.table(name).count for name in ("places", "place_lineage", "document_places")] == before
