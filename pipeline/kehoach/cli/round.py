"""`kehoach round`: who sent a plan by a day, who is late, who is missing, and what is wrong most often."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kehoach.cli.app import DatabasePath, command, complain
from kehoach.cli.check import ProfilePath, assessed
from kehoach.errors import Exit
from kehoach.messages import N_, _
from kehoach.settings import default_database

if TYPE_CHECKING:
    from kehoach.rounds.summary import Summary

WORKBOOK = Path("round.xlsx")


@command("round", N_("Sum up a round: who sent a plan by a day, who is late, who is missing."))
def round_(
    units: Annotated[Path, typer.Argument(help=_("Who was to send: a unit a line, or CSV."), metavar="LIST")],
    year: Annotated[int, typer.Option(help=_("The year that the plans are for."), metavar="YYYY")],
    due: Annotated[
        datetime,
        typer.Option(help=_("The last day for issuing."), formats=["%Y-%m-%d"], metavar="YYYY-MM-DD"),
    ],
    db: DatabasePath = None,
    about: Annotated[
        str, typer.Option(help=_("Only plans whose title has these words."), metavar="WORDS")
    ] = "",
    out: Annotated[Path, typer.Option("--out", help=_("The workbook to write."), metavar="FILE")] = WORKBOOK,
    profile: ProfilePath = None,
) -> int:
    from kehoach.check.profiles import load
    from kehoach.rounds.summary import Round, belongs, summarised
    from kehoach.rounds.workbook import write_workbook
    from kehoach.store.read import open_database
    from kehoach.store.reviews import renew_links, submissions
    from kehoach.store.roster import read_roster

    expected = read_roster(units)
    database = open_database(db or default_database(), must_exist=True)
    renew_links(database)
    asked = Round(year, due.date(), about)
    found = [one for one in submissions(database) if belongs(one, asked)]
    checked = assessed(database, [one.document_id for one in found], load(profile))
    summary = summarised(asked, expected, found, {one.document_id: one for one in checked})
    write_workbook(summary, out, datetime.now(UTC).astimezone().date())
    _tell(summary, out)
    return Exit.ALL_READ


def _tell(summary: Summary, out: Path) -> None:
    from kehoach.rounds.summary import Standing

    everyone = len(dict.fromkeys(one.unit for one in summary.entries))
    late, missing = summary.units(Standing.LATE), summary.units(Standing.MISSING)
    typer.echo(
        _("{sent} of {count} units sent a plan, {late} late, {missing} are missing → {out}").format(
            sent=everyone - len(missing), count=everyone, late=len(late), missing=len(missing), out=out
        )
    )
    for label, units in ((_("Late"), late), (_("Missing"), missing)):
        if units:
            typer.echo(f"  {label}: {'; '.join(one.name for one in units)}")
    if summary.strangers:
        complain(_("{count} plans come from nobody on the list.").format(count=len(summary.strangers)))
