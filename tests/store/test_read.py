"""Opening refuses what is not ours; a plan is found by id or name."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kehoach.errors import (
    AmbiguousPlan,
    DatabaseUnusable,
    NewerDatabase,
    NoDatabase,
    NotOurDatabase,
    PlanNotFound,
)
from kehoach.store.read import find_plan, open_database, plans
from kehoach.store.write import land
from made_records import plan, record


def sqlite_of_others(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE files (id)")


def from_the_future(path: Path) -> None:
    base = open_database(path, must_exist=False)
    base.execute("INSERT INTO _sqlite_migrations VALUES (NULL, 'kehoach', '9999_flying_cars', 'then')")
    base.close()


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda path: None, NoDatabase),
        (lambda path: path.mkdir(), NoDatabase),
        (lambda path: path.write_bytes(b""), NotOurDatabase),
        (lambda path: path.write_text("Kế hoạch\n" * 100), NotOurDatabase),
        (sqlite_of_others, NotOurDatabase),
        (from_the_future, NewerDatabase),
    ],
)
def test_a_database_that_must_exist_is_checked(
    tmp_path: Path, make: Callable[[Path], None], error: type[Exception]
) -> None:
    make(tmp_path / "plans.db")
    with pytest.raises(error):
        open_database(tmp_path / "plans.db", must_exist=True)


def test_ingest_does_not_write_into_a_file_of_others(tmp_path: Path) -> None:
    sqlite_of_others(tmp_path / "other.db")
    before = (tmp_path / "other.db").read_bytes()
    with pytest.raises(NotOurDatabase):
        open_database(tmp_path / "other.db", must_exist=False)
    assert (tmp_path / "other.db").read_bytes() == before


def test_a_database_whose_making_was_interrupted_is_made(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "plans.db") as begun:
        begun.execute("PRAGMA journal_mode = WAL")
    assert (tmp_path / "plans.db").stat().st_size > 0
    assert open_database(tmp_path / "plans.db", must_exist=False).table("tasks").exists()


def test_a_folder_in_place_of_a_database_is_a_plain_error(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnusable):
        open_database(tmp_path, must_exist=False)


def test_opening_makes_the_folder_and_opening_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "out" / "plans.db"
    first = open_database(path, must_exist=False)
    made = list(first.conn.iterdump())
    first.close()
    assert list(open_database(path, must_exist=True).conn.iterdump()) == made


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("1", 1),
        ("2", 2),
        ("004", 3),
        ("004.txt", 3),
        ("some/where/004.txt", 3),
        ("000.digital", 1),
        ("xã A", 2),
    ],
)
def test_a_plan_is_named_by_id_or_by_file_name(tmp_path: Path, asked: str, found: int) -> None:
    base = open_database(tmp_path / "plans.db", must_exist=False)
    for name in ("000.digital.pdf", "xã A.docx", "004.txt"):
        one = record(name, content=name.encode())
        land(
            base, source=one.source, received_at=datetime.now(UTC), outcome="read", record=one, plan=plan("")
        )
    assert find_plan(base, asked) == found
    assert [line.file_name for line in plans(base)] == ["000.digital.pdf", "004.txt", "xã A.docx"]


@pytest.mark.parametrize("asked", ["", "3", "000", "9" * 40, "²", "'; DROP TABLE files", "9" * 5000])
def test_a_plan_that_is_not_there_is_named(tmp_path: Path, asked: str) -> None:
    base = open_database(tmp_path / "plans.db", must_exist=False)
    with pytest.raises(PlanNotFound):
        find_plan(base, asked)


def test_a_name_of_two_plans_asks_for_the_id(tmp_path: Path) -> None:
    base = open_database(tmp_path / "plans.db", must_exist=False)
    for name in ("a.pdf", "a.docx"):
        one = record(name, content=name.encode())
        land(base, source=one.source, received_at=datetime.now(UTC), outcome="read", record=one)
    with pytest.raises(AmbiguousPlan, match="1, 2"):
        find_plan(base, "a")
    assert find_plan(base, "a.docx") == 2
