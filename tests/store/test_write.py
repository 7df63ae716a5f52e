"""Landing is whole or not at all, happens once, and keeps every fact."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from kehoach.document.facts import Mention, Record, Task
from kehoach.store import read, write
from kehoach.store.read import open_database
from kehoach.store.search import search
from kehoach.store.write import Landed, land
from made_records import NOWHERE, plan, record, records, source

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    base = open_database(tmp_path / "plans.db", must_exist=False)
    yield base
    base.close()


def put(db: Database, found: Record, text: str = "", *, reread: bool = False) -> Landed:
    return land(
        db,
        source=found.source,
        received_at=NOON,
        outcome="read",
        record=found,
        plan=plan(text),
        reread=reread,
    )


def refuse(db: Database, name: str, reason: str = "damaged", outcome: str = "refused") -> Landed:
    return land(db, source=source(name), received_at=NOON, outcome=outcome, reason=reason)


def dump(db: Database) -> list[str]:
    return list(db.conn.iterdump())


def count(db: Database, table: str) -> int:
    return int(db.table(table).count)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(st.lists(records(), min_size=1, max_size=2, unique_by=lambda one: one.source.sha256))
def test_what_lands_is_what_is_read_back(tmp_path: Path, found: list[Record]) -> None:
    base = open_database(tmp_path / "each.db", must_exist=False)
    for one in found:
        landed = put(base, one, reread=True)
        assert landed.document_id is not None
        # The same bytes keep the name under which they came first.
        name = read.record(base, landed.document_id).source.name
        assert read.record(base, landed.document_id) == replace(one, source=replace(one.source, name=name))
    base.close()


def test_the_same_bytes_again_change_nothing(db: Database) -> None:
    first = put(db, record("a.pdf", "Rà soát"))
    before = dump(db)
    again = put(db, record("a.pdf", "Khác"))
    assert dump(db) == before
    assert (again.file_id, again.document_id, again.is_new) == (first.file_id, first.document_id, False)


def test_a_further_name_of_the_same_bytes_is_kept_beside_the_first(db: Database) -> None:
    first = put(db, record("a.pdf", "Rà soát"))
    assert put(db, record("b.pdf", "Rà soát")).document_id == first.document_id
    assert count(db, "documents") == 1
    assert [row["name"] for row in db.query("SELECT name FROM file_names")] == ["b.pdf"]
    assert read.find_plan(db, "b") == first.document_id


def test_a_reread_replaces_the_document_and_keeps_its_ids(db: Database) -> None:
    first = put(db, record("a.pdf", "Cũ", "Kỹ"))
    again = put(db, record("a.pdf", "Mới"), reread=True)
    assert again == first
    assert [task.text for task in read.record(db, 1).tasks] == ["Mới"]
    assert not search(db, "cũ")


def test_a_reread_that_fails_leaves_the_old_document(db: Database) -> None:
    put(db, record("a.pdf", "Cũ"))
    land(db, source=source("a.pdf"), received_at=NOON, outcome="failed", reason="internal", reread=True)
    assert count(db, "documents") == 1
    assert db.execute("SELECT outcome FROM files").fetchone() == ("read",)


def test_a_refused_file_is_recorded_and_not_tried_again_by_the_same_version(db: Database) -> None:
    refuse(db, "a.pdf")
    found = read.known_file(db, source("a.pdf").sha256)
    assert found is not None and found.is_settled and found.reason == "damaged"
    assert not refuse(db, "a.pdf", "encrypted").is_new
    assert db.execute("SELECT outcome, reason FROM files").fetchall() == [("refused", "damaged")]


def test_another_version_may_read_what_was_refused(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(db, "a.pdf")
    monkeypatch.setattr(read, "__version__", "99")
    monkeypatch.setattr(write, "__version__", "99")
    found = read.known_file(db, source("a.pdf").sha256)
    assert found is not None and not found.is_settled
    assert put(db, record("a.pdf", "Rà soát")).is_new
    assert db.execute("SELECT outcome, reason, software_version FROM files").fetchall() == [
        ("read", None, "99")
    ]


def test_a_failed_file_is_always_worth_another_try(db: Database) -> None:
    refuse(db, "a.pdf", "internal", "failed")
    found = read.known_file(db, source("a.pdf").sha256)
    assert found is not None and not found.is_settled


def test_files_without_bytes_are_told_apart_by_name(db: Database) -> None:
    for name in ("a.pdf", "b.pdf", "a.pdf"):
        gone = replace(source(name), sha256="", size_bytes=0)
        land(db, source=gone, received_at=NOON, outcome="refused", reason="not_found")
    assert count(db, "files") == 2


def test_nothing_half_written_stays(db: Database) -> None:
    put(db, record("a.pdf", "Rà soát"))
    before = dump(db)
    broken = replace(
        record("b.pdf", "Tốt", content=b"y"), tasks=(Task("Hỏng", (), None, "nowhere", NOWHERE, ""),)
    )
    with pytest.raises(sqlite3.IntegrityError):
        put(db, broken)
    assert dump(db) == before


def test_an_unknown_unit_gets_a_row_of_its_own_whatever_its_spelling(db: Database) -> None:
    names = ("Tổ Công nghệ số", "TỔ CÔNG NGHỆ SỐ", "Ban Khác")
    lead = tuple(Mention(name, "lead", "item", NOWHERE) for name in names)
    put(db, replace(record("a.pdf"), tasks=(Task("Rà soát", (), None, "body", NOWHERE, "item", lead),)))
    assert db.execute("SELECT key, name, level FROM units ORDER BY id").fetchall() == [
        ("~to cong nghe so", "Tổ Công nghệ số", None),
        ("~ban khac", "Ban Khác", None),
    ]
    put(db, record("a.pdf", "Rà soát"), reread=True)
    assert count(db, "units") == 0


def test_text_that_utf_8_cannot_hold_lands_with_its_length_kept(db: Database) -> None:
    put(db, record("a\ud800.pdf", "Rà \udfff soát"))
    assert read.record(db, 1).tasks[0].text == "Rà \ufffd soát"


def test_foreign_keys_are_enforced_and_columns_are_strict(db: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        db.execute("INSERT INTO task_outputs VALUES (99, 0, 'x')")
    with pytest.raises(sqlite3.IntegrityError):
        db.execute("UPDATE files SET bytes = 'many'") if put(db, record()) else None
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_pages_keep_their_texts(db: Database) -> None:
    found = record()
    land(db, source=found.source, received_at=NOON, outcome="read", record=found, plan=plan("Một\tHai", "Ba"))
    rows = db.execute("SELECT number, read_from, text FROM pages ORDER BY number").fetchall()
    assert rows == [(1, "text", "Một\tHai"), (2, "text", "Ba")]
    assert db.execute("SELECT text FROM documents").fetchone() == ("Một\tHai\nBa",)
