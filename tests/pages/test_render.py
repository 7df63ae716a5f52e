"""Pictures of pages: odd sizes, odd colours, files that break off."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

import made_pages
from kehoach.errors import Damaged, OtherFormat, PackedFiles
from kehoach.pages import pdf, render

PAGE = np.full((300, 200), 255, np.uint8)
PAGE[100:120, 50:150] = 0
INK = Image.fromarray(PAGE)


def changed(tmp_path: Path, change: object) -> Path:
    """A PDF of one page after `change(pdf)`."""
    made = made_pages.pdf(tmp_path / "plain.pdf", b"BT /F1 12 Tf 60 700 Td (Ke hoach) Tj ET")
    with pikepdf.open(made) as opened:
        change(opened)  # type: ignore[operator]
        opened.save(path := tmp_path / "changed.pdf")
    return path


def sized(*edges: float) -> object:
    return lambda opened: setattr(opened.pages[0], "MediaBox", pikepdf.Array(list(edges)))


def see_through(image: Image.Image) -> Image.Image:
    out = Image.new("RGBA", image.size, (0, 0, 0, 0))
    out.putalpha(image.point(lambda value: 255 - value))
    return out


@pytest.mark.parametrize(
    ("name", "image", "options"),
    [
        ("cmyk.jpg", INK.convert("CMYK"), {"quality": 95}),
        ("deep.png", Image.fromarray(PAGE.astype(np.uint16) * 257), {}),
        ("alpha.png", see_through(INK), {}),
        ("alpha.webp", see_through(INK), {"lossless": True}),
        ("palette.png", INK.convert("P"), {}),
        ("one_bit.tif", INK.convert("1"), {"compression": "group4"}),
        ("plain.bmp", INK, {}),
    ],
)
def test_any_colours_are_dark_ink_on_white_paper(tmp_path, name, image, options):
    image.save(path := tmp_path / name, **options)
    page = render.photo(path, 1)
    assert page is not None and page.pixels.shape == (300, 200, 3)
    assert page.pixels[110, 100].max() < 60 and page.pixels[20, 20].min() > 200


def test_a_photograph_stands_as_its_camera_says(tmp_path):
    mark = Image.Exif()
    mark[0x112] = 6  # turn by 90° clockwise to see it upright
    INK.rotate(90, expand=True).save(path := tmp_path / "a.jpg", exif=mark)
    page = render.photo(path, 1)
    assert page is not None and page.size == INK.size and page.pixels[110, 100].max() < 60


def test_every_page_of_a_tiff_is_read(tmp_path):
    INK.convert("1").save(path := tmp_path / "a.tif", save_all=True, append_images=[INK.convert("1")] * 2)
    assert render.photo_count(path) == 3 and render.photo(path, 3) is not None


def test_a_picture_that_breaks_off_is_told_from_a_whole_one(tmp_path):
    INK.convert("RGB").save(path := tmp_path / "a.jpg")
    assert not render.is_cut(path)
    path.write_bytes(path.read_bytes()[:-200])
    assert render.is_cut(path)


@pytest.mark.parametrize("size", [(1, 1), (3000, 4)])
def test_a_picture_without_room_for_words_is_none(tmp_path, size):
    Image.new("L", size, 255).save(path := tmp_path / "a.png")
    assert render.photo(path, 1) is None


def test_a_head_without_a_picture_is_damaged(tmp_path):
    INK.save(path := tmp_path / "a.png")
    path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(Damaged):
        render.photo_count(path)


@pytest.mark.parametrize(
    "edges", [(0, 0, 200_000, 200_000), (0, 0, 1654, 2339), (595, 842, 0, 0), (0, 0, 0, 0)]
)
def test_pages_of_any_size_give_pictures_of_a_bounded_size(tmp_path, edges):
    document, _ = pdf.open_pdf(changed(tmp_path, sized(*edges)))
    image = render.picture(document[0], 1, 200)
    assert max(image.size) <= render.MAX_SIDE and 100 <= image.dpi <= 240


def test_a_page_without_room_for_words_is_refused(tmp_path):
    document, _ = pdf.open_pdf(changed(tmp_path, sized(0, 0, 595, 0.01)))
    with pytest.raises(ValueError, match="points"):
        render.picture(document[0], 1, 200)


def hang(opened: pikepdf.Pdf) -> None:
    opened.attachments["phụ lục.pdf"] = pikepdf.AttachedFileSpec(opened, b"%PDF-1.4")


def pack(opened: pikepdf.Pdf) -> None:
    hang(opened)
    opened.Root.Collection = pikepdf.Dictionary(Type=pikepdf.Name.Collection)


def form(opened: pikepdf.Pdf) -> None:
    opened.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([]), XFA=opened.make_stream(b"<xdp/>"))
    opened.Root.NeedsRendering = True


def test_attachments_are_named_and_portfolios_and_dynamic_forms_refused(tmp_path):
    document, _ = pdf.open_pdf(changed(tmp_path, hang))
    assert pdf.attachments(document) == ("phụ lục.pdf",)
    with pytest.raises(PackedFiles):
        pdf.open_pdf(changed(tmp_path, pack))
    with pytest.raises(OtherFormat):
        pdf.open_pdf(changed(tmp_path, form))


@pytest.mark.parametrize(
    "harm",
    [
        lambda raw: raw.replace(b"startxref", b"startxxxx"),
        lambda raw: b"HTTP/1.1 200 OK\r\n\r\n" + raw,
        lambda raw: raw + bytes(3000),
        lambda raw: raw[: len(raw) - 60],
    ],
)
def test_a_harmed_file_is_mended(tmp_path, harm):
    path = changed(tmp_path, lambda opened: None)
    path.write_bytes(harm(path.read_bytes()))
    document, _ = pdf.open_pdf(path)
    assert "Ke hoach" in document[0].get_textpage().get_text_range()


def test_a_file_that_only_its_owner_may_change_is_read(tmp_path):
    path = changed(tmp_path, lambda opened: None)
    with pikepdf.open(path) as opened:
        opened.save(locked := tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="x", user=""))
    document, _ = pdf.open_pdf(locked)
    assert "Ke hoach" in document[0].get_textpage().get_text_range()
