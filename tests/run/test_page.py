"""The way of a page: by its text, by its picture, or lost without losing the file."""

import cv2
import pikepdf
import pytest

import made_pages
from kehoach.document.page import ReadFrom, Role
from kehoach.document.picture import PageImage
from kehoach.errors import Damaged, Encrypted
from kehoach.ocr.engine import Shape
from kehoach.ocr.replay import Replay
from kehoach.run.page import PDF_TYPE, kind, open_pages

SILENT = Replay({})
HEAD = [
    {"text": text, "box": box, "confidence": 0.96}
    for text, box in (
        ("CỘNG", [0.45, 0.05, 0.55, 0.065]),
        ("HÒA", [0.56, 0.05, 0.63, 0.065]),
        ("XÃ", [0.64, 0.05, 0.68, 0.065]),
        ("HỘI", [0.69, 0.05, 0.74, 0.065]),
        ("Số:", [0.12, 0.1, 0.16, 0.115]),
        ("/KH-UBND", [0.24, 0.1, 0.36, 0.115]),
        ("năm", [0.8, 0.1, 0.84, 0.115]),
        ("2024", [0.85, 0.1, 0.9, 0.115]),
    )
]


class NeverAsked:
    """An engine for pages that must not be recognised."""

    def words(self, image: PageImage, *, shape: Shape = Shape.PAGE) -> tuple:
        raise AssertionError("a digital page was recognised")


def test_a_page_with_a_good_layer_is_never_recognised(tmp_path):
    path = made_pages.pdf(tmp_path / "a.pdf", b"BT /F1 12 Tf 100 700 Td (Phan I) Tj ET")
    with open_pages(path, PDF_TYPE, NeverAsked()) as reader:
        page = reader.read(1)
    assert (reader.count, page.text, page.read_from, page.seal_seen) == (1, "Phan I", ReadFrom.TEXT, False)
    assert kind([page]) == "digital"


def test_widget_words_join_the_text_and_strips_do_not(tmp_path):
    number = ([130, 695, 160, 715], b"BT /F1 12 Tf 4 5 Td (08) Tj ET")
    strip = ([380, 800, 580, 830], b"BT /F1 6 Tf 2 10 Td (Thoi gian ky: 16:14:19 +07:00) Tj ET")
    content = b"BT /F1 12 Tf 100 700 Td (So:) Tj ET BT /F1 12 Tf 170 700 Td (/KH-UBND) Tj ET"
    path = made_pages.pdf(tmp_path / "a.pdf", content, widgets=[number, strip])
    with open_pages(path, PDF_TYPE, NeverAsked()) as reader:
        page = reader.read(1)
    assert page.text == "So: 08 /KH-UBND" and page.seal_seen
    assert [part.role for part in page.flow] == [Role.BODY, Role.STAMP]


def test_a_lost_page_does_not_lose_the_file(tmp_path):
    path = made_pages.pdf(tmp_path / "a.pdf", b"BT /F1 12 Tf 100 700 Td (Phan I) Tj ET")
    with pikepdf.open(path, allow_overwriting_input=True) as made:
        made.add_blank_page(page_size=(595, 842))
        made.Root.Pages.Kids[1] = made.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=[0, 0, 0, 0])
        )
        made.save(path)
    with open_pages(path, PDF_TYPE, SILENT) as reader:
        pages = [reader.read(number) for number in range(1, reader.count + 1)]
    assert pages[0].text == "Phan I"
    assert all(page.read_from is ReadFrom.NONE for page in pages[1:])


def test_a_protected_file_is_told_from_a_damaged_one(tmp_path):
    path, locked = made_pages.pdf(tmp_path / "a.pdf"), tmp_path / "locked.pdf"
    with pikepdf.open(path) as made:
        made.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(Encrypted):
        open_pages(locked, PDF_TYPE, SILENT)
    (broken := tmp_path / "b.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing")
    with pytest.raises(Damaged):
        open_pages(broken, "image/png", SILENT)


def test_a_picture_of_several_pages_is_read_page_by_page(tmp_path):
    path = tmp_path / "a.tiff"
    pages = [made_pages.picture(["Số: 08/KH-UBND"]).pixels, made_pages.picture([]).pixels]
    cv2.imwritemulti(str(path), pages)
    with open_pages(path, "image/tiff", Replay({"1": HEAD})) as reader:
        first, second = (reader.read(number) for number in (1, 2))
    assert reader.count == 2 and first.read_from is ReadFrom.OCR
    assert "2024" in first.text and second.reason == "blank"


@pytest.mark.parametrize(("ink", "unread"), [(False, ()), (True, (("document.number", "handwritten"),))])
def test_ink_in_the_place_of_the_number_is_named_and_never_guessed(tmp_path, ink, unread):
    page = made_pages.picture(["Thực hiện Kế hoạch của Ủy ban nhân dân huyện"] * 3)
    if ink:
        cv2.putText(page.pixels, "94", (290, 272), cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 1.6, 0, 4)
    path = tmp_path / "a.png"
    cv2.imwrite(str(path), page.pixels)
    guess = [{"text": "94", "box": [0.18, 0.095, 0.22, 0.118], "confidence": 0.6}] if ink else []
    with open_pages(path, "image/png", Replay({"1": [*HEAD, *guess]})) as reader:
        read = reader.read(1)
    assert read.unread == unread and "94" not in read.text
