"""A plan on the page: its facts in the order in which a reader asks, each with the key of its place."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from kehoach.document.facts import Record, Section, Task
from kehoach.document.finding import Finding, Severity, Verdict
from kehoach.document.plan import Anchor
from kehoach.document.review import Submission, Waiver
from kehoach.document.warnings import warning_text
from kehoach.messages import user_language
from kehoach.review.waivers import waiver_of
from kehoach.sqlite import Database
from kehoach.store.findings import read_findings
from kehoach.store.read import record
from kehoach.store.reviews import earlier_version, waivers
from kehoach.web.marks import Mark, Shape, Stretch, marks, shapes, stretches
from kehoach.web.pictures import Pictures
from kehoach.web.words import FIELDS, day, word

_UNREAD = "document."


@dataclass(frozen=True, slots=True)
class HeadField:
    """A field of the head. `unread`: the reason (a message) why it could not be read, where it could not."""

    name: str
    value: str | None
    anchor: Anchor | None
    unread: str | None


@dataclass(frozen=True, slots=True)
class Numbered:
    """A fact with its key on the page and its place in its list, from 1."""

    key: str
    number: int
    fact: Any


@dataclass(frozen=True, slots=True)
class PageView:
    """A page picture with the boxes on it; sides in no particular unit."""

    number: int
    width: float
    height: float
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class PlanView:
    """All that the plan's page shows. `pages`: empty where there are no pictures, then `text` is shown."""

    id: int
    record: Record
    head: tuple[HeadField, ...]
    tasks: tuple[tuple[tuple[str, ...], tuple[Numbered, ...]], ...]
    fails: tuple[Numbered, ...]
    rested: tuple[tuple[Numbered, Waiver], ...]
    unassessed: tuple[Numbered, ...]
    passes: tuple[Numbered, ...]
    warnings: tuple[Numbered, ...]
    pages: tuple[PageView, ...]
    text: tuple[Stretch, ...]
    is_lost: bool  # the file has page pictures, but it is not where it was
    read_at: str
    explained: tuple[int, int]  # lines accounted for, and all
    earlier: Submission | None  # the version of this plan that came before


def view(connection: sqlite3.Connection, document_id: int, pictures: Pictures) -> PlanView:
    """The plan as it landed. Raises PlanNotFound."""
    db = Database(connection)
    found = record(db, document_id)
    findings = read_findings(db, document_id)
    places = marks(found, findings)
    text, read_at = connection.execute(
        "SELECT d.text, f.received_at FROM documents d JOIN files f ON f.id = d.file_id WHERE d.id = ?",
        (document_id,),
    ).fetchone()
    pages, is_lost = _pages(db, document_id, pictures, places)
    known = sum(line.role != "unexplained" for line in found.lines)
    return PlanView(
        id=document_id,
        record=found,
        head=tuple(_head(found)),
        tasks=_by_path(found.tasks),
        **_by_verdict(findings, waivers(db, document_id)),
        warnings=tuple(
            Numbered(f"warning-{place}", place + 1, (warning_text(one, user_language()), one))
            for place, one in enumerate(found.warnings)
        ),
        pages=pages,
        text=() if pages else stretches(text, places),
        is_lost=is_lost,
        read_at=read_at,
        explained=(known, len(found.lines)),
        earlier=earlier_version(db, document_id).earlier,
    )


def _pages(
    db: Database, document_id: int, pictures: Pictures, places: Sequence[Mark]
) -> tuple[tuple[PageView, ...], bool]:
    file = pictures.file(db, document_id)
    if file is None:
        return (), False
    sides = pictures.shapes(file)
    pages = tuple(
        PageView(number, width, height, shapes(places, number))
        for number, (width, height) in enumerate(sides, 1)
    )
    return pages, file.path is None and file.page_count > 0 and _was_pictured(file.media_type)


def _was_pictured(media_type: str) -> bool:
    return media_type == "application/pdf" or media_type.startswith("image/")


def _head(found: Record) -> Iterator[HeadField]:
    head = found.header
    anchors, unread = dict(head.anchors), dict(found.unread)
    values: Mapping[str, str | None] = {
        "type": word(head.type, "type"),
        "issuer.name": head.issuer.name,
        "number": head.number,
        "symbol": head.symbol,
        "issued_on": day(head.issued_on) if head.issued_on else None,
        "place": head.place,
        "title": head.title,
        "year": str(head.year) if head.year else None,
        "signer.authority": head.signer.authority,
        "signer.position": head.signer.position,
        "signer.name": head.signer.name,
        "status": word(head.status, "status") if head.status else None,
    }
    for name in FIELDS:
        yield HeadField(name, values[name], anchors.get(name), unread.get(_UNREAD + name))


def _by_path(tasks: Sequence[Task]) -> tuple[tuple[tuple[str, ...], tuple[Numbered, ...]], ...]:
    """Tasks under the headings that they stand under, in reading order."""
    numbered = [Numbered(f"task-{place}", place + 1, task) for place, task in enumerate(tasks)]
    return tuple((path, tuple(group)) for path, group in groupby(numbered, key=lambda one: one.fact.path))


def _by_verdict(findings: Sequence[Finding], resting: Sequence[Waiver]) -> dict[str, Any]:
    """Findings by verdict, the heaviest first; failures that a reviewer lets rest stand apart."""
    heaviest = list(Severity)
    told = [Numbered(f"finding-{place}", place + 1, one) for place, one in enumerate(findings)]
    told.sort(key=lambda one: heaviest.index(one.fact.severity))
    by_verdict = {verdict: [one for one in told if one.fact.verdict is verdict] for verdict in Verdict}
    rests = {one.key: waiver_of(one.fact, resting) for one in by_verdict[Verdict.FAIL]}
    return {
        "fails": tuple(one for one in by_verdict[Verdict.FAIL] if rests[one.key] is None),
        "rested": tuple((one, rests[one.key]) for one in by_verdict[Verdict.FAIL] if rests[one.key]),
        "unassessed": tuple(by_verdict[Verdict.NOT_ASSESSABLE]),
        "passes": tuple(by_verdict[Verdict.PASS]),
    }


def depth(section: Section) -> int:
    """How far a heading is set in, at most 5."""
    return min(section.level, 5)
