"""What a check of a plan against a checklist says: three verdicts, and the words and the place for each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kehoach.document.plan import Anchor


class Verdict(StrEnum):
    """`NOT_ASSESSABLE`: the page or the part that would tell was lost or could not be read."""

    FAIL = "fail"
    NOT_ASSESSABLE = "not_assessable"
    PASS = "pass"


class Severity(StrEnum):
    """How much a failure weighs, heaviest first."""

    BLOCKER = "blocker"
    MAJOR = "major"
    MINOR = "minor"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One verdict of one rule. `basis`: law or practice; `article`: only where the law's text was read.

    `message` and `remedy` are Vietnamese. `evidence` quotes the plan's words on one line; None where
    something is absent. `anchor`: where the words stand, or where what is absent should have stood; None:
    no such place.
    """

    rule: str
    verdict: Verdict
    severity: Severity
    basis: str
    article: str | None
    title: str
    message: str
    remedy: str
    evidence: str | None = None
    anchor: Anchor | None = None
