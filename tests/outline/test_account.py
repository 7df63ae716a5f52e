"""Every line of a plan is accounted for; what nobody understood is told, not hidden."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kehoach.document.facts import LineRole, Record, Source
from kehoach.document.plan import Plan
from kehoach.ingest import text
from kehoach.rules import Rule, first, phrases
from kehoach.run.understand import understand

MOST_UNEXPLAINED = 0.03  # share of lines (issue 5)
HEAD = """ỦY BAN NHÂN DÂN\nXÃ NẬM KHUÔNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 12/KH-UBND
Nậm Khuông, ngày 05 tháng 01 năm 2026
KẾ HOẠCH
Cải cách hành chính năm 2026
Thực hiện Kế hoạch số 08/KH-UBND ngày 02/01/2026 của UBND tỉnh, UBND xã ban hành Kế hoạch như sau:
I. MỤC ĐÍCH
1. Nâng cao chất lượng phục vụ người dân.
II. NHIỆM VỤ
"""
FOOT = """
Trên đây là Kế hoạch của UBND xã, yêu cầu các bộ phận nghiêm túc thực hiện./.
Nơi nhận:
- UBND tỉnh (b/c);
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lò Văn A
"""


def read(content: str, name: str = "plan.txt") -> tuple[Plan, Record]:
    data = content.encode()
    return understand(Source(name, "0" * 64, len(data), "text/plain"), text.pages(data, name))


def roles(content: str) -> list[tuple[LineRole, str]]:
    plan, record = read(content)
    return [(line.role, plan.quote(line.anchor.span)) for line in record.lines]


def role_of(content: str, start: str) -> LineRole:
    return next(role for role, words in roles(content) if words.startswith(start))


@pytest.mark.parametrize(
    ("start", "role"),
    [
        ("ỦY BAN NHÂN DÂN", LineRole.HEAD),
        ("Độc lập", LineRole.HEAD),
        ("Số: 12", LineRole.HEAD),
        ("KẾ HOẠCH", LineRole.TITLE),
        ("Cải cách", LineRole.TITLE),
        ("Thực hiện Kế hoạch số", LineRole.LEAD_IN),
        ("I. MỤC ĐÍCH", LineRole.HEADING),
        ("1. Nâng cao", LineRole.PURPOSE),
        ("- Công chức", LineRole.TASK),
        ("Trên đây là", LineRole.CLOSING),
        ("Nơi nhận", LineRole.RECIPIENT),
        ("- UBND tỉnh", LineRole.RECIPIENT),
        ("CHỦ TỊCH", LineRole.SIGNATURE),
        ("Lò Văn A", LineRole.SIGNATURE),
    ],
)
def test_each_line_says_what_it_is(start: str, role: LineRole) -> None:
    body = "- Công chức Văn phòng – Thống kê rà soát thủ tục hành chính."
    assert role_of(HEAD + body + FOOT, start) is role


def test_a_line_leads_to_the_facts_that_it_states() -> None:
    plan, record = read(HEAD + "- Rà soát thủ tục theo Nghị định số 61/2018/NĐ-CP." + FOOT)
    line = next(line for line in record.lines if line.role is LineRole.TASK)
    facts = dict(line.facts)
    assert record.tasks[facts["tasks"]].text.startswith("Rà soát")
    assert record.citations[facts["citations"]].number == "61"
    assert plan.quote(line.anchor.span).startswith("- Rà soát")


def test_a_paragraph_that_fits_nowhere_is_unexplained_and_lowers_the_share() -> None:
    stray = "Mây trắng bay qua đỉnh núi cao, dòng suối chảy êm đềm."
    whole, broken = read(HEAD + FOOT)[1], read(HEAD + stray + FOOT)[1]
    assert role_of(HEAD + stray + FOOT, "Mây trắng") is LineRole.UNEXPLAINED
    assert whole.explained == 1.0
    assert broken.explained == pytest.approx(1 - 1 / len(broken.lines), abs=1e-4)


def test_a_part_whose_heading_tells_nothing_is_not_explained_away() -> None:
    body = "- Mây trắng trên đỉnh đồi.\n- Dòng suối trong vắt."
    unknown = HEAD.replace("II. NHIỆM VỤ", "II. ĐIỀU KHÁC LẠ")
    assert role_of(unknown + body + FOOT, "II.") is LineRole.HEADING
    assert role_of(unknown + body + FOOT, "- Dòng suối") is LineRole.UNEXPLAINED


def test_a_row_of_a_task_table_without_a_task_is_a_miss_and_a_group_row_is_none() -> None:
    table = (
        "TT\tNhiệm vụ\tĐơn vị chủ trì\tThời gian\nI\tCải cách thể chế\t\t\n"
        "1\tRà soát văn bản quy phạm pháp luật\tTư pháp\tQuý II\n2\t\tVăn phòng\tQuý III\n"
    )
    found = {words: role for role, words in roles(HEAD + table + FOOT)}
    assert found["TT Nhiệm vụ Đơn vị chủ trì Thời gian"] is LineRole.TABLE_HEADER
    assert found["I Cải cách thể chế"] is LineRole.TABLE_ROW
    assert found["1 Rà soát văn bản quy phạm pháp luật Tư pháp Quý II"] is LineRole.TASK
    assert found["2 Văn phòng Quý III"] is LineRole.UNEXPLAINED


def test_lines_stand_in_reading_order_and_cover_the_text() -> None:
    plan, record = read(HEAD + "- Rà soát văn bản." + FOOT)
    spans = [line.anchor.span for line in record.lines]
    assert spans == sorted(spans)
    assert "".join(plan.quote(span) for span in spans).replace(" ", "") == "".join(plan.text.split())


def told(of: str, words: str) -> Rule | None:
    found = first([rule for rule in phrases("lines") if rule.params["of"] == of], words)
    return found[0] if found else None


@pytest.mark.parametrize("rule", phrases("lines"), ids=lambda rule: rule.id)
def test_rules_read_their_examples_and_leave_the_others(rule: Rule) -> None:
    assert LineRole(rule.value)
    of = rule.params["of"]
    assert all(told(of, one.text) is rule for one in rule.examples)
    assert all(told(of, one) is not rule for one in rule.counterexamples)


def test_under_three_in_a_hundred_lines_of_the_corpus_are_unexplained(corpus: Path) -> None:
    assert share_unexplained(sorted((corpus / "text").glob("*.txt"))) < MOST_UNEXPLAINED


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["real_text", "family"])
def test_and_of_plans_from_outside(shared: Path, folder: str) -> None:
    assert share_unexplained(sorted((shared / folder).glob("*.txt"))) < MOST_UNEXPLAINED


def share_unexplained(paths: list[Path]) -> float:
    counts: Counter[LineRole] = Counter()
    for path in paths:
        counts.update(line.role for line in read(path.read_text("utf-8"), path.name)[1].lines)
    return counts[LineRole.UNEXPLAINED] / counts.total()
