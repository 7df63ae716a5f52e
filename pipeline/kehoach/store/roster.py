"""The issuers that are to send a plan: without this list nobody can say who has sent none."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from kehoach.errors import RosterBroken
from kehoach.sqlite import Database
from kehoach.store.derived import folded_issuer
from kehoach.text import fold, nfc, one_line

# Heads of the columns, folded; only the first must be there.
HEADS = {"co quan": "name", "tinh": "province", "tu ngay": "valid_from", "den ngay": "valid_to"}


class Expected(NamedTuple):
    """An issuer (`UBND xã …`), its province, the first and the last day on which it exists (ISO)."""

    name: str
    province: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None


def read_roster(path: Path) -> tuple[Expected, ...]:
    """The rows of a CSV file in UTF-8 with the heads `cơ quan`, `tỉnh`, `từ ngày`, `đến ngày`, or of a text
    with an issuer a line. Raises RosterBroken, OSError."""
    try:
        lines = [line for line in path.read_text("utf-8-sig").splitlines() if line.strip()]
    except UnicodeDecodeError as error:
        raise RosterBroken(path=path) from error
    heads = [HEADS.get(one_line(fold(head))) for head in next(csv.reader(lines[:1]), [])]
    if "name" not in heads:
        return tuple(Expected(nfc(one_line(line))) for line in lines)
    return tuple(_expected(heads, row) for row in csv.reader(lines[1:]))


def land_roster(db: Database, expected: Iterable[Expected]) -> int:
    """Puts the list in the place of the old one, in one transaction; how many it names."""
    rows = {(folded_issuer(one.name), one.province): one for one in expected}
    with db.conn:
        db.conn.execute("DELETE FROM expected_issuers")
        db.conn.executemany(
            """INSERT INTO expected_issuers (name_folded, name, province, valid_from, valid_to)
            VALUES (?, ?, ?, ?, ?)""",
            [(folded, *one) for (folded, _), one in rows.items()],
        )
    return len(rows)


def _expected(heads: list[str | None], row: list[str]) -> Expected:
    told = {head: nfc(one_line(cell)) or None for head, cell in zip(heads, row, strict=False) if head}
    return Expected(told["name"] or "", told.get("province"), told.get("valid_from"), told.get("valid_to"))
