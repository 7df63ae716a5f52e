"""Charts on the page: drawn when somebody looks, of all plans, of a year and a province, or of one plan."""

from __future__ import annotations

import sqlite3
from threading import Lock
from typing import TYPE_CHECKING, Any

from datasette import NotFound, Response

from kehoach.chart import CHARTS, Scope, draw
from kehoach.errors import NothingToDraw
from kehoach.messages import N_, _
from kehoach.sqlite import Database
from kehoach.web.memory import stamp
from kehoach.web.plans import choices
from kehoach.web.rows import whole

if TYPE_CHECKING:
    from kehoach.web.site import Site

TITLES = {
    "timeline": N_("When what is due"),
    "coverage": N_("How the superior plan is carried out"),
    "load": N_("Who has how much to do"),
    "vague": N_("How much is left vague"),
}
# The picture carries its colours in itself; opened on its own it is a document that may show them, no more.
HEAD = {
    "cache-control": "no-cache",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
}
_drawing = Lock()  # the look of charts is a setting of the whole process


def chart(connection: sqlite3.Connection, name: str, scope: Scope) -> bytes | None:
    """The chart as SVG; None where the scope has no such facts."""
    with _drawing:
        try:
            return draw(Database(connection), name, scope)
        except NothingToDraw:
            return None


_OF_SCOPE = """(:plan IS NULL OR d.id = :plan) AND (:year IS NULL OR d.year = :year)
    AND (:province IS NULL OR d.province = :province)"""
_HAS_TASKS = f"""SELECT 1 FROM documents d JOIN document_counts c ON c.document_id = d.id
    WHERE c.tasks > 0 AND {_OF_SCOPE} LIMIT 1"""
_HAS_SUPERIOR = f"""SELECT 1 FROM comparisons c JOIN documents d ON d.id = c.document_id
    WHERE c.superior_id IS NOT NULL AND {_OF_SCOPE} LIMIT 1"""


def worth_drawing(connection: sqlite3.Connection, scope: Scope) -> list[str]:
    """The charts that have something to show, without drawing them."""
    has_tasks, has_superior = (
        connection.execute(query, scope.parameters).fetchone() for query in (_HAS_TASKS, _HAS_SUPERIOR)
    )
    return [name for name in TITLES if (has_superior if name == "coverage" else has_tasks)]


def _scope(request: Any) -> Scope:
    return Scope(
        whole(request.args.get("plan")) or None,
        whole(request.args.get("year")) or None,
        request.args.get("province") or None,
    )


async def picture(site: Site, request: Any) -> Response:
    """One chart as a picture."""
    name, scope = request.url_vars["name"], _scope(request)
    key = (name, scope, stamp(site.readings.database))
    data = (
        await site.ask(lambda conn: site.drawn.once(key, lambda: chart(conn, name, scope)))
        if name in CHARTS
        else None
    )
    if data is None:
        raise NotFound(_("There is nothing to draw."))
    return Response(data, content_type="image/svg+xml", headers=HEAD)


async def charts(site: Site, request: Any) -> Response:
    """All charts of a scope that has something to draw."""
    scope = _scope(request)
    drawn, options = await site.ask(lambda conn: (worth_drawing(conn, scope), choices(conn)))
    return await site.page(
        request,
        "charts.html",
        scope=scope,
        drawn=drawn,
        titles=TITLES,
        choices=options,
        query=request.query_string,
    )
