"""How `kehoach check` shows what it found: lines to read, or JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kehoach.document.finding import Finding, Severity, Verdict
from kehoach.document.review import Change, Reason, Reviewed, Waiver
from kehoach.messages import N_, _

if TYPE_CHECKING:
    from kehoach.assess import Assessment
    from kehoach.store.findings import Check

VERDICTS = {
    Verdict.FAIL: N_("fails"),
    Verdict.NOT_ASSESSABLE: N_("not assessable"),
    Verdict.PASS: N_("passes"),
}
SEVERITIES = {
    Severity.BLOCKER: N_("blocker"),
    Severity.MAJOR: N_("major"),
    Severity.MINOR: N_("minor"),
    Severity.INFO: N_("info"),
}
CHANGES = {
    Change.NEW: N_("new"),
    Change.STAYS: N_("stays"),
    Change.MENDED: N_("mended"),
    Change.UNCLEAR: N_("cannot be told this time"),
}
REASONS = {
    Reason.MISREAD: N_("misread"),
    Reason.NOT_APPLICABLE: N_("does not apply"),
    Reason.IN_APPENDIX: N_("stands in an appendix"),
    Reason.ACCEPTED: N_("accepted"),
}


def lines(assessment: Assessment, passes: bool) -> Iterator[str]:
    """A plan to read: against its earlier version first, then by verdict, heaviest first."""
    yield f"{assessment.document_id}  {assessment.record.source.name}"
    yield from _against_earlier(assessment)
    for verdict in Verdict:
        shown = [one for one in assessment.findings if one.finding.verdict is verdict and one.waiver is None]
        yield f"  {_(VERDICTS[verdict])}: {len(shown)}"
        if verdict is not Verdict.PASS or passes:
            for one in _heaviest_first(shown):
                yield from _finding_lines(one)
    yield from _waived(assessment)
    yield ""


def _heaviest_first(shown: Sequence[Reviewed]) -> list[Reviewed]:
    return sorted(shown, key=lambda one: list(Severity).index(one.finding.severity))


def _against_earlier(assessment: Assessment) -> Iterator[str]:
    before = assessment.link.earlier
    if before is None:
        return
    marks = [one.change for one in assessment.findings] + [change for _finding, change in assessment.gone]
    counts = ", ".join(f"{_(word)}: {marks.count(change)}" for change, word in CHANGES.items())
    told = _("against {file} (document {id}, received {day})").format(
        file=before.file_name, id=before.document_id, day=_day(datetime.fromisoformat(before.received_at))
    )
    yield f"  {told}: {counts}"
    for finding, change in assessment.gone:
        mark = "✓" if change is Change.MENDED else "?"
        yield f"    {mark} {finding.rule} ({_(CHANGES[change])}): {finding.message}"


def _finding_lines(reviewed: Reviewed) -> Iterator[str]:
    one, change = reviewed.finding, reviewed.change
    page = one.anchor.page if one.anchor else None
    place = _("page {page}").format(page=page) if page else "–"
    weight = _(SEVERITIES[one.severity]) if one.verdict is Verdict.FAIL else ""
    mark = f" [{_(CHANGES[change])}]" if change else ""
    yield f"    {' '.join(part for part in (weight, one.rule) if part)} ({place}){mark}: {one.message}"
    if one.verdict is Verdict.FAIL:
        if one.article:
            yield f"      {_('basis')}: {one.article}"
        yield f"      → {one.remedy}"


def _waived(assessment: Assessment) -> Iterator[str]:
    resting = [one for one in assessment.findings if one.waiver]
    if resting:
        yield f"  {_('let rest')}: {len(resting)}"
    for one in resting:
        if one.waiver:
            yield f"    {one.finding.rule}: {one.finding.message}"
            yield f"      {waiver_words(one.waiver)}"


def waiver_words(waiver: Waiver) -> str:
    """Reason, note, who and when, on one line."""
    told = ": ".join(part for part in (_(REASONS[waiver.reason]), waiver.note) if part)
    return f"{told} ({waiver.by}, {_day(waiver.at)})"


def history_lines(checks: Sequence[Check]) -> Iterator[str]:
    """The checks of a plan, oldest first, each with its counts."""
    for one in checks:
        counts = ", ".join(
            f"{_(VERDICTS[verdict])}: {count}"
            for verdict, count in zip(Verdict, (one.fails, one.unknown, one.passes), strict=True)
        )
        when = f"{one.checked_at[:16]} – {one.last_at[:16]}".replace("T", " ")
        yield f"    {when}  {one.checklist} {one.software_version}  {counts}"


def _day(at: datetime) -> str:
    return f"{at.astimezone():%d/%m/%Y}"


def as_json(assessment: Assessment, crops: Mapping[int, str]) -> dict[str, Any]:
    """A plan for programs. crops: files of pictures by place in the findings."""
    before = assessment.link.earlier
    return {
        "document": assessment.document_id,
        "file": assessment.record.source.name,
        "earlier": before and {"document": before.document_id, "file": before.file_name},
        "findings": [
            _finding_json(one.finding)
            | {"change": one.change, "waiver": _waiver_json(one.waiver), "crop": crops.get(place)}
            for place, one in enumerate(assessment.findings)
        ],
        "gone": [_finding_json(one) | {"change": change} for one, change in assessment.gone],
    }


def _waiver_json(waiver: Waiver | None) -> dict[str, str] | None:
    if waiver is None:
        return None
    return {
        "reason": waiver.reason.value,
        "note": waiver.note,
        "by": waiver.by,
        "at": waiver.at.isoformat(),
    }


def _finding_json(one: Finding) -> dict[str, Any]:
    anchor = one.anchor
    box = next((box for box in anchor.boxes if box.page == anchor.page), None) if anchor else None
    return {
        "rule": one.rule,
        "verdict": one.verdict.value,
        "severity": one.severity.value,
        "basis": one.basis,
        "article": one.article,
        "title": one.title,
        "message": one.message,
        "remedy": one.remedy,
        "evidence": one.evidence,
        "page": anchor.page if anchor else None,
        "bbox": list(box[1:]) if box else None,
        "confidence": anchor.confidence if anchor else None,
    }
