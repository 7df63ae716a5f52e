"""Running heads and feet are no text of the plan; what they part belongs together."""

from dataclasses import replace

import pytest

from kehoach.document.page import Box, Line, Page, Role
from kehoach.document.plan import Paragraph, Plan
from kehoach.layout.assemble import assemble
from kehoach.layout.opens import with_openings
from kehoach.layout.sequence import across_pages
from made_pages import HEIGHT, RATIO, WIDTH, words

MARGIN, INDENTED = 80.0, 110.0  # points


def line(text: str, x: float, y: float, page: int, *, opens: bool | None = None) -> Line:
    found = tuple(replace(word, box=word.box._replace(page=page)) for word in words(text, x, y))
    box = Box(page, found[0].box.x0, y / HEIGHT, found[-1].box.x1, (y + 14) / HEIGHT)
    return Line(text, page, box, found, opens=opens)


def page(number: int, head: str | None, body: list[Line]) -> Page:
    top = [line(head, MARGIN, 40, number, opens=True)] if head else []
    return Page(number, (*top, *body), "")


def indented(number: int, first: Line) -> list[Line]:
    """A first line, and paragraphs of the usual look below it."""
    more = [
        line("Rà soát thủ tục hành chính đã ban hành và", INDENTED, 200, number, opens=True),
        line("đề xuất sửa đổi, bổ sung.", MARGIN, 220, number, opens=False),
    ]
    return [first, *more]


def texts(plan: Plan) -> list[str]:
    return [plan.quote(block.span) for block in plan.blocks if isinstance(block, Paragraph)]


def paragraphs(pages: list[Page]) -> list[str]:
    return texts(assemble(across_pages(pages), ()))


def test_the_same_line_on_top_of_each_page_is_a_running_head():
    bodies = [[line(f"Nhiệm vụ thứ {n}", MARGIN, 100, n, opens=True)] for n in (1, 2)]
    pages = [page(n, f"UBND xã A - Kế hoạch năm 2026, trang {n}", body) for n, body in enumerate(bodies, 1)]
    assert [one.flow[0].role for one in across_pages(pages)] == [Role.RUNNING, Role.RUNNING]
    assert paragraphs(pages) == ["Nhiệm vụ thứ 1", "Nhiệm vụ thứ 2"]


@pytest.mark.parametrize("heads", [["UBND xã A", None], ["UBND xã A", "UBND xã B"]], ids=["once", "other"])
def test_a_line_that_no_other_page_bears_stays(heads):
    pages = [page(n, head, [line("Rà soát", MARGIN, 100, n)]) for n, head in enumerate(heads, 1)]
    assert all(part.role is Role.BODY for one in across_pages(pages) for part in one.flow)


def test_a_sentence_goes_on_below_a_running_head():
    before = [line("Sở Khoa học và Công nghệ phối hợp với Văn phòng", INDENTED, 780, 1, opens=True)]
    after = indented(2, line("UBND tỉnh rà soát lỗi đăng nhập.", MARGIN, 100, 2, opens=True))
    pages = [page(1, "Kế hoạch kiểm tra", before), page(2, "Kế hoạch kiểm tra", after)]
    first, *_ = paragraphs(pages)
    assert first == "Sở Khoa học và Công nghệ phối hợp với Văn phòng UBND tỉnh rà soát lỗi đăng nhập."


def test_an_indented_line_on_a_new_page_begins_a_paragraph():
    before = [line("Sở Khoa học và Công nghệ phối hợp với Văn phòng", INDENTED, 780, 1, opens=True)]
    after = indented(2, line("UBND tỉnh rà soát lỗi đăng nhập.", INDENTED, 100, 2))
    assert len(paragraphs([page(1, None, before), page(2, None, after)])) == 3


def test_an_item_with_a_semicolon_goes_on_over_the_page():
    before = [line("- Quán triệt nội dung trước ngày 15/3/2026;", INDENTED, 780, 1, opens=True)]
    after = indented(2, line("chịu trách nhiệm trước Giám đốc Sở.", MARGIN, 100, 2))
    first, *_ = paragraphs([page(1, None, before), page(2, None, after)])
    assert first.endswith("2026; chịu trách nhiệm trước Giám đốc Sở.")


def test_a_line_under_the_words_of_a_marked_item_goes_on():
    item = line("b) Kiện toàn Ban Thanh tra nhân dân của cộng đồng;", INDENTED, 140, 1)
    below = line("hỗ trợ kinh phí, tập huấn nghiệp vụ cho thành viên.", item.words[1].box.x0 * WIDTH, 160, 1)
    usual = [
        line("Tổ chức hội nghị quán triệt, tuyên truyền sâu rộng", INDENTED, 200, 1),
        line("đến cán bộ, công chức và người dân trên địa bàn xã", MARGIN, 220, 1),
        line("bằng nhiều hình thức.", MARGIN, 240, 1),
    ]
    judged = with_openings((item, below, *usual), RATIO)
    assert [part.opens for part in judged if isinstance(part, Line)][1:3] == [False, True]
