"""Targets of running text and of tables, and what is none."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach.document.facts import Target
from kehoach.document.plan import Cell, Paragraph, Piece, Plan, Span, Table
from kehoach.extract.target_cells import in_table
from kehoach.extract.targets import CLAUSE_KINDS, OBJECTIVES, number, targets
from kehoach.text import nfc

WORDS = [
    "Chỉ số",
    "đạt",
    "trên",
    "80%",
    "100%",
    "tăng",
    "01 bậc",
    ";",
    ",",
    ".",
    "năm 2024",
    "hồ sơ",
    "và",
    "đảm bảo",
    "(",
]
TEXTS = st.lists(st.sampled_from(WORDS) | st.text(max_size=8), max_size=14).map(" ".join)
YEAR = 2024


def plan_of(text: str) -> Plan:
    text = nfc(text)
    return Plan(text, (Paragraph(Span(0, len(text)), 1),), (Piece(0, len(text), 1),))


def read(text: str, kind: str = "tasks", year: int | None = YEAR) -> tuple[Target, ...]:
    plan = plan_of(text)
    return targets(plan, [(Span(0, len(plan.text)), kind)], year=year)


def table_of(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> tuple[Plan, Table]:
    text, cells = "", []
    for row in rows:
        made = []
        for words in row:
            made.append(Cell(Span(len(text), len(text) + len(words))))
            text += words + "\t"
        cells.append(tuple(made))
    table = Table(Span(0, len(text)), header, (), tuple(cells), (1,))
    return Plan(text, (table,), (Piece(0, len(text), 1),)), table


def test_each_part_between_semicolons_of_an_objective_is_a_target():
    found = read(
        "Trên 99% hồ sơ (TTHC) được giải quyết đúng hạn; trả lời kiến nghị không quá 05 ngày làm việc.",
        OBJECTIVES,
    )
    assert [(one.comparator, one.value, one.unit) for one in found] == [
        (">", 99, "%"),
        ("<=", 5, "ngày làm việc"),
    ]
    assert found[0].text == "Trên 99% hồ sơ (TTHC) được giải quyết đúng hạn"


def test_an_opening_that_a_list_of_aims_shares_belongs_to_none():
    found = read(
        "Phấn đấu trong năm 2024: tối thiểu 98% hồ sơ trả đúng hẹn; số hóa 75% giấy tờ cũ.", OBJECTIVES
    )
    assert [one.text for one in found] == ["tối thiểu 98% hồ sơ trả đúng hẹn", "số hóa 75% giấy tờ cũ."]


def test_two_figures_with_two_subjects_in_a_task_are_two_targets():
    found = read(
        "Thực hiện số hóa kết quả giải quyết thuộc thẩm quyền của cấp huyện đạt tỷ lệ tối thiểu 60%,"
        " cấp xã tối thiểu 50%; tiếp tục chứng thực."
    )
    assert [(one.text[-20:], one.value) for one in found] == [
        ("đạt tỷ lệ tối thiểu 60%"[-20:], 60),
        ("cấp xã tối thiểu 50%", 50),
    ]


def test_the_clause_of_a_task_begins_at_its_verb_and_ends_before_the_next():
    found = read(
        "Nâng tỷ lệ ký số và duy trì tỷ lệ văn bản điện tử đạt trên 80%, thực hiện đầy đủ chế độ báo cáo."
    )
    assert [one.text for one in found] == ["duy trì tỷ lệ văn bản điện tử đạt trên 80%"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Năm 2023, Chỉ số cải cách hành chính đạt 92,00%, xếp hạng 03/17 xã", "purpose"),
        ("Chỉ số năm 2022 đạt 59,62 điểm, giảm 2,94 điểm so với năm 2021", "basis"),
        ("Bố trí 120 triệu đồng và 10% dự phòng", "budget"),
        ("Nâng cao Chỉ số PAPI của xã", "purpose"),
        ("Thực hiện khoản 5 Điều 14 Nghị định số 61/2018/NĐ-CP ngày 23/4/2018", "tasks"),
        ("Rà soát 11 cơ sở dữ liệu theo danh mục", "tasks"),
        ("Đề nghị khen thưởng không quá 10% tập thể", "tasks"),
    ],
)
def test_results_names_money_and_purposes_are_no_targets(text: str, kind: str):
    assert read(text, kind) == ()


def test_the_year_is_the_clauses_own_else_the_plans():
    found = read("Đến hết năm 2030: Có ≥ 60% doanh nghiệp ứng dụng công nghệ số.", OBJECTIVES)
    assert (found[0].year, found[0].comparator) == (2030, ">=")
    assert read("Tỷ lệ hài lòng đạt 90%", OBJECTIVES)[0].year == YEAR


def test_an_aim_that_names_no_index_takes_the_one_named_before():
    text = "Nâng cao Chỉ số cải cách hành chính. Phấn đấu năm 2024 tăng tối thiểu 01 hạng"
    assert read(text, "purpose")[0].metric == "Chỉ số cải cách hành chính"


def test_each_target_cell_is_a_target_and_a_baseline_is_none():
    header = (
        "STT",
        "Chỉ số thành phần",
        "Năm 2023 – Chỉ số",
        "Mục tiêu năm 2024 – Chỉ số",
        "Mục tiêu năm 2024 – Thứ hạng",
        "Đơn vị thực hiện",
    )
    plan, table = table_of(
        header,
        [
            ("1", "Cải cách thể chế", "42,22%", "Trên 50%", "7", "Phòng Tư pháp"),
            ("", "Tổng", "59%", "Trên 65%", "", ""),
        ],
    )
    found = in_table(plan, table, year=YEAR)
    assert [(one.text, one.comparator, one.value, one.unit) for one in found] == [
        ("Trên 50%", ">", 50, "%"),
        ("7", "=", 7, "hạng"),
        ("Trên 65%", ">", 65, "%"),
    ]
    assert found[0].metric == "Cải cách thể chế - Mục tiêu năm 2024 - Chỉ số"


def test_the_unit_column_gives_the_unit():
    header = ("STT", "Chỉ tiêu", "Đơn vị tính", "Toàn tỉnh", "Mỗi xã, phường", "Cơ quan theo dõi")
    plan, table = table_of(
        header,
        [
            ("1", "Hồ sơ đúng hạn", "%", "Từ 98", "Từ 95", "Văn phòng"),
            ("2", "Thời gian trả lời", "ngày làm việc", "Không quá 07", "", ""),
        ],
    )
    found = in_table(plan, table, year=YEAR)
    assert [(one.comparator, one.value, one.unit) for one in found] == [
        (">=", 98, "%"),
        (">=", 95, "%"),
        ("<=", 7, "ngày làm việc"),
    ]


@pytest.mark.parametrize(
    "header",
    [
        ("STT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian hoàn thành", "Sản phẩm"),
        ("STT", "TIÊU CHÍ THI ĐUA", "ĐIỂM CHUẨN", "HƯỚNG DẪN CHẤM ĐIỂM"),
        ("TT", "Tên nhiệm vụ", "Kế hoạch vốn giao năm 2024", "Số vốn đã giải ngân"),
    ],
)
def test_tables_of_tasks_scores_and_money_hold_no_targets(header: tuple[str, ...]):
    plan, table = table_of(header, [tuple("20" for _ in header)] * 3)
    assert in_table(plan, table, year=YEAR) == ()


@pytest.mark.parametrize(
    ("said", "value"), [("59,62", 59.62), ("1.700", 1700), ("2.989,5", 2989.5), ("05", 5)]
)
def test_a_comma_is_the_decimal_and_a_dot_parts_thousands(said: str, value: float):
    assert number(said) == value


@given(TEXTS, st.sampled_from([OBJECTIVES, *CLAUSE_KINDS, "budget"]))
def test_a_target_is_its_own_words_in_either_unicode_form(text: str, kind: str):
    plan, found = plan_of(text), read(text, kind)
    assert read(unicodedata.normalize("NFD", text), kind) == found
    for one in found:
        assert plan.quote(one.anchor.span) == one.text
        assert one.comparator in {"=", ">=", ">", "<=", "<", "+", "-", None}
        assert one.value is None or one.value >= 0


@given(TEXTS)
def test_targets_of_one_item_do_not_overlap(text: str):
    for kind in (OBJECTIVES, "tasks"):
        spans = [one.anchor.span for one in read(text, kind)]
        assert all(first.end <= second.start for first, second in pairwise(spans))


def test_a_scans_noise_around_figures_and_in_heads_is_read_through():
    header = ("srr", "Chỉsố thành phần", "Năm 2023 - Chỉ vn số", ". 2024 ` - Chỉ số", ". 2024 - THỂ hạng")
    rows = [("1", "Cải cách thể chế", "42,22%", "Trên50%", "7 —"), ("2", "Tổng", "59%", '"Trên 65%', "Hi")]
    plan, table = table_of(header, rows)
    found = in_table(plan, table, year=YEAR)
    assert [(one.text, one.value, one.unit) for one in found] == [
        ("Trên50%", 50, "%"),
        ("7", 7, "hạng"),
        ("Trên 65%", 65, "%"),
    ]


def test_verbs_that_lost_a_tone_mark_still_open_a_clause():
    found = read("Kiếm tra công vụ, tố chức giải quyết 100% hồ sơ, hướng dân người dân thực hiện.")
    assert [one.text for one in found] == ["tố chức giải quyết 100% hồ sơ"]
