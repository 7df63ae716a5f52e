"""What we know, as data: finds `models/`, reads its YAML, checks and compiles it.

A rule that cannot be read raises RuleFileBroken with file and line. Patterns see NFC text, ignore
case, and a space in them is any white space.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from kehoach import patterns
from kehoach.errors import RuleFileBroken
from kehoach.text import fold_each, in_capitals, one_line

_PLACE = re.compile(r"\{\{(\w+)\}\}")
_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast where libyaml is there


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that a rule must read: `text`, and under `expect` what it must make of it."""

    text: str
    expect: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """A phrase rule. `value` and `params` mean what the reader of the file says they mean."""

    id: str
    pattern: re.Pattern[str]
    value: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[str, ...] = ()


def models_dir() -> Path:
    """The folder of rule data: inside the installed package, else at the repository's root."""
    inside = Path(__file__).parent / "models"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "models"


@lru_cache
def phrases(name: str) -> tuple[Rule, ...]:
    """The rules of `models/rules/NAME.yaml`, in file order, which is precedence."""
    return load_phrases(models_dir() / "rules" / f"{name}.yaml")


def first(rules: Sequence[Rule], text: str) -> tuple[Rule, re.Match[str]] | None:
    """The rule that wins on `text`: the first whose pattern is found, with where it is found."""
    return next(((rule, match) for rule in rules if (match := rule.pattern.search(text))), None)


def line_rule(name: str, line: str) -> Rule | None:
    """The rule of NAME that a printed line falls under. Its patterns see the line folded; rules with
    `params.capitals` speak of lines in capitals only."""
    capitals = in_capitals(line)
    fitting = [rule for rule in phrases(name) if capitals or not rule.params.get("capitals")]
    found = first(fitting, fold_each(one_line(line)))
    return found[0] if found else None


def load_phrases(path: Path) -> tuple[Rule, ...]:
    """Rules of one file. A file is a list of rules, or a mapping with `words` (named fragments) and
    `rules`.
    """
    root = yaml.compose(path.read_text("utf-8"), _LOADER)
    content = yaml.load(path.read_text("utf-8"), _LOADER)
    words: Mapping[str, str] = {}
    if isinstance(content, dict) and isinstance(root, yaml.MappingNode):
        words = content.get("words", {})
        content = content.get("rules")
        root = next((node for key, node in root.value if key.value == "rules"), root)
    if not isinstance(root, yaml.SequenceNode) or not isinstance(content, list):
        raise RuleFileBroken(path=path.name, line=1, reason="a list of rules is wanted")
    return tuple(_placed(content, root, words, path.name))


def _placed(
    content: Sequence[Any], root: yaml.SequenceNode, words: Mapping[str, str], path: str
) -> Iterator[Rule]:
    for entry, node in zip(content, root.value, strict=True):
        yield _rule(entry, words, path, node.start_mark.line + 1)


def _rule(entry: Any, words: Mapping[str, str], path: str, line: int) -> Rule:
    try:
        known = {"id", "pattern", "value", "params", "examples", "counterexamples", "note"}
        if unknown := set(entry) - known:
            raise KeyError(f"unknown key {', '.join(sorted(unknown))}")
        return Rule(
            id=entry["id"],
            pattern=compiled(entry["pattern"], words),
            value=str(entry.get("value", "")),
            params=entry.get("params", {}),
            examples=tuple(_example(one) for one in entry.get("examples", ())),
            counterexamples=tuple(entry.get("counterexamples", ())),
        )
    except (KeyError, TypeError, AttributeError, re.error) as error:
        raise RuleFileBroken(path=path, line=line, reason=error) from error


def _example(entry: Any) -> Example:
    if isinstance(entry, str):
        return Example(entry, {})
    return Example(entry["text"], {key: value for key, value in entry.items() if key != "text"})


def compiled(pattern: str, words: Mapping[str, str] | None = None) -> re.Pattern[str]:
    """A pattern of the house: `{{name}}` stands for a named fragment, a space for any white space."""
    whole = pattern
    while _PLACE.search(whole):
        whole = _PLACE.sub(lambda match: (words or {})[match[1]], whole)
    return patterns.compiled(re.sub(r"(?<!\\) ", r"\\s+", whole), re.IGNORECASE)


@lru_cache
def data(name: str) -> Any:
    """A YAML file under `models/` as plain values, for tables that are no phrase rules."""
    path = models_dir() / name
    try:
        return yaml.load(path.read_text("utf-8"), _LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise RuleFileBroken(path=path.name, line=mark.line + 1 if mark else 1, reason=error) from error


def placed(path: Path) -> tuple[Any, Mapping[tuple[str, int], int]]:
    """A YAML file as plain values, with the line on which each entry of its lists begins, by list and place.

    Raises RuleFileBroken where it is no YAML mapping, or cannot be read.
    """
    try:
        text = path.read_text("utf-8")
        root, content = yaml.compose(text, _LOADER), yaml.load(text, _LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise RuleFileBroken(path=path.name, line=line, reason=error.problem) from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise RuleFileBroken(path=path.name, line=1, reason=error) from error
    if not isinstance(root, yaml.MappingNode):
        raise RuleFileBroken(path=path.name, line=1, reason="a mapping is wanted")
    lines = {
        (str(key.value), place): entry.start_mark.line + 1
        for key, node in root.value
        if isinstance(node, yaml.SequenceNode)
        for place, entry in enumerate(node.value)
    }
    return content, lines


@lru_cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """A tab-separated table under `models/`, without a head; gzipped where its name ends in .gz. Raises
    RuleFileBroken where rows have different lengths."""
    raw = (models_dir() / name).read_bytes()
    text = (gzip.decompress(raw) if name.endswith(".gz") else raw).decode("utf-8")
    found = tuple(tuple(line.split("\t")) for line in text.splitlines())
    for number, row in enumerate(found, start=1):
        if len(row) != len(found[0]):
            raise RuleFileBroken(path=name, line=number, reason=f"{len(row)} cells")
    return found
