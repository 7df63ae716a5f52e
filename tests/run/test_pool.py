"""Many files over processes: what is lost is small, what lands is whole, and nothing is done twice."""

from pathlib import Path

import pytest

from kehoach.errors import DatabaseUnusable, Exit
from kehoach.run import pool
from kehoach.run.steps import Outcome
from kehoach.settings import Settings
from kehoach.store.read import open_database


class Nobody:
    """A watch that counts."""

    def __init__(self):
        self.pages = self.read = 0
        self.names = []

    def opened(self, page_count):
        self.pages += page_count

    def page_read(self):
        self.read += 1

    def ended(self, outcome):
        self.names.append(outcome.name)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


@pytest.fixture
def submit(tmp_path, folder, monkeypatch):
    """Ingests all files of the folder with `deeds.take` for the way; gives the outcomes by name."""
    monkeypatch.syspath_prepend(Path(__file__).parent)
    monkeypatch.setattr(pool, "WORK", "deeds:take")

    def submit(jobs=2, watch=None, prepare=lambda db: None, **options):
        settings = Settings(db=tmp_path / "plans.db", jobs=jobs, use_cache=False, **options)
        db = open_database(settings.db, must_exist=False)
        prepare(db)
        outcomes = list(pool.ingest(sorted(folder.iterdir()), settings, db, watch or Nobody()))
        db.close()
        return {one.name: one for one in outcomes}

    return submit


def rows(tmp_path, sql):
    db = open_database(tmp_path / "plans.db", must_exist=True)
    return [tuple(row.values()) for row in db.query(sql)]


def test_pages_of_one_file_land_in_order(submit, folder, tmp_path):
    (folder / "long_5").write_text("one\ntwo\nthree\nfour\nfive")
    watch = Nobody()
    assert submit(watch=watch)["long_5"].page_count == 5
    assert (watch.pages, watch.read, watch.names) == (5, 5, ["long_5"])
    assert rows(tmp_path, "SELECT number, text FROM pages") == list(
        enumerate(["one", "two", "three", "four", "five"], 1)
    )


def test_files_land_in_the_order_of_their_names_whoever_is_first(submit, folder, tmp_path):
    for name in ("a_9", "b_1", "c_1", "d_3", "e_1"):
        (folder / name).write_text(name)
    assert list(submit()) == ["a_9", "b_1", "c_1", "d_3", "e_1"]
    assert [name for (name,) in rows(tmp_path, "SELECT name FROM files ORDER BY id")] == sorted(
        ["a_9", "b_1", "c_1", "d_3", "e_1"]
    )


def test_a_page_that_kills_its_worker_twice_is_lost_and_the_others_stand(submit, folder, tmp_path):
    (folder / "bad_3").write_text("one\ndie\nthree")
    (folder / "good_1").write_text("fine")
    outcomes = submit()
    assert (outcomes["bad_3"].outcome, outcomes["good_1"].outcome) == ("read_with_warnings", "read")
    texts = rows(tmp_path, "SELECT text, read_from FROM pages ORDER BY document_id, number")
    assert texts == [("one", "text"), ("", "none"), ("three", "text"), ("fine", "text")]
    assert rows(tmp_path, "SELECT code, page FROM warnings") == [("page_lost", 2)]


def test_a_file_that_is_understood_at_once_is_watched_like_any_other(submit, folder, tmp_path):
    (folder / "ahead_2").write_text("one\ntwo")
    watch = Nobody()
    assert submit(watch=watch)["ahead_2"].page_count == 2
    assert (watch.pages, watch.read, watch.names) == (2, 2, ["ahead_2"])
    assert rows(tmp_path, "SELECT text FROM pages") == [("one",), ("two",)]


def test_reading_ahead_that_kills_the_worker_costs_its_page_only(submit, folder, tmp_path):
    (folder / "ahead_3").write_text("one\ndie\nthree")
    assert submit()["ahead_3"].outcome == "read_with_warnings"
    assert rows(tmp_path, "SELECT text FROM pages ORDER BY number") == [("one",), ("",), ("three",)]


def test_a_page_on_which_we_fail_is_lost_too(submit, folder):
    (folder / "bad_2").write_text("one\nfail")
    assert submit()["bad_2"].outcome == "read_with_warnings"


def test_a_file_of_which_every_page_is_lost_has_failed(submit, folder, tmp_path):
    (folder / "bad_2").write_text("die\nfail")
    assert submit()["bad_2"].outcome == "failed"
    assert rows(tmp_path, "SELECT outcome, reason FROM files") == [("failed", "crashed")]
    assert rows(tmp_path, "SELECT * FROM documents") == []


def test_a_file_of_which_no_page_can_be_decoded_is_damaged(submit, folder, tmp_path):
    (folder / "bad_2").write_text("blind\nblind")
    assert submit()["bad_2"].outcome == "refused"
    assert rows(tmp_path, "SELECT outcome, reason FROM files") == [("refused", "damaged")]


def test_refused_and_failed_files_are_recorded_with_their_reason(submit, folder, tmp_path):
    (folder / "broken_1").write_text("a")
    (folder / "page_2").write_text("b\nrefuse")
    (folder / "refused_1").write_text("c")
    outcomes = submit()
    assert outcomes["refused_1"].advice == "Send it again."
    assert outcomes["broken_1"].message == "broken_1: broken"
    assert rows(tmp_path, "SELECT name, outcome, reason FROM files ORDER BY id") == [
        ("broken_1", "failed", "internal"),
        ("page_2", "refused", "damaged"),
        ("refused_1", "refused", "damaged"),
    ]
    assert pool.exit_status(list(outcomes.values())) is Exit.SOME_REFUSED


def test_what_has_landed_is_not_read_again_unless_asked(submit, folder, tmp_path):
    (folder / "one_1").write_text("text")
    assert submit()["one_1"].is_new
    (folder / "same_1").write_text("text")
    again = submit()
    assert not again["one_1"].is_new and not again["same_1"].is_new
    assert rows(tmp_path, "SELECT name FROM file_names") == [("same_1",)]
    assert submit(reread=True)["one_1"].is_new
    assert rows(tmp_path, "SELECT count(*) FROM documents") == [(1,)]


def test_a_database_that_cannot_be_written_ends_the_run_and_keeps_what_is_there(submit, folder, tmp_path):
    """SQLite's own limit stands for a full disk."""
    (folder / "one_1").write_text("text")
    submit()
    for number in range(20):
        (folder / f"two_{number}_1").write_text(f"{number}" * 100_000)
    with pytest.raises(DatabaseUnusable):
        submit(prepare=lambda db: db.execute("PRAGMA max_page_count = 1"))
    assert rows(tmp_path, "PRAGMA integrity_check") == [("ok",)]
    assert rows(tmp_path, "SELECT count(*) FROM files f JOIN documents d ON d.file_id = f.id")[0][0] >= 1


def test_the_same_bytes_twice_in_a_folder_are_one_plan(submit, folder, tmp_path):
    for name in ("one_1", "same_1"):
        (folder / name).write_text("text")
    assert [one.is_new for one in submit().values()] == [True, False]
    assert rows(tmp_path, "SELECT count(*) FROM documents") == [(1,)]


def test_what_is_known_starts_no_process(submit, folder, monkeypatch):
    (folder / "one_1").write_text("text")
    submit()
    monkeypatch.setattr(pool, "WORK", "nothing:that_could_be_started")
    assert not submit()["one_1"].is_new


def test_stopping_half_way_leaves_whole_plans_only(submit, folder, tmp_path):
    for name in ("a_1", "b_1", "c_1"):
        (folder / name).write_text(name)

    class Stop(Nobody):
        def ended(self, outcome):
            if outcome.name == "b_1":
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        submit(watch=Stop())
    assert rows(tmp_path, "SELECT count(*) FROM pages p JOIN documents d ON d.id = p.document_id") == [(2,)]
    assert [one.is_new for one in submit().values()] == [False, False, True]


@pytest.mark.parametrize(
    ("outcomes", "status"),
    [
        ([], Exit.NOTHING_DONE),
        (["read", "read_with_warnings"], Exit.ALL_READ),
        (["read", "refused"], Exit.SOME_REFUSED),
        (["failed"], Exit.SOME_REFUSED),
    ],
)
def test_the_exit_status_is_the_contract_s(outcomes, status):
    assert pool.exit_status([Outcome("name", one) for one in outcomes]) is status
