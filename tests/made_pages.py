"""Small pages for tests: words laid out by hand, PDF files and pictures made on the spot."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pikepdf
from PIL import Image, ImageDraw, ImageFont

from kehoach.document.page import Box, Provenance, Word
from kehoach.document.picture import PageImage

RATIO = 842 / 595  # A4
WIDTH, HEIGHT = 595.0, 842.0
SIZE = 14.0  # points
FONT = "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf"


def words(text: str, x: float, y: float, *, size: float = SIZE, **more: object) -> list[Word]:
    """`text` as words from (x, y) in points, half an em a letter, a quarter between words."""
    out = []
    for piece in text.split():
        width = len(piece) * size / 2
        box = Box(1, x / WIDTH, y / HEIGHT, (x + width) / WIDTH, (y + size) / HEIGHT)
        out.append(Word(piece, box, **more))  # type: ignore[arg-type]
        x += width + size / 4
    return out


def scanned(found: list[Word], confidence: float = 0.95) -> list[Word]:
    """The same words as a recogniser gives them."""
    return [Word(word.text, word.box, confidence, Provenance.PRINT) for word in found]


def pdf(
    path: Path,
    content: bytes = b"",
    *,
    widgets: list[tuple[list[float], bytes]] | None = None,
    font: str = "Helvetica",
) -> Path:
    """A one-page A4 PDF with a font as /F1; `widgets`: rectangle and appearance stream of /Sig fields."""
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(WIDTH, HEIGHT))
        page = made.pages[0]
        face = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name(f"/{font}"),
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
        fonts = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=made.make_indirect(face)))
        page.Resources = fonts
        page.Contents = made.make_stream(content)
        fields = pikepdf.Array([_field(made, rect, stream, fonts) for rect, stream in widgets or []])
        page.Annots = fields
        made.Root.AcroForm = pikepdf.Dictionary(Fields=fields)
        made.save(path)
    return path


def _field(
    made: pikepdf.Pdf, rect: list[float], stream: bytes, resources: pikepdf.Dictionary
) -> pikepdf.Object:
    width, height = rect[2] - rect[0], rect[3] - rect[1]
    appearance = made.make_stream(stream)
    appearance.Type, appearance.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    appearance.BBox, appearance.Resources = pikepdf.Array([0, 0, width, height]), resources
    return made.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Sig,
            T=pikepdf.String(f"sig{rect[0]}"),
            Rect=pikepdf.Array(rect),
            F=4,
            AP=pikepdf.Dictionary(N=appearance),
        )
    )


def picture(lines: list[str], *, dpi: int = 200, size: int = 39) -> PageImage:
    """A grey page with `lines` of print, first line an inch from the top."""
    width, height = round(8.27 * dpi), round(11.69 * dpi)
    image = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(image)
    for index, line in enumerate(lines):
        draw.text((dpi, dpi + index * size * 1.5), line, fill=0, font=ImageFont.truetype(FONT, size))
    return PageImage(1, np.array(image, dtype=np.uint8), dpi)
