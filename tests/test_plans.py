"""Invented plans of many layouts against records filled by careful reading (the contract's rules): the floors
of plans that nobody has seen."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from kehoach.document.facts import Source
from kehoach.evaluate import evaluate
from kehoach.ingest import text
from kehoach.run.understand import understand
from kehoach.store.read import open_database
from kehoach.store.write import land

PLANS = Path(__file__).parent / "data" / "plans"
# F1 (deadlines: accuracy) that no change may lower; a little below what was reached.
FLOORS = {
    "header": 0.99,
    "sections": 0.98,
    "section.kind": 0.98,
    "tasks": 0.98,
    "lead": 0.98,
    "support": 0.98,
    "deadline": 0.98,
    "task.section": 0.98,
    "outputs": 0.98,
    "targets": 0.96,
    "citations": 0.98,
    "table.cells": 0.99,
}


@dataclass(frozen=True, slots=True)
class Reached:
    """Figures of all invented plans together."""

    f1: dict[str, float]
    plans: int


def put(db: Database, path: Path) -> None:
    data = path.read_bytes()
    source = Source(path.name, f"{path.name:0<64}", len(data), "text/plain", "text")
    record = understand(source, text.pages(data, path.name))[1]
    land(db, source=source, received_at=datetime(2026, 3, 2, tzinfo=UTC), outcome="read", record=record)


@pytest.fixture(scope="module")
def reached(tmp_path_factory: pytest.TempPathFactory) -> Reached:
    db = open_database(tmp_path_factory.mktemp("plans") / "plans.db", must_exist=False)
    paths = sorted(PLANS.glob("*.txt"))
    for path in paths:
        put(db, path)
    scores = evaluate(db, PLANS)["text"]
    return Reached({name: tally.figures()["f1"] for name, tally in scores.tallies.items()}, len(paths))


@pytest.mark.parametrize("field", FLOORS)
def test_plans_of_other_layouts_are_read_as_a_careful_reader_reads_them(field: str, reached: Reached):
    assert reached.plans == len(list(PLANS.glob("*.json"))) >= 79
    assert reached.f1[field] >= FLOORS[field]


def test_every_gold_task_stands_in_its_plan():
    for path in PLANS.glob("*.json"):
        words = "".join(path.with_suffix(".txt").read_text("utf-8").split())
        tasks = json.loads(path.read_text("utf-8"))["tasks"]
        assert all(
            "".join(task["text"].split()).replace("<br>", "") in words.replace("<br>", "") for task in tasks
        )
