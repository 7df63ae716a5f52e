"""What leaves the house: JSON records, CSV and XLSX tables. A format is a name and a function."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from sqlite_utils import Database

from kehoach.export.record import write_json
from kehoach.export.sheets import write_csv, write_xlsx

FORMATS: Mapping[str, Callable[[Database, Path], tuple[Path, ...]]] = MappingProxyType(
    {"json": write_json, "csv": write_csv, "xlsx": write_xlsx}
)
