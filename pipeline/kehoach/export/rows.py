"""The views as files for programs: Parquet and JSON lines, a file a view, written as the rows come."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from kehoach.sqlite import Database
from kehoach.store.view_columns import VIEWS

BATCH = 10_000  # rows in memory at once
DAYS = frozenset(
    [
        "tu_ngay",
        "den_ngay",
        "ngay_den_han",
        "hieu_luc_tu",
        "hieu_luc_den",
        "con_hieu_luc_den",
        "moc_sap_nhap",
        "ngay",
    ]
)
# Types of columns that are computed; of others the table says them.
WHOLE = ("trang", "thu_tu", "mo_ho", "tap_the", "da_het_hieu_luc", "cho_qua", "so_ngay_sau")
BROKEN = ("ty_le_mo_ho",)
_DECLARED = {"INTEGER": pa.int64(), "REAL": pa.float64(), "TEXT": pa.string()}


def write_parquet(db: Database, out: Path, _options: object = None) -> tuple[Path, ...]:
    """VIEW.parquet for each view, columns with their types, days as dates. Raises OSError."""
    return tuple(_each(db, out, "parquet", _as_parquet))


def write_lines(db: Database, out: Path, _options: object = None) -> tuple[Path, ...]:
    """VIEW.jsonl for each view: a JSON object a line, UTF-8. Raises OSError."""
    return tuple(_each(db, out, "jsonl", _as_lines))


def schema(db: Database, view: str) -> pa.Schema:
    """The types of a view's columns."""
    declared = db.execute(f"PRAGMA table_info({view})").fetchall()
    return pa.schema([(name, _type(name, kind)) for _id, name, kind, *_ in declared])


def _each(
    db: Database, out: Path, ending: str, write: Callable[[Database, str, Path], None]
) -> Iterator[Path]:
    out.mkdir(parents=True, exist_ok=True)
    for view in VIEWS:
        path = out / f"{view}.{ending}"
        write(db, view, path)
        yield path


def _as_parquet(db: Database, view: str, path: Path) -> None:
    types = schema(db, view)
    with pq.ParquetWriter(path, types) as writer:
        cursor = db.execute(f"SELECT * FROM {view}")
        while rows := list(islice(cursor, BATCH)):
            columns = [
                pa.array(map(_day, values) if one.type == pa.date32() else values, one.type)
                for one, values in zip(types, zip(*rows, strict=True), strict=True)
            ]
            writer.write_batch(pa.record_batch(columns, schema=types))


def _as_lines(db: Database, view: str, path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        for row in db.query(f"SELECT * FROM {view}"):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _type(name: str, declared: str) -> Any:
    if name in DAYS:
        return pa.date32()
    if name in WHOLE or (not declared and name.startswith("so_") and name != "so_ky_hieu"):
        return pa.int64()
    if name in BROKEN:
        return pa.float64()
    return _DECLARED.get(declared, pa.string())


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
