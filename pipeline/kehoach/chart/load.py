"""Who has how much to do: the tasks that each unit leads, plan by plan."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib as mpl
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import MaxNLocator

from kehoach.chart.scope import MAX_PLANS, WHERE, PlanName, Scope, described, plans
from kehoach.chart.style import BLUE, FAINT, GREY, INK, PALE, SKY, figure, ink_on, legend, shortened
from kehoach.messages import _
from kehoach.sqlite import Database

MAX_UNITS = 30
ROW = 0.34  # inches
LABEL, NAME = 46, 24  # characters of a unit's and of an issuer's name
EVEN = 0.6  # power: one unit with very much to do does not make all others alike
MIN_COLUMNS = 5  # fewer plans are as wide as these


def load(db: Database, scope: Scope) -> Figure:
    """One plan: a bar a unit, tasks led and supported. Several: units by plans, darker for more."""
    found = plans(db, scope)
    if len(found) == 1:
        return _bars(db, found[0])
    busiest = sorted(found, key=lambda one: -one.tasks)[:MAX_PLANS]
    shown = [one for one in found if one in busiest]
    columns = {one.id: place for place, one in enumerate(shown)}
    led: dict[str, list[int]] = {}
    query = f"SELECT don_vi, van_ban_id, so_chu_tri FROM khoi_luong WHERE so_chu_tri > 0 AND {WHERE}"
    for unit, plan, count in db.execute(query, scope.parameters):
        if plan in columns:
            led.setdefault(unit, [0] * len(shown))[columns[plan]] += count
    units = sorted(led, key=lambda unit: (-sum(led[unit]), unit))[:MAX_UNITS]
    return _table(shown, {unit: led[unit] for unit in units}, described(found, len(shown)))


def _bars(db: Database, plan: PlanName) -> Figure:
    rows = db.execute(
        f"""SELECT ghi_la, so_chu_tri, so_phoi_hop, tap_the FROM khoi_luong WHERE van_ban_id = ?
        ORDER BY so_chu_tri DESC, so_phoi_hop DESC, ghi_la LIMIT {MAX_UNITS}""",
        (plan.id,),
    ).fetchall()
    title, told = _("Load by unit"), described([plan], 1)
    made, axes = figure(1.85 + ROW * len(rows), title, told, left=3.6, bottom=0.8)
    most = max((led + supported for _unit, led, supported, _all in rows), default=1)
    for row, (unit, led, supported, collective) in enumerate(rows):
        axes.barh(row, led, 0.7, color=BLUE)
        axes.barh(row, supported, 0.7, led, color=SKY, hatch="//", edgecolor="white", linewidth=0)
        told = f"{led}" + (f" + {supported}" if supported else "")
        axes.text(led + supported + most * 0.012, row, told, va="center", weight="bold")
        style = "italic" if collective else "normal"
        axes.text(-most * 0.015, row, shortened(unit, LABEL), ha="right", va="center", style=style)
    axes.set(xlim=(0, most * 1.08), ylim=(len(rows) - 0.4, -0.6), yticks=[])
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(axis="x", color=PALE, linewidth=0.6)
    axes.set_axisbelow(True)
    hatched = Patch(facecolor=SKY, hatch="//", edgecolor="white", label=_("supports"))
    legend(made, [Patch(color=BLUE, label=_("leads")), hatched], 2)
    return made


def _table(shown: Sequence[PlanName], led: dict[str, list[int]], subtitle: str) -> Figure:
    title = _("Tasks led, by unit and plan")
    made, axes = figure(2.4 + ROW * len(led), title, subtitle, left=3.6, bottom=0.25)
    colours = mpl.colormaps["Blues"]
    most = max((max(counts) for counts in led.values()), default=1)
    for row, (unit, counts) in enumerate(led.items()):
        axes.text(-0.6, row, shortened(unit, LABEL), ha="right", va="center")
        axes.text(len(shown) - 0.4, row, str(sum(counts)), ha="left", va="center", weight="bold")
        for column, count in enumerate(counts):
            colour = colours(0.12 + 0.83 * (count / most) ** EVEN) if count else to_rgba(FAINT)
            axes.add_patch(Rectangle((column - 0.47, row - 0.46), 0.94, 0.92, color=colour))
            if count:
                axes.text(column, row, str(count), ha="center", va="center", color=ink_on(colour))
    for column, plan in enumerate(shown):
        name = shortened(plan.label, NAME)
        axes.text(column, -0.72, name, ha="left", va="bottom", rotation=35, rotation_mode="anchor", color=INK)
    axes.text(len(shown) - 0.4, -0.72, _("sum"), ha="left", va="bottom", color=GREY)
    axes.set(xlim=(-0.55, max(len(shown), MIN_COLUMNS) + 0.5), ylim=(len(led) - 0.45, -3.6))
    axes.set(xticks=[], yticks=[])
    return made
