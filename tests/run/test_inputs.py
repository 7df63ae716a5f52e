"""Files as clerks get them: turned, cut, hostile. Each is read rightly or refused with one clear line."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from PIL import Image

import made_pages
from kehoach.document.page import Box, Page, Provenance, ReadFrom, Word
from kehoach.run import way
from kehoach.run.steps import Opened, OpenFile, ReadPage, Tools, Trouble
from made_encodings import encoded

ROWS = (
    "Uû ban nh©n d©n x· A",
    "Sè: 08/KH-UBND",
    "KÕ HO¹CH",
    "C¨n cø LuËt Tæ chøc chÝnh quyÒn ®Þa ph­¬ng, Uû ban nh©n d©n x· ban hµnh kÕ ho¹ch",
    "c¶i c¸ch hµnh chÝnh nh»m n©ng cao chÊt l­îng phôc vô ng­êi d©n, tæ chøc trªn ®Þa bµn",
)
CONTENT = b"".join(
    b"BT /F1 12 Tf 60 %d Td (%b) Tj ET\n" % (760 - 20 * at, row.encode("cp1252"))
    for at, row in enumerate(ROWS)
)
FIRST = "Uỷ"


class OneWord:
    """Stands for the recogniser: says that there was a picture."""

    def words(self, image, *, shape=None):
        return (Word("recognised", Box(image.number, 0.1, 0.1, 0.3, 0.12), 0.9, Provenance.PRINT),)


@pytest.fixture(autouse=True)
def recogniser(monkeypatch):
    monkeypatch.setattr(way, "_tesseract", OneWord)


def plan(tmp_path: Path, change=lambda opened: None, **save: object) -> Path:
    """A digital plan of one page in TCVN3, after `change(pdf)`."""
    made = made_pages.pdf(tmp_path / "plain.pdf", CONTENT, font=".VnTime")
    with pikepdf.open(made) as opened:
        change(opened)
        opened.save(path := tmp_path / "a.pdf", **save)
    return path


def pages(path: Path) -> list[Page]:
    opened = way.take(OpenFile(path, ahead=False), Tools())
    assert isinstance(opened, Opened), opened
    numbers = range(1, opened.page_count + 1)
    steps = [ReadPage(path, opened.source.media_type, opened.source.sha256, number) for number in numbers]
    return list(opened.pages) or [way.take(step, Tools()) for step in steps]


def box_of_first(page: Page) -> Box:
    return next(word.box for line in page.flow for word in line.words if word.text == FIRST)


def turned(quarters: int):
    return lambda opened: setattr(opened.pages[0], "Rotate", 90 * quarters)


def cropped(opened: pikepdf.Pdf) -> None:
    opened.pages[0].MediaBox = pikepdf.Array([-100, -50, 495, 792])
    opened.pages[0].CropBox = pikepdf.Array([40, 400, 440, 792])


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_boxes_of_a_turned_page_are_those_of_the_page_as_shown(tmp_path, quarters):
    x, y = 60 / 595, 1 - 765 / 842
    at_x, at_y = [(x, y), (1 - y, x), (1 - x, 1 - y), (y, 1 - x)][quarters]
    (page,) = pages(plan(tmp_path, turned(quarters)))
    box = box_of_first(page)
    assert box.x0 - 0.03 < at_x < box.x1 + 0.03 and box.y0 - 0.03 < at_y < box.y1 + 0.03


def test_boxes_of_a_cropped_page_are_fractions_of_what_is_shown(tmp_path):
    (page,) = pages(plan(tmp_path, cropped))
    assert box_of_first(page).x0 == pytest.approx((60 - 40) / 400, abs=0.01)
    assert box_of_first(page).y1 == pytest.approx((792 - 760) / 392, abs=0.02)


def hostile(opened: pikepdf.Pdf) -> None:
    """Annotations that are no annotations, a script, a signature that is none."""
    rect = pikepdf.Array([0, 0, 10, 10])
    value = pikepdf.Dictionary(ByteRange=pikepdf.Array([0, pikepdf.Name.x, 3]), Contents=5)
    field = pikepdf.Dictionary(Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Sig, Rect=rect, AP=3, V=value)
    opened.pages[0].Annots = pikepdf.Array([1, field, pikepdf.Dictionary(Subtype=pikepdf.Name.Widget)])
    opened.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("while(1);"))


@pytest.mark.parametrize(
    ("change", "save"),
    [
        (lambda opened: None, {"encryption": pikepdf.Encryption(owner="x", user="")}),
        (lambda opened: None, {"linearize": True}),
        (lambda opened: None, {"object_stream_mode": pikepdf.ObjectStreamMode.generate}),
        (lambda opened: setattr(opened.pages[0], "UserUnit", 10), {}),
        (lambda opened: setattr(opened.pages[0], "Rotate", 45), {}),
        (hostile, {}),
    ],
    ids=["owner's password", "linearized", "object streams", "user unit", "odd turn", "hostile"],
)
def test_an_odd_file_is_read_by_its_layer(tmp_path, change, save):
    (page,) = pages(plan(tmp_path, change, **save))
    assert (page.read_from, page.reason) == (ReadFrom.TEXT, "text_layer_tcvn3")
    assert "Căn cứ Luật Tổ chức chính quyền địa phương" in page.text


@pytest.mark.parametrize(
    "edges", [(0, 0, 0, 0), (0, 0, 200_000, 200_000), (0, 0, 595, 0.01), (595, 842, 0, 0)]
)
def test_a_page_of_any_size_is_a_page(tmp_path, edges):
    def resize(opened: pikepdf.Pdf) -> None:
        opened.pages[0].MediaBox = pikepdf.Array(list(edges))
        opened.pages[0].Contents = opened.make_stream(b"")

    assert isinstance(pages(plan(tmp_path, resize))[0], Page)


def test_an_empty_page_between_others_is_blank(tmp_path):
    path = plan(tmp_path, lambda opened: opened.add_blank_page(page_size=(595, 842)))
    assert [page.reason for page in pages(path)] == ["text_layer_tcvn3", "blank"]


def test_files_that_hang_on_a_plan_are_named_in_a_warning(tmp_path):
    def hang(opened: pikepdf.Pdf) -> None:
        opened.attachments["phụ lục.pdf"] = pikepdf.AttachedFileSpec(opened, b"%PDF-1.4")

    (page,) = pages(plan(tmp_path, hang))
    assert [(one.code, one.facts) for one in page.warnings] == [
        ("attachments_unread", (("names", "phụ lục.pdf"),))
    ]


def test_a_picture_that_breaks_off_is_read_with_a_warning(tmp_path):
    Image.effect_noise((400, 500), 90).save(path := tmp_path / "a.jpg")
    path.write_bytes(path.read_bytes()[:-2000])
    (page,) = pages(path)
    assert "recognised" in page.text and [one.code for one in page.warnings] == ["picture_cut"]


@pytest.mark.parametrize(
    "name", ["kế hoạch (bản 2) “x”.txt", "a\u202efdp.txt", "-rf.txt", " .txt", "x" * 200 + ".txt"]
)
def test_odd_names_are_names(tmp_path, name):
    (path := tmp_path / name).write_bytes(encoded("Kế hoạch cải cách hành chính", "tcvn3").encode())
    opened = way.take(OpenFile(path, ahead=False), Tools())
    assert isinstance(opened, Opened) and opened.source.name == name


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_file_that_breaks_off_is_read_or_refused(tmp_path, share):
    path = plan(tmp_path)
    path.write_bytes(path.read_bytes()[: int(share * path.stat().st_size)])
    opened = way.take(OpenFile(path, ahead=False), Tools())
    if isinstance(opened, Trouble):
        assert (opened.outcome, opened.reason) == ("refused", "damaged") and opened.advice
    else:
        assert all(isinstance(page, Page) for page in pages(path))
