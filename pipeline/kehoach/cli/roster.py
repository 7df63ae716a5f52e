"""`kehoach roster`: who is to send a plan, so that it can be said who has not."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kehoach.cli.app import DatabasePath, command
from kehoach.messages import N_, _
from kehoach.settings import default_database


@command("roster", N_("Take the list of those who are to send a plan (an issuer a line, or CSV)."))
def roster(
    path: Annotated[Path, typer.Argument(help=_("Text or CSV in UTF-8."), metavar="FILE")],
    db: DatabasePath = None,
) -> None:
    from kehoach.store.read import open_database
    from kehoach.store.roster import land_roster, read_roster

    expected = read_roster(path)
    database = open_database(db or default_database(), must_exist=True)
    typer.echo(_("{count} issuers are to send a plan.").format(count=land_roster(database, expected)))
