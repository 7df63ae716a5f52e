"""The questions of the cookbook on the page: each a form, a table that leads back to the plans, and a CSV."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

from datasette import NotFound, Response

from kehoach.errors import NoSuchQuestion
from kehoach.messages import _, user_language
from kehoach.sqlite import Database
from kehoach.store.queries import Question, Value, answer, parameter_meaning, question, questions
from kehoach.web.rows import rows

if TYPE_CHECKING:
    from kehoach.web.site import Site

MOST = 500  # rows on the page; the file has them all
FILE_NAME, PAGE = "ten_tep", "trang"  # columns that lead back to a plan
BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes UTF-8 for something else
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Answered:
    """`links`: file name to plan; `is_cut`: there are more rows than these."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    links: Mapping[str, int]
    is_cut: bool

    def link(self, row: Sequence[Value]) -> str | None:
        """Where a row's plan is shown, at its page where the row tells one."""
        told = dict(zip(self.heads, row, strict=True))
        plan = self.links.get(str(told.get(FILE_NAME)))
        page = told.get(PAGE)
        return None if plan is None else f"/ke-hoach/{plan}" + (f"#trang-{page}" if page else "")


def language() -> str:
    """The questions' language that comes nearest to the reader's."""
    return "en" if user_language() == "en" else "vi"


def given(request: Any, asked: Question) -> dict[str, Value]:
    """What the reader filled in; an empty field leaves the default."""
    return {name: request.args[name] for name in asked.parameters if (request.args.get(name) or "").strip()}


def answered(connection: sqlite3.Connection, asked: Question, values: Mapping[str, Value]) -> Answered:
    """The first rows of the answer."""
    heads, found = answer(Database(connection), asked, values, date.today())
    shown = tuple(islice(found, MOST + 1))
    links: dict[str, int] = {}
    if FILE_NAME in heads:
        place = heads.index(FILE_NAME)
        names = {str(row[place]) for row in shown}
        query = f"""SELECT f.name, min(d.id) AS id FROM files f JOIN documents d ON d.file_id = f.id
            WHERE f.name IN ({", ".join("?" * len(names))}) GROUP BY f.name"""
        links = dict(connection.execute(query, tuple(names)).fetchall())
    return Answered(heads, shown[:MOST], links, len(shown) > MOST)


def _wanted(request: Any) -> Question:
    try:
        return question(request.url_vars["name"])
    except NoSuchQuestion as error:
        raise NotFound(str(error)) from error


async def index(site: Site, request: Any) -> Response:
    """All questions."""
    return await site.page(
        request, "questions.html", questions=tuple(questions().values()), spoken=language()
    )


async def one(site: Site, request: Any) -> Response:
    """A question with its answer."""
    asked = _wanted(request)
    values = given(request, asked)
    found, provinces = await site.ask(
        lambda conn: (
            answered(conn, asked, values),
            [
                row["province"]
                for row in rows(conn, "SELECT DISTINCT province FROM documents WHERE province IS NOT NULL")
            ],
        )
    )
    meanings = {name: parameter_meaning(name, language()) for name in asked.parameters}
    return await site.page(
        request,
        "question.html",
        asked=asked,
        text=asked.asked[language()],
        values=values,
        found=found,
        meanings=meanings,
        provinces=provinces,
        query=request.query_string,
        needed=needed,
    )


async def file(site: Site, request: Any) -> Response:
    """The whole answer as CSV."""
    asked = _wanted(request)
    values = given(request, asked)
    text = await site.ask(lambda conn: _csv(conn, asked, values))
    head = {"content-disposition": f'attachment; filename="{asked.id}.csv"'}
    return Response(text, content_type="text/csv; charset=utf-8", headers=head)


def _csv(connection: sqlite3.Connection, asked: Question, values: Mapping[str, Value]) -> str:
    heads, found = answer(Database(connection), asked, values, date.today())
    out = io.StringIO()
    out.write(BYTE_ORDER_MARK)
    csv.writer(out).writerows([heads, *(tuple(map(_defused, row)) for row in found)])
    return out.getvalue()


def _defused(value: Value) -> Value:
    """A text that a spreadsheet would take for a formula stays a text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def needed(asked: Question) -> str | None:
    """What must have run before, as a sentence; None where nothing must."""
    sentences = {
        "roster": _("First say who is to send a plan: kehoach roster."),
        "compare": _("First compare the plans: kehoach compare renew."),
        "versions": _("Only of plans that were submitted again."),
    }
    return sentences.get(asked.needs or "")
