"""Analysts find every fact in a view with a Vietnamese name, and what its columns mean."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from kehoach.document.facts import Record
from kehoach.store import view_codes
from kehoach.store.read import open_database
from kehoach.store.view_columns import VIEWS
from kehoach.store.write import land
from made_records import plan, records

ROWS = {
    "van_ban": "documents",
    "nhiem_vu": "tasks",
    "phan_cong": "task_units",
    "don_vi": "units",
    "san_pham": "task_outputs",
    "tieu_chi": "task_criteria",
    "chi_tieu": "targets",
    "can_cu": "citations",
    "ra_soat": "findings",
    "noi_nhan": "recipients",
    "de_muc": "sections",
    "dia_danh": "places",
    "sap_nhap": "place_lineage",
    "chu_ky_so": "signatures",
    "canh_bao": "warnings",
    "tep": "files",
    "khung_tieu_chi": "criteria",
    "tong_hop": "documents",
    "khoi_luong": "unit_counts",
}
PLAIN = re.compile(r"[a-z][a-z_]*")


def landed(folder: Path, found: list[Record]) -> Database:
    db = open_database(folder / "plans.db", must_exist=False)
    for one in found:
        land(
            db,
            source=one.source,
            received_at=datetime(2026, 3, 2, tzinfo=UTC),
            outcome="read",
            record=one,
            plan=plan(""),
            reread=True,
        )
    return db


@pytest.fixture
def empty(tmp_path: Path) -> Database:
    return landed(tmp_path, [])


def test_the_database_has_the_views_that_are_documented(empty: Database) -> None:
    made = {name: [one.name for one in empty.view(name).columns] for name in empty.view_names()}
    assert made == {name: list(view.columns) for name, view in VIEWS.items()}


def test_names_and_codes_are_vietnamese_without_marks() -> None:
    codes = {
        code for name in dir(view_codes) if name.isupper() for code in getattr(view_codes, name).values()
    }
    names = {*VIEWS, *(column for view in VIEWS.values() for column in view.columns)}
    assert [one for one in codes | names if not PLAIN.fullmatch(one)] == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None)
@given(st.lists(records(), min_size=1, max_size=2, unique_by=lambda one: one.source.sha256))
def test_a_view_has_a_row_for_each_row_of_its_table(tmp_path: Path, found: list[Record]) -> None:
    db = landed(tmp_path, found)
    for view, table in ROWS.items():
        (rows,) = db.execute(f"SELECT count(*) FROM {view}").fetchone()
        assert rows == db.table(table).count, view
    (tasks,) = db.execute("SELECT count(DISTINCT nhiem_vu_id) FROM thoi_han").fetchone()
    assert tasks == db.table("tasks").count
    db.close()


def test_codes_are_said_in_vietnamese_and_numbers_joined(family: Database) -> None:
    row = next(family.query("SELECT * FROM van_ban WHERE ten_tep = 'a1_nam_khuong_2026.txt'"))
    assert (row["so_ky_hieu"], row["ngay_ban_hanh"], row["tinh_trang"]) == (
        "05/KH-UBND",
        "2026-01-12",
        "da_ban_hanh_chua_thay_chu_ky",
    )
    kinds = {one["loai_thoi_han"] for one in family.query("SELECT loai_thoi_han FROM nhiem_vu")}
    assert kinds <= {None, *view_codes.DEADLINES.values()}
    (lead,) = family.execute(
        "SELECT chu_tri FROM nhiem_vu WHERE ten_tep = 'a1_nam_khuong_2026.txt' AND thu_tu = 1"
    ).fetchone()
    assert lead == "Văn phòng HĐND và UBND"


def test_an_existing_database_gets_the_views_with_the_next_step(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    db = open_database(path, must_exist=False)
    db.execute("DROP VIEW nhiem_vu")
    db.execute("CREATE VIEW nhiem_vu AS SELECT 1 AS cu")
    db.execute("DELETE FROM _sqlite_migrations WHERE name LIKE '%views_for_analysts'")
    db.execute("DROP INDEX documents_year")
    db.execute("DROP INDEX tasks_deadline_end")
    db.conn.commit()
    db.close()
    db = open_database(path, must_exist=True)
    assert [one.name for one in db.view("nhiem_vu").columns] == list(VIEWS["nhiem_vu"].columns)
