"""The file behind a document is found by its bytes, wherever it went; another file is never taken for it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from kehoach.store.read import open_database
from kehoach.store.submitted import note_path, submitted
from kehoach.store.write import land
from made_records import plan, record

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    base = open_database(tmp_path / "plans.db", must_exist=False)
    yield base
    base.close()


def put(db: Database, path: Path) -> int:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"what was sent")
    found = record(path.name, content=b"what was sent")
    landed = land(db, source=found.source, received_at=NOON, outcome="read", record=found, plan=plan(""))
    note_path(db, landed.file_id, path)
    return landed.document_id or 0


def test_it_is_found_where_it_lay(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "in" / "kế hoạch.pdf"
    assert submitted(db, put(db, path)).path == path


def test_it_is_found_in_a_folder_under_any_name(db: Database, tmp_path: Path) -> None:
    document = put(db, tmp_path / "in" / "a.pdf")
    (tmp_path / "in").rename(tmp_path / "moved")
    assert submitted(db, document).path is None
    (tmp_path / "moved" / "other.pdf").write_bytes(b"what was sin.")
    (tmp_path / "moved" / "a.pdf").rename(tmp_path / "moved" / "renamed.pdf")
    assert submitted(db, document, [tmp_path / "moved"]).path == tmp_path / "moved" / "renamed.pdf"


def test_other_bytes_in_its_place_are_not_it(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "in" / "a.pdf"
    document = put(db, path)
    path.write_bytes(b"something else")
    assert submitted(db, document).path is None


def test_no_such_document_is_none(db: Database) -> None:
    assert submitted(db, 7) is None
