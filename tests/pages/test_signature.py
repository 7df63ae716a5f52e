"""Signature widgets: number and date that stand nowhere else, and strips that are no text."""

import made_pages
from kehoach.document.page import Provenance
from kehoach.pages.signature import joined_digits, widgets

ONE_BY_ONE = b"".join(b"BT /F1 12 Tf %d 5 Td (%c) Tj ET " % (4 + 10 * i, c) for i, c in enumerate(b"3990"))


def test_figures_painted_one_by_one_are_one_number(tmp_path):
    path = made_pages.pdf(tmp_path / "a.pdf", widgets=[([130, 720, 190, 740], ONE_BY_ONE)])
    (widget,) = widgets(path.read_bytes())[1]
    assert [(word.text, word.provenance) for word in widget.words] == [("3990", Provenance.WIDGET)]
    assert not widget.is_strip


def test_a_strip_over_the_letterhead_is_no_text(tmp_path):
    strip = b"BT /F1 6 Tf 2 10 Td (Thoi gian ky: 17.01.2022 16:14:19 +07:00) Tj ET"
    path = made_pages.pdf(tmp_path / "a.pdf", widgets=[([380, 800, 580, 830], strip)])
    assert widgets(path.read_bytes())[1][0].is_strip


def test_page_content_is_no_part_of_a_widget(tmp_path):
    content = b"BT /F1 12 Tf 135 725 Td (printed) Tj ET"
    path = made_pages.pdf(tmp_path / "a.pdf", content, widgets=[([130, 720, 190, 740], ONE_BY_ONE)])
    assert [word.text for word in widgets(path.read_bytes())[1][0].words] == ["3990"]


def test_a_file_without_widgets_or_without_structure_has_none(tmp_path):
    assert widgets(made_pages.pdf(tmp_path / "a.pdf").read_bytes()) == {}
    assert widgets(b"no PDF at all") == {}


def test_a_date_and_a_word_are_not_joined():
    found = tuple(made_pages.words("ngày 14", 100, 100))
    assert joined_digits(found) == found
