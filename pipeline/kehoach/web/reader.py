"""Reads files into a database for a server that shows them: a process of its own, a line of JSON a step.

    python -m kehoach.web.reader DATABASE FILE…
    python -m kehoach.web.reader DATABASE

Without files the plans are compared anew, where some came, went or were read again since. With files:
{"opened": pages}, {"page": 1}, {"ended": {…}} as they happen; the words are in the user's language.
"""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kehoach.compare.renew import is_stale, renew
from kehoach.run import pool
from kehoach.run.steps import Outcome
from kehoach.settings import Settings, core_count
from kehoach.sqlite import Database
from kehoach.store.read import open_database

MOST = 500  # plans that are compared unasked: some twenty seconds


class Lines:
    """Tells a server by lines of JSON on standard output."""

    def opened(self, page_count: int) -> None:
        """A file has so many pages."""
        _tell({"opened": page_count})

    def page_read(self) -> None:
        """One page more."""
        _tell({"page": 1})

    def ended(self, outcome: Outcome) -> None:
        """Told by `read`, which knows the document."""


def read(database: Path, paths: Sequence[Path]) -> None:
    """Reads `paths` in order and tells of each."""
    db = open_database(database, must_exist=False)
    settings = Settings(db=database, jobs=core_count())
    for path, outcome in zip(paths, pool.ingest(paths, settings, db, Lines()), strict=True):
        _tell({"ended": _ended(db, path, outcome)})


def compare(database: Path) -> None:
    """Compares all plans, where that is out of date and soon done."""
    db = open_database(database, must_exist=True)
    if is_stale(db) and db.table("documents").count <= MOST:
        renew(db, datetime.now(UTC))


def _ended(db: Database, path: Path, outcome: Outcome) -> dict[str, Any]:
    query = "SELECT d.id FROM documents d JOIN files f ON f.id = d.file_id WHERE f.path = ?"
    row = db.execute(query, (str(path.absolute()),)).fetchone()
    return {
        "name": outcome.name,
        "is_read": outcome.is_read,
        "message": outcome.message,
        "advice": outcome.advice,
        "pages": outcome.page_count,
        "tasks": outcome.task_count,
        "plan": row[0] if row else None,
    }


def _tell(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what, ensure_ascii=False) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    # The server ends this process by SIGTERM: until here it ends at once, from here on what has landed stays.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        if files := [Path(one) for one in sys.argv[2:]]:
            read(Path(sys.argv[1]), files)
        else:
            compare(Path(sys.argv[1]))
