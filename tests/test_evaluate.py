"""Figures are those of the contract's score.py, to the last digit, for every variant."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from kehoach.document.facts import Mention, Record, TableFact, Task
from kehoach.errors import AmbiguousPlan, FloorsBroken, NotFound
from kehoach.evaluate import Scores, evaluate, paired, report, similarity
from kehoach.evaluate.floors import Fallen, fallen, read_floors
from kehoach.evaluate.intervals import intervals
from kehoach.evaluate.report import as_values, lines
from kehoach.export import FORMATS
from kehoach.store.read import open_database
from kehoach.store.write import land
from made_records import from_json, gold_records, record

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "corpus" / "gold"
SCORE = ROOT.parent / "shared" / "gold" / "score.py"
FROZEN = Path(__file__).parent / "data" / "evaluate.json"
VARIANTS = ("digital", "digital_signed", "office", "bad")


def put(db: Database, found: Sequence[Record]) -> None:
    for one in found:
        land(db, source=one.source, received_at=datetime(2026, 3, 2, tzinfo=UTC), outcome="read", record=one)


def worn(text: str, chance: random.Random, share: float) -> str:
    """`text` with some letters lost, as a poor scan loses them."""
    return "".join(char for char in text if chance.random() > share) or text


def worn_record(found: Record, chance: random.Random, share: float) -> Record:
    """A record as a poor reading would give it: letters, units, deadlines, tasks and cells lost."""
    head = replace(
        found.header,
        title=worn(found.header.title or "", chance, share),
        recipients=tuple(replace(one, name=worn(one.name, chance, share)) for one in found.header.recipients),
    )
    return replace(
        found,
        header=head,
        sections=tuple(replace(one, title=worn(one.title, chance, share)) for one in found.sections[1:]),
        tasks=tuple(worn_task(one, chance, share) for one in found.tasks if chance.random() > share),
        targets=tuple(replace(one, text=worn(one.text, chance, share)) for one in found.targets),
        citations=tuple(
            replace(one, date=None if chance.random() < 0.2 else one.date) for one in found.citations[1:]
        ),
        tables=tuple(worn_table(one, chance, share) for one in found.tables),
    )


def worn_task(task: Task, chance: random.Random, share: float) -> Task:
    def worn_units(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
        return tuple(replace(one, text=worn(one.text, chance, share)) for one in mentions)

    return replace(
        task,
        text=worn(task.text, chance, share),
        path=task.path[:-1] if chance.random() < share else task.path,
        lead=worn_units(task.lead),
        support=worn_units(task.support[1:]),
        deadline=None if chance.random() < share else task.deadline,
    )


def worn_table(table: TableFact, chance: random.Random, share: float) -> TableFact:
    return replace(table, rows=tuple(tuple(worn(cell, chance, share) for cell in row) for row in table.rows))


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """All plans in four variants, each worn more than the last; the worst lacks a plan; and the texts."""
    base = open_database(tmp_path_factory.mktemp("db") / "plans.db", must_exist=False)
    chance = random.Random(7)
    for variant, share in zip(VARIANTS, (0.0, 0.04, 0.1, 0.16), strict=True):
        found = [worn_record(one, chance, share) for one in gold_records(GOLD, variant)]
        put(base, found[1:] if variant == "bad" else found)
    golds = [json.loads(path.read_text("utf-8")) for path in sorted(GOLD.glob("*.json"))]
    put(base, [from_json(gold, gold["source"]["file"]) for gold in golds])
    return base


def test_figures_are_the_frozen_ones(db: Database, accept: bool) -> None:
    figures = {variant: scores.figures() for variant, scores in evaluate(db, GOLD).items()}
    if accept:
        FROZEN.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    assert figures == json.loads(FROZEN.read_text("utf-8"))


@pytest.mark.skipif(not SCORE.exists(), reason="the contract's score.py is not beside the project")
@pytest.mark.parametrize("variant", [*VARIANTS, "text"])
def test_figures_are_those_of_the_contracts_score(db: Database, tmp_path: Path, variant: str) -> None:
    overlay = {"digital_signed": "digital_signed", "text": ""}.get(variant, "typeset")
    for path in FORMATS["json"](db, tmp_path / "all"):
        if path.stem.partition(".")[2] == ("" if variant == "text" else variant):
            path.rename(tmp_path / path.name)
    laid_over = ["--overlay", str(GOLD / "overlays" / f"{overlay}.json")] if overlay else []
    (tmp_path / "one").mkdir()
    for path in tmp_path.glob("*.json"):
        path.rename(tmp_path / "one" / path.name)
    command = [sys.executable, str(SCORE), str(GOLD), str(tmp_path / "one"), *laid_over, "--json"]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout)
    scores = evaluate(db, GOLD)[variant]
    assert scores.figures() == told["scores"]
    assert scores.missing == told["missing"]


def test_the_gold_itself_scores_full_as_text(db: Database) -> None:
    assert {one["f1"] for one in evaluate(db, GOLD)["text"].figures().values()} == {1.0}
    assert evaluate(db, GOLD)["text"].misses == []


def test_misses_name_the_plan_and_the_field(db: Database) -> None:
    misses = evaluate(db, GOLD)["digital"].misses
    assert {miss.field for miss in misses} >= {"sections", "support"}
    assert any(miss.plan == "003" and miss.text.startswith("missed: ") for miss in misses)
    lines = list(report(db, GOLD, misses=1))
    assert any(line.startswith("  [sections] 000: missed: ") for line in lines)


def test_two_records_of_a_plan_in_a_variant_are_refused(tmp_path: Path) -> None:
    base = open_database(tmp_path / "plans.db", must_exist=False)
    put(base, [record("000.office.pdf", content=b"1"), record("000.office.docx", content=b"2")])
    with pytest.raises(AmbiguousPlan):
        evaluate(base, GOLD)


def test_no_gold_and_no_plan_are_said(tmp_path: Path) -> None:
    base = open_database(tmp_path / "plans.db", must_exist=False)
    with pytest.raises(NotFound):
        evaluate(base, tmp_path)
    assert len(list(report(base, GOLD))) == 1


def test_each_item_is_used_once_best_pair_first() -> None:
    assert paired(["a b c d", "a b c e"], ["A, b, c: e", "a b c d!", "x"], similarity, 0.8) == [
        (0, 1),
        (1, 0),
    ]


def test_misses_of_one_field_are_all_listed_and_no_others(db: Database) -> None:
    found = evaluate(db, GOLD)
    told = [line for line in lines(found, GOLD, "lead") if line.startswith("  [")]
    assert told and all(line.startswith("  [lead] ") for line in told)
    assert len(told) == sum(miss.field == "lead" for scores in found.values() for miss in scores.misses)


def test_an_interval_holds_the_figure_and_is_the_same_each_time(db: Database) -> None:
    scores = evaluate(db, GOLD)["office"]
    between = intervals(scores, seed=1)
    assert between == intervals(scores, seed=1)
    assert list(between) == list(scores.figures())
    for name, one in scores.figures().items():
        low, high = between[name]
        assert 0 <= low <= one["f1"] <= high <= 1


def test_an_interval_is_wider_where_plans_differ() -> None:
    alike, unlike = Scores(), Scores()
    for plan, hits in enumerate((5, 5, 5, 5)):
        alike.plan = str(plan)
        alike.add("tasks", hits, 10, 10)
    for plan, hits in enumerate((0, 0, 10, 10)):
        unlike.plan = str(plan)
        unlike.add("tasks", hits, 10, 10)
    (low, high), (lower, higher) = intervals(alike)["tasks"], intervals(unlike)["tasks"]
    assert alike.figures() == unlike.figures()
    assert higher - lower > high - low


def test_values_hold_what_the_lines_say(db: Database) -> None:
    found = evaluate(db, GOLD)
    values = as_values(found, "tasks", intervals={name: intervals(one) for name, one in found.items()})
    assert values["bad"]["missing"] == ["000"]
    assert values["bad"]["scores"] == found["bad"].figures()
    assert {miss["field"] for miss in values["office"]["misses"]} == {"tasks"}
    assert json.loads(json.dumps(values)) == values


def test_figures_below_their_floor_are_named_and_what_is_not_there_is_below(db: Database) -> None:
    found = evaluate(db, GOLD)
    worst = found["bad"].figures()["tasks"]["f1"]
    floors = {"bad": {"tasks": worst, "lead": 1.0}, "phone": {"tasks": 0.1}, "text": {"wings": 0.0}}
    low = fallen(found, floors)
    assert [(one.variant, one.field) for one in low] == [
        ("bad", "lead"),
        ("phone", "tasks"),
        ("text", "wings"),
    ]
    assert low[1] == Fallen("phone", "tasks", 0.1, None)
    assert fallen(found, {"bad": {"tasks": worst + 0.001}}) != ()


@pytest.mark.parametrize(
    "content", ["", "- a", "digital: 0.9", "digital: {tasks: 97}", "digital: {tasks: yes}", "{"]
)
def test_broken_floors_are_a_plain_error(tmp_path: Path, content: str) -> None:
    (tmp_path / "floors.yaml").write_text(content)
    with pytest.raises(FloorsBroken):
        read_floors(tmp_path / "floors.yaml")
    with pytest.raises(NotFound):
        read_floors(tmp_path / "none.yaml")


def test_the_corpus_floors_are_read_and_name_fields_that_are_scored(db: Database) -> None:
    floors = read_floors(GOLD / "floors.yaml")
    scored = set(evaluate(db, GOLD)["text"].figures())
    assert {"digital", "digital_signed", "office", "text"} <= set(floors)
    assert {name for fields in floors.values() for name in fields} <= scored
