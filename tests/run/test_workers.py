"""A worker may die, hang or grow: only its own task is lost, and the others go on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kehoach.run import workers as room
from kehoach.run.workers import Lost, Workers


@pytest.fixture
def start(monkeypatch):
    """Workers on `deeds.work`; spawned processes find it on the path that they inherit."""
    monkeypatch.syspath_prepend(Path(__file__).parent)
    opened = []

    def start(count, timeout_s=60.0):
        opened.append(Workers(count, "deeds:work", "tools", timeout_s=timeout_s))
        return opened[-1]

    yield start
    for workers in opened:
        workers.close()


def test_results_come_back_with_their_keys_and_the_tools(start):
    workers = start(2)
    workers.submit("a", ("echo", 1))
    workers.submit("b", ("echo", 2))
    assert not workers.is_free
    assert dict(workers.next_result() for _ in "ab") == {"a": ("tools", 1), "b": ("tools", 2)}
    assert workers.is_free


def test_a_killed_worker_loses_only_its_own_task(start):
    workers = start(2)
    workers.submit("bad", ("die",))
    workers.submit("good", ("echo", 1))
    assert dict(workers.next_result() for _ in range(2)) == {"bad": Lost("killed"), "good": ("tools", 1)}
    workers.submit("next", ("echo", 2))
    assert workers.next_result() == ("next", ("tools", 2))


def test_a_task_that_hangs_is_ended_after_its_time(start):
    workers = start(1, timeout_s=0.2)
    workers.submit("slow", ("hang",))
    assert workers.next_result() == ("slow", Lost("timeout"))


def test_a_worker_of_ordinary_size_takes_the_next_task(start):
    workers = start(1)
    workers.submit("first", ("who",))
    _, first = workers.next_result()
    assert workers._workers, "a worker of ordinary size stays"
    workers.submit("second", ("who",))
    assert workers.next_result() == ("second", first)


def test_a_large_parent_does_not_make_its_workers_look_grown(start):
    ballast = bytearray(room.MAX_WORKER_KIB * 1024)
    ballast[::4096] = b"x" * len(ballast[::4096])
    workers = start(1)
    workers.submit("first", ("who",))
    workers.next_result()
    assert workers._workers, "a worker of ordinary size stays"
    assert ballast[0]


def test_a_worker_leaves_when_its_memory_passes_the_limit(monkeypatch):
    """In this process: `_serve` with a pipe of our own and a limit that everybody passes."""
    from multiprocessing import Pipe

    monkeypatch.syspath_prepend(Path(__file__).parent)
    monkeypatch.setattr(room, "MAX_WORKER_KIB", 0)
    monkeypatch.setattr(room.signal, "signal", lambda *_: None)
    monkeypatch.setattr(room.os, "dup2", lambda *_: None)
    ours, theirs = Pipe()
    ours.send(("echo", 1))
    room._serve(theirs, "deeds:work", "tools")
    assert ours.recv() == (("tools", 1), True)


def test_nobody_is_left_behind(start):
    workers = start(2)
    workers.submit("slow", ("hang",))
    processes = [worker.process for worker in workers._workers]
    workers.close()
    assert not any(process.is_alive() for process in processes)


def test_waiting_for_nothing_is_an_error(start):
    with pytest.raises(LookupError):
        start(1).next_result()


def test_workers_do_without_the_libraries_that_take_long_to_load():
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    seen = "import sys, kehoach.run.way; print({'pandas', 'sqlite_utils', 'spacy', 'matplotlib'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", seen], capture_output=True, text=True, env=environment)
    assert told.stdout.strip() == "set()", told.stderr
