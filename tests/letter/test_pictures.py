"""Letters as people see them: opened by LibreOffice, and looked at as pictures of pages."""

import re
import shutil
import subprocess
from collections import Counter
from io import BytesIO

import numpy as np
import pypdfium2
import pytest

from kehoach.letter.blocks import MARGINS, PAGE
from kehoach.letter.frame import figures
from kehoach.letter.letterhead import Letterhead
from kehoach.letter.pdf import pdf
from kehoach.letter.reply import reply
from kehoach.letter.sheet import sheet
from kehoach.letter.word import word
from made_letters import BOX_PICTURE, CAME, LETTERHEAD, NOW, POOR, TODAY, assessed

LETTERS = ("sheet", "reply")
pytestmark = pytest.mark.slow
DPI = 72
INK = 128  # darker than this is print
EDGE = 2.0  # millimetres that a letter may stand beyond its margin


@pytest.fixture(scope="module")
def letters():
    assessment = assessed(**POOR, recipients="", purpose="")
    failing = [place for place, one in enumerate(assessment.findings) if one.stands]
    shown = figures(assessment, dict.fromkeys(failing, BOX_PICTURE), failing)
    return {
        "sheet": sheet(assessment, CAME, LETTERHEAD, shown, TODAY),
        "reply": reply(assessment, LETTERHEAD, shown, TODAY),
        "blank": reply(assessment, Letterhead(), shown, TODAY),
    }


@pytest.fixture(scope="module")
def opened(letters, tmp_path_factory):
    """The Word files as LibreOffice prints them."""
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("letters")
    for name, letter in letters.items():
        (folder / f"{name}.docx").write_bytes(word(letter))
    command = [
        "soffice",
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run([*command, "--outdir", folder, *folder.glob("*.docx")], check=True, capture_output=True)
    return {name: (folder / f"{name}.pdf").read_bytes() for name in letters}


def pages(data):
    document = pypdfium2.PdfDocument(BytesIO(data))
    return [document[number] for number in range(len(document))]


def words(data):
    return [re.sub(r"\s+", " ", page.get_textpage().get_text_bounded()) for page in pages(data)]


def ink(page):
    """Where something is printed: bool (H, W)."""
    return page.render(scale=DPI / 72, grayscale=True).to_numpy().squeeze() < INK


def millimetres(pixels):
    return pixels / DPI * 25.4


@pytest.mark.parametrize("name", ["sheet", "reply", "blank"])
def test_word_and_pdf_say_the_same(name, letters, opened):
    ours, theirs = (Counter(" ".join(words(one)).split()) for one in (pdf(letters[name], NOW), opened[name]))
    different = (ours - theirs) + (theirs - ours)
    assert different.total() < 0.03 * ours.total(), different
    for told in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "PHỤ LỤC", "Hình 1."):
        assert told in " ".join(words(opened[name])) and told in " ".join(words(pdf(letters[name], NOW)))


@pytest.mark.parametrize("name", LETTERS)
@pytest.mark.parametrize("way", ["word", "pdf"])
def test_each_page_is_a4_and_keeps_to_its_margins(name, way, letters, opened):
    data = opened[name] if way == "word" else pdf(letters[name], NOW)
    top, right, bottom, left = MARGINS
    for page in pages(data):
        assert [round(millimetres(side)) for side in page.get_size()] == list(PAGE)
        rows, columns = np.nonzero(ink(page))
        assert millimetres(columns.min()) > left - EDGE
        assert millimetres(columns.max()) < PAGE[0] - right + EDGE
        assert millimetres(rows.max()) < PAGE[1] - bottom + EDGE
        assert millimetres(rows.min()) > top / 2 - EDGE  # the page number stands in the margin


@pytest.mark.parametrize("name", LETTERS)
@pytest.mark.parametrize("way", ["word", "pdf"])
def test_pages_are_numbered_at_the_top_from_the_second_on_and_anew_in_the_appendix(
    name, way, letters, opened
):
    data = opened[name] if way == "word" else pdf(letters[name], NOW)
    numbers, appendix = [], False
    for page, text in zip(pages(data), words(data), strict=True):
        height, width = ink(page).shape
        top = ink(page)[: round(height * (MARGINS[0] - 2) / PAGE[1])]
        appendix = appendix or "PHỤ LỤC" in text
        numbers.append((appendix, bool(top.any())))
        if top.any():
            columns = np.nonzero(top)[1]
            middle = (MARGINS[3] + (PAGE[0] - MARGINS[1] - MARGINS[3]) / 2) / PAGE[0] * width
            assert abs(columns.mean() - middle) < 10
    body = [seen for behind, seen in numbers if not behind]
    behind = [seen for behind, seen in numbers if behind]
    assert body == [False] + [True] * (len(body) - 1) and behind[0] is False and all(behind[1:])


@pytest.mark.parametrize("name", LETTERS)
def test_the_state_s_name_stands_on_one_line_with_its_rule_below(name, letters, opened):
    for data in (opened[name], pdf(letters[name], NOW)):
        page = pages(data)[0]
        seen = ink(page)
        height, width = seen.shape
        head = seen[: round(height * 0.16), round(width * 0.5) :]
        longest = max(
            max((len(run) for run in "".join("x" if one else " " for one in row).split()), default=0)
            for row in head
        )
        assert 40 < millimetres(longest) < 70, "the rule below Tiêu ngữ"


def test_the_table_s_head_stands_on_every_page_that_it_reaches(letters, opened):
    for data in (opened["sheet"], pdf(letters["sheet"], NOW)):
        with_rows = [text for text in words(data) if "Thông lệ" in text]
        assert len(with_rows) > 1 and all("Nội dung rà soát" in text for text in with_rows)
