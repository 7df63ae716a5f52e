"""Dates, numbers and codes as readers write them."""

import pytest

from kehoach.web import words


@pytest.mark.parametrize(
    "iso, written",
    [("2026-03-02", "02/03/2026"), ("2026-03", "03/2026"), ("2026", "2026"), (None, "–"), ("", "–")],
)
def test_a_date_is_written_as_far_as_it_is_known(iso, written):
    assert words.day(iso) == written


@pytest.mark.parametrize(
    "value, vietnamese, english",
    [(1234567, "1.234.567", "1,234,567"), (98.5, "98,5", "98.5"), (100.0, "100", "100"), (None, "–", "–")],
)
def test_numbers_follow_the_language(monkeypatch, value, vietnamese, english):
    assert words.number(value) == vietnamese
    monkeypatch.setenv("KEHOACH_LANG", "en")
    assert words.number(value) == english


def test_a_share_is_never_rounded_up_to_all():
    assert words.share(0.99999) == "99,9 %" and words.share(1.0) == "100 %" and words.share(None) == "–"


def test_an_unknown_code_stands_for_itself():
    assert words.word("ke_hoach", "type") == "kế hoạch" and words.word("moi_la", "type") == "moi_la"
