"""What follows from the facts stands beside them, agrees with them, and goes when they go."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from kehoach.document.facts import Record
from kehoach.errors import RosterBroken
from kehoach.extract.deadlines import due_days
from kehoach.store.derived import count_tasks, folded_issuer
from kehoach.store.read import open_database
from kehoach.store.roster import Expected, land_roster, read_roster
from kehoach.store.rows import deadline
from kehoach.store.write import land
from made_records import plan, records

COUNTED = """
    SELECT x.document_id, count(*), sum(x.deadline_kind IS NULL), sum(x.deadline_kind IS 'continuous'),
        sum(x.deadline_kind IS 'recurring'),
        sum(NOT EXISTS (SELECT 1 FROM task_units y WHERE y.task_id = x.id AND y.role = 'lead')),
        sum(EXISTS (SELECT 1 FROM task_units y WHERE y.task_id = x.id AND y.role = 'lead')
            AND NOT EXISTS (SELECT 1 FROM task_units y JOIN units u ON u.id = y.unit_id
                WHERE y.task_id = x.id AND y.role = 'lead' AND coalesce(u.kind, '') <> 'collective'))
    FROM tasks x GROUP BY 1 ORDER BY 1
"""
DERIVED = ("due_days", "document_counts", "unit_counts", "citation_laws")


def put(db: Database, found: Record) -> None:
    now = datetime(2026, 3, 2, tzinfo=UTC)
    land(db, source=found.source, received_at=now, outcome="read", record=found, plan=plan(""), reread=True)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(st.lists(records(), min_size=1, max_size=2, unique_by=lambda one: one.source.sha256))
def test_counts_are_those_of_the_tasks(tmp_path: Path, found: list[Record]) -> None:
    db = open_database(tmp_path / "plans.db", must_exist=False)
    for one in (*found, *found):  # a plan that is read again is counted once
        put(db, one)
    stored = db.execute("SELECT * FROM document_counts WHERE tasks > 0 ORDER BY 1").fetchall()
    assert stored == db.execute(COUNTED).fetchall()
    for column, role in (("led", "lead"), ("supported", "support")):
        (summed,) = db.execute(f"SELECT coalesce(sum({column}), 0) FROM unit_counts").fetchone()
        (there,) = db.execute(
            "SELECT count(DISTINCT task_id || ' ' || unit_id) FROM task_units WHERE role = ?", (role,)
        ).fetchone()
        assert summed == there
    before = db.execute("SELECT * FROM unit_counts").fetchall()
    for table in ("document_counts", "unit_counts"):
        db.execute(f"DELETE FROM {table}")
    count_tasks(db)
    assert db.execute("SELECT * FROM unit_counts").fetchall() == before
    assert db.execute("SELECT * FROM document_counts WHERE tasks > 0 ORDER BY 1").fetchall() == stored
    db.conn.rollback()
    db.close()


def test_nothing_is_left_of_a_document_that_goes(family_path: Path, tmp_path: Path) -> None:
    path = shutil.copy(family_path, tmp_path / "plans.db")
    db = open_database(Path(path), must_exist=True)
    assert all(db.table(name).count for name in DERIVED)
    db.execute("DELETE FROM files")
    assert [name for name in DERIVED if db.table(name).count] == []


def test_an_older_database_is_counted_when_it_is_opened(family_path: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(family_path, tmp_path / "plans.db"))
    db = open_database(path, must_exist=True)
    wanted = {name: db.execute(f"SELECT * FROM {name}").fetchall() for name in DERIVED}
    for view in db.view_names():
        db.execute(f"DROP VIEW {view}")
    for name in ("citation_laws", "laws", "due_days", "document_counts", "unit_counts"):
        db.execute(f"DROP TABLE {name}")
    for name in ("criteria", "expected_issuers"):
        db.execute(f"DROP TABLE {name}")
    for index in ("documents_issuer", "documents_number", "findings_rule", "citations_number"):
        db.execute(f"DROP INDEX {index}")
    db.execute("DROP INDEX task_criteria_code")
    db.execute("ALTER TABLE documents DROP COLUMN issuer_folded")
    db.execute("DELETE FROM _sqlite_migrations WHERE name LIKE '%what_follows_is_counted'")
    db.conn.commit()
    db.close()
    db = open_database(path, must_exist=True)
    assert {name: db.execute(f"SELECT * FROM {name}").fetchall() for name in DERIVED} == wanted


@pytest.mark.parametrize(
    ("told", "days"),
    [
        ({"kind": "by", "end": "2026-06-30"}, ["2026-06-30"]),
        ({"kind": "continuous"}, []),
        ({"kind": None}, []),
        (
            {"kind": "recurring", "recurrence": "quarterly", "text": "trước ngày 12 tháng cuối quý"},
            ["2026-06-12", "2026-09-12", "2026-12-12"],
        ),
        ({"kind": "recurring", "recurrence": "monthly", "text": "Hằng tháng"}, []),
    ],
)
def test_days_are_those_that_the_words_tell_from_the_issue_on(
    family: Database, told: dict[str, str | None], days: list[str]
) -> None:
    row = next(family.query("SELECT * FROM tasks WHERE deadline_recurrence = 'quarterly'"))
    changed = row | {"deadline_start": None, "deadline_end": None, "deadline_recurrence": None}
    changed |= {f"deadline_{name}": value for name, value in told.items()}
    assert [one.isoformat() for one in due_days(deadline(changed), 2026, date(2026, 4, 1))] == days


def test_a_law_is_known_with_its_last_day(family: Database) -> None:
    rows = family.execute(
        "SELECT ten_tep, luat, con_hieu_luc_den, thay_the_boi, da_xac_minh FROM can_cu WHERE da_het_hieu_luc"
    ).fetchall()
    assert rows == [("a5_tan_thuong_2026.txt", "61/2018/NĐ-CP", "2025-06-30", "118/2025/NĐ-CP", 0)]


def test_all_criteria_are_there(family: Database) -> None:
    codes = {one["ma"] for one in family.query("SELECT ma FROM khung_tieu_chi")}
    assert {"PAPI.1", "PAPI.1.1", "PAPI.8"} <= codes
    assert {one["chi_so"] for one in family.query("SELECT chi_so FROM khung_tieu_chi")} == {
        "PAPI",
        "PAR INDEX",
        "SIPAS",
    }


def test_issuers_are_one_however_they_are_written() -> None:
    names = (
        "UBND xã Nậm Khuông",
        "Ủy ban nhân dân xã Nậm Khuông",
        "ỦY BAN NHÂN DÂN XÃ NẬM KHUÔNG",
        "Uỷ ban nhân dân xã  Nậm Khuông",
    )
    assert {folded_issuer(name) for name in names} == {"ubnd xa nam khuong"}


def test_the_roster_says_who_has_sent_none(family_path: Path, tmp_path: Path) -> None:
    db = open_database(Path(shutil.copy(family_path, tmp_path / "plans.db")), must_exist=True)
    listed = tmp_path / "roster.csv"
    listed.write_text(
        "Cơ quan,Tỉnh,Từ ngày\nUBND xã Nậm Khuông,Tuyên Quang,2025-07-01\nỦy ban nhân dân xã Lũng Cháng,,\n"
        "UBND xã Tân Thượng,Tuyên Quang,\n",
        "utf-8-sig",
    )
    assert land_roster(db, read_roster(listed)) == 3
    rows = db.execute("SELECT ten, van_ban_id IS NOT NULL FROM phai_gui ORDER BY id").fetchall()
    assert rows == [
        ("UBND xã Nậm Khuông", 1),
        ("Ủy ban nhân dân xã Lũng Cháng", 0),
        ("UBND xã Tân Thượng", 1),
    ]
    listed.write_text("UBND xã Bản Loan\n\n  UBND xã  Bản Loan \n", "utf-8")
    assert land_roster(db, read_roster(listed)) == 1
    listed.write_bytes("UBND xã".encode("utf-16"))
    with pytest.raises(RosterBroken):
        read_roster(listed)


def test_a_roster_of_names_alone_may_hold_commas(tmp_path: Path) -> None:
    listed = tmp_path / "roster.txt"
    listed.write_text("UBND xã A, huyện B\n", "utf-8")
    assert read_roster(listed) == (Expected("UBND xã A, huyện B"),)


def test_a_plan_of_another_province_is_not_the_expected_one(family_path: Path, tmp_path: Path) -> None:
    db = open_database(Path(shutil.copy(family_path, tmp_path / "plans.db")), must_exist=True)
    land_roster(db, [Expected("UBND xã Nậm Khuông", "Lai Châu")])
    assert db.execute("SELECT van_ban_id FROM phai_gui").fetchall() == [(None,)]
