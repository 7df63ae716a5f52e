"""Confidence grows with the recogniser's own, and never leaves 0 to 1."""

from hypothesis import given
from hypothesis import strategies as st

from kehoach.ocr.confidence import calibrated

shares = st.floats(0, 1)


@given(shares, shares)
def test_the_surer_word_stays_the_surer(one, other):
    low, high = sorted((one, other))
    assert 0 <= calibrated(low) <= calibrated(high) <= 1


def test_what_tesseract_reads_at_its_surest_is_nearly_always_right():
    assert calibrated(0.97) > 0.99 and calibrated(0.0) < 0.2
