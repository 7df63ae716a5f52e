"""The commands as a user calls them: what they print where, and how they end."""

import json
import os
import pty
import shlex
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from kehoach.rules import models_dir

HEAVY = {"cv2", "numpy", "pandas", "spacy", "underthesea", "sqlite_utils", "pypdfium2", "tesserocr", "yaml"}


def kehoach(*arguments, **environment):
    command = [sys.executable, "-m", "kehoach", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=os.environ | environment)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two plans, below each other, and three files that are none."""
    corpus = Path(__file__).parents[2] / "corpus"
    folder = tmp_path_factory.mktemp("submitted")
    (folder / "xã").mkdir()
    shutil.copy(corpus / "text" / "004.txt", folder)
    shutil.copy(corpus / "scans" / "004.digital.pdf", folder / "xã")
    (folder / "empty.pdf").touch()
    (folder / "noise.bin").write_bytes(bytes(range(256)) * 4)
    (folder / "damaged.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    return folder


@pytest.fixture(scope="module")
def ingested(folder, tmp_path_factory):
    """The database of `folder`, and how ingesting it went."""
    db = tmp_path_factory.mktemp("db") / "plans.db"
    return db, kehoach("ingest", folder, "--db", db, "--no-cache")


def test_refused_files_are_named_on_standard_error_with_what_to_do_and_the_rest_lands(ingested):
    db, done = ingested
    assert done.returncode == 3
    lines = done.stderr.splitlines()
    assert len(lines) == 3 and "Traceback" not in done.stderr
    for name in ("empty.pdf", "noise.bin", "damaged.pdf"):
        assert sum(name in line for line in lines) == 1
    assert "2 kế hoạch, 4 trang" in done.stdout and "3 tệp không đọc được" in done.stdout
    found = dict(sqlite3.connect(db).execute("SELECT name, outcome FROM files"))
    assert found == {
        "004.txt": "read",
        "004.digital.pdf": "read",
        "empty.pdf": "refused",
        "noise.bin": "refused",
        "damaged.pdf": "refused",
    }


def test_what_has_landed_is_said_to_be_there(ingested, folder):
    db, _ = ingested
    done = kehoach("ingest", folder / "004.txt", folder / "xã", "--db", db, "--jobs", 1)
    assert done.returncode == 0 and "2 tệp đã có sẵn" in done.stdout


def test_one_or_two_processes_read_the_same(ingested, folder, tmp_path):
    db, _ = ingested
    kehoach("ingest", folder, "--db", tmp_path / "one.db", "--jobs", 1, "--no-cache")
    for name, source in (("one", tmp_path / "one.db"), ("two", db)):
        assert kehoach("export", "--db", source, "--out", tmp_path / name).returncode == 0
    for path in (tmp_path / "one").iterdir():
        assert path.read_text() == (tmp_path / "two" / path.name).read_text()


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["ingest", "{tmp}/nothing.pdf", "--db", "{tmp}/new.db"], 1),
        (["ingest", "{tmp}", "--db", "{tmp}/new.db"], 1),
        (["show", "--db", "{tmp}/none.db"], 1),
        (["export", "--db", "{tmp}/none.db"], 1),
        (["search", "x", "--db", "{tmp}/none.db"], 1),
        (["evaluate", "{tmp}", "--db", "{tmp}/none.db"], 1),
        (["ingest"], 2),
        (["ingest", "x", "--jobs", "0"], 2),
        (["export", "--format", "docx"], 2),
        (["nonsense"], 2),
        (["show", "--nonsense"], 2),
    ],
)
def test_what_cannot_be_done_is_one_line_and_a_status(arguments, status, tmp_path):
    done = kehoach(*(one.format(tmp=tmp_path) for one in arguments))
    assert done.returncode == status
    assert done.stdout == "" and "Traceback" not in done.stderr
    assert 1 <= len(done.stderr.splitlines()) <= 2
    assert not (tmp_path / "new.db").exists()


def test_search_prints_a_hit_a_line_and_nothing_else(ingested):
    db, _ = ingested
    hits = [kehoach("search", query, "--db", db) for query in ("ho ngheo", "hộ nghèo", "HỘ NGHÈO")]
    assert len({one.stdout for one in hits}) == 1
    assert hits[0].stdout and all("nghèo" in one.casefold() for one in hits[0].stdout.splitlines())
    nothing = kehoach("search", "zzzz", "--db", db)
    assert (nothing.returncode, nothing.stdout, nothing.stderr) == (0, "", "")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_show_prints_tasks_with_their_units_and_pages(ingested, language):
    db, _ = ingested
    done = kehoach("show", "004.digital", "--db", db, KEHOACH_LANG=language)
    words = {"vi": ("Chủ trì", "trang 1", "Người ký"), "en": ("Lead", "page 1", "Signer")}
    assert done.returncode == 0 and all(word in done.stdout for word in words[language])
    assert "   1. " in done.stdout


def test_show_lists_what_is_there_and_names_what_is_not(ingested):
    db, _ = ingested
    assert len(kehoach("show", "--db", db).stdout.splitlines()) == 2
    missing = kehoach("show", "005", "--db", db)
    assert missing.returncode == 1 and "005" in missing.stderr


def test_exports_are_valid_records_and_tables(ingested, tmp_path):
    db, _ = ingested
    schema = json.loads((models_dir() / "schema" / "plan.schema.json").read_text())
    for form in ("json", "csv", "xlsx"):
        assert kehoach("export", "--db", db, "--format", form, "--out", tmp_path / form).returncode == 0
    assert {path.name for path in (tmp_path / "json").iterdir()} == {"004.json", "004.digital.json"}
    for path in (tmp_path / "json").iterdir():
        Draft202012Validator(schema).validate(json.loads(path.read_text()))
    assert list((tmp_path / "csv").glob("*.csv")) and list((tmp_path / "xlsx").glob("*.xlsx"))


def test_a_folder_that_cannot_be_written_is_one_line(ingested, tmp_path):
    (tmp_path / "file").touch()
    done = kehoach("export", "--db", ingested[0], "--out", tmp_path / "file")
    assert done.returncode == 1 and len(done.stderr.splitlines()) == 1 and "Traceback" not in done.stderr


def test_evaluate_scores_by_variant(ingested):
    db, _ = ingested
    corpus = Path(__file__).parents[2] / "corpus"
    done = kehoach("evaluate", corpus / "gold", "--db", db)
    assert done.returncode == 0 and "digital" in done.stdout and "tasks" in done.stdout


def test_doctor_says_what_to_do_and_ends_with_1_where_a_line_fails(tmp_path):
    done = kehoach("doctor", "--db", tmp_path / "new" / "plans.db")
    assert "✓ SQLite" in done.stdout
    done = kehoach("doctor", "--db", "/proc/plans.db")
    assert done.returncode == 1 and "✗" in done.stdout and "  → " in done.stdout


def test_a_reader_that_has_seen_enough_gets_no_traceback(ingested):
    db, _ = ingested
    show = (
        shlex.join([sys.executable, "-m", "kehoach", "show", "004.digital", "--db", str(db)]) + " | head -n 1"
    )
    done = subprocess.run(show, shell=True, capture_output=True, text=True)
    assert "004.digital.pdf" in done.stdout and done.stderr == ""


def test_control_characters_of_a_sender_never_reach_the_terminal(folder, tmp_path):
    """A name or a plan's words may hold escape sequences that clear the screen or forge a line."""
    trap = tmp_path / "one\ntwo\x1b[2J.txt"
    trap.write_text((folder / "004.txt").read_text().replace("hộ nghèo", "hộ \x1b[31mnghèo"))
    (tmp_path / "three\x1b[2J.pdf").write_bytes(b"%PDF-1.7 broken")
    db = tmp_path / "plans.db"
    done = [kehoach("ingest", tmp_path, "--db", db, "--jobs", 1)]
    done += [kehoach(*words, "--db", db) for words in (["show"], ["show", "1"], ["search", "nghèo"])]
    assert done[0].returncode == 3
    assert not any(
        "\x1b" in text or "\n[2/2] two" in text for one in done for text in (one.stdout, one.stderr)
    )


def test_a_terminal_sees_a_bar_with_pages_and_time(folder, tmp_path):
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "kehoach", "ingest", folder, "--db", tmp_path / "plans.db", "--jobs=1"]
    done = subprocess.Popen(command, stderr=theirs, stdout=subprocess.PIPE, text=True)
    os.close(theirs)
    seen = b""
    while True:
        try:
            seen += os.read(ours, 4096)
        except OSError:  # the other end is closed
            break
    summary, _ = done.communicate()
    assert "trang/giây" in seen.decode() and "empty.pdf" in seen.decode()
    assert "2 kế hoạch" in summary


def test_help_is_in_the_user_s_language_and_imports_nothing_heavy():
    assert "Cách dùng:" in kehoach("--help").stdout
    assert "Usage:" in kehoach("--help", KEHOACH_LANG="en").stdout
    code = "import sys; from kehoach.cli import register; register(); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.split()
    assert "typer" in loaded and not HEAVY & set(loaded)


@pytest.mark.slow
@pytest.mark.ocr
def test_ctrl_c_ends_cleanly_and_the_next_run_goes_on(tmp_path, corpus):
    """Stopped after the first plan has landed: it stays, nothing of the others does, no process is left."""
    db = tmp_path / "plans.db"
    scans = [corpus / "scans" / name for name in ("004.digital.pdf", "001.office.pdf")]
    command = [sys.executable, "-m", "kehoach", "ingest", *map(str, scans), "--db", str(db)]
    started = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert "004.digital.pdf" in started.stdout.readline()
    os.killpg(started.pid, signal.SIGINT)
    # Workers hold the other end of standard output: that it closes means that none of them is left.
    _, complaint = started.communicate(timeout=30)
    assert started.returncode == 130 and "Đã dừng" in complaint and "Traceback" not in complaint
    assert sqlite3.connect(db).execute("SELECT count(*) FROM documents").fetchone() == (1,)
    assert sqlite3.connect(db).execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_chart_writes_the_kind_of_file_that_its_name_says(ingested, tmp_path):
    db, _ = ingested
    done = kehoach("chart", "load", "004.digital", "--db", db, "--out", tmp_path / "load.png")
    assert done.returncode == 0 and (tmp_path / "load.png").read_bytes().startswith(b"\x89PNG")
    assert kehoach("chart", "vague", "--db", db, "--out", tmp_path / "vague.doc").returncode == 2
    empty = kehoach("chart", "coverage", "--db", db, "--out", tmp_path / "none.svg")
    assert (
        empty.returncode == 1 and "kehoach compare" in empty.stderr and not (tmp_path / "none.svg").exists()
    )


def test_schema_explains_one_view_or_all(tmp_path):
    one = kehoach("schema", "nhiem_vu")
    assert one.returncode == 0 and "noi_dung" in one.stdout and "khung nhìn" in one.stdout
    told = json.loads(kehoach("schema", "--format", "json").stdout)
    assert told["van_ban"]["kind"] == "view" and told["documents"]["kind"] == "table"
    assert told["thoi_han"]["columns"]["ngay_den_han"]
    assert kehoach("schema", "khong_co").returncode == 1


def test_a_roster_is_taken_whole(ingested, tmp_path):
    db, _ = ingested
    (tmp_path / "communes.txt").write_text("UBND xã Nậm Khuông\nUBND xã Lũng Cháng\n", "utf-8")
    done = kehoach("roster", tmp_path / "communes.txt", "--db", db)
    assert done.returncode == 0 and done.stdout.startswith("2 ")


def test_the_cookbook_answers_on_the_command_line(ingested):
    db, _ = ingested
    assert "sap_den_han" in kehoach("ask").stdout
    told = json.loads(
        kehoach("ask", "ty_le_mo_ho", "nam=2024", "cap=huyen", "--db", db, "--format", "json").stdout
    )
    assert {row["ten_tep"] for row in told} == {"004.txt", "004.digital.pdf"}
    as_csv = kehoach("ask", "4", "nam=2024", "cap=huyen", "--db", db, "--format", "csv").stdout.splitlines()
    assert as_csv[0].startswith("ten_tep,") and len(as_csv) == 3
    assert kehoach("ask", "4", "thang=3", "--db", db).returncode == 1
