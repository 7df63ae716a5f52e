"""Review sheets and replies: what they say, what they must never say, and how their files are made."""

import re
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from hypothesis import given, settings
from hypothesis import strategies as st

from kehoach.assess import Assessment
from kehoach.check.profiles import ours
from kehoach.document.finding import Severity, Verdict
from kehoach.document.review import Change, Reason, Reviewed, Submission, Waiver
from kehoach.errors import LetterheadBroken
from kehoach.letter.blocks import TEXT_WIDTH, Columns, Grid, Paragraph
from kehoach.letter.frame import figures
from kehoach.letter.letterhead import Letterhead, read_letterhead
from kehoach.letter.pdf import pdf
from kehoach.letter.phrases import named, short_issuer, texts, uncapitalised
from kehoach.letter.points import part_of
from kehoach.letter.reply import MOST, reply
from kehoach.letter.reply import points as points_of
from kehoach.letter.sheet import WIDTHS, sheet
from kehoach.letter.word import word
from kehoach.review.conclusions import HEAVY, Conclusion, conclusion
from kehoach.store.reviews import Link
from made_checks import made
from made_letters import BOX_PICTURE, CAME, LETTERHEAD, NOW, POOR, TODAY, assessed

NO_PICTURES = figures(Assessment(1, made()[2], ()), {}, ())


def texts_of(blocks):
    """All words of a letter's blocks, a paragraph a line."""
    for block in blocks:
        match block:
            case Paragraph():
                yield "".join(run.text for run in block.runs)
            case Columns():
                yield from texts_of((*block.left, *block.right))
            case Grid():
                yield from block.head
                yield from texts_of(one for row in block.rows for cell in row for one in cell)


def sheet_of(assessment, letterhead=LETTERHEAD):
    return "\n".join(texts_of(sheet(assessment, CAME, letterhead, NO_PICTURES, TODAY).blocks))


def reply_of(assessment, letterhead=LETTERHEAD, answer_by=None):
    return "\n".join(texts_of(reply(assessment, letterhead, NO_PICTURES, TODAY, answer_by).blocks))


def test_every_rule_belongs_to_one_named_part():
    parts = {rule: part_of(rule) for rule in ours().rules}
    assert "khac" not in parts.values() and part_of("tinh.zalo") == "khac"
    assert (parts["nd30.phu_luc_kem"], parts["nd30.so"]) == ("ho_so", "the_thuc")


def test_the_sheet_has_its_columns_and_speaks_in_the_order_of_the_plan():
    found = sheet(assessed(**POOR), CAME, LETTERHEAD, NO_PICTURES, TODAY)
    grid = next(one for one in found.blocks if isinstance(one, Grid))
    assert grid.head == (
        "STT",
        "Nội dung rà soát",
        "Căn cứ",
        "Kết quả",
        "Dẫn chứng (trang, trích)",
        "Đề nghị",
    )
    titles = ["".join(texts_of(row[1])) for row in grid.rows]
    assert titles.index("Số văn bản") < titles.index("Có kinh phí thực hiện")
    assert ["".join(texts_of(row[0])) for row in grid.rows] == [str(n) for n in range(1, len(titles) + 1)]
    results = {"".join(texts_of(row[3])) for row in grid.rows}
    assert results <= {"Chưa đạt", "Chưa đủ căn cứ"}
    assert round(sum(WIDTHS), 3) == TEXT_WIDTH


def test_the_basis_is_an_article_the_practice_or_the_province_s_own_document():
    assessment = assessed(**POOR)
    told = sheet_of(assessment)
    for one in (one.finding for one in assessment.findings if one.stands):
        assert one.article is None or one.severity is Severity.INFO or one.article in told
    assert "Thông lệ" in told and "Công văn số 12/SNV-CCHC" in told


@pytest.mark.parametrize("write", [sheet_of, reply_of])
def test_a_letter_never_speaks_of_an_offence_and_quotes_only_articles_that_were_read(write):
    told = write(assessed(**POOR, recipients="", name="", purpose=""))
    assert not re.search(r"vi phạm|sai phạm|không hợp lệ", told, re.IGNORECASE)
    read = {one.article for one in ours().rules.values() if one.article}
    for quoted in re.findall(r"(?:NĐ|Nghị định số) 30/2020/NĐ-CP[^\n]*?(?=\), |\n|$)", told):
        short = quoted.replace("Nghị định số", "NĐ")
        assert any(article in short for article in read), quoted


@pytest.mark.parametrize("write", [sheet_of, reply_of])
def test_what_nobody_said_stays_blank(write):
    told = write(assessed(**POOR), Letterhead())
    assert "……" in told and "Sở Nội vụ" not in told and "None" not in told
    assert "ngày …… tháng …… năm 2026" in told


def test_a_plan_without_number_or_day_is_named_so():
    assert named(made()[2]).startswith(
        "Kế hoạch số 08/KH-UBND ngày 15/01/2024 của UBND xã An Bình về nâng cao"
    )
    assert named(made(**POOR)[2]).startswith(
        "Kế hoạch (chưa có số, chưa ghi ngày ban hành) của UBND xã An Bình"
    )
    record = made(**POOR)[2]
    unread = replace(record, unread=(("document.number", "handwritten"),))
    assert "số chưa đọc được" in named(unread) and "chưa có số" not in named(unread)


@pytest.mark.parametrize(
    ("text", "wanted"), [("Bổ sung.", "bổ sung."), ("UBND xã", "UBND xã"), ("", ""), ("Ở xã", "ở xã")]
)
def test_a_sentence_goes_on_with_a_small_letter(text, wanted):
    assert uncapitalised(text) == wanted


def verdicts(*told):
    one = assessed().findings[0].finding
    return [
        Reviewed(
            replace(one, rule=rule, verdict=Verdict(verdict), severity=Severity(weight), message=message)
        )
        for rule, verdict, weight, message in told
    ]


LOST = "Chưa đủ căn cứ: không tìm thấy khối ký, Nơi nhận; trang cuối có thể bị mất."


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ([("hs.du_trang", "fail", "blocker", ""), ("ct.kinh_phi", "fail", "minor", "")], Conclusion.RETURNED),
        ([("nd30.ho_ten_ky", "not_assessable", "major", LOST)], Conclusion.RETURNED),
        ([("nd30.so", "fail", "blocker", "")], Conclusion.REVISE),
        ([("ct.muc_tieu", "fail", "major", "")], Conclusion.REVISE),
        ([("ct.kinh_phi", "fail", "minor", "")], Conclusion.ADVICE),
        (
            [("ct.kiem_tra", "fail", "info", ""), ("nd30.so", "not_assessable", "blocker", "")],
            Conclusion.WELL,
        ),
    ],
)
def test_the_conclusion_follows_the_heaviest_finding(told, wanted):
    assert conclusion(verdicts(*told)) == wanted


def test_what_rests_weighs_no_more_and_stands_below_the_table():
    assessment = assessed(archive="- Lưu: VP.")
    place = next(i for i, one in enumerate(assessment.findings) if one.finding.rule == "nd30.noi_nhan_luu")
    waiver = Waiver("nd30.noi_nhan_luu", "Lưu: VP", Reason.ACCEPTED, "Xã miền núi", "Lan", NOW)
    told = list(assessment.findings)
    told[place] = replace(told[place], waiver=waiver)
    rested = replace(assessment, findings=tuple(told))
    assert (
        conclusion(assessment.findings) == Conclusion.ADVICE
        and conclusion(rested.findings) == Conclusion.WELL
    )
    assert "chấp nhận: Xã miền núi (Lan, 05/01/2026)" in sheet_of(rested)
    assert "Lưu: VP" not in reply_of(rested)


def test_points_begin_with_what_weighs_and_are_at_most_ten_rules():
    found = points_of(assessed(**POOR, recipients="", purpose="", closing=""))
    heavy = [any(one.severity in HEAVY for one in point.items) for point in found]
    assert heavy == sorted(heavy, reverse=True)
    assert [point.number for point in found] == list(range(1, len(found) + 1))
    items = [one for point in found for one in point.items]
    assert len(items) <= max(MOST, sum(one.severity in HEAVY for one in items))
    assert not [one for one in items if one.severity is Severity.INFO]


def test_every_heavy_finding_is_in_the_reply_and_leads_back_to_its_place():
    assessment = assessed(**POOR)
    named_places = {place for point in points_of(assessment) for one in point.items for place in one.places}
    heavy = {
        place for place, one in enumerate(assessment.findings) if one.stands and one.finding.severity in HEAVY
    }
    assert heavy and heavy <= named_places


def test_the_reply_asks_and_says_until_when():
    told = reply_of(assessed(**POOR), answer_by=date(2026, 1, 20))
    assert "Kính gửi: Ủy ban nhân dân xã An Bình" in told
    assert "V/v hoàn thiện Kế hoạch nâng cao Chỉ số" in told
    assert "gửi lại Sở Nội vụ (qua Phòng Cải cách hành chính) trước ngày 20/01/2026 để tổng hợp./." in told
    assert "đề nghị" in told and "Lưu: VT, CCHC." in told


def test_a_plan_in_which_all_is_well_gets_a_short_reply():
    told = reply_of(assessed(kind="digital"))
    assert "chưa thấy nội dung cần chỉnh sửa" in told and "1. " not in told


def test_a_second_version_is_set_beside_the_first():
    assessment = assessed(budget="")
    marked = tuple(replace(one, change=Change.STAYS) if one.stands else one for one in assessment.findings)
    before = Submission(7, 7, "v1.pdf", "2025-12-20T01:00:00+00:00", assessment.record.header)
    gone = tuple((one.finding, Change.MENDED) for one in assessment.findings[:3])
    again = replace(assessment, findings=marked, link=Link(before), gone=gone)
    assert "So với bản nhận ngày 20/12/2025: đã khắc phục 3, còn " in sheet_of(again)
    assert "đã khắc phục 3 nội dung" in reply_of(again)


def test_the_sender_is_called_by_its_level():
    assert short_issuer(made()[2].header) == "UBND xã"


def test_an_office_s_settings_are_read_and_a_wrong_one_is_refused(tmp_path):
    path = tmp_path / "so.yaml"
    path.write_text(
        "agency: Sở Nội vụ\nrecipients: [Giám đốc Sở]\npractice: {ct.kinh_phi: Công văn số 1}\n", "utf-8"
    )
    found = read_letterhead(path)
    assert (found.agency, found.recipients, found.practice["ct.kinh_phi"]) == (
        "Sở Nội vụ",
        ("Giám đốc Sở",),
        "Công văn số 1",
    )
    for wrong in ("agenci: Sở\n", "agency: [Sở]\n", "recipients: Sở\n", "agency: 'Sở\n", "- Sở\n"):
        path.write_text(wrong, "utf-8")
        with pytest.raises(LetterheadBroken, match=r"so\.yaml"):
            read_letterhead(path)
    with pytest.raises(LetterheadBroken):
        read_letterhead(tmp_path / "none.yaml")


@pytest.fixture(scope="module")
def document():
    return Document(BytesIO(word(sheet(assessed(**POOR), CAME, LETTERHEAD, NO_PICTURES, TODAY))))


def test_the_word_file_has_the_decree_s_page(document):
    page = document.sections[0]
    lengths = (page.page_width, page.page_height, page.left_margin, page.right_margin, page.top_margin)
    assert [round(one / Mm(1)) for one in lengths] == [210, 297, 30, 15, 20]
    assert page.different_first_page_header_footer
    assert "PAGE" in page.header._element.xml and not page.first_page_header.paragraphs[0].text
    assert document.styles["Normal"].font.name == "Times New Roman"


def test_the_word_file_has_real_styles_and_a_real_table_whose_head_repeats(document):
    table = document.tables[1]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [cell.text for cell in table.rows[0].cells] == list(texts()["sheet"]["head"])
    used = {one.style.name for one in document.paragraphs} | {
        one.style.name for cell in table.rows[1].cells for one in cell.paragraphs
    }
    assert {"Tên loại", "Thông tin văn bản", "Ô bảng", "Kết luận"} <= used
    assert not document.core_properties.author and not document.core_properties.comments


def test_letters_without_pictures_have_no_appendix_and_those_with_have_one():
    assessment = assessed(archive="- Lưu: VP.", number="Số: 8/KH-UBND")
    failing = [place for place, one in enumerate(assessment.findings) if one.stands]
    shown = figures(assessment, dict.fromkeys(failing, BOX_PICTURE), failing)
    letter = sheet(assessment, CAME, LETTERHEAD, shown, TODAY)
    whole = Document(BytesIO(word(letter)))
    assert len(whole.inline_shapes) == len(shown.pictures) > 0
    assert len(whole.sections) == 2 and "w:start" in whole.sections[1]._sectPr.xml
    assert "hình 1" in "\n".join(texts_of(letter.blocks))
    assert pdf(letter, NOW).startswith(b"%PDF")
    plain = zipfile.ZipFile(BytesIO(word(sheet(assessment, CAME, LETTERHEAD, NO_PICTURES, TODAY))))
    assert not [name for name in plain.namelist() if "media" in name]


@settings(max_examples=15, deadline=None)
@given(st.text(min_size=1, max_size=900), st.sampled_from(["sheet", "reply"]))
def test_whatever_a_plan_says_a_letter_can_be_written_on_it(words, kind):
    assessment = assessed(archive="- Lưu: VP.")
    told = tuple(
        replace(one, finding=replace(one.finding, evidence=words, message=f"Ghi {words}"))
        if one.stands
        else one
        for one in assessment.findings
    )
    odd = replace(assessment, findings=told)
    letter = (
        sheet(odd, CAME, LETTERHEAD, NO_PICTURES, TODAY)
        if kind == "sheet"
        else reply(odd, LETTERHEAD, NO_PICTURES, TODAY)
    )
    assert Document(BytesIO(word(letter))).paragraphs
    assert pdf(letter, NOW).startswith(b"%PDF")
