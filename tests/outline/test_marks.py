"""Marks of numbering are read, also where a recogniser took I, l and 1 for each other."""

import pytest

from kehoach.outline.marks import RANK, mark_of, with_stars


@pytest.mark.parametrize(
    ("text", "style", "number"),
    [
        ("I. MỤC ĐÍCH, YÊU CẦU", "roman", "I"),
        ("IV. TỔ CHỨC THỰC HIỆN", "roman", "IV"),
        ("ll. MỤC TIÊU", "roman", "II"),
        ("H. MỤC TIÊU", "roman", "II"),
        ("HI. NHIỆM VỤ", "roman", "III"),
        ("H. Cải cách tài chính", "capital", "H"),
        ("lV. TỔ CHỨC THỰC HIỆN", "roman", "IV"),
        ("l. MỤC ĐÍCH, YÊU CẦU", "roman", "I"),
        ("l. Mục đích", "decimal1", "1"),
        ("1. Mục đích", "decimal1", "1"),
        ("1.100% đội ngũ cán bộ", "decimal1", "1"),
        ("1.2. Triển khai", "decimal2", "1.2"),
        ("1.2.1. Công tác chỉ đạo", "decimal3", "1.2.1"),
        ("1.2.l. Công tác chỉ đạo", "decimal3", "1.2.1"),
        ("a) Nhiệm vụ", "letter", "a"),
        ("đ. Đối với cá nhân", "letter", "đ"),
        ("(1) Tiêu chí sáng kiến", "bracket", "1"),
        ("- Rà soát", "dash", "-"),
        ("-Triển khai rà soát", "dash", "-"),
        ("+ Tập trung", "plus", "+"),
        ("• Công khai", "bullet", "•"),
        ("II- NỘI DUNG", "roman", "II"),
        ("1- Văn phòng theo dõi", "decimal1", "1"),
        ("Điều 2. Giao Sở Nội vụ", "article", "2"),
        ("1/ Phòng Nội vụ theo dõi", "decimal1", "1"),
        ("a/ Niêm yết thủ tục", "letter", "a"),
        ("→ Thực hiện: Văn phòng", "bullet", "→"),
        ("1, Nhiệm vụ chung", "decimal1", "1"),
        ("L MỤC ĐÍCH, YÊU CẦU", "roman", "I"),
        ("__IV.TỔ CHỨC THỰC HIỆN", "roman", "IV"),
        ("h a. Tiếp tục quán triệt", "letter", "a"),
        ("Phần II. NHIỆM VỤ", "part", "Phần II"),
    ],
)
def test_a_mark_is_read_with_its_number(text, style, number):
    mark = mark_of(text)
    assert mark is not None
    assert (mark.style, mark.number) == (style, number)


@pytest.mark.parametrize(
    "text",
    [
        "Rà soát văn bản",
        "15.000 hộ nghèo",
        "5- 7 ngày làm việc",
        "30/11/2024 là hạn cuối",
        "UBND xã",
        "Xã Đắk Plô",
    ],
)
def test_words_and_figures_are_no_marks(text):
    assert mark_of(text) is None


def test_a_star_over_dashes_stands_outside_them():
    texts = ["* Đối với các thôn:", "- Họp dân", "- Báo cáo", "* Đối với Công an xã:", "- Tuần tra"]
    marks = with_stars(texts, [mark_of(text) for text in texts])
    assert [mark.style for mark in marks] == ["star", "dash", "dash", "star", "dash"]
    assert RANK["star"] < RANK["dash"] < RANK["bullet"]


def test_bullets_below_a_dash_stay_inside_it():
    texts = ["- Nội dung kiểm tra:", "* Sổ sách", "- Thời gian kiểm tra:", "* Tháng 6"]
    assert [mark.style for mark in with_stars(texts, [mark_of(text) for text in texts])] == [
        "dash",
        "bullet",
    ] * 2
