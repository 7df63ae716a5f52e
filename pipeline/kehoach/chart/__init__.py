"""Pictures of what the database says, legible in print and to colour-blind eyes.

A chart is a name and a function.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from matplotlib.figure import Figure

from kehoach.chart.coverage import coverage
from kehoach.chart.load import load
from kehoach.chart.scope import Scope
from kehoach.chart.style import look, rendered
from kehoach.chart.timeline import timeline
from kehoach.chart.vague import vague
from kehoach.sqlite import Database

CHARTS: Mapping[str, Callable[[Database, Scope], Figure]] = MappingProxyType(
    {"timeline": timeline, "coverage": coverage, "load": load, "vague": vague}
)
__all__ = ["CHARTS", "FORMS", "Scope", "draw"]

FORMS = ("svg", "png", "pdf")


def draw(db: Database, name: str, scope: Scope, form: str = "svg") -> bytes:
    """The chart NAME of CHARTS as the bytes of a file (FORMS). Raises NothingToDraw where the scope has no
    such facts."""
    with look():
        return rendered(CHARTS[name](db, scope), form)
