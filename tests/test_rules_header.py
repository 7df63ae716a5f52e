"""The examples and counterexamples of the head's and foot's rules, through the functions that use them."""

import pytest

from kehoach.outline.parts import mark, type_code
from kehoach.rules import phrases

MARKS = [(rule, example.text) for rule in phrases("parts") for example in rule.examples]
NOT_MARKS = [(rule, text) for rule in phrases("parts") for text in rule.counterexamples]
TYPES = [(rule, example.text) for rule in phrases("types") for example in rule.examples]
NOT_TYPES = [(rule, text) for rule in phrases("types") for text in rule.counterexamples]


@pytest.mark.parametrize(("rule", "text"), MARKS, ids=lambda one: getattr(one, "id", str(one)[:40]))
def test_a_line_of_head_or_foot_is_told_by_its_own_rule(rule, text):
    assert mark(text) == rule.value


@pytest.mark.parametrize(("rule", "text"), NOT_MARKS, ids=lambda one: getattr(one, "id", str(one)[:40]))
def test_a_line_that_only_looks_like_it_is_left_alone(rule, text):
    assert mark(text) != rule.value


@pytest.mark.parametrize(("rule", "text"), TYPES, ids=lambda one: getattr(one, "id", str(one)[:40]))
def test_a_type_word_gives_its_code(rule, text):
    found = type_code(text)
    assert found is not None
    assert found[0] == rule.value


@pytest.mark.parametrize(("rule", "text"), NOT_TYPES, ids=lambda one: getattr(one, "id", str(one)[:40]))
def test_a_type_word_inside_a_sentence_is_none(rule, text):
    found = type_code(text)
    assert found is None or found[0] != rule.value
