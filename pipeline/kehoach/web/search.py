"""Search over all plans: filters, snippets with the found words, the way to the task on its plan's page."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from datasette import Response

from kehoach.sqlite import Database
from kehoach.store.narrow import Filters
from kehoach.store.search import Hit
from kehoach.store.search import search as find
from kehoach.web.plans import choices
from kehoach.web.rows import Row, rows, whole

if TYPE_CHECKING:
    from kehoach.web.site import Site

MARKS = ("\x02", "\x03")  # around found words; no text of a plan holds them
MOST = 60
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Found:
    """A hit with its plan. `address`: where it is shown, at the task or at the page."""

    hit: Hit
    plan: Row
    address: str


def parts(snippet: str) -> Iterator[tuple[str, bool]]:
    """The snippet in pieces, each with whether it was found."""
    for place, piece in enumerate(snippet.replace(MARKS[1], MARKS[0]).split(MARKS[0])):
        if piece:
            yield piece, place % 2 == 1


def hits(connection: sqlite3.Connection, query: str, filters: Filters) -> list[Found]:
    """Hits with their plans."""
    found = find(Database(connection), query, MOST, marks=MARKS, filters=filters)
    of_plans = {one.document_id for one in found}
    plans = _by_id(connection, "SELECT id, issuer, title, year FROM documents", of_plans)
    of_tasks = {one.id for one in found if one.kind == "task"}
    tasks = _by_id(connection, "SELECT id, ordinal FROM tasks", of_tasks)
    return [Found(one, plans[one.document_id], _address(one, tasks.get(one.id))) for one in found]


def _by_id(connection: sqlite3.Connection, query: str, ids: set[int]) -> dict[int, Row]:
    marks = ", ".join(map(str, ids))
    return {row["id"]: row for row in rows(connection, f"{query} WHERE id IN ({marks})")}


def _address(hit: Hit, task: Row | None) -> str:
    at = f"#task-{task['ordinal']}" if task else f"#trang-{hit.page}" if hit.page else ""
    return f"/ke-hoach/{hit.document_id}{at}"


def _filters(request: Any) -> Filters:
    told = {name: (request.args.get(name) or "").strip() for name in ("commune", "province", "unit", "index")}
    days = {name: (request.args.get(name) or "") for name in ("after", "before")}
    return Filters(
        **{name: value or None for name, value in told.items()},
        **{name: value if _DAY.fullmatch(value) else None for name, value in days.items()},
        year=whole(request.args.get("year")) or None,
    )


async def search(site: Site, request: Any) -> Response:
    """What was found."""
    query, filters = (request.args.get("q") or "").strip(), _filters(request)
    found, options = await site.ask(lambda conn: (hits(conn, query, filters) if query else [], choices(conn)))
    return await site.page(
        request,
        "search.html",
        asked_words=query,
        filters=filters,
        hits=found,
        parts=parts,
        choices=options,
        is_cut=len(found) == MOST,
    )
