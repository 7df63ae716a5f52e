"""Patterns compiled once for all processes, kept as Python keeps its own compiled code.

`re` needs more than a second of every process for the rules' patterns, most of it for classes of letters
that OCR takes for each other; their code is read back in a few milliseconds (docs/decisions/page-speed.md).
The file stands where `importlib.util.cache_from_source` puts one, belongs to one interpreter and one state
of the rules, and may be deleted at any time. What is called here is what `re.compile` calls (CPython 3.11 and
later, `Lib/re/_compiler.py`); another interpreter compiles as ever.
"""

from __future__ import annotations

import atexit
import hashlib
import importlib
import importlib.util
import marshal
import os
import re
import sys
from array import array
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

# flags, code, number of groups, groups by name, names by group: what `_sre.compile` asks for.
Code = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
Key = tuple[str, int]

_KEEPS = sys.implementation.name == "cpython" and sys.implementation.cache_tag is not None
_CODE_TYPE = "I"  # SRE's code words are 32 bits wide


@cache
def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` makes of `pattern`; from the kept code where it is there. Raises re.error."""
    if not _KEEPS:
        return re.compile(pattern, flags)
    kept, key = _kept(), (pattern, int(flags))
    if key not in kept.codes:
        kept.codes[key] = _code(pattern, int(flags))
        kept.note()
    return _from_code(pattern, kept.codes[key])


def keep() -> None:
    """Writes what was compiled anew in this process; a folder that cannot be written keeps nothing."""
    if _KEEPS:
        _kept().write()


class _Kept:
    """The code of one state of the models; `note` says that it has grown."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.codes: dict[Key, Code] = _read(path)
        self._has_grown = False

    def note(self) -> None:
        if not self._has_grown:
            self._has_grown = True
            atexit.register(self.write)

    def write(self) -> None:
        if not self._has_grown:
            return
        self._has_grown = False
        atexit.unregister(self.write)
        half = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            half.write_bytes(marshal.dumps(self.codes))
            half.replace(self.path)
        except OSError:
            with suppress(OSError):
                half.unlink()
        _forget_others(self.path)


def _read(path: Path) -> dict[Key, Code]:
    try:
        found = marshal.loads(path.read_bytes())
    except (OSError, EOFError, ValueError, TypeError):
        return {}
    return found if isinstance(found, dict) else {}


def _forget_others(path: Path) -> None:
    """Files of earlier states of the models."""
    for other in path.parent.glob(f"{path.name.split('-')[0]}-*"):
        if not other.name.startswith(path.name):
            with suppress(OSError):
                other.unlink()


@lru_cache
def _kept() -> _Kept:
    beside = Path(importlib.util.cache_from_source(__file__))
    return _Kept(beside.with_name(f"{beside.stem}.rules-{_state()}"))


def _state() -> str:
    """The rules' state, by the names, sizes and times of their files, as Python tells changed sources."""
    package = Path(__file__).parent
    folder = package / "models" if (package / "models").is_dir() else package.parents[1] / "models"
    files = sorted((*folder.rglob("*.yaml"), *package.rglob("*.py")))
    told = ((one.name, (stat := one.stat()).st_size, stat.st_mtime_ns) for one in files)
    return hashlib.sha256(repr((_sre().MAGIC, list(told))).encode()).hexdigest()[:16]


def _code(pattern: str, flags: int) -> Code:
    """The steps of `re._compiler.compile` up to the code."""
    parser, compiler = importlib.import_module("re._parser"), importlib.import_module("re._compiler")
    parsed = parser.parse(pattern, flags)
    words = compiler._code(parsed, flags)
    state = parsed.state
    names: list[str | None] = [None] * state.groups
    for name, number in state.groupdict.items():
        names[number] = name
    return (
        flags | state.flags,
        array(_CODE_TYPE, words).tobytes(),
        state.groups - 1,
        dict(state.groupdict),
        tuple(names),
    )


def _from_code(pattern: str, code: Code) -> re.Pattern[str]:
    flags, words, groups, by_name, names = code
    listed = array(_CODE_TYPE, words).tolist()
    made: re.Pattern[str] = _sre().compile(pattern, flags, listed, groups, by_name, names)
    return made


def _sre() -> Any:
    return importlib.import_module("_sre")
