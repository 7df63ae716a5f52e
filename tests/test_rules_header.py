"""Examples and counterexamples of the rules on head, foot and citations, by the functions that use them."""

import pytest

from kehoach.document.facts import Header
from kehoach.document.page import Line, Page
from kehoach.document.plan import Parts, Range
from kehoach.extract.citations import citations
from kehoach.extract.numbering import attached, dated, numbered
from kehoach.extract.signer import foot_parts
from kehoach.extract.strips import Strip
from kehoach.extract.title import year
from kehoach.layout.assemble import assemble
from kehoach.outline.parts import mark, type_code
from kehoach.rules import first, phrases
from kehoach.text import fold_each, in_capitals

LEVELLED = ("issuers", "recipients", "cited_types")
SIGNS = ("signs",)


def examples(*files):
    return [
        pytest.param(rule, example.text, dict(example.expect), id=f"{rule.id}: {example.text[:40]}")
        for name in files
        for rule in phrases(name)
        for example in rule.examples
    ]


def counterexamples(*files):
    return [
        pytest.param(rule, text, id=f"{rule.id}: {text[:40]}")
        for name in files
        for rule in phrases(name)
        for text in rule.counterexamples
    ]


@pytest.mark.parametrize(("rule", "text", "expect"), examples("parts"))
def test_a_line_of_head_or_foot_is_told_by_its_own_rule(rule, text, expect):
    assert mark(text) == rule.value


@pytest.mark.parametrize(("rule", "text"), counterexamples("parts"))
def test_a_line_that_only_looks_like_it_is_left_alone(rule, text):
    assert mark(text) != rule.value


@pytest.mark.parametrize(("rule", "text", "expect"), examples("types"))
def test_a_type_word_gives_its_code(rule, text, expect):
    found = type_code(text)
    assert found is not None
    assert found[0] == rule.value


@pytest.mark.parametrize(("rule", "text"), counterexamples("types"))
def test_a_type_word_inside_a_sentence_is_none(rule, text):
    found = type_code(text)
    assert found is None or found[0] != rule.value


@pytest.mark.parametrize(("rule", "text", "expect"), examples("header"))
def test_number_and_date_lines_give_what_they_print(rule, text, expect):
    lines = [Strip(text, 0)]
    number, day, repeated = numbered(lines), dated(lines), attached(lines)
    unread = "unreadable" if number.unread or day.unread else None
    found = {
        "number": {"number": number.number, "symbol": number.symbol, "unread": unread},
        "date": {"place": day.place, "issued_on": day.iso, "unread": unread},
        "attached": {"number": repeated.number, "symbol": repeated.symbol},
    }[rule.value]
    assert found == {**dict.fromkeys(found), **expect}


@pytest.mark.parametrize(("rule", "text"), counterexamples("header"))
def test_a_line_without_symbol_or_place_is_no_number_and_no_date(rule, text):
    assert not numbered([Strip(text, 0)]).printed
    assert not dated([Strip(text, 0)]).printed


@pytest.mark.parametrize(("rule", "text", "expect"), examples("years"))
def test_a_title_tells_the_year_that_the_plan_is_for(rule, text, expect):
    settled, found = year(text)
    assert (found, settled) == (
        (None, True) if expect["year"] == "none" else (expect["year"], bool(expect["year"]))
    )


@pytest.mark.parametrize(("rule", "text", "expect"), examples(*LEVELLED))
def test_an_example_is_won_by_its_own_rule(rule, text, expect):
    name = next(name for name in LEVELLED if rule in phrases(name))
    found = first(phrases(name), fold_each(text))
    assert found is not None
    assert found[0].id == rule.id


@pytest.mark.parametrize(("rule", "text"), counterexamples(*LEVELLED))
def test_a_counterexample_is_not_won(rule, text):
    assert not rule.pattern.search(fold_each(text))


@pytest.mark.parametrize(("rule", "text", "expect"), examples("signing"))
def test_signature_lines_are_cut_into_authority_and_position(rule, text, expect):
    assert [part.kind for part in foot_parts([Strip(text, 0)])] == [rule.value]


@pytest.mark.parametrize(("rule", "text"), counterexamples("signing"))
def test_lines_of_recipients_are_no_signature(rule, text):
    assert (
        rule.value not in [part.kind for part in foot_parts([Strip(text, 0)])] or rule.id == "sign.for_post"
    )


def cited(text):
    plan = assemble([Page(1, (Line(text, 1),), text)], ())
    empty = Range(0, 0)
    return citations(plan, Parts(empty, None, empty, empty, Range(0, 1), Range(1, 1)), Header())


def short(citation):
    number = citation.number and citation.number.lstrip("0")
    name = [number, citation.symbol] if number else [citation.title]
    return " ".join(filter(None, [citation.type, *name, citation.date and citation.date.isoformat()]))


@pytest.mark.parametrize(("rule", "text", "expect"), examples("citations", "laws"))
def test_each_document_that_a_sentence_names_is_one_citation(rule, text, expect):
    assert [short(one) for one in cited(text)] == expect["found"]


@pytest.mark.parametrize(("rule", "text"), counterexamples("citations", "laws"))
def test_figures_and_words_that_only_look_like_a_citation_are_none(rule, text):
    assert cited(text) == ()


@pytest.mark.parametrize(("rule", "text", "expect"), examples(*SIGNS))
def test_a_sign_of_a_document_is_seen(rule, text, expect):
    assert rule.pattern.search(fold_each(text))
    assert in_capitals(text) or not rule.params.get("capitals")


@pytest.mark.parametrize(("rule", "text"), counterexamples(*SIGNS))
def test_what_only_looks_like_a_sign_is_none(rule, text):
    wants_capitals = bool(rule.params.get("capitals"))
    assert not rule.pattern.search(fold_each(text)) or (wants_capitals and not in_capitals(text))
