"""What came of a round. The list of those who were to send counts, not the files that are there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kehoach.assess import Assessment
from kehoach.check.sight import bounds
from kehoach.document.facts import Issuer, Record
from kehoach.document.finding import Finding, Severity, Verdict
from kehoach.document.review import Submission
from kehoach.review.conclusions import Conclusion, conclusion
from kehoach.review.issuers import issuer_named, one_of, places
from kehoach.review.versions import same_plan, subject
from kehoach.store.roster import Expected
from kehoach.text import fold, nfc, one_line

PLAN = "ke_hoach"


class Standing(StrEnum):
    """Whether a unit kept the day. `UNDATED`: it sent a plan whose day is not known."""

    ON_TIME = "on_time"
    LATE = "late"
    UNDATED = "undated"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Round:
    """What is asked: plans for `year`, issued by `due`; `about`: words of the title, if any."""

    year: int
    due: date
    about: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A unit's plan with its versions, oldest first; the last one counts, but for the day."""

    versions: tuple[Submission, ...]
    assessment: Assessment

    @property
    def last(self) -> Submission:
        return self.versions[-1]


@dataclass(frozen=True, slots=True)
class Entry:
    """A unit of the list, and a plan of it; None: it has sent none. `days_late`: None where nobody knows."""

    unit: Expected
    standing: Standing
    sent: Sent | None = None
    days_late: int | None = None

    @property
    def conclusion(self) -> Conclusion | None:
        """How the review of the last version ends."""
        return conclusion(self.sent.assessment.findings) if self.sent else None


@dataclass(frozen=True, slots=True)
class Defect:
    """A rule that plans fail. `assessed`: plans of which that could be said."""

    finding: Finding
    units: tuple[str, ...]
    assessed: int


@dataclass(frozen=True, slots=True)
class Summary:
    """`entries` in the order of the list; `strangers`: plans of the round whose issuer the list has not."""

    asked: Round
    entries: tuple[Entry, ...]
    defects: tuple[Defect, ...]
    strangers: tuple[Submission, ...]

    def units(self, *standings: Standing) -> tuple[Expected, ...]:
        """The units that stand so, each once."""
        return tuple(dict.fromkeys(one.unit for one in self.entries if one.standing in standings))


def belongs(one: Submission, asked: Round) -> bool:
    """Whether a document is a plan of the round."""
    head = one.header
    days = bounds(head.issued_on)
    fits = head.year == asked.year or (head.year is None and days is not None and days[0].year == asked.year)
    return fits and head.type == PLAN and _subject(asked.about) in _subject(head.title or "")


def _subject(title: str) -> str:
    return subject(title) or one_line(fold(nfc(title)))


def chains(found: Iterable[Submission]) -> tuple[tuple[Submission, ...], ...]:
    """Submissions of one issuer as versions of plans, each chain in the order in which they came."""
    grown: list[list[Submission]] = []
    for one in found:
        old = next((chain for chain in grown if same_plan(chain[-1].header, one.header)), None)
        if old is None:
            grown.append([one])
        else:
            old.append(one)
    return tuple(map(tuple, grown))


def by_unit(
    units: Sequence[Expected], found: Iterable[Submission]
) -> tuple[Mapping[Expected, list[Submission]], list[Submission]]:
    """The submissions of each unit, in the order in which they came, and those of nobody on the list. A plan
    of another level (the province's own) is no answer to the round, and is neither."""
    named = {issuer_named(unit.name, unit.province): unit for unit in units}
    listed: dict[str, list[Issuer]] = defaultdict(list)
    for issuer in named:
        for place in places(issuer):
            listed[place].append(issuer)
    levels = {issuer.level for issuer in named}
    sent: dict[Expected, list[Submission]] = defaultdict(list)
    strangers = []
    for one in found:
        near = [known for place in places(one.header.issuer) for known in listed[place]]
        sender = one_of(one.header.issuer, near)
        if sender is not None:
            sent[named[sender]].append(one)
        elif one.header.issuer.level in levels:
            strangers.append(one)
    return sent, strangers


def summarised(
    asked: Round,
    units: Sequence[Expected],
    found: Sequence[Submission],
    assessments: Mapping[int, Assessment],
) -> Summary:
    """The round. found: documents of the round as they came, oldest first; assessments: by document.

    A plan whose last version could not be assessed (an older kehoach read it) is left out.
    """
    sent, strangers = by_unit(units, found)
    entries = tuple(
        entry for unit in units for entry in _entries(asked, unit, sent.get(unit, ()), assessments)
    )
    return Summary(asked, entries, tuple(_defects(entries)), tuple(strangers))


def _entries(
    asked: Round, unit: Expected, sent: Sequence[Submission], assessments: Mapping[int, Assessment]
) -> Iterator[Entry]:
    plans = [
        Sent(chain, assessments[chain[-1].document_id])
        for chain in chains(sent)
        if chain[-1].document_id in assessments
    ]
    if not plans:
        yield Entry(unit, Standing.MISSING)
    for plan in plans:
        first = assessments.get(plan.versions[0].document_id, plan.assessment).record
        standing, days_late = _kept(first, asked.due)
        yield Entry(unit, standing, plan, days_late)


def _kept(record: Record, due: date) -> tuple[Standing, int | None]:
    """Whether a plan was issued in time, and how many days too late. Without a day, what it cites tells that
    it cannot be older; never that it came in time."""
    days = bounds(record.header.issued_on)
    if days and days[0] == days[1]:
        late = (days[0] - due).days
        return (Standing.LATE, late) if late > 0 else (Standing.ON_TIME, 0)
    if days and days[1] <= due:
        return Standing.ON_TIME, 0
    newest = max((one.date for one in record.citations if one.date), default=date.min)
    begins = max(newest, days[0] if days else date.min)
    return (Standing.LATE if begins > due else Standing.UNDATED), None


def _defects(entries: Sequence[Entry]) -> Iterator[Defect]:
    """Rules that fail, the most frequent first; each unit once."""
    failing: dict[str, dict[str, Finding]] = defaultdict(dict)
    told: dict[str, set[int]] = defaultdict(set)
    for number, entry in enumerate(entries):
        for one in entry.sent.assessment.findings if entry.sent else ():
            if one.finding.verdict is not Verdict.NOT_ASSESSABLE:
                told[one.finding.rule].add(number)
            if one.stands and one.finding.severity is not Severity.INFO:
                failing[one.finding.rule].setdefault(entry.unit.name, one.finding)
    weights = list(Severity)
    found = [
        Defect(next(iter(units.values())), tuple(units), len(told[rule])) for rule, units in failing.items()
    ]
    yield from sorted(found, key=lambda one: (-len(one.units), weights.index(one.finding.severity)))
