"""`kehoach compare` answers by name and by number, in four forms, and says what the answer rests on."""

import csv
import json
import shutil
import subprocess
import sys

import openpyxl
import pytest


@pytest.fixture(scope="module")
def database(family_path, tmp_path_factory):
    path = tmp_path_factory.mktemp("asked") / "plans.db"
    shutil.copy(family_path, path)
    return path


@pytest.fixture(scope="module")
def ask(database):
    """What a question prints."""

    def ask(*arguments, status=0):
        command = [sys.executable, "-m", "kehoach", "compare", *arguments, "--db", str(database)]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == status, done.stderr
        return done.stdout if status == 0 else done.stderr

    return ask


def test_a_number_and_a_name_ask_the_same(ask):
    assert ask("4", "--format", "json") == ask("vague", "--format", "json")


def test_a_table_is_vietnamese_and_says_its_base(ask):
    told = ask("doubtful")
    assert "ngược chiều" in told and "Số kế hoạch được xét: 5" in told
    assert "Kế hoạch cấp trên: a0_tuyen_quang_2026.txt" in told


def test_rows_lead_to_document_and_page(ask):
    told = json.loads(ask("owners", "--format", "json"))
    assert told["base"] == 5 and told["left_out"] == 0
    assert all(row["document_id"] and row["page"] == 1 for row in told["rows"])


def test_days_and_plans_narrow_the_question(ask):
    june = json.loads(
        ask("due", "a1_nam_khuong_2026", "--from", "2026-06-01", "--to", "2026-06-30", "--format", "json")
    )
    assert june["base"] == 1
    assert {row["due"] for row in june["rows"]} == {"2026-06-12", "2026-06-15", "2026-06-30", None}


def test_units_that_sent_nothing_are_named(ask, tmp_path):
    units = tmp_path / "units.txt"
    units.write_text("UBND xã Nậm Khuông\nUBND xã Lũng Cháng\n", "utf-8")
    rows = json.loads(ask("issued", "--units", str(units), "--format", "json"))["rows"]
    assert [row["issuer"] for row in rows if row["status"] == "none"] == ["UBND xã Lũng Cháng"]


def test_a_workbook_links_each_row_to_its_page(ask, tmp_path):
    path = tmp_path / "owners.xlsx"
    ask("owners", "--format", "xlsx", "--out", str(path))
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet.freeze_panes == "A2" and sheet.cell(1, 2).value == "Nhiệm vụ"
    assert sheet.cell(2, sheet.max_column).hyperlink.target.endswith("a2_phieng_vai_2026.txt")
    assert sheet.cell(2, sheet.max_column).hyperlink.location == "page=1"


@pytest.mark.parametrize(
    ("name", "begins"), [("a.xlsx", b"PK"), ("a.CSV", b"\xef\xbb\xbf"), ("a.json", b"{"), ("a", b" ")]
)
def test_a_file_gets_the_form_that_its_name_asks_for(ask, tmp_path, name, begins):
    ask("coverage", "--out", str(tmp_path / name))
    assert (tmp_path / name).read_bytes().startswith(begins)
    ask("coverage", "--format", "json", "--out", str(tmp_path / name))
    assert (tmp_path / name).read_bytes().startswith(b"{")


def test_a_csv_opens_in_a_spreadsheet(ask, tmp_path):
    path = tmp_path / "coverage.csv"
    ask("coverage", "--format", "csv", "--out", str(path))
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    assert [row[1] for row in rows[1:]] == ["21"] * 5


def test_an_unknown_question_names_those_there_are(ask):
    assert "side-by-side" in ask("nothing", status=2)
    assert "side-by-side" in ask("99", status=2)


def test_without_a_superior_plan_nobody_is_said_to_leave_something_out(tmp_path, family_folder):
    path = tmp_path / "plans.db"
    for arguments in (["ingest", str(family_folder / "a1_nam_khuong_2026.txt")], ["compare", "coverage"]):
        command = [sys.executable, "-m", "kehoach", *arguments, "--db", str(path)]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "a1_nam_khuong" not in told and "Chưa có kế hoạch cấp trên" in told
