"""An exported record is valid, complete and named as the contract says."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from sqlite_utils import Database

from kehoach.document.facts import Record
from kehoach.export.record import as_json, write_json
from kehoach.rules import models_dir
from kehoach.store.read import open_database
from kehoach.store.rows import storable
from kehoach.store.write import land
from made_records import from_json, gold_records, plan, record, records

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SCHEMA = Draft202012Validator(json.loads((models_dir() / "schema" / "plan.schema.json").read_text("utf-8")))
GOLD = Path(__file__).parents[2] / "corpus" / "gold"


def put(db: Database, found: Record) -> int:
    landed = land(db, source=found.source, received_at=NOON, outcome="read", record=found, plan=plan("Một"))
    assert landed.document_id is not None
    return landed.document_id


@settings(max_examples=20, deadline=None)
@given(records())
def test_any_record_is_exported_in_the_contracts_shape(found: Record) -> None:
    with TemporaryDirectory() as folder:  # a database of its own: the same bytes would not land twice
        db = open_database(Path(folder, "plans.db"), must_exist=False)
        told = json.loads(json.dumps(as_json(db, put(db, found))))
        db.close()
    assert [error.message for error in SCHEMA.iter_errors(told)] == []
    assert [one["text"] for one in told["tasks"]] == [storable(one.text) for one in found.tasks]


@pytest.mark.parametrize("path", sorted(GOLD.glob("*.json")), ids=lambda path: path.stem)
def test_gold_that_lands_comes_out_as_it_was(tmp_path: Path, path: Path) -> None:
    gold = json.loads(path.read_text("utf-8"))
    db = open_database(tmp_path / "plans.db", must_exist=False)
    out = as_json(db, put(db, from_json(gold, gold["source"]["file"])))
    SCHEMA.validate(out)
    assert missing(gold, out) == []


def missing(wanted: Any, told: Any, path: str = "") -> list[str]:
    """Paths of what `wanted` says and `told` does not; `told` may say more, but lists have one length."""
    match wanted:
        case dict():
            return [
                one
                for key, value in wanted.items()
                if key not in ("page", "pages", "sha256")
                for one in missing(value, told.get(key), f"{path}.{key}")
            ]
        case list() if isinstance(told, list) and len(told) == len(wanted):
            pairs = enumerate(zip(wanted, told, strict=True))
            return [one for place, pair in pairs for one in missing(*pair, f"{path}[{place}]")]
        case _:
            return [] if wanted == told else [f"{path}: {wanted!r} {told!r}"]


def test_a_whole_number_is_exported_without_a_point(tmp_path: Path) -> None:
    db = open_database(tmp_path / "plans.db", must_exist=False)
    values = [one["value"] for one in as_json(db, put(db, gold_records(GOLD, "digital")[3]))["targets"]]
    assert 80 in values and not any(isinstance(value, float) and value.is_integer() for value in values)


def test_files_are_named_after_what_was_submitted(tmp_path: Path) -> None:
    db = open_database(tmp_path / "plans.db", must_exist=False)
    names = ("000.digital.pdf", "kế hoạch.docx", "kế hoạch.pdf", "no_extension")
    found = [record(name, content=name.encode()) for name in names]
    for one in found:
        put(db, one)
    out = tmp_path / "out"
    written = write_json(db, out)
    shared = [f"kế hoạch-{one.source.sha256[:8]}.json" for one in found[1:3]]
    assert sorted(path.name for path in out.iterdir()) == sorted(
        ["000.digital.json", "no_extension.json", *shared]
    )
    assert {json.loads(path.read_text("utf-8"))["source"]["file"] for path in written} == set(names)


def test_a_second_document_of_a_file_is_numbered(tmp_path: Path) -> None:
    db = open_database(tmp_path / "plans.db", must_exist=False)
    put(db, found := record("two.pdf"))
    db.table("documents").insert(next(db.query("SELECT * FROM documents")) | {"id": 2, "ordinal": 2})
    stem = f"two-{found.source.sha256[:8]}"
    assert [path.name for path in write_json(db, tmp_path)] == [f"{stem}.json", f"{stem}-2.json"]
    assert (tmp_path / "plans.db").exists()
