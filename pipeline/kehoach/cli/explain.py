"""`kehoach explain`: for one task, each fact with the rule that told and the words behind it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kehoach.cli.app import DatabasePath, command
from kehoach.cli.reading import fitted
from kehoach.messages import N_, _
from kehoach.settings import default_database

if TYPE_CHECKING:
    from kehoach.export.explanation import Because, Explanation

AROUND = 70  # characters of the line that are shown on either side of the words


class Form(StrEnum):
    """What `--format` takes."""

    TEXT = "text"
    JSON = "json"


FIELDS = {
    "task": N_("Task"),
    "section": N_("Section"),
    "lead": N_("Lead"),
    "support": N_("Support"),
    "deadline": N_("Deadline"),
    "output": N_("Output"),
    "target": N_("Target"),
    "citation": N_("Citation"),
    "criterion": N_("Criterion"),
}
# Rules that are no entry of models/rules: where an owner came from, what the outline saw.
STEPS = {
    "owner.item": N_("named in the item itself"),
    "owner.column": N_("from a column of the table"),
    "owner.label": N_("from a line beside it that names who does it"),
    "owner.heading": N_("from the heading, which is a unit"),
    "owner.addressee": N_("from those whom the whole document addresses"),
    "table.group": N_("from a cell that groups the rows"),
    "named.beside": N_("from the cells or lines beside it"),
    "taxonomy": N_("by the names of the index taxonomy"),
    "task.item": N_("an item in a section that assigns work"),
    "task.paragraph": N_("a paragraph that instructs, in a section that assigns work"),
    "task.heading": N_("a heading that runs into its instruction"),
    "task.label": N_("the words after a label"),
    "task.row": N_("a task cell of the table"),
}


@command("explain", N_("Say why a task is read as it is: its facts, the rules, the words behind them."))
def explain(
    plan: Annotated[str, typer.Argument(help=_("Its id, or its file's name."), metavar="PLAN")],
    task: Annotated[int, typer.Argument(help=_("Its number in “show”, or its id."), metavar="TASK")],
    db: DatabasePath = None,
    form: Annotated[
        Form, typer.Option("--format", help=_("Text to read, or JSON."), metavar="text|json")
    ] = Form.TEXT,
) -> None:
    from kehoach.export.explanation import explanation
    from kehoach.store.read import find_plan, open_database

    database = open_database(db or default_database(), must_exist=True)
    found = explanation(database, find_plan(database, plan), task)
    if form is Form.JSON:
        typer.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
        return
    for line in _lines(found):
        typer.echo(fitted(line))


def _lines(found: Explanation) -> Iterator[str]:
    yield _("{plan}, task {number} (id {id})").format(plan=found.plan, number=found.number, id=found.id)
    for one in found.facts:
        yield ""
        yield f"{_(FIELDS[one.field])}: {_value(one)}"
        step = f" – {_(STEPS[one.rule])}" if one.rule in STEPS else ""
        yield f"  {_('rule')}: {one.rule}{step}"
        if words := _words(one):
            yield f"  {_('words')}: {words}"
        if place := _place(one):
            yield f"  {_('place')}: {place}"


def _value(one: Because) -> str:
    """The value in the user's words: what a code means, days as they are written here."""
    from kehoach.export.codes import DEADLINES, RECURRENCES, TYPES

    if one.field == "deadline":
        parts = one.value.split(", ")
        told = [_(DEADLINES.get(part) or RECURRENCES.get(part) or part) for part in parts]
        return _ISO.sub(r"\3/\2/\1", ", ".join(told))
    if one.field == "citation":
        code, _space, named = one.value.partition(" ")
        return f"{_(TYPES.get(code, code))} {named}"
    return one.value


_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def _words(one: Because) -> str:
    """The words in their line, the line cut around them; nothing where they say no more than the value."""
    if one.line and one.words in one.line and one.line != one.words and one.field not in ("task", "section"):
        start = one.line.index(one.words)
        before, after = one.line[:start], one.line[start + len(one.words) :]
        before = f"… {before[-AROUND:]}" if len(before) > AROUND else before
        after = f"{after[:AROUND]} …" if len(after) > AROUND else after
        return f"{before}«{one.words}»{after}"
    return f"«{one.words}»" if one.words not in one.value else ""


def _place(one: Because) -> str:
    if one.page is None:
        return ""
    parts = [_("page {page}").format(page=one.page)]
    if one.bbox:
        left, top, right, bottom = (f"{edge:.3f}" for edge in one.bbox)
        box = _("box from {left} / {top} to {right} / {bottom} of the page")
        parts.append(box.format(left=left, top=top, right=right, bottom=bottom))
    if one.confidence is not None:
        parts.append(_("read with confidence {confidence}").format(confidence=f"{one.confidence:.2f}"))
    return ", ".join(parts)
