"""Who writes: the settings file of a province's office. What it does not say stays blank in the letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from kehoach.errors import LetterheadBroken, RuleFileBroken
from kehoach.rules import data, placed

LISTS = {"recipients"}
TABLES = {"practice"}


@dataclass(frozen=True, slots=True)
class Letterhead:
    """All as it is to be printed. `superior`: cơ quan chủ quản (UBND tỉnh …); `agency`: the office in full,
    `short` as the letter calls it; `department`: who reviews; `place`: địa danh; `symbol`: behind the number
    (SNV-CCHC); `archive`: behind "Lưu: VT,"; `signer_authority`: lines above the position (KT. GIÁM ĐỐC);
    `recipients`: more of them; `practice`: the province's own document by rule, where no law asks for it.
    """

    superior: str = ""
    agency: str = ""
    short: str = ""
    department: str = ""
    place: str = ""
    symbol: str = ""
    archive: str = ""
    reviewer: str = ""
    head_of_department: str = ""
    signer_authority: str = ""
    signer_position: str = ""
    signer_name: str = ""
    recipients: tuple[str, ...] = ()
    practice: Mapping[str, str] = field(default_factory=dict)

    def said(self, name: str) -> str:
        """A text field, or the blank where the file does not have it."""
        return str(getattr(self, name)) or blank()

    @property
    def calls_itself(self) -> str:
        """The office as the letter calls it."""
        return self.short or self.said("agency")


def blank() -> str:
    """What stands where a fact is not known."""
    return str(data("letter/texts.yaml")["blank"])


def read_letterhead(path: Path | None) -> Letterhead:
    """The settings in a YAML file; all blank without one. Raises LetterheadBroken with file and reason."""
    if path is None:
        return Letterhead()
    try:
        content, _lines = placed(path)
        return Letterhead(**_checked(content))
    except RuleFileBroken as error:
        reason = f"{error.facts['line']}: {error.facts['reason']}"
        raise LetterheadBroken(path=path.name, reason=reason) from error
    except (TypeError, ValueError) as error:
        raise LetterheadBroken(path=path.name, reason=error) from error


def _checked(content: Mapping[str, Any]) -> dict[str, Any]:
    known = {one.name for one in fields(Letterhead)}
    if strange := [str(name) for name in content if name not in known]:
        raise ValueError(f"unknown key {', '.join(strange)}; there are {', '.join(sorted(known))}")
    return {name: _value(name, value) for name, value in content.items() if value is not None}


def _value(name: str, value: Any) -> Any:
    if name in LISTS and isinstance(value, list):
        return tuple(map(str, value))
    if name in TABLES and isinstance(value, dict):
        return {str(rule): str(document) for rule, document in value.items()}
    if name in LISTS | TABLES or isinstance(value, list | dict):
        raise ValueError(
            f"{name} must be {'a list' if name in LISTS else 'a mapping' if name in TABLES else 'text'}"
        )
    return str(value)
