"""Tables that a page break cuts are one table again; no cell is lost or invented."""

from hypothesis import given
from hypothesis import strategies as st

from kehoach.document.joined import JoinedTable
from kehoach.ingest import text
from kehoach.tables.join import join

HEAD = "TT\tNhiệm vụ\tĐơn vị chủ trì\tThời gian\n"


def joined(lines: str) -> tuple[JoinedTable, ...]:
    return join(text.pages(lines.encode(), "plan.txt"))


def texts(table: JoinedTable) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def test_a_repeated_header_is_dropped_and_rows_go_on():
    (table,) = joined(HEAD + "1\tRà soát\tPhòng A\tQuý I\n\f" + HEAD + "2\tKiểm tra\tPhòng B\tQuý II\n")
    assert table.header == ("TT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời gian")
    assert [row[0] for row in texts(table)] == ["1", "2"]
    assert table.pages == (1, 2)


def test_a_row_cut_by_the_page_is_mended():
    (table,) = joined(
        HEAD
        + "1\tXây dựng và nâng cao chất\tPhòng A\tQuý I\n\f\tlượng đội ngũ cán bộ\t\t\n2\tKiểm tra\tPhòng B\tQuý II\n"
    )
    assert [row[1] for row in texts(table)] == ["Xây dựng và nâng cao chất lượng đội ngũ cán bộ", "Kiểm tra"]
    assert table.row_pages == ((1, 2), (2,))


def test_names_beside_a_sentence_that_runs_over_the_page_run_over_too():
    (table,) = joined(
        HEAD
        + "1\tTổ chức hội nghị\tPhòng VH-\tQuý I\n\f\tquán triệt kế hoạch\tXH\t\n2\tKiểm tra\tPhòng B\tQuý II\n"
    )
    assert texts(table)[0] == ["1", "Tổ chức hội nghị quán triệt kế hoạch", "Phòng VH- XH", "Quý I"]


def test_a_row_with_its_own_sentence_stays_one_behind_a_break():
    (table,) = joined(HEAD + "1\tTổ chức hội nghị\tPhòng A\tQuý I\n\f\tKiểm tra\tXã B\tQuý II\n")
    assert len(table.rows) == 2


def test_two_levels_of_header_become_one_name_a_column():
    (table,) = joined("STT\tChỉ số\tNăm 2022\t\tGhi chú\n\t\tĐiểm\tHạng\t\n1\tThể chế\t90\t6\t\n")
    assert table.header == ("STT", "Chỉ số", "Năm 2022 - Điểm", "Năm 2022 - Hạng", "Ghi chú")
    assert len(table.rows) == 1


def test_column_numbers_are_no_row():
    (table,) = joined(HEAD + "(1)\t(2)\t(3)\t(4)\n1\tRà soát\tPhòng A\tQuý I\n")
    assert texts(table) == [["1", "Rà soát", "Phòng A", "Quý I"]]


def test_words_between_two_tables_keep_them_apart():
    tables = joined(
        HEAD + "1\tRà soát\tPhòng A\tQuý I\n\nPhụ lục II\n\n" + HEAD + "1\tKiểm tra\tPhòng B\tQuý II\n"
    )
    assert len(tables) == 2


CELL = st.sampled_from(
    ["", "Rà soát", "kiểm tra công vụ", "Phòng A", "- Tổ chức.", "Quý I", "a) Mục", "100%"]
)


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=6), st.integers(0, 5))
def test_joining_keeps_every_word(rows, cut):
    lines = [f"{number}\t" + "\t".join(row) for number, row in enumerate(rows, 1)]
    whole = HEAD + "\n".join(lines[:cut]) + ("\f" if 0 < cut < len(lines) else "\n") + "\n".join(lines[cut:])
    words = sorted(
        " ".join(" ".join(row) for row in [[str(n), *row] for n, row in enumerate(rows, 1)]).split()
    )
    read = sorted(
        " ".join(cell.text for table in joined(whole) for row in table.rows for cell in row).split()
    )
    assert read == words
