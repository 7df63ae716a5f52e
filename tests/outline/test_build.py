"""Headings nest by their marks, items stay items, and each line knows what it does."""

import pytest

from kehoach.document.outline import EntryRole
from kehoach.outline.headings import label_of
from kehoach.outline.kinds import kind_of
from kehoach.rules import phrases


def test_headings_nest_by_mark_and_take_their_kind_from_their_words(outlined):
    _, outline = outlined(
        "I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\n- Nâng cao nhận thức.\n2. Yêu cầu\n- Bám sát kế hoạch.\n"
        "II. NHIỆM VỤ\n1. Cải cách thể chế\n1.1. Rà soát văn bản\na) Nội dung cụ thể\n- Lập danh mục.\n"
    )
    assert [(s.number, s.level, s.kind) for s in outline.sections] == [
        ("I", 1, "purpose"),
        ("1", 2, "purpose"),
        ("2", 2, "requirements"),
        ("II", 1, "tasks"),
        ("1", 2, "tasks"),
        ("1.1", 3, "tasks"),
        ("a", 4, "tasks"),
    ]


def test_a_numbered_sentence_is_an_item_and_no_section(outlined):
    _, outline = outlined(
        "III. NHIỆM VỤ\n1. Rà soát văn bản đã ban hành. Lập danh mục.\n2. Kiểm tra công vụ.\n"
    )
    assert [s.title for s in outline.sections] == ["NHIỆM VỤ"]
    assert [e.role for e in outline.entries] == [EntryRole.HEADING, EntryRole.ITEM, EntryRole.ITEM]


def test_a_heading_that_runs_into_its_instruction_is_split_at_the_colon(outlined):
    plan, outline = outlined(
        "IV. TỔ CHỨC THỰC HIỆN\n4. Thanh tra nhân dân: Phối hợp với các cơ quan thực hiện tốt nhiệm vụ.\n"
    )
    entry = outline.entries[1]
    assert outline.sections[1].title == "Thanh tra nhân dân"
    assert entry.value is not None
    assert plan.quote(entry.value).startswith("Phối hợp với")


def test_a_colon_before_a_small_letter_stays_in_the_item(outlined):
    _, outline = outlined("I. NHIỆM VỤ\nb) Nội dung tuyên truyền cần tập trung: về chính sách, pháp luật.\n")
    assert len(outline.sections) == 1
    assert outline.entries[1].role is EntryRole.ITEM


def test_a_dashed_line_that_only_heads_a_list_is_a_lead_in(outlined):
    _, outline = outlined("I. NHIỆM VỤ\n- Cấp thành phố\n+ Thông báo kế hoạch.\n+ Thu thập thông tin.\n")
    assert [e.role for e in outline.entries][1:] == [EntryRole.LEAD_IN, EntryRole.ITEM, EntryRole.ITEM]


def test_a_number_that_comes_twice_under_purposes_tells_of_a_lost_heading(outlined):
    _, outline = outlined(
        "I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\n- A.\n2. Yêu cầu\n- B.\n2. Công tác tuyên truyền\n- Tuyên truyền.\n"
    )
    assert outline.sections[-1].parent is None
    assert outline.sections[-1].kind == "tasks"


def test_the_closing_sentence_stands_outside_all_sections(outlined):
    _, outline = outlined(
        "I. NHIỆM VỤ\n- Rà soát văn bản.\nTrên đây là Kế hoạch của UBND xã, yêu cầu các bộ phận thực hiện./.\n"
    )
    assert outline.entries[-1].role is EntryRole.CLOSING
    assert outline.entries[-1].section is None


@pytest.mark.parametrize("rule", phrases("sections"), ids=lambda rule: rule.id)
def test_a_kind_of_section_is_told_by_its_words(rule):
    assert [kind_of(one.text, None) for one in rule.examples] == [rule.value] * len(rule.examples)
    assert rule.examples
    assert not [text for text in rule.counterexamples if rule.pattern.search(text)]


@pytest.mark.parametrize("rule", phrases("labels"), ids=lambda rule: rule.id)
def test_a_label_line_is_known_by_its_words(rule):
    found = [label_of(one.text) for one in rule.examples]
    assert found
    assert all(one is not None and one[0].id == rule.id for one in found)
    assert not [text for text in rule.counterexamples if rule.pattern.match(text)]


def test_a_part_takes_its_title_from_the_next_line(outlined):
    _, outline = outlined(
        "Phần thứ nhất\nMỤC TIÊU\nPhần thứ hai\nNHIỆM VỤ\n1. Rà soát văn bản đã ban hành.\n"
    )
    assert [(s.number, s.title, s.kind) for s in outline.sections] == [
        ("Phần thứ nhất", "MỤC TIÊU", "objectives"),
        ("Phần thứ hai", "NHIỆM VỤ", "tasks"),
    ]


def test_bold_titles_without_a_number_stand_side_by_side_below_what_is_open(outlined):
    _, outline = outlined(
        "**TỔ CHỨC THỰC HIỆN**\n**Phòng Nội vụ:**\n• Theo dõi.\n**Công an xã:**\n• Tuần tra.\n**KINH PHÍ**\nNgân sách xã.\n"
    )
    assert [(s.title, s.level) for s in outline.sections] == [
        ("TỔ CHỨC THỰC HIỆN", 1),
        ("Phòng Nội vụ", 2),
        ("Công an xã", 2),
        ("KINH PHÍ", 1),
    ]


def test_an_article_that_is_a_sentence_is_no_section(outlined):
    _, outline = outlined(
        "QUYẾT ĐỊNH:\nĐiều 1. Phê duyệt Kế hoạch năm 2025.\nĐiều 2. Giao Phòng Nội vụ thực hiện.\n"
    )
    assert outline.sections == ()


def test_a_colon_behind_a_kind_of_unit_opens_names_and_runs_into_no_instruction(outlined):
    _, outline = outlined(
        "I. TỔ CHỨC THỰC HIỆN\n1. Các phòng: Tư pháp, Nội vụ căn cứ nhiệm vụ, khẩn trương thực hiện.\n"
    )
    assert [s.title for s in outline.sections] == ["TỔ CHỨC THỰC HIỆN"]
