"""The records of a database against gold records, by variant: NAME.VARIANT.pdf is of VARIANT."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from kehoach.errors import AmbiguousPlan, NotFound
from kehoach.evaluate.fields import Json, score
from kehoach.evaluate.scores import Scores
from kehoach.export.record import as_json
from kehoach.sqlite import Database
from kehoach.store import read

TYPESET = ("digital", "office", "bad")  # variants whose overlay is typeset.json
TEXT = "text"  # the variant of NAME.txt


def evaluate(db: Database, gold_dir: Path) -> dict[str, Scores]:
    """Scores by variant: NAME.VARIANT.pdf is of VARIANT, NAME.txt is `text`.

    Raises NotFound when there are no gold records, AmbiguousPlan when a variant has two records of a plan.
    """
    golds = {path.stem: path for path in sorted(gold_dir.glob("*.json"))}
    if not golds:
        raise NotFound(name=gold_dir / "*.json")
    return {
        variant: _scores(db, golds, _overlay(gold_dir, variant), ids)
        for variant, ids in sorted(_by_variant(db, tuple(golds)).items())
    }


def _by_variant(db: Database, names: Sequence[str]) -> dict[str, dict[str, int]]:
    """Document ids by variant and gold name."""
    found: dict[str, dict[str, int]] = {}
    for plan in read.plans(db):
        stem = plan.file_name.rsplit(".", 1)[0]
        for name in names:
            if stem != name and not stem.startswith(f"{name}."):
                continue
            of_variant = found.setdefault(stem[len(name) + 1 :] or _plain_variant(plan), {})
            if name in of_variant:
                raise AmbiguousPlan(plan=stem, ids=f"{of_variant[name]}, {plan.id}")
            of_variant[name] = plan.id
    return found


def _plain_variant(plan: read.PlanLine) -> str:
    """The variant of NAME without one: `text`, or what the file's extension says."""
    extension = plan.file_name.rpartition(".")[2].casefold()
    return TEXT if plan.kind == TEXT else extension


def _overlay(gold_dir: Path, variant: str) -> Json:
    names = (variant, "typeset") if variant in TYPESET else (variant,)
    for path in (gold_dir / "overlays" / f"{name}.json" for name in names if variant != TEXT):
        if path.is_file():
            overlay: Json = json.loads(path.read_text("utf-8"))
            return overlay
    return {}


def _scores(db: Database, golds: Mapping[str, Path], overlay: Json, ids: Mapping[str, int]) -> Scores:
    scores = Scores(missing=[name for name in golds if name not in ids])
    for name, path in golds.items():
        gold = json.loads(path.read_text("utf-8"))
        laid_over = {key: gold.get(key, {}) | value for key, value in overlay.get(name, {}).items()}
        scores.plan = name
        score(gold | laid_over, as_json(db, ids[name]) if name in ids else {}, scores)
    return scores
