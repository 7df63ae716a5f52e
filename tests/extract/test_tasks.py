"""Tasks are what a plan tells somebody to do; owners and times come from where the contract says."""

import pytest

from kehoach.document.facts import Record, Source
from kehoach.ingest import text
from kehoach.rules import phrases
from kehoach.run.understand import understand

HEAD = "ỦY BAN NHÂN DÂN\nXÃ AN BÌNH\nSố: 08/KH-UBND\nAn Bình, ngày 05 tháng 01 năm 2024\nKẾ HOẠCH\nCải cách hành chính xã An Bình năm 2024\nCăn cứ tình hình thực tế, UBND xã ban hành kế hoạch như sau:\n"
FOOT = "Nơi nhận:\n- UBND huyện;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nTrần Văn An\n"


def read(body: str) -> Record:
    pages = text.pages((HEAD + body + FOOT).encode(), "plan.txt")
    return understand(Source("plan.txt", "0" * 64, 1, "text/plain"), pages)[1]


def owners(body: str) -> list[tuple[list[str], list[str], str]]:
    return [
        (
            [m.text for m in task.lead],
            [m.text for m in task.support],
            task.lead[0].origin if task.lead else "",
        )
        for task in read(body).tasks
    ]


@pytest.mark.parametrize("rule", phrases("not_tasks"), ids=lambda rule: rule.id)
def test_what_is_no_task_is_known_by_its_words(rule):
    assert rule.examples
    assert all(rule.pattern.search(one.text) for one in rule.examples)
    assert not [one for one in rule.counterexamples if rule.pattern.search(one)]


def test_purposes_targets_and_budgets_hold_no_tasks():
    body = (
        "I. MỤC ĐÍCH\n- Nâng cao nhận thức.\nII. MỤC TIÊU\n- Rà soát 100% thủ tục.\nIII. NHIỆM VỤ\n- Rà soát văn bản.\n"
        "IV. KINH PHÍ\n- Bố trí kinh phí theo quy định.\n"
    )
    assert [task.text for task in read(body).tasks] == ["Rà soát văn bản."]


def test_the_heading_owns_what_nobody_owns_in_the_item():
    body = "I. TỔ CHỨC THỰC HIỆN\n1. Phòng Nội vụ\n- Theo dõi kết quả.\n- Công an xã bảo đảm an ninh.\n"
    assert owners(body) == [(["Phòng Nội vụ"], [], "heading"), (["Công an xã"], [], "item")]


def test_labels_after_the_items_speak_for_them_and_labels_before_for_what_follows():
    after = "I. NHIỆM VỤ\n1. Cải cách thể chế\n- Rà soát văn bản.\nĐơn vị chủ trì: Sở Tư pháp.\nĐơn vị phối hợp: Sở Nội vụ.\n"
    before = "I. NHIỆM VỤ\n(1) Tiêu chí sáng kiến:\n- Bộ phận tham mưu: Tư pháp – hộ tịch.\n- Nhiệm vụ:\n+ Rà soát sáng kiến.\n"
    assert owners(after) == [(["Sở Tư pháp"], ["Sở Nội vụ"], "label")]
    assert owners(before) == [(["Tư pháp – hộ tịch"], [], "label")]


def test_each_run_of_labels_speaks_for_its_own_items():
    body = (
        "I. NHIỆM VỤ\n1. Nâng cao năng lực\n- Tập huấn kỹ năng.\nĐơn vị chủ trì: Sở Tư pháp.\nThời gian thực hiện: Quý I.\n"
        "- Bồi dưỡng ngạch.\nĐơn vị chủ trì: Sở Nội vụ.\nThời gian thực hiện: Quý II.\n"
    )
    assert [lead for lead, _, _ in owners(body)] == [["Sở Tư pháp"], ["Sở Nội vụ"]]
    assert [task.deadline.text for task in read(body).tasks if task.deadline] == ["Quý I", "Quý II"]


def test_the_closing_sentence_addresses_tasks_without_an_owner():
    body = "I. NHIỆM VỤ\n- Rà soát văn bản.\nUBND xã yêu cầu các bộ phận chuyên môn nghiêm túc triển khai thực hiện./.\n"
    assert owners(body) == [(["các bộ phận chuyên môn"], [], "addressee")]


def test_a_time_section_dates_the_tasks_of_its_part_only():
    body = (
        "I. NHIỆM VỤ\n1. Thể chế\n- Rà soát văn bản.\n2. Thời gian hoàn thành: Trước ngày 30 tháng 11 năm 2024, các bộ phận hoàn thành.\n"
        "II. TỔ CHỨC THỰC HIỆN\n1. Phòng Nội vụ\n- Theo dõi kết quả.\n"
    )
    first, second = read(body).tasks
    assert first.deadline is not None and str(first.deadline.end) == "2024-11-30"
    assert second.deadline is None


def test_a_heading_with_owner_and_time_but_no_item_is_a_task():
    body = "I. NHIỆM VỤ\n1. Tổ chức kiểm tra việc thi hành Luật\n- Cơ quan thực hiện: Sở Nội vụ.\n- Thời gian thực hiện: Quý II.\n"
    record = read(body)
    assert [task.text for task in record.tasks] == ["Tổ chức kiểm tra việc thi hành Luật"]
    assert [section.title for section in record.sections][1:] == ["Tổ chức kiểm tra việc thi hành Luật"]


def test_every_fact_leads_back_to_its_words():
    pages = text.pages(
        (HEAD + "I. NHIỆM VỤ\n- Công an xã rà soát cư trú trước ngày 15/3/2024.\n" + FOOT).encode(),
        "plan.txt",
    )
    plan, record = understand(Source("plan.txt", "0" * 64, 1, "text/plain"), pages)
    (task,) = record.tasks
    assert plan.quote(task.anchor.span) == task.text
    assert [plan.quote(m.anchor.span) for m in task.lead] == ["Công an xã"]
    assert task.deadline is not None and plan.quote(task.deadline.anchor.span) == task.deadline.text
    assert task.anchor.page == 1


@pytest.mark.parametrize(
    "line",
    [
        "Phòng Nội vụ chủ trì, phối hợp với Công an xã và các thôn.",
        "(Phòng Nội vụ chủ trì, phối hợp với Công an xã và các thôn thực hiện)",
        "Chủ trì: Phòng Nội vụ; phối hợp: Công an xã, các thôn.",
        "Giao Phòng Nội vụ chủ trì, phối hợp với Công an xã và các thôn thực hiện.",
        "(Chủ trì: Phòng Nội vụ; phối hợp: Công an xã; các thôn; hoàn thành trước ngày 30/6/2024)",
        "Phân công thực hiện: Phòng Nội vụ chủ trì; Công an xã, các thôn phối hợp.",
    ],
)
def test_a_line_that_only_says_who_does_it_is_no_task_and_owns_the_one_before_it(line: str):
    assert owners(f"I. NHIỆM VỤ\n1. Rà soát văn bản đã ban hành.\n{line}\n") == [
        (["Phòng Nội vụ"], ["Công an xã", "các thôn"], "label")
    ]


@pytest.mark.parametrize(
    "item",
    [
        "- In tờ rơi tuyên truyền (Phòng Nội vụ chủ trì).",
        "- In tờ rơi tuyên truyền, giao cho Phòng Nội vụ thực hiện.",
        "- In tờ rơi tuyên truyền. Cơ quan chủ trì: Phòng Nội vụ; thời gian: Quý II/2024.",
    ],
)
def test_an_owner_behind_the_works_own_words_is_named_in_the_item(item: str):
    assert owners(f"I. NHIỆM VỤ\n{item}\n") == [(["Phòng Nội vụ"], [], "item")]


def test_a_plan_attached_to_a_decision_is_read_like_a_body():
    body = (
        "QUYẾT ĐỊNH:\nĐiều 1. Ban hành kèm theo Quyết định này Kế hoạch kiểm tra.\n"
        "Điều 2. Trưởng các phòng chịu trách nhiệm thi hành Quyết định này./.\n"
    )
    plan = "KẾ HOẠCH\nKiểm tra năm 2024\n(Kèm theo Quyết định số 08/QĐ-UBND)\nI. NHIỆM VỤ\n1. Rà soát văn bản đã ban hành.\nII. TỔ CHỨC THỰC HIỆN\n1. Giao Phòng Nội vụ theo dõi, tổng hợp.\n"
    pages = text.pages((HEAD.replace("KẾ HOẠCH", "QUYẾT ĐỊNH") + body + FOOT + plan).encode(), "plan.txt")
    record = understand(Source("plan.txt", "0" * 64, 1, "text/plain"), pages)[1]
    assert [(one.path, one.text.split()[0]) for one in record.tasks] == [
        (("NHIỆM VỤ",), "Rà"),
        (("TỔ CHỨC THỰC HIỆN",), "Giao"),
    ]


def test_each_lead_in_that_names_a_unit_gives_its_list_to_that_unit():
    body = (
        "I. TỔ CHỨC THỰC HIỆN\nĐối với Công an xã:\n- Tuần tra ban đêm tại các thôn.\nĐối với trưởng các thôn:\n"
        "- Họp dân phổ biến kế hoạch.\n"
    )
    assert [leads for leads, _, _ in owners(body)] == [["Công an xã"], ["trưởng các thôn"]]


def test_a_starred_heading_of_a_unit_owns_the_dashes_below_it():
    body = (
        "I. TỔ CHỨC THỰC HIỆN\n* Đối với Công an xã:\n- Tuần tra ban đêm.\n- Báo cáo UBND xã.\n"
        "* Đối với Trạm Y tế:\n- Công khai giá dịch vụ.\n"
    )
    assert [leads for leads, _, _ in owners(body)] == [["Công an xã"]] * 2 + [["Trạm Y tế"]]
