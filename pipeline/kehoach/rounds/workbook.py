"""A round as a workbook for people: figures first, then each unit, who is late or missing, common defects."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from kehoach.document.finding import Severity
from kehoach.document.review import Submission
from kehoach.rounds.summary import Defect, Entry, Standing, Summary
from kehoach.rules import data
from kehoach.store.roster import Expected

Value = str | int | float | date | None
A4_PAPER = 9  # of xlsxwriter
HEAVY = (Severity.BLOCKER, Severity.MAJOR)


@dataclass(frozen=True, slots=True)
class Column:
    """`form`: text, number, share, day."""

    key: str
    width: float
    form: str = "text"


PLANS = (
    Column("number", 5, "number"),
    Column("unit", 30),
    Column("standing", 13),
    Column("symbol", 15),
    Column("issued_on", 12, "day"),
    Column("received_on", 12, "day"),
    Column("days_late", 9, "number"),
    Column("result", 20),
    Column("heavy", 9, "number"),
    Column("light", 9, "number"),
    Column("tasks", 9, "number"),
    Column("lead", 11, "share"),
    Column("deadline", 11, "share"),
    Column("versions", 8, "number"),
    Column("file", 34),
)
OPEN = (
    Column("number", 5, "number"),
    Column("unit", 34),
    Column("standing", 18),
    Column("issued_on", 14, "day"),
    Column("days_late", 12, "number"),
)
DEFECTS = (
    Column("number", 5, "number"),
    Column("title", 46),
    Column("weight", 11),
    Column("failing", 11, "number"),
    Column("share", 11, "share"),
    Column("assessed", 13, "number"),
    Column("units", 60),
)
STRANGERS = (
    Column("number", 5, "number"),
    Column("issuer", 34),
    Column("title", 60),
    Column("received_on", 12, "day"),
    Column("file", 34),
)


def words() -> Any:
    """The words of the workbook."""
    return data("rounds/texts.yaml")


def write_workbook(summary: Summary, path: Path, today: date) -> Path:
    """Writes the workbook. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        formats = _Formats(book)
        _figures(book, formats, summary, today)
        _sheet(book, formats, "plans", PLANS, _plan_rows(summary.entries))
        _sheet(book, formats, "open", OPEN, _open_rows(summary.entries))
        _sheet(book, formats, "defects", DEFECTS, _defect_rows(summary.defects))
        if summary.strangers:
            _sheet(book, formats, "strangers", STRANGERS, _stranger_rows(summary.strangers))
    return path


class _Formats:
    """The workbook's formats, made once."""

    def __init__(self, book: Workbook) -> None:
        font = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
        cell = font | {"border": 1, "border_color": "#A6A6A6"}
        self.title: Format = book.add_format(font | {"bold": True, "font_size": 14})
        self.note: Format = book.add_format(font | {"italic": True})
        self.label: Format = book.add_format(cell | {"bold": True})
        self.head: Format = book.add_format(
            cell
            | {"bold": True, "bg_color": "#E2EFDA", "text_wrap": True, "align": "center", "valign": "vcenter"}
        )
        self.cells: dict[str, Format] = {
            "text": book.add_format(cell | {"text_wrap": True}),
            "number": book.add_format(cell | {"num_format": "#,##0", "align": "center"}),
            "share": book.add_format(cell | {"num_format": "0%", "align": "center"}),
            "day": book.add_format(cell | {"num_format": "dd/mm/yyyy", "align": "center"}),
        }


def _figures(book: Workbook, formats: _Formats, summary: Summary, today: date) -> None:
    told, asked = words()["figures"], summary.asked
    tab = book.add_worksheet(told["tab"])
    tab.set_column(0, 0, 46)
    tab.set_column(1, 1, 12)
    tab.set_column(2, 2, 70)
    tab.write_string(
        0, 0, told["title"].format(nam=asked.year, ve=f" {asked.about}" if asked.about else ""), formats.title
    )
    tab.write_string(
        1, 0, told["note"].format(han=f"{asked.due:%d/%m/%Y}", ngay=f"{today:%d/%m/%Y}"), formats.note
    )
    for place, head in enumerate(told["heads"]):
        tab.write_string(3, place, head, formats.head)
    for row, (label, count, names) in enumerate(_counts(summary), 4):
        tab.write_string(row, 0, label, formats.label)
        tab.write_number(row, 1, count, formats.cells["number"])
        tab.write_string(row, 2, names, formats.cells["text"])
    _printed(tab)


def _counts(summary: Summary) -> Iterator[tuple[str, int, str]]:
    """What is counted, how many, and who; the units of the list are the base of all."""
    told = words()["figures"]["counts"]
    everyone = tuple(dict.fromkeys(one.unit for one in summary.entries))
    sent = [one for one in everyone if one not in summary.units(Standing.MISSING)]
    yield told["all"], len(everyone), ""
    yield told["sent"], len(sent), _share(len(sent), len(everyone))
    for standing in (Standing.ON_TIME, Standing.LATE, Standing.UNDATED, Standing.MISSING):
        units = summary.units(standing)
        yield told[standing.value], len(units), _names(units) if standing is not Standing.ON_TIME else ""
    for result, label in words()["results"].items():
        units = tuple(dict.fromkeys(one.unit for one in summary.entries if one.conclusion == result))
        yield label, len(units), _names(units)
    if summary.strangers:
        yield told["strangers"], len(summary.strangers), ""


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}".replace(".", ",") if whole else ""


def _names(units: Sequence[Expected]) -> str:
    return "; ".join(one.name for one in units)


def _sheet(
    book: Workbook, formats: _Formats, name: str, columns: Sequence[Column], rows: Iterator[dict[str, Value]]
) -> None:
    told = words()
    tab = book.add_worksheet(told["tabs"][name])
    tab.set_row(0, 34)
    for place, column in enumerate(columns):
        tab.set_column(place, place, column.width)
        tab.write_string(0, place, told["heads"][column.key], formats.head)
    last = 0
    for last, row in enumerate(rows, 1):
        values = {"number": last} | row
        for place, column in enumerate(columns):
            _write(tab, last, place, values[column.key], formats.cells[column.form])
    tab.freeze_panes(1, 2)
    tab.autofilter(0, 0, last, len(columns) - 1)
    tab.repeat_rows(0)
    _printed(tab)


def _printed(tab: Worksheet) -> None:
    tab.set_paper(A4_PAPER)
    tab.set_landscape()
    tab.fit_to_pages(1, 0)
    tab.set_footer("&C&P/&N")


def _write(tab: Worksheet, row: int, place: int, value: Value, form: Format) -> None:
    match value:
        case None:
            tab.write_blank(row, place, None, form)
        case date():
            tab.write_datetime(row, place, value, form)
        case str():
            tab.write_string(row, place, value, form)
        case _:
            tab.write_number(row, place, value, form)


def _plan_rows(entries: Sequence[Entry]) -> Iterator[dict[str, Value]]:
    for entry in entries:
        row = dict.fromkeys((column.key for column in PLANS[1:]), None) | _standing(entry)
        yield row | (_sent(entry) if entry.sent else {})


def _standing(entry: Entry) -> dict[str, Value]:
    late = entry.days_late if entry.standing is Standing.LATE else None
    said: str = words()["standings"][entry.standing.value]
    return {"unit": entry.unit.name, "standing": said, "days_late": late}


def _sent(entry: Entry) -> dict[str, Value]:
    if entry.sent is None or entry.conclusion is None:
        return {}
    record, last = entry.sent.assessment.record, entry.sent.last
    head, tasks = record.header, record.tasks
    standing = [one.finding for one in entry.sent.assessment.findings if one.stands]
    number = f"{head.number}/{head.symbol}" if head.number and head.symbol else head.number
    return {
        "symbol": number or words()["no_number"],
        "issued_on": _day(head.issued_on) or head.issued_on or words()["no_day"],
        "received_on": datetime.fromisoformat(last.received_at).astimezone().date(),
        "result": words()["results"][entry.conclusion.value],
        "heavy": len({one.rule for one in standing if one.severity in HEAVY}),
        "light": len({one.rule for one in standing if one.severity is Severity.MINOR}),
        "tasks": len(tasks),
        "lead": _of(tasks, lambda task: bool(task.lead)),
        "deadline": _of(tasks, lambda task: task.deadline is not None),
        "versions": len(entry.sent.versions),
        "file": last.file_name,
    }


def _of(tasks: Sequence[Any], has: Callable[[Any], bool]) -> float | None:
    return sum(map(has, tasks)) / len(tasks) if tasks else None


def _day(printed: str | None) -> date | None:
    try:
        return date.fromisoformat(printed or "")
    except ValueError:
        return None


def _open_rows(entries: Sequence[Entry]) -> Iterator[dict[str, Value]]:
    order = (Standing.MISSING, Standing.LATE, Standing.UNDATED)
    waiting = [one for one in entries if one.standing in order]
    for entry in sorted(waiting, key=lambda one: (order.index(one.standing), -(one.days_late or 0))):
        printed = entry.sent.last.header.issued_on if entry.sent else None
        yield _standing(entry) | {"issued_on": _day(printed) or printed}


def _defect_rows(defects: Sequence[Defect]) -> Iterator[dict[str, Value]]:
    for one in defects:
        yield {
            "title": one.finding.title,
            "weight": words()["weights"][one.finding.severity.value],
            "failing": len(one.units),
            "share": len(one.units) / one.assessed if one.assessed else None,
            "assessed": one.assessed,
            "units": "; ".join(one.units),
        }


def _stranger_rows(strangers: Sequence[Submission]) -> Iterator[dict[str, Value]]:
    for one in strangers:
        yield {
            "issuer": one.header.issuer.name,
            "title": one.header.title,
            "received_on": datetime.fromisoformat(one.received_at).astimezone().date(),
            "file": one.file_name,
        }
