"""Head and foot as facts: what is printed is read, what is blank stays blank, what is doubtful is named."""

from dataclasses import replace

import pytest

from kehoach.document.page import Box, Line, Page, Word
from kehoach.extract.header import header
from kehoach.extract.numbering import dated
from kehoach.extract.strips import Strip
from kehoach.ingest.text import pages
from kehoach.layout.assemble import assemble
from kehoach.outline.parts import parts
from kehoach.tables.join import join

LETTERHEAD = "ỦY BAN NHÂN DÂN\nXÃ BẢN VẼ\n"
MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
NUMBER = "Số: 08/KH-UBND\n"
DATE = "Bản Vẽ, ngày 05 tháng 02 năm 2026\n"
TITLE = "KẾ HOẠCH\nPhát triển thanh niên xã Bản Vẽ năm 2026\n"
BODY = "Căn cứ Luật Thanh niên;\nUBND xã ban hành Kế hoạch như sau:\nI. NHIỆM VỤ\n- Mở lớp.\n"
FOOT = "Nơi nhận:\n- Sở Nội vụ (b/c);\n- Các thôn (t/h\n- Lưu: VT, VP.\n"
FOOT += "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLò Văn Pản\n"
PLAN = LETTERHEAD + MOTTO + NUMBER + DATE + TITLE + BODY + FOOT


def read(text, **of_page):
    found = tuple(replace(page, **of_page) for page in pages(text.encode(), "plan.txt"))
    plan = assemble(found, join(found))
    return plan, *header(plan, parts(plan))


def test_a_complete_head_gives_every_field():
    _, found, unread = read(PLAN)
    assert (found.type, found.number, found.symbol, found.issued_on) == (
        "ke_hoach",
        "08",
        "KH-UBND",
        "2026-02-05",
    )
    assert (found.place, found.title, found.year) == (
        "Bản Vẽ",
        "Phát triển thanh niên xã Bản Vẽ năm 2026",
        2026,
    )
    assert (found.issuer.name, found.issuer.level, found.issuer.commune) == ("UBND xã Bản Vẽ", "xa", "Bản Vẽ")
    assert (found.signer.name, found.signer.position) == ("Lò Văn Pản", "CHỦ TỊCH")
    assert found.signer.authority == "TM. ỦY BAN NHÂN DÂN"
    assert found.status == "issued_unverified"
    assert unread == ()


def test_every_anchor_leads_to_the_words_of_its_field():
    plan, found, _ = read(PLAN)
    quotes = {path: plan.quote(anchor.span) for path, anchor in found.anchors}
    assert quotes["number"] == "08"
    assert quotes["symbol"] == "KH-UBND"
    assert quotes["issued_on"] == "ngày 05 tháng 02 năm 2026"
    assert quotes["place"] == "Bản Vẽ"
    assert quotes["title"] == found.title
    assert quotes["signer.name"] == "Lò Văn Pản"
    assert quotes["issuer.name"] == "ỦY BAN NHÂN DÂN XÃ BẢN VẼ"


def test_recipients_keep_their_purposes():
    _, found, _ = read(PLAN)
    expected = [("Sở Nội vụ", "b/c"), ("Các thôn", "t/h"), ("Lưu: VT, VP", None)]
    assert [(one.name, one.purpose) for one in found.recipients] == expected


def test_columns_that_were_read_across_are_taken_apart():
    across = "Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Sở Nội vụ; KT. CHỦ TỊCH\n- Lưu: VT. PHÓ CHỦ TỊCH\nLò Thị Mây\n"
    _, found, _ = read(PLAN.replace(FOOT, across))
    assert (found.signer.name, found.signer.position) == ("Lò Thị Mây", "PHÓ CHỦ TỊCH")
    assert found.signer.authority == "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH"
    assert [one.name for one in found.recipients] == ["Sở Nội vụ", "Lưu: VT"]


def test_a_signature_before_the_recipients_is_read_too():
    turned = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLò Văn Pản\nNơi nhận:\n- Sở Nội vụ;\n- Lưu: VT.\n"
    _, found, _ = read(PLAN.replace(FOOT, turned))
    assert found.signer.name == "Lò Văn Pản"
    assert [one.name for one in found.recipients] == ["Sở Nội vụ", "Lưu: VT"]


@pytest.mark.parametrize(
    ("number", "day", "status", "issued_on"),
    [
        ("08", "05 tháng 02", "issued_unverified", "2026-02-05"),
        ("   ", "05 tháng 02", "dated_unnumbered", "2026-02-05"),
        ("   ", "   tháng 02", "unissued", "2026-02"),
        ("08", "   tháng   ", "unissued", "2026"),
    ],
)
def test_the_status_follows_what_is_filled_in(number, day, status, issued_on):
    text = PLAN.replace("Số: 08", f"Số: {number}").replace("05 tháng 02", day)
    _, found, unread = read(text)
    assert (found.status, found.issued_on, unread) == (status, issued_on, ())


def test_a_seal_makes_a_plan_issued_and_the_word_draft_makes_it_a_draft():
    assert read(PLAN, seal_seen=True)[1].status == "issued"
    assert read("DỰ THẢO\n" + PLAN, seal_seen=True)[1].status == "draft"


def test_without_any_head_the_status_is_not_guessed():
    assert read(BODY)[1].status is None


def test_figures_written_by_hand_are_left_out_and_named():
    pairs = (("document.number", "handwritten"), ("document.issued_on", "handwritten"))
    _, found, unread = read(PLAN, unread=pairs)
    assert found.number is None
    assert found.issued_on == "2026"
    assert dict(unread) == dict(pairs)


def test_an_appendix_recovers_a_number_that_was_written_by_hand():
    appendix = "PHỤ LỤC\n(Kèm theo Kế hoạch số 08/KH-UBND ngày 05/02/2026 của UBND xã)\n"
    pairs = (("document.number", "handwritten"), ("document.issued_on", "handwritten"))
    _, found, unread = read(PLAN + appendix, unread=pairs)
    assert (found.number, found.issued_on, unread) == ("08", "2026-02-05", ())


def test_an_appendix_does_not_fill_a_blank_number():
    appendix = "PHỤ LỤC\n(Kèm theo Kế hoạch số 99/KH-UBND ngày 05/02/2026 của UBND xã)\n"
    assert read(PLAN.replace("08/KH", "   /KH") + appendix)[1].number is None


def test_the_number_and_day_of_an_incoming_stamp_are_not_the_documents():
    stamp = "CÔNG VĂN ĐẾN\nĐẾN Số: 2770\nNgày: 12/3/2026\n"
    _, found, _ = read(PLAN.replace(NUMBER, "Số:      /KH-UBND\n" + stamp))
    assert found.number is None
    assert found.issued_on == "2026-02-05"


def scanned(figure, confidence):
    """A page as OCR gives it: each word with its box; the number's figure as sure as `confidence`."""
    lines = []
    for row, text in enumerate(PLAN.strip().split("\n")):
        words = []
        for column, token in enumerate(text.replace("08/", f"{figure} /").split()):
            box = Box(1, 0.1 + column * 0.04, 0.02 * row, 0.13 + column * 0.04, 0.02 * row + 0.015)
            words.append(Word(token, box, confidence if token == figure else 0.96))
        lines.append(Line(" ".join(word.text for word in words), 1, words[0].box, tuple(words), opens=True))
    plan = assemble([Page(1, tuple(lines), PLAN)], ())
    return header(plan, parts(plan))


def test_a_figure_that_the_recogniser_doubts_is_unreadable():
    found, unread = scanned("08", 0.6)
    assert found.number is None
    assert dict(unread) == {"document.number": "unreadable"}
    assert scanned("08", 0.95)[0].number == "08"


def test_a_letterhead_in_two_lines_names_the_authority_above():
    text = PLAN.replace(LETTERHEAD, "UBND HUYỆN NẬM RÒN\nỦY BAN NHÂN DÂN XÃ BẢN VẼ\n").replace("2026", "2024")
    _, found, _ = read(text)
    assert (found.issuer.name, found.issuer.district) == ("UBND xã Bản Vẽ", "Nậm Ròn")


def test_after_30_june_2025_a_commune_has_no_district():
    text = PLAN.replace("- Mở lớp.", "- Mở lớp cho thanh niên huyện Nậm Ròn cũ, tỉnh Tuyên Quang.")
    _, found, _ = read(text)
    assert (found.issuer.district, found.issuer.province) == (None, "Tuyên Quang")


def test_a_lost_letterhead_is_made_good_by_title_and_body():
    text = (
        PLAN.replace(LETTERHEAD, "").replace(MOTTO, "").replace("UBND xã ban hành", "UBND xã Bản Vẽ ban hành")
    )
    assert read(text)[1].issuer.name == "UBND xã Bản Vẽ"


@pytest.mark.parametrize(
    ("head", "name", "level"),
    [
        ("UBND TỈNH LÀO CAI\nSỞ CÔNG THƯƠNG\n", "Sở Công Thương tỉnh Lào Cai", "tinh"),
        ("BỘ XÂY DỰNG\n", "Bộ Xây dựng", "bo"),
        ("BỘ CÔNG THƯƠNG\nCỤC HÓA CHẤT\n", "Cục hóa chất", "bo"),
        ("UBND HUYỆN NẬM RÒN\nPHÒNG NỘI VỤ\n", "Phòng Nội vụ huyện Nậm Ròn", "huyen"),
        ("ĐẢNG BỘ TỈNH LÀO CAI\nĐẢNG ỦY XÃ BẢN VẼ\n", "Đảng ủy xã Bản Vẽ", "xa"),
        ("THỦ TƯỚNG CHÍNH PHỦ\n", "Thủ tướng Chính phủ", "khac"),
        ("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ CẦN THƠ\n", "UBND thành phố Cần Thơ", "tinh"),
        ("ỦY BAN NHÂN DÂN\nTINH LÀO CAI\n", "UBND tỉnh Lào Cai", "tinh"),
    ],
)
def test_other_authorities_have_their_name_and_level(head, name, level):
    issued_by = read(PLAN.replace(LETTERHEAD, head))[1].issuer
    assert (issued_by.name, issued_by.level) == (name, level)


def test_a_letter_takes_its_title_from_the_reference_line():
    text = PLAN.replace("KH-UBND", "UBND-NV\nV/v mở lớp cho thanh niên năm 2026").replace(
        TITLE, "Kính gửi: Các thôn\n"
    )
    _, found, _ = read(text)
    assert (found.type, found.symbol, found.title) == (
        "cong_van",
        "UBND-NV",
        "mở lớp cho thanh niên năm 2026",
    )


def test_the_indices_are_those_of_title_and_aims():
    text = PLAN.replace("I. NHIỆM VỤ", "I. MỤC TIÊU\n1. Chỉ số PAPI tăng 01 bậc.\nII. NHIỆM VỤ")
    assert read(text.replace("- Mở lớp.", "- Tuyên truyền Chỉ số SIPAS."))[1].indices == ("PAPI",)


def test_a_name_under_noise_of_a_seal_is_found_by_its_family_name():
    _, found, _ = read(PLAN.replace("Lò Văn Pản", "ƒ. \\ Nguyễn Văn Pản ~"))
    assert found.signer.name == "Nguyễn Văn Pản"


@pytest.mark.parametrize(
    "lines",
    ["Cam Thượng, ngày 09 tháng 4 năm\n2026", "Cam Thượng, ngày 09 tháng 4\nnăm 2026"],
)
def test_a_date_over_two_lines_is_one_date(lines):
    found = dated(strip_lines(f"Số: 47/KH-UBND\n{lines}\nKẾ HOẠCH"))
    assert (found.place, found.iso) == ("Cam Thượng", "2026-04-09")


def test_a_blank_year_takes_nothing_from_the_line_below():
    found = dated(strip_lines("Cam Thượng, ngày 09 tháng 4 năm\nKẾ HOẠCH năm 2026"))
    assert found.iso is None


def strip_lines(text: str) -> list[Strip]:
    """Lines with their places, as a plan's text holds them."""
    starts = [0, *(at + 1 for at, char in enumerate(text) if char == "\n")]
    return [Strip(line, start) for line, start in zip(text.split("\n"), starts, strict=True)]
