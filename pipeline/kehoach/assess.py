"""A plan under review: its findings as they stand, what reviewers let rest, what a new version mended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kehoach.check.findings import findings
from kehoach.check.profiles import Checklist
from kehoach.document.facts import Record
from kehoach.document.finding import Finding, Severity
from kehoach.document.review import Change, Reviewed
from kehoach.review.changes import changes
from kehoach.review.waivers import waiver_of
from kehoach.sqlite import Database
from kehoach.store.findings import renew_findings
from kehoach.store.read import reading
from kehoach.store.reviews import Link, earlier_version, waivers

NO_LINK = Link(None)


@dataclass(frozen=True, slots=True)
class Assessment:
    """A plan and what its check says. `gone`: failures of the earlier version that fail no more."""

    document_id: int
    record: Record
    findings: tuple[Reviewed, ...]
    link: Link = NO_LINK
    gone: tuple[tuple[Finding, Change], ...] = ()

    @property
    def blocks(self) -> bool:
        """Whether a blocker stands that nobody let rest."""
        return any(one.stands and one.finding.severity is Severity.BLOCKER for one in self.findings)


def assess(db: Database, document_id: int, checklist: Checklist, *, at: datetime) -> Assessment | None:
    """Checks a plan, puts the findings into the database and sets them beside those of its earlier version.

    The earlier version is judged by the same checklist, so that a new rule is no new defect. `renew_links`
    must have been called. None where an older version of kehoach read the plan. Raises PlanNotFound.
    """
    seen = reading(db, document_id)
    if seen is None:
        return None
    found = findings(*seen, checklist)
    renew_findings(db, document_id, found, at=at, checklist=checklist.name)
    resting = waivers(db, document_id)
    told = [Reviewed(one, waiver_of(one, resting)) for one in found]
    link = earlier_version(db, document_id)
    before = reading(db, link.earlier.document_id) if link.earlier else None
    if before is None:
        return Assessment(document_id, seen[2], tuple(told), link)
    compared = changes(findings(*before, checklist), found)
    return Assessment(document_id, seen[2], _marked(told, compared.failing), link, compared.gone)


def _marked(told: Sequence[Reviewed], failing: Sequence[tuple[Finding, Change]]) -> tuple[Reviewed, ...]:
    """Each failure with its change; both in the checklist's order."""
    marks = {id(finding): change for finding, change in failing}
    return tuple(replace(one, change=marks.get(id(one.finding))) for one in told)
