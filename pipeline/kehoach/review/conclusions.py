"""How a review ends, by the heaviest finding that stands."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from kehoach.document.finding import Severity, Verdict
from kehoach.document.review import Reviewed
from kehoach.rules import data

HEAVY = (Severity.BLOCKER, Severity.MAJOR)


class Conclusion(StrEnum):
    """How a review ends; keys of `conclusions` in models/letter/texts.yaml."""

    RETURNED = "returned"
    REVISE = "revise"
    ADVICE = "advice"
    WELL = "well"


def conclusion(findings: Sequence[Reviewed]) -> Conclusion:
    """Any blocker of the file itself or a lost signature page: returned; any other blocker or major: to be
    revised; minor ones alone: advice; else well.
    """
    standing = [one.finding for one in findings if one.stands]
    lost = data("checks/reasons.yaml")["reasons"]["sign_lost"]
    if any(one.severity is Severity.BLOCKER and one.rule.startswith("hs.") for one in standing):
        return Conclusion.RETURNED
    if any(one.finding.verdict is Verdict.NOT_ASSESSABLE and one.finding.message == lost for one in findings):
        return Conclusion.RETURNED
    if any(one.severity in HEAVY for one in standing):
        return Conclusion.REVISE
    return Conclusion.ADVICE if any(one.severity is Severity.MINOR for one in standing) else Conclusion.WELL


def open_questions(findings: Sequence[Reviewed]) -> int:
    """Rules that would weigh heavily and could not be assessed."""
    unknown = (one.finding for one in findings if one.finding.verdict is Verdict.NOT_ASSESSABLE)
    return len({one.rule for one in unknown if one.severity in HEAVY})
