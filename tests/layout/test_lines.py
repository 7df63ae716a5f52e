"""Reading order and roles: head and foot by columns, footnotes, page numbers, openings of paragraphs."""

from kehoach.document.page import Box, Grid, GridCell, Line, Provenance, Role
from kehoach.layout.lines import lines, page_text
from made_pages import RATIO, WIDTH, scanned, words

FULL = "Thực hiện chương trình tổng thể cải cách hành chính nhà nước giai đoạn ấy năm 2025 và"


def head() -> list:
    return [
        *words("ỦY BAN NHÂN DÂN", 90, 60, bold=True),
        *words("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 270, 60, size=12, bold=True),
        *words("XÃ TRUNG TRẮC", 95, 78, bold=True),
        *words("Độc lập - Tự do - Hạnh phúc", 300, 78, bold=True),
        *words("Số:", 95, 105),
        *words("/KH-UBND", 150, 105),
        *words("Trung Trắc, ngày tháng năm 2022", 300, 105),
    ]


def texts(flow) -> list[str]:
    return [part.text for part in flow if isinstance(part, Line)]


def test_the_head_reads_issuer_motto_number_place_and_date():
    flow = lines([*head(), *words("KẾ HOẠCH", 260, 140, bold=True)], (), RATIO)
    assert texts(flow) == [
        "ỦY BAN NHÂN DÂN",
        "XÃ TRUNG TRẮC",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: /KH-UBND",
        "Trung Trắc, ngày tháng năm 2022",
        "KẾ HOẠCH",
    ]
    assert [part.role for part in flow] == [Role.HEAD] * 6 + [Role.BODY]


def test_a_widget_number_joins_its_line():
    widget = words("08", 120, 104, provenance=Provenance.WIDGET)
    assert "Số: 08 /KH-UBND" in texts(lines([*head(), *widget], (), RATIO))


def test_the_foot_reads_recipients_before_the_signer():
    flow = lines(
        [
            *words("triển khai thực hiện.", 80, 580),
            *words("Nơi nhận:", 80, 620, size=11, bold=True),
            *words("TM. ỦY BAN NHÂN DÂN", 330, 618, bold=True),
            *words("- Như trên;", 80, 633, size=10),
            *words("CHỦ TỊCH", 380, 636, bold=True),
            *words("- Lưu: VT.", 80, 645, size=10),
            *words("Nguyễn Tiến Thiệp", 350, 720, bold=True),
        ],
        (),
        RATIO,
    )
    foot = [part.text for part in flow if part.role is Role.FOOT]
    assert foot == [
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Nguyễn Tiến Thiệp",
    ]


def test_an_indent_and_a_short_line_open_a_paragraph():
    flow = lines(
        [
            *words(FULL, 80, 100, size=10),
            *words("cuối đoạn.", 80, 115, size=10),
            *words(FULL.split(" ", 1)[1], 110, 130, size=10),
            *words(FULL, 80, 145, size=10),
            *words("– thống kê tham mưu " + FULL.split(" ", 4)[4], 80, 160, size=10),
        ],
        (),
        RATIO,
    )
    assert [part.opens for part in flow] == [None, False, True, False, False]


def centred(text: str, y: float) -> list:
    """A line in the middle between the edges of FULL at 80."""
    full, found = words(FULL, 80, y, size=10), words(text, 0, y, size=10)
    middle = (full[0].box.x0 + full[-1].box.x1) / 2
    return words(text, (middle - found[-1].box.x1 / 2) * WIDTH, y, size=10)


def test_an_addressee_in_the_middle_is_no_line_of_the_title():
    flow = lines(
        [
            *centred("Tình hình thực hiện công tác cải cách thủ tục hành chính của tỉnh", 100),
            *centred("- chính sách hỗ trợ doanh nghiệp tháng 01", 115),
            *centred("- Văn phòng Chính phủ;", 130),
            *[word for i in range(6) for word in words(FULL, 80, 150 + 15 * i, size=10)],
        ],
        (),
        RATIO,
    )
    assert [(part.centred, part.opens) for part in flow][:3] == [(True, True), (True, False), (True, True)]


def test_page_numbers_stay_out_and_footnotes_go_last():
    flow = lines(
        [
            *words("2", WIDTH / 2, 40),
            *[word for i in range(20) for word in words(FULL, 80, 100 + 20 * i, size=12)],
            *words("1", 80, 698, size=6, superscript=True),
            *words("Kế hoạch số 277", 86, 700, size=9),
        ],
        (),
        RATIO,
    )
    assert flow[0].role is Role.PAGE_NUMBER
    assert (flow[-1].role, flow[-1].note_mark) == (Role.FOOTNOTE, "1")
    assert page_text(flow).splitlines()[-1] == "1 Kế hoạch số 277"
    assert not page_text(flow).startswith("2")


def test_a_table_row_is_a_line_with_tabs():
    cells = tuple(
        GridCell(
            row,
            column,
            (),
            box=Box(1, 0.1 + 0.2 * column, 0.3 + 0.05 * row, 0.3 + 0.2 * column, 0.35 + 0.05 * row),
        )
        for row in range(2)
        for column in range(2)
    )
    grid = Grid(1, 2, 2, cells, Box(1, 0.1, 0.3, 0.5, 0.4))
    found = [
        *words("TT", 70, 260),
        *words("Nhiệm vụ", 190, 260),
        *words("1", 70, 303),
        *words("Rà soát", 190, 303),
    ]
    flow = lines([*words("Phụ lục", 80, 200), *found], (grid,), RATIO)
    assert page_text(flow) == "Phụ lục\nTT\tNhiệm vụ\n1\tRà soát"


def test_an_incoming_stamp_is_no_text_and_gives_no_number():
    stamp = [
        *words("ĐẾN", 60, 160),
        *words("Số: 2770", 95, 150, size=9),
        *words("Ngày: 04/4/18", 95, 165, size=9),
    ]
    flow = lines(scanned([*head(), *stamp, *words("KẾ HOẠCH", 300, 200)]), (), RATIO)
    assert [part.text for part in flow if part.role is Role.STAMP]
    assert "2770" not in page_text(flow) and "Số: /KH-UBND" in page_text(flow)


def test_a_title_in_capitals_with_the_word_den_is_no_stamp():
    flow = lines(scanned(words("GIAI ĐOẠN 2025 ĐẾN NĂM 2030", 60, 160)), (), RATIO)
    assert page_text(flow) == "GIAI ĐOẠN 2025 ĐẾN NĂM 2030"
