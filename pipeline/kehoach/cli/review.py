"""`kehoach waive` and `kehoach link`: what a reviewer decides about findings and versions."""

from __future__ import annotations

import getpass
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from kehoach.cli.app import DatabasePath, command, complain
from kehoach.cli.reading import fitted
from kehoach.cli.verdicts import waiver_words
from kehoach.document.review import Reason
from kehoach.errors import Exit
from kehoach.messages import N_, _
from kehoach.settings import default_database

if TYPE_CHECKING:
    from kehoach.document.finding import Finding
    from kehoach.sqlite import Database

Reviewer = Annotated[
    str | None, typer.Option("--by", help=_("Who decides (default: your login)."), metavar="NAME")
]
PlanName = Annotated[str, typer.Argument(help=_("Its id, or its file's name."), metavar="PLAN")]


@command("waive", N_("Let a finding rest, with a reason; without RULE, list what rests."))
def waive(
    plan: PlanName,
    rule: Annotated[
        str | None, typer.Argument(help=_("The rule whose finding rests."), metavar="RULE")
    ] = None,
    db: DatabasePath = None,
    reason: Annotated[
        Reason, typer.Option(help=_("Why it rests."), metavar="|".join(Reason))
    ] = Reason.ACCEPTED,
    note: Annotated[str, typer.Option(help=_("Your own words on it."), metavar="TEXT")] = "",
    words: Annotated[
        str, typer.Option(help=_("Only findings that quote these words."), metavar="WORDS")
    ] = "",
    by: Reviewer = None,
    withdraw: Annotated[bool, typer.Option("--withdraw", help=_("Take it back."))] = False,
) -> int:
    from kehoach.store import reviews
    from kehoach.store.read import find_plan, open_database

    database = open_database(db or default_database(), must_exist=True)
    document = find_plan(database, plan)
    if rule:
        found = _failing(database, document, rule, words)
        if not found:
            complain(
                _("No finding of {rule} fails here.").format(rule=rule), _("“kehoach check PLAN” lists them.")
            )
            return Exit.NOTHING_DONE
        who, now = by or getpass.getuser(), _now()
        if withdraw:
            reviews.withdraw(database, document, found, by=who, at=now)
        else:
            reviews.waive(database, document, found, reason=reason, note=note, by=who, at=now)
    for line in _standing(database, document):
        typer.echo(fitted(line))
    return Exit.ALL_READ


def _failing(database: Database, document: int, rule: str, words: str) -> Sequence[Finding]:
    from kehoach.review.waivers import chosen
    from kehoach.store.findings import read_findings

    return chosen(read_findings(database, document), rule, words)


def _standing(database: Database, document: int) -> Iterator[str]:
    from kehoach.store.reviews import waivers

    found = waivers(database, document)
    if not found:
        yield _("Nothing rests.")
    for one in found:
        quote = f" “{one.words}”" if one.words else ""
        yield f"{one.rule}{quote}: {waiver_words(one)}"


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@command("link", N_("Show which earlier version a plan has, or say which; findings are compared with it."))
def link(
    plan: PlanName,
    db: DatabasePath = None,
    to: Annotated[
        str | None, typer.Option(help=_("The plan that is the earlier version."), metavar="EARLIER")
    ] = None,
    none: Annotated[bool, typer.Option("--none", help=_("There is no earlier version."))] = False,
    auto: Annotated[
        bool, typer.Option("--auto", help=_("Forget what was said; issuer, type, year and subject decide."))
    ] = False,
    by: Reviewer = None,
) -> int:
    from kehoach.store import reviews
    from kehoach.store.read import find_plan, open_database

    database = open_database(db or default_database(), must_exist=True)
    document = find_plan(database, plan)
    if sum((to is not None, none, auto)) > 1:
        raise typer.BadParameter(_("Only one of --to, --none and --auto."))
    if to is not None or none:
        before = find_plan(database, to) if to is not None else None
        if before == document:
            raise typer.BadParameter(_("A plan is not its own earlier version."))
        reviews.link(database, document, before, by=by or getpass.getuser(), at=_now())
    elif auto:
        reviews.unlink(database, document)
    reviews.renew_links(database, document)
    typer.echo(fitted(_link_line(database, document)))
    return Exit.ALL_READ


def _link_line(database: Database, document: int) -> str:
    from kehoach.store.reviews import earlier_version

    found = earlier_version(database, document)
    who = ""
    if found.by and found.at:
        day = f"{found.at.astimezone():%d/%m/%Y}"
        who = " " + _("(said {by}, {day})").format(by=found.by, day=day)
    if found.earlier is None:
        return _("No earlier version.") + who
    before = found.earlier
    return _("Earlier version: {id}  {file}").format(id=before.document_id, file=before.file_name) + who
