"""`kehoach show` and `kehoach search`: what the database says, on the terminal."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from kehoach.cli.app import DatabasePath, command, printable
from kehoach.document.warnings import warning_text
from kehoach.messages import N_, _, user_language
from kehoach.settings import default_database

if TYPE_CHECKING:
    from kehoach.document.facts import Record, Task
    from kehoach.sqlite import Database

MARKS = ("\x02", "\x03")  # around found words, until it is known where they go
BOLD = ("\x1b[1m", "\x1b[0m")  # on a terminal; other programs get the words alone
HITS = 50  # more than a person reads; --limit asks for others
INDENT = " " * 6  # under a task's number
MIN_WIDTH = 40  # columns; narrower terminals break lines by themselves
STATUSES = {
    "issued": N_("issued"),
    "issued_unverified": N_("issued; no signature or seal seen"),
    "dated_unnumbered": N_("dated, without a number"),
    "unissued": N_("not issued"),
    "draft": N_("draft"),
}
# Why a field could not be read, and how far the document is: the codes of the contract.
UNREAD_REASONS = (N_("handwritten"), N_("unreadable"), N_("page_lost"), N_("covered"))


Name = Annotated[str | None, typer.Option(help=_("This name only; marks do not matter."), metavar="NAME")]
Day = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help=_("Tasks due from or until this day."), metavar="YYYY-MM-DD"),
]


@command("search", N_("Find tasks and pages; marks and case do not matter (dak plo finds Đắk Plô)."))
def search(
    query: Annotated[str, typer.Argument(help=_("Words; in double quotes: side by side."), metavar="QUERY")],
    db: DatabasePath = None,
    limit: Annotated[int, typer.Option(min=1, help=_("Most hits to show."), metavar="N")] = HITS,
    commune: Name = None,
    province: Name = None,
    year: Annotated[int | None, typer.Option(help=_("Plans for this year only."), metavar="N")] = None,
    unit: Name = None,
    index: Annotated[str | None, typer.Option(help=_("Plans on this index only (PAPI, …)."))] = None,
    after: Day = None,
    before: Day = None,
) -> None:
    from kehoach.store.narrow import Filters
    from kehoach.store.read import open_database
    from kehoach.store.search import search as find

    days = (f"{one:%Y-%m-%d}" if one else None for one in (after, before))
    filters = Filters(commune, province, year, unit, index, *days)
    database = open_database(db or default_database(), must_exist=True)
    for hit in find(database, query, limit, marks=MARKS, filters=filters):
        place = _("page {page}").format(page=hit.page) if hit.page else "–"
        kind = _("task") if hit.kind == "task" else _("page text")
        name, words = printable(hit.file_name), _marked(hit.snippet)
        typer.echo(f"{hit.document_id}\t{name}\t{place}\t{kind}\t{words}")


@command("show", N_("Print a plan's head and tasks; without PLAN, list what is there."))
def show(
    plan: Annotated[str | None, typer.Argument(help=_("Its id, or its file's name."), metavar="PLAN")] = None,
    db: DatabasePath = None,
    unexplained: Annotated[
        bool, typer.Option("--unexplained", help=_("Only the lines that nobody understood."))
    ] = False,
) -> None:
    from kehoach.store.read import find_plan, open_database, record

    database = open_database(db or default_database(), must_exist=True)
    if unexplained:
        lines = _unexplained(database, None if plan is None else find_plan(database, plan))
    else:
        lines = _list(database) if plan is None else _plan(record(database, find_plan(database, plan)))
    for line in lines:
        typer.echo(fitted(line))


def _list(database: Database) -> Iterator[str]:
    from kehoach.store.read import plans

    for one in plans(database):
        tasks = _("{tasks} tasks").format(tasks=one.task_count)
        yield f"{one.id:>4}  {one.file_name}  {tasks}  {one.issuer or '–'}: {one.title or '–'}"


def _unexplained(database: Database, document_id: int | None) -> Iterator[str]:
    from kehoach.store.lines import unexplained

    file_name = ""
    for one in unexplained(database, document_id):
        if one.file_name != file_name:
            file_name = one.file_name
            yield file_name
        yield f"{INDENT}{one.text}{_page(one.page)}"


def _plan(record: Record) -> Iterator[str]:
    yield from _head(record)
    path: tuple[str, ...] = ()
    for number, task in enumerate(record.tasks, 1):
        if task.path != path:
            path = task.path
            yield ""
            yield f"■ {' › '.join(path) or '–'}"
        yield from _task(number, task)
    if record.warnings:
        yield ""
    yield from (f"! {warning_text(one, user_language())}{_page(one.page)}" for one in record.warnings)


def _head(record: Record) -> Iterator[str]:
    head, source = record.header, record.source
    unread = dict(record.unread)
    number = f"{head.number or '…'}/{head.symbol or '…'}"
    rows = (
        (_("Issuer"), head.issuer.name, "document.issuer.name"),
        (_("Number and symbol"), number if head.number or head.symbol else None, "document.number"),
        (_("Date of issue"), head.issued_on, "document.issued_on"),
        (_("Title"), head.title, "document.title"),
        (_("Year"), head.year, "document.year"),
        (_("Signer"), head.signer.name, "document.signer.name"),
        (_("Status"), _(STATUSES[head.status]) if head.status in STATUSES else None, "document.status"),
    )
    yield f"{source.name} – {_('{pages} pages').format(pages=source.page_count)}"
    for label, value, field in rows:
        lost = _("could not be read ({reason})").format(reason=_(unread[field])) if field in unread else None
        yield f"{label}: {' – '.join(str(one) for one in (value, lost) if one) or '–'}"
    yield _("{tasks} tasks").format(tasks=len(record.tasks))
    if record.lines:
        yield _explained(record)


def _explained(record: Record) -> str:
    """The share in tenths of a percent, never rounded up to all."""
    known = sum(line.role != "unexplained" for line in record.lines)
    share = f"{known * 1000 // len(record.lines) / 10:g}".replace(
        ".", "," if user_language() == "vi" else "."
    )
    return _("Lines explained: {known} of {count} ({share} %)").format(
        known=known, count=len(record.lines), share=share
    )


def _task(number: int, task: Task) -> Iterator[str]:
    yield f"{number:>4}. {task.text}{_page(task.anchor.page)}"
    for label, mentions in ((_("Lead"), task.lead), (_("Support"), task.support)):
        if mentions:
            yield f"{INDENT}{label}: {'; '.join(one.text for one in mentions)}"
    if task.deadline:
        limits = (task.deadline.start, task.deadline.end)
        days = " – ".join(f"{day:%d/%m/%Y}" for day in dict.fromkeys(limits) if day)
        yield f"{INDENT}{_('Deadline')}: {task.deadline.text}" + (f" ({days})" if days else "")


def _page(number: int | None) -> str:
    return f" [{_('page {page}').format(page=number)}]" if number else ""


def fitted(line: str) -> str:
    """On a terminal, broken at words with the continuation indented; whole elsewhere, for other programs."""
    line = printable(line)
    if not sys.stdout.isatty():
        return line
    width = max(shutil.get_terminal_size().columns, MIN_WIDTH)
    return textwrap.fill(line, width, subsequent_indent=INDENT, break_long_words=False)


def _marked(snippet: str) -> str:
    bold = BOLD if sys.stdout.isatty() and "NO_COLOR" not in os.environ else ("", "")
    swapped = dict(zip(MARKS, bold, strict=True))
    return "".join(swapped[char] if char in swapped else printable(char) for char in snippet)
