"""Text files: Markdown and HTML marks are form, not words."""

import pytest

from kehoach.document.page import Grid, Line, Role
from kehoach.errors import EmptyFile, NotText
from kehoach.ingest.text import pages


def lines(content: str) -> list[str]:
    return [block.text for block in pages(content.encode(), "a.txt")[0].flow if isinstance(block, Line)]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("## **2. Yêu cầu:**", "2. Yêu cầu:"),
        ("**a.** Tiếp tục quán triệt", "a. Tiếp tục quán triệt"),
        ("***Nơi nhận:***", "Nơi nhận:"),
        ("Kế hoạch của UBND xã<sup>1</sup>.", "Kế hoạch của UBND xã."),
        ("xác định *việc duy trì* là nhiệm vụ", "xác định việc duy trì là nhiệm vụ"),
        ("A &amp; B", "A & B"),
        ("2 * 3 = 6", "2 * 3 = 6"),
        ("Số: 08\u00a0/KH-UBND", "Số: 08 /KH-UBND"),
    ],
)
def test_marks_of_form_are_no_words(raw, words):
    assert lines(raw) == [words]


def test_a_note_is_a_footnote_with_its_mark():
    (line,) = pages(b"<sup>2</sup>Ban h\xc3\xa0nh k\xc3\xa8m theo", "a.txt")[0].flow
    assert isinstance(line, Line)
    assert (line.role, line.note_mark, line.text) == (Role.FOOTNOTE, "2", "Ban hành kèm theo")


def test_a_form_feed_is_a_page_break():
    assert [page.number for page in pages(b"a\fb\fc", "a.txt")] == [1, 2, 3]


@pytest.mark.parametrize(
    "table",
    ["TT\tViệc\tAi\n1\tRà soát\tPhòng A\n", "| TT | Việc | Ai |\n|---|---|---|\n| 1 | Rà soát | Phòng A |\n"],
)
def test_tabs_and_pipes_make_tables(table):
    (grid,) = pages(table.encode(), "a.txt")[0].flow
    assert isinstance(grid, Grid)
    assert (grid.row_count, grid.column_count) == (2, 3)
    assert pages(table.encode(), "a.txt")[0].text == "TT\tViệc\tAi\n1\tRà soát\tPhòng A"


def test_a_head_set_side_by_side_is_no_table():
    assert lines("UBND XÃ A\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n") == [
        "UBND XÃ A",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    ]


def test_what_is_not_utf8_is_refused_with_its_byte():
    with pytest.raises(NotText) as caught:
        pages(b"K\xff", "a.txt")
    assert caught.value.facts["offset"] == 1


def test_an_empty_file_is_refused():
    with pytest.raises(EmptyFile):
        pages(b" \n", "a.txt")
