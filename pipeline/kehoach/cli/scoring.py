"""`kehoach evaluate`: how good the readings are, where they go wrong, and whether they have got worse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kehoach.cli.app import DatabasePath, command, complain, printable
from kehoach.errors import Exit
from kehoach.messages import N_, _
from kehoach.settings import default_database

if TYPE_CHECKING:
    from kehoach.evaluate import Scores
    from kehoach.evaluate.floors import Floors


@command("evaluate", N_("Score the database against gold records; by variant of scan."))
def evaluate(
    gold: Annotated[Path, typer.Argument(help=_("Folder of gold records."), metavar="GOLD_DIR")],
    db: DatabasePath = None,
    misses: Annotated[
        str,
        typer.Option(help=_("List the misses of a field (as in the table), or of “all”."), metavar="FIELD"),
    ] = "",
    intervals: Annotated[
        bool, typer.Option("--intervals", help=_("Add 95 % bootstrap intervals of F1."))
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON."))] = False,
    floor: Annotated[
        Path | None,
        typer.Option(help=_("Least F1 by variant and field; exit status 1 below."), metavar="FILE"),
    ] = None,
) -> int:
    from kehoach import evaluate as scoring
    from kehoach.evaluate.floors import read_floors
    from kehoach.evaluate.intervals import of_variants
    from kehoach.evaluate.report import as_values, lines
    from kehoach.store.read import open_database

    floors = read_floors(floor) if floor else {}
    found = scoring.evaluate(open_database(db or default_database(), must_exist=True), gold)
    between = of_variants(found) if intervals else None
    if as_json:
        typer.echo(json.dumps(as_values(found, misses, intervals=between), ensure_ascii=False, indent=1))
    else:
        for line in lines(found, gold, misses, intervals=between):
            typer.echo(printable(line))
    return _held(found, floors)


def _held(found: dict[str, Scores], floors: Floors) -> int:
    """Names what has fallen on standard error; the exit status."""
    from kehoach.evaluate.floors import fallen

    low = fallen(found, floors)
    for one in low:
        reached = _("nothing to score") if one.reached is None else f"{one.reached:.4f}"
        told = _("{variant} {field}: {reached}, below its floor {floor}.")
        complain(told.format(variant=one.variant, field=one.field, reached=reached, floor=f"{one.floor:.4f}"))
    return Exit.NOTHING_DONE if low else Exit.ALL_READ
