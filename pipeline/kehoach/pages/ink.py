"""Where the ink of a picture lies: whether there is any, which way its lines run, how they are skewed."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from kehoach.document.page import Box
from kehoach.document.picture import PageImage
from kehoach.pages.image import shrunk

# Dots per inch at which ink is sampled.
SAMPLE_DPI = 75.0
# Degrees: beyond these no skew is measured; below MIN_SKEW turning blurs more than it mends.
MAX_SKEW = 5.0
MIN_SKEW = 0.12
_COARSE, _FINE = 0.25, 0.05  # degrees between angles tried
# Ink pixels that vote on the skew; fewer than MIN_INK say nothing.
MAX_INK, MIN_INK = 15_000, 300
# Of the shorter side: so much of the picture's rim is no page.
EDGE = 0.035
# Grey levels that ink is darker than its surroundings.
DEPTH = 18
# Sideways text has a sharper profile across than along by this factor.
SIDEWAYS = 1.25
# Inches of paper left around the ink of a page.
PAPER = 0.15
# Ink pixels at the sample's resolution: specks and a staple leave fewer.
BLANK_INK = 60


@dataclass(frozen=True, slots=True)
class Ink:
    """Coordinates of some of a picture's ink pixels, counted at SAMPLE_DPI."""

    ys: NDArray[np.float64]
    xs: NDArray[np.float64]

    @property
    def count(self) -> int:
        return len(self.xs)


def sampled(image: PageImage) -> Ink:
    """At most twice MAX_INK of the ink pixels of `image` (one channel), its rim left out."""
    ink = _seen(image)
    # The shadow of the scanner's lid along an edge is straighter than any line of text.
    rim = int(EDGE * min(ink.shape))
    ink[:rim], ink[ink.shape[0] - rim :], ink[:, :rim], ink[:, ink.shape[1] - rim :] = (False,) * 4
    ys, xs = np.nonzero(ink)
    step = max(len(xs) // MAX_INK, 1)
    return Ink(ys[::step].astype(np.float64), xs[::step].astype(np.float64))


def _seen(image: PageImage) -> NDArray[np.bool_]:
    """Where the picture (one channel) is darker than its surroundings, at SAMPLE_DPI."""
    small = shrunk(image.pixels, SAMPLE_DPI / image.dpi)
    # Integers wide enough for a difference below nought.
    light = cv2.blur(small, (25, 25)).astype(np.int16)
    return light - small > DEPTH


def extent(image: PageImage) -> Box:
    """The part of the picture (one channel) that has all its ink, with some paper around it."""
    ink = _seen(image)
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows):
        return Box(image.number, 0.0, 0.0, 1.0, 1.0)
    (height, width), paper = ink.shape, PAPER * SAMPLE_DPI
    top, bottom = (rows[0] - paper) / height, (rows[-1] + 1 + paper) / height
    left, right = (columns[0] - paper) / width, (columns[-1] + 1 + paper) / width
    edges = (max(left, 0.0), max(top, 0.0), min(right, 1.0), min(bottom, 1.0))
    return Box(image.number, *map(float, edges))


def is_blank(image: PageImage) -> bool:
    """Whether hardly any ink is on the page: an empty back side, not a page that could not be read."""
    # The green channel shows a red seal as ink.
    pixels = image.pixels if image.pixels.ndim == 2 else np.ascontiguousarray(image.pixels[:, :, 1])
    return sampled(PageImage(image.number, pixels, image.dpi)).count < BLANK_INK


def is_sideways(ink: Ink) -> bool:
    """Whether lines of text run up or down the page."""
    if ink.count < MIN_INK:
        return False
    angles = np.arange(-MAX_SKEW, MAX_SKEW, _COARSE)
    along = max(_sharpness(ink.xs, ink.ys, angle) for angle in angles)
    across = max(_sharpness(ink.ys, ink.xs, angle) for angle in angles)
    return across > SIDEWAYS * along


def skew(ink: Ink) -> float:
    """Angle of the text lines in degrees, positive anticlockwise, within ±5; 0.0 with hardly any ink.

    Projection profiles after Postl (1986), over a sample of ink pixels.
    """
    if ink.count < MIN_INK:
        return 0.0
    coarse = _sharpest(ink, np.arange(-MAX_SKEW, MAX_SKEW + _COARSE, _COARSE))
    if abs(coarse) >= MAX_SKEW:
        return 0.0
    return _sharpest(ink, np.arange(coarse - _COARSE, coarse + _COARSE + _FINE, _FINE))


def inkiest_strip(image: PageImage, inches: float) -> PageImage:
    """The horizontal strip of the page, `inches` high, that holds most ink."""
    high = min(int(inches * image.dpi), image.pixels.shape[0])
    rows = (sampled(image).ys * image.dpi / SAMPLE_DPI).astype(np.int64)
    counts = np.bincount(rows, minlength=image.pixels.shape[0])
    sums = np.convolve(counts, np.ones(high), "valid")
    top = int(sums.argmax())
    return PageImage(image.number, np.ascontiguousarray(image.pixels[top : top + high]), image.dpi)


def _sharpest(ink: Ink, angles: NDArray[np.float64]) -> float:
    return float(max(angles, key=lambda angle: _sharpness(ink.xs, ink.ys, float(angle))))


def _sharpness(xs: NDArray[np.float64], ys: NDArray[np.float64], degrees: float) -> float:
    """How clearly lines and gaps part when the page is turned by `degrees`."""
    heights = ys + xs * math.tan(math.radians(degrees))
    profile = np.bincount((heights - heights.min()).astype(np.int64))
    return float(np.square(np.diff(profile.astype(np.float64))).sum())
