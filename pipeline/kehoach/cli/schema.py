"""`kehoach schema`: what the views and tables of the database hold, column by column."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

import typer

from kehoach.cli.app import command
from kehoach.errors import NoSuchTable
from kehoach.messages import N_, _


class Form(StrEnum):
    """What `--format` takes."""

    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Told:
    """A view or table: what a row is (null for tables, whose names say it), what each column holds."""

    kind: str
    meaning: str | None
    columns: Mapping[str, str]


@command("schema", N_("Say what the views and tables of the database hold; with NAME, only that one."))
def schema(
    name: Annotated[str | None, typer.Argument(help=_("A view or table."), metavar="NAME")] = None,
    form: Annotated[
        Form, typer.Option("--format", help=_("Text to read, or JSON."), metavar="text|json")
    ] = Form.TEXT,
) -> None:
    everything = _everything()
    if name is not None and name not in everything:
        raise NoSuchTable(name=name)
    chosen = everything if name is None else {name: everything[name]}
    if form is Form.JSON:
        typer.echo(
            json.dumps({key: _as_json(one) for key, one in chosen.items()}, ensure_ascii=False, indent=1)
        )
        return
    for line in _lines(chosen):
        typer.echo(line)


def _everything() -> dict[str, Told]:
    from kehoach.store.schema import meanings
    from kehoach.store.view_columns import VIEWS

    views = {
        name: Told("view", _(view.meaning), {own: one.told(_) for own, one in view.columns.items()})
        for name, view in VIEWS.items()
    }
    return views | {name: Told("table", None, columns) for name, columns in meanings(_).items()}


def _as_json(one: Told) -> dict[str, object]:
    return {"kind": one.kind, "meaning": one.meaning, "columns": dict(one.columns)}


def _lines(chosen: Mapping[str, Told]) -> Iterator[str]:
    for name, one in chosen.items():
        kind = _("view") if one.kind == "view" else _("table")
        yield f"{name} ({kind})" + (f": {one.meaning}" if one.meaning else "")
        width = max(map(len, one.columns))
        yield from (f"  {column:<{width}}  {meaning}" for column, meaning in one.columns.items())
        yield ""
