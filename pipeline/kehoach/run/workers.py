"""Worker processes that may die: each has one task in hand, so that what a crash loses is known.

`concurrent.futures` breaks a whole pool when one process is killed and cannot say which task did it.
"""

from __future__ import annotations

import logging
import os
import pkgutil
import re
import resource
import signal
import sys
import time
from dataclasses import dataclass
from multiprocessing import connection, get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

MAX_WORKER_KIB = 480 * 1024  # peak memory after which a worker is replaced; two of them and we stay < 1.5 GiB
LEAVE_S = 2.0  # a worker that was told to stop gets this long before it is killed


@dataclass(frozen=True, slots=True)
class Lost:
    """A task whose worker died (`killed`) or ran out of time (`timeout`)."""

    reason: str


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    task: Any = None
    until: float = 0.0


class Workers:
    """Up to `count` spawned processes, each at one task. Started as needed, replaced when lost.

    `work` names a function, `package.module:function`, that is called with a task and `tools`, and must not
    raise. Only workers import it: the heavy libraries stay out of this process.
    """

    def __init__(self, count: int, work: str, tools: object, *, timeout_s: float) -> None:
        self._count = count
        self._work = work
        self._tools = tools
        self._timeout_s = timeout_s
        self._workers: list[_Worker] = []

    @property
    def is_free(self) -> bool:
        """Whether a task can be handed over now."""
        return self.busy_count < self._count

    @property
    def busy_count(self) -> int:
        return sum(worker.task is not None for worker in self._workers)

    def submit(self, key: object, task: object) -> None:
        """Hands `task` to an idle worker; call only while `is_free`."""
        worker = next((one for one in self._workers if one.task is None), None) or self._start()
        try:
            worker.pipe.send(task)
        except OSError:  # it died while idle: nothing is lost
            self._drop(worker)
            worker = self._start()
            worker.pipe.send(task)
        worker.task = key
        worker.until = time.monotonic() + self._timeout_s

    def next_result(self) -> tuple[Any, Any]:
        """Waits for the next task that ends: its key, and its result or `Lost`."""
        while True:
            busy = [worker for worker in self._workers if worker.task is not None]
            if not busy:
                raise LookupError("no task is under way")
            wait_s = max(0.0, min(worker.until for worker in busy) - time.monotonic())
            ready = connection.wait([worker.pipe for worker in busy], wait_s)
            for worker in busy:
                if worker.pipe in ready:
                    return self._received(worker)
                if time.monotonic() >= worker.until:
                    return self._lost(worker, "timeout")

    def close(self) -> None:
        """Ends all workers, also those at work; what they had in hand is lost."""
        for worker in self._workers:
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join(LEAVE_S)
            if worker.process.is_alive():
                worker.process.kill()
            worker.pipe.close()
        self._workers.clear()

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _received(self, worker: _Worker) -> tuple[Any, Any]:
        try:
            result, leaves = worker.pipe.recv()
        except (EOFError, OSError):
            return self._lost(worker, "killed")
        key, worker.task = worker.task, None
        if leaves:
            self._drop(worker)
        return key, result

    def _lost(self, worker: _Worker, reason: str) -> tuple[Any, Lost]:
        key = worker.task
        worker.process.kill()
        self._drop(worker)
        return key, Lost(reason)

    def _drop(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.pipe.close()
        worker.process.join(LEAVE_S)

    def _start(self) -> _Worker:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self._work, self._tools), daemon=True)
        process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker


def _serve(pipe: Connection, name: str, tools: object) -> None:
    # Ctrl-C reaches the whole process group: the parent decides what ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.getLogger().addHandler(logging.NullHandler())  # libraries' complaints are not for the terminal
    work = pkgutil.resolve_name(name)
    # C libraries print on standard error what they think of a damaged picture; the user gets our one line.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    leaves = False
    while not leaves:
        try:
            task = pipe.recv()
        except EOFError:  # the parent is gone
            return
        result = work(task, tools)
        leaves = _peak_kib() > MAX_WORKER_KIB
        pipe.send((result, leaves))


def _peak_kib() -> int:
    """Most memory that this process has had. Linux hands `ru_maxrss` on from parent to child, even over exec,
    so that a large parent would make every worker look grown; `VmHWM` begins anew (proc(5)).
    """
    try:
        status = Path("/proc/self/status").read_text("utf-8")
    except OSError:
        status = ""
    told = re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)
    return int(told[1]) if told else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
