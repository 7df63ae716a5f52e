"""Pictures made readable: seals lifted off, light made even, pages turned upright and straight."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from kehoach.document.picture import PageImage, Pixels, Transform

# Degrees: beyond these no skew is measured; below MIN_SKEW turning blurs more than it mends.
MAX_SKEW = 5.0
MIN_SKEW = 0.12
_COARSE, _FINE = 0.25, 0.05  # degrees between angles tried
# Dots per inch at which skew and background are measured.
MEASURE_DPI = 75.0
# Ink pixels that vote on the skew; fewer than MIN_INK say nothing.
MAX_INK, MIN_INK = 40_000, 300
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
# Ink pixels at the measuring resolution: specks and a staple leave fewer.
BLANK_INK = 60


def grey(image: PageImage) -> PageImage:
    """One channel: the red one of a colour page, in which a red seal is as light as paper."""
    if image.pixels.ndim == 2:
        return image
    red = np.ascontiguousarray(image.pixels[:, :, 0])
    return PageImage(image.number, red, image.dpi)


def has_seal(image: PageImage) -> bool:
    """Whether a red round seal is seen in a colour picture: a red blob about as wide as high."""
    if image.pixels.ndim == 2:
        return False
    small = resized(image, SEAL_DPI).pixels.astype(np.int16)
    red = (small[:, :, 0] - np.maximum(small[:, :, 1], small[:, :, 2]) > RED_DEPTH).astype(np.uint8)
    blob = cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(blob, connectivity=8)
    return any(
        SEAL_INCHES[0] * SEAL_DPI <= min(w, h) <= max(w, h) <= SEAL_INCHES[1] * SEAL_DPI
        and max(w, h) <= SEAL_ASPECT * min(w, h)
        and area >= SEAL_FILL * w * h
        for _x, _y, w, h, area in stats[1:count].tolist()
    )


def is_blank(image: PageImage) -> bool:
    """Whether hardly any ink is on the page: an empty back side, not a page that could not be read."""
    return len(_ink(grey(image))[0]) < BLANK_INK


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
    """Angle of the text lines in degrees, positive anticlockwise, within ±5; 0.0 where hardly any ink is seen.

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
    ys, xs = np.nonzero(light - small > INK_DEPTH)
    step = max(len(xs) // MAX_INK, 1)
    return ys[::step].astype(np.float64), xs[::step].astype(np.float64)


def _sharpest(xs: NDArray[np.float64], ys: NDArray[np.float64], angles: NDArray[np.float64]) -> float:
    return float(max(angles, key=lambda angle: _sharpness(xs, ys, float(angle))))


def _sharpness(xs: NDArray[np.float64], ys: NDArray[np.float64], degrees: float) -> float:
    """How clearly lines and gaps part when the page is turned by `degrees`."""
    heights = ys + xs * math.tan(math.radians(degrees))
    profile = np.bincount((heights - heights.min()).astype(np.int64))
    return float(np.square(np.diff(profile.astype(np.float64))).sum())
