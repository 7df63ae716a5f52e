"""Submitted plans are compared by themselves, and the page says as of when, and what came since."""

import asyncio
import shutil
import subprocess
import sys
import urllib.request
from contextlib import closing
from datetime import UTC, datetime

import pytest

from kehoach.compare.renew import is_stale, renew
from kehoach.store.read import open_database
from kehoach.web import reader
from kehoach.web.readings import Readings
from web_server import running

LONG_AGO = datetime(2026, 1, 2, tzinfo=UTC)


@pytest.fixture
def plans(family_path, tmp_path):
    return shutil.copy(family_path, tmp_path / "plans.db")


def compared_at(path):
    with closing(open_database(path, must_exist=True)) as db:
        return {row["compared_at"][:10] for row in db.query("SELECT compared_at FROM comparisons")}


def test_a_reader_without_files_compares_what_is_out_of_date_only(plans):
    command = [sys.executable, "-m", reader.__name__, str(plans)]
    subprocess.run(command, check=True)
    with closing(open_database(plans, must_exist=True)) as db:
        assert not is_stale(db)
        renew(db, LONG_AGO)
    subprocess.run(command, check=True)
    assert compared_at(plans) == {"2026-01-02"}


def test_very_many_plans_are_not_compared_unasked(plans, monkeypatch):
    monkeypatch.setattr(reader, "MOST", 6)
    reader.compare(plans)
    assert compared_at(plans) == set()


def test_what_was_submitted_is_compared_once_all_is_read(family_folder, tmp_path):
    async def read():
        readings = Readings(tmp_path / "plans.db")
        for path in sorted(family_folder.glob("a[01]_*.txt")):
            readings.start([path])
        await asyncio.gather(*readings._running)
        return {one.state for one in readings.all.values()}

    assert asyncio.run(read()) == {"done"}
    with closing(open_database(tmp_path / "plans.db", must_exist=True)) as db:
        assert not is_stale(db)
        assert db.execute("SELECT count(*) FROM alignments WHERE task_id IS NOT NULL").fetchone()[0] > 10


def test_a_comparison_gives_way_to_what_is_submitted_meanwhile(plans, family_folder, monkeypatch):
    """A reader that never ends stands for a comparison of very many plans."""
    source = "import sys, time; sys.argv[2:] or time.sleep(600)"

    async def read():
        readings = Readings(plans)
        readings.start([family_folder / "a0_tuyen_quang_2026.txt"])
        while readings._comparison is None:
            await asyncio.sleep(0)
        comparing = readings._comparison
        readings.start([family_folder / "a1_nam_khuong_2026.txt"])
        code = await comparing.wait()
        await readings.stop()
        return code

    monkeypatch.setattr("kehoach.web.readings.OWN", (sys.executable, "-c", source))
    assert asyncio.run(asyncio.wait_for(read(), 60)) < 0


@pytest.mark.slow
def test_the_page_says_when_it_was_compared_and_what_came_since(plans):
    with closing(open_database(plans, must_exist=True)) as db:
        renew(db, LONG_AGO)
        with db.conn:
            db.execute("DELETE FROM comparisons WHERE document_id = 3")
            db.execute("UPDATE comparisons SET software_version = 'cũ' WHERE document_id = 2")
    with (
        running("serve", "--db", plans, "--port", 0) as server,
        urllib.request.urlopen(f"{server.address}/so-sanh", timeout=60) as answer,
    ):
        said = answer.read().decode()
    assert "So sánh ngày 02/01/2026." in said
    assert "từ đó: 1." in said and "phiên bản kehoach khác" in said and "kehoach compare renew" in said
