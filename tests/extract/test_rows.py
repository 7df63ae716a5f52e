"""Columns are known by their heads; rows give their tasks with what stands beside them."""

import pytest

from kehoach.document.plan import Plan, Table
from kehoach.extract.rows import columns, row_tasks
from kehoach.ingest import text
from kehoach.layout.assemble import assemble
from kehoach.rules import phrases
from kehoach.tables.join import join

HEAD = "STT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời hạn\tSản phẩm\n"


def tabled(lines: str) -> tuple[Plan, Table]:
    pages = text.pages(lines.encode(), "plan.txt")
    plan = assemble(pages, join(pages))
    return plan, next(block for block in plan.blocks if isinstance(block, Table))


@pytest.mark.parametrize("rule", phrases("columns"), ids=lambda rule: rule.id)
def test_a_column_is_known_by_its_head(rule):
    rules = phrases("columns")
    won = [next(one for one in rules if one.pattern.search(example.text)) for example in rule.examples]
    assert won and {one.id for one in won} == {rule.id}
    assert not [text for text in rule.counterexamples if rule.pattern.search(text)]


def test_a_table_of_targets_holds_no_tasks():
    assert columns(["STT", "Chỉ tiêu", "Đơn vị tính", "Năm 2026"]) is None


def test_doers_lead_where_nobody_else_does_and_support_beside_a_lead():
    alone = columns(["TT", "Nội dung", "Đơn vị thực hiện", "Thời gian"])
    beside = columns(["TT", "Nhiệm vụ", "Đơn vị chủ trì", "Đơn vị thực hiện", "Thời gian"])
    assert alone is not None and beside is not None
    assert (alone.lead, alone.support) == ((2,), ())
    assert (beside.lead, beside.support) == ((2,), (3,))


def test_a_group_row_names_the_rows_below_it():
    plan, table = tabled(
        HEAD
        + "I\tCải cách thể chế\t\t\t\t\n1\tRà soát văn bản đã ban hành\tPhòng Tư pháp\tCác phòng\tQuý II\tDanh mục\n"
        + "II\tTài chính công\t\t\t\t\n2\tCông khai dự toán ngân sách\tPhòng Tài chính\t\tQuý I\tBảng công khai\n"
    )
    found = list(row_tasks(plan, table))
    assert [(plan.quote(one.span), one.group) for one in found] == [
        ("Rà soát văn bản đã ban hành", ("Cải cách thể chế",)),
        ("Công khai dự toán ngân sách", ("Tài chính công",)),
    ]
    assert [plan.quote(span) for span in found[0].lead + found[0].support + found[0].time] == [
        "Phòng Tư pháp",
        "Các phòng",
        "Quý II",
    ]
    assert found[0].outputs == ("Danh mục",)


def test_each_bullet_in_a_cell_is_a_task_of_its_own():
    plan, table = tabled(
        HEAD + "1\t- Xây dựng kế hoạch. - Tổ chức kiểm tra.\tUBND xã\t\tThường xuyên\t- Kế hoạch; - Báo cáo\n"
    )
    found = list(row_tasks(plan, table))
    assert [plan.quote(one.span) for one in found] == ["Xây dựng kế hoạch.", "Tổ chức kiểm tra."]
    assert found[0].outputs == ("Kế hoạch;", "Báo cáo")


def test_ditto_marks_take_the_cell_above():
    plan, table = tabled(
        HEAD + "1\tRà soát văn bản xã\tPhòng Tư pháp\t\tQuý II\t\n2\tKiểm tra công vụ xã\tnt\t\tQuý III\t\n"
    )
    assert [plan.quote(one.lead[0]) for one in row_tasks(plan, table)] == ["Phòng Tư pháp", "Phòng Tư pháp"]


def test_a_cell_under_another_is_not_filled_by_guessing():
    plan, table = tabled(
        HEAD + "1\tRà soát văn bản xã\tPhòng Tư pháp\t\tQuý II\t\n2\tKiểm tra công vụ xã\t\t\t\t\n"
    )
    assert [one.lead for one in row_tasks(plan, table)][1] == ()


def test_groups_nest_by_their_counters():
    plan, table = tabled(
        HEAD
        + "A\tKIỂM SOÁT THỦ TỤC\t\t\t\t\n1\tCông bố, công khai thủ tục hành chính\t\t\t\t\n"
        + "1.1\tNiêm yết tại Bộ phận Một cửa\tVăn phòng\t\tQuý I\t\n2\tRà soát, đơn giản hóa\t\t\t\t\n"
        + "2.1\tBan hành kế hoạch rà soát\tVăn phòng\t\tQuý I\t\n"
    )
    assert [one.group for one in row_tasks(plan, table)] == [
        ("KIỂM SOÁT THỦ TỤC", "Công bố, công khai thủ tục hành chính"),
        ("KIỂM SOÁT THỦ TỤC", "Rà soát, đơn giản hóa"),
    ]


def test_a_leader_who_watches_over_the_work_does_not_lead_it():
    found = columns(["STT", "Nội dung công việc", "Lãnh đạo phụ trách", "Đơn vị chủ trì", "Thời gian"])
    assert found is not None and found.lead == (3,)


def test_ditto_marks_reach_over_a_group_row():
    plan, table = tabled(
        HEAD
        + "1\tRà soát văn bản đã ban hành\tPhòng Tư pháp\tCác phòng\tQuý II\t\n"
        + "II\tTài chính công\t\t\t\t\n2\tCông khai dự toán ngân sách\tnt\tnt\tQuý I\t\n"
    )
    last = list(row_tasks(plan, table))[-1]
    assert [plan.quote(span) for span in last.lead + last.support] == ["Phòng Tư pháp", "Các phòng"]


PAPI = "TT\tNội dung\tNội dung thành phần\tNhiệm vụ\tĐơn vị chủ trì\n"


def labelled(lines: str) -> list[tuple[str, tuple[str, ...]]]:
    plan, table = tabled(lines)
    return [(plan.quote(one.span), one.group) for one in row_tasks(plan, table)]


def test_a_cell_with_as_many_letters_as_rows_gives_each_row_its_own():
    first, second = "a) Tiếp cận thông tin", "b) Danh sách hộ nghèo"
    rows = "\t\tĐăng tải văn bản lên trang tin\tVăn phòng\n\t\t\tNiêm yết danh sách hộ nghèo\tCông chức xã\n"
    assert labelled(PAPI + f"2\tCông khai\t{first} {second}" + rows[1:]) == [
        ("Đăng tải văn bản lên trang tin", ("Công khai", first)),
        ("Niêm yết danh sách hộ nghèo", ("Công khai", second)),
    ]


def test_a_cell_with_several_letters_beside_one_row_names_them_all():
    both = "a) Tiếp cận thông tin b) Danh sách hộ nghèo"
    lines = PAPI + f"2\tCông khai\t{both}\tĐăng tải văn bản lên trang tin\tVăn phòng\n"
    assert labelled(lines) == [("Đăng tải văn bản lên trang tin", ("Công khai", both))]


def test_labels_below_the_rows_they_name_go_up():
    lines = (
        PAPI
        + "\t\t\tMở thêm lớp học cho học sinh\tCác trường\n\t\t\tSửa đường và cầu trong xã\tĐịa chính\n"
        + "\t\tb) Giáo dục tiểu học c) Cơ sở hạ tầng\t\t\n"
    )
    assert [group for _, group in labelled(lines)] == [
        ("b) Giáo dục tiểu học",),
        ("c) Cơ sở hạ tầng",),
    ]


@pytest.mark.parametrize(
    ("letter", "groups"),
    [("c", ("Công khai", "c) Thu, chi ngân sách")), ("b", ("b) Thu, chi ngân sách",))],
    ids=["counts on", "goes back"],
)
def test_a_group_holds_over_a_page_break_only_where_letters_count_on(letter, groups):
    lines = (
        PAPI
        + "2\tCông khai\tb) Danh sách hộ nghèo\tNiêm yết danh sách hộ nghèo\tCông chức xã\n\n"
        + PAPI
        + f"\t\t{letter}) Thu, chi ngân sách\tCông khai dự toán ngân sách\tTài chính\n"
    )
    assert labelled(lines)[-1][1] == groups


def test_rows_before_a_letter_that_goes_back_belong_to_no_group():
    lines = (
        PAPI
        + "2\tCông khai\tb) Danh sách hộ nghèo\tNiêm yết danh sách hộ nghèo\tCông chức xã\n\n"
        + PAPI
        + "\t\t\tĐơn giản hóa thủ tục hành chính\tVăn phòng\n"
        + "\t\tb) Dịch vụ cấp giấy chứng nhận\tRút ngắn thời gian giải quyết\tĐịa chính\n"
    )
    assert [group for _, group in labelled(lines)[1:]] == [(), ("b) Dịch vụ cấp giấy chứng nhận",)]
