"""What leaves the house: JSON records, tables, calendars. A format is a name and a function."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from kehoach.export.calendar import write_calendars
from kehoach.export.record import write_json
from kehoach.export.rows import write_lines, write_parquet
from kehoach.export.sheets import DEFAULTS, SERVER, Options, write_csv, write_xlsx
from kehoach.sqlite import Database

__all__ = ["FORMATS", "SERVER", "Options"]


def _records(db: Database, out: Path, _options: Options = DEFAULTS) -> tuple[Path, ...]:
    return write_json(db, out)


FORMATS: Mapping[str, Callable[..., tuple[Path, ...]]] = MappingProxyType(
    {
        "json": _records,
        "jsonl": write_lines,
        "csv": write_csv,
        "xlsx": write_xlsx,
        "parquet": write_parquet,
        "ics": write_calendars,
    }
)
