"""Invented plans of many forms: head, foot, citations, deadlines and targets as a careful reader has them.

The cases stand in `tests/data`; they were written before the code was run on them.
"""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from kehoach.document.facts import Header
from kehoach.document.plan import Cell, Paragraph, Parts, Piece, Plan, Span, Table
from kehoach.extract.citations import citations
from kehoach.extract.deadlines import in_cell, in_text
from kehoach.extract.header import header
from kehoach.extract.target_cells import in_table
from kehoach.extract.targets import targets
from kehoach.ingest.text import pages
from kehoach.layout.assemble import assemble
from kehoach.outline.parts import parts
from kehoach.tables.join import join

DATA = Path(__file__).parents[1] / "data"
YEAR, ISSUED = 2024, date(2024, 2, 10)
OWN = Header(type="ke_hoach", number="999", symbol="KH-UBND")


def data(name: str) -> Any:
    return yaml.safe_load((DATA / f"{name}.yaml").read_text("utf-8"))


def read(text: str) -> tuple[Plan, Parts]:
    found = pages(text.encode(), "plan.txt")
    plan = assemble(found, join(found))
    return plan, parts(plan)


def line_of(text: str) -> tuple[Plan, Span]:
    span = Span(0, len(text))
    return Plan(text, (Paragraph(span, 1),), (Piece(0, len(text), 1),)), span


@pytest.mark.parametrize("case", data("heads"), ids=lambda case: case["id"])
def test_head_and_foot_give_their_facts(case: dict[str, Any]) -> None:
    found, _ = header(*read(case["head"] + case["body"] + case["foot"]))
    for field, expected in case["expect"].items():
        value: Any = getattr(found, field)
        if isinstance(expected, dict):
            value = {name: getattr(value, name) for name in expected}
        elif field == "recipients":
            value = [[one.name, one.purpose] for one in value]
        elif field == "indices":
            value, expected = sorted(value), sorted(expected)
        assert value == expected, field


@pytest.mark.parametrize("case", data("citations"), ids=lambda case: case["text"][:40])
def test_a_sentence_names_its_documents(case: dict[str, Any]) -> None:
    plan, found_parts = read(case["text"])
    found = citations(plan, found_parts, OWN)
    said = [
        f"{one.type} {one.number.lstrip('0')} {one.symbol} {one.date or '-'}"
        if one.number
        else f"{one.type}: {one.title}"
        for one in found
    ]
    assert said == case["found"]


@pytest.mark.parametrize("place", ["text", "cell"])
def test_time_words_give_their_deadline(place: str) -> None:
    reader = in_cell if place == "cell" else in_text
    for case in data("deadlines")[place]:
        found = reader(
            *line_of(case["text"]), year=case.get("year", YEAR), issued_on=case.get("issued", ISSUED)
        )
        kinds = case["kind"] if isinstance(case["kind"], list) else [case["kind"]]
        assert (found and found.kind) in kinds, case["text"]
        for name in ("start", "end", "recurrence"):
            assert found is None or getattr(found, name) == case.get(name, getattr(found, name)), case["text"]


def test_clauses_give_their_aims() -> None:
    for case in data("targets")["clauses"]:
        plan, span = line_of(case["text"])
        found = targets(plan, [(span, case.get("kind", "objectives"))], year=YEAR)
        assert [[one.comparator, one.value, one.unit] for one in found] == case["found"], case["text"]


@pytest.mark.parametrize("case", data("targets")["tables"], ids=lambda case: case["id"])
def test_target_tables_give_their_cells(case: dict[str, Any]) -> None:
    text, rows = "", []
    for row in case["rows"]:
        cells = []
        for words in row:
            cells.append(Cell(Span(len(text), len(text) + len(words))))
            text += words + "\t"
        rows.append(tuple(cells))
    table = Table(Span(0, len(text)), tuple(case["header"]), (), tuple(rows), (1,))
    found = in_table(Plan(text, (table,), (Piece(0, len(text), 1),)), table, year=YEAR)
    assert [[one.comparator, one.value, one.unit, one.year] for one in found] == case["found"]
