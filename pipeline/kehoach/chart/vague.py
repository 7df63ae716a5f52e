"""How many tasks of each plan have no deadline, or are to be done all the time."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from kehoach.chart.scope import MAX_PLANS, WHERE, Scope, described, plans
from kehoach.chart.style import BLUE, GREY, INK, ORANGE, SKY, VERMILLION, figure, legend
from kehoach.messages import N_, _
from kehoach.sqlite import Database

ROW = 0.36  # inches
KINDS = (
    (N_("no deadline"), VERMILLION, "white", "//"),
    (N_("continuously"), ORANGE, INK, ".."),
    (N_("recurring"), SKY, INK, ""),
    (N_("with a day or period"), BLUE, "white", ""),
)
MIN_SHARE = 0.025  # of the width that a number needs


def vague(db: Database, scope: Scope) -> Figure:
    """A bar a plan, the vaguest on top; shares with the counts in them."""
    found = plans(db, scope)
    names = {one.id: one.label for one in found}
    rows = db.execute(
        f"""SELECT van_ban_id, khong_thoi_han, thuong_xuyen, dinh_ky, so_nhiem_vu FROM tong_hop
        WHERE so_nhiem_vu > 0 AND {WHERE} ORDER BY ty_le_mo_ho DESC, so_nhiem_vu DESC LIMIT {MAX_PLANS}""",
        scope.parameters,
    ).fetchall()
    title, told = _("Tasks without a firm deadline"), described(found, len(rows))
    made, axes = figure(2.0 + ROW * len(rows), title, told, left=2.4, bottom=0.8)
    for row, (plan, none, always, recurring, tasks) in enumerate(rows):
        _bar(axes, row, (none, always, recurring, tasks - none - always - recurring))
        axes.text(-0.012, row, names[plan], ha="right", va="center")
        axes.text(1.012, row, f"{(none + always) / tasks:.0%}", ha="left", va="center", weight="bold")
    axes.set(xlim=(0, 1.07), ylim=(len(rows) - 0.4, -0.7), yticks=[])
    quarters = (0, 0.25, 0.5, 0.75, 1)
    axes.set_xticks(quarters, [f"{share:.0%}" for share in quarters])
    axes.text(1.012, -0.62, _("vague"), color=GREY, va="bottom")
    keys = [
        Patch(facecolor=colour, hatch=hatch, edgecolor="white", label=_(name))
        for name, colour, _ink, hatch in KINDS
    ]
    legend(made, keys, len(keys))
    return made


def _bar(axes: Axes, row: int, counts: Sequence[int]) -> None:
    start, tasks = 0.0, sum(counts)
    for count, (_name, colour, ink, hatch) in zip(counts, KINDS, strict=True):
        share = count / tasks
        axes.barh(row, share, 0.72, start, color=colour, hatch=hatch, edgecolor="white", linewidth=0.8)
        if share >= MIN_SHARE:
            box = {"facecolor": colour, "edgecolor": "none", "pad": 1.5}
            axes.text(start + share / 2, row, str(count), color=ink, ha="center", va="center", bbox=box)
        start += share
