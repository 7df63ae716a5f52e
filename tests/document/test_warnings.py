"""Every warning says something, in the language asked for, whatever facts come with it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import kehoach
from kehoach.document.page import ReadingWarning
from kehoach.document.warnings import MESSAGES, warning_text


def codes() -> set[str]:
    """Codes that the package gives to ReadingWarning as plain strings."""
    calls = [
        node
        for path in Path(kehoach.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "ReadingWarning"
    ]
    first = (call.args[0] for call in calls if call.args)
    return {one.value for one in first if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def test_every_code_has_a_sentence() -> None:
    assert codes() and codes() <= set(MESSAGES)


@pytest.mark.parametrize("code", MESSAGES)
def test_a_sentence_stands_without_its_facts(code: str) -> None:
    assert warning_text(ReadingWarning(code), "en").endswith(".")


def test_an_unknown_code_is_shown_as_it_is() -> None:
    assert "smudge" in warning_text(ReadingWarning("smudge", 3, None, (("odd", "{x}"),)), "en")
