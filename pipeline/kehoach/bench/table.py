"""What a bench says: a table of figures, and its place in a page of the documents."""

from __future__ import annotations

import os
import platform
import re
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Table:
    """Figures of one bench. `name`: as on the command line; `notes`: what was measured, on what."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


def markdown(table: Table) -> str:
    """The table in Markdown, the first column to the left, the others to the right; then its notes."""
    rule = ("---", *("--:" for _ in table.columns[1:]))
    lines = [f"| {' | '.join(row)} |" for row in (table.columns, rule, *table.rows)]
    return "\n".join([*lines, "", *(f"{note}  " for note in table.notes)]).rstrip()


def renewed(page: str, table: Table) -> str:
    """`page` with the table between its marks `<!-- bench NAME: begin -->` and `end`; marks are added last
    where there are none.
    """
    begin, end = (f"<!-- bench {table.name}: {edge} -->" for edge in ("begin", "end"))
    block = f"{begin}\n{markdown(table)}\n{end}"
    between = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if between.search(page):
        return between.sub(lambda _: block, page)
    return f"{page.rstrip()}\n\n{block}\n".lstrip()


def machine() -> str:
    """Processor, cores and Python in one line."""
    return f"{_processor()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def _processor() -> str:
    try:
        told = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text("utf-8"), re.MULTILINE)
    except OSError:
        told = None
    return told[1].strip() if told else platform.processor() or platform.machine()


def version(package: str) -> str:
    """A peer with its version."""
    return f"{package} {metadata.version(package)}"
