"""Analysts get pandas frames of what the database holds."""

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

import kehoach
from kehoach.document.facts import Source
from kehoach.errors import NoDatabase
from kehoach.ingest import text
from kehoach.run.understand import understand
from kehoach.store.read import open_database
from kehoach.store.write import land


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Path:
    path = tmp_path_factory.mktemp("frames") / "plans.db"
    db = open_database(path, must_exist=False)
    data = (corpus / "text" / "002.txt").read_bytes()
    source = Source("002.txt", "a" * 64, len(data), "text/plain", page_count=1)
    plan, record = understand(source, text.pages(data, source.name))
    land(
        db,
        source=source,
        received_at=datetime(2024, 3, 1, tzinfo=UTC),
        outcome="read",
        record=record,
        plan=plan,
    )
    db.conn.close()
    return path


def test_tasks_are_rows_with_owners_and_dates(database: Path):
    tasks = kehoach.open_database(database).tasks()
    assert len(tasks) == 23
    assert tasks.iloc[0]["lead"] == "Văn phòng – thống kê"
    assert tasks.iloc[0]["deadline_end"] == pd.Timestamp("2024-11-30")
    assert set(tasks["commune"]) == {"Hoàng Việt"}


def test_owners_count_the_load_of_a_unit(database: Path):
    owners = kehoach.open_database(database).owners()
    load = owners[owners["role"] == "lead"].groupby("mention").size()
    assert load["Văn phòng – thống kê"] == 11


def test_every_frame_can_be_had(database: Path):
    frames = kehoach.open_database(database)
    assert [len(one) > 0 for one in (frames.plans(), frames.targets(), frames.citations())] == [True] * 3


def test_findings_units_and_deadlines_are_frames_too(family_path: Path):
    frames = kehoach.open_database(family_path)
    assert len(frames.documents()) == 7
    failing = frames.findings().query("verdict == 'fail' and rule == 'ct.kinh_phi'")
    assert {"a2_phieng_vai_2026.txt", "a5_tan_thuong_2026.txt"} <= set(failing["file"])
    due = frames.deadlines()
    june = due[(due["day"] >= "2026-06-01") & (due["day"] <= "2026-06-30") & (due["level"] == "xa")]
    assert len(june) == 15  # the answers to question 3 that have a day
    units = frames.units()
    led = frames.owners().query("role == 'lead'").groupby("unit")["task"].nunique()
    assert units.set_index("name")["led"].loc["Phòng Kinh tế"] == led["Phòng Kinh tế"]


def test_a_missing_database_is_said_at_once(tmp_path: Path):
    with pytest.raises(NoDatabase):
        kehoach.open_database(tmp_path / "none.db")


def test_the_package_has_no_other_doors():
    with pytest.raises(AttributeError):
        _ = kehoach.close_database  # type: ignore[attr-defined]
