"""The matrix of plans and required items: which plan has what, a row a plan, a column a rule."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from datasette import Response

from kehoach.web.plans import FINDINGS, ORDERS, Listing, address, choices, listing
from kehoach.web.rows import Row, rows

if TYPE_CHECKING:
    from kehoach.web.site import Site

PLANS = 25  # on a page; each has some fifty cells
SIGNS = {"pass": "✓", "fail": "✗", "not_assessable": "?"}
_FINDINGS = """
    SELECT document_id, rule, title, verdict, severity, message, ordinal FROM findings
    WHERE document_id IN ({marks}) AND severity <> 'info' ORDER BY rule
"""


@dataclass(frozen=True, slots=True)
class Matrix:
    """`rules`: id to title; `cells`: by plan and rule; `fails`: by rule, over the plans shown."""

    listing: Listing
    rules: Mapping[str, str]
    cells: Mapping[tuple[int, str], Row]
    fails: Mapping[str, int]


def matrix(connection: sqlite3.Connection, asked: Mapping[str, str]) -> Matrix:
    """The plans that `asked` wants, with every rule that speaks of one of them: most failed first."""
    found = listing(connection, asked, PLANS)
    marks = ", ".join(str(row["id"]) for row in found.plans)
    cells = {
        (row["document_id"], row["rule"]): row for row in rows(connection, _FINDINGS.format(marks=marks))
    }
    titles = {rule: row["title"] or rule for (_plan, rule), row in cells.items()}
    fails = {
        rule: sum(row["verdict"] == "fail" for key, row in cells.items() if key[1] == rule) for rule in titles
    }
    order = sorted(titles, key=lambda rule: (-fails[rule], rule))
    return Matrix(found, {rule: titles[rule] for rule in order}, cells, fails)


async def checklist(site: Site, request: Any) -> Response:
    """The matrix."""
    asked = {name: request.args.get(name) or "" for name in request.args}
    found, options = await site.ask(lambda conn: (matrix(conn, asked), choices(conn)))
    return await site.page(
        request,
        "checklist.html",
        matrix=found,
        listing=found.listing,
        choices=options,
        signs=SIGNS,
        here=_here,
        FINDINGS=FINDINGS,
        ORDERS=ORDERS,
    )


def _here(asked: Mapping[str, str], **changes: Any) -> str:
    return "/ra-soat" + address(asked, **changes).removeprefix("/")
