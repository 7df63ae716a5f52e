"""Findings of made plans."""

import pytest

from kehoach.check.findings import findings
from made_checks import made


@pytest.fixture
def check():
    """Findings of a made plan; `checklist` may be another than ours."""

    def found(frame="ke_hoach", kind="text", checklist=None, **parts):
        return findings(*made(frame, kind, **parts), checklist)

    return found


@pytest.fixture
def verdicts(check):
    """The verdicts of one rule on a made plan."""

    def told(rule, **how):
        return [
            (one.verdict.value, one.severity.value, one.evidence) for one in check(**how) if one.rule == rule
        ]

    return told
