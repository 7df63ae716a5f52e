"""How long questions take on a made-up database of any size: the cookbook and search."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from functools import partial
from itertools import product
from pathlib import Path

from kehoach.bench.synthetic import Size, synthesize
from kehoach.bench.table import Table, machine
from kehoach.bench.words import PROVINCES
from kehoach.sqlite import Database
from kehoach.store.narrow import Filters
from kehoach.store.queries import Question, Value, answer, questions
from kehoach.store.read import open_database
from kehoach.store.search import search

NAME = "scale"
TASKS, TASKS_A_PLAN = 1_000_000, 100
ROUNDS = 3
YEAR, PROVINCE = 2026, PROVINCES[0]
TODAY = date(YEAR, 6, 1)
VALUES: Mapping[str, Value] = {
    "nam": YEAR,
    "tinh": PROVINCE,
    "tu": f"{YEAR}-06-01",
    "den": f"{YEAR}-06-30",
    "chi_so": "PAR INDEX",
}
QUERIES = (
    "một cửa",
    "thủ tục hành chính",
    "cải cách",
    '"thủ tục hành chính" niêm yết',
    "số hó*",
    "dak plo",
    "Nậm Khuông",
    "tuyên tru*",
    "hộ nghèo nhà văn hóa",
    "báo cáo Sở Nội vụ",
    "rac thai",
    "không có từ này",
    "zalo thôn",
    "đất đai",
    "người dân",
    "đầu tư công",
    "bảo hiểm y tế",
    "cai cach the che",
)
FILTERS = (
    Filters(),
    Filters(year=YEAR),
    Filters(year=YEAR, province=PROVINCE),
    Filters(unit="phong kinh te"),
    Filters(after=f"{YEAR}-06-01", before=f"{YEAR}-06-30"),
    Filters(index="PAR INDEX"),
)


def corpus() -> tuple[Path, ...]:
    """None: without a path the database is made in a folder that is removed again."""
    return ()


def bench(paths: Sequence[Path], tasks: int = TASKS) -> Table:
    """The table of times on the database at the first of `paths`, which is made where there is none."""
    with tempfile.TemporaryDirectory() as folder:
        path = paths[0] if paths else Path(folder) / "synthetic.db"
        if not path.exists():
            synthesize(path, Size(tasks, max(5, tasks // TASKS_A_PLAN)))
        rows: list[tuple[str, ...]] = []
        with closing(open_database(path, must_exist=True).conn) as connection:
            db = Database(connection)
            count, plans = (db.table(name).count for name in ("tasks", "documents"))
            rows += [_asked(db, one) for one in questions().values()]
            rows += _searched(db)
    notes = (
        f"{count} tasks of {plans} plans, made up. Questions are asked of one province and year, the median "
        f"of {ROUNDS} rounds; search is {len(QUERIES)} queries with {len(FILTERS)} filters each, 20 hits.",
        "ms: by the clock, with whatever else the machine did "
        f"({os.getloadavg()[0]:.0f} processes wanted its {os.cpu_count()} cores); of the processor alone.",
        f"{machine()}.",
    )
    return Table(NAME, ("what", "rows", "ms", "processor ms"), tuple(rows), notes)


def _asked(db: Database, one: Question) -> tuple[str, ...]:
    values: dict[str, Value] = {
        "nam": YEAR,
        "tinh": PROVINCE,
        "tu": "2026-06-01",
        "den": "2026-06-30",
        "chi_so": "PAR INDEX",
    }
    given = {name: value for name, value in values.items() if name in one.parameters}
    rows = 0

    def ask() -> None:
        nonlocal rows
        rows = sum(1 for _ in answer(db, one, given, TODAY)[1])

    times = [_timed(ask) for _ in range(ROUNDS)]
    clock, processor = (statistics.median(column) for column in zip(*times, strict=True))
    number = f"{one.number} " if one.number else ""
    return f"question {number}{one.id}", str(rows), f"{clock:.0f}", f"{processor:.0f}"


def _searched(db: Database) -> Iterator[tuple[str, ...]]:
    hits = 0

    def find(query: str, filters: Filters) -> None:
        nonlocal hits
        hits += len(search(db, query, filters=filters))

    times = [_timed(partial(find, *one)) for one in product(QUERIES, FILTERS)]
    clocks, processors = (sorted(column) for column in zip(*times, strict=True))
    for name, place in (("median", 0.5), ("95th percentile", 0.95)):
        at = int(len(clocks) * place)
        yield f"search, {name}", str(hits), f"{clocks[at]:.0f}", f"{processors[at]:.0f}"


def _timed(act: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock and of the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    act()
    return (time.perf_counter() - clock) * 1000, (time.process_time() - processor) * 1000
