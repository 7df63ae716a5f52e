"""Pictures of pages and the way of boxes back from a straightened picture to the page as sent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kehoach.document.page import Box

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class PageImage:
    """A picture of page `number` (1-based): uint8, (H, W) grey or (H, W, 3) RGB, origin top left."""

    number: int
    pixels: Pixels
    dpi: float

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return int(self.pixels.shape[1]), int(self.pixels.shape[0])


@dataclass(frozen=True, slots=True)
class Transform:
    """Turns fractions of the upright picture into fractions of the page as sent: (ax + by + c, dx + ey +
    f).
    """

    x: tuple[float, float, float] = (1.0, 0.0, 0.0)
    y: tuple[float, float, float] = (0.0, 1.0, 0.0)

    def box(self, box: Box) -> Box:
        """The upright rectangle around the turned `box`, cut at the page's edges."""
        corners = [(x, y) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]
        xs = [_clip(self.x[0] * x + self.x[1] * y + self.x[2]) for x, y in corners]
        ys = [_clip(self.y[0] * x + self.y[1] * y + self.y[2]) for x, y in corners]
        return Box(box.page, min(xs), min(ys), max(xs), max(ys))

    def inverse(self) -> Transform:
        """The way from the page as sent to the upright picture."""
        (a, b, c), (d, e, f) = self.x, self.y
        area = a * e - b * d
        return Transform(
            (e / area, -b / area, (b * f - c * e) / area), (-d / area, a / area, (c * d - a * f) / area)
        )


def _clip(fraction: float) -> float:
    return min(max(fraction, 0.0), 1.0)
