"""Tables without rulings are found where their columns are clear, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

import made_pages
from kehoach.document.page import Grid, Word
from kehoach.layout.lines import lines
from kehoach.pages import rulings, textlayer
from kehoach.pages.pdf import open_pdf
from kehoach.tables import ruled
from kehoach.tables.columns import grids

XS = (60, 110, 310, 430)
HEAD = ("TT", "Nội dung công việc", "Đơn vị chủ trì", "Thời gian")
ROWS = (
    ("1", "Rà soát thủ tục", "Tư pháp", "Quý I"),
    ("2", "Tuyên truyền cải cách", "Văn hóa", "Quý II"),
    ("3", "Kiểm tra nội bộ", "Văn phòng", "Quý III"),
)


def page(rows: Sequence[Sequence[str]], *, xs: Sequence[float] = XS, top: float = 200) -> list[Word]:
    """Rows of texts at `xs`, 20 points apart; an empty text leaves its place free."""
    return [
        word
        for place, row in enumerate(rows)
        for x, text in zip(xs, row, strict=False)
        for word in made_pages.words(text, x, top + 20 * place)
    ]


def cells(words: Sequence[Word]) -> list[list[str]]:
    found = grids(words, 1, made_pages.RATIO)
    flow = lines(words, found, made_pages.RATIO)
    return [
        [
            " ".join(
                line.text for cell in grid.cells if (cell.row, cell.column) == (i, j) for line in cell.lines
            )
            for j in range(grid.column_count)
        ]
        for grid in flow
        if isinstance(grid, Grid)
        for i in range(grid.row_count)
    ]


def test_a_head_and_counted_rows_are_a_table():
    assert cells(page((HEAD, *ROWS))) == [list(row) for row in (HEAD, *ROWS)]


def test_a_text_that_runs_over_several_lines_stays_in_its_cell():
    rows = (HEAD, ROWS[0], ("", "hành chính cấp xã", "và Hộ tịch", ""), ROWS[1])
    assert cells(page(rows))[1] == ["1", "Rà soát thủ tục hành chính cấp xã", "Tư pháp và Hộ tịch", "Quý I"]


def test_rows_without_counters_begin_in_the_first_column():
    rows = (("Nhiệm vụ", "Đơn vị chủ trì", "Thời hạn"), *(row[1:] for row in ROWS))
    assert cells(page(rows, xs=XS[1:])) == [list(row) for row in rows]


def test_the_text_around_a_table_is_no_part_of_it():
    above = page([("Kế hoạch được thực hiện theo các nội dung và thời gian như sau đây của xã:",)], top=170)
    below = page(
        [("Các đơn vị được giao chủ trì báo cáo kết quả về Ủy ban nhân dân xã theo quy định.",)], top=290
    )
    assert cells([*above, *page((HEAD, *ROWS)), *below]) == [list(row) for row in (HEAD, *ROWS)]


@pytest.mark.parametrize(
    ("rows", "xs"),
    [
        (
            (("Nội dung", "Thời gian"), ("Rà soát", "Quý I"), ("Kiểm tra", "Quý II"), ("Báo cáo", "Quý IV")),
            (60, 310),
        ),
        ((HEAD, ROWS[0], ROWS[2]), XS),
        (ROWS, XS),
        ((HEAD, ("1.", "Rà soát", "", ""), ("2.", "Kiểm tra", "", ""), ("3.", "Báo cáo", "", "")), XS),
        ((("Nơi nhận:", "TM. ỦY BAN", "Thời gian"), *(row[1:] for row in ROWS)), XS[1:]),
    ],
    ids=["two columns", "counters skip", "no head", "a list", "a foot"],
)
def test_what_only_looks_like_columns_is_left_as_text(rows, xs):
    words = page(rows, xs=xs)
    assert cells(words) == []


def test_a_column_that_the_head_does_not_name_tells_that_columns_are_not_clear():
    words = page(((*HEAD[:3], ""), *ROWS), xs=(60, 110, 310, 400))
    assert cells(words) == []


def test_justified_text_under_words_of_a_head_is_no_table():
    text = "Căn cứ tình hình thực tế của địa phương các đơn vị chủ động xây dựng kế hoạch và thực hiện"
    assert cells(page((HEAD, *((text,) for _ in range(4))))) == []


@pytest.mark.parametrize("folder", ["corpus/scans/*.digital.pdf", "../shared/real/*.pdf"])
def test_no_page_of_plans_with_ruled_tables_gains_another(root: Path, folder: str):
    found = [
        (path.name, number)
        for path in sorted(root.glob(folder) if ".." not in folder else root.parent.glob(folder[3:]))
        for number, words, ratio, ruled_tables in digital_pages(path)
        if grids(words, number, ratio, ruled_tables)
    ]
    assert found == []


def digital_pages(path: Path) -> Iterator[tuple[int, Sequence[Word], float, Sequence[Grid]]]:
    document, _ = open_pdf(path)
    for number in range(1, len(document) + 1):
        page = document[number - 1]
        ratio = page.get_height() / page.get_width()
        ruled_tables = ruled.grids(rulings.rulings(page, number), number, ratio)
        yield number, textlayer.read(page, number).words, ratio, ruled_tables
