"""Tables joined over page breaks, before their words stand in a plan's text."""

from __future__ import annotations

from dataclasses import dataclass

from kehoach.document.page import Line


@dataclass(frozen=True, slots=True)
class JoinedCell:
    """A cell of a logical row. `continues`: covered by a cell that begins in a row above."""

    lines: tuple[Line, ...] = ()
    continues: bool = False
    column_span: int = 1

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


Row = tuple[JoinedCell, ...]


@dataclass(frozen=True, slots=True)
class JoinedTable:
    """A logical table. `parts`: ids of the grids that it was made of, in order; `part_starts`: first rows of
    all but the first.
    """

    parts: tuple[int, ...]
    header: tuple[str, ...]
    header_rows: tuple[Row, ...]
    rows: tuple[Row, ...]
    pages: tuple[int, ...]
    row_pages: tuple[tuple[int, ...], ...]
    part_starts: tuple[int, ...] = ()
