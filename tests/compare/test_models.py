"""What we know for the comparison holds for its own examples, and for none of its counterexamples."""

import pytest

from kehoach.compare.align import wishes
from kehoach.compare.baselines import baseline
from kehoach.compare.duties import by_itself
from kehoach.compare.figures import amounts
from kehoach.compare.notions import KINDS, notions, spoken
from kehoach.compare.plans import Task
from kehoach.compare.targets import _holds_for
from kehoach.compare.years import forerunners
from kehoach.rules import data, load_phrases, models_dir

WORDS = data("compare/words.yaml")
PHRASES = [
    (f"{kind}.{name}", phrase)
    for kind in KINDS
    for name, phrases in WORDS[kind].items()
    for phrase in spoken(phrases)
]


def test_every_phrase_says_its_notion():
    assert [(name, phrase) for name, phrase in PHRASES if name not in notions(phrase)] == []


def test_no_name_of_a_notion_stands_twice():
    text = (models_dir() / "compare" / "words.yaml").read_text("utf-8")
    names = [
        line.split(":")[0].strip() for line in text.splitlines() if line.startswith("  ") and ": " in line
    ]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("one", "other", "name"), WORDS["alike"])
def test_other_words_say_the_same(one, other, name):
    assert name in notions(one) and name in notions(other)


@pytest.mark.parametrize(("one", "other", "name"), WORDS["unlike"])
def test_alike_words_say_something_else(one, other, name):
    assert (name in notions(one)) != (name in notions(other))


@pytest.mark.parametrize("example", data("compare/figures.yaml")["examples"], ids=lambda one: one["text"])
def test_amounts_are_read(example):
    found = {one.counts: one.value for one in amounts(example["text"])}
    assert found == example["expect"]


@pytest.mark.parametrize("text", data("compare/figures.yaml")["counterexamples"])
def test_dates_and_numbers_of_documents_are_no_amounts(text):
    assert amounts(text) == ()


def test_wishes_are_told_from_duties():
    for rule in wishes():
        assert all(rule.pattern.search(example.text) for example in rule.examples), rule.id
        assert not any(rule.pattern.search(text) for text in rule.counterexamples), rule.id


def test_old_units_are_read_where_a_plan_names_them():
    for rule in load_phrases(models_dir() / "compare" / "mergers.yaml"):
        for example in rule.examples:
            assert list(forerunners(example.text)) == example.expect["names"], rule.id
        assert not any(forerunners(text) for text in rule.counterexamples), rule.id


def test_a_plan_itself_carries_out_that_a_plan_be_issued():
    known = data("compare/duties.yaml")
    assert all(by_itself(Task(1, text)) for text in known["examples"])
    assert not any(by_itself(Task(1, text)) for text in known["counterexamples"])


def test_a_target_says_for_whom_it_holds():
    known = data("compare/targets.yaml")
    assert all(_holds_for(one["metric"]) == one["for"] for one in known["examples"])
    assert not any(_holds_for(text) for text in known["counterexamples"])


def test_a_target_s_clause_may_say_from_where_it_starts():
    rules = load_phrases(models_dir() / "compare" / "baselines.yaml")
    for rule in rules:
        for example in rule.examples:
            found = baseline(example.text)
            told = {"value": found.value, "unit": found.unit, "year": found.year}
            assert told == example.expect and found.words in example.text, rule.id
        assert not any(baseline(text) for text in rule.counterexamples), rule.id
