"""`kehoach check`: plans against the checklists; a table to read, or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kehoach.cli.app import DatabasePath, command, complain
from kehoach.cli.reading import fitted
from kehoach.document.finding import Finding, Severity, Verdict
from kehoach.errors import Exit
from kehoach.messages import N_, _
from kehoach.settings import default_database

if TYPE_CHECKING:
    from sqlite_utils import Database

    from kehoach.check.profiles import Checklist

VERDICTS = {
    Verdict.FAIL: N_("fails"),
    Verdict.NOT_ASSESSABLE: N_("not assessable"),
    Verdict.PASS: N_("passes"),
}
SEVERITIES = {
    Severity.BLOCKER: N_("blocker"),
    Severity.MAJOR: N_("major"),
    Severity.MINOR: N_("minor"),
    Severity.INFO: N_("info"),
}


class Form(StrEnum):
    """What `--format` takes."""

    TEXT = "text"
    JSON = "json"


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
    profile: Annotated[
        Path | None, typer.Option(help=_("A province's own checklist, laid over ours."), metavar="FILE")
    ] = None,
    passes: Annotated[bool, typer.Option("--passes", help=_("Show what passes, too."))] = False,
) -> int:
    from kehoach.check.findings import blocks
    from kehoach.check.profiles import load
    from kehoach.store.read import find_plan, open_database, plans

    checklist = load(profile)
    database = open_database(db or default_database(), must_exist=True)
    wanted = [find_plan(database, plan)] if plan and not every else [one.id for one in plans(database)]
    results = [(one, found) for one in wanted if (found := _checked(database, one, checklist)) is not None]
    if form is Form.JSON:
        told = [_as_json(database, one, found) for one, found in results]
        typer.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        for line in (line for one, found in results for line in _lines(database, one, found, passes)):
            typer.echo(fitted(line))
    if any(blocks(found) for _one, found in results):
        return Exit.BLOCKER_STANDS
    return Exit.ALL_READ if results or not wanted else Exit.NOTHING_DONE


def _checked(database: Database, document_id: int, checklist: Checklist) -> tuple[Finding, ...] | None:
    """The findings, landed; None where the plan must be read again first."""
    from kehoach.check.findings import findings
    from kehoach.store.read import reading
    from kehoach.store.write import renew_findings

    seen = reading(database, document_id)
    if seen is None:
        name = _file_name(database, document_id)
        advice = _("Read it again: kehoach ingest --reread.")
        complain(_("{name} was read by an older version and cannot be checked.").format(name=name), advice)
        return None
    found = findings(*seen, checklist)
    renew_findings(database, document_id, found)
    return found


def _file_name(database: Database, document_id: int) -> str:
    from kehoach.store.read import plans

    return next(one.file_name for one in plans(database) if one.id == document_id)


def _lines(database: Database, document_id: int, found: tuple[Finding, ...], passes: bool) -> Iterator[str]:
    yield f"{document_id}  {_file_name(database, document_id)}"
    for verdict in Verdict:
        shown = [one for one in found if one.verdict is verdict]
        yield f"  {_(VERDICTS[verdict])}: {len(shown)}"
        if verdict is not Verdict.PASS or passes:
            for one in sorted(shown, key=lambda one: list(Severity).index(one.severity)):
                yield from _finding_lines(one)
    yield ""


def _finding_lines(one: Finding) -> Iterator[str]:
    page = one.anchor.page if one.anchor else None
    place = _("page {page}").format(page=page) if page else "–"
    weight = _(SEVERITIES[one.severity]) if one.verdict is Verdict.FAIL else ""
    yield f"    {' '.join(part for part in (weight, one.rule) if part)} ({place}): {one.message}"
    if one.verdict is Verdict.FAIL:
        if one.article:
            yield f"      {_('basis')}: {one.article}"
        yield f"      → {one.remedy}"


def _as_json(database: Database, document_id: int, found: Iterable[Finding]) -> dict[str, Any]:
    return {
        "document": document_id,
        "file": _file_name(database, document_id),
        "findings": [_finding_json(one) for one in found],
    }


def _finding_json(one: Finding) -> dict[str, Any]:
    anchor = one.anchor
    box = next((box for box in anchor.boxes if box.page == anchor.page), None) if anchor else None
    return {
        "rule": one.rule,
        "verdict": one.verdict.value,
        "severity": one.severity.value,
        "basis": one.basis,
        "article": one.article,
        "title": one.title,
        "message": one.message,
        "remedy": one.remedy,
        "evidence": one.evidence,
        "page": anchor.page if anchor else None,
        "bbox": list(box[1:]) if box else None,
        "confidence": anchor.confidence if anchor else None,
    }
