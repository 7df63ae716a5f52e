"""Families of invented plans with their truth: who carries out what, who copied whom, what is answered."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from kehoach.errors import NotFound
from kehoach.text import one_line

TRUTHS = ("truth.json", "truth.yaml")


@dataclass(frozen=True, slots=True)
class Family:
    """A superior plan and the plans below it. `pairs`: (file, superior's task, task) to its relation in
    front; `deadlines`, `targets`: (file, superior's task or target, relation); the rest as in truth.json.
    """

    name: str
    superior: str
    below: tuple[str, ...]
    pairs: Mapping[tuple[str, str, str], str]
    deadlines: frozenset[tuple[str, str, str]] = frozenset()
    targets: frozenset[tuple[str, str, str]] = frozenset()
    copies: Sequence[Mapping[str, Any]] = ()
    answers: Mapping[str, Any] = field(default_factory=dict)
    units: tuple[str, ...] = ()


def read_family(folder: Path, texts: Mapping[str, Sequence[str]]) -> Family:
    """The family of a folder. `texts`: by file the tasks that were read. Raises NotFound without a truth."""
    path = next((folder / name for name in TRUTHS if (folder / name).is_file()), None)
    if path is None:
        raise NotFound(path=folder / TRUTHS[0])
    if path.suffix == ".json":
        return _full(folder.name, json.loads(path.read_text("utf-8")))
    return _short(folder.name, yaml.safe_load(path.read_text("utf-8")), texts)


def _full(name: str, truth: Mapping[str, Any]) -> Family:
    tasks = {one["id"]: one_line(one["superior_task"]) for one in truth["alignment"]}
    return Family(
        name,
        truth["superior"],
        tuple(one["file"] for one in truth["documents"] if one["role"] == "commune"),
        {
            (row["file"], tasks[one["id"]], one_line(task)): row["relation"]
            for one in truth["alignment"]
            for row in one["communes"]
            for task in row["tasks"]
        },
        frozenset((row["file"], tasks[row["superior_task"]], row["relation"]) for row in truth["deadlines"]),
        frozenset(
            (row["file"], one["superior"]["text"], row["relation"])
            for one in truth["targets"]
            for row in one["communes"]
        ),
        truth["copies"],
        truth["answers"],
        tuple(one["issuer"] for one in truth["units"]),
    )


def _short(name: str, truth: Mapping[str, Any], texts: Mapping[str, Sequence[str]]) -> Family:
    """A truth that names tasks by their first words."""
    superior, communes = truth["superior"], truth["communes"]
    pairs = {
        (file, _begun(texts, superior, one["task"]), _begun(texts, file, words)): one[key][0]
        for one in truth["alignment"]
        for key, file in communes.items()
        for words in one.get(key, ())[1:]
    }
    return Family(name, superior, tuple(communes.values()), pairs)


def _begun(texts: Mapping[str, Sequence[str]], file: str, words: str) -> str:
    """The task that begins so; the words themselves where none was read, which then counts as missed."""
    wanted = one_line(words)
    return next((text for text in texts.get(file, ()) if text.startswith(wanted)), wanted)
