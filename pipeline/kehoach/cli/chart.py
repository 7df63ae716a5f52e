"""`kehoach chart`: pictures of what the database says."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kehoach.cli.app import DatabasePath, command
from kehoach.messages import N_, _
from kehoach.settings import default_database

FORMS = ("svg", "png", "pdf")


class What(StrEnum):
    """What can be drawn: names of `kehoach.chart.CHARTS`."""

    TIMELINE = "timeline"
    COVERAGE = "coverage"
    LOAD = "load"
    VAGUE = "vague"


@command("chart", N_("Draw deadlines, coverage, load or vague deadlines, as SVG, PNG or PDF."))
def chart(
    what: Annotated[What, typer.Argument(help=_("What to draw."), metavar="|".join(What))],
    plan: Annotated[str | None, typer.Argument(help=_("Its id, or its file's name."), metavar="PLAN")] = None,
    db: DatabasePath = None,
    year: Annotated[int | None, typer.Option(help=_("Plans for this year only."), metavar="N")] = None,
    province: Annotated[
        str | None, typer.Option(help=_("Plans of this province only."), metavar="NAME")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help=_("File to write: .svg, .png or .pdf."), metavar="FILE")
    ] = None,
) -> None:
    from kehoach.chart import Scope, draw
    from kehoach.store.read import find_plan, open_database

    path = out or Path(f"{what.value}.svg")
    form = path.suffix.lower().removeprefix(".")
    if form not in FORMS:
        raise typer.BadParameter(_("The file's name ends in .svg, .png or .pdf."))
    database = open_database(db or default_database(), must_exist=True)
    plan_id = None if plan is None else find_plan(database, plan)
    path.write_bytes(draw(database, what.value, Scope(plan_id, year, province), form))
    typer.echo(_("Written: {path}").format(path=path))
