"""Programs get the views as they are: each row, each type."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from sqlite_utils import Database

from kehoach.export import FORMATS, rows
from kehoach.store.view_columns import VIEWS


@pytest.fixture
def db(compared_path: Path, tmp_path: Path) -> Iterator[Database]:
    base = Database(Path(shutil.copy(compared_path, tmp_path / "plans.db")))
    with closing(base.conn):
        yield base


def comparable(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("batch", [rows.BATCH, 7])
def test_parquet_holds_every_view_with_its_types(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(rows, "BATCH", batch)
    written = FORMATS["parquet"](db, tmp_path)
    assert [path.name for path in written] == [f"{view}.parquet" for view in VIEWS]
    for path in written:
        table = pq.read_table(path)
        there = db.execute(f"SELECT * FROM {path.stem}").fetchall()
        assert [tuple(map(comparable, row.values())) for row in table.to_pylist()] == there
    due = pq.read_table(tmp_path / "thoi_han.parquet")
    assert str(due.schema.field("ngay_den_han").type) == "date32[day]"
    assert str(due.schema.field("trang").type) == "int64"


def test_lines_are_json_objects(db: Database, tmp_path: Path) -> None:
    written = FORMATS["jsonl"](db, tmp_path)
    assert {path.stem for path in written} == set(VIEWS)
    lines = [json.loads(line) for line in (tmp_path / "nhiem_vu.jsonl").read_text("utf-8").splitlines()]
    assert lines == list(db.query("SELECT * FROM nhiem_vu"))
    assert "hành chính" in (tmp_path / "nhiem_vu.jsonl").read_text("utf-8")
