"""Search over all plans: snippets with the found words, and the way to the task on its plan's page."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from datasette import Response
from sqlite_utils import Database

from kehoach.store.search import Hit
from kehoach.store.search import search as find
from kehoach.web.rows import Row, rows

if TYPE_CHECKING:
    from kehoach.web.site import Site

MARKS = ("\x02", "\x03")  # around found words; no text of a plan holds them
MOST = 60


def parts(snippet: str) -> Iterator[tuple[str, bool]]:
    """The snippet in pieces, each with whether it was found."""
    for place, piece in enumerate(snippet.replace(MARKS[1], MARKS[0]).split(MARKS[0])):
        if piece:
            yield piece, place % 2 == 1


def hits(connection: sqlite3.Connection, query: str) -> list[tuple[Hit, Row]]:
    """Hits with their plans."""
    found = find(Database(connection), query, MOST, marks=MARKS)
    ids = {hit.document_id for hit in found}
    marks = ", ".join(map(str, ids))
    plans = rows(connection, f"SELECT id, issuer, title, year FROM documents WHERE id IN ({marks})")
    by_id = {row["id"]: row for row in plans}
    return [(hit, by_id[hit.document_id]) for hit in found]


async def search(site: Site, request: Any) -> Response:
    """What was found."""
    query = (request.args.get("q") or "").strip()
    found = await site.ask(lambda conn: hits(conn, query)) if query else []
    return await site.page(
        request, "search.html", asked_words=query, hits=found, parts=parts, is_cut=len(found) == MOST
    )
