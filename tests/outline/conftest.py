"""Plans from a few lines of text, for the outline's tests."""

from collections.abc import Callable

import pytest

from kehoach.document.outline import Outline
from kehoach.document.plan import Parts, Plan, Range
from kehoach.ingest import text
from kehoach.layout.assemble import assemble
from kehoach.outline.build import build
from kehoach.tables.join import join

NOTHING = Range(0, 0)


@pytest.fixture
def outlined() -> Callable[[str], tuple[Plan, Outline]]:
    """Reads lines as the body of a plan."""

    def read(lines: str) -> tuple[Plan, Outline]:
        pages = text.pages(lines.encode(), "plan.txt")
        plan = assemble(pages, join(pages))
        parts = Parts(NOTHING, None, NOTHING, NOTHING, Range(0, len(plan.blocks)), NOTHING)
        return plan, build(plan, parts)

    return read
