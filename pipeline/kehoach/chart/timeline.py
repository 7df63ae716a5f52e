"""When things are due: a plan's tasks over its year (Gantt), or what is due in each plan month by month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from kehoach.chart.scope import MAX_PLANS, WHERE, PlanName, Scope, described, plans
from kehoach.chart.style import (
    BLUE,
    FAINT,
    GREY,
    INK,
    PALE,
    PALETTE,
    SMALL,
    figure,
    legend,
    shortened,
)
from kehoach.errors import NothingToDraw
from kehoach.messages import _
from kehoach.sqlite import Database

MAX_TASKS = 80
ROW = 0.28  # inches
LABEL, UNIT, PRINTED = 70, 46, 60  # characters of a task, of a unit's name, of a deadline's words
MONTHS = 12
LEADS_A_ROW = 4
ALWAYS: Any = (0, (1, 1.6))  # a dotted line
_TASKS = """
    SELECT noi_dung, coalesce(chu_tri, ''), loai_thoi_han, thoi_han, tu_ngay, den_ngay,
        (SELECT group_concat(day) FROM (SELECT day FROM due_days WHERE task_id = n.id ORDER BY day))
    FROM nhiem_vu n WHERE van_ban_id = ? ORDER BY thu_tu
"""
_DUE = f"""
    SELECT van_ban_id, substr(ngay_den_han, 6, 2), count(*) FROM thoi_han
    WHERE ngay_den_han BETWEEN nam || '-01-01' AND nam || '-12-31' AND {WHERE} GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class _Bar:
    """A task with its time; `days` are those on which it is due."""

    text: str
    lead: str
    kind: str | None
    printed: str | None
    start: date | None
    end: date | None
    days: tuple[date, ...]

    @property
    def place(self) -> tuple[int, date]:
        """Dated tasks by their last day, then recurring ones, then those to be done always, then the rest."""
        kinds = {"dinh_ky": 1, "thuong_xuyen": 2, None: 4}
        return kinds.get(self.kind, 0 if self.days else 3), self.days[-1] if self.days else date.max


def timeline(db: Database, scope: Scope) -> Figure:
    """One plan: a line a task. Several: a line a plan, a disc a month, larger the more is due then."""
    found = plans(db, scope)
    return _gantt(db, found[0]) if len(found) == 1 else _months(db, scope, found)


def _gantt(db: Database, plan: PlanName) -> Figure:
    read = [_bar(row) for row in db.execute(_TASKS, (plan.id,))]
    bars = sorted(read, key=lambda bar: bar.place)[:MAX_TASKS]
    year = plan.year or next((bar.days[0].year for bar in bars if bar.days), None)
    if year is None:
        raise NothingToDraw
    colours = _colours(bars)
    title, told = _("Deadlines of the tasks"), described([plan], 1)
    made, axes = figure(2.3 + ROW * len(bars), title, told, left=4.95, bottom=1.0)
    _calendar(axes, year, len(bars))
    for row, bar in enumerate(bars):
        words = shortened(bar.text, LABEL)
        axes.text(_x(date(year, 1, 1)) - 4, row, words, ha="right", va="center", size=SMALL)
        _draw(axes, row, bar, year, colours.get(bar.lead, GREY))
    leads = [
        Line2D([], [], marker="s", linestyle="", color=colour, label=shortened(lead, UNIT))
        for lead, colour in colours.items()
    ]
    legend(made, leads, LEADS_A_ROW)
    legend(made, _signs(), 4, up=0.08 + 0.2 * -(-len(leads) // LEADS_A_ROW))
    return made


def _draw(axes: Axes, row: int, bar: _Bar, year: int, colour: str) -> None:
    first, last = _x(date(year, 1, 1)), _x(date(year, MONTHS, 31))
    whole, level = (first + 3, last - 3), (row, row)
    if bar.kind == "thuong_xuyen":
        axes.plot(whole, level, color=colour, linewidth=2.2, linestyle=ALWAYS)
    elif bar.kind == "dinh_ky":
        axes.plot(whole, level, color=colour, linewidth=0.8, alpha=0.6)
    elif bar.start and bar.end and bar.start < bar.end:
        stretch = (max(_x(bar.start), first), min(_x(bar.end), last))
        axes.plot(stretch, level, color=colour, linewidth=7, alpha=0.45, solid_capstyle="butt")
    if not bar.days and bar.kind != "thuong_xuyen":
        told = shortened(bar.printed or _("no deadline"), PRINTED)
        ink, box = INK if bar.printed else GREY, {"facecolor": "white", "edgecolor": "none", "pad": 1}
        middle: Any = {"ha": "center", "va": "center", "size": SMALL, "style": "italic"}
        axes.text((first + last) / 2, row, told, color=ink, bbox=box, **middle)
    _mark(axes, row, [day for day in bar.days if day.year == year], colour)


def _mark(axes: Axes, row: int, days: Sequence[date], colour: str) -> None:
    """A diamond on each day; the last one with its date."""
    edge: Any = {"markersize": 6, "markeredgecolor": "white", "markeredgewidth": 0.6}
    axes.plot([_x(day) for day in days], [row] * len(days), "D", color=colour, **edge)
    if days:
        axes.text(_x(days[-1]) + 5, row, f"{days[-1].day}/{days[-1].month}", va="center", size=SMALL)


def _months(db: Database, scope: Scope, found: Sequence[PlanName]) -> Figure:
    shown = sorted(sorted(found, key=lambda one: -one.tasks)[:MAX_PLANS], key=lambda one: one.label)
    due = {(plan, int(month)): count for plan, month, count in db.execute(_DUE, scope.parameters)}
    if not due:
        raise NothingToDraw
    title, told = _("What is due in each month"), described(list(found), len(shown))
    made, axes = figure(1.95 + 0.42 * len(shown), title, told, left=2.6, bottom=0.3)
    for row, plan in enumerate(shown):
        name = plan.label + (f" ({plan.year})" if scope.year is None else "")
        axes.text(0.4, row, name, ha="right", va="center")
        _discs(axes, row, [due.get((plan.id, month), 0) for month in range(1, MONTHS + 1)], max(due.values()))
    for month in range(1, MONTHS + 1):
        axes.text(month, -0.85, f"T{month}", ha="center", va="center", color=GREY)
    axes.text(MONTHS + 0.85, -0.85, _("sum"), ha="center", va="center", color=GREY)
    axes.set(xlim=(0.45, MONTHS + 1.1), ylim=(len(shown) - 0.4, -1.3), xticks=[], yticks=[])
    return made


def _discs(axes: Axes, row: int, counts: Sequence[int], most: int) -> None:
    """A disc a month, its area by the count, and the sum."""
    axes.plot((0.45, MONTHS + 0.5), (row, row), color=PALE, linewidth=0.6, zorder=0)
    for month, count in enumerate(counts, 1):
        if count:
            axes.scatter(month, row, s=90 + 430 * count / most, color=BLUE, zorder=2)
            axes.text(month, row, str(count), ha="center", va="center_baseline", color="white", weight="bold")
    axes.text(MONTHS + 0.85, row, str(sum(counts)), ha="center", va="center", weight="bold")


def _calendar(axes: Axes, year: int, rows: int) -> None:
    """Months over the rows, every other quarter shaded."""
    starts = [_x(date(year, month, 1)) for month in range(1, MONTHS + 1)] + [_x(date(year + 1, 1, 1))]
    for quarter in (0, 6):
        axes.axvspan(starts[quarter], starts[quarter + 3], color=FAINT, zorder=0, linewidth=0)
    for month, (start, end) in enumerate(pairwise(starts), 1):
        axes.axvline(start, color=PALE, linewidth=0.6, zorder=0)
        axes.text((start + end) / 2, -0.95, f"T{month}", ha="center", va="center", color=GREY)
    for row in range(rows):
        axes.axhline(row, color=PALE, linewidth=0.4, zorder=0)
    axes.set(xlim=(starts[0], starts[-1] + 16), ylim=(rows - 0.4, -1.4), xticks=[], yticks=[])


def _colours(bars: Sequence[_Bar]) -> dict[str, str]:
    """The busiest leads, a colour each; the others are grey."""
    leads = Counter(bar.lead for bar in bars if bar.lead)
    busiest = [lead for lead, _count in leads.most_common(len(PALETTE))]
    return dict(zip(busiest, PALETTE, strict=False))


def _signs() -> list[Any]:
    return [
        Line2D([], [], marker="D", linestyle="", color=INK, markersize=6, label=_("due")),
        Line2D([], [], color=INK, linewidth=7, alpha=0.45, label=_("in a period")),
        Line2D([], [], color=INK, linewidth=0.8, alpha=0.6, label=_("recurring")),
        Line2D([], [], color=INK, linewidth=2.2, linestyle=ALWAYS, label=_("continuously")),
    ]


def _x(day: date) -> float:
    return float(day.toordinal())


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _bar(row: Sequence[Any]) -> _Bar:
    text, lead, kind, printed, start, end, days = row
    return _Bar(text, lead, kind, printed, _day(start), _day(end), _days(days))


def _days(text: str | None) -> tuple[date, ...]:
    return tuple(map(date.fromisoformat, text.split(","))) if text else ()
