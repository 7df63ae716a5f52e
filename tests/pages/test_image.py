"""Pictures made readable: turns, light, seals, and the way of boxes back."""

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import made_pages
from kehoach.document.page import Box
from kehoach.document.picture import PageImage
from kehoach.pages import image

PROSE = "Thực hiện Kế hoạch số 182 của Ủy ban nhân dân huyện về nâng cao chất lượng phục vụ"
WORDS = PROSE.split(" ")
LINES = [" ".join(WORDS[i % 9 : i % 9 + 10]) for i in range(20)]


@given(
    st.integers(0, 3),
    st.floats(-3, 3),
    st.floats(0.3, 0.6),
    st.floats(0.3, 0.6),
)
def test_boxes_find_their_way_back_to_the_page_as_sent(quarters, degrees, x, y):
    page = PageImage(1, np.full((140, 100), 255, np.uint8), 10)
    turned, first = image.turned(page, quarters)
    _, second = image.straightened(turned, degrees)
    there = second.inverse().box(first.inverse().box(Box(1, x, y, x, y)))
    back = first.box(second.box(there))
    assert (back.x0, back.y0) == pytest.approx((x, y), abs=1e-6)


def test_uneven_light_is_made_even():
    page = made_pages.picture(LINES)
    shade = np.linspace(0.5, 1.0, page.pixels.shape[1])
    dark = PageImage(1, (page.pixels * shade).astype(np.uint8), page.dpi)
    assert image.unevenness(dark) > image.UNEVEN > image.unevenness(image.flattened(dark))


def test_a_red_seal_is_seen_and_lifted_off_the_name_below():
    page = made_pages.picture(LINES)
    colour = cv2.cvtColor(page.pixels, cv2.COLOR_GRAY2RGB)
    overlay = colour.copy()
    cv2.circle(overlay, (600, 600), 140, (210, 30, 40), 12)
    cv2.circle(overlay, (600, 600), 60, (210, 30, 40), -1)
    sealed = PageImage(1, np.minimum(overlay, colour), page.dpi)
    assert len(image.seals(sealed)) >= 1
    assert image.seals(PageImage(1, colour, page.dpi)) == ()
    lifted = image.grey(sealed, image.seals(sealed)).pixels[455:745, 455:745]
    assert np.mean(np.abs(lifted.astype(int) - page.pixels[455:745, 455:745])) < 25


def test_the_noise_of_paper_goes_and_print_stays():
    noise = np.random.default_rng(7).integers(236, 250, (200, 160)).astype(np.uint8)
    noise[40:50, 20:140] = 30
    quiet = image.quiet(PageImage(1, noise, 200.0)).pixels
    assert len(np.unique(noise[60:])) > 10 and len(np.unique(quiet[60:])) == 1
    assert (quiet[40:50, 20:140] == 30).all()


def test_even_paper_stays_as_it_is():
    page = made_pages.picture(LINES)
    assert image.quiet(page) is page
