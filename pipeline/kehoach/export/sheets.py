"""The tables as a clerk wants them: one workbook, or CSV files that open in a spreadsheet as they are."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from kehoach.export.columns import PAGE, SHEETS, Column, Kind, Sheet
from kehoach.messages import _
from kehoach.sqlite import Database

WORKBOOK_NAME = "kehoach.xlsx"
CELL_LIMIT = 32_767  # characters that an XLSX cell holds (ECMA-376)
ROW_LIMIT = 1_048_576  # rows of an XLSX sheet, its head among them
FIRST_YEAR = 1900  # before it a spreadsheet knows no dates
FORMULA_SIGNS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
)  # a spreadsheet would run what begins so (OWASP, CSV injection)
TEXT_SIGN = "'"  # says to a spreadsheet, and to a reader, that text follows
CUT = "…"

SERVER = "http://127.0.0.1:8017"  # where `kehoach serve` listens unless told otherwise
LINK_LIMIT = 10_000  # rows of a sheet that have links: each stays in memory, and Excel takes 65,530
Value = str | int | float | date | None
_Row = tuple[tuple[Value, ...], int | None, str | None]  # values, place of the page, its address


@dataclass(frozen=True, slots=True)
class Options:
    """`server`: address of `kehoach serve`, to which links lead; `has_mark`: whether CSV files begin with the
    mark that Excel needs to take them for UTF-8."""

    server: str = SERVER
    has_mark: bool = True


DEFAULTS = Options()


def write_csv(db: Database, out: Path, options: Options = DEFAULTS) -> tuple[Path, ...]:
    """NAME.csv per sheet, UTF-8, unless told otherwise with the mark that Excel needs. Raises OSError."""
    out.mkdir(parents=True, exist_ok=True)
    encoding = "utf-8-sig" if options.has_mark else "utf-8"
    return tuple(_written(db, sheet, out / f"{sheet.name}.csv", encoding) for sheet in SHEETS)


def write_xlsx(db: Database, out: Path, options: Options = DEFAULTS) -> tuple[Path, ...]:
    """One workbook, a tab per sheet. Rows go straight to disk: memory stays the same for any number. The page
    of a fact leads to that page, on the server that `options` names."""
    out.mkdir(parents=True, exist_ok=True)
    path = out / WORKBOOK_NAME
    how = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), how) as book:
        styles = _Styles(book)
        for sheet in SHEETS:
            _fill(book, styles, sheet, _linked(db, sheet, options))
    return (path,)


def _written(db: Database, sheet: Sheet, path: Path, encoding: str) -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_(column.head) for column in sheet.columns)
        writer.writerows([_harmless(value) for value in row] for _plan, row in _rows(db, sheet))
    return path


def _linked(db: Database, sheet: Sheet, options: Options) -> Iterator[_Row]:
    """Rows with the address of the page that the fact stands on, where there is one."""
    page = next((place for place, one in enumerate(sheet.columns) if one is PAGE), None)
    for plan, row in _rows(db, sheet):
        number = row[page] if page is not None else None
        link = f"{options.server}/ke-hoach/{plan}#trang-{number}" if plan and number else None
        yield row, page, link


def _rows(db: Database, sheet: Sheet) -> Iterator[tuple[int | None, tuple[Value, ...]]]:
    """Plan by plan, with its key: nothing has to be sorted, however many rows there are."""
    for plan in _plans(db) if sheet.is_by_document else (None,):
        for row in db.execute(sheet.query, () if plan is None else (plan,)):
            yield (
                plan,
                tuple(_typed(one, column.kind) for one, column in zip(row, sheet.columns, strict=True)),
            )


def _plans(db: Database) -> list[int]:
    query = "SELECT d.id FROM documents d JOIN files f ON f.id = d.file_id ORDER BY f.name, d.id"
    return [plan for (plan,) in db.execute(query)]


def _typed(value: str | int | float | None, kind: Kind) -> Value:
    """Days as days. What is no whole date (`2024-04`) stays what the page says."""
    if kind is not Kind.DAY or not isinstance(value, str):
        return value
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return value
    return day if day.year >= FIRST_YEAR else value


def _harmless(value: Value) -> Value:
    """Text that a spreadsheet would take for a formula, marked as text."""
    if isinstance(value, str) and value.startswith(FORMULA_SIGNS):
        return TEXT_SIGN + value
    return value


class _Styles:
    """The workbook's formats, made once."""

    def __init__(self, book: Workbook) -> None:
        cell = {"valign": "top", "border": 1, "border_color": "#D0D0D0"}
        self.head: Format = book.add_format(
            cell
            | {"bold": True, "bg_color": "#DDEBF7", "text_wrap": True, "align": "center", "valign": "vcenter"}
        )
        self.link: Format = book.add_format(
            cell | {"font_color": "#0563C1", "underline": 1, "align": "center"}
        )
        self.cells: dict[Kind, Format] = {
            Kind.TEXT: book.add_format(cell | {"text_wrap": True}),
            Kind.NUMBER: book.add_format(cell),
            Kind.DAY: book.add_format(cell | {"num_format": "dd/mm/yyyy", "align": "center"}),
        }


def _fill(book: Workbook, styles: _Styles, sheet: Sheet, rows: Iterator[_Row]) -> None:
    """The sheet, and further ones of its name where it has more rows than a sheet can hold."""
    title, part = _(sheet.title), 1
    first: Iterable[_Row] = ()
    while part == 1 or first:
        tab = _tab(book, styles, sheet.columns, title if part == 1 else f"{title} ({part})")
        last = 0
        for last, (row, page, link) in enumerate(islice(chain(first, rows), ROW_LIMIT - 1), 1):
            for place, (value, column) in enumerate(zip(row, sheet.columns, strict=True)):
                if place == page and link and value is not None and last <= LINK_LIMIT:
                    tab.write_url(last, place, link, styles.link, str(value))
                    continue
                _write(tab, last, place, _worded(value, column), styles.cells[column.kind])
        tab.autofilter(0, 0, last, len(sheet.columns) - 1)
        first, part = tuple(islice(rows, 1)), part + 1


def _tab(book: Workbook, styles: _Styles, columns: Sequence[Column], title: str) -> Worksheet:
    tab = book.add_worksheet(title)
    tab.freeze_panes(1, 1)
    tab.set_landscape()
    tab.repeat_rows(0)
    tab.fit_to_pages(1, 0)
    for place, column in enumerate(columns):
        tab.set_column(place, place, column.width)
        tab.write_string(0, place, _(column.head), styles.head)
    return tab


def _write(tab: Worksheet, row: int, place: int, value: Value, style: Format) -> None:
    match value:
        case None:
            tab.write_blank(row, place, None, style)
        case date():
            tab.write_datetime(row, place, value, style)
        case str():
            tab.write_string(row, place, _fitting(value), style)
        case _:
            tab.write_number(row, place, value, style)


def _worded(value: Value, column: Column) -> Value:
    """A code in the reader's words; a code without words as it is."""
    return _(column.words[value]) if isinstance(value, str) and value in column.words else value


def _fitting(text: str) -> str:
    return text if len(text) <= CELL_LIMIT else text[: CELL_LIMIT - len(CUT)] + CUT
