"""Head, title, body, foot and appendices are told apart by their words."""

import pytest

from kehoach.document.plan import Range
from kehoach.ingest.text import pages
from kehoach.layout.assemble import assemble
from kehoach.outline.document import is_document
from kehoach.outline.parts import parts
from kehoach.tables.join import join

HEAD = "ỦY BAN NHÂN DÂN\nXÃ BẢN VẼ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
HEAD += "Số: 08/KH-UBND\nBản Vẽ, ngày 05 tháng 02 năm 2026\n"
BODY = "Căn cứ Luật Thanh niên;\nUBND xã ban hành Kế hoạch như sau:\nI. MỤC ĐÍCH\n- Nâng cao nhận thức.\n"
FOOT = "Nơi nhận:\n- Sở Nội vụ (b/c);\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLò Văn Pản\n"
PLAN = f"{HEAD}KẾ HOẠCH\nPhát triển thanh niên xã Bản Vẽ năm 2026\n{BODY}{FOOT}"


def plan_of(text):
    read = pages(text.encode(), "plan.txt")
    return assemble(read, join(read))


def words(plan, blocks):
    return [plan.quote(block.span) for block in plan.blocks[blocks.start : blocks.end]]


def test_a_plan_falls_into_head_title_body_and_foot():
    plan = plan_of(PLAN)
    found = parts(plan)
    assert len(words(plan, found.head)) == 6
    assert words(plan, found.title) == ["Phát triển thanh niên xã Bản Vẽ năm 2026"]
    assert words(plan, found.body)[0].startswith("Căn cứ")
    assert words(plan, found.body)[-1] == "- Nâng cao nhận thức."
    assert words(plan, found.foot)[0] == "Nơi nhận:"
    assert words(plan, found.foot)[-1] == "Lò Văn Pản"
    assert found.appendices == ()


def test_lost_tone_marks_change_nothing():
    misread = (
        PLAN.replace("KẾ HOẠCH", "KÊ HOACH").replace("Nơi nhận", "Nơi nhân").replace("CỘNG HÒA", "CÔNG HOA")
    )
    assert parts(plan_of(misread)) == parts(plan_of(PLAN))


@pytest.mark.parametrize(
    "title",
    [
        "Thực hiện công tác dân vận năm 2026",
        "Triển khai thi hành Luật Thanh niên\nnăm 2026",
        "PHÁT TRIỂN THANH NIÊN\nTRÊN ĐỊA BÀN XÃ BẢN VẼ",
        "Triển khai phong trào của\nHội Liên hiệp thanh niên xã",
    ],
)
def test_a_title_may_begin_like_a_basis_and_take_several_lines(title):
    plan = plan_of(PLAN.replace("Phát triển thanh niên xã Bản Vẽ năm 2026", title))
    assert " ".join(words(plan, parts(plan).title)) == title.replace("\n", " ")


def test_a_title_may_share_the_line_of_the_type_word():
    plan = plan_of(PLAN.replace("KẾ HOẠCH\nPhát triển", "KẾ HOẠCH Phát triển"))
    found = parts(plan)
    assert found.title == Range(found.type_line, found.type_line + 1)


def test_the_line_that_says_what_a_plan_is_attached_to_is_no_title():
    plan = plan_of(PLAN.replace("năm 2026\nCăn", "năm 2026\n(Kèm theo Quyết định số 5/QĐ-UBND)\nCăn"))
    assert words(plan, parts(plan).title) == ["Phát triển thanh niên xã Bản Vẽ năm 2026"]


def test_a_letter_has_a_reference_and_addressees_instead_of_a_type_word():
    text = HEAD.replace("KH-UBND\n", "UBND-NV\nV/v tăng cường kiểm tra\n")
    text += "Kính gửi:\n- Các phòng;\n- Các thôn.\n"
    text += "Thực hiện Công văn số 1/UBND-NV, UBND xã yêu cầu:\n1. Rà soát.\n"
    plan = plan_of(text + FOOT)
    found = parts(plan)
    assert found.type_line is None
    assert words(plan, found.title) == ["V/v tăng cường kiểm tra"]
    assert words(plan, found.addressees) == ["Kính gửi:", "- Các phòng;", "- Các thôn."]
    assert words(plan, found.body)[0].startswith("Thực hiện Công văn")


def test_a_foot_in_the_middle_is_followed_by_an_appendix_each():
    table = "STT\tNhiệm vụ\tChủ trì\n1\tRà soát\tVăn phòng\n"
    plan = plan_of(f"{PLAN}PHỤ LỤC I\nDANH MỤC NHIỆM VỤ\n{table}PHỤ LỤC II\nCHỈ TIÊU\n{table}")
    found = parts(plan)
    assert words(plan, found.foot)[-1] == "Lò Văn Pản"
    assert [words(plan, one)[0] for one in found.appendices] == ["PHỤ LỤC I", "PHỤ LỤC II"]
    assert found.appendices[-1].end == len(plan.blocks)


def test_a_plan_behind_a_decision_is_an_appendix_of_the_decision():
    decision = f"{HEAD}QUYẾT ĐỊNH\nVề việc ban hành Kế hoạch thanh niên\nCHỦ TỊCH ỦY BAN NHÂN DÂN XÃ\n"
    decision += "Căn cứ Luật Thanh niên;\nQUYẾT ĐỊNH:\nĐiều 1. Ban hành kèm theo Quyết định này Kế hoạch.\n"
    attached = (
        "KẾ HOẠCH\nPhát triển thanh niên\n(Kèm theo Quyết định số 8/QĐ-UBND)\nI. NHIỆM VỤ\n1. Mở lớp.\n"
    )
    plan = plan_of(decision + FOOT + attached)
    found = parts(plan)
    assert words(plan, Range(found.type_line, found.type_line + 1)) == ["QUYẾT ĐỊNH"]
    assert words(plan, found.title) == ["Về việc ban hành Kế hoạch thanh niên"]
    assert words(plan, found.appendices[0])[0] == "KẾ HOẠCH"


def test_a_plan_without_head_and_foot_is_all_body():
    plan = plan_of("I. NHIỆM VỤ\n- Các thôn tổ chức họp dân.\nII. TỔ CHỨC THỰC HIỆN\n- Văn phòng theo dõi.\n")
    found = parts(plan)
    assert found.body == Range(0, len(plan.blocks))
    assert found.foot.start == found.foot.end


def test_the_ranges_never_overlap_and_keep_their_order(shared):
    for path in sorted((shared / "seeds").glob("*.txt")):
        found = parts(plan_of(path.read_text("utf-8")))
        edges = [*found.head, *found.body, *found.foot, *(edge for one in found.appendices for edge in one)]
        assert edges == sorted(edges)


@pytest.mark.parametrize(
    "text",
    [
        PLAN,
        BODY + FOOT,
        "Phụ lục\n(Kèm theo Kế hoạch của UBND xã)\nTT\tNhiệm vụ\tĐơn vị chủ trì\n1\tHọp\tUBND xã\n",
    ],
)
def test_a_plan_with_lost_parts_is_a_document_still(text):
    assert is_document(plan_of(text))


@pytest.mark.parametrize(
    "text",
    [
        "Danh sách mua sắm:\n- Gạo 5 kg\n- Nước mắm\n- Rau muống",
        "Dear Sir,\nthe plan of the commune has been approved.\nKind regards",
        "def plan(text):\n    return text.split()\n",
        "Lorem ipsum dolor sit amet, consectetur adipiscing elit.",
        "Ngày xưa, ở một làng nọ có hai vợ chồng nghèo.\nMột hôm trời mưa to, nước lũ dâng cao.",
        "Sáng nay, UBND tỉnh Lào Cai tổ chức hội nghị về cải cách hành chính theo Quyết định số 12/QĐ-UBND.",
        "CHƯƠNG TRÌNH\n1. Mục tiêu của trò chơi là ghi điểm\n2. Luật chơi",
    ],
)
def test_what_no_authority_issued_is_no_document(text):
    assert not is_document(plan_of(text))


def test_a_ward_named_an_is_no_kind_of_document():
    plan = plan_of(
        "ỦY BAN NHÂN DÂN\n\nPHƯỜNG AN BÌNH\n\nSố: 12/KH-UBND\n\nKẾ HOẠCH\n\nCải cách hành chính năm 2026\n\n"
        "I. MỤC ĐÍCH\n\n- Nâng cao chất lượng phục vụ.\n"
    )
    found = parts(plan)
    assert found.type_line is not None
    assert plan.quote(plan.blocks[found.type_line].span) == "KẾ HOẠCH"
