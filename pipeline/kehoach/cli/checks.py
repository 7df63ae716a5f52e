"""`kehoach evaluate` and `kehoach doctor`: how good are the results, and is the machine ready."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kehoach.cli.app import DatabasePath, command
from kehoach.errors import Exit
from kehoach.messages import N_, _
from kehoach.settings import default_database


@command("doctor", N_("Check that everything needed is there; says how to get what is missing."))
def doctor(db: DatabasePath = None) -> int:
    from kehoach.doctor import checks

    failing = False
    for check in checks(db or default_database()):
        typer.echo(f"{'✓' if check.is_well else '✗'} {check.name}: {check.detail}")
        if not check.is_well:
            failing = True
            typer.echo(f"  → {check.remedy}")
    return Exit.NOTHING_DONE if failing else Exit.ALL_READ


@command("evaluate", N_("Score the database against gold records; by variant of scan."))
def evaluate(
    gold: Annotated[Path, typer.Argument(help=_("Folder of gold records."), metavar="GOLD_DIR")],
    db: DatabasePath = None,
) -> None:
    from kehoach.evaluate import report
    from kehoach.store.read import open_database

    for line in report(open_database(db or default_database(), must_exist=True), gold):
        typer.echo(line)
