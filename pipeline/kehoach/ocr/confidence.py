"""What a recogniser's confidence is worth: the share of words read so that are right."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

from kehoach.rules import data

FILE = "ocr/confidence.yaml"


def calibrated(confidence: float) -> float:
    """The share of words that are right among those that Tesseract reads with `confidence` (0 to 1).

    Grows with `confidence`. Rooms that judge words while they are read use Tesseract's own figure.
    """
    read, right = _knots()
    at = min(max(bisect_right(read, confidence), 1), len(read) - 1)
    step = (confidence - read[at - 1]) / (read[at] - read[at - 1])
    return right[at - 1] + min(max(step, 0.0), 1.0) * (right[at] - right[at - 1])


@lru_cache
def _knots() -> tuple[tuple[float, ...], tuple[float, ...]]:
    knots = data(FILE)["knots"]
    return tuple(read for read, _right in knots), tuple(right for _read, right in knots)
