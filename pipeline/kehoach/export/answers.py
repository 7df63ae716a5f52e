"""An answer as a file: CSV that opens in a spreadsheet, or a workbook whose page cells lead to the page."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

from kehoach.export.sheets import CELL_LIMIT, FORMULA_SIGNS, TEXT_SIGN

WIDTH, WIDE, WIDE_FROM = 16, 60, 40  # characters: of a column, of one with long texts, and what is long
TITLE_LIMIT = 31  # characters of a tab's name (Excel)


@dataclass(frozen=True, slots=True)
class Answered:
    """Rows to write. `heads`: in the reader's words; `links`: by row an address for its last cell, or None;
    `notes`: on what the answer rests.
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    links: tuple[str | None, ...] = ()
    notes: tuple[str, ...] = ()


def write_csv(answered: Answered, path: Path) -> None:
    """UTF-8 with a mark at the beginning, which Excel needs; no cell runs as a formula. Raises OSError."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(answered.heads)
        writer.writerows([_harmless(value) for value in row] for row in answered.rows)


def write_xlsx(answered: Answered, path: Path) -> None:
    """A tab with the rows, head frozen and filtered, and one that says what the answer rests on."""
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        head = book.add_format({"bold": True, "bg_color": "#DDEBF7", "text_wrap": True, "border": 1})
        cell = book.add_format({"valign": "top", "text_wrap": True, "border": 1})
        tab = book.add_worksheet(answered.title[:TITLE_LIMIT])
        tab.freeze_panes(1, 0)
        tab.set_landscape()
        tab.repeat_rows(0)
        tab.fit_to_pages(1, 0)
        tab.write_row(0, 0, answered.heads, head)
        for number, row in enumerate(answered.rows, 1):
            for place, value in enumerate(row):
                tab.write(number, place, _short(value), cell)
            link = answered.links[number - 1] if answered.links else None
            if link and row[-1] is not None:
                tab.write_url(number, len(row) - 1, link, string=str(row[-1]))
        for place in range(len(answered.heads)):
            tab.set_column(place, place, _width(answered.rows, place))
        tab.autofilter(0, 0, max(len(answered.rows), 1), len(answered.heads) - 1)
        book.add_worksheet(answered.notes[0][:TITLE_LIMIT] if answered.notes else "–").write_column(
            0, 0, answered.notes[1:]
        )


def _width(rows: Sequence[Sequence[Any]], place: int) -> int:
    longest = max((len(str(row[place] or "")) for row in rows), default=0)
    return WIDE if longest > WIDE_FROM else WIDTH


def _short(value: Any) -> Any:
    return value[:CELL_LIMIT] if isinstance(value, str) else value


def _harmless(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula, marked as text."""
    return TEXT_SIGN + value if isinstance(value, str) and value.startswith(FORMULA_SIGNS) else value
