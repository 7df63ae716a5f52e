"""What a test of one rule says, before message, severity and place are put to it."""

from __future__ import annotations

from dataclasses import dataclass

from kehoach.document.finding import Severity, Verdict
from kehoach.document.plan import Span


@dataclass(frozen=True, slots=True)
class Judged:
    """`span`: the words that decide. `absent`: fails because nothing was found, so it quotes nothing and
    holds only where all that it needs could be read. `facts` fill the rule's message; `variant` names
    another message of the rule, `reason` a sentence of models/checks/reasons.yaml.
    """

    verdict: Verdict
    span: Span | None = None
    absent: bool = False
    severity: Severity | None = None
    facts: tuple[tuple[str, str], ...] = ()
    variant: str = ""
    reason: str = ""


def passed(span: Span | None = None) -> Judged:
    """All is well; `span`: the words that show it."""
    return Judged(Verdict.PASS, span)


def failed(
    span: Span | None, *, severity: Severity | None = None, variant: str = "", **facts: object
) -> Judged:
    """Something is wrong with the words at `span`, or with a count that no words show (None)."""
    return Judged(Verdict.FAIL, span, False, severity, _texts(facts), variant)


def absent(*, severity: Severity | None = None, variant: str = "", **facts: object) -> Judged:
    """Something is not there."""
    return Judged(Verdict.FAIL, None, True, severity, _texts(facts), variant)


def unknown(reason: str, span: Span | None = None, **facts: object) -> Judged:
    """Nobody can tell, and why."""
    return Judged(Verdict.NOT_ASSESSABLE, span, facts=_texts(facts), reason=reason)


def _texts(facts: dict[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(value)) for name, value in facts.items())
