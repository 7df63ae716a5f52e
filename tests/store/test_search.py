"""Search sees through marks, quotes in the page's spelling, and takes any input."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from kehoach.store.narrow import Filters
from kehoach.store.read import open_database
from kehoach.store.search import MAX_TERMS, search
from kehoach.store.write import land
from kehoach.text import fold
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
@given(
    st.text()
    | st.lists(st.sampled_from(["Đắk", "plo", '"', "*", "08/KH", "AND", "-", "(", "điểm"])).map(" ".join)
)
def test_any_input_finds_only_what_holds_its_words(db: Database, query: str) -> None:
    words = re.findall("[a-z0-9]+", fold(query))
    for hit in search(db, query):
        table = "tasks" if hit.kind == "task" else "pages"
        held = fold(db.execute(f"SELECT text FROM {table} WHERE id = ?", (hit.id,)).fetchone()[0])
        assert words and all(word in held for word in words[:MAX_TERMS]), (query, held)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(min_size=1))
def test_a_query_of_any_length_finds_what_its_first_words_find(db: Database, query: str) -> None:
    long = " ".join(["dak", query] * 200)
    assert (
        {hit.file_name for hit in search(db, long)}
        <= {hit.file_name for hit in search(db, "dak")}
        == {"a.pdf"}
    )


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


def test_a_star_lets_a_word_go_on(db: Database) -> None:
    assert {hit.file_name for hit in search(db, "khai*")} == {"b.pdf"}
    assert {hit.file_name for hit in search(db, "ngh*")} == {"a.pdf"}
    (first, *_) = search(db, "ngh*")
    assert "[nghèo]" in first.snippet
    assert search(db, "ngh") == () and search(db, '"ra so"') == ()
    assert {hit.file_name for hit in search(db, '"ra so"*')} == {"a.pdf"}


def test_one_letter_with_a_star_is_a_word(db: Database) -> None:
    assert search(db, "n*") == ()


def found(base: Database, query: str, **filters: object) -> list[tuple[str, str]]:
    """Files and first words of the tasks found."""
    asked = Filters(**filters)  # type: ignore[arg-type]
    return [
        (hit.file_name[:2], hit.snippet)
        for hit in search(base, query, 50, filters=asked, marks=("", ""))
        if hit.kind == "task"
    ]


def test_words_in_headings_find_the_tasks_below_them_but_count_less(family: Database) -> None:
    hits = [hit for hit in search(family, '"thu tuc hanh chinh"', 60) if hit.kind == "task"]
    folded = [
        fold(family.execute("SELECT text FROM tasks WHERE id = ?", (hit.id,)).fetchone()[0]) for hit in hits
    ]
    holding = ["thu tuc hanh chinh" in text for text in folded]
    assert any(holding) and not all(holding)
    assert [hit.rank for hit in hits] == sorted(hit.rank for hit in hits)
    assert holding[0] and not holding[-1]


def test_more_of_a_word_in_a_shorter_text_comes_first(tmp_path: Path) -> None:
    base = open_database(tmp_path / "plans.db", must_exist=False)
    texts = {
        "a.pdf": "Rà soát đất",
        "b.pdf": "Rà soát đất " + "và nhiều việc khác nữa " * 10,
        "c.pdf": "Rà soát đất, đất rừng",
    }
    for name, text in texts.items():
        one = record(name, text, content=name.encode())
        land(
            base,
            source=one.source,
            received_at=datetime(2026, 3, 2, tzinfo=UTC),
            outcome="read",
            record=one,
            plan=plan(""),
        )
    assert [hit.file_name for hit in search(base, "dat")] == ["c.pdf", "a.pdf", "b.pdf"]


@pytest.mark.parametrize(
    ("filters", "files"),
    [
        ({"commune": "nam khuong"}, {"a1"}),
        ({"commune": "Nậm Khuông", "year": 2025}, set()),
        ({"province": "tuyen quang", "year": 2026}, {"a0", "a1", "a2", "a3", "a4"}),
        ({"year": 2025}, {"a6"}),
        ({"index": "SIPAS"}, {"a0", "a3"}),
        ({"unit": "trung tam phuc vu"}, {"a1", "a2", "a4"}),
    ],
)
def test_plans_and_units_narrow_a_search(
    family: Database, filters: dict[str, object], files: set[str]
) -> None:
    assert {name for name, _ in found(family, "hanh chinh", **filters)} | {
        name for name, _ in found(family, "giao dich", **filters)
    } == files


def test_days_narrow_to_tasks_that_are_due_then(family: Database) -> None:
    hits = search(family, "bao cao", 50, filters=Filters(after="2026-06-01", before="2026-06-14"))
    assert {hit.file_name[:2] for hit in hits} == {"a0", "a1", "a3", "a4"}
    assert {hit.kind for hit in hits} == {"task"}
    assert all(
        "tháng cuối quý" in family.execute("SELECT text FROM tasks WHERE id = ?", (hit.id,)).fetchone()[0]
        for hit in hits
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
@given(query=st.text("abc đĐ*\"' -", max_size=12), name=st.text(max_size=8), day=st.text(max_size=8))
def test_any_filter_leaves_some_of_what_is_found_without(
    family: Database, query: str, name: str, day: str
) -> None:
    filters = Filters(commune=name, province=name, unit=name, index=name, before=day)
    narrowed = search(family, query, 1000, filters=filters)
    whole = search(family, query, 1000)
    assert {(hit.kind, hit.id) for hit in narrowed} <= {(hit.kind, hit.id) for hit in whole}


def test_hits_are_those_that_hold_all_words(family: Database) -> None:
    """Beside a search by hand through all tasks, with their headings."""
    rows = family.execute("SELECT id, text_folded || ' ' || coalesce(path_folded, '') FROM tasks").fetchall()
    for query in ("thu tuc", "nguoi dan", "bao cao quy", "so hoa", "2026"):
        words = query.split()
        wanted = {
            id for id, text in rows if all(re.search(rf"(?<![^\W_]){word}(?![^\W_])", text) for word in words)
        }
        assert {hit.id for hit in search(family, query, 400) if hit.kind == "task"} == wanted
