"""Patterns from kept code are what `re.compile` makes, whatever state the file is in."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach import patterns
from kehoach.errors import RuleFileBroken
from kehoach.extract.verbs import verbs
from kehoach.rules import models_dir, phrases

PATTERNS = [
    (r"(?P<day>\d{1,2})[./](?P<month>\d{1,2})|(trước)\s+(?=ngày)", re.IGNORECASE),
    (r"(?<!\w)(?:tăng cường|tăng)\b", 0),
    (r"^\s*(?i:quý) ([IVX]+)$", re.MULTILINE),
]
SCRIPT = """
from kehoach import patterns
print(len(patterns._kept().codes), patterns.compiled(r"t[oôố] chức(?P<rest>.*)").search("tố chức họp")["rest"])
patterns.keep()
"""


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """An empty cache of this test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    patterns._kept.cache_clear()
    patterns.compiled.cache_clear()
    yield tmp_path / "kehoach"
    patterns._kept.cache_clear()
    patterns.compiled.cache_clear()


def again():
    patterns.keep()
    patterns._kept.cache_clear()
    patterns.compiled.cache_clear()


def looks(one):
    return one.pattern, one.flags, one.groups, dict(one.groupindex)


@pytest.mark.parametrize(("pattern", "flags"), PATTERNS)
def test_a_kept_pattern_is_the_one_that_re_compiles(cache, pattern, flags):
    fresh = patterns.compiled(pattern, flags)
    again()
    assert (pattern, int(flags)) in patterns._kept().codes
    kept, wanted = patterns.compiled(pattern, flags), re.compile(pattern, flags)
    assert looks(fresh) == looks(kept) == looks(wanted)
    assert fresh == kept == wanted


def test_every_phrase_rule_and_verb_compiles_to_what_re_compiles():
    rules = [rule for path in sorted((models_dir() / "rules").glob("*.yaml")) for rule in of_file(path.stem)]
    known = [rule.pattern for rule in rules] + [verbs().chain, verbs().inside, verbs().next_verb]
    assert len(known) > 100
    for one in known:
        assert one == re.compile(one.pattern, one.flags)


def of_file(name):
    try:
        return phrases(name)
    except RuleFileBroken:  # a table of plain values, no phrase rules
        return ()


@given(text=st.text("tăngcườ ng,;", max_size=40))
def test_a_kept_pattern_finds_what_re_finds(text):
    pattern = r"(?:tăng cường|tăng)(?:,|\b)"
    found, wanted = patterns.compiled(pattern).finditer(text), re.compile(pattern).finditer(text)
    assert [one.span() for one in found] == [one.span() for one in wanted]


def test_another_process_reads_what_one_has_kept(tmp_path):
    environment = {"XDG_CACHE_HOME": str(tmp_path), "PYTHONPATH": str(Path(patterns.__file__).parents[1])}
    told = [
        subprocess.run([sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True)
        for _ in range(2)
    ]
    assert [one.stdout for one in told] == ["0  họp\n", "1  họp\n"], told[0].stderr


@pytest.mark.parametrize("damage", [b"", b"\xff\x00", None])
def test_a_damaged_file_costs_nothing_but_time(cache, damage):
    pattern = PATTERNS[1][0]
    patterns.compiled(pattern)
    again()
    path = patterns._kept().path
    if damage is None:
        flags, code, *rest = patterns._kept().codes[pattern, 0]
        patterns._kept().codes[pattern, 0] = (flags, b"\xff" * len(code), *rest)
    else:
        path.write_bytes(damage)
        patterns._kept.cache_clear()
    assert patterns.compiled(pattern).search("sẽ tăng cường")[0] == "tăng cường"


def test_a_folder_that_cannot_be_written_keeps_nothing(cache):
    cache.parent.joinpath("kehoach").write_text("a file stands where the folder should be")
    assert patterns.compiled(r"a+b").fullmatch("aab")
    again()
    assert not patterns._kept().codes


def test_a_wrong_pattern_raises_as_re_does(cache):
    with pytest.raises(re.error, match="unterminated"):
        patterns.compiled("(a")


def test_code_of_rules_that_are_no_more_goes(cache, monkeypatch):
    monkeypatch.setattr(patterns, "_MOST", 2)
    for pattern in ("a", "b", "c"):
        patterns.compiled(pattern)
        again()
    assert {pattern for pattern, _flags in patterns._kept().codes} == {"c"}
