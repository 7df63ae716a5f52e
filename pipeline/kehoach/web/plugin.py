"""Our pages as a Datasette plugin: addresses, words for the templates, headers."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from datasette import handle_exception, hookimpl
from datasette.app import Datasette
from jinja2 import Environment

from kehoach.messages import _, user_language
from kehoach.store.schema import TABLES
from kehoach.store.view_columns import VIEWS
from kehoach.web import plans, upload, views, words
from kehoach.web.headers import App, guarded
from kehoach.web.packed import packed

if TYPE_CHECKING:
    from kehoach.web.site import Site

# With rich at hand Datasette prints every variable of every frame where a page is missing: a minute's work.
handle_exception.rich = None
SITES: WeakKeyDictionary[Datasette, Site] = WeakKeyDictionary()


@hookimpl
def register_routes(datasette: Datasette) -> list[tuple[str, Any]]:
    """Our addresses; Datasette tries them before its own."""
    return [(pattern, _bound(view)) for pattern, view in views.ROUTES if datasette in SITES]


def _bound(view: Any) -> Any:
    async def bound(datasette: Datasette, request: Any) -> Any:
        return await view(SITES[datasette], request)

    return bound


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    """What our queries call."""
    plans.prepare(conn)


@hookimpl
def prepare_jinja2_environment(env: Environment, datasette: Datasette) -> None:
    """What the templates call; also on Datasette's pages of errors, which know nothing else of ours."""
    own = SITES[datasette]
    env.globals.update(
        {
            "_": _,
            "word": words.word,
            "NOTHING": words.NOTHING,
            "language": user_language,
            "TABLES": TABLES,
            "VIEWS": VIEWS,
            "about": lambda name: _(VIEWS[name].meaning) if name in VIEWS else "",
            "navigation": lambda path: views.navigation(path, own.gate is not None),
            "static": lambda name: f"/tinh/{name}?v={own.version}",
        }
    )
    env.filters.update({"day": words.day, "number": words.number, "share": words.share})
    env.trim_blocks = env.lstrip_blocks = True


@hookimpl
def skip_csrf(scope: Any) -> bool:
    """Submitting has tokens of its own; Datasette's would put a cookie on every page."""
    return bool(scope["path"].startswith(upload.PATH))


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Any:
    """Headers for every answer, Datasette's own pages included."""
    return lambda app: _guarded(app, datasette)


def _guarded(app: App, datasette: Datasette) -> App:
    return packed(guarded(app, SITES[datasette].hosts if datasette in SITES else None))
