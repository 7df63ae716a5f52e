"""Every query of the cookbook runs, and on the family it gives the answers that careful readers gave."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from kehoach.errors import NoSuchParameter, NoSuchQuestion
from kehoach.rules import data
from kehoach.store.queries import FILE, answer, question, questions
from kehoach.store.read import open_database

TODAY = date(2026, 6, 1)
LEAST_F1 = 0.90
SHARE = 0.05  # how far a share of copied words may be from the truth
STATUSES = {
    "issued_unverified": "da_ban_hanh_chua_thay_chu_ky",
    "dated_unnumbered": "co_ngay_chua_co_so",
    "none": "chua_gui",
}
RELATIONS = {"equal": "bang", "stronger": "cao_hon", "weaker": "thap_hon", "absent": "khong_co"}
DOUBTS = {"wrong_way": "sai_chieu", "differs": "mau_thuan", "other_body": "cua_co_quan_khac"}
COPIES = {"near_copy": "gan_nhu_chep", "wholesale_of_superior": "chep_cap_tren"}
SECTIONS = {
    "budget": "ct.kinh_phi",
    "purpose": "ct.muc_dich_yeu_cau",
    "objectives": "ct.muc_tieu",
    "organisation": "ct.to_chuc_thuc_hien",
}


@pytest.fixture(scope="module")
def db(compared_path: Path) -> Iterator[Database]:
    base = Database(compared_path)
    with closing(base.conn):
        yield base


@pytest.fixture(scope="module")
def truth(family_folder: Path) -> dict[str, Any]:
    answers: dict[str, Any] = json.loads((family_folder / "truth.json").read_text("utf-8"))["answers"]
    return answers


def ask(db: Database, name: str, **values: str | int) -> list[dict[str, Any]]:
    heads, rows = answer(
        db, question(name), {"nam": 2026, **values} if "nam" in question(name).parameters else values, TODAY
    )
    return [dict(zip(heads, row, strict=True)) for row in rows]


def f1(found: set[Any], wanted: set[Any]) -> float:
    return 2 * len(found & wanted) / (len(found) + len(wanted))


@pytest.mark.parametrize("name", questions())
def test_every_query_runs_with_its_defaults(db: Database, name: str) -> None:
    heads, rows = answer(db, question(name), {}, TODAY)
    assert len(set(heads)) == len(heads)
    assert all(len(row) == len(heads) for row in rows)


@pytest.mark.parametrize("name", [one for one in questions() if "tinh" in question(one).parameters])
def test_a_province_without_plans_has_no_answer(db: Database, name: str) -> None:
    """But a plan that does not say where it lies is shown everywhere, and so is an issuer of the list."""
    files = {row.get("ten_tep") for row in ask(db, name, tinh="Cà Mau")} - {None}
    assert files <= {"a5_tan_thuong_2026.txt"} or name == "da_gui"


def test_all_fifteen_questions_are_there_in_both_languages() -> None:
    assert [one.number for one in questions().values()][:15] == list(range(1, 16))
    assert all(
        one.asked["vi"] and one.asked["en"] and one.asked["vi"] != one.asked["en"]
        for one in questions().values()
    )
    used = {name for one in questions().values() for name in one.parameters}
    assert used == set(data(FILE)["parameters"])


def test_1_who_has_sent_a_plan_and_who_has_not(db: Database, truth: dict[str, Any]) -> None:
    found = [
        (row["don_vi"], row["ten_tep"], row["so"], row["ngay_ban_hanh"], row["tinh_trang"])
        for row in ask(db, "1")
    ]
    wanted = [
        (row["issuer"], row["file"], row["number"], row["issued_on"], STATUSES[row["status"]])
        for row in truth["1"]["rows"]
    ]
    assert sorted(found, key=str) == sorted(wanted, key=str)


def test_2_who_was_late(db: Database, truth: dict[str, Any]) -> None:
    names = ("ten_tep", "ngay_ban_hanh", "so_ngay_sau_cap_tren", "sau_han", "qua_30_ngay")
    wanted = ("file", "issued_on", "days_after_superior", "after_limit", "over_30_days")
    found = {tuple(row[name] for name in names) for row in ask(db, "2")}
    assert found == {tuple(row[name] for name in wanted) for row in truth["2"]["rows"]}


def test_3_what_is_due_in_june(db: Database, truth: dict[str, Any]) -> None:
    rows = ask(db, "3", tu="2026-06-01", den="2026-06-30")
    found = sorted((row["ten_tep"], row["noi_dung"], row["ngay_den_han"] or "") for row in rows)
    assert found == sorted((row["file"], row["task"], row["due"] or "") for row in truth["3"]["rows"])
    days = [row["ngay_den_han"] or "9999" for row in rows]
    assert days == sorted(days), "the soonest first, a rhythm without days last"
    leads = {(row["ten_tep"], row["noi_dung"]): row["chu_tri"] for row in rows}
    assert all(leads[row["file"], row["task"]] == "; ".join(row["lead"]) for row in truth["3"]["rows"])


def test_4_how_many_deadlines_are_vague(db: Database, truth: dict[str, Any]) -> None:
    names = ("ten_tep", "so_nhiem_vu", "khong_thoi_han", "thuong_xuyen", "ty_le_mo_ho")
    found = [tuple(row[name] for name in names) for row in ask(db, "4")]
    assert found == [tuple(row.values()) for row in truth["4"]["rows"]]


def test_5_what_nobody_owns(db: Database, truth: dict[str, Any]) -> None:
    found = [(row["ten_tep"], row["noi_dung"], row["vi_sao"]) for row in ask(db, "5")]
    why = {"none": "khong_co", "collective": "tap_the"}
    assert sorted(found) == sorted((row["file"], row["task"], why[row["why"]]) for row in truth["5"]["rows"])


def test_6_who_has_how_much_to_do(db: Database, truth: dict[str, Any]) -> None:
    found = {(row["ten_tep"], row["don_vi"], row["so_chu_tri"]) for row in ask(db, "6") if row["so_chu_tri"]}
    assert found == {(row["file"], row["unit"], row["tasks"]) for row in truth["6"]["rows"]}


def test_7_how_high_the_indices_are_to_be(db: Database, truth: dict[str, Any]) -> None:
    found = {(row["chi_so"], row["ten_tep"], row["quan_he"], row["gia_tri"]) for row in ask(db, "7")}
    wanted = {
        (row["index"], row["file"], RELATIONS[row["relation"]], row["value"]) for row in truth["7"]["rows"]
    }
    assert f1(found, wanted) >= LEAST_F1


def test_8_which_targets_cannot_be_right(db: Database, truth: dict[str, Any]) -> None:
    found = {(row["ten_tep"], row["loai"], row["noi_dung"].rstrip(".")) for row in ask(db, "8")}
    assert found == {(row["file"], DOUBTS[row["kind"]], row["text"]) for row in truth["8"]["rows"]}


def test_9_which_contents_have_no_task(db: Database) -> None:
    rows = ask(db, "9", chi_so="PAR INDEX")
    counts = {(row["ten_tep"], row["ma"]): row["so_nhiem_vu"] for row in rows}
    fields = {row["ma"] for row in rows}
    assert len(counts) == len(fields) * len({row["ten_tep"] for row in rows}) and "PAR.3" in fields
    assert counts["a1_nam_khuong_2026.txt", "PAR.3"] == 5  # rows 6 to 10 of its table
    assert [row["so_nhiem_vu"] for row in rows] == sorted(row["so_nhiem_vu"] for row in rows)


def test_10_what_others_do_for_a_criterion(db: Database) -> None:
    rows = ask(db, "10", ma="PAR.3")
    own = [row["noi_dung"] for row in rows if row["ten_tep"] == "a1_nam_khuong_2026.txt"]
    assert (len(own) == 5 and own[0].startswith("Niêm yết")) or any(one.startswith("Niêm yết") for one in own)
    assert all(row["co_quan_ban_hanh"] for row in rows)


def test_11_who_copied_whom(db: Database, truth: dict[str, Any]) -> None:
    found = {(row["truoc"], row["sau"], row["loai"]): row["ty_le_chep"] for row in ask(db, "11")}
    wanted = {
        (row["first"], row["copy"], COPIES[row["kind"]]): row["share_of_copy"] for row in truth["11"]["rows"]
    }
    assert found.keys() == wanted.keys()
    assert all(abs(found[pair] - share) <= SHARE for pair, share in wanted.items())


def test_12_what_is_no_longer_in_force(db: Database, truth: dict[str, Any]) -> None:
    kinds = {"expired": "het_hieu_luc", "no_superior": "khong_dan_cap_tren"}
    found = [(row["ten_tep"], row["loai"], row["ghi_la"], row["thay_the_boi"]) for row in ask(db, "12")]
    assert found == [
        (row["file"], kinds[row["kind"]], row["text"], row.get("replaced_by")) for row in truth["12"]["rows"]
    ]


def test_13_which_section_is_missing_most(db: Database, truth: dict[str, Any]) -> None:
    rows = {row["quy_tac"]: row for row in ask(db, "13")}
    for row in truth["13"]["rows"]:
        found = rows[SECTIONS[row["section"]]]
        assert found["so_thieu"] == row["missing"]
        assert set((found["cac_tep"] or "").split("; ")) - {""} == set(row["files"])


def test_14_what_a_corrected_version_mends(compared_path: Path, tmp_path: Path) -> None:
    db = open_database(Path(shutil.copy(compared_path, tmp_path / "plans.db")), must_exist=True)
    files = dict(db.execute("SELECT name, id FROM files").fetchall())
    db.execute(
        "INSERT INTO resubmissions (file_id, earlier_file_id, decided_by) VALUES (?, ?, 'Lan')",
        (files["a1_nam_khuong_2026.txt"], files["a5_tan_thuong_2026.txt"]),
    )
    rows = ask(db, "14")
    states = {(row["quy_tac"], row["tinh_trang"]) for row in rows}
    assert ("ct.kinh_phi", "da_sua") in states and ("nd.vien_dan_cap_tren", "da_sua") in states
    failing = {
        name: {
            rule
            for (rule,) in db.execute(
                "SELECT quy_tac FROM ra_soat WHERE ten_tep = ? AND ket_qua = 'chua_dat'", (name,)
            )
        }
        for name in ("a1_nam_khuong_2026.txt", "a5_tan_thuong_2026.txt")
    }
    new = failing["a1_nam_khuong_2026.txt"] - failing["a5_tan_thuong_2026.txt"]
    assert {rule for rule, state in states if state == "moi"} == new
    assert {rule for rule, state in states if state != "moi"} == failing["a5_tan_thuong_2026.txt"]


def test_15_what_became_of_the_tasks_of_the_year_before(db: Database, truth: dict[str, Any]) -> None:
    rows = ask(db, "15")
    assert {row["moc_sap_nhap"] for row in rows} == {"2025-07-01"}
    found = {(row["nhiem_vu_cu"], row["nhiem_vu"]) for row in rows if row["tinh_trang"] == "tiep_tuc"}
    wanted = {(row["old"], row["new"]) for row in truth["15"]["rows"] if row["old"] and row["new"]}
    assert f1(found, wanted) >= LEAST_F1


def test_coverage_of_the_superior_s_tasks(db: Database, truth: dict[str, Any]) -> None:
    rows = {row["ten_tep"]: row for row in ask(db, "bao_quat")}
    left_out = {
        (file, row["nhiem_vu_cap_tren"]) for row in ask(db, "bo_sot") for file in row["cac_xa"].split("; ")
    }
    issuers = {row["ten_tep"]: row["co_quan_ban_hanh"] for row in ask(db, "2")}
    wanted = set()
    for row in truth["coverage"]["rows"]:
        assert rows[row["file"]]["giao_xuong"] == row["handed_down"]
        wanted |= {(issuers[row["file"]], task) for task in row["missing"]}
    assert f1(left_out, wanted) >= LEAST_F1


def test_months_count_each_day_of_a_rhythm(db: Database) -> None:
    rows = ask(db, "viec_theo_thang")
    counts = {(row["don_vi"], row["thang"]): row["so_viec"] for row in rows}
    assert counts["Văn phòng HĐND và UBND xã", "03"] == 2  # the quarterly reports of a1 and a4


def test_words_are_found_in_tasks(db: Database) -> None:
    rows = ask(db, "tim_trong_nhiem_vu", tu_khoa="chợ phiên")
    assert {row["ten_tep"] for row in rows} == {"a1_nam_khuong_2026.txt", "a4_ban_loan_2026.txt"}


def test_a_year_may_come_as_text_and_defaults_to_the_newest(db: Database) -> None:
    asked = question("4")
    assert list(answer(db, asked, {"nam": "2026"}, TODAY)[1]) == list(answer(db, asked, {}, TODAY)[1])
    assert len(list(answer(db, asked, {"nam": "2025"}, TODAY)[1])) == 1


def test_days_default_to_the_next_thirty(db: Database) -> None:
    given = {"tu": "2026-06-01", "den": "2026-07-01"}
    assert list(answer(db, question("3"), given, TODAY)[1]) == list(answer(db, question("3"), {}, TODAY)[1])


def test_what_nobody_asks_is_refused(db: Database) -> None:
    with pytest.raises(NoSuchQuestion):
        question("99")
    with pytest.raises(NoSuchParameter):
        answer(db, question("4"), {"thang": 3}, TODAY)


def test_values_are_values_and_never_sql(db: Database) -> None:
    assert ask(db, "tim_trong_nhiem_vu", tu_khoa="'; DROP TABLE tasks; --") == []
    assert db.execute("SELECT count(*) FROM tasks").fetchone()[0] > 0
