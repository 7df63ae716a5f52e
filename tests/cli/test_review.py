"""`kehoach waive` and `kehoach link`: decisions that outlive reading a plan again."""

import json
import os
import subprocess
import sys

import pytest

from kehoach.rules import data


def kehoach(*arguments):
    command = [sys.executable, "-m", "kehoach", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=os.environ)


def plan(path, **parts):
    whole = {**data("checks/frame.yaml")["ke_hoach"], **parts}
    path.write_text("\n\n".join(part for part in whole.values() if part), "utf-8")
    return path


@pytest.fixture
def db(tmp_path):
    """A plan, and its second version in which one defect is mended and another new."""
    first = plan(tmp_path / "v1.txt", budget="", archive="- Lưu: VP.")
    second = plan(tmp_path / "v2.txt", archive="- Lưu: VP.", number="Số: 8/KH-UBND")
    path = tmp_path / "plans.db"
    kehoach("ingest", first, second, "--db", path, "--no-cache")
    return path


def told(db, name="v2"):
    return json.loads(kehoach("check", name, "--format", "json", "--db", db).stdout)[0]


def marks(plan):
    return {one["rule"]: one["change"] for one in plan["findings"] if one["verdict"] == "fail"}


def test_a_second_version_is_set_beside_the_first(db):
    found = told(db)
    assert found["earlier"]["file"] == "v1.txt"
    assert marks(found) == {"nd30.so_dang": "new", "nd30.noi_nhan_luu": "stays"}
    assert {one["rule"]: one["change"] for one in found["gone"]} == {
        "ct.stt_lien_tuc": "mended",  # the budget was IV.
        "ct.kinh_phi": "mended",
    }
    text = kehoach("check", "v2", "--db", db).stdout
    assert "so với bản trước v1.txt" in text and "✓ ct.kinh_phi (đã khắc phục)" in text
    assert told(db, "v1")["earlier"] is None


def test_the_reviewer_corrects_the_link_and_takes_it_back(db):
    assert "Bản trước: 1  v1.txt" in kehoach("link", "v2", "--db", db).stdout
    assert (
        "Không có bản trước. (theo Lan" in kehoach("link", "v2", "--none", "--by", "Lan", "--db", db).stdout
    )
    assert told(db)["earlier"] is None and set(marks(told(db)).values()) == {None}
    kehoach("check", "--all", "--db", db)
    assert told(db)["earlier"] is None
    assert "v2.txt (theo Lan" in kehoach("link", "v1", "--to", "v2", "--by", "Lan", "--db", db).stdout
    kehoach("link", "v2", "--auto", "--db", db)
    assert told(db)["earlier"]["file"] == "v1.txt"
    assert kehoach("link", "v2", "--to", "v2", "--db", db).returncode == 2
    assert kehoach("link", "v2", "--to", "v1", "--none", "--db", db).returncode == 2


def test_what_rests_still_rests_when_the_plan_is_read_again(db, tmp_path):
    why = ("--reason", "khong_ap_dung", "--note", "Xã không có văn thư", "--by", "Lan")
    assert kehoach("waive", "v2", "nd30.noi_nhan_luu", *why, "--db", db).returncode == 0
    kehoach("ingest", tmp_path / "v2.txt", "--db", db, "--no-cache", "--reread")
    waived = next(one for one in told(db)["findings"] if one["rule"] == "nd30.noi_nhan_luu")["waiver"]
    assert (waived["reason"], waived["note"], waived["by"]) == ("khong_ap_dung", "Xã không có văn thư", "Lan")
    text = kehoach("check", "v2", "--db", db).stdout
    assert "đã bỏ qua: 1" in text and "không áp dụng: Xã không có văn thư (Lan, " in text
    kehoach("waive", "v2", "nd30.noi_nhan_luu", "--withdraw", "--db", db)
    assert "Không có điểm nào" in kehoach("waive", "v2", "--db", db).stdout
    assert "đã bỏ qua" not in kehoach("check", "v2", "--db", db).stdout


def test_a_blocker_that_rests_blocks_no_more(tmp_path):
    path, db = (
        plan(tmp_path / "v.txt", number="Số:      /KH-UBND", date="An Bình, ngày   tháng   năm 2024"),
        tmp_path / "b.db",
    )
    kehoach("ingest", path, "--db", db, "--no-cache")
    done = kehoach("check", "v", "--format", "json", "--db", db)
    blockers = [
        one["rule"]
        for one in json.loads(done.stdout)[0]["findings"]
        if (one["verdict"], one["severity"]) == ("fail", "blocker")
    ]
    assert done.returncode == 4 and blockers
    for rule in blockers:
        kehoach("waive", "v", rule, "--db", db)
    assert kehoach("check", "v", "--db", db).returncode == 0


def test_a_rule_that_does_not_fail_cannot_rest(db):
    done = kehoach("waive", "v2", "ct.kinh_phi", "--db", db)
    assert done.returncode == 1 and "ct.kinh_phi" in done.stderr


def test_each_check_that_says_something_else_stays_in_the_history(db, tmp_path):
    mine = tmp_path / "tinh.yaml"
    mine.write_text("extends: kehoach\nrules:\n- {id: nd30.so_dang, severity: major}\n")
    for arguments in ((), (), ("--profile", mine)):
        kehoach("check", "v2", "--db", db, *arguments)
    lines = kehoach("check", "v2", "--history", "--db", db, "--profile", mine).stdout.splitlines()
    runs = lines[lines.index("  các lần rà soát:") + 1 :]
    assert ["kehoach 0.1.0" in one for one in runs if one] == [True, False]
    assert "tinh.yaml" in runs[1]
