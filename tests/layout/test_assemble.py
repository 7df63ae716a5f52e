"""Lines become paragraphs, over lines and pages; every word keeps its place."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from kehoach.document.page import Box, Line, Page, Role, Word
from kehoach.document.plan import Plan
from kehoach.ingest import text
from kehoach.layout.assemble import assemble
from kehoach.tables.join import join


def plan_of(lines: str) -> Plan:
    pages = text.pages(lines.encode(), "plan.txt")
    return assemble(pages, join(pages))


def paragraphs(plan: Plan) -> list[str]:
    return [plan.quote(block.span) for block in plan.blocks]


def printed(words: str, page: int, top: float, **more: object) -> Line:
    boxes = (
        Word(word, Box(page, 0.1 + 0.05 * n, top, 0.14 + 0.05 * n, top + 0.02))
        for n, word in enumerate(words.split())
    )
    return Line(words, page, Box(page, 0.1, top, 0.9, top + 0.02), tuple(boxes), **more)  # type: ignore[arg-type]


def test_a_sentence_that_a_page_break_cuts_is_one_paragraph_without_the_footnote():
    plan = plan_of(
        "nâng cao trách nhiệm của các cấp, các ngành trong việc nỗ lực\n<sup>1</sup> Kế hoạch số 5/KH-UBND\n\fcải thiện hiệu lực.\n"
    )
    assert (
        paragraphs(plan)[0]
        == "nâng cao trách nhiệm của các cấp, các ngành trong việc nỗ lực cải thiện hiệu lực."
    )
    assert plan.blocks[-1].role is Role.FOOTNOTE


def test_a_line_broken_at_a_dash_goes_on():
    assert paragraphs(plan_of("phối hợp với các tổ chức chính trị\n- xã hội tuyên truyền.\n")) == [
        "phối hợp với các tổ chức chính trị - xã hội tuyên truyền."
    ]


def test_a_list_mark_opens_a_paragraph():
    assert paragraphs(plan_of("Tập trung thực hiện\n- Rà soát.\n+ Kiểm tra\n1. Mục đích\n")) == [
        "Tập trung thực hiện",
        "- Rà soát.",
        "+ Kiểm tra",
        "1. Mục đích",
    ]


def test_a_fact_over_two_pages_has_a_box_on_each():
    first = printed("Rà soát các văn", 1, 0.9, opens=True)
    second = printed("bản đã ban hành.", 2, 0.1, opens=False)
    plan = assemble((Page(1, (first,), ""), Page(2, (second,), "")), ())
    anchor = plan.anchor(plan.blocks[0].span)
    assert plan.text == "Rà soát các văn bản đã ban hành."
    assert [box.page for box in anchor.boxes] == [1, 2]
    assert anchor.page == 1


def test_page_numbers_and_stamps_are_no_text():
    lines = (Line("2", 1, role=Role.PAGE_NUMBER), Line("ĐẾN số 5", 1, role=Role.STAMP), Line("Rà soát.", 1))
    assert assemble((Page(1, lines, ""),), ()).text == "Rà soát."


WORDS = st.lists(
    st.sampled_from(
        ["Rà soát", "- Kiểm tra.", "<b>Mục</b>", "**I.** MỤC", "a) Nội dung", "2024", "xã Đắk Plô"]
    ),
    max_size=8,
)


@given(WORDS.map("\n".join))
def test_both_unicode_forms_give_the_same_plan(lines):
    if not lines.strip():
        return
    assert plan_of(unicodedata.normalize("NFD", lines)).text == plan_of(lines).text


@given(WORDS.map("\n".join).filter(str.strip))
def test_pieces_cover_the_words_of_the_text(lines):
    plan = plan_of(lines)
    covered = "".join(plan.text[piece.start : piece.end] for piece in plan.pieces)
    assert covered.replace(" ", "") == plan.text.replace(" ", "").replace("\n", "").replace("\t", "")


def test_words_open_a_paragraph_where_the_page_is_silent():
    lines = (
        printed("Lắp đặt bảng niêm yết mã tra cứu thủ tục.", 1, 0.1),
        printed("Đơn vị thực hiện: Trung tâm Phục vụ hành chính công.", 1, 0.12, opens=False),
        printed("2. Tổ chức tập huấn cho công chức theo quy định của", 1, 0.14, opens=False),
        printed("Bộ Nội vụ.", 1, 0.16, opens=False),
    )
    page = Page(1, lines, "")
    assert [text.split()[0] for text in paragraphs(assemble((page,), ()))] == ["Lắp", "Đơn", "2."]
