"""Words of time and aims get their marks back where a scan spoilt them, and nothing else changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach.extract.written import AIMS, TIME, as_written
from kehoach.rules import phrases
from kehoach.text import fold_each

RULES = [(known, rule) for known in (TIME, AIMS) for rule in phrases(known)]


@pytest.mark.parametrize(("known", "rule"), RULES, ids=[rule.id for _, rule in RULES])
def test_spoilt_words_are_put_back_and_others_left(known, rule):
    assert rule.examples and rule.counterexamples
    for example in rule.examples:
        assert rule.value in as_written(example.text, known).casefold(), example.text
    for text in rule.counterexamples:
        assert as_written(text, known) == text


@given(st.text(alphabet="ngàayquýthánmăm IVÌ12/trướcđế", max_size=40))
def test_places_and_letters_hold(text):
    assert fold_each(as_written(text)) == fold_each(text)
    assert as_written(as_written(text)) == as_written(text)


def test_a_scans_numeral_is_a_numeral():
    assert as_written("Quỷ ÍII năm 2024") == "Quý III năm 2024"
    assert as_written("TRƯÓC NGÀY 15/6") == "TRƯỚC NGÀY 15/6"
