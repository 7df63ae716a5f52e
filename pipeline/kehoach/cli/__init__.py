"""The command line: a short function a command, progress, summary. Rooms are imported when a command runs."""

from __future__ import annotations

import gettext
import os

from kehoach.messages import LOCALE_DIR, user_language


def main(arguments: list[str] | None = None) -> None:
    """Runs the command line and ends the process with the contract's exit status."""
    # typer takes its own words from gettext's default domain at the moment when it is imported.
    os.environ["LANGUAGE"] = user_language()
    gettext.bindtextdomain("kehoach", str(LOCALE_DIR))
    gettext.textdomain("kehoach")
    register()
    from kehoach.cli.app import run

    run(arguments)


def register() -> None:
    """Makes every command known to the application."""
    from kehoach.cli import (  # noqa: F401 registers
        ask,
        bench,
        chart,
        check,
        checks,
        compare,
        explain,
        export,
        ingest,
        letter,
        reading,
        review,
        roster,
        round,
        schema,
        scoring,
        serve,
    )
