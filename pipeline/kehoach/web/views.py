"""The pages by address: what is asked for, from which query, on which template."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from datasette import NotFound, Response

from kehoach.document.page import Box
from kehoach.errors import PlanNotFound
from kehoach.messages import N_, _
from kehoach.web import charts, checklist, coverage, deadlines, plans, questions, search, units, upload
from kehoach.web.plan import depth, view

if TYPE_CHECKING:
    from kehoach.web.site import Site

View = Callable[["Site", Any], Awaitable[Response]]
KEEP_PICTURES = "private, max-age=604800, immutable"  # the address holds the file's hash
_BOX = re.compile(r"0?\.\d+|[01](?:\.0+)?")
_NAVIGATION = (
    ("/", N_("Plans")),
    ("/tim-kiem", N_("Search")),
    ("/cau-hoi", N_("Questions")),
    ("/ra-soat", N_("Checklist")),
    ("/so-sanh", N_("Comparison")),
    ("/don-vi", N_("Units")),
    ("/thoi-han", N_("Deadlines")),
    ("/bieu-do", N_("Charts")),
    ("/du-lieu", N_("Data")),
)


def navigation(path: str, can_submit: bool) -> list[tuple[str, str, bool]]:
    """Address, name and whether it is where the reader is, of each place in the head."""
    path = path.replace("/dulieu", "/du-lieu", 1)  # Datasette's own pages belong to it
    last = ((upload.PATH, N_("Submit")),) if can_submit else ()
    return [
        (address, _(name), path == address or (address != "/" and path.startswith(address)))
        for address, name in (*_NAVIGATION, *last)
    ]


async def home(site: Site, request: Any) -> Response:
    """The list of plans."""
    asked = {name: request.args.get(name) or "" for name in request.args}
    found, choices, totals, refused = await site.ask(
        lambda conn: (
            plans.listing(conn, asked),
            plans.choices(conn),
            plans.totals(conn),
            plans.refused(conn),
        )
    )
    return await site.page(
        request,
        "home.html",
        listing=found,
        choices=choices,
        totals=totals,
        refused=refused,
        reasons=plans.reasons(),
        FINDINGS=plans.FINDINGS,
        ORDERS=plans.ORDERS,
        here=plans.address,
        under_way=site.readings.under_way,
    )


async def plan(site: Site, request: Any) -> Response:
    """One plan: its pages and its facts."""
    number = int(request.url_vars["plan"])
    try:
        found = await site.ask(lambda conn: view(conn, number, site.pictures))
    except PlanNotFound as error:
        raise NotFound(str(error)) from error
    return await site.page(request, "plan.html", plan=found, depth=depth)


async def picture(site: Site, request: Any) -> Response:
    """A page of a plan as a picture, or with `?box=x0,y0,x1,y1` a part of it."""
    document, number = int(request.url_vars["plan"]), int(request.url_vars["page"])
    box = _box(request.args.get("box") or "", number)
    data = await site.ask(lambda conn: site.picture(conn, document, number, box))
    if data is None:
        raise NotFound(_("This page cannot be shown: the submitted file is not where it was."))
    return Response(data, content_type="image/webp", headers={"cache-control": KEEP_PICTURES})


async def data(site: Site, request: Any) -> Response:
    """What analysts can ask: views and tables. Datasette's own list would count the rows of each."""
    return await site.page(request, "database.html", database="dulieu")


def _box(text: str, page_number: int) -> Box | None:
    edges = text.split(",")
    if len(edges) != 4 or not all(_BOX.fullmatch(edge) for edge in edges):
        return None
    return Box(page_number, *(float(edge) for edge in edges))


ROUTES: tuple[tuple[str, View], ...] = (
    (r"^/$", home),
    (r"^/ke-hoach/(?P<plan>\d{1,15})$", plan),
    (r"^/ke-hoach/(?P<plan>\d{1,15})/trang/(?P<page>\d{1,5})\.webp$", picture),
    (r"^/tim-kiem$", search.search),
    (r"^/ra-soat$", checklist.checklist),
    (r"^/so-sanh$", coverage.comparison),
    (r"^/don-vi$", units.units),
    (r"^/don-vi/(?P<unit>\d{1,15})$", units.unit),
    (r"^/thoi-han$", deadlines.deadlines),
    (r"^/bieu-do$", charts.charts),
    (r"^/bieu-do/(?P<name>[a-z]+)\.svg$", charts.picture),
    (r"^/cau-hoi$", questions.index),
    (r"^/cau-hoi/(?P<name>\w+)$", questions.one),
    (r"^/cau-hoi/(?P<name>\w+)\.csv$", questions.file),
    (r"^/du-lieu$", data),
    (r"^/nop$", upload.form),
    (r"^/nop/tep$", upload.receive),
    (r"^/dang-doc\.json$", upload.progress),
)
