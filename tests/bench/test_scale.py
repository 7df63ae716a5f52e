"""The made-up database is one like any other: whole, counted right, and the same each time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from kehoach.bench import exports, scale
from kehoach.bench.synthetic import Size, synthesize
from kehoach.store.derived import count_tasks, folded_issuer, folded_path
from kehoach.store.queries import questions
from kehoach.store.read import open_database
from kehoach.store.search import search
from kehoach.text import fold

pytestmark = pytest.mark.slow
SIZE = Size(20_000, 200)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("scale") / "synthetic.db"
    synthesize(made, SIZE)
    return made


@pytest.fixture
def db(path: Path) -> Iterator[Database]:
    base = open_database(path, must_exist=True)
    with closing(base.conn):
        yield base


def test_it_has_the_size_that_was_asked_for(db: Database) -> None:
    communes, tasks = db.execute(
        "SELECT count(*), sum(so_nhiem_vu) FROM tong_hop WHERE cap = 'xa'"
    ).fetchone()
    assert communes == SIZE.plans
    assert abs(tasks - SIZE.tasks) < SIZE.tasks / 10


def test_every_key_leads_somewhere_and_the_index_is_in_step(db: Database) -> None:
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    for table in ("tasks_fts", "pages_fts"):
        db.execute(f"INSERT INTO {table}({table}, rank) VALUES ('integrity-check', 1)")


def test_what_follows_is_what_a_real_plan_would_have(db: Database) -> None:
    for document in db.query("SELECT * FROM documents LIMIT 20"):
        assert document["issuer_folded"] == folded_issuer(document["issuer"])
    for row in db.query("SELECT t.*, d.year FROM tasks t JOIN documents d ON d.id = t.document_id LIMIT 500"):
        assert row["text_folded"] == fold(row["text"])
        assert row["path_folded"] in folded_path(row["path"])
        if row["deadline_kind"] != "recurring":
            days = db.execute("SELECT day FROM due_days WHERE task_id = ?", (row["id"],)).fetchall()
            assert days == [(row["deadline_end"],)] * bool(row["deadline_end"])
    before = db.execute("SELECT * FROM document_counts ORDER BY 1").fetchall()
    db.execute("DELETE FROM document_counts")
    db.execute("DELETE FROM unit_counts")
    count_tasks(db)
    assert db.execute("SELECT * FROM document_counts ORDER BY 1").fetchall() == before
    db.conn.rollback()


def test_the_same_size_gives_the_same_database(db: Database, tmp_path: Path) -> None:
    small = Size(500, 10)
    dumps = []
    for name in ("one.db", "two.db"):
        synthesize(tmp_path / name, small)
        made = Database(tmp_path / name)
        with closing(made.conn):
            dumps.append(made.execute("SELECT text, deadline_text FROM tasks ORDER BY id").fetchall())
    assert dumps[0] == dumps[1]


def test_search_finds_what_a_look_through_all_tasks_finds(db: Database) -> None:
    wanted = {id for (id,) in db.execute("SELECT id FROM tasks WHERE text_folded LIKE '%cho phien%'")}
    found = {hit.id for hit in search(db, '"chợ phiên"', len(wanted) + 10) if hit.kind == "task"}
    assert wanted and found == wanted


def test_every_question_and_search_is_measured(path: Path) -> None:
    table = scale.bench([path])
    names = [row[0] for row in table.rows]
    assert len([one for one in names if one.startswith("question")]) == len(questions())
    assert names[-2:] == ["search, median", "search, 95th percentile"]


def test_exports_are_measured_in_a_process_of_their_own(path: Path) -> None:
    table = exports.bench([path], formats=("parquet", "ics"))
    assert [row[0] for row in table.rows] == ["parquet", "ics"]
    assert all(float(figure) > 0 for row in table.rows for figure in row[1:])


def test_a_database_is_made_where_there_is_none(tmp_path: Path) -> None:
    scale.bench([tmp_path / "new.db"], tasks=500)
    assert (tmp_path / "new.db").exists()
