"""The site: Datasette over one database, read-only, with our pages before its own."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from datasette import Response
from datasette.app import Datasette
from datasette.database import Database as ServedDatabase
from datasette.plugins import pm

from kehoach.document.page import Box
from kehoach.messages import _
from kehoach.sqlite import Database
from kehoach.store.schema import meanings
from kehoach.store.view_columns import VIEWS
from kehoach.web import plugin
from kehoach.web.memory import Memory
from kehoach.web.pictures import Pictures
from kehoach.web.readings import Readings
from kehoach.web.upload import Gate

HERE = Path(__file__).parent
TEMPLATES, STATIC = HERE / "templates", HERE / "static"
DATA = "dulieu"  # the address of Datasette's own pages
STATIC_AT = "tinh"
CHARTS_KEPT = 32
SETTINGS = {
    "sql_time_limit_ms": 5000,  # of an analyst's own query
    "suggest_facets": False,  # they cost seconds on a million rows
    "allow_download": False,  # a database in use cannot be copied file by file
    "default_page_size": 50,
    "num_sql_threads": 4,
}
Answer = TypeVar("Answer")


@dataclass(slots=True)
class Site:
    """What the pages know: the database and who serves it, where page pictures come from, what is being read,
    under which names it may be asked for, and whether plans may be submitted."""

    served: Datasette
    pictures: Pictures
    readings: Readings
    hosts: frozenset[str] | None = None
    gate: Gate | None = None
    drawn: Memory = field(default_factory=lambda: Memory(CHARTS_KEPT))
    version: str = field(default_factory=lambda: _version())

    async def ask(self, work: Callable[[Any], Answer]) -> Answer:
        """`work` on a read-only connection, away from the event loop."""
        answer: Answer = await self.served.get_database(DATA).execute_fn(work)
        return answer

    async def page(self, request: Any, template: str, *, code: int = 200, **context: Any) -> Response:
        """A page from one of our templates; `code`: the answer's status."""
        body = await self.served.render_template(template, context, request=request)
        return Response.html(body, status=code)

    def picture(
        self, connection: sqlite3.Connection, document_id: int, number: int, box: Box | None
    ) -> bytes | None:
        """A page, or a part of it, as WebP; None where it cannot be shown."""
        file = self.pictures.file(Database(connection), document_id)
        return None if file is None else self.pictures.picture(file, number, box)


def site(
    database: Path,
    *,
    folders: Sequence[Path] = (),
    hosts: frozenset[str] | None = None,
    gate: Gate | None = None,
) -> Site:
    """Our pages and Datasette's over `database`, which exists; `folders`: where submitted files may lie."""
    served = Datasette(
        files=[],
        metadata={"databases": {DATA: {"title": _("The database"), "tables": _tables()}}},
        template_dir=str(TEMPLATES),
        static_mounts=[(STATIC_AT, str(STATIC))],
        settings=SETTINGS,
        memory=True,
    )
    served.remove_database("_memory")
    served.add_database(ServedDatabase(served, path=str(database), is_mutable=True), name=DATA)
    own = Site(served, Pictures(tuple(folders)), Readings(database), hosts, gate)
    plugin.SITES[served] = own
    if not pm.is_registered(plugin):
        pm.register(plugin, "kehoach")
    return own


def _tables() -> dict[str, Any]:
    """What tables and columns mean, as Datasette takes it."""
    tables = {table: {"columns": dict(columns)} for table, columns in meanings(_).items()}
    views = {
        name: {"columns": {own: column.told(_) for own, column in view.columns.items()}}
        for name, view in VIEWS.items()
    }
    return tables | views


def _version() -> str:
    """A short mark of the style sheet and scripts: browsers keep them until it changes."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]
