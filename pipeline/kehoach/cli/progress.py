"""What is seen while plans are read: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from kehoach.cli.app import complain, printable
from kehoach.messages import _

if TYPE_CHECKING:
    from kehoach.run.pool import Watch
    from kehoach.run.steps import Outcome

SPEED_WINDOW_S = 60.0  # the time left follows the speed of the last minute


@contextmanager
def watching(file_count: int) -> Iterator[Watch]:
    """Whoever is right for where standard error goes."""
    console = Console(stderr=True, highlight=False)
    if not console.is_terminal:
        yield PlainLines(file_count)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[pages]}"),
        TextColumn("{task.fields[speed]}"),
        TimeRemainingColumn(compact=True, elapsed_when_finished=True),
    )
    with Progress(
        *columns, console=console, speed_estimate_period=SPEED_WINDOW_S, transient=True
    ) as progress:
        task = progress.add_task("", total=None, pages="", speed="")
        yield Bar(file_count, progress, task)


class PlainLines:
    """A line on standard output for each file that has landed."""

    def __init__(self, file_count: int) -> None:
        self._file_count = file_count
        self._ended = 0

    def opened(self, page_count: int) -> None:
        """Nothing to say yet."""

    def page_read(self) -> None:
        """Nothing to say yet."""

    def ended(self, outcome: Outcome) -> None:
        """Names the file; a refused one on standard error."""
        self._ended += 1
        line = f"[{self._ended}/{self._file_count}] {_told(outcome)}"
        if outcome.is_read:
            typer.echo(printable(line))
        else:
            complain(line, outcome.advice)


class Bar:
    """A bar over pages. The pages of files that are not open yet are taken to be like the others'."""

    def __init__(self, file_count: int, progress: Progress, task: TaskID) -> None:
        self._file_count = file_count
        self._progress = progress
        self._task = task
        self._began = time.monotonic()
        self._opened = self._ended = self._pages = self._read = 0

    def opened(self, page_count: int) -> None:
        """The estimate of all pages grows or shrinks."""
        self._opened += 1
        self._pages += page_count
        self._show()

    def page_read(self) -> None:
        """A step forward."""
        self._read += 1
        self._show()

    def ended(self, outcome: Outcome) -> None:
        """A refused file is named above the bar at once."""
        self._ended += 1
        if not outcome.is_read:
            self._progress.console.print(printable(_told(outcome)), outcome.advice, markup=False)
        self._show()

    def _show(self) -> None:
        unopened = self._file_count - max(self._opened, self._ended)
        total = self._pages + unopened * self._pages / self._opened if self._opened else None
        seconds = time.monotonic() - self._began
        self._progress.update(
            self._task,
            completed=self._read,
            total=total,
            description=_("{done} of {all} files").format(done=self._ended, all=self._file_count),
            pages=_("{pages} pages").format(pages=self._read),
            speed=_("{speed} pages/s").format(speed=f"{self._read / seconds:.1f}"),
        )


def _told(outcome: Outcome) -> str:
    if not outcome.is_read:
        return outcome.message
    if not outcome.is_new:
        return _("{name}: in the database already").format(name=outcome.name)
    return _("{name}: {pages} pages, {tasks} tasks").format(
        name=outcome.name, pages=outcome.page_count, tasks=outcome.task_count
    )
