"""`kehoach export`: the database leaves as JSON records or tables."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kehoach.cli.app import DatabasePath, command
from kehoach.messages import N_, _
from kehoach.settings import default_database


class Format(StrEnum):
    """What `--format` takes."""

    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


@command("export", N_("Write the plans as JSON records, or the tables as CSV or XLSX."))
def export(
    db: DatabasePath = None,
    form: Annotated[
        Format,
        typer.Option("--format", help=_("Records (json) or tables (csv, xlsx)."), metavar="json|csv|xlsx"),
    ] = Format.JSON,
    out: Annotated[Path, typer.Option("--out", help=_("Folder to write to."), metavar="DIR")] = Path(),
) -> None:
    from kehoach.export import FORMATS
    from kehoach.store.read import open_database

    database = open_database(db or default_database(), must_exist=True)
    written = FORMATS[form.value](database, out)
    typer.echo(_("{count} files written to {out}").format(count=len(written), out=out))
