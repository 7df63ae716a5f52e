"""`kehoach bench`: how fast, beside named peers, on this machine."""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from kehoach.cli.app import command
from kehoach.messages import N_, _

TASKS = 1_000_000


class What(StrEnum):
    """What can be measured: a module of `kehoach.bench` with `corpus()` and `bench(paths)` each."""

    PAGES = "pages"
    ABLATION = "ablation"
    MEMORY = "memory"
    LANGUAGE = "language"
    REPAIR = "repair"
    CONFIDENCE = "confidence"
    SCALE = "scale"
    EXPORTS = "exports"
    CHECKS = "checks"
    COMPARE = "compare"


class ExportFormat(StrEnum):
    """What `--only` takes."""

    PARQUET = "parquet"
    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"
    ICS = "ics"


MADE_UP = (What.SCALE, What.EXPORTS)


@command("bench", N_("Measure how fast it is, beside named peers, in one run."))
def bench(
    what: Annotated[What, typer.Argument(help=_("What to measure."), metavar="|".join(What))],
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help=_("Files to measure on (default: the corpus)."), metavar="PATH…"),
    ] = None,
    tasks: Annotated[
        int, typer.Option(min=100, help=_("Size of the made-up database (scale, exports)."), metavar="N")
    ] = TASKS,
    only: Annotated[
        list[ExportFormat] | None,
        typer.Option("--only", help=_("Only this format (exports); may be given again.")),
    ] = None,
    write: Annotated[
        Path | None, typer.Option(help=_("Renew the table in this page, too."), metavar="FILE")
    ] = None,
) -> None:
    from kehoach.bench.table import markdown, renewed

    room = import_module(f"kehoach.bench.{what.value}")
    given = tuple(paths or room.corpus())
    sized = (tasks,) if what in MADE_UP else ()
    formats = {"formats": tuple(one.value for one in only)} if only and what is What.EXPORTS else {}
    table = room.bench(given, *sized, **formats)
    typer.echo(markdown(table))
    if write:
        page = write.read_text("utf-8") if write.is_file() else ""
        write.write_text(renewed(page, table), "utf-8")
