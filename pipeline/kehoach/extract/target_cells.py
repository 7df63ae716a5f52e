"""Targets of tables: each cell of a target column is one; its metric is the row's name with the column's."""

from __future__ import annotations

import re
from typing import NamedTuple

from kehoach.document.facts import Target
from kehoach.document.plan import Cell, Plan, Span, Table
from kehoach.extract.targets import OBJECTIVES, PLACE, Figure, figures, number
from kehoach.extract.written import AIMS, as_written
from kehoach.rules import phrases
from kehoach.text import fold

MIN_SHARE = 0.5  # of a column's filled cells; fewer that hold a figure make it no column of targets
LEVELS = " – "  # joins the levels of a head
# Aims may be shared out: then a row is an office or a place.
_BEARER = re.compile(
    r"(?:ten)?(?:cac)?(?:coquan)?(?:donvi|diaphuong|xaphuong|xathitran|huyen|thon|coquan)(?:hanhchinh|tructhuoc|dackhu|thitran)*$"
)
_INDEX = re.compile(r"chi(?:tieu|so)|muctieu")
_NOISE = re.compile(r"[^0-9A-Za-zÀ-ɏḀ-ỹ%≥≤<>]")  # what a scan leaves around a figure
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_HEAD_UNITS = ("hạng", "%", "điểm")
_BARE = re.compile(
    r"(?P<how>trên|hơn|từ|ít nhất|tối thiểu|không quá|tối đa|dưới|đạt|≥|≤|>=|<=|>|<|=)?\s*"
    r"(?P<number>\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[,.]\d+)?)\s*(?:[-–]\s*\d+(?:[,.]\d+)?\s*)?"
    r"(?P<unit>%|[^\W\d_][\w ]{0,20})?(?P<up>\s*trở lên)?",
    re.IGNORECASE,
)
_COMPARATORS = {
    "trên": ">", "hơn": ">", ">": ">", "từ": ">=", "ít nhất": ">=", "tối thiểu": ">=", "≥": ">=", ">=": ">=",
    "không quá": "<=", "tối đa": "<=", "≤": "<=", "<=": "<=", "dưới": "<", "<": "<",
}  # fmt: skip


class Columns(NamedTuple):
    """What the columns of a target table are; indexes into the row."""

    name: int
    unit: int | None
    aims: tuple[int, ...]


def in_table(plan: Plan, table: Table, *, year: int | None) -> tuple[Target, ...]:
    """The targets of a target table, row by row; none of a table that is none. `year`: the plan's."""
    columns = target_columns(plan, table, year)
    if columns is None:
        return ()
    cells = ((row, column) for row in table.rows for column in columns.aims if column < len(row))
    found = (_target(plan, table, row, column, columns, year) for row, column in cells)
    return tuple(target for target in found if target)


def target_columns(plan: Plan, table: Table, year: int | None) -> Columns | None:
    """The columns of a target table: one that names, perhaps one of units, and those with the aims."""
    said = [_says(head) for head in table.header]
    unit = next((place for place, words in enumerate(said) if "unit" in words), None)
    name = _name_column(plan, table, said)
    if name is None:
        return None
    rest = [place for place, words in enumerate(said) if place not in (name, unit) and "other" not in words]
    wanted = [place for place in rest if "aim" in said[place]] or _by_form(
        table.header, rest, name, unit, year
    )
    aims = tuple(place for place in wanted if _is_aim(plan, table, place, said[place], year))
    return Columns(name, unit, aims) if aims else None


def _name_column(plan: Plan, table: Table, said: list[frozenset[str]]) -> int | None:
    """The column that says what is measured; else the one of the offices or places that have the aim."""
    named = [place for place, head in enumerate(table.header) if _is_name(head, said[place])]
    words = [place for place in named if not _has_figures(plan, table, place)]
    bearers = [place for place, head in enumerate(table.header) if _BEARER.match(squeezed(head))]
    return next(iter([*words, *(bearers if named else ())]), None)


def _by_form(
    heads: tuple[str, ...], rest: list[int], name: int, unit: int | None, year: int | None
) -> list[int]:
    """Where no head says aim: beside an earlier year the plan's own, else what stands beside a unit."""
    named = {place: [int(one) for one in _YEAR.findall(heads[place])] for place in rest}
    if not _INDEX.search(squeezed(heads[name])):
        return []
    if year and any(found and max(found) < year for found in named.values()):
        return [place for place in rest if named[place] and max(named[place]) >= year]
    return rest if unit is not None else []


def _says(head: str) -> frozenset[str]:
    plain = squeezed(head)
    return frozenset(rule.value for rule in phrases("target_columns") if rule.pattern.search(plain))


def squeezed(head: str) -> str:
    """Folded and without white space and marks of punctuation: what scans leave alike."""
    return re.sub(r"[^\w%]+|_", "", fold(head))


def _is_name(head: str, said: frozenset[str]) -> bool:
    """A column of names: of one level, without a year."""
    return "name" in said and "other" not in said and LEVELS not in head and not _YEAR.search(head)


def _is_aim(plan: Plan, table: Table, column: int, said: frozenset[str], year: int | None) -> bool:
    """Neither an earlier year nor what was reached, and filled with figures."""
    named = [int(one) for one in _YEAR.findall(table.header[column])]
    past = bool(named and year and max(named) < year)
    reached = "reached" in said and "aim" not in said
    return not past and not reached and _has_figures(plan, table, column)


def _has_figures(plan: Plan, table: Table, column: int) -> bool:
    said = [plan.quote(_words(plan, row[column])) for row in table.rows if column < len(row)]
    filled = [one for one in said if one]
    return bool(filled) and sum(bool(_reading(one)) for one in filled) >= MIN_SHARE * len(filled)


class _Reading(NamedTuple):
    comparator: str | None
    value: float | None
    unit: str | None
    rule: str


def _reading(words: str) -> _Reading | None:
    """A bare figure ("Trên 50%", "7", "Từ 98"), else what the rules of running text find."""
    words = as_written(words.strip(" .;"), AIMS)
    if bare := _BARE.fullmatch(words):
        how = " ".join((bare["how"] or "").casefold().split())
        comparator = ">=" if bare["up"] else _COMPARATORS.get(how, "=")
        unit = (bare["unit"] or "").removesuffix("trở lên").strip() or None
        return _Reading(comparator, number(bare["number"]), unit, "cell")
    found = figures(words, OBJECTIVES)
    return _of_figure(found[0]) if found else None


def _of_figure(figure: Figure) -> _Reading:
    comparator = None if figure.rule.value == PLACE else figure.comparator
    return _Reading(comparator, figure.value, figure.unit, figure.rule.id)


def _target(
    plan: Plan, table: Table, row: tuple[Cell, ...], column: int, columns: Columns, year: int | None
) -> Target | None:
    words = _words(plan, row[column])
    reading = _reading(plan.quote(words)) if not row[column].continues else None
    if reading is None:
        return None
    head = table.header[column]
    named = [int(one) for one in _YEAR.findall(head)]
    label = plan.quote(row[columns.name].span) or _first_words(plan, row)
    return Target(
        text=plan.quote(words),
        metric=" - ".join(one for one in (label, head.replace(LEVELS, " - ")) if one) or None,
        comparator=reading.comparator,
        value=reading.value,
        unit=reading.unit or _unit(plan, row, columns, head),
        year=max(named) if named else year,
        anchor=plan.anchor(words),
        rule=f"table.{reading.rule}",
    )


def _words(plan: Plan, cell: Cell) -> Span:
    start, end = cell.span
    while start < end and _NOISE.match(plan.text, start):
        start += 1
    while end > start and _NOISE.match(plan.text, end - 1):
        end -= 1
    return Span(start, end)


def _unit(plan: Plan, row: tuple[Cell, ...], columns: Columns, head: str) -> str | None:
    if columns.unit is not None and columns.unit < len(row) and (said := plan.quote(row[columns.unit].span)):
        return said
    return next((unit for unit in _HEAD_UNITS if unit in _says(head)), None)


def _first_words(plan: Plan, row: tuple[Cell, ...]) -> str:
    """A row whose name stands in another cell ("Tổng" set over the first columns)."""
    said = (plan.quote(cell.span) for cell in row)
    return next((one for one in said if any(char.isalpha() for char in one) and not _reading(one)), "")
