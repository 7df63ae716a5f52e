"""Checklists as data: rules, the profiles that choose them, and a province's own file laid over ours.

A broken file raises RuleFileBroken with file, line and reason.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from kehoach.check.registry import TESTS
from kehoach.check.rule import WORDS, CheckRule, compiled_words
from kehoach.document.facts import Record
from kehoach.document.finding import Severity
from kehoach.errors import RuleFileBroken
from kehoach.rules import data, models_dir, placed
from kehoach.text import fold_each

OURS = "kehoach"  # what a province's file extends
BASES = ("law", "practice")
PLACES = (
    "head",
    "number",
    "date",
    "title",
    "opening",
    "body",
    "end",
    "sign",
    "recipients",
    "pages",
    "appendix",
)
RANGES = ("", "first", "sign", "all")
_BRACES = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True, slots=True)
class Profile:
    """Rules for a kind of document. `applies`: what the document must be, all of it."""

    id: str
    title: str
    rules: tuple[str, ...]
    types: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    indices: tuple[str, ...] = ()
    title_words: str = ""
    has_tasks: bool = False

    def fits(self, record: Record) -> bool:
        """Whether the profile is for this document."""
        head = record.header
        if self.has_tasks and not record.tasks:
            return False
        if self.types and head.type not in self.types:
            return False
        if self.levels and head.issuer.level not in self.levels:
            return False
        about = bool(self.title_words) and bool(
            compiled_words(self.title_words).search(fold_each(head.title or ""))
        )
        return about or not (self.indices or self.title_words) or bool(set(self.indices) & set(head.indices))


@dataclass(frozen=True, slots=True)
class Checklist:
    """All rules by id, in order, and the profiles. `name`: kehoach, or the province's file."""

    name: str
    rules: Mapping[str, CheckRule]
    profiles: tuple[Profile, ...]

    def chosen(self, record: Record) -> tuple[Profile, ...]:
        """The profiles that fit a document."""
        return tuple(one for one in self.profiles if one.fits(record))

    def rules_for(self, record: Record) -> tuple[CheckRule, ...]:
        """The rules of all fitting profiles, each once, in the checklist's order."""
        wanted = {rule for profile in self.chosen(record) for rule in profile.rules}
        return tuple(
            rule for rule in self.rules.values() if rule.id in wanted and _speaks_of(rule, record.header.type)
        )


def _speaks_of(rule: CheckRule, kind: str) -> bool:
    return kind not in rule.not_types and (not rule.types or kind in rule.types)


@lru_cache
def ours() -> Checklist:
    """The checklist of `models/checks`."""
    index = data("checks/index.yaml")
    empty = Checklist(OURS, {}, ())
    for name in index["files"]:
        empty = _laid_over(empty, models_dir() / "checks" / name)
    return replace(empty, name=OURS)


@lru_cache
def load(path: Path | None = None) -> Checklist:
    """Our checklist, with a province's file laid over it if one is given.

    The file says `extends: kehoach`; its `rules` change given keys of ours or add new ones, its `profiles`
    change (`add`, `drop`) ours or add new ones.
    """
    if path is None:
        return ours()
    content, _ = placed(path)
    if not isinstance(content, dict) or content.get("extends") != OURS:
        raise RuleFileBroken(path=path.name, line=1, reason=f"“extends: {OURS}” is wanted at the top")
    return _laid_over(ours(), path)


def _laid_over(base: Checklist, path: Path) -> Checklist:
    content, lines = placed(path)
    if not isinstance(content, dict):
        raise RuleFileBroken(path=path.name, line=1, reason="a mapping is wanted")
    for name in ("rules", "profiles"):
        if not isinstance(content.get(name, []), list):
            raise RuleFileBroken(path=path.name, line=1, reason=f"{name} must be a list")
    if strange := set(content) - {"extends", "version", "rules", "profiles"}:
        raise RuleFileBroken(path=path.name, line=1, reason=f"unknown key {', '.join(sorted(strange))}")
    rules = dict(base.rules)
    for place, entry in enumerate(content.get("rules") or ()):
        rule = _guarded(path, lines[("rules", place)], _rule, entry, rules)
        rules[rule.id] = rule
    profiles = {one.id: one for one in base.profiles}
    for place, entry in enumerate(content.get("profiles") or ()):
        profile = _guarded(path, lines[("profiles", place)], _profile, entry, profiles, rules)
        profiles[profile.id] = profile
    return Checklist(path.name, rules, tuple(profiles.values()))


def _guarded(path: Path, line: int, make: Any, *arguments: Any) -> Any:
    try:
        return make(*arguments)
    except KeyError as error:
        reason = f"{error.args[0]} is missing"
        raise RuleFileBroken(path=path.name, line=line, reason=reason) from error
    except (TypeError, ValueError, AttributeError, re.error) as error:
        raise RuleFileBroken(path=path.name, line=line, reason=error) from error


_NEEDED = ("id", "title", "severity", "basis", "test", "message", "fix")
_KEYS = frozenset(CheckRule.__dataclass_fields__) - {"cite"}


def _rule(entry: Any, known: Mapping[str, CheckRule]) -> CheckRule:
    _must_map(entry)
    if unknown := set(entry) - _KEYS:
        raise ValueError(f"unknown key {', '.join(sorted(unknown))}")
    old = known.get(entry["id"])
    if old is None:
        for name in _NEEDED:
            entry[name]  # a missing one raises KeyError with its name
    values = {name: _READ.get(name, _as_it_is)(value) for name, value in entry.items()}
    if "basis" in values:
        values["basis"], values["cite"] = values["basis"]
    if old is not None and "params" in values:
        values["params"] = {**old.params, **values["params"]}
    rule = replace(old, **values) if old else CheckRule(**values)
    _check(rule)
    return rule


def _must_map(entry: Any) -> None:
    if not isinstance(entry, dict):
        raise TypeError("a mapping is wanted")


def _check(rule: CheckRule) -> None:
    if rule.test not in TESTS:
        raise ValueError(f"no test {rule.test}; there are {', '.join(sorted(TESTS))}")
    if rule.place not in PLACES or rule.needs not in RANGES:
        raise ValueError(f"place must be one of {', '.join(PLACES)}; needs one of {', '.join(RANGES[1:])}")
    for name in rule.params:
        if name.endswith(WORDS):
            rule.pattern(name)
    allowed = data("checks/reasons.yaml")["placeholders"]
    for text in (rule.message, *rule.variants.values()):
        if strange := {name for name in _BRACES.findall(text)} - set(allowed):
            raise ValueError(f"unknown placeholder {', '.join(sorted(strange))}")


def _as_it_is(value: Any) -> Any:
    return value


def _basis(value: Any) -> tuple[str, str]:
    if value["kind"] not in BASES:
        raise ValueError(f"basis must be one of {', '.join(BASES)}")
    return value["kind"], value["cite"]


def _steps(value: Mapping[Any, str]) -> tuple[tuple[date, Severity], ...]:
    return tuple(sorted((_day(day), Severity(weight)) for day, weight in value.items()))


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _tuple(value: Sequence[Any]) -> tuple[Any, ...]:
    if isinstance(value, str):
        raise ValueError("a list is wanted")
    return tuple(value)


_READ: Mapping[str, Any] = {
    "severity": Severity,
    "basis": _basis,
    "fields": _tuple,
    "types": _tuple,
    "uncited": _tuple,
    "not_types": _tuple,
    "examples": _tuple,
    "counterexamples": _tuple,
    "valid_from": _day,
    "valid_to": _day,
    "severity_from": _steps,
}


def _profile(entry: Any, known: Mapping[str, Profile], rules: Mapping[str, CheckRule]) -> Profile:
    _must_map(entry)
    allowed = frozenset(Profile.__dataclass_fields__) | {"add", "drop"}
    if unknown := set(entry) - allowed:
        raise ValueError(f"unknown key {', '.join(sorted(unknown))}")
    old = known.get(entry["id"])
    listed = tuple(entry["rules"]) if old is None or "rules" in entry else old.rules
    drop = set(entry.get("drop", ()))
    listed = tuple(one for one in (*listed, *entry.get("add", ())) if one not in drop)
    if strange := [one for one in (*listed, *drop) if one not in rules]:
        raise ValueError(f"no rule {', '.join(strange)}")
    values = {name: entry[name] for name in ("title", "title_words", "has_tasks") if name in entry}
    values |= {name: _tuple(entry[name]) for name in ("types", "levels", "indices") if name in entry}
    if old is not None:
        return replace(old, rules=listed, **values)
    return Profile(id=entry["id"], rules=listed, **values)
