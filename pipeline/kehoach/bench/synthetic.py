"""A made-up database of any size, to see how long questions take: plans of many communes over five years.

Rows go straight into the tables, as `store.write` would lay them; what follows from them is counted as for
real plans. The same size and seed give the same database.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

from kehoach.bench.made_rows import Issuer, Writer, plan
from kehoach.bench.words import PROVINCES, SYLLABLES, UNITS
from kehoach.sqlite import Database
from kehoach.store.derived import count_tasks, folded_issuer
from kehoach.store.read import open_database

YEARS = (2022, 2023, 2024, 2025, 2026)
SEED = 1
LEAST, MOST = 0.5, 1.5  # tasks of a plan, as a share of the mean
BATCH = 200  # plans that are written together


@dataclass(frozen=True, slots=True)
class Size:
    """How many tasks, from how many plans of communes; each province adds a plan of its own a year."""

    tasks: int
    plans: int


def synthesize(path: Path, size: Size, seed: int = SEED) -> None:
    """Makes the database at `path`, where there is none yet."""
    db = open_database(path, must_exist=False)
    with closing(db.conn):
        db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA foreign_keys = OFF")
        triggers = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in triggers:
            db.execute(f"DROP TRIGGER {name}")
        with db.conn:
            _fill(db, size, Random(seed))
            for table in ("tasks_fts", "pages_fts"):
                db.execute(f"INSERT INTO {table}({table}) VALUES ('rebuild')")
            for _name, sql in triggers:
                db.execute(sql)
            count_tasks(db)
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("ANALYZE")
        db.conn.commit()


def _fill(db: Database, size: Size, random: Random) -> None:
    writer = Writer(db)
    units = [
        writer.add("units", key=key, name=name, level="xa" if key.startswith("xa.") else None, kind=kind)
        for key, name, kind in UNITS
    ]
    per_plan = max(1, size.tasks // size.plans)
    before: dict[str, tuple[int, range]] = {}
    issuers = list(_issuers(max(1, size.plans // len(YEARS)), random))
    for year in YEARS:
        superiors = {
            province: plan(
                writer, units, Issuer(f"UBND tỉnh {province}", None, province, "tinh"), year, 30, random
            )
            for province in PROVINCES
        }
        for number, issuer in enumerate(issuers):
            count = random.randint(int(per_plan * LEAST) or 1, int(per_plan * MOST) or 1)
            made = plan(writer, units, issuer, year, count, random)
            _relate(writer, made, superiors[issuer.province], before.get(issuer.name), random)
            before[issuer.name] = made
            if number % BATCH == 0:
                writer.flush()
    for issuer in issuers:
        writer.add(
            "expected_issuers",
            name=issuer.name,
            name_folded=folded_issuer(issuer.name),
            province=issuer.province,
        )
    writer.flush()


def _issuers(count: int, random: Random) -> Iterator[Issuer]:
    for number in range(count):
        commune = f"{random.choice(SYLLABLES)} {random.choice(SYLLABLES)} {number + 1}"
        yield Issuer(f"UBND xã {commune}", commune, PROVINCES[number % len(PROVINCES)], "xa")


def _relate(
    writer: Writer,
    plan: tuple[int, range],
    superior: tuple[int, range],
    old: tuple[int, range] | None,
    random: Random,
) -> None:
    """What a comparison would have found: alignment, a copy of the superior, what went on from last year."""
    document, tasks = plan
    pair = {"superior_id": superior[0], "document_id": document}
    told = {"handed_down": 1, "by_itself": 0, "also": "[]", "misplaced": 0, "words": "[]"}
    for task in superior[1]:
        relation = random.choice(("same", "paraphrase", "weaker", "absent"))
        own = None if relation == "absent" else random.choice(tasks)
        writer.add("alignments", **pair, superior_task_id=task, task_id=own, relation=relation, **told)
    kind = random.choice(("near_copy", "handed_down", "none"))
    share = {"share_of_copy": random.random(), "copied_words": 100, "word_count": 1000}
    writer.add("copies", first_id=superior[0], copy_id=document, kind=kind, **share)
    if old:
        years = {"old_document_id": old[0], "document_id": document}
        writer.add_bare("successions", **years, kind="same_place", found_by="issuer")
        for before, after in zip(old[1], tasks, strict=False):
            writer.add("task_successions", **years, old_task_id=before, task_id=after, score=random.random())
