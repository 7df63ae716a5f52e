"""A page that is a picture: which way is up, and what specks leave behind."""

import pytest

import made_pages
from kehoach.document.page import Word
from kehoach.errors import ToolMissing
from kehoach.ocr.tesseract import Tesseract
from kehoach.pages import image
from kehoach.run.scan import recognise, without_specks

LINES = [
    "Thực hiện Kế hoạch số 182 của Ủy ban nhân dân huyện",
    "về nâng cao chất lượng phục vụ người dân và tổ chức",
    "trên địa bàn, Ủy ban nhân dân xã ban hành kế hoạch",
] * 4


@pytest.fixture(scope="module")
def engine():
    try:
        with Tesseract() as made:
            yield made
    except ToolMissing:
        pytest.skip("no Tesseract")


@pytest.mark.ocr
@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_turned_page_is_read_and_its_boxes_lie_on_the_page_as_sent(engine, quarters):
    page, _ = image.turned(made_pages.picture(LINES), quarters)
    reading = recognise(page, engine)
    assert [word.text for word in reading.words][:5] == ["Thực", "hiện", "Kế", "hoạch", "số"]
    box = reading.words[0].box
    for way in reading.back:
        box = way.box(box)
    assert image.crop(page, box).pixels.min() < 100
    assert (
        image.crop(page, box).pixels.shape[quarters % 2]
        < image.crop(page, box).pixels.shape[1 - quarters % 2]
    )


def test_lone_signs_of_specks_go_and_dashes_stay():
    words = [
        Word(text, made_pages.words("x", 80, 80)[0].box, 0.8) for text in ("~", "ˆ", "Lưu:", "_", "-", ".")
    ]
    assert [word.text for word in without_specks(words)] == ["-", "Lưu:", "-"]
