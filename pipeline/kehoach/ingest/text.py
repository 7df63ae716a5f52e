"""Plans as text: Markdown and HTML marks are read as form, not as words.

A form feed is a page break; a line is a paragraph or part of one; tab-separated or piped lines in a
row are a table. Boxes are None.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from kehoach.document.page import Grid, GridCell, Line, Page, ReadFrom, Role
from kehoach.errors import EmptyFile
from kehoach.ingest.characters import characters
from kehoach.ingest.markup import lines_of_page
from kehoach.text import nfc, one_line

TABLE_COLUMNS = 3  # two columns in one line alone are a head or foot set side by side, no table

_NOTE = re.compile(r"^\s*<sup>\s*(\d{1,2}|\*)\s*</sup>\s*")
_INLINE_NOTE = re.compile(r"<sup>\s*(\d{1,2}|\*)\s*</sup>")
_HEADING = re.compile(r"^\s*#{1,6}\s+")
_BREAK = re.compile(r"<br\s*/?>|</p>|</li>|</div>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_STRONG = re.compile(r"^\s*(?:[-+•]\s+)?(\*\*\*?|__|<b>|<strong>)(.+?)(\*\*\*?|__|</b>|</strong>)")
_EMPHASIS = re.compile(r"(\*{1,3})(?=\S)(.+?)(?<=\S)\1")
_STRAY_STARS = re.compile(r"(?<![\w*])\*{2,3}|\*{2,3}(?![\w*])")
_BULLET = re.compile(r"(?<=[.;:…)\]])\s+(?=[-+•]\s+[^\W\d_])")
_PIPE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}.*\|")


def pages(data: bytes, name: str) -> tuple[Page, ...]:
    """The pages of a text file. Raises NotText where its encoding is not known, EmptyFile where nothing
    stands in it.
    """
    text = nfc(lines_of_page(characters(data, name)))
    if not text.strip():
        raise EmptyFile(name=name)
    parts = text.rstrip("\f\n ").split("\f")
    return tuple(_page(number, part) for number, part in enumerate(parts, 1))


def _page(number: int, text: str) -> Page:
    flow = tuple(_flow(number, text.split("\n")))
    shown = "\n".join(_shown(block) for block in flow)
    read_from = ReadFrom.TEXT if flow else ReadFrom.NONE
    return Page(number, flow, shown, read_from, reason="text_file")


def _flow(number: int, lines: Sequence[str]) -> Iterator[Line | Grid]:
    for is_row, run in groupby(lines, key=_is_row):
        rows = [line for line in run if line.strip()]
        if is_row and rows and _is_table(rows):
            yield _grid(number, [_row_cells(row) for row in rows if not _PIPE_RULE.match(row)])
            continue
        for row in rows:
            parts = _row_cells(row) if is_row else [row]
            yield from (line for part in parts if (line := _line(number, part)))


def _is_row(line: str) -> bool:
    return "\t" in line.strip("\n\r ") or (line.strip().startswith("|") and line.strip().endswith("|"))


def _is_table(rows: Sequence[str]) -> bool:
    columns = max(len(_row_cells(row)) for row in rows)
    return columns >= TABLE_COLUMNS or (columns == TABLE_COLUMNS - 1 and len(rows) >= TABLE_COLUMNS)


def _row_cells(row: str) -> list[str]:
    if row.strip().startswith("|"):
        return [cell.strip() for cell in row.strip().strip("|").split("|")]
    return row.split("\t")


def _grid(number: int, rows: Sequence[Sequence[str]]) -> Grid:
    width = max(len(row) for row in rows)
    cells = tuple(
        GridCell(i, j, tuple(_cell_lines(number, row[j] if j < len(row) else "")))
        for i, row in enumerate(rows)
        for j in range(width)
    )
    return Grid(number, len(rows), width, cells)


def _cell_lines(number: int, cell: str) -> Iterator[Line]:
    for part in _BREAK.split(cell):
        for item in _BULLET.split(part):
            if line := _line(number, item):
                yield line


def _line(number: int, raw: str) -> Line | None:
    """A line without its marks. A leading `<sup>` makes it a footnote; other notes' marks leave the text."""
    note = _NOTE.match(raw)
    body = raw[note.end() :] if note else _INLINE_NOTE.sub("", raw)
    strong = _STRONG.match(_HEADING.sub("", body))
    is_heading = bool(_HEADING.match(body))
    text = _bare(_HEADING.sub("", body))
    if not text:
        return None
    bold = len(text) if is_heading and not strong else _bold_length(text, strong)
    role = Role.FOOTNOTE if note else Role.BODY
    return Line(text, number, role=role, bold_length=bold, note_mark=note[1] if note else None)


def _bold_length(text: str, strong: re.Match[str] | None) -> int:
    if strong is None:
        return 0
    words = _bare(strong[2])
    at = text.find(words)
    return at + len(words) if at >= 0 else 0


def _bare(text: str) -> str:
    text = html.unescape(_TAG.sub(" ", text))
    for _ in range(2):
        text = _EMPHASIS.sub(r"\2", text)
    return one_line(_STRAY_STARS.sub("", text))


def _shown(block: Line | Grid) -> str:
    """As `pages.text` has it: a paragraph a line, a table row a line with tabs between cells."""
    if isinstance(block, Line):
        return f"{block.note_mark} {block.text}" if block.note_mark else block.text
    rows: list[list[str]] = [[""] * block.column_count for _ in range(block.row_count)]
    for cell in block.cells:
        rows[cell.row][cell.column] = " ".join(line.text for line in cell.lines)
    return "\n".join("\t".join(row) for row in rows)
