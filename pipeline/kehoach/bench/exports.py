"""How long exports take, and how much memory: of a made-up database, each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from kehoach.bench.scale import TASKS, TASKS_A_PLAN
from kehoach.bench.synthetic import Size, synthesize
from kehoach.bench.table import Table, machine
from kehoach.sqlite import Database
from kehoach.store.read import open_database

NAME = "exports"
FORMATS = ("parquet", "jsonl", "csv", "xlsx", "ics")
MEGABYTE = 1_000_000


def corpus() -> tuple[Path, ...]:
    """None: without a path the database is made in a folder that is removed again."""
    return ()


def bench(paths: Sequence[Path], tasks: int = TASKS, formats: Sequence[str] = FORMATS) -> Table:
    """The table of times on the databases at `paths`; the first is made where it is not there."""
    with tempfile.TemporaryDirectory() as folder:
        given = tuple(paths) or (Path(folder) / "synthetic.db",)
        if not given[0].exists():
            synthesize(given[0], Size(tasks, max(5, tasks // TASKS_A_PLAN)))
        rows = [
            (form, f"{_count(path)}", *_exported(path, form, Path(folder) / path.stem / form))
            for form in formats
            for path in given
        ]
    notes = (
        "MB: peak memory of the process, Python and its libraries included; files MB: all that was written.",
        f"{machine()}.",
    )
    return Table(NAME, ("format", "tasks", "seconds", "processor s", "MB", "files MB"), tuple(rows), notes)


def _count(path: Path) -> int:
    with closing(open_database(path, must_exist=True).conn) as connection:
        return int(Database(connection).table("tasks").count)


def _exported(path: Path, form: str, out: Path) -> tuple[str, ...]:
    """In a process of its own, whose peak memory the system tells."""
    command = [
        sys.executable,
        "-m",
        "kehoach",
        "export",
        "--db",
        str(path),
        "--format",
        form,
        "--out",
        str(out),
    ]
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as child:
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    clock = time.perf_counter() - begun
    processor = used.ru_utime + used.ru_stime
    files = [one for one in out.iterdir() if one.is_file()] if out.is_dir() else []
    size = sum(one.stat().st_size for one in files) / MEGABYTE
    peak = used.ru_maxrss * 1024 / MEGABYTE
    return f"{clock:.0f}", f"{processor:.0f}", f"{peak:.0f}", f"{size:.1f}"
