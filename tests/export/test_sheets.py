"""Sheets look as a clerk made them and run no formula that a sender wrote."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from sqlite_utils import Database

from kehoach.document.facts import Deadline, Header, Task
from kehoach.export import FORMATS, Options, sheets
from kehoach.export.columns import SHEETS
from kehoach.store.read import open_database
from kehoach.store.write import land
from made_records import NOWHERE, gold_records, plan, record

GOLD = Path(__file__).parents[2] / "corpus" / "gold"
DUE = Deadline("Trước ngày 30/11/2024", "by", None, date(2024, 11, 30), None, "by", NOWHERE)
TEXTS = ("=HYPERLINK(1)", "- Rà soát", "@SUM(A1)", "Rà soát; “đủ”,\nhai dòng", "x" * 40_000)


@pytest.fixture
def db(tmp_path: Path) -> Database:
    base = open_database(tmp_path / "plans.db", must_exist=False)
    tasks = tuple(Task(text, ("I", "II"), None, "body", NOWHERE, "item", deadline=DUE) for text in TEXTS)
    odd = replace(
        record("a.pdf"), header=Header(number="08", symbol="KH-UBND", issued_on="2024-04"), tasks=tasks
    )
    for one in (odd, *gold_records(GOLD, "digital")):
        land(
            base, source=one.source, received_at=datetime.now(UTC), outcome="read", record=one, plan=plan("")
        )
    return base


def csv_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_csv_has_a_file_a_table_and_a_row_a_fact(db: Database, tmp_path: Path) -> None:
    written = FORMATS["csv"](db, tmp_path / "out")
    assert [path.stem for path in written] == [sheet.name for sheet in SHEETS]
    assert all(path.read_bytes().startswith(b"\xef\xbb\xbf") for path in written)
    for path in written:
        table = {"plans": "documents"}.get(path.stem, path.stem)
        assert len(csv_rows(path)) == db.table(table).count


def test_csv_cells_are_no_formulas_and_stay_readable(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEHOACH_LANG", "en")
    FORMATS["csv"](db, tmp_path)
    texts = [row["Task"] for row in csv_rows(tmp_path / "tasks.csv") if row["File"] == "a.pdf"]
    assert texts == ["'=HYPERLINK(1)", "'- Rà soát", "'@SUM(A1)", *TEXTS[3:]]


def test_the_workbook_has_heads_filters_and_real_dates(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEHOACH_LANG", "en")
    (path,) = FORMATS["xlsx"](db, tmp_path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [
        "Plans",
        "Tasks",
        "Who does what",
        "Targets",
        "Citations",
        "Sections",
        "Findings",
        "Signatures",
        "Recipients",
        "Table cells",
        "Warnings",
        "Files",
    ]
    tab = book["Tasks"]
    assert tab.freeze_panes == "B2" and tab.auto_filter.ref == f"A1:Q{tab.max_row}"
    heads = {cell.value: place for place, cell in enumerate(tab[1])}
    own = [row for row in tab.iter_rows(min_row=2, values_only=True) if row[0] == "a.pdf"]
    assert [row[heads["Task"]] for row in own[:4]] == list(TEXTS[:4])
    assert own[0][heads["Until"]] == datetime(2024, 11, 30)
    assert own[0][heads["Section"]] == "I › II" and own[0][heads["Document"]] == "08/KH-UBND"
    assert all(cell.data_type != "f" for row in tab.iter_rows() for cell in row)
    assert own[0][heads["Kind of deadline"]] == "by a day"
    plans = {row[0]: row for row in book["Plans"].iter_rows(min_row=2, values_only=True)}
    assert plans["a.pdf"][4] == "2024-04" and plans["004.digital.pdf"][18] == 14


def test_a_text_too_long_for_a_cell_is_cut_visibly(db: Database, tmp_path: Path) -> None:
    (path,) = FORMATS["xlsx"](db, tmp_path)
    cells = [cell.value for row in openpyxl.load_workbook(path).worksheets[1].iter_rows() for cell in row]
    assert any(
        isinstance(value, str) and len(value) == sheets.CELL_LIMIT and value.endswith("x…") for value in cells
    )


def test_more_rows_than_a_sheet_holds_go_on_another(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEHOACH_LANG", "en")
    monkeypatch.setattr(sheets, "ROW_LIMIT", 101)
    book = openpyxl.load_workbook(FORMATS["xlsx"](db, tmp_path)[0])
    tabs = [name for name in book.sheetnames if name.startswith("Tasks")]
    assert tabs[:2] == ["Tasks", "Tasks (2)"]
    assert sum(book[name].max_row - 1 for name in tabs) == db.table("tasks").count


def test_csv_may_begin_without_a_mark(db: Database, tmp_path: Path) -> None:
    written = FORMATS["csv"](db, tmp_path, Options(has_mark=False))
    assert not any(path.read_bytes().startswith(b"\xef\xbb\xbf") for path in written)


def links(path: Path) -> dict[str, str]:
    """Where the first linked cell of each plan of the tasks' sheet leads."""
    tab = openpyxl.load_workbook(path)["Tasks"]
    found: dict[str, str] = {}
    for row in tab.iter_rows(min_row=2):
        for cell in row:
            if cell.hyperlink:
                place = f"#{cell.hyperlink.location}" if cell.hyperlink.location else ""
                found.setdefault(str(row[0].value), f"{cell.hyperlink.target}{place} {cell.value}")
    return found


def test_a_page_leads_to_itself_on_the_server(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEHOACH_LANG", "en")
    (path,) = FORMATS["xlsx"](db, tmp_path, Options(server="http://máy.chủ"))
    assert links(path)["a.pdf"].startswith("http://máy.chủ/ke-hoach/")
    (path,) = FORMATS["xlsx"](db, tmp_path)
    served = links(path)
    (key,) = db.execute(
        "SELECT d.id FROM documents d JOIN files f ON f.id = d.file_id WHERE name = 'a.pdf'"
    ).fetchone()
    assert served["a.pdf"] == f"http://127.0.0.1:8017/ke-hoach/{key}#trang-1 1"
    assert len(served) == db.execute("SELECT count(DISTINCT document_id) FROM tasks").fetchone()[0]


def test_signatures_have_a_sheet(db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEHOACH_LANG", "en")
    db.execute(
        """INSERT INTO signatures (document_id, ordinal, signer, signed_at, bytes_match, covers_file, page)
        SELECT min(id), 0, 'UBND xã Hoàng Việt', '2024-02-29T08:00:00+07:00', 1, 0, 2 FROM documents"""
    )
    (path,) = FORMATS["xlsx"](db, tmp_path)
    (row,) = openpyxl.load_workbook(path)["Signatures"].iter_rows(min_row=2, values_only=True)
    assert row[3:] == ("UBND xã Hoàng Việt", None, None, "2024-02-29T08:00:00+07:00", None, "yes", "no", "2")
