"""Pictures made readable: seals lifted off, light made even, pages turned upright and straight."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from kehoach.document.page import Box
from kehoach.document.picture import PageImage, Pixels, Transform

# Degrees: beyond these no skew is measured; below MIN_SKEW turning blurs more than it mends.
MAX_SKEW = 5.0
MIN_SKEW = 0.12
_COARSE, _FINE = 0.25, 0.05  # degrees between angles tried
# Dots per inch at which skew and background are measured.
MEASURE_DPI = 75.0
# Ink pixels that vote on the skew; fewer than MIN_INK say nothing.
MAX_INK, MIN_INK = 15_000, 300
# Of the shorter side: so much of the picture's rim is no page.
EDGE = 0.035
# Grey levels that ink is darker than its surroundings.
INK_DEPTH = 18
# Sideways text has a sharper profile across than along by this factor.
SIDEWAYS = 1.25
# Grey levels between the page's light and dark corners from which the background is flattened.
UNEVEN = 10.0
# Dots per inch at which seals are looked for; a seal of an office is 1.3 to 1.7 inches wide, 0.6 in a strip.
SEAL_DPI = 50.0
SEAL_INCHES = (0.5, 2.4)
SEAL_ASPECT = 1.45
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
# Ink pixels at the measuring resolution: specks and a staple leave fewer.
BLANK_INK = 60


def grey(image: PageImage) -> PageImage:
    """One channel: the red one of a colour page, in which a red seal is as light as paper.

    Around a seal all coloured ink goes, for the signature runs over the signer's name and office.
    Elsewhere blue stays dark: it may be a number written by hand.
    """
    if image.pixels.ndim == 2:
        return image
    pixels = np.ascontiguousarray(image.pixels[:, :, 0])
    height, width = pixels.shape
    for seal in seals(image):
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
    small = resized(image, SEAL_DPI).pixels.astype(np.int16)
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


def is_blank(image: PageImage) -> bool:
    """Whether hardly any ink is on the page: an empty back side, not a page that could not be read."""
    pixels = image.pixels if image.pixels.ndim == 2 else np.ascontiguousarray(image.pixels[:, :, 1])
    return len(_ink(PageImage(image.number, pixels, image.dpi))[0]) < BLANK_INK


def resized(image: PageImage, dpi: float) -> PageImage:
    """`image` at `dpi`, in either direction."""
    scale = dpi / image.dpi
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    pixels = cv2.resize(image.pixels, None, fx=scale, fy=scale, interpolation=way)
    return PageImage(image.number, np.asarray(pixels, dtype=np.uint8), dpi)


def flattened(image: PageImage) -> PageImage:
    """Paper as white everywhere: each pixel divided by the light of its surroundings."""
    paper = _paper(image)
    even = cv2.divide(image.pixels, paper, scale=245)
    return PageImage(image.number, np.asarray(even, dtype=np.uint8), image.dpi)


def unevenness(image: PageImage) -> float:
    """Grey levels between the light and the dark parts of the paper."""
    paper = _paper(image)[:: int(image.dpi), :: int(image.dpi)]
    low, high = np.percentile(paper, (5, 95))
    return float(high - low)


def _paper(image: PageImage) -> Pixels:
    """The paper's brightness at each pixel: letters closed up, then smoothed."""
    height, width = image.pixels.shape[:2]
    scale = MEASURE_DPI / image.dpi / 2
    small = cv2.resize(image.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    closed = cv2.dilate(small, cv2.getStructuringElement(cv2.MORPH_RECT, (9, 9)))
    smooth = cv2.medianBlur(closed, 15)
    return np.asarray(cv2.resize(smooth, (width, height), interpolation=cv2.INTER_LINEAR), dtype=np.uint8)


def is_sideways(image: PageImage) -> bool:
    """Whether lines of text run up or down the page."""
    ys, xs = _ink(image)
    if len(xs) < MIN_INK:
        return False
    along = max(_sharpness(xs, ys, angle) for angle in np.arange(-MAX_SKEW, MAX_SKEW, _COARSE))
    across = max(_sharpness(ys, xs, angle) for angle in np.arange(-MAX_SKEW, MAX_SKEW, _COARSE))
    return across > SIDEWAYS * along


def skew(image: PageImage) -> float:
    """Angle of the text lines in degrees, positive anticlockwise, within ±5; 0.0 with hardly any ink.

    Projection profiles after Postl (1986), over a sample of ink pixels.
    """
    ys, xs = _ink(image)
    if len(xs) < MIN_INK:
        return 0.0
    coarse = _sharpest(xs, ys, np.arange(-MAX_SKEW, MAX_SKEW + _COARSE, _COARSE))
    if abs(coarse) >= MAX_SKEW:
        return 0.0
    return _sharpest(xs, ys, np.arange(coarse - _COARSE, coarse + _COARSE + _FINE, _FINE))


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


def inkiest_strip(image: PageImage, inches: float) -> PageImage:
    """The horizontal strip of the page, `inches` high, that holds most ink."""
    high = min(int(inches * image.dpi), image.pixels.shape[0])
    ys, _ = _ink(image)
    counts = np.bincount((ys * image.dpi / MEASURE_DPI).astype(np.int64), minlength=image.pixels.shape[0])
    sums = np.convolve(counts, np.ones(high), "valid")
    top = int(sums.argmax())
    return PageImage(image.number, np.ascontiguousarray(image.pixels[top : top + high]), image.dpi)


def crop(image: PageImage, box: Box) -> PageImage:
    """The part of `image` that `box` (fractions) cuts out."""
    width, height = image.size
    rows = slice(int(box.y0 * height), max(int(box.y1 * height), int(box.y0 * height) + 1))
    columns = slice(int(box.x0 * width), max(int(box.x1 * width), int(box.x0 * width) + 1))
    return PageImage(image.number, np.ascontiguousarray(image.pixels[rows, columns]), image.dpi)


def padded(image: PageImage) -> PageImage:
    """`image` with white paper around it: letters at the very edge are not recognised."""
    rim = int(PADDING * image.dpi)
    pixels = cv2.copyMakeBorder(image.pixels, rim, rim, rim, rim, cv2.BORDER_REPLICATE)
    return PageImage(image.number, np.asarray(pixels, np.uint8), image.dpi)


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
        image.pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    back = cv2.invertAffineTransform(matrix)
    x = (back[0][0], back[0][1] * height / width, back[0][2] / width)
    y = (back[1][0] * width / height, back[1][1], back[1][2] / height)
    upright = PageImage(image.number, np.asarray(pixels, dtype=np.uint8), image.dpi)
    return upright, Transform(
        (float(x[0]), float(x[1]), float(x[2])), (float(y[0]), float(y[1]), float(y[2]))
    )


def _ink(image: PageImage) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Coordinates (y, x) of a sample of ink pixels at the measuring resolution."""
    scale = MEASURE_DPI / image.dpi
    small = cv2.resize(image.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    light = cv2.blur(small, (25, 25)).astype(np.int16)
    ink = light - small > INK_DEPTH
    # The shadow of the scanner's lid along an edge is straighter than any line of text.
    rim = int(EDGE * min(ink.shape))
    ink[:rim], ink[ink.shape[0] - rim :], ink[:, :rim], ink[:, ink.shape[1] - rim :] = (False,) * 4
    ys, xs = np.nonzero(ink)
    step = max(len(xs) // MAX_INK, 1)
    return ys[::step].astype(np.float64), xs[::step].astype(np.float64)


def _sharpest(xs: NDArray[np.float64], ys: NDArray[np.float64], angles: NDArray[np.float64]) -> float:
    return float(max(angles, key=lambda angle: _sharpness(xs, ys, float(angle))))


def _sharpness(xs: NDArray[np.float64], ys: NDArray[np.float64], degrees: float) -> float:
    """How clearly lines and gaps part when the page is turned by `degrees`."""
    heights = ys + xs * math.tan(math.radians(degrees))
    profile = np.bincount((heights - heights.min()).astype(np.int64))
    return float(np.square(np.diff(profile.astype(np.float64))).sum())
