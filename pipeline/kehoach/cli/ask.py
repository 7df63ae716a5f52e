"""`kehoach ask`: the questions of the cookbook, answered from the database."""

from __future__ import annotations

import csv
import json
import sys
from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from kehoach.cli.app import DatabasePath, command, printable
from kehoach.messages import N_, _, user_language
from kehoach.settings import default_database


class Form(StrEnum):
    """What `--format` takes."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"


@command("ask", N_("Answer a question of the cookbook by its number or name; without one, list them."))
def ask(
    name: Annotated[str | None, typer.Argument(help=_("Number or name."), metavar="QUESTION")] = None,
    values: Annotated[
        list[str] | None, typer.Argument(help=_("Values, as nam=2026."), metavar="NAME=VALUE…")
    ] = None,
    db: DatabasePath = None,
    form: Annotated[
        Form, typer.Option("--format", help=_("Text to read, CSV or JSON."), metavar="text|csv|json")
    ] = Form.TEXT,
) -> None:
    from kehoach.store.queries import answer, question
    from kehoach.store.read import open_database

    if name is None:
        _list()
        return
    asked = question(name)
    given = dict(one.partition("=")[::2] for one in values or ())
    database = open_database(db or default_database(), must_exist=True)
    heads, rows = answer(database, asked, given, date.today())
    if form is Form.CSV:
        csv.writer(sys.stdout).writerows([heads, *rows])
    elif form is Form.JSON:
        told = [dict(zip(heads, row, strict=True)) for row in rows]
        typer.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        for row in (heads, *rows):
            typer.echo("\t".join("–" if one is None else printable(str(one)) for one in row))


def _list() -> None:
    from kehoach.store.queries import parameter_meaning, questions

    language = "en" if user_language() == "en" else "vi"
    named: dict[str, None] = {}
    for one in questions().values():
        named |= dict.fromkeys(one.parameters)
        number = "" if one.number is None else str(one.number)
        typer.echo(f"{number:>3}  {one.id}: {one.asked[language]} ({', '.join(one.parameters) or '–'})")
    typer.echo("")
    for name in named:
        typer.echo(f"     {name}: {parameter_meaning(name, language)}")
