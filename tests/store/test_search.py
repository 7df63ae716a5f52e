"""Search sees through marks, quotes in the page's spelling, and takes any input."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from kehoach.store.read import open_database
from kehoach.store.search import search
from kehoach.store.write import land
from made_records import plan, record


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    base = open_database(tmp_path_factory.mktemp("db") / "plans.db", must_exist=False)
    for name, text in (
        ("a.pdf", "UBND xã Đắk Plô rà soát hộ nghèo"),
        ("b.pdf", "Công khai số 08/KH-UBND AND điểm"),
    ):
        one = record(name, text, content=name.encode())
        land(
            base,
            source=one.source,
            received_at=datetime(2026, 3, 2, tzinfo=UTC),
            outcome="read",
            record=one,
            plan=plan("Mở đầu " * 40 + text + " cuối trang" * 40),
        )
    yield base
    base.close()


@pytest.mark.parametrize(
    "query", ["dak plo", "đắk plô", "Đắk Plô", "ĐẮK PLÔ", '"dak plo"', "plô đắk", "dak-plo"]
)
def test_marks_and_case_make_no_difference(db: Database, query: str) -> None:
    hits = search(db, query)
    assert [(hit.kind, hit.file_name, hit.page) for hit in hits] == [
        ("task", "a.pdf", 1),
        ("page", "a.pdf", 1),
    ]
    assert "[Đắk] [Plô]" in hits[0].snippet and "[Đắk] [Plô]" in hits[1].snippet
    assert hits[1].snippet.startswith("… ") and hits[1].snippet.endswith(" …")


def test_words_in_quotes_stand_side_by_side(db: Database) -> None:
    assert search(db, "plô xã") and not search(db, '"plô xã"')


@pytest.mark.parametrize("query", ["08/KH-UBND", "diem", "AND", "công khai AND"])
def test_numbers_and_operators_are_words(db: Database, query: str) -> None:
    assert {hit.file_name for hit in search(db, query)} == {"b.pdf"}


@pytest.mark.parametrize(
    "query", ["", " ", '"', "*", "-", "a\"b'", "NEAR(", "tasks_fts:", "\x00", "_", "\ud800", "^"]
)
def test_signs_alone_find_nothing_and_break_nothing(db: Database, query: str) -> None:
    assert search(db, query) == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text())
def test_any_input_is_safe(db: Database, query: str) -> None:
    search(db, query)
    search(db, query * 200)


def test_a_limit_holds(db: Database) -> None:
    assert len(search(db, "dak", 1)) == 1
    assert search(db, "dak", 0) == ()


def test_the_index_is_in_step_after_a_reread(tmp_path: Path) -> None:
    base = open_database(tmp_path / "plans.db", must_exist=False)
    for text in ("Cũ kỹ", "Mới mẻ"):
        one = record("a.pdf", text)
        land(
            base,
            source=one.source,
            received_at=datetime(2026, 3, 2, tzinfo=UTC),
            outcome="read",
            record=one,
            plan=plan(text),
            reread=True,
        )
    assert len(search(base, "moi me")) == 2 and not search(base, "cu ky")
    base.execute("INSERT INTO tasks_fts(tasks_fts, rank) VALUES ('integrity-check', 1)")
    base.execute("INSERT INTO pages_fts(pages_fts, rank) VALUES ('integrity-check', 1)")
