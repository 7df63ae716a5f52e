"""What of the superior's plan the plans below it carry out: a row a task, a column a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from kehoach.chart.scope import MAX_PLANS, Scope
from kehoach.chart.style import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    SKY,
    SMALL,
    VERMILLION,
    YELLOW,
    figure,
    ink_on,
    legend,
    shortened,
)
from kehoach.errors import NothingToDraw
from kehoach.messages import N_, _
from kehoach.sqlite import Database

ROW = 0.32  # inches
LABEL, NAME = 82, 24  # characters of a task and of an issuer's name
EDGE = "#A0A0A0"
MIN_COLUMNS = 5  # fewer plans are as wide as these
# From carried out in full to not at all; the sign tells where colours do not.
RELATIONS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "same": (N_("the same"), BLUE, "="),
        "paraphrase": (N_("in other words"), SKY, "≈"),
        "merged": (N_("merged with others"), GREEN, "+"),
        "later": (N_("later"), YELLOW, "»"),
        "part": (N_("a part"), ORANGE, "½"),
        "weaker": (N_("weaker"), VERMILLION, "↓"),
        "absent": (N_("absent"), "#FFFFFF", "–"),
    }
)
_SUPERIOR = """
    SELECT a.superior_id, d.issuer, d.year FROM alignments a JOIN documents d ON d.id = a.superior_id
    WHERE (:plan IS NULL OR a.superior_id = :plan OR a.document_id = :plan)
        AND (:year IS NULL OR d.year = :year) AND (:province IS NULL OR d.province = :province)
    GROUP BY 1 ORDER BY count(DISTINCT a.document_id) DESC, 1 LIMIT 1
"""
_CELLS = """
    SELECT a.superior_task_id, t.text, a.document_id, d.issuer, a.relation
    FROM alignments a JOIN tasks t ON t.id = a.superior_task_id JOIN documents d ON d.id = a.document_id
    WHERE a.superior_id = ? AND a.handed_down AND NOT a.by_itself ORDER BY t.ordinal, d.issuer, a.id
"""


@dataclass(frozen=True, slots=True)
class _Matrix:
    """Relations by superior task and plan; tasks and plans by their ids."""

    tasks: Mapping[int, str]
    plans: Mapping[int, str]
    relations: Mapping[tuple[int, int], str]

    def of(self, task: int, plan: int) -> str:
        return self.relations.get((task, plan), "absent")

    def carried_out(self, plan: int) -> int:
        return sum(self.of(task, plan) != "absent" for task in self.tasks)


def coverage(db: Database, scope: Scope) -> Figure:
    """The superior plan of the scope that most plans were compared with. Raises NothingToDraw where no plan
    has been compared."""
    row = db.execute(_SUPERIOR, scope.parameters).fetchone()
    if row is None:
        raise NothingToDraw
    superior, issuer, year = row
    matrix = _matrix(db, superior)
    told = _("{tasks} tasks that {issuer} hands down, {plans} plans").format(
        tasks=len(matrix.tasks), issuer=f"{issuer} ({year})", plans=len(matrix.plans)
    )
    title = _("What the plans below carry out")
    made, axes = figure(2.95 + ROW * len(matrix.tasks), title, told, left=5.4, bottom=0.7)
    shown = list(matrix.plans)[:MAX_PLANS]
    for place, (task, text) in enumerate(matrix.tasks.items()):
        words = shortened(f"{place + 1}. {text}", LABEL)
        axes.text(-0.6, place, words, ha="right", va="center", size=SMALL)
        for column, plan in enumerate(shown):
            _cell(axes, column, place, matrix.of(task, plan))
    _heads(axes, matrix, shown)
    axes.set(xlim=(-0.55, max(len(shown), MIN_COLUMNS) + 0.5), ylim=(len(matrix.tasks) - 0.45, -5.2))
    axes.set(xticks=[], yticks=[])
    keys = [
        Patch(facecolor=colour, edgecolor=_edge(relation), label=f"{sign}  {_(name)}")
        for relation, (name, colour, sign) in RELATIONS.items()
    ]
    legend(made, keys, len(keys))
    return made


def _heads(axes: Axes, matrix: _Matrix, shown: list[int]) -> None:
    for column, plan in enumerate(shown):
        told = f"{matrix.carried_out(plan)}/{len(matrix.tasks)}"
        axes.text(column, -0.75, told, ha="center", va="bottom", weight="bold")
        name = shortened(matrix.plans[plan].removeprefix("UBND "), NAME)
        axes.text(column, -1.75, name, ha="left", va="bottom", rotation=35, rotation_mode="anchor")
    told = _("carried out, in whole or in part")
    axes.text(-0.6, -0.75, told, ha="right", va="bottom", color=GREY)


def _cell(axes: Axes, column: int, row: int, relation: str) -> None:
    _name, colour, sign = RELATIONS[relation]
    corner = (column - 0.46, row - 0.44)
    axes.add_patch(Rectangle(corner, 0.92, 0.88, facecolor=colour, edgecolor=_edge(relation), linewidth=0.8))
    ink = VERMILLION if relation == "absent" else ink_on(to_rgb(colour))
    axes.text(column, row, sign, ha="center", va="center", color=ink, weight="bold")


def _edge(relation: str) -> str:
    return EDGE if relation == "absent" else RELATIONS[relation][1]


def _matrix(db: Database, superior: int) -> _Matrix:
    tasks: dict[int, str] = {}
    plans: dict[int, str] = {}
    relations: dict[tuple[int, int], str] = {}
    for task, text, plan, issuer, relation in db.execute(_CELLS, (superior,)):
        tasks[task] = text
        plans[plan] = issuer or str(plan)
        relations.setdefault((task, plan), relation)
    ordered = dict(sorted(plans.items(), key=lambda one: one[1]))
    return _Matrix(tasks, ordered, relations)
