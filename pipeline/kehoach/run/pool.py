"""Many files over processes. Pages are the unit of work, so that one long scan keeps every core busy.

This process alone writes the database: workers hand back plans and records. A few files are under way
at a time, they land in the order in which they were found, and pictures never leave their worker.
"""

from __future__ import annotations

import logging
import sqlite3
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from kehoach.document.facts import Source
from kehoach.document.page import Page, ReadFrom, ReadingWarning
from kehoach.document.warnings import warning_text
from kehoach.errors import Crashed, Damaged, DatabaseUnusable, Exit
from kehoach.ingest.source import describe
from kehoach.messages import _, user_language
from kehoach.run.cache import open_cache
from kehoach.run.steps import (
    Opened,
    OpenFile,
    Outcome,
    ReadPage,
    Result,
    Step,
    Tools,
    Trouble,
    Understand,
    Understood,
)
from kehoach.run.workers import Lost, Workers
from kehoach.settings import Settings
from kehoach.sqlite import Database
from kehoach.store.read import known_file
from kehoach.store.submitted import note_path
from kehoach.store.write import READ, land

log = logging.getLogger(__name__)

WORK = "kehoach.run.way:take"
STEP_LIMIT_S = 240.0  # a page takes 1 to 3 s on one core; a bad one on a busy machine has taken 20
TRIES = 2  # a worker may have died for another's sake (out of memory): once more, then no further
FILES_AHEAD = 2  # opened while others are being read, so that no worker waits
LOST = "page_lost"
PAGE_TROUBLES = {"crashed", "internal"}  # cost a page, not its file


class Watch(Protocol):
    """Who looks on while files are read."""

    def opened(self, page_count: int) -> None: ...
    def page_read(self) -> None: ...
    def ended(self, outcome: Outcome) -> None: ...


@dataclass(slots=True)
class _File:
    """A file under way: what is known of it, and which steps wait to be taken (with the tries before)."""

    path: Path
    waiting: deque[tuple[Step, int]]
    source: Source | None = None
    page_count: int = 0
    pages: dict[int, Page] = field(default_factory=dict)
    has_crashed: bool = False  # a page of it brought a worker down
    end: Understood | Trouble | Outcome | None = None


@dataclass(frozen=True, slots=True)
class _Task:
    file: _File
    step: Step
    tries: int


def ingest(paths: Sequence[Path], settings: Settings, db: Database, watch: Watch) -> Iterator[Outcome]:
    """Reads `paths` into `db`; gives each file's outcome once it has landed, in the order of `paths`."""
    tools = Tools(open_cache(settings.db) if settings.use_cache else None)
    with Workers(settings.jobs, WORK, tools, timeout_s=STEP_LIMIT_S) as workers:
        yield from _Ingest(deque(paths), settings, db, watch, workers).outcomes()


def exit_status(outcomes: Sequence[Outcome]) -> Exit:
    """The contract's exit status for what was submitted."""
    if not outcomes:
        return Exit.NOTHING_DONE
    return Exit.ALL_READ if all(one.is_read for one in outcomes) else Exit.SOME_REFUSED


@dataclass(slots=True)
class _Ingest:
    paths: deque[Path]
    settings: Settings
    db: Database
    watch: Watch
    workers: Workers
    files: deque[_File] = field(default_factory=deque)

    def outcomes(self) -> Iterator[Outcome]:
        while self.paths or self.files:
            while self.workers.is_free and (task := self._next_task()):
                self.workers.submit(task, task.step)
            if self.workers.busy_count:
                self._take_in(*self.workers.next_result())
            while self.files and self.files[0].end is not None:
                yield self._land(self.files.popleft())

    def _next_task(self) -> _Task | None:
        """Earlier files first: what is begun is brought to its end before more is opened."""
        for file in self.files:
            if file.waiting:
                return _Task(file, *file.waiting.popleft())
        while self.paths and len(self.files) < self.settings.jobs + FILES_AHEAD:
            file = _File(self.paths.popleft(), deque())
            self.files.append(file)
            if self.settings.reread or not self._is_known(file):
                return _Task(file, OpenFile(file.path), 0)
        return None

    def _is_known(self, file: _File) -> bool:
        """Whether these bytes were read before: then no worker is asked. Refused ones are looked at again."""
        source = describe(file.path)
        known = known_file(self.db, source.sha256)
        if known is not None and known.outcome in READ:
            file.source, file.end = source, Outcome(source.name, known.outcome, is_new=False)
        return file.end is not None

    def _take_in(self, task: _Task, result: Result | Lost) -> None:
        file = task.file
        if isinstance(result, Lost):
            if task.tries + 1 < TRIES:
                file.waiting.appendleft((_again(task.step), task.tries + 1))
                return
            error = Crashed(name=file.path.name, reason=result.reason)
            result = Trouble("failed", error.code, str(error), error.advice)
        if isinstance(result, Trouble) and isinstance(task.step, ReadPage) and result.reason in PAGE_TROUBLES:
            log.error("%s, page %s: %s %s", file.path, task.step.number, result.message, result.trace)
            result = lost_page(task.step.number)
            file.has_crashed = True
        self._note(file, result)

    def _note(self, file: _File, result: Result) -> None:
        match result:
            case Opened():
                self._opened(file, result)
            case Page():
                file.pages[result.number] = result
                self.watch.page_read()
                if len(file.pages) == file.page_count:
                    self._all_read(file)
            case Understood() if file.source is None:
                file.source, file.end = result.record.source, result
                self.watch.opened(len(result.plan.pages))
                for _page in result.plan.pages:
                    self.watch.page_read()
            case _:
                file.waiting.clear()
                file.end = file.end or result

    def _opened(self, file: _File, opened: Opened) -> None:
        file.source, file.page_count = opened.source, opened.page_count
        self.watch.opened(opened.page_count)
        for page in opened.pages:
            self._note(file, page)
        source, first = opened.source, len(opened.pages) + 1
        steps = (
            ReadPage(file.path, source.media_type, source.sha256, number)
            for number in range(first, opened.page_count + 1)
        )
        file.waiting.extend((step, 0) for step in steps)

    def _all_read(self, file: _File) -> None:
        if all(page.reason == LOST for page in file.pages.values()):
            if file.has_crashed:
                crash = Crashed(name=file.path.name, reason=LOST)
                file.end = Trouble("failed", crash.code, str(crash), crash.advice)
            else:
                damage = Damaged(name=file.path.name, detail="no page can be decoded")
                file.end = Trouble("refused", damage.code, str(damage), damage.advice)
        elif file.source and file.end is None:
            pages = tuple(page for _, page in sorted(file.pages.items()))
            file.waiting.append((Understand(file.source, pages), 0))
            file.pages.clear()

    def _land(self, file: _File) -> Outcome:
        outcome = self._landed(file)
        self.watch.ended(outcome)
        return outcome

    def _landed(self, file: _File) -> Outcome:
        match file.end:
            case Understood() as read:
                return self._landed_plan(file, read)
            case Trouble() as trouble:
                return self._landed_trouble(file, trouble)
            case Outcome() as known if file.source:
                self._write(file, file.source, known.outcome)  # notes a further name of the same bytes
                return known
            case _:
                raise LookupError(f"{file.path} has not come to an end")

    def _landed_plan(self, file: _File, read: Understood) -> Outcome:
        record, source = read.record, read.record.source
        outcome = "read_with_warnings" if record.warnings else "read"
        return Outcome(
            source.name,
            outcome,
            message=_told(record.warnings),
            page_count=len(read.plan.pages),
            task_count=len(record.tasks),
            is_new=self._write(
                file,
                source,
                outcome,
                record=record,
                plan=read.plan,
                reading=read.reading,
                findings=read.findings,
            ),
        )

    def _landed_trouble(self, file: _File, trouble: Trouble) -> Outcome:
        if trouble.trace:
            log.error("%s failed\n%s", file.path, trouble.trace)
        source = file.source or trouble.source or describe(file.path)
        if file.path.exists():  # a path that leads nowhere is a slip of the hand, no submitted file
            self._write(file, source, trouble.outcome, reason=trouble.reason)
        names_it = source.name in trouble.message
        message = trouble.message if names_it else f"{source.name}: {trouble.message}"
        return Outcome(source.name, trouble.outcome, trouble.reason, message, trouble.advice)

    def _write(self, file: _File, source: Source, outcome: str, **what: Any) -> bool:
        """Whether the database did not have it already."""
        now = datetime.now(UTC).replace(microsecond=0)
        again = self.settings.reread
        try:
            landed = land(self.db, source=source, received_at=now, outcome=outcome, reread=again, **what)
            note_path(self.db, landed.file_id, file.path.absolute())
        except sqlite3.OperationalError as error:  # no file's fault: the disk is full, another holds it
            raise DatabaseUnusable(path=self.settings.db, detail=error) from error
        return landed.is_new


def _again(step: Step) -> Step:
    """The step that is taken when `step` brought its worker down: a file is opened without reading on."""
    return replace(step, ahead=False) if isinstance(step, OpenFile) else step


def _told(warnings: Sequence[ReadingWarning]) -> str:
    """Each kind of warning once, with its pages, in the user's language."""
    pages: dict[str, list[int]] = {}
    for warning in warnings:
        seen = pages.setdefault(warning_text(warning, user_language()), [])
        if warning.page is not None and warning.page not in seen:
            seen.append(warning.page)
    return " ".join(
        f"{text} ({_('page {page}').format(page=', '.join(map(str, numbers)))})" if numbers else text
        for text, numbers in pages.items()
    )


def lost_page(number: int) -> Page:
    """Stands for a page on which reading broke down: nothing on it is known, and the warning says so."""
    return Page(number, (), "", ReadFrom.NONE, LOST, warnings=(ReadingWarning(LOST, number),))
