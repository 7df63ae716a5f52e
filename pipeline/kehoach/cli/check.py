"""`kehoach check`: plans against the checklists; a table to read, or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kehoach.cli.app import DatabasePath, command, complain
from kehoach.cli.reading import fitted
from kehoach.cli.verdicts import as_json, history_lines, lines
from kehoach.errors import Exit
from kehoach.messages import N_, _
from kehoach.settings import default_database

if TYPE_CHECKING:
    from kehoach.assess import Assessment
    from kehoach.check.profiles import Checklist
    from kehoach.sqlite import Database


class Form(StrEnum):
    """What `--format` takes."""

    TEXT = "text"
    JSON = "json"


ProfilePath = Annotated[
    Path | None,
    typer.Option(
        "--profile", "--rules", help=_("A province's own checklist, laid over ours."), metavar="FILE"
    ),
]
FilesFolder = Annotated[
    Path | None,
    typer.Option("--files", help=_("Where the submitted files lie now, for pictures."), metavar="FOLDER"),
]


@command(
    "check", N_("Check plans against the checklists; without PLAN, all of them. Status 4: a blocker stands.")
)
def check(
    plan: Annotated[str | None, typer.Argument(help=_("Its id, or its file's name."), metavar="PLAN")] = None,
    every: Annotated[bool, typer.Option("--all", help=_("All plans (the same as no PLAN)."))] = False,
    db: DatabasePath = None,
    form: Annotated[
        Form, typer.Option("--format", help=_("Text to read, or JSON."), metavar="text|json")
    ] = Form.TEXT,
    profile: ProfilePath = None,
    passes: Annotated[bool, typer.Option("--passes", help=_("Show what passes, too."))] = False,
    history: Annotated[bool, typer.Option("--history", help=_("Show earlier checks, too."))] = False,
    crops: Annotated[
        Path | None,
        typer.Option(help=_("Put pictures of the places that fail into this folder."), metavar="FOLDER"),
    ] = None,
    files: FilesFolder = None,
) -> int:
    from kehoach.check.profiles import load
    from kehoach.store.read import find_plan, open_database, plans
    from kehoach.store.reviews import renew_links

    checklist = load(profile)
    database = open_database(db or default_database(), must_exist=True)
    wanted = [find_plan(database, plan)] if plan and not every else [one.id for one in plans(database)]
    renew_links(database, wanted[0] if len(wanted) == 1 else None)
    results = list(assessed(database, wanted, checklist))
    pictures = [_drawn(database, one, crops, files) if crops else {} for one in results]
    if form is Form.JSON:
        told = [as_json(one, drawn) for one, drawn in zip(results, pictures, strict=True)]
        typer.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        for one in results:
            _print(database, one, passes, history)
    if any(one.blocks for one in results):
        return Exit.BLOCKER_STANDS
    return Exit.ALL_READ if results or not wanted else Exit.NOTHING_DONE


def assessed(database: Database, wanted: Sequence[int], checklist: Checklist) -> Iterator[Assessment]:
    """The plans with what the check says, landed; those that must be read again first are only named."""
    from kehoach.assess import assess
    from kehoach.store.read import file_of

    now = datetime.now(UTC).replace(microsecond=0)
    for one in wanted:
        found = assess(database, one, checklist, at=now)
        if found is None:
            name = file_of(database, one)["name"]
            advice = _("Read it again: kehoach ingest --reread.")
            complain(
                _("{name} was read by an older version and cannot be checked.").format(name=name), advice
            )
        else:
            yield found


def _print(database: Database, assessment: Assessment, passes: bool, history: bool) -> None:
    from kehoach.store.findings import history as checks

    *told, end = lines(assessment, passes)
    runs = history_lines(checks(database, assessment.document_id)) if history else ()
    for line in (*told, *((f"  {_('checks')}:", *runs) if history else ()), end):
        typer.echo(fitted(line))


def _drawn(database: Database, assessment: Assessment, out: Path, files: Path | None) -> dict[int, str]:
    """Pictures of the places that fail, as files; their paths by place in the findings."""
    from kehoach.letter.evidence import pictures

    found = pictures(database, assessment, files)
    if found.trouble:
        tell_trouble(assessment, found.trouble)
    out.mkdir(parents=True, exist_ok=True)
    paths = {}
    for place, png in found.pngs.items():
        rule = assessment.findings[place].finding.rule
        path = out / f"{assessment.document_id}.{place:02d}.{rule}.png"
        path.write_bytes(png)
        paths[place] = str(path)
    return paths


TROUBLES = {
    "gone": N_("The file of {name} is not where it was, so there are no pictures of its pages."),
    "unreadable": N_("The file of {name} cannot be opened any more, so there are no pictures of its pages."),
}


def tell_trouble(assessment: Assessment, trouble: str) -> None:
    """Says why there are no pictures, and goes on."""
    advice = _("Say where the files lie now: --files FOLDER.")
    complain(_(TROUBLES[trouble]).format(name=assessment.record.source.name), advice)
