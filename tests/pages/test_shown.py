"""Pages as people see them: of a readable size, safe from several threads, cut where a fact stands."""

from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np
import pytest
from PIL import Image

from kehoach.document.page import Box
from kehoach.pages import shown
from kehoach.pages.shown import Picture

PDF = "application/pdf"


def test_a_page_of_a_pdf_is_shown_at_a_size_for_the_screen(corpus):
    image = shown.shown(corpus / "scans" / "004.digital.pdf", PDF, 1)
    width, height = image.size
    assert 850 <= width <= 950 and 1.3 < height / width < 1.5


def test_a_large_photo_is_made_smaller_and_a_small_one_is_left(tmp_path):
    Image.new("RGB", (3300, 4676), "white").save(large := tmp_path / "a.png")
    Image.new("RGB", (330, 467), "white").save(small := tmp_path / "b.png")
    assert shown.shown(large, "image/png", 1).size[1] == pytest.approx(1286, abs=2)
    assert shown.shown(small, "image/png", 1).size == (330, 467)


@pytest.mark.parametrize("number", [0, 99])
def test_a_page_that_is_not_there_is_none(corpus, number):
    assert shown.shown(corpus / "scans" / "004.digital.pdf", PDF, number) is None


def test_text_has_no_pictures(corpus):
    assert shown.shown(corpus / "text" / "004.txt", "text/plain", 1) is None


def test_a_cut_holds_what_stands_in_the_box_and_stays_on_the_page():
    pixels = np.full((1000, 1000, 3), 255, np.uint8)
    pixels[400:500, 200:300] = 0
    image = shown.PageImage(1, pixels, 100)
    part = shown.cut(image, Box(1, 0.2, 0.4, 0.3, 0.5))
    assert part.size == (120, 120) and (part.pixels == 0).sum() == 100 * 100 * 3
    assert shown.cut(image, Box(1, 0.0, 0.0, 1.0, 1.0)).size == (1000, 1000)
    assert shown.cut(image, Box(1, 1.0, 1.0, 1.0, 1.0), margin=0).size == (1, 1)


@pytest.mark.parametrize("form", Picture)
def test_what_is_written_is_a_picture_again_with_its_colours(form):
    pixels = np.zeros((40, 60, 3), np.uint8)
    pixels[..., 0] = 200
    data = shown.encoded(shown.PageImage(1, pixels, 100), form)
    back = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    assert back.shape == (40, 60, 3) and np.abs(back[..., 2].astype(int) - 200).max() < 10


def test_several_threads_may_ask_at_once(corpus):
    path = corpus / "scans" / "004.digital.pdf"
    with ThreadPoolExecutor(4) as pool:
        images = list(pool.map(lambda number: shown.shown(path, PDF, number, 40), [1, 2] * 4))
    assert all((one.pixels == images[place % 2].pixels).all() for place, one in enumerate(images))
