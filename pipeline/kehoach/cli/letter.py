"""`kehoach letter`: the review sheet, or the reply to the sender, as Word and PDF."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kehoach.cli.app import DatabasePath, command
from kehoach.cli.check import FilesFolder, ProfilePath, assessed, tell_trouble
from kehoach.cli.review import PlanName
from kehoach.errors import Exit
from kehoach.messages import N_, _
from kehoach.settings import default_database


class Kind(StrEnum):
    """What `--kind` takes."""

    SHEET = "phieu"
    REPLY = "cong-van"


@command("letter", N_("Write the review sheet of a plan, or the reply to its sender, as Word and PDF."))
def letter(
    plan: PlanName,
    db: DatabasePath = None,
    kind: Annotated[
        Kind,
        typer.Option(help=_("Review sheet (phieu) or reply (cong-van)."), metavar="phieu|cong-van"),
    ] = Kind.SHEET,
    out: Annotated[Path, typer.Option("--out", help=_("Folder to write to."), metavar="DIR")] = Path(),
    letterhead: Annotated[
        Path | None,
        typer.Option(help=_("Your office's settings; what they do not say stays blank."), metavar="FILE"),
    ] = None,
    answer_by: Annotated[
        datetime | None,
        typer.Option(help=_("When the mended plan is wanted."), formats=["%Y-%m-%d"], metavar="YYYY-MM-DD"),
    ] = None,
    profile: ProfilePath = None,
    files: FilesFolder = None,
) -> int:
    from kehoach.check.profiles import load
    from kehoach.letter import write
    from kehoach.letter.evidence import pictures
    from kehoach.letter.letterhead import read_letterhead
    from kehoach.store.read import find_plan, open_database
    from kehoach.store.reviews import renew_links

    settings = read_letterhead(letterhead)
    database = open_database(db or default_database(), must_exist=True)
    document = find_plan(database, plan)
    renew_links(database, document)
    now = datetime.now(UTC).replace(microsecond=0)
    wanted = answer_by.date() if answer_by else None
    order = write.Order(write.Kind(kind.value), settings, now, wanted)
    for assessment in assessed(database, [document], load(profile)):
        found = pictures(database, assessment, files)
        if found.trouble:
            tell_trouble(assessment, found.trouble)
        composed = write.compose(database, assessment, order, found.pngs)
        for path in write.write(composed, order, assessment.record.source.name, out):
            typer.echo(path)
        return Exit.ALL_READ
    return Exit.NOTHING_DONE
