"""A line of a cell that ends before it is full tells that what follows begins anew."""

import pytest

from kehoach.document.page import Box, Grid, GridCell, Line, Page
from kehoach.document.plan import Plan, Table
from kehoach.extract.rows import row_tasks
from kehoach.layout.assemble import assemble
from kehoach.tables.breaks import with_breaks
from kehoach.tables.join import join
from made_pages import HEIGHT, WIDTH, words

LEFT = (40, 60, 320, 460)  # points, where the columns begin
RIGHT = (60, 320, 460, 560)
HEAD = (["TT"], ["Nhiệm vụ"], ["Đơn vị chủ trì"], ["Thời gian"])


def line(text: str, x: float, y: float) -> Line:
    found = words(text, x, y, size=10)
    last = found[-1].box
    return Line(text, 1, Box(1, found[0].box.x0, last.y0, last.x1, last.y1), tuple(found))


def cell(row: int, column: int, texts: list[str]) -> GridCell:
    top = 100.0 + 60 * row
    lines = tuple(line(text, LEFT[column] + 5, top + 12 * n) for n, text in enumerate(texts))
    box = Box(1, LEFT[column] / WIDTH, top / HEIGHT, RIGHT[column] / WIDTH, (top + 60) / HEIGHT)
    return GridCell(row, column, lines, box=box)


def leads(texts: list[str]) -> list[str]:
    body = (["1"], ["Rà soát thủ tục hành chính đã ban hành"], texts, ["Quý II"])
    cells = tuple(cell(i, j, one) for i, row in enumerate((HEAD, body)) for j, one in enumerate(row))
    page = Page(1, (Grid(1, 2, 4, cells),), "")
    plan: Plan = assemble((page,), join((page,)))
    table = next(block for block in plan.blocks if isinstance(block, Table))
    (task,) = row_tasks(plan, table)
    return [plan.quote(span) for span in task.lead]


def test_units_on_lines_of_their_own_are_told_apart():
    assert leads(["Phòng Nội vụ", "Công an xã"]) == ["Phòng Nội vụ", "Công an xã"]


@pytest.mark.parametrize(
    "texts",
    [["Trung tâm Phục vụ hành", "chính công"], ["Văn phòng HĐND và", "UBND xã"]],
    ids=["no room", "goes on"],
)
def test_a_name_over_two_lines_stays_one(texts):
    assert leads(texts) == [" ".join(texts)]


def test_without_a_box_nothing_is_judged():
    bare = GridCell(0, 0, (line("Phòng Nội vụ", 10, 10), line("Công an xã", 10, 22)))
    assert with_breaks(bare) == bare.lines
