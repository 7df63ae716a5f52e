"""Users read Vietnamese: every marked string has its translation, and the compiled catalogue is in step."""

import ast
import re
from pathlib import Path

import polib
import pytest

from kehoach.messages import LOCALE_DIR, N_, _, translated

PACKAGE = Path(__file__).parents[1] / "pipeline" / "kehoach"
CATALOGUE = LOCALE_DIR / "vi" / "LC_MESSAGES" / "kehoach.po"
MARKS = {"_", "N_", "translated"}
PLACE = re.compile(r"\{[^{}]*\}")


IN_TEMPLATES = re.compile(r"""\b_\((?:"([^"]*)"|'([^']*)')\)""")


def marked() -> set[str]:
    """Every string literal that the package passes to a mark, in code and in templates of pages."""
    found = set()
    for path in PACKAGE.rglob("*.html"):
        found |= {one or other for one, other in IN_TEMPLATES.findall(path.read_text("utf-8"))}
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if is_marked(node) and isinstance(node.args[0], ast.Constant):
                found.add(str(node.args[0].value))
    return found


def is_marked(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") in MARKS and bool(node.args)


@pytest.fixture(scope="module")
def catalogue(accept):
    loaded = polib.pofile(str(CATALOGUE))
    if accept:
        loaded.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))
    return loaded


def test_every_marked_string_is_in_the_catalogue_and_nothing_else(catalogue):
    there = {entry.msgid for entry in catalogue if not entry.obsolete}
    assert marked() - there == set(), "add to kehoach.po, then ./test --accept tests/test_messages.py"
    assert there - marked() == set(), "no code says this any more"


def test_every_entry_is_translated_with_the_same_placeholders(catalogue):
    for entry in catalogue:
        assert entry.msgstr and "fuzzy" not in entry.flags, entry.msgid
        assert sorted(PLACE.findall(entry.msgid)) == sorted(PLACE.findall(entry.msgstr)), entry.msgid


def test_the_compiled_catalogue_is_in_step(catalogue):
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    assert {one.msgid: one.msgstr for one in compiled} == {one.msgid: one.msgstr for one in catalogue}


def test_users_read_vietnamese_unless_they_ask_for_english(monkeypatch):
    message = N_("Interrupted. What has landed in the database stays; run the command again to go on.")
    monkeypatch.delenv("KEHOACH_LANG", raising=False)
    assert _(message).startswith("Đã dừng")
    monkeypatch.setenv("KEHOACH_LANG", "")
    assert _(message).startswith("Đã dừng")
    monkeypatch.setenv("KEHOACH_LANG", "en")
    assert _(message) == message
    assert translated(message, "vi").startswith("Đã dừng")


def test_strings_are_marked_as_literals():
    """A mark around an f-string would never find its translation; `_(name)` may pass a marked one."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if is_marked(node):
                assert not isinstance(node.args[0], ast.JoinedStr | ast.BinOp), f"{path.name}:{node.lineno}"
