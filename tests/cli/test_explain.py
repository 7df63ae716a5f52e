"""`explain`, `show --unexplained` and `evaluate --floor` as a user calls them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STRAY = "Mây trắng bay qua đỉnh núi cao, dòng suối chảy êm đềm."


def kehoach(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kehoach", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=os.environ | environment, check=False)


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Plan 002, and 002 with a sentence before its first heading that belongs to no plan."""
    folder = tmp_path_factory.mktemp("submitted")
    content = (ROOT / "corpus" / "text" / "002.txt").read_text("utf-8")
    (folder / "002.txt").write_text(content, "utf-8")
    lines = content.split("\n")
    place = next(number for number, line in enumerate(lines) if "MỤC ĐÍCH" in line)
    (folder / "stray.txt").write_text("\n".join([*lines[:place], STRAY, *lines[place:]]), "utf-8")
    db = tmp_path_factory.mktemp("db") / "plans.db"
    assert kehoach("ingest", folder, "--db", db, "--no-cache", "--jobs", 1).returncode == 0
    return db


@pytest.mark.parametrize(("language", "lead"), [("vi", "Chủ trì: "), ("en", "Lead: ")])
def test_explain_speaks_the_users_language(db: Path, language: str, lead: str) -> None:
    done = kehoach("explain", "002", 20, "--db", db, KEHOACH_LANG=language)
    assert done.returncode == 0 and done.stderr == ""
    lines = done.stdout.splitlines()
    assert any(line.startswith(lead) for line in lines)
    assert any("owner." in line for line in lines) and any("«" in line for line in lines)


def test_explain_gives_json_to_programs(db: Path) -> None:
    told = json.loads(kehoach("explain", "002", 1, "--db", db, "--format", "json").stdout)
    assert told["number"] == 1 and told["facts"][0]["field"] == "task"
    assert {"value", "rule", "words", "line", "page", "bbox", "confidence"} <= set(told["facts"][0])


def test_a_task_that_is_not_there_is_one_line_and_a_status(db: Path) -> None:
    done = kehoach("explain", "002", 999, "--db", db)
    assert (done.returncode, done.stdout) == (1, "") and "999" in done.stderr
    assert kehoach("explain", "002", "--db", db).returncode == 2


def test_show_lists_what_nobody_understood(db: Path) -> None:
    whole, stray = (kehoach("show", name, "--unexplained", "--db", db).stdout for name in ("002", "stray"))
    assert STRAY not in whole
    assert f"      {STRAY} [trang 1]" in stray.splitlines()
    assert len(stray.splitlines()) == len(whole.splitlines()) + (1 if whole else 2)
    assert "Số dòng giải thích được: " in kehoach("show", "stray", "--db", db).stdout


def test_evaluate_ends_with_one_below_a_floor(db: Path, tmp_path: Path) -> None:
    gold = ROOT / "corpus" / "gold"
    floors = tmp_path / "floors.yaml"
    floors.write_text("text: {deadline: 0.01}\n", "utf-8")
    assert kehoach("evaluate", gold, "--db", db, "--floor", floors).returncode == 0
    floors.write_text("text: {tasks: 0.99}\nphone: {tasks: 0.5}\n", "utf-8")
    done = kehoach("evaluate", gold, "--db", db, "--floor", floors, "--json")
    assert done.returncode == 1 and len(done.stderr.splitlines()) == 2
    assert "text" in json.loads(done.stdout)
