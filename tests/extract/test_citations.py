"""Documents that a plan names: one citation each, its own number none."""

import pytest

from kehoach.document.facts import Header
from kehoach.extract.citations import citations
from kehoach.extract.laws import law_key
from kehoach.ingest.text import pages
from kehoach.layout.assemble import assemble
from kehoach.outline.parts import parts
from kehoach.tables.join import join

OWN = Header(type="ke_hoach", number="08", symbol="KH-UBND", issued_on="2026-02-05")


def cited(text, own=OWN):
    read = pages(text.encode(), "plan.txt")
    plan = assemble(read, join(read))
    return plan, citations(plan, parts(plan), own)


def test_a_later_mention_adds_what_the_first_left_out():
    _, found = cited(
        "Theo Quyết định số 142/QĐ-TTg.\nQuyết định số 142/QĐ-TTg ngày 02/02/2024 của Thủ tướng Chính phủ."
    )
    assert [(one.text, one.date.isoformat(), one.issuer) for one in found] == [
        ("Quyết định số 142/QĐ-TTg", "2024-02-02", "Thủ tướng Chính phủ")
    ]


def test_one_number_of_two_years_is_two_documents():
    _, found = cited("Kế hoạch số 24/KH-UBND ngày 14/8/2025.\nKế hoạch số 24/KH-UBND ngày 01/02/2024.")
    assert [one.year for one in found] == [2025, 2024]


def test_the_plans_own_number_is_no_citation():
    _, found = cited(
        "PHỤ LỤC\n(Kèm theo Kế hoạch 08 /KH-UBND ngày 05/02/2026 của UBND xã)\nKế hoạch số 8/KH-UBND."
    )
    assert found == ()


def test_the_same_number_of_another_year_is_a_citation():
    _, found = cited("Thay thế Kế hoạch số 08/KH-UBND ngày 03/01/2025 của UBND xã.")
    assert [one.number for one in found] == ["08"]


def test_footnotes_and_cells_are_read_too():
    text = "- Rà soát<sup>1</sup>.\n<sup>1</sup> Kế hoạch số 277/KH-UBND ngày 16/12/2021.\n"
    text += "STT\tNhiệm vụ\tChủ trì\n1\tTheo Nghị định số 80/2021/NĐ-CP\tVăn phòng\n"
    assert [one.number for one in cited(text)[1]] == ["80", "277"]


def test_a_title_is_read_last_so_the_body_holds_the_first_mention():
    text = "KẾ HOẠCH\nTHỰC HIỆN NGHỊ QUYẾT SỐ 48/NQ-CP\nCăn cứ Nghị quyết số 48/NQ-CP ngày 03/4/2023;\n"
    plan, found = cited(text + "I. NHIỆM VỤ\n")
    assert plan.quote(found[0].anchor.span) == "Nghị quyết số 48/NQ-CP ngày 03/4/2023"


def test_issuer_and_title_follow_the_date():
    text = "Kế hoạch số 199/KH-UBND ngày 28/12/2021 của UBND tỉnh về nâng cao Chỉ số PAPI; các xã làm."
    (found,) = cited(text)[1]
    assert (found.issuer, found.title) == ("UBND tỉnh", "nâng cao Chỉ số PAPI")


def test_the_anchor_of_a_citation_quotes_its_text():
    plan, found = cited("Căn cứ Luật Đất đai năm 2024 và Thông tư số 10/2022/TT-BTC ngày 31/5/2022.")
    assert [plan.quote(one.anchor.span) for one in found] == [one.text for one in found]


def test_a_day_that_the_calendar_does_not_have_is_no_date():
    (found,) = cited("Quyết định số 5/QĐ-UBND ngày 30/02/2024")[1]
    assert (found.date, found.year) == (None, 2024)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("KCB", "Khám chữa bệnh"),
        ("PCTN", "Phòng chống tham nhũng"),
        ("Ban hành văn bản QPPL", "Ban hành văn bản quy phạm pháp luật"),
        ("phòng cháy, chữa cháy", "Phòng cháy và chữa cháy"),
    ],
)
def test_names_of_one_law_have_one_key(one, other):
    assert law_key(one) == law_key(other)


def test_other_laws_have_other_keys():
    assert law_key("Đầu tư") != law_key("Đầu tư công")
