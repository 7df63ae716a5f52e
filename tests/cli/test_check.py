"""`kehoach check`: a table or JSON, the status of a blocker, a province's file."""

import json
import os
import subprocess
import sys

import pytest


def kehoach(*arguments):
    command = [sys.executable, "-m", "kehoach", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=os.environ)


@pytest.fixture(scope="module")
def db(tmp_path_factory, corpus):
    path = tmp_path_factory.mktemp("db") / "plans.db"
    kehoach("ingest", corpus / "text" / "002.txt", corpus / "text" / "004.txt", "--db", path, "--no-cache")
    return path


def test_a_blocker_ends_with_status_4_and_each_failure_with_what_to_do(db):
    done = kehoach("check", "004", "--db", db)
    assert done.returncode == 4
    assert "chặn nd30.so (trang 1): Văn bản chưa có số" in done.stdout
    assert "→ Lấy số tại Văn thư" in done.stdout
    assert "002.txt" not in done.stdout


def test_a_plan_without_a_blocker_ends_well(db):
    done = kehoach("check", "002", "--db", db)
    assert done.returncode == 0
    assert "nặng nd.vien_dan_cap_tren" in done.stdout


def test_json_holds_all_verdicts_of_all_plans_and_the_record_has_them_too(db, tmp_path):
    told = json.loads(kehoach("check", "--all", "--format", "json", "--db", db).stdout)
    assert [one["file"] for one in told] == ["002.txt", "004.txt"]
    kehoach("export", "--db", db, "--out", tmp_path)
    for plan in told:
        record = json.loads((tmp_path / f"{plan['file'][:3]}.json").read_text("utf-8"))
        kept = [(one["rule"], one["verdict"], one.get("evidence")) for one in record["findings"]]
        assert kept == [(one["rule"], one["verdict"], one["evidence"]) for one in plan["findings"]]


def test_a_province_lays_its_own_checklist_over_ours(db, tmp_path):
    mine = tmp_path / "tinh.yaml"
    mine.write_text(
        "extends: kehoach\nrules:\n- {id: nd30.so, severity: minor}\n- {id: nd30.thoi_gian_day_du, severity: minor}\n"
    )
    assert kehoach("check", "004", "--db", db, "--profile", mine).returncode == 0


def test_a_province_s_own_profile_is_chosen_for_its_documents(db, tmp_path):
    mine = tmp_path / "tinh.yaml"
    mine.write_text(
        "extends: kehoach\nrules:\n"
        "- {id: tinh.zalo, title: Có Zalo, severity: major, basis: {kind: practice, cite: CV 1}, test: followed_up,"
        " params: {words: zalo}, message: Chưa có nội dung về Zalo., fix: Bổ sung.}\n"
        "profiles:\n- {id: rieng, title: Của tỉnh, types: [ke_hoach], rules: [tinh.zalo]}\n",
        "utf-8",
    )
    done = kehoach("check", "002", "--db", db, "--rules", mine)
    assert "nặng tinh.zalo (trang 1): Chưa có nội dung về Zalo." in done.stdout
    assert "tinh.zalo" not in kehoach("check", "004", "--db", db, "--rules", mine).stdout


def test_a_broken_checklist_is_one_line_with_file_line_and_reason(db, tmp_path):
    broken = tmp_path / "tinh.yaml"
    broken.write_text("extends: kehoach\nrules:\n- {id: nd30.so, severity: heavy}\n")
    done = kehoach("check", "--db", db, "--profile", broken)
    assert done.returncode == 1
    assert "tinh.yaml, dòng 3" in done.stderr and "Traceback" not in done.stderr
