"""Pictures made readable: seals lifted off, light made even, pages turned upright and straight."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from kehoach.document.page import Box
from kehoach.document.picture import PageImage, Pixels, Transform

# Dots per inch at which the light of the paper is measured.
LIGHT_DPI = 37.5
# Grey levels that ink is darker than its surroundings.
INK_DEPTH = 18
# Grey levels between the page's light and dark corners from which the background is flattened.
UNEVEN = 10.0
# Dots per inch at which seals are looked for; a seal of an office is 1.3 to 1.7 inches wide, 0.6 in a strip.
SEAL_DPI = 50.0
SEAL_INCHES = (0.5, 2.4)
SEAL_ASPECT = 1.45
# Grey levels below the paper's that its noise reaches.
NOISE = 25
# Share of a seal's box that is red after closing.
SEAL_FILL = 0.2
# Levels by which red stands out of green and blue in a seal's ink.
RED_DEPTH = 45
# Of the seal's width and height: how far the signature reaches left, up and down, and right of the seal.
SIGNED = (0.3, 0.4, 1.6)
# Levels between the strongest and the weakest channel of coloured ink; what is darker than PALE_BLACK stays.
COLOURED, PALE_BLACK = 45, 70
# Inches of paper added around a part that is read alone.
PADDING = 0.1


def grey(image: PageImage, sealed: Sequence[Box] = ()) -> PageImage:
    """One channel: the red one of a colour page, in which a red seal is as light as paper.

    `sealed`: the seals that are seen.
    Around a seal all coloured ink goes, for the signature runs over the signer's name and office.
    Elsewhere blue stays dark: it may be a number written by hand.
    """
    if image.pixels.ndim == 2:
        return image
    pixels = np.ascontiguousarray(image.pixels[:, :, 0])
    height, width = pixels.shape
    for seal in sealed:
        rows = slice(
            max(int((seal.y0 - SIGNED[1] * seal.height) * height), 0),
            int((seal.y1 + SIGNED[1] * seal.height) * height),
        )
        columns = slice(
            max(int((seal.x0 - SIGNED[0] * seal.width) * width), 0),
            int((seal.x1 + SIGNED[2] * seal.width) * width),
        )
        patch = image.pixels[rows, columns]
        light, dark = patch.max(axis=2), patch.min(axis=2)
        coloured = cv2.dilate((light - dark > COLOURED).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
        faint = coloured & (light > PALE_BLACK)
        pixels[rows, columns] = np.where(faint, np.percentile(pixels[rows, columns], 80), light)
    return PageImage(image.number, pixels, image.dpi)


def seals(image: PageImage) -> tuple[Box, ...]:
    """Where red round seals are seen in a colour picture: red blobs about as wide as high."""
    if image.pixels.ndim == 2:
        return ()
    small = shrunk(image.pixels, SEAL_DPI / image.dpi).astype(np.int16)
    red = (small[:, :, 0] - np.maximum(small[:, :, 1], small[:, :, 2]) > RED_DEPTH).astype(np.uint8)
    blob = cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(blob, connectivity=8)
    height, width = red.shape
    return tuple(
        Box(image.number, x / width, y / height, (x + w) / width, (y + h) / height)
        for x, y, w, h, area in stats[1:count].tolist()
        if SEAL_INCHES[0] * SEAL_DPI <= min(w, h) <= max(w, h) <= SEAL_INCHES[1] * SEAL_DPI
        and max(w, h) <= SEAL_ASPECT * min(w, h)
        and area >= SEAL_FILL * w * h
    )


def shrunk(pixels: Pixels, scale: float) -> Pixels:
    """`pixels` made smaller, each new pixel the mean of those that it stands for.

    First by a whole number, for which OpenCV is several times as fast; then by what is left.
    """
    whole = int(1 / scale + 1e-6)
    if whole > 1:
        height, width = pixels.shape[:2]
        pixels = np.ascontiguousarray(pixels[: height - height % whole, : width - width % whole])
        size = (pixels.shape[1] // whole, pixels.shape[0] // whole)
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
        scale *= whole
    if abs(scale - 1) < 1e-3:
        return pixels
    return np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def resized(image: PageImage, dpi: float) -> PageImage:
    """`image` at `dpi`, in either direction."""
    scale = dpi / image.dpi
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    pixels = cv2.resize(image.pixels, None, fx=scale, fy=scale, interpolation=way)
    return PageImage(image.number, np.asarray(pixels, dtype=np.uint8), dpi)


def flattened(image: PageImage) -> PageImage:
    """Paper as white everywhere: each pixel divided by the light of its surroundings."""
    height, width = image.pixels.shape[:2]
    paper = cv2.resize(_paper(image), (width, height), interpolation=cv2.INTER_LINEAR)
    even = cv2.divide(image.pixels, paper, scale=245)
    return PageImage(image.number, np.asarray(even, dtype=np.uint8), image.dpi)


def quiet(image: PageImage) -> PageImage:
    """`image` (one channel) with all that is nearly as light as its paper made as light.

    The noise of a scanner says nothing, and Tesseract packs and unpacks the picture of each line. Even paper
    stays as it is.
    """
    usual, paper = (int(level) for level in np.percentile(image.pixels[::4, ::4], (50, 75)))
    if usual == paper:
        return image
    levels = np.arange(256, dtype=np.uint8)
    levels[max(paper - NOISE, 0) :] = paper
    return PageImage(image.number, np.asarray(cv2.LUT(image.pixels, levels), np.uint8), image.dpi)


def unevenness(image: PageImage) -> float:
    """Grey levels between the light and the dark parts of the paper."""
    inch = int(LIGHT_DPI)
    low, high = np.percentile(_paper(image)[::inch, ::inch], (5, 95))
    return float(high - low)


def _paper(image: PageImage) -> Pixels:
    """The paper's brightness at LIGHT_DPI: letters closed up, then smoothed."""
    small = shrunk(image.pixels, LIGHT_DPI / image.dpi)
    closed = cv2.dilate(small, cv2.getStructuringElement(cv2.MORPH_RECT, (9, 9)))
    return np.asarray(cv2.medianBlur(closed, 15), np.uint8)


def turned(image: PageImage, quarters: int) -> tuple[PageImage, Transform]:
    """`image` turned anticlockwise by `quarters` times 90°, and the way back."""
    pixels = np.ascontiguousarray(np.rot90(image.pixels, quarters % 4))
    return PageImage(image.number, pixels, image.dpi), _TURNS[quarters % 4]


_TURNS = {
    0: Transform(),
    1: Transform((0.0, -1.0, 1.0), (1.0, 0.0, 0.0)),
    2: Transform((-1.0, 0.0, 1.0), (0.0, -1.0, 1.0)),
    3: Transform((0.0, 1.0, 0.0), (-1.0, 0.0, 1.0)),
}


def crop(image: PageImage, box: Box) -> PageImage:
    """The part of `image` that `box` (fractions) cuts out."""
    width, height = image.size
    rows = slice(int(box.y0 * height), max(int(box.y1 * height), int(box.y0 * height) + 1))
    columns = slice(int(box.x0 * width), max(int(box.x1 * width), int(box.x0 * width) + 1))
    return PageImage(image.number, np.ascontiguousarray(image.pixels[rows, columns]), image.dpi)


def padded(image: PageImage, paper: int | None = None) -> PageImage:
    """`image` with paper around it, of grey value `paper` or as its edges are: letters at the edge are not
    recognised."""
    rim = int(PADDING * image.dpi)
    way = cv2.BORDER_REPLICATE if paper is None else cv2.BORDER_CONSTANT
    pixels = cv2.copyMakeBorder(image.pixels, rim, rim, rim, rim, way, value=paper or 0)
    return PageImage(image.number, np.asarray(pixels, np.uint8), image.dpi)


def thick_ink(image: PageImage, darker: int) -> list[int]:
    """Pixels of each row that are darker than `darker` in strokes of two pixels and more."""
    blurred = cv2.GaussianBlur(image.pixels, (3, 3), 0)
    dark = np.asarray(blurred < darker, dtype=np.uint8)
    core = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    return [int(row) for row in core.sum(axis=1)]


def between(image: PageImage, black: int, white: int) -> PageImage:
    """`image` with grey values up to `black` as black, from `white` on as white, the rest spread between."""
    soft = cv2.GaussianBlur(image.pixels, (3, 3), 0).astype(np.float32)
    spread = np.clip((soft - black) / (white - black), 0.0, 1.0) * 255
    return PageImage(image.number, spread.astype(np.uint8), image.dpi)


def ink_height(image: PageImage, box: Box, least: float) -> float | None:
    """Height of the tallest stroke in `box`, as a fraction of the page's; None where none reaches `least`.

    Rules (leaders, underlines) do not count, nor do strokes that only reach in from above or below.
    """
    part = crop(image, box)
    light = cv2.blur(part.pixels, (25, 25)).astype(np.int16)
    ink = (light - part.pixels > INK_DEPTH).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    height, width = image.size[1], part.size[0]
    tall = [
        h / height
        for x, _y, w, h, _area in stats[1:count].tolist()
        if h / height >= least and x > 0 and x + w < width
    ]
    return max(tall, default=None)


def gutter(image: PageImage, opening: Box, whole: Box, least: float) -> float | None:
    """Where to part two columns of `whole`, as a fraction of the page's width.

    Free of ink in the `opening` lines over at least `least`; there, where the least ink stands below.
    """
    free = np.concatenate(([True], _ink_columns(image, opening) > 0, [True]))
    stops = np.flatnonzero(free)
    at = int(np.diff(stops).argmax())
    first, last = int(stops[at]), int(stops[at + 1]) - 1
    width = image.size[0]
    if (last - first) / width < least:
        return None
    offset = int(opening.x0 * width)
    below = _ink_columns(image, whole._replace(x0=0.0, x1=1.0))[offset + first : offset + last]
    window = max(int(least * width / 2), 1)
    smooth = np.convolve(below, np.ones(window), "same")
    emptiest = np.flatnonzero(smooth == smooth.min())
    return float((offset + first + emptiest[len(emptiest) // 2]) / width)


def _ink_columns(image: PageImage, box: Box) -> NDArray[np.int64]:
    """Ink pixels in each pixel column of `box`, specks left out."""
    part = crop(image, box)
    light = cv2.blur(part.pixels, (25, 25)).astype(np.int16)
    ink = (light - part.pixels > INK_DEPTH).astype(np.uint8)
    ink = np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8)), np.uint8)
    return np.asarray(ink.sum(axis=0), np.int64)


def straightened(image: PageImage, degrees: float) -> tuple[PageImage, Transform]:
    """`image` turned clockwise by `degrees` about its middle on white ground, same size, and the way back."""
    height, width = image.pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    pixels = cv2.warpAffine(
        image.pixels, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    back = cv2.invertAffineTransform(matrix)
    x = (back[0][0], back[0][1] * height / width, back[0][2] / width)
    y = (back[1][0] * width / height, back[1][1], back[1][2] / height)
    upright = PageImage(image.number, np.asarray(pixels, dtype=np.uint8), image.dpi)
    return upright, Transform(
        (float(x[0]), float(x[1]), float(x[2])), (float(y[0]), float(y[1]), float(y[2]))
    )
