"""White space, normal form, numbering and the commune's name change no fact; years shift them."""

from __future__ import annotations

import json
import random
import re
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kehoach.document.facts import Record, Source
from kehoach.ingest import text
from kehoach.run.understand import understand
from made_plans import COMMUNES, DUTIES, SAID, STYLES, UNITS, Made, forms, made_plans

PLANS = ("000", "001", "002", "003", "004")
BLANKS = 0.2  # share of lines with an empty one below
LEAP = -4  # years; 29 February is a day again, and no plan crosses the end of the districts in 2025
YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d{2}(?![\d.,]\d|\d)")


def read(content: str) -> Record:
    data = content.encode()
    source = Source("plan.txt", "0" * 64, len(data), "text/plain")
    return understand(source, text.pages(data, source.name))[1]


def facts(content: str) -> dict[str, Any]:
    """What a plan says, without where it stands and how it is numbered."""
    record = read(content)
    head = record.header
    return {
        "head": [head.type, head.number, head.symbol, head.issued_on, head.place, head.title, head.year],
        "issuer": [head.issuer.name, head.issuer.commune, head.issuer.district, head.issuer.province],
        "signer": [head.signer.name, head.signer.position, head.signer.authority],
        "recipients": [[one.name, one.purpose] for one in head.recipients],
        "sections": [[one.title, one.kind] for one in record.sections],
        "tasks": [
            [
                list(task.path),
                task.text,
                [mention.text for mention in task.lead],
                [mention.text for mention in task.support],
                [
                    task.deadline.kind,
                    str(task.deadline.start),
                    str(task.deadline.end),
                    task.deadline.recurrence,
                ]
                if task.deadline
                else None,
            ]
            for task in record.tasks
        ],
        "targets": [[one.text, one.comparator, one.value, one.unit, one.year] for one in record.targets],
        "citations": [[one.text, one.type, one.number, str(one.date), one.year] for one in record.citations],
        "explained": record.explained,
    }


def renamed(found: dict[str, Any], name: str, other: str) -> dict[str, Any]:
    """The same facts with a name replaced in all of them, in capitals too."""
    whole = json.dumps(found, ensure_ascii=False)
    return dict(json.loads(whole.replace(name, other).replace(name.upper(), other.upper())))


def later(found: dict[str, Any], years: int) -> dict[str, Any]:
    """The same facts some years later."""
    return dict(json.loads(shifted(json.dumps(found, ensure_ascii=False), years)))


def spaced(content: str, chance: random.Random) -> str:
    """More white space between words, behind lines and between lines; rows of a table stay together."""
    wider = re.sub(r"(?<=\S) (?=\S)", lambda _: chance.choice((" ", " ", "  ", "   ", "\u00a0")), content)
    lines = [line + chance.choice(("", "", " ", "  ")) for line in wider.split("\n")]
    blank = ["\n" if not re.search(r"[\t|]", line) and chance.random() < BLANKS else "" for line in lines]
    return "\n".join(line + more for line, more in zip(lines, blank, strict=True))


def shifted(content: str, years: int) -> str:
    return YEAR.sub(lambda year: str(int(year[0]) + years), content)


def corpus_text(corpus: Path, name: str) -> str:
    return (corpus / "text" / f"{name}.txt").read_text("utf-8")


@settings(max_examples=10, deadline=None)
@given(made_plans)
def test_a_made_up_plan_is_read_as_it_was_made(plan: Made) -> None:
    found = facts(plan.text())
    wanted = [duty.text(plan.year) for _, duties in plan.parts for duty in duties]
    wanted += [f"{duty[:1].upper()}{duty[1:]}." for _, duties_of in plan.units for duty in duties_of]
    assert [task[1] for task in found["tasks"]] == wanted
    assert found["issuer"][1] == plan.commune
    assert found["head"][-1] == plan.year
    assert found["targets"][0][1:3] == ["=", plan.aim]
    assert found["explained"] == 1.0


@settings(max_examples=10, deadline=None)
@given(made_plans, st.randoms(use_true_random=False))
def test_white_space_is_no_word(plan: Made, chance: random.Random) -> None:
    assert facts(spaced(plan.text(), chance)) == facts(plan.text())


@settings(max_examples=8, deadline=None)
@given(made_plans)
def test_composed_and_decomposed_letters_are_the_same(plan: Made) -> None:
    assert facts(unicodedata.normalize("NFD", plan.text())) == facts(plan.text())


@pytest.mark.parametrize("style", STYLES[1:], ids=" ".join)
@settings(max_examples=3, deadline=None)
@given(made_plans)
def test_the_style_of_numbering_is_no_fact(style: tuple[str, str, str], plan: Made) -> None:
    assert facts(plan.text(style)) == facts(plan.text())


@settings(max_examples=10, deadline=None)
@given(made_plans, st.sampled_from(COMMUNES))
def test_another_commune_changes_its_name_and_nothing_else(plan: Made, other: str) -> None:
    assert facts(replace(plan, commune=other).text()) == renamed(facts(plan.text()), plan.commune, other)


@settings(max_examples=10, deadline=None)
@given(made_plans)
def test_years_shift_the_facts(plan: Made) -> None:
    assert facts(replace(plan, year=plan.year + 1).text()) == later(facts(plan.text()), 1)


@settings(max_examples=8, deadline=None)
@given(
    st.lists(st.sampled_from(UNITS), min_size=2, max_size=2, unique=True),
    st.sampled_from(DUTIES),
    st.sampled_from(SAID),
)
def test_a_duty_says_the_same_in_whatever_form_it_is_given(
    units: list[str], duty: str, time: tuple[str, str]
) -> None:
    read_as = {name: facts(content)["tasks"] for name, content in forms(*units, duty, *time).items()}
    assert {name: len(tasks) for name, tasks in read_as.items()} == dict.fromkeys(read_as, 1)
    said = {name: [*tasks[0][2:4], tasks[0][4]] for name, tasks in read_as.items()}
    due = said["sentence"][2]
    assert due is not None
    assert said == {name: [[units[0]], [units[1]], due] for name in said}


@pytest.mark.parametrize("name", PLANS)
def test_white_space_of_the_corpus_is_no_word(corpus: Path, name: str) -> None:
    content = corpus_text(corpus, name)
    assert facts(spaced(content, random.Random(name))) == facts(content)


@pytest.mark.parametrize("name", PLANS)
def test_the_corpus_in_decomposed_letters_is_the_same(corpus: Path, name: str) -> None:
    content = corpus_text(corpus, name)
    assert facts(unicodedata.normalize("NFD", content)) == facts(content)


@pytest.mark.parametrize("name", PLANS)
def test_the_corpus_some_years_earlier_says_the_same_some_years_earlier(corpus: Path, name: str) -> None:
    content = corpus_text(corpus, name)
    assert facts(shifted(content, LEAP)) == later(facts(content), LEAP)


@pytest.mark.parametrize(
    ("name", "commune", "other"),
    [
        ("000", "Đắk Plô", "Bản Loan"),
        ("001", "Trung Trắc", "Phiêng Vài"),
        ("002", "Hoàng Việt", "Tân Hiệp"),
    ],
)
def test_the_corpus_of_another_commune_differs_by_its_name(
    corpus: Path, name: str, commune: str, other: str
) -> None:
    content = corpus_text(corpus, name)
    there = content.replace(commune, other).replace(commune.upper(), other.upper())
    assert facts(there) == renamed(facts(content), commune, other)


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["real_text", "family"])
def test_plans_from_outside_are_as_indifferent_to_form(shared: Path, folder: str) -> None:
    for path in sorted((shared / folder).glob("*.txt")):
        content = path.read_text("utf-8")
        found = facts(content)
        assert facts(unicodedata.normalize("NFD", content)) == found, path.name
        assert facts(spaced(content, random.Random(path.name))) == found, path.name
