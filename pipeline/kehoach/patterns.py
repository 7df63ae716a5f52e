"""Patterns compiled once for all processes, kept in the user's cache as Python keeps its own compiled code.

`re` needs more than a second of every process for the rules' patterns, most of it for classes of letters
that OCR takes for each other; their code is read back in a few milliseconds (docs/decisions/page-speed.md).
The file belongs to one version of `re` and may be deleted at any time. What is called here is what
`re.compile` calls (CPython 3.11 and later, `Lib/re/_compiler.py`); another interpreter compiles as ever.
"""

from __future__ import annotations

import atexit
import importlib
import marshal
import os
import re
import sys
from array import array
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

# Flags, code, number of groups, groups by name, names by group: what `_sre.compile` asks for.
Code = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
Key = tuple[str, int]

_WORD = "I"  # SRE's code words are 32 bits wide
_MOST = 4000  # patterns: the rules have some 700; a file with more holds those of rules that are no more


@cache
def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` makes of `pattern`; from the kept code where it is there. Raises re.error."""
    if sys.implementation.name != "cpython":
        return re.compile(pattern, flags)
    kept, key = _kept(), (pattern, int(flags))
    if code := kept.codes.get(key):
        # A damaged file: `_sre` checks what it is given.
        with suppress(TypeError, ValueError, RuntimeError, OverflowError):
            return _from_code(pattern, code)
    kept.add(key, code := _code(pattern, int(flags)))
    return _from_code(pattern, code)


def keep() -> None:
    """Writes what was compiled anew in this process; a folder that cannot be written keeps nothing."""
    if sys.implementation.name == "cpython":
        _kept().write()


class _Kept:
    """The codes of a file, and those that are new to it, written at the process's end at the latest."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.codes = _read(path)
        self._new: dict[Key, Code] = {}

    def add(self, key: Key, code: Code) -> None:
        if not self._new:
            atexit.register(self.write)
        self.codes[key] = self._new[key] = code

    def write(self) -> None:
        if not self._new:
            return
        atexit.unregister(self.write)
        written = self.codes if len(self.codes) <= _MOST else self._new
        half = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            half.write_bytes(marshal.dumps(written))
            half.replace(self.path)
        except OSError:
            with suppress(OSError):
                half.unlink()
        self._new = {}


def _read(path: Path) -> dict[Key, Code]:
    try:
        found = marshal.loads(path.read_bytes())
    except (OSError, EOFError, ValueError, TypeError):
        return {}
    return found if isinstance(found, dict) else {}


@lru_cache
def _kept() -> _Kept:
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return _Kept(Path(cache, "kehoach", f"patterns.{sys.implementation.cache_tag}.{_sre().MAGIC}"))


def _code(pattern: str, flags: int) -> Code:
    """The steps of `re._compiler.compile` up to the code. Raises re.error."""
    parser, compiler = importlib.import_module("re._parser"), importlib.import_module("re._compiler")
    parsed = parser.parse(pattern, flags)
    words = compiler._code(parsed, flags)
    state = parsed.state
    names: list[str | None] = [None] * state.groups
    for name, number in state.groupdict.items():
        names[number] = name
    whole = array(_WORD, words).tobytes()
    return flags | state.flags, whole, state.groups - 1, dict(state.groupdict), tuple(names)


def _from_code(pattern: str, code: Code) -> re.Pattern[str]:
    flags, words, groups, by_name, names = code
    made: re.Pattern[str] = _sre().compile(
        pattern, flags, array(_WORD, words).tolist(), groups, by_name, names
    )
    return made


def _sre() -> Any:
    return importlib.import_module("_sre")
