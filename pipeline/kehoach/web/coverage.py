"""How the plans below carry out a superior plan: a row a task, a column a plan; and tasks side by side."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from datasette import Response

from kehoach import __version__
from kehoach.messages import N_
from kehoach.web.rows import Row, rows, whole

if TYPE_CHECKING:
    from kehoach.web.site import Site

MOST = 40  # plans beside each other
# Each relation with the sign that stands in the matrix: legible without colour.
RELATIONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "same": ("●", N_("the same words")),
        "paraphrase": ("◉", N_("in other words")),
        "merged": ("◍", N_("merged with others")),
        "part": ("◐", N_("only a part")),
        "later": ("◷", N_("later")),
        "weaker": ("▽", N_("weaker")),
        "absent": ("✗", N_("absent")),
    }
)
_SUPERIORS = """
    SELECT d.id, d.issuer, d.title, d.year, count(*) AS plans FROM comparisons c
    JOIN documents d ON d.id = c.superior_id GROUP BY d.id ORDER BY d.year DESC, d.issuer
"""
_PLANS = """
    SELECT d.id, d.issuer, d.commune, d.year FROM comparisons c JOIN documents d ON d.id = c.document_id
    WHERE c.superior_id = :superior ORDER BY d.commune, d.issuer, d.id LIMIT :most
"""
_TASKS = "SELECT id, ordinal, text, deadline_text FROM tasks WHERE document_id = :superior ORDER BY ordinal"
_ALIGNED = """
    SELECT superior_task_id, document_id, task_id, relation, handed_down, by_itself, deadline_relation, score
    FROM alignments WHERE superior_id = :superior
"""
_PAIR = """
    SELECT a.*, t.text, t.ordinal, t.deadline_text, d.issuer,
        (SELECT group_concat(mention, '; ') FROM task_units WHERE task_id = t.id AND role = 'lead') AS leads,
        (SELECT group_concat(text, '; ') FROM task_outputs WHERE task_id = t.id) AS outputs
    FROM alignments a JOIN documents d ON d.id = a.document_id LEFT JOIN tasks t ON t.id = a.task_id
    WHERE a.superior_task_id = :task ORDER BY d.commune, d.issuer, d.id
"""
_TASK = """
    SELECT t.*, d.issuer, d.id AS plan,
        (SELECT group_concat(mention, '; ') FROM task_units WHERE task_id = t.id AND role = 'lead') AS leads,
        (SELECT group_concat(text, '; ') FROM task_outputs WHERE task_id = t.id) AS outputs
    FROM tasks t JOIN documents d ON d.id = t.document_id WHERE t.id = :task
"""
_COPIES = """
    SELECT c.*, a.issuer AS first_issuer, b.issuer AS copy_issuer, a.year AS first_year, b.year AS copy_year
    FROM copies c JOIN documents a ON a.id = c.first_id JOIN documents b ON b.id = c.copy_id
    WHERE c.share_of_copy > 0 ORDER BY c.share_of_copy DESC LIMIT 200
"""
# Of plans that came or were read again since, nothing is known.
_MADE = """
    SELECT max(compared_at) AS at, (SELECT count(*) FROM documents) - count(*) AS missing,
           coalesce(min(software_version = :version), 1) AS is_ours FROM comparisons
"""


@dataclass(frozen=True, slots=True)
class Coverage:
    """`cells`: by task of the superior plan and plan: the weakest relation; `kept`: of those that are handed
    down, how many each plan carries out at least in part."""

    superior: Row | None
    superiors: Sequence[Row]
    plans: Sequence[Row]
    tasks: Sequence[Row]
    cells: Mapping[tuple[int, int], Row]
    handed_down: frozenset[int]
    kept: Mapping[int, int]


def coverage(connection: sqlite3.Connection, wanted: int) -> Coverage:
    """The coverage of the wanted superior plan, or of the latest."""
    superiors = rows(connection, _SUPERIORS)
    superior = next((one for one in superiors if one["id"] == wanted), superiors[0] if superiors else None)
    if superior is None:
        return Coverage(None, (), (), (), {}, frozenset(), {})
    values = {"superior": superior["id"], "most": MOST}
    plans, tasks = rows(connection, _PLANS, values), rows(connection, _TASKS, values)
    aligned = rows(connection, _ALIGNED, values)
    cells: dict[tuple[int, int], Row] = {}
    weakest = list(RELATIONS)
    for row in sorted(aligned, key=lambda row: weakest.index(row["relation"])):
        cells[row["superior_task_id"], row["document_id"]] = row
    handed = frozenset(
        row["superior_task_id"] for row in aligned if row["handed_down"] and not row["by_itself"]
    )
    kept = {
        plan["id"]: sum(
            cells[task, plan["id"]]["relation"] != "absent" for task in handed if (task, plan["id"]) in cells
        )
        for plan in plans
    }
    return Coverage(superior, superiors, plans, tasks, cells, handed, kept)


async def comparison(site: Site, request: Any) -> Response:
    """The coverage of a superior plan; with `?nv=` one of its tasks beside those of the plans below."""
    if task := whole(request.args.get("nv")):
        head, beside = await site.ask(
            lambda conn: (rows(conn, _TASK, {"task": task}), rows(conn, _PAIR, {"task": task}))
        )
        for row in beside:
            row["same"] = [pair[1] for pair in json.loads(row["words"] or "[]")]
        return await site.page(
            request, "beside.html", task=head[0] if head else None, beside=beside, RELATIONS=RELATIONS
        )
    wanted = whole(request.args.get("cap-tren"))
    found, copies, made = await site.ask(
        lambda conn: (
            coverage(conn, wanted),
            rows(conn, _COPIES),
            rows(conn, _MADE, {"version": __version__})[0],
        )
    )
    return await site.page(
        request, "coverage.html", coverage=found, copies=copies, made=made, RELATIONS=RELATIONS, most=MOST
    )
