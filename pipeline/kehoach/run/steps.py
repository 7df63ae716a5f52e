"""The steps of a file's way and what they give: small values that go to worker processes and back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kehoach.document.facts import Record, Source
from kehoach.document.finding import Finding
from kehoach.document.page import Page
from kehoach.document.plan import Plan
from kehoach.run.cache import PageCache


@dataclass(frozen=True, slots=True)
class Tools:
    """What every step may use. `cache` is None where page results are neither used nor kept."""

    cache: PageCache | None = None


@dataclass(frozen=True, slots=True)
class OpenFile:
    """What is this file, and how many pages has it?

    `ahead`: what needs no picture is read in the same step, and understood where that is all.
    """

    path: Path
    ahead: bool = True


@dataclass(frozen=True, slots=True)
class ReadPage:
    """One page of a PDF or a picture; `number` is 1-based."""

    path: Path
    media_type: str
    sha256: str
    number: int


@dataclass(frozen=True, slots=True)
class Understand:
    """From all pages of a file to its facts."""

    source: Source
    pages: tuple[Page, ...]


Step = OpenFile | ReadPage | Understand


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that can be read, and its first `pages`, where they were read ahead."""

    source: Source
    page_count: int
    pages: tuple[Page, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """A file's facts. `plan`: of its words only the mended ones; `reading`: all of it, packed to land."""

    plan: Plan
    record: Record
    reading: bytes = b""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a step gave nothing: `outcome` is refused or failed, `reason` an error's code.

    `message` and `advice` are in the user's language; `trace` is for the log.
    """

    outcome: str
    reason: str
    message: str
    advice: str
    trace: str = ""
    source: Source | None = None


Result = Opened | Page | Understood | Trouble


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file, as in the table `files`. `is_new`: it was read just now."""

    name: str
    outcome: str
    reason: str | None = None
    message: str = ""
    advice: str = ""
    page_count: int = 0
    task_count: int = 0
    is_new: bool = True

    @property
    def is_read(self) -> bool:
        return self.outcome in ("read", "read_with_warnings")
