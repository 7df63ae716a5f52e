"""Work for worker processes in tests: each task says what is to happen."""

import os
import signal
import time
from pathlib import Path

from kehoach.document.page import Page
from kehoach.document.plan import Plan
from kehoach.run.page import lost
from kehoach.run.steps import Opened, OpenFile, ReadPage, Trouble, Understand, Understood


def work(task, tools):
    """Does what the task's first word says and answers with the rest."""
    deed, *rest = task
    if deed == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if deed == "die once":
        mark = Path(rest[0])
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGSEGV)
    if deed == "hang":
        time.sleep(600)
    return os.getpid() if deed == "who" else (tools, *rest)


def take(step, tools):
    """Stands for run/way.py: a file's name says how many pages it has and what happens on which page."""
    if isinstance(step, OpenFile):
        return _ahead(step) if step.ahead and "ahead" in step.path.name else _opened(step.path)
    if isinstance(step, ReadPage):
        return _page(step)
    if "broken" in step.source.name:
        return Trouble("failed", "internal", "broken", "", "the trace")
    return Understood(Plan("", (), (), step.pages), _record(step))


def _opened(path):
    from kehoach.ingest.source import describe

    if "refused" in path.name:
        return Trouble("refused", "damaged", f"{path.name} is damaged.", "Send it again.")
    return Opened(describe(path), int(path.stem.split("_")[-1]))


def _ahead(step):
    """Reads on from opening: to the end, or until a page brings the worker down."""
    opened = _opened(step.path)
    steps = [ReadPage(step.path, "", "", number) for number in range(1, opened.page_count + 1)]
    return take(Understand(opened.source, tuple(map(_page, steps))), None)


def _page(step):
    lines = step.path.read_text().split("\n")
    deed = lines[step.number - 1] if step.number <= len(lines) else ""
    if deed == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if deed == "fail":
        return Trouble("failed", "internal", "a fault of ours", "", "the trace")
    if deed == "refuse":
        return Trouble("refused", "damaged", f"{step.path.name} is damaged.", "Send it again.")
    return lost(step.number) if deed == "blind" else Page(step.number, (), deed)


def _record(step):
    from kehoach.document.facts import Header, Record

    warnings = tuple(one for page in step.pages for one in page.warnings)
    return Record(step.source, Header(type="ke_hoach"), warnings=warnings)
