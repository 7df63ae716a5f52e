"""Rows of the served database as mappings, whatever the connection gives."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

Row = dict[str, Any]


def rows(connection: sqlite3.Connection, query: str, values: Mapping[str, Any] | None = None) -> list[Row]:
    """What `query` gives."""
    cursor = connection.execute(query, values or {})
    names = [one[0] for one in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def whole(text: str | None, default: int = 0) -> int:
    """A whole number that somebody wrote into an address; `default` for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else default
