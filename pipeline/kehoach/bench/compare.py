"""How well plans are compared: on invented families whose alignment, copies and answers are known."""

from __future__ import annotations

import json
import tempfile
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from kehoach.bench.family import TRUTHS, Family, read_family
from kehoach.bench.table import Table
from kehoach.compare.question import Question
from kehoach.compare.questions import ask
from kehoach.compare.renew import renew
from kehoach.compare.targets import targets
from kehoach.errors import NotFound
from kehoach.run.pool import ingest
from kehoach.run.steps import Outcome
from kehoach.settings import Settings
from kehoach.sqlite import Database
from kehoach.store.read import open_database
from kehoach.text import one_line

NAME = "compare"
EASY = ("wholesale_of_superior", "near_copy")  # kinds of copies whose pairs are easy
JUNE = (date(2026, 6, 1), date(2026, 6, 30))  # the days of question 3
NEAR_SHARE = 0.05  # by which a share of copied words may differ
ISSUED, DUE = "1", "3"  # questions that are asked with units, and with days
# Columns of which the truth has more than it asks for: nested deadlines, owners of what was given up.
OPEN = {"15": ("old_deadline", "new_deadline", "old_lead", "new_lead"), "11": ("share_of_copy",)}
Key = tuple[str, str, str]
Row = tuple[str, ...]


def corpus() -> tuple[Path, ...]:
    """The families beside the tests in the working folder."""
    return tuple(sorted(path.parent for name in TRUTHS for path in Path("tests/data").glob(f"*/{name}")))


def bench(paths: Sequence[Path]) -> Table:
    """The table of figures of families, each a folder of texts with a truth. Raises NotFound."""
    if not paths:
        raise NotFound(path=Path("tests/data"))
    rows = [row for path in paths for row in _measured(path)]
    notes = (
        "Pairs: (superior's task, task) over all relations but absent; relation: right on the right pairs.",
        "Without copies: without the plans that copy the superior or another plan, whose pairs are easy.",
        "Copies: kind right, share of copied words within 0.05. Answers: rows that are right in every value.",
    )
    return Table(NAME, ("family", "measure", "precision", "recall", "F1", "right"), tuple(rows), notes)


def _measured(folder: Path) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "plans.db"
        with closing(open_database(path, must_exist=False)) as db:
            settings = Settings(db=path, use_cache=False)
            deque(ingest(tuple(sorted(folder.glob("*.txt"))), settings, db, _Nobody()), maxlen=0)
            renew(db, datetime.now(UTC))
            yield from figures(db, folder)


class _Nobody:
    """Looks on, and says nothing."""

    def opened(self, page_count: int) -> None: ...
    def page_read(self) -> None: ...
    def ended(self, outcome: Outcome) -> None: ...


def figures(db: Database, folder: Path) -> Iterator[Row]:
    """The rows of one family, from a database of its plans that has been compared."""
    family = read_family(folder, _texts(db))
    yield from _pairs(db, family)
    if family.answers:
        yield from _facts(db, family)
    for name, told in family.answers.items():
        yield _answer(db, family, name, told)


def _texts(db: Database) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in db.query(
        """SELECT f.name, t.text FROM tasks t JOIN documents d ON d.id = t.document_id
           JOIN files f ON f.id = d.file_id ORDER BY d.id, t.ordinal"""
    ):
        found.setdefault(row["name"], []).append(one_line(row["text"]))
    return found


def _pairs(db: Database, family: Family) -> Iterator[Row]:
    rows = db.query(
        """SELECT f.name AS file, s.text AS superior_task, t.text AS task, a.relation FROM alignments a
           JOIN documents d ON d.id = a.document_id JOIN files f ON f.id = d.file_id
           JOIN tasks s ON s.id = a.superior_task_id JOIN tasks t ON t.id = a.task_id"""
    )
    found = {
        (row["file"], one_line(row["superior_task"]), one_line(row["task"])): row["relation"] for row in rows
    }
    easy = {row["copy"] for row in family.copies if row["kind"] in EASY}
    yield _pair_row(family, "pairs", found, set(family.below))
    if easy:
        yield _pair_row(family, "pairs without copies", found, set(family.below) - easy)


def _pair_row(family: Family, name: str, found: Mapping[Key, str], files: set[str]) -> Row:
    wanted = {key: value for key, value in family.pairs.items() if key[0] in files}
    mine = {key: value for key, value in found.items() if key[0] in files}
    both = wanted.keys() & mine.keys()
    right = sum(wanted[key] == mine[key] for key in both) / (len(both) or 1)
    return family.name, name, *_scores(set(mine), set(wanted)), f"{right:.3f}"


def _facts(db: Database, family: Family) -> Iterator[Row]:
    """Deadlines, targets, passages and kinds of copies against the truth."""
    rows = ask("deadlines", Question(db)).rows
    deadlines = {(one["file"], one_line(one["superior_task"]), one["deadline_relation"]) for one in rows}
    yield family.name, "deadlines", *_scores(deadlines, set(family.deadlines)), ""
    yield family.name, "targets", *_scores(_targets(db), set(family.targets)), ""
    passages = _with_files(db, "passages")
    found = {(one["first"], one["copy"], one_line(one["text"]), bool(one["in_superior"])) for one in passages}
    wanted = {
        (pair["first"], pair["copy"], one_line(one["text"]), one["in_superior"])
        for pair in family.copies
        for one in pair["passages"]
    }
    yield family.name, "passages", *_scores(found, wanted), ""
    copies = {(one["first"], one["copy"]): one for one in _with_files(db, "copies")}
    told = [pair for pair in family.copies if pair["passages"]]
    right = sum(_is_right(pair, copies.get((pair["first"], pair["copy"]))) for pair in told)
    yield family.name, "copies: kind, share", "", "", "", f"{right / (len(told) or 1):.3f}"


def _with_files(db: Database, table: str) -> list[dict[str, Any]]:
    """Copies, or passages, of all pairs with the names of both files."""
    pair = """SELECT c.*, one.name AS first, other.name AS copy FROM copies c
              JOIN documents a ON a.id = c.first_id JOIN files one ON one.id = a.file_id
              JOIN documents b ON b.id = c.copy_id JOIN files other ON other.id = b.file_id"""
    if table == "passages":
        pair = f"SELECT p.*, c.first, c.copy FROM passages p JOIN ({pair}) c ON c.id = p.copy_pair_id"
    return list(db.query(pair))


def _is_right(pair: Mapping[str, Any], found: Mapping[str, Any] | None) -> bool:
    return (
        found is not None
        and found["kind"] == pair["kind"]
        and abs(found["share_of_copy"] - pair["share_of_copy"]) <= NEAR_SHARE
    )


def _targets(db: Database) -> set[tuple[str, str, str]]:
    rows = list(
        db.query(
            """SELECT f.name AS file, a.superior_id, a.superior_target_id, a.relation FROM target_alignments a
               JOIN documents d ON d.id = a.document_id JOIN files f ON f.id = d.file_id"""
        )
    )
    superiors = {row["superior_id"] for row in rows}
    words = {one.id: one.text for superior in superiors for one in targets(db, superior)}
    return {(row["file"], words[row["superior_target_id"]], row["relation"]) for row in rows}


def _answer(db: Database, family: Family, name: str, told: Mapping[str, Any]) -> Row:
    """An answer's rows against the truth's, over the columns that the truth has."""
    units = family.units if name == ISSUED else ()
    start, end = JUNE if name == DUE else (None, None)
    rows = ask(name, Question(db, units=units, start=start, end=end)).rows
    columns = sorted({column for row in told["rows"] for column in row if column not in OPEN.get(name, ())})
    found, wanted = ({_plain(row, columns) for row in some} for some in (rows, told["rows"]))
    return family.name, f"answer {name}", *_scores(found, wanted), ""


def _plain(row: Mapping[str, Any], columns: Sequence[str]) -> str:
    """A row's values as one text; nothing, none and an empty list are one."""
    values = {column: row.get(column) or None for column in columns}
    return one_line(json.dumps(values, ensure_ascii=False, sort_keys=True))


def _scores(found: set[Any], wanted: set[Any]) -> tuple[str, str, str]:
    """Precision, recall and F1."""
    right = len(found & wanted)
    shares = (
        right / (len(found) or 1),
        right / (len(wanted) or 1),
        2 * right / (len(found) + len(wanted) or 1),
    )
    return f"{shares[0]:.3f}", f"{shares[1]:.3f}", f"{shares[2]:.3f}"
