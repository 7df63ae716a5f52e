"""A page that is a picture: which way is up, and what specks leave behind."""

import cv2
import numpy as np
import pytest

import made_pages
from kehoach.document.page import Word
from kehoach.document.picture import PageImage
from kehoach.errors import ToolMissing
from kehoach.ocr.tesseract import Tesseract
from kehoach.pages import image
from kehoach.run.scan import ALL_STEPS, Step, recognise, without_specks

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


def signed(page: PageImage, name: str, engine: Tesseract) -> PageImage:
    """The page in colour, a red seal beside `name` and a signature in blue over both."""
    boxes = [word.box for word in recognise(page, engine).words if word.text in name.split()]
    width, height = page.size
    left, right = int(boxes[0].x0 * width), int(boxes[-1].x1 * width)
    middle = int((boxes[0].y0 + boxes[0].y1) / 2 * height)
    print_only = cv2.cvtColor(page.pixels, cv2.COLOR_GRAY2RGB)
    drawn = print_only.copy()
    for radius, line in ((140, 12), (60, cv2.FILLED)):
        cv2.circle(drawn, (left + 60, middle - 60), radius, (210, 30, 40), line)
    across = np.linspace(left - 30, right + 15, 60)
    down = middle + 38 * np.sin((across - left) / 13) * np.resize((1.0, -0.6), 60)
    cv2.polylines(drawn, [np.stack((across, down), axis=1).astype(np.int32)], False, (40, 60, 190), 4)
    return PageImage(1, np.minimum(drawn, print_only), page.dpi)


@pytest.mark.ocr
def test_a_name_under_a_blue_signature_is_read_only_where_its_ink_is_lifted(engine):
    name = "Nguyễn Tiến Thiệp"
    page = signed(made_pages.picture([*LINES, "", "", "", "", f"{'':30}{name}"]), name, engine)
    seals = image.seals(page)
    assert len(seals) == 1
    with_step, without = (
        " ".join(word.text for word in recognise(page, engine, (), seals, steps).words)
        for steps in (ALL_STEPS, ALL_STEPS - {Step.SEAL})
    )
    assert with_step.endswith(name) and "Thiệp" not in without


def test_lone_signs_of_specks_go_and_dashes_stay():
    words = [
        Word(text, made_pages.words("x", 80, 80)[0].box, 0.8) for text in ("~", "ˆ", "Lưu:", "_", "-", ".")
    ]
    assert [word.text for word in without_specks(words)] == ["-", "Lưu:", "-"]
