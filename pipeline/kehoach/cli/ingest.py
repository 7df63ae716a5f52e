"""`kehoach ingest`: files and folders become plans in the database."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kehoach.cli.app import DatabasePath, command, complain, printable
from kehoach.messages import N_, _
from kehoach.settings import Settings, core_count, default_database

if TYPE_CHECKING:
    from kehoach.run.steps import Outcome


@command("ingest", N_("Read plans (PDF, pictures, Word, text; files or folders) into the database."))
def ingest(
    paths: Annotated[list[Path], typer.Argument(help=_("Files and folders."), metavar="PATH…")],
    db: DatabasePath = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, help=_("Processes that read (default: one a core)."), metavar="N")
    ] = None,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help=_("Neither use nor keep page results."))
    ] = False,
    reread: Annotated[
        bool, typer.Option("--reread", help=_("Read again what the database already has."))
    ] = False,
) -> int:
    settings = Settings(
        db=db or default_database(), jobs=jobs or core_count(), use_cache=not no_cache, reread=reread
    )
    began = time.monotonic()
    outcomes = _read(paths, settings)
    return _summary(outcomes, settings, time.monotonic() - began)


def _read(paths: list[Path], settings: Settings) -> list[Outcome]:
    from kehoach.cli.progress import watching
    from kehoach.ingest.discover import files
    from kehoach.run import pool
    from kehoach.store.read import open_database

    found = tuple(files(paths))
    if not any(path.exists() for path in found):
        for path in found:
            complain(_("{name} does not exist or cannot be opened.").format(name=path))
        return []
    db = open_database(settings.db, must_exist=False)
    log = logging.FileHandler(settings.db.with_suffix(".log"), encoding="utf-8", delay=True)
    logging.basicConfig(handlers=[log], level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    try:
        with watching(len(found)) as watch:
            return list(pool.ingest(found, settings, db, watch))
    finally:
        db.close()


def _summary(outcomes: list[Outcome], settings: Settings, seconds: float) -> int:
    from kehoach.run.pool import exit_status

    if not outcomes:
        complain(_("There is nothing to read."), _("Give files, or a folder that holds plans."))
        return exit_status(outcomes)
    new = [one for one in outcomes if one.is_new and one.is_read]
    pages = sum(one.page_count for one in new)
    typer.echo(
        _("{plans} plans, {pages} pages, {tasks} tasks in {seconds} s ({speed} pages/s) → {db}").format(
            plans=len(new),
            pages=pages,
            tasks=sum(one.task_count for one in new),
            seconds=f"{seconds:.1f}",
            speed=f"{pages / seconds:.2f}" if seconds else "–",
            db=settings.db,
        )
    )
    for line in _remarks(outcomes, settings):
        typer.echo(printable(line))
    return exit_status(outcomes)


def _remarks(outcomes: list[Outcome], settings: Settings) -> list[str]:
    known = sum(one.is_read and not one.is_new for one in outcomes)
    warned = [one for one in outcomes if one.is_new and one.outcome == "read_with_warnings"]
    unread = [one for one in outcomes if not one.is_read]
    lines = [_("{count} files were in the database already.").format(count=known)] if known else []
    if warned:
        lines.append(_("{count} plans were read with warnings:").format(count=len(warned)))
        lines += [f"  {one.name}: {one.message}" for one in warned]
    if unread:
        lines.append(_("{count} files were not read:").format(count=len(unread)))
        lines += [f"  {one.message}" for one in unread]
    if any(one.outcome == "failed" for one in unread):
        lines.append(_("Details of what failed: {log}").format(log=settings.db.with_suffix(".log")))
    return lines
