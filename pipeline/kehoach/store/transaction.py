"""All or nothing: how the database is written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from kehoach.sqlite import Database


@contextmanager
def transaction(db: Database) -> Iterator[None]:
    """Takes the write lock at once: a read lock that must grow fails when another process wrote meanwhile."""
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.conn.rollback()
        raise
    db.conn.commit()
