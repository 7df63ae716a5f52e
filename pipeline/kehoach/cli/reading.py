"""`kehoach show` and `kehoach search`: what the database says, on the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from kehoach.cli.app import DatabasePath, command
from kehoach.document.warnings import warning_text
from kehoach.messages import N_, _, user_language
from kehoach.settings import default_database

if TYPE_CHECKING:
    from sqlite_utils import Database

    from kehoach.document.facts import Record, Task

HITS = 50  # more than a person reads; --limit asks for others
# Why a field could not be read; the codes of the contract.
UNREAD_REASONS = (N_("handwritten"), N_("unreadable"), N_("page_lost"), N_("covered"))


@command("search", N_("Find tasks and pages; marks and case do not matter (dak plo finds Đắk Plô)."))
def search(
    query: Annotated[str, typer.Argument(help=_("Words; in double quotes: side by side."), metavar="QUERY")],
    db: DatabasePath = None,
    limit: Annotated[int, typer.Option(min=1, help=_("Most hits to show."), metavar="N")] = HITS,
) -> None:
    from kehoach.store.read import open_database
    from kehoach.store.search import search as find

    for hit in find(open_database(db or default_database(), must_exist=True), query, limit):
        place = _("page {page}").format(page=hit.page) if hit.page else "–"
        kind = _("task") if hit.kind == "task" else _("page text")
        typer.echo(f"{hit.document_id}\t{hit.file_name}\t{place}\t{kind}\t{hit.snippet}")


@command("show", N_("Print a plan's head and tasks; without PLAN, list what is there."))
def show(
    plan: Annotated[str | None, typer.Argument(help=_("Its id, or its file's name."), metavar="PLAN")] = None,
    db: DatabasePath = None,
) -> None:
    from kehoach.store.read import find_plan, open_database, record

    database = open_database(db or default_database(), must_exist=True)
    lines = _list(database) if plan is None else _plan(record(database, find_plan(database, plan)))
    for line in lines:
        typer.echo(line)


def _list(database: Database) -> Iterator[str]:
    from kehoach.store.read import plans

    for one in plans(database):
        tasks = _("{tasks} tasks").format(tasks=one.task_count)
        yield f"{one.id:>4}  {one.file_name}  {tasks}  {one.issuer or '–'}: {one.title or '–'}"


def _plan(record: Record) -> Iterator[str]:
    yield from _head(record)
    path: tuple[str, ...] = ()
    for number, task in enumerate(record.tasks, 1):
        if task.path != path:
            path = task.path
            yield f"\n■ {' › '.join(path) or '–'}"
        yield from _task(number, task)
    yield from (f"! {warning_text(one, user_language())}" for one in record.warnings)


def _head(record: Record) -> Iterator[str]:
    head = record.header
    unread = dict(record.unread)
    number = f"{head.number or '…'}/{head.symbol or '…'}"
    yield f"{record.source.name} – {_('{pages} pages').format(pages=record.source.page_count)}"
    rows = (
        (_("Issuer"), head.issuer.name, "document.issuer.name"),
        (_("Number and symbol"), number if head.number or head.symbol else None, "document.number"),
        (_("Date"), head.issued_on, "document.issued_on"),
        (_("Title"), head.title, "document.title"),
        (_("Year"), head.year, "document.year"),
        (_("Signer"), head.signer.name, "document.signer.name"),
    )
    for label, value, field in rows:
        lost = _("could not be read ({reason})").format(reason=_(unread[field])) if field in unread else None
        yield f"{label}: {value or lost or '–'}" + (f" – {lost}" if value and lost else "")
    yield _("{tasks} tasks").format(tasks=len(record.tasks))


def _task(number: int, task: Task) -> Iterator[str]:
    page = f" [{_('page {page}').format(page=task.anchor.page)}]" if task.anchor.page else ""
    yield f"{number:>4}. {task.text}{page}"
    if task.lead:
        yield f"      {_('Lead')}: {'; '.join(one.text for one in task.lead)}"
    if task.support:
        yield f"      {_('Support')}: {'; '.join(one.text for one in task.support)}"
    if task.deadline:
        days = " – ".join(str(day) for day in (task.deadline.start, task.deadline.end) if day)
        yield f"      {_('Deadline')}: {task.deadline.text}" + (f" ({days})" if days else "")
