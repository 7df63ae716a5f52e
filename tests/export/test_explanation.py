"""An explanation names each fact of a task, the rule that told and the words on the page."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlite_utils import Database

from kehoach.document.facts import Source
from kehoach.errors import TaskNotFound
from kehoach.export.explanation import Because, explanation
from kehoach.ingest import text
from kehoach.rules import phrases
from kehoach.run.understand import understand
from kehoach.store.read import open_database
from kehoach.store.write import land

PLAN = """ỦY BAN NHÂN DÂN\nXÃ NẬM KHUÔNG
Số: 12/KH-UBND
Nậm Khuông, ngày 05 tháng 01 năm 2026
KẾ HOẠCH
Cải cách hành chính năm 2026
Căn cứ Nghị định số 61/2018/NĐ-CP ngày 23 tháng 4 năm 2018 của Chính phủ;
I. NHIỆM VỤ
1. Cải cách thủ tục hành chính
- Văn phòng HĐND và UBND chủ trì, phối hợp với Phòng Kinh tế giải quyết hồ sơ theo \
Nghị định số 61/2018/NĐ-CP, hoàn thành trước ngày 30/6/2026.
II. TỔ CHỨC THỰC HIỆN
1. Phòng Văn hóa - Xã hội
- Tuyên truyền trên hệ thống truyền thanh.
Nơi nhận:
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lò Văn A
"""


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Database:
    base = open_database(tmp_path_factory.mktemp("db") / "plans.db", must_exist=False)
    noon = datetime(2026, 1, 5, 12, tzinfo=UTC)
    for name in ("one.txt", "other.txt"):
        data = PLAN.encode()
        source = Source(name, f"{name:0>64}", len(data), "text/plain", "text", 1)
        plan, record = understand(source, text.pages(data, name))
        land(base, source=source, received_at=noon, outcome="read", record=record, plan=plan)
    return base


def facts(db: Database, task: int) -> dict[str, list[Because]]:
    found: dict[str, list[Because]] = {}
    for one in explanation(db, 1, task).facts:
        found.setdefault(one.field, []).append(one)
    return found


def test_each_fact_stands_with_its_rule_and_its_words(db: Database) -> None:
    found = facts(db, 1)
    assert [one.value for one in found["section"]] == ["I. NHIỆM VỤ", "1. Cải cách thủ tục hành chính"]
    assert (found["lead"][0].rule, found["lead"][0].words) == ("owner.item", "Văn phòng HĐND và UBND")
    assert found["support"][0].words == "Phòng Kinh tế"
    assert found["deadline"][0].words.endswith("trước ngày 30/6/2026")
    assert found["deadline"][0].rule in {rule.id for rule in phrases("deadlines")}
    assert all(one.words in (one.line or "") and one.page == 1 for one in found["lead"] + found["deadline"])


def test_a_document_that_was_cited_before_is_found_again_where_the_task_names_it(db: Database) -> None:
    (one,) = facts(db, 1)["citation"]
    assert one.value == "nghi_dinh 61/NĐ-CP"
    assert one.words == "61/2018/NĐ-CP"
    assert one.line is not None and one.line.startswith("- Văn phòng")


def test_an_owner_from_the_heading_leads_to_the_heading(db: Database) -> None:
    (lead,) = facts(db, 2)["lead"]
    assert (lead.rule, lead.line) == ("owner.heading", "1. Phòng Văn hóa - Xã hội")


def test_a_task_is_named_by_its_number_or_by_its_id(db: Database) -> None:
    last = explanation(db, 2, 2)
    assert last.id == 4
    assert explanation(db, 2, last.id) == last


@pytest.mark.parametrize("task", [0, -1, 77])
def test_a_task_that_is_not_there_is_said(db: Database, task: int) -> None:
    with pytest.raises(TaskNotFound):
        explanation(db, 1, task)
