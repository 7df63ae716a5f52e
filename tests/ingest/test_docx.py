"""Word files are read as Word shows them: labels, breaks, tables, footnotes; deleted text is gone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from kehoach.document.page import Grid, Line, Page, Role
from kehoach.errors import Damaged, FileRefused
from kehoach.ingest.docx import pages


def read(document: Document) -> tuple[Page, ...]:
    out = io.BytesIO()
    document.save(out)
    return pages(out.getvalue(), "a.docx")


def texts(document: Document) -> list[str]:
    return [line.text for page in read(document) for line in page.flow if isinstance(line, Line)]


def xml(inner: str) -> Any:
    return parse_xml(inner.replace(">", f" {nsdecls('w')}>", 1))


def raw(*paragraphs: str) -> Document:
    """A document whose body holds these paragraphs, given as XML."""
    document = docx.Document()
    for one in paragraphs:
        document.element.body.insert(-1, xml(one))
    return document


def level(place: int, shown: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{shown}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbered(
    levels: str, *items: tuple[int, str], more: str = "", number_of: Callable[[int], int] = lambda i: 77
) -> Document:
    """A document with a list of these levels; items are (level, text)."""
    document = docx.Document()
    part = document.part.numbering_part.element
    part.insert(0, xml(f'<w:abstractNum w:abstractNumId="77">{levels}</w:abstractNum>'))
    part.append(xml('<w:num w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    if more:
        part.append(xml(more))
    for place, (depth, text) in enumerate(items):
        paragraph = document.add_paragraph(text)
        number = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number_of(place)}"/></w:numPr>'
        paragraph._p.get_or_add_pPr().append(xml(number))
    return document


def test_paragraphs_are_lines_that_open(tmp_path: object) -> None:
    document = docx.Document()
    document.add_paragraph("Điều  1.\u00a0Phạm vi")
    document.add_paragraph("   ")
    document.add_paragraph("Căn cứ Luật").alignment = 1
    (page,) = read(document)
    assert page.text == "Điều 1. Phạm vi\nCăn cứ Luật"
    assert [(line.opens, line.centred) for line in page.flow if isinstance(line, Line)] == [
        (True, False),
        (True, True),
    ]


def test_the_leading_bold_run_is_measured() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    paragraph.add_run("1. Phòng Nội vụ: ").bold = True
    paragraph.add_run("chủ trì")
    document.add_heading("Mục đích", 1)
    document.add_paragraph("Thường")
    lines = [line for line in read(document)[0].flow if isinstance(line, Line)]
    assert [(line.text, line.bold_length) for line in lines] == [
        ("1. Phòng Nội vụ: chủ trì", 16),
        ("Mục đích", 8),
        ("Thường", 0),
    ]


def test_automatic_numbers_are_the_labels_that_word_shows() -> None:
    levels = level(0, "upperRoman", "%1.") + level(1, "decimal", "%2.") + level(2, "decimal", "%2.%3.")
    levels += level(3, "lowerLetter", "%4)") + level(4, "bullet", "\uf0b7")
    items = (
        (0, "A"),
        (1, "B"),
        (2, "C"),
        (2, "D"),
        (1, "E"),
        (2, "F"),
        (3, "G"),
        (3, "H"),
        (4, "I"),
        (0, "K"),
        (1, "L"),
    )
    assert texts(numbered(levels, *items)) == [
        *("I. A", "1. B", "1.1. C", "1.2. D", "2. E", "2.1. F", "a) G", "b) H", "- I", "II. K", "1. L"),
    ]


def test_legal_levels_show_arabic_figures_and_levels_may_count_on() -> None:
    levels = level(0, "upperRoman", "%1") + level(
        1, "decimal", "%1.%2", '<w:lvlRestart w:val="0"/><w:isLgl/>'
    )
    assert texts(numbered(levels, (0, "A"), (1, "B"), (0, "C"), (1, "D"))) == [
        "I A",
        "1.1 B",
        "II C",
        "2.2 D",
    ]


def test_a_list_may_begin_anew() -> None:
    anew = (
        '<w:num w:numId="78"><w:abstractNumId w:val="77"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    items = ((0, "A"), (0, "B"), (0, "C"), (0, "D"))
    document = numbered(
        level(0, "decimal", "%1."), *items, more=anew, number_of=lambda place: 77 if place < 2 else 78
    )
    assert texts(document) == ["1. A", "2. B", "1. C", "2. D"]


def test_a_style_can_number(tmp_path: object) -> None:
    document = docx.Document()
    document.add_paragraph("Một", style="List Number")
    document.add_paragraph("Hai", style="List Number")
    document.add_paragraph("Gạch", style="List Bullet")
    assert texts(document) == ["1. Một", "2. Hai", "- Gạch"]


def test_page_breaks_are_pages_and_line_breaks_are_lines() -> None:
    document = docx.Document()
    document.add_paragraph("Một").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("Hai").add_run().add_break()
    document.paragraphs[-1].add_run("- Như trên;")
    document.add_paragraph("Ba").paragraph_format.page_break_before = True
    document.add_section()
    document.add_paragraph("Bốn")
    found = read(document)
    assert [page.text for page in found] == ["Một", "Hai\n- Như trên;", "Ba", "Bốn"]
    assert [line.opens for line in found[1].flow if isinstance(line, Line)] == [True, None]
    assert [line.page for page in found for line in page.flow] == [1, 2, 2, 3, 4]


def test_deleted_and_hidden_text_headers_and_instructions_are_left_out() -> None:
    document = raw(
        "<w:p><w:r><w:t>Giữ</w:t></w:r><w:del><w:r><w:delText>xoá</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t> thêm</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>đi</w:t></w:r></w:moveFrom></w:p>",
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>",
    )
    document.sections[0].header.paragraphs[0].text = "Đầu trang"
    assert texts(document) == ["Giữ thêm"]


def test_capitals_of_the_look_are_capitals() -> None:
    assert texts(raw("<w:p><w:r><w:rPr><w:caps/></w:rPr><w:t>Kế hoạch</w:t></w:r></w:p>")) == ["KẾ HOẠCH"]


def test_text_boxes_are_read_once_after_their_paragraph() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>DỰ THẢO</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    choices = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    both = f"<mc:AlternateContent {mc}>{choices}</mc:AlternateContent>"
    assert texts(raw(f"<w:p><w:r><w:t>Kế hoạch</w:t>{both}</w:r></w:p>")) == ["Kế hoạch", "DỰ THẢO"]


def test_tabs_set_head_lines_side_by_side_but_not_labels() -> None:
    document = docx.Document()
    document.add_paragraph("UBND XÃ TRUNG TRẮC\tCỘNG HÒA XÃ HỘI")
    document.add_paragraph("1.\tCông tác chỉ đạo")
    document.add_paragraph("Hưng Yên, ngày\ttháng\tnăm 2024")
    assert texts(document) == [
        "UBND XÃ TRUNG TRẮC",
        "CỘNG HÒA XÃ HỘI",
        "1. Công tác chỉ đạo",
        "Hưng Yên, ngày tháng năm 2024",
    ]


def test_a_ruled_table_is_a_grid_that_covers_every_place_once() -> None:
    document = docx.Document()
    table = document.add_table(3, 3, style="Table Grid")
    for place, cell in enumerate(table._cells):
        cell.text = str(place)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "cao"
    table.cell(2, 1).merge(table.cell(2, 2)).text = "rộng"
    (page,) = read(document)
    (grid,) = page.flow
    assert isinstance(grid, Grid) and (grid.row_count, grid.column_count) == (3, 3)
    places = [
        (row, column)
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    ]
    assert sorted(places) == [(row, column) for row in range(3) for column in range(3)]
    assert page.text == "cao\t1\t2\n\t4\t5\n6\trộng\t"


def test_bullets_in_a_cell_are_lines_of_the_cell() -> None:
    document = docx.Document()
    table = document.add_table(1, 1, style="Table Grid")
    table.cell(0, 0).text = "Một"
    table.cell(0, 0).add_paragraph("Hai", style="List Bullet")
    (grid,) = read(document)[0].flow
    assert isinstance(grid, Grid) and [line.text for line in grid.cells[0].lines] == ["Một", "- Hai"]


@pytest.mark.parametrize("style", [None, "Table Grid"])
def test_head_and_foot_tables_are_lines(style: str | None) -> None:
    document = docx.Document()
    head = document.add_table(2, 2, style=style)
    for place, text in enumerate(
        ("UBND XÃ A", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 1/KH-UBND", "A, ngày 1")
    ):
        head._cells[place].text = text
    foot = document.add_table(1, 2, style=style)
    foot.cell(0, 0).text = "Nơi nhận:\n- Lưu: VT."
    foot.cell(0, 1).text = "CHỦ TỊCH"
    assert texts(document) == [
        *("UBND XÃ A", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 1/KH-UBND", "A, ngày 1"),
        *("Nơi nhận:", "- Lưu: VT.", "CHỦ TỊCH"),
    ]


def test_a_table_of_data_without_rulings_is_still_a_grid() -> None:
    document = docx.Document()
    table = document.add_table(3, 4)
    for place, cell in enumerate(table._cells):
        cell.text = f"ô {place}"
    assert isinstance(read(document)[0].flow[0], Grid)


def test_footnotes_stand_at_the_end_of_their_page() -> None:
    document = raw('<w:p><w:r><w:t>Luật</w:t><w:footnoteReference w:id="2"/></w:r></w:p>')
    document.add_page_break()
    document.add_paragraph("Trang hai")
    out = io.BytesIO()
    document.save(out)
    notes = (
        f"<w:footnotes {nsdecls('w')}><w:footnote w:id='2'><w:p><w:r><w:footnoteRef/><w:t> Luật số 01</w:t>"
        "</w:r></w:p></w:footnote></w:footnotes>"
    )
    packed = with_part(out.getvalue(), "word/footnotes.xml", notes, "footnotes")
    first, second = pages(packed, "a.docx")
    assert first.text == "Luật\n1 Luật số 01" and second.text == "Trang hai"
    note = first.flow[1]
    assert isinstance(note, Line) and (note.role, note.note_mark) == (Role.FOOTNOTE, "1")


def with_part(packed: bytes, name: str, content: str, kind: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.namelist():
            data = old.read(entry)
            if entry == "word/_rels/document.xml.rels":
                link = f'<Relationship Id="n" Type="http://x/{kind}" Target="{name.removeprefix("word/")}"/>'
                data = data.replace(b"</Relationships>", f"{link}</Relationships>".encode())
            new.writestr(entry, data)
        new.writestr(name, content)
    return out.getvalue()


def test_a_page_with_only_a_picture_says_that_it_was_not_read() -> None:
    drawing = '<a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/>'
    (page,) = read(raw(f"<w:p><w:r><w:drawing>{drawing}</w:drawing></w:r></w:p>"))
    assert [warning.code for warning in page.warnings] == ["picture_unread"] and page.text == ""


def test_broken_links_and_strict_files_are_read_all_the_same() -> None:
    out = io.BytesIO()
    raw("<w:p><w:r><w:t>Kế hoạch</w:t></w:r></w:p>").save(out)
    strict = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(strict, "w") as new:
        for entry in old.namelist():
            if not entry.startswith("docProps"):
                new.writestr(
                    entry,
                    old.read(entry).replace(
                        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
                    ),
                )
    assert pages(strict.getvalue(), "a.docx")[0].text == "Kế hoạch"


def test_a_hostile_span_does_not_eat_the_memory() -> None:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>'
    document = docx.Document()
    document.element.body.insert(0, xml(f"<w:tbl><w:tr>{cell * 5}</w:tr><w:tr>{cell}</w:tr></w:tbl>"))
    assert len(read(document)[0].text) < 1000


def test_entities_are_not_expanded() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        paragraph = "<w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body>"
        document = f"<w:document {nsdecls('w')}>{paragraph}</w:document>"
        body = f"<!DOCTYPE a [<!ENTITY b 'lol'>]>{document}"
        packed.writestr("word/document.xml", body)
    assert "lol" not in pages(out.getvalue(), "a.docx")[0].text


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_damage_anywhere_gives_pages_or_a_refusal(data: st.DataObject) -> None:
    document = numbered(level(0, "decimal", "%1."), (0, "A"))
    document.add_table(2, 2, style="Table Grid")
    content = bytearray(document.part.element.xml.encode())
    for _ in range(3):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(32, 126))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("word/document.xml", bytes(content))
    try:
        assert pages(out.getvalue(), "a.docx")
    except FileRefused as error:
        assert isinstance(error, Damaged)


def test_what_is_no_zip_is_damaged() -> None:
    with pytest.raises(Damaged):
        pages(b"rubbish", "a.docx")


SOFT = "\u00ad"  # the letter ư of TCVN3


def in_font(text: str, font: str, more: str = "") -> str:
    return f'<w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>{more}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_runs_in_fonts_before_unicode_are_read_as_unicode() -> None:
    document = raw(
        f"<w:p>{in_font('kÕ ho¹ch', '.VnTimeH')}</w:p>",
        f"<w:p>{in_font('n©ng cao chÊt l', '.VnTime')}{in_font(SOFT + 'îng', '.VnTime')}</w:p>",
        f"<w:p>{in_font('cải cách', '.VnTime')}{in_font(' café', 'Arial')}</w:p>",
        f"<w:p>{in_font('keá hoa', 'VNI-Times', '<w:b/>')}{in_font('ïch', 'VNI-Times', '<w:b/>')}</w:p>",
        f"<w:p>{in_font('kÕ ho¹ch', '.VnTime', '<w:caps/>')}</w:p>",
    )
    assert texts(document) == ["KẾ HOẠCH", "nâng cao chất lượng", "cải cách café", "kế hoạch", "KẾ HOẠCH"]


def test_a_font_that_a_style_or_the_whole_file_sets_holds_too() -> None:
    document = docx.Document()
    document.styles["Normal"].font.name = ".VnTime"
    document.add_paragraph("ban hµnh")
    document.add_paragraph("kÕ ho¹ch", style="List Bullet")
    assert [text.removeprefix("- ").lstrip("•- ") for text in texts(document)] == ["ban hành", "kế hoạch"]


def test_comments_are_no_text_and_tables_in_cells_are_lines_of_the_cell() -> None:
    document = raw(
        '<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>a</w:t></w:r><w:commentReference w:id="0"/></w:p>'
    )
    document.add_table(2, 3, "Table Grid").cell(1, 1).add_table(1, 2).cell(0, 1).text = "inner"
    (page,) = read(document)
    assert page.text.split("\n")[0] == "a" and "inner" in page.text
