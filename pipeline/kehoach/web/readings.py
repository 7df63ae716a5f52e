"""Files that are being read while the server runs: each in a process of its own, one after the other.

Once the last is read, all plans are compared anew, in a process of its own too.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

OWN = (sys.executable, "-m", "kehoach.web.reader")  # reads files; compares where there are none
GRACE_S = 5.0  # to end by itself once asked
KEPT = 200  # readings that are told of


@dataclass(slots=True)
class Reading:
    """Some files under way. `ended`: what came of those that are done, as the reader told it."""

    number: int
    paths: tuple[Path, ...]
    state: str = "waiting"  # waiting, reading, done, broken
    page_count: int = 0
    read_count: int = 0
    ended: list[dict[str, Any]] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        """As the page gets it."""
        return {
            "number": self.number,
            "names": [path.name for path in self.paths],
            "state": self.state,
            "pages": self.page_count,
            "read": self.read_count,
            "ended": self.ended,
        }

    def take(self, line: dict[str, Any]) -> None:
        """Notes a line of the reader."""
        self.page_count += line.get("opened", 0)
        self.read_count += line.get("page", 0)
        if "ended" in line:
            self.ended.append(line["ended"])


@dataclass(slots=True)
class Readings:
    """All readings into one database since the server began."""

    database: Path
    all: dict[int, Reading] = field(default_factory=dict)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _process: Process | None = None
    _comparison: Process | None = None
    _running: set[asyncio.Task[None]] = field(default_factory=set)
    _count: int = 0

    def start(self, paths: Sequence[Path]) -> Reading:
        """Puts files in line; needs a running event loop."""
        self._give_way()
        self._count += 1
        reading = Reading(self._count, tuple(paths))
        self.all[reading.number] = reading
        for old in list(self.all)[:-KEPT]:
            del self.all[old]
        task = asyncio.create_task(self._read(reading))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return reading

    @property
    def under_way(self) -> tuple[Reading, ...]:
        """Readings that are not at their end."""
        return tuple(one for one in self.all.values() if one.state in ("waiting", "reading"))

    async def _read(self, reading: Reading) -> None:
        async with self._turn:
            reading.state = "reading"
            command = (*OWN, str(self.database), *map(str, reading.paths))
            self._process = await asyncio.create_subprocess_exec(
                *command, stdout=PIPE, start_new_session=True
            )
            out = self._process.stdout
            while out and (line := await out.readline()):
                with suppress(json.JSONDecodeError):
                    reading.take(json.loads(line))
            whole = await self._process.wait() == 0 and len(reading.ended) == len(reading.paths)
            reading.state = "done" if whole else "broken"
            self._process = None
            if not self.under_way:
                await self._compare()

    async def _compare(self) -> None:
        """Compares all plans anew once nothing waits to be read."""
        command = (*OWN, str(self.database))
        self._process = await asyncio.create_subprocess_exec(*command, start_new_session=True)
        self._comparison = self._process
        await self._process.wait()
        self._process = self._comparison = None

    def _give_way(self) -> None:
        """Ends a comparison, which would have to be made anew; it lands as a whole or not at all."""
        if self._comparison is not None:
            with suppress(ProcessLookupError):
                self._comparison.terminate()

    async def stop(self) -> None:
        """Ends what is under way; what has landed stays."""
        for task in self._running:
            task.cancel()
        process, self._process = self._process, None
        if process is None or process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), GRACE_S)
        except TimeoutError:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
