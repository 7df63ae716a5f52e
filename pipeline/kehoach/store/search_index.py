"""The full-text index, as step 14 made it; none ever edited."""

from __future__ import annotations

from collections.abc import Iterator

INDEXED = {"tasks": ("text_folded", "path_folded"), "pages": ("text_folded",)}


def search_index(table: str) -> Iterator[str]:
    """An index over the folded columns of a table, with triggers that keep it in step."""
    index, columns = f"{table}_fts", ", ".join(INDEXED[table])
    new, old = (", ".join(f"{row}.{one}" for one in INDEXED[table]) for row in ("new", "old"))
    gone = f"INSERT INTO {index} ({index}, rowid, {columns}) VALUES ('delete', old.id, {old});"
    come = f"INSERT INTO {index} (rowid, {columns}) VALUES (new.id, {new});"
    yield f"""CREATE VIRTUAL TABLE {index} USING fts5(
        {columns}, tokenize = 'unicode61', content = '{table}', content_rowid = 'id', prefix = '2 3'
    )"""
    yield f"CREATE TRIGGER {table}_ai AFTER INSERT ON {table} BEGIN {come} END"
    yield f"CREATE TRIGGER {table}_ad AFTER DELETE ON {table} BEGIN {gone} END"
    yield f"CREATE TRIGGER {table}_au AFTER UPDATE ON {table} BEGIN {gone} {come} END"
    yield f"INSERT INTO {index}({index}) VALUES ('rebuild')"
