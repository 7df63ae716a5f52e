"""Who has how much to do: units over all plans, and the tasks of one unit."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from datasette import NotFound, Response

from kehoach.messages import _
from kehoach.web.rows import Row, rows, whole

if TYPE_CHECKING:
    from kehoach.web.site import Site

MOST = 100  # units, and tasks of a unit, on a page
_UNITS = """
    SELECT u.id, u.name, u.kind = 'collective' AS is_collective, substr(u.key, 1, 1) = '~' AS is_unknown,
        sum(c.led) AS led, sum(c.supported) AS supported, count(*) AS plans
    FROM unit_counts c JOIN units u ON u.id = c.unit_id {of} WHERE {where}
    GROUP BY u.id ORDER BY sum(c.led) DESC, sum(c.supported) DESC LIMIT :most
"""
_CONDITIONS: Mapping[str, str] = {
    "name": "fold(u.name) LIKE '%' || fold(:name) || '%'",
    "year": "d.year = CAST(:year AS INTEGER)",
    "province": "d.province = :province",
}
_TASKS = """
    SELECT t.id, t.ordinal, t.document_id, t.text, t.deadline_text, t.deadline_start, t.deadline_end, y.role,
        d.issuer, d.year
    FROM task_units y JOIN tasks t ON t.id = y.task_id JOIN documents d ON d.id = t.document_id
    WHERE y.unit_id = :unit ORDER BY y.task_id DESC LIMIT :most OFFSET :offset
"""


@dataclass(frozen=True, slots=True)
class Load:
    """Units with the most to lead first; `most`: the longest bar."""

    units: tuple[Row, ...]
    asked: Mapping[str, str]

    @property
    def most(self) -> int:
        """The largest sum of a unit, at least 1."""
        return max((row["led"] + row["supported"] for row in self.units), default=0) or 1


def load(connection: sqlite3.Connection, asked: Mapping[str, str]) -> Load:
    """The units that `asked` (name, year, province) wants."""
    known = {name: asked[name].strip() for name in _CONDITIONS if asked.get(name, "").strip()}
    of = "JOIN documents d ON d.id = c.document_id" if {"year", "province"} & set(known) else ""
    where = " AND ".join(_CONDITIONS[name] for name in known) or "1"
    found = rows(connection, _UNITS.format(of=of, where=where), {**known, "most": MOST})
    return Load(tuple(found), known)


async def units(site: Site, request: Any) -> Response:
    """The units with their load."""
    asked = {name: request.args.get(name) or "" for name in request.args}
    found, choices = await site.ask(lambda conn: (load(conn, asked), _choices(conn)))
    return await site.page(request, "units.html", load=found, choices=choices)


def _choices(connection: sqlite3.Connection) -> dict[str, list[Any]]:
    return {
        name: [
            row[0]
            for row in connection.execute(
                f"SELECT DISTINCT {name} FROM documents WHERE {name} IS NOT NULL ORDER BY 1"
            )
        ]
        for name in ("year", "province")
    }


async def unit(site: Site, request: Any) -> Response:
    """One unit: its tasks, the latest plans first."""
    key, number = int(request.url_vars["unit"]), max(whole(request.args.get("page"), 1), 1)
    values = {"unit": key, "most": MOST, "offset": (number - 1) * MOST}
    heads, tasks, sums = await site.ask(
        lambda conn: (
            rows(conn, "SELECT id, name, key, level FROM units WHERE id = :unit", values),
            rows(conn, _TASKS, values),
            rows(
                conn,
                "SELECT total(led) AS led, total(supported) AS supported, count(*) AS plans"
                " FROM unit_counts WHERE unit_id = :unit",
                values,
            ),
        )
    )
    if not heads:
        raise NotFound(_("There is no such unit."))
    return await site.page(
        request, "unit.html", unit=heads[0], tasks=tasks, sums=sums[0], number=number, most=MOST
    )
