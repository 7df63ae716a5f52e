"""sqlite-utils, loaded without pandas and NumPy.

It imports both, where they are there, to know the types of columns that are made from their values. No value
of theirs goes into our tables, and loading them took half the start of every command
(`python -X importtime -c "import sqlite_utils"`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING

_PASSED_OVER = ("numpy", "pandas")


@contextmanager
def _passed_over() -> Iterator[None]:
    """None in `sys.modules` makes an import fail as if the library were not there (import system, 5.3.1)."""
    loaded = {name: sys.modules.get(name) for name in _PASSED_OVER}
    sys.modules.update(dict.fromkeys(_PASSED_OVER))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name, module in loaded.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module


with _passed_over():
    _database, _migrations = import_module("sqlite_utils"), import_module("sqlite_utils.migrations")

if TYPE_CHECKING:
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations
else:
    Database, Migrations = _database.Database, _migrations.Migrations

__all__ = ["Database", "Migrations"]
