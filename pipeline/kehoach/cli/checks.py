"""`kehoach doctor`: is the machine ready."""

from __future__ import annotations

import typer

from kehoach.cli.app import DatabasePath, command
from kehoach.errors import Exit
from kehoach.messages import N_
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
