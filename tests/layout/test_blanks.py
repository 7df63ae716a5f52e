"""The places of number and date in the head of a scan."""

from kehoach.document.page import Line, Role
from kehoach.layout.blanks import DATE, NUMBER, blanks, filled, unglued
from kehoach.layout.strips import around, joined
from made_pages import scanned, words


def head(text: str) -> Line:
    found = tuple(scanned(words(text, 80, 100)))
    return Line(joined(found), 1, around(word.box for word in found), found, Role.HEAD)


def test_ink_glued_to_a_word_of_the_head_is_parted():
    flow = unglued((head("Số:1050/QĐ-SCT"), head("Hà Nội, ngày23tháng 4 năm 2026")))
    assert [part.text for part in flow] == ["Số: 1050 /QĐ-SCT", "Hà Nội, ngày 23 tháng 4 năm 2026"]


def test_the_three_places_are_found_with_what_stands_there():
    flow = (head("Số: 08 /KH-UBND"), head("Hà Nội, ngày …… tháng 4 năm 2026"))
    found = [(blank.field, [word.text for word in blank.words(flow)]) for blank in blanks(flow)]
    assert found == [(NUMBER, ["08"]), (DATE, []), (DATE, ["4"])]


def test_a_place_can_be_left_empty():
    flow = (head("Số: 94 /QĐ-UBND"),)
    (blank,) = blanks(flow)
    assert filled(flow, blank, ())[0].text == "Số: /QĐ-UBND"


def test_a_number_in_the_body_is_none_of_the_head():
    line = Line("số 94/QĐ-UBND", 1, role=Role.BODY)
    assert list(blanks((line,))) == []
