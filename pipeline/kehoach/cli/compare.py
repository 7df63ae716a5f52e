"""`kehoach compare`: what an analyst asks across plans; a table to read, JSON, CSV or XLSX."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote

import typer

from kehoach.cli.answer_words import CODED, CODES, HEADS, TITLES
from kehoach.cli.app import DatabasePath, command, complain, printable
from kehoach.cli.reading import STATUSES
from kehoach.errors import Exit
from kehoach.messages import N_, _
from kehoach.settings import default_database

if TYPE_CHECKING:
    from kehoach.compare.question import Answer, Question
    from kehoach.export.answers import Answered
    from kehoach.sqlite import Database

RENEW = "renew"
MANY = 1000  # plans from which on comparing them takes minutes
WIDE = 200  # columns of a table that does not go to a terminal


class AnswerForm(StrEnum):
    """What `--format` takes."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


What = Annotated[str, typer.Argument(help=_("A question by name or number."), metavar="WHAT")]
OnlyPlan = Annotated[
    str | None, typer.Argument(help=_("Only this plan: its id, or its file's name."), metavar="PLAN")
]
Superior = Annotated[
    str | None, typer.Option(help=_("The superior plan (default: the one most carry out)."), metavar="PLAN")
]
Year = Annotated[int | None, typer.Option(help=_("Plans for this year."), metavar="YEAR")]
FirstDay = Annotated[
    datetime | None,
    typer.Option("--from", formats=["%Y-%m-%d"], help=_("First day (YYYY-MM-DD)."), metavar="DAY"),
]
LastDay = Annotated[
    datetime | None,
    typer.Option("--to", formats=["%Y-%m-%d"], help=_("Last day (YYYY-MM-DD)."), metavar="DAY"),
]
Criterion = Annotated[str | None, typer.Option(help=_("Content of an index (PAPI.1.1)."), metavar="CODE")]
Units = Annotated[
    Path | None,
    typer.Option(help=_("File with the units that should send a plan, one a line."), metavar="FILE"),
]
Format = Annotated[
    AnswerForm | None,
    typer.Option(
        "--format",
        help=_("A table, JSON, CSV or XLSX; unless told, as the file's name ends."),
        metavar="table|json|csv|xlsx",
    ),
]
Out = Annotated[Path | None, typer.Option("--out", help=_("File to write to."), metavar="FILE")]


@command("compare", N_("Answer questions across plans: coverage, copies, deadlines, targets, load, years."))
def compare(
    what: What,
    plan: OnlyPlan = None,
    db: DatabasePath = None,
    superior: Superior = None,
    year: Year = None,
    start: FirstDay = None,
    end: LastDay = None,
    criterion: Criterion = None,
    units: Units = None,
    form: Format = None,
    out: Out = None,
) -> int:
    from kehoach.compare.question import Question
    from kehoach.compare.questions import NUMBERED, QUESTIONS, ask
    from kehoach.store.read import find_plan, open_database

    database = open_database(db or default_database(), must_exist=True)
    above = find_plan(database, superior) if superior else None
    if what == RENEW:
        _renew(database, above)
        return Exit.ALL_READ
    if what not in QUESTIONS and not (what.isdigit() and 1 <= int(what) <= NUMBERED):
        complain(_("There is no question {what}.").format(what=what), _names())
        return Exit.USAGE
    _renew_where_stale(database, above)
    question = Question(
        database,
        above,
        find_plan(database, plan) if plan else None,
        year,
        start.date() if start else None,
        end.date() if end else None,
        criterion,
        tuple(units.read_text("utf-8").split("\n")) if units else (),
    )
    _say(question, ask(what, question), form or _form_of(out), out)
    return Exit.ALL_READ


def _names() -> str:
    from kehoach.compare.questions import QUESTIONS

    return _("There are: {names}.").format(names=", ".join((RENEW, *QUESTIONS)))


def _renew(database: Database, superior: int | None) -> None:
    from kehoach.compare.renew import renew

    count = database.table("documents").count
    if count >= MANY:
        complain(_("Comparing {count} plans; this takes minutes, once.").format(count=count))
    done = renew(database, datetime.now(UTC), superior)
    told = _("{plans} plans compared, {below} with a superior plan; {copies} pairs share passages.")
    typer.echo(told.format(plans=done.plans, below=done.with_superior, copies=done.copies), err=True)


def _renew_where_stale(database: Database, superior: int | None) -> None:
    from kehoach.compare.renew import is_stale

    if is_stale(database):
        _renew(database, superior)


def _form_of(out: Path | None) -> AnswerForm:
    """The form that a file's name asks for; a table where it asks for none."""
    ending = out.suffix.lower().removeprefix(".") if out else ""
    return AnswerForm(ending) if ending in [*AnswerForm] else AnswerForm.TABLE


def _say(question: Question, answer: Answer, form: AnswerForm, out: Path | None) -> None:
    from kehoach.export.answers import write_csv, write_xlsx

    if form is AnswerForm.JSON:
        _write(out, json.dumps(_as_json(answer), ensure_ascii=False, indent=1))
    elif form is AnswerForm.TABLE:
        _write(out, _table(answer))
    else:
        path = out or Path(f"{answer.name.replace('_', '-')}.{form.value}")
        (write_csv if form is AnswerForm.CSV else write_xlsx)(_answered(question, answer), path)
        typer.echo(_("{count} rows written to {path}").format(count=len(answer.rows), path=path))


def _write(out: Path | None, text: str) -> None:
    if out is None:
        typer.echo(text)
    else:
        out.write_text(f"{text}\n", "utf-8")


def _as_json(answer: Answer) -> dict[str, Any]:
    base = {"base": answer.base, "left_out": answer.left_out, "in_part": answer.in_part}
    return {"name": answer.name, **base, **dict(answer.about), "rows": list(answer.rows)}


def _answered(question: Question, answer: Answer) -> Answered:
    from kehoach.export.answers import Answered

    rows = tuple(tuple(_worded(name, row.get(name)) for name in answer.columns) for row in answer.rows)
    paths = {row["id"]: row["path"] for row in question.db.query(_PATHS)}
    links = tuple(_link(paths.get(row.get("document_id")), row.get("page")) for row in answer.rows)
    notes = (_("What this rests on"), *_notes(answer))
    return Answered(_title(answer), tuple(_(HEADS[name]) for name in answer.columns), rows, links, notes)


_PATHS = "SELECT d.id, f.path FROM documents d JOIN files f ON f.id = d.file_id"


def _link(path: str | None, page: int | None) -> str | None:
    """The submitted file at the page; None where it is not known where that lies."""
    return f"file://{quote(path)}#page={page}" if path and page else None


def _title(answer: Answer) -> str:
    return _(TITLES[answer.name.replace("_", "-")])


def _notes(answer: Answer) -> Iterator[str]:
    yield _("Plans looked at: {base}").format(base=answer.base)
    if answer.in_part:
        yield _("of which not read in full: {count}").format(count=answer.in_part)
    if answer.left_out:
        yield _("Files left out because they could not be read: {count}").format(count=answer.left_out)
    about = dict(answer.about)
    if about.get("superior"):
        yield _("Superior plan: {file}").format(file=about["superior"])
    else:
        yield _("No superior plan of these is here.")


def _worded(name: str, value: Any) -> Any:
    """A value as people read it: codes in words, yes and no, lists on one line."""
    if isinstance(value, list | tuple):
        return "; ".join(str(_worded(name, one)) for one in value)
    if isinstance(value, bool) or name == "in_superior":
        return _("yes") if value else _("no")
    if name in CODED and isinstance(value, str):
        words = CODES.get(value) or STATUSES.get(value)
        return _(words) if words else value
    return value


def _table(answer: Answer) -> str:
    from rich.console import Console
    from rich.table import Table

    told = Table(title=_title(answer), caption=" · ".join(_notes(answer)), show_lines=True)
    for name in answer.columns:
        told.add_column(_(HEADS[name]), overflow="fold")
    for row in answer.rows:
        told.add_row(*(_shown(_worded(name, row.get(name))) for name in answer.columns))
    width = None if sys.stdout.isatty() else WIDE
    console = Console(width=width, color_system=None, markup=False, highlight=False)
    with console.capture() as caught:
        console.print(told)
    return caught.get().rstrip("\n")


def _shown(value: Any) -> str:
    if value is None:
        return "–"
    return printable(f"{value:g}" if isinstance(value, float) else str(value))
