"""One look for all charts: colours that colour-blind eyes tell apart (Okabe and Ito 2008), fonts with
Vietnamese letters.
"""

from __future__ import annotations

import io
import textwrap
from contextlib import AbstractContextManager
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

BLUE, SKY, GREEN, YELLOW = "#0072B2", "#56B4E9", "#009E73", "#F0E442"
ORANGE, VERMILLION, PINK = "#E69F00", "#D55E00", "#CC79A7"
PALETTE = (BLUE, ORANGE, GREEN, PINK, VERMILLION, SKY, YELLOW)
INK, GREY, PALE, FAINT = "#1A1A1A", "#6B6B6B", "#D9D9D9", "#F2F2F2"
FONTS = ("Liberation Sans", "Arial", "Helvetica", "DejaVu Sans")  # the first three are equally wide
WIDTH = 11.0  # inches: A4 on its side with margins
TOP, RIGHT = 0.95, 0.35  # inches: title and subtitle; margin
DOTS = 200  # per inch, of a PNG
TITLE, TEXT, SMALL = 16, 10, 9  # points
DARK = 0.55  # luminance under which letters on a colour are white
_SETTINGS: Any = {
    "font.size": TEXT,
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.color": GREY,
    "ytick.color": INK,
    "hatch.linewidth": 0.8,
    "svg.fonttype": "none",  # words that can be searched and read aloud
    "svg.hashsalt": "kehoach",
    "pdf.fonttype": 42,
}


def look() -> AbstractContextManager[None]:
    """Within it all that is drawn has the house's look."""
    known = {font.name for font in font_manager.fontManager.ttflist}
    family = [name for name in FONTS if name in known]
    return mpl.rc_context({**_SETTINGS, "font.family": family})


def figure(height: float, title: str, subtitle: str, *, left: float, bottom: float) -> tuple[Figure, Axes]:
    """A figure with a title at its left edge and one pair of axes; `height`, `left`, `bottom` in inches."""
    made = Figure(figsize=(WIDTH, height))
    across, up = WIDTH - left - RIGHT, height - TOP - bottom
    axes = made.add_axes((left / WIDTH, bottom / height, across / WIDTH, up / height))
    made.text(0.25 / WIDTH, 1 - 0.32 / height, title, size=TITLE, weight="bold", va="center")
    made.text(0.25 / WIDTH, 1 - 0.6 / height, subtitle, color=GREY, va="center")
    axes.tick_params(length=0)
    for side in axes.spines.values():
        side.set_visible(False)
    return made, axes


def legend(made: Figure, keys: list[Any], columns: int, up: float = 0.08) -> None:
    """The keys under the axes, from the left edge on; `up` inches from the lower edge."""
    place = (0.12 / WIDTH, up / made.get_figheight())
    made.legend(handles=keys, loc="lower left", bbox_to_anchor=place, ncols=columns, frameon=False)


def rendered(made: Figure, form: str) -> bytes:
    """The figure as an SVG, PNG or PDF file; the same bytes for the same facts."""
    out = io.BytesIO()
    metadata: Any = {"png": {}, "pdf": {"CreationDate": None}}.get(form, {"Date": None})
    made.savefig(out, format=form, dpi=DOTS, facecolor="white", metadata=metadata)
    return out.getvalue()


def shortened(text: str, width: int) -> str:
    """At most `width` characters, cut between words."""
    return textwrap.shorten(text, width, placeholder=" …")


def ink_on(colour: tuple[float, ...]) -> str:
    """Black or white, whichever can be read on `colour` (red, green, blue from 0 to 1)."""
    red, green, blue = colour[:3]
    return "white" if 0.299 * red + 0.587 * green + 0.114 * blue < DARK else INK
