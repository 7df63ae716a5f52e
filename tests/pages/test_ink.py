"""Where a picture's ink lies: skew, sideways lines, empty pages."""

import pytest

import made_pages
from kehoach.pages import image, ink

PROSE = "Thực hiện Kế hoạch số 182 của Ủy ban nhân dân huyện về nâng cao chất lượng phục vụ"
WORDS = PROSE.split(" ")
LINES = [" ".join(WORDS[i % 9 : i % 9 + 10]) for i in range(20)]


@pytest.mark.parametrize("degrees", [-2.5, -0.6, 0.0, 0.6, 2.5])
def test_skew_is_measured_and_mended(degrees):
    page = made_pages.picture(LINES)
    skewed, _ = image.straightened(page, -degrees)
    assert ink.skew(ink.sampled(skewed)) == pytest.approx(degrees, abs=0.15)
    upright, _ = image.straightened(skewed, ink.skew(ink.sampled(skewed)))
    assert abs(ink.skew(ink.sampled(upright))) < 0.15


def test_a_page_on_its_side_is_noticed_in_spite_of_a_dark_edge():
    page = made_pages.picture(LINES)
    page.pixels[:, -20:] = 0
    assert not ink.is_sideways(ink.sampled(page))
    assert ink.is_sideways(ink.sampled(image.turned(page, 1)[0]))


def test_an_empty_page_is_blank_and_a_printed_one_is_not():
    assert ink.is_blank(made_pages.picture([]))
    assert not ink.is_blank(made_pages.picture(["Nơi nhận:"]))


def test_the_extent_of_a_page_holds_its_lines_and_leaves_its_margins():
    page = made_pages.picture(LINES)
    box = ink.extent(page)
    part, rest = image.crop(page, box), page.pixels.copy()
    (width, height), dark = page.size, 128
    rest[int(box.y0 * height) : int(box.y1 * height), int(box.x0 * width) : int(box.x1 * width)] = 255
    assert (part.pixels < dark).any() and not (rest < dark).any()
    assert part.pixels.size < page.pixels.size


def test_the_extent_of_an_empty_page_is_all_of_it():
    assert ink.extent(made_pages.picture([])) == (1, 0.0, 0.0, 1.0, 1.0)
