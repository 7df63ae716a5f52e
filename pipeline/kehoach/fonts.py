"""Liberation Serif, which has the widths of Times New Roman: where this machine keeps it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from kehoach.errors import ToolMissing

FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
FONT = "LiberationSerif-Regular.ttf"  # stands in for Times New Roman where a PDF does not carry it


@lru_cache
def font_folder() -> Path:
    """The folder with the four faces of Liberation Serif. Raises ToolMissing."""
    for folder in FONT_FOLDERS:
        if found := next(Path(folder).expanduser().rglob(FONT), None):
            return found.parent
    raise ToolMissing(tool=FONT.removesuffix(".ttf"))
