"""What page after page tells: running heads and feet are no text of the plan, and a first line at the margin
goes on from the page before."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import median

from kehoach.document.page import Grid, Line, Page, Role
from kehoach.text import fold

# Of the page's height: the body begins and ends between these (NĐ 30/2020/NĐ-CP: margins of 20 mm at least);
# where more than two pages agree, a line may stand nearer to the body.
TOP, BOTTOM = 0.07, 0.93
TOP_OF_MANY, BOTTOM_OF_MANY = 0.09, 0.91
MANY = 3  # pages
SAME_HEIGHT = 0.006  # of the page's height
INDENT = 0.02  # of the page's width: paragraphs begin so much right of their other lines
SAME_PLACE = 0.006  # of the page's width
SHARE = 0.5  # of the pages behind the first, those that bear the line

Place = tuple[int, int]  # of a line: index of its page, index in that page's flow


def across_pages(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages with their running heads and feet named, and their first lines judged: these may go on from
    the page before."""
    alike: dict[str, list[Place]] = defaultdict(list)
    for number, page in enumerate(pages):
        for index, line in _in_margins(page):
            alike[re.sub(r"\d+", "#", fold(line.text))].append((number, index))
    running = {place for places in alike.values() for place in _repeated(pages, places)}
    named = (_named(page, number, running) for number, page in enumerate(pages)) if running else pages
    return tuple(_with_first(page) for page in named)


def _in_margins(page: Page) -> Iterable[tuple[int, Line]]:
    for index, part in enumerate(page.flow):
        if not isinstance(part, Line) or part.role is not Role.BODY or not part.box:
            continue
        if part.text.strip() and (part.box.y1 < TOP_OF_MANY or part.box.y0 > BOTTOM_OF_MANY):
            yield index, part


def _repeated(pages: Sequence[Page], places: Sequence[Place]) -> list[Place]:
    """Of lines with the same words, those that stand at one height on enough pages."""
    found: list[Place] = []
    for place in places:
        here = _line(pages, place)
        level = [other for other in places if abs(_top(_line(pages, other)) - _top(here)) < SAME_HEIGHT]
        bearing = len({number for number, _ in level})
        outside = here.box is not None and (here.box.y1 < TOP or here.box.y0 > BOTTOM)
        if bearing > 1 and bearing >= SHARE * (len(pages) - 1) and (outside or bearing >= MANY):
            found.append(place)
    return found


def _line(pages: Sequence[Page], place: Place) -> Line:
    part = pages[place[0]].flow[place[1]]
    if isinstance(part, Grid):
        raise TypeError("a grid is no line")
    return part


def _top(line: Line) -> float:
    return line.box.y0 if line.box else 0.0


def _named(page: Page, number: int, running: set[Place]) -> Page:
    flow: list[Line | Grid] = []
    below = False
    for index, part in enumerate(page.flow):
        if isinstance(part, Line) and (number, index) in running:
            part, below = replace(part, role=Role.RUNNING), True
        elif isinstance(part, Line) and below:
            # It was judged beside the running head; nothing above it is left to tell.
            part, below = replace(part, opens=None), False
        flow.append(part)
    return replace(page, flow=tuple(flow))


def _with_first(page: Page) -> Page:
    """The page with its first line judged by the margin: where paragraphs are indented, a line that is not
    goes on from the page before."""
    body = [part for part in page.flow if isinstance(part, Line) and part.role is Role.BODY and part.box]
    if not body or body[0].opens is not None or body[0].bold_length or body[0].text.isupper():
        return page
    flush = [one.box.x0 for one in body[1:] if one.box and one.opens is False]
    begun = [one.box.x0 for one in body[1:] if one.box and one.opens and not one.centred]
    if not flush or not begun or median(begun) - median(flush) < INDENT or not body[0].box:
        return page
    if abs(body[0].box.x0 - median(flush)) > SAME_PLACE:
        return page
    flow = (replace(part, opens=False) if part is body[0] else part for part in page.flow)
    return replace(page, flow=tuple(flow))
