"""Every rule proves itself on whole plans, read from beginning to end: its examples and counterexamples."""

import pytest

from kehoach.check.profiles import ours

RULES = ours().rules
EXAMPLES = [(rule.id, one) for rule in RULES.values() for one in rule.examples]
COUNTEREXAMPLES = [(rule.id, one) for rule in RULES.values() for one in rule.counterexamples]


def parts(example):
    return {"frame": example.get("frame", "ke_hoach"), "kind": example.get("kind", "text")} | example.get(
        "set", {}
    )


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_rule_has_examples_and_counterexamples(rule):
    assert rule.examples and rule.counterexamples


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=[rule for rule, _ in EXAMPLES])
def test_a_rule_says_of_its_example_what_the_example_expects(rule, example, verdicts):
    told = verdicts(rule, **parts(example))
    said = {verdict for verdict, _, _ in told}
    if example["verdict"] != "fail":
        assert said == ({example["verdict"]} if example["verdict"] != "none" else set())
        return
    fails = [one for one in told if one[0] == "fail"]
    assert fails
    assert example.get("severity", fails[0][1]) in {severity for _, severity, _ in fails}
    assert example.get("evidence", fails[0][2]) in {evidence for _, _, evidence in fails}


@pytest.mark.parametrize(("rule", "example"), COUNTEREXAMPLES, ids=[rule for rule, _ in COUNTEREXAMPLES])
def test_a_rule_does_not_fail_its_counterexample(rule, example, verdicts):
    assert "fail" not in {verdict for verdict, _, _ in verdicts(rule, **parts(example))}


@pytest.mark.parametrize("frame", ["ke_hoach", "cong_van"])
@pytest.mark.parametrize("kind", ["text", "digital"])
def test_a_plan_in_which_nothing_is_missing_fails_nothing(frame, kind, check):
    assert [one.rule for one in check(frame=frame, kind=kind) if one.verdict == "fail"] == []


def test_no_message_speaks_of_an_offence():
    texts = [text for rule in RULES.values() for text in (rule.message, rule.fix, *rule.variants.values())]
    assert not [text for text in texts if "vi phạm" in text.casefold() or "sai phạm" in text.casefold()]


def test_an_article_is_quoted_only_of_a_law_that_was_read(check):
    for one in check(number="Số: 8/KH-UBND", budget=""):
        rule = RULES[one.rule]
        assert (one.article is not None) == (rule.basis == "law" and rule.verified)
