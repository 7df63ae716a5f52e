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
    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"
    ICS = "ics"


@command("export", N_("Write the plans as JSON records, the tables as files, deadlines as calendars."))
def export(
    db: DatabasePath = None,
    form: Annotated[
        Format,
        typer.Option(
            "--format",
            help=_("Records (json), tables (csv, xlsx), views (parquet, jsonl), a calendar a unit (ics)."),
            metavar="|".join(Format),
        ),
    ] = Format.JSON,
    out: Annotated[Path, typer.Option("--out", help=_("Folder to write to."), metavar="DIR")] = Path(),
    server: Annotated[
        str | None,
        typer.Option(help=_("Address of the server to which page links lead."), metavar="URL"),
    ] = None,
    bom: Annotated[
        bool, typer.Option("--bom/--no-bom", help=_("CSV begins with the mark that Excel needs."))
    ] = True,
) -> None:
    from kehoach.export import FORMATS, SERVER, Options
    from kehoach.store.read import open_database

    database = open_database(db or default_database(), must_exist=True)
    written = FORMATS[form.value](database, out, Options((server or SERVER).rstrip("/"), bom))
    typer.echo(_("{count} files written to {out}").format(count=len(written), out=out))
