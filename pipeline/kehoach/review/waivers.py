"""Which findings a reviewer let rest. A plan that is read again may quote the same words otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kehoach.document.finding import Finding, Verdict
from kehoach.document.review import Waiver
from kehoach.text import fold, likeness

SAME_WORDS = 0.9  # likeness of two readings of one quote


def waiver_of(finding: Finding, waivers: Iterable[Waiver]) -> Waiver | None:
    """The waiver that lets a failure rest; None where none does."""
    if finding.verdict is not Verdict.FAIL:
        return None
    return next((one for one in waivers if one.rule == finding.rule and same_words(one.words, finding)), None)


def same_words(words: str, finding: Finding) -> bool:
    """Whether `words` are the finding's quote as this or another reading has it: all figures alike."""
    quote = finding.evidence or ""
    if _letters(words) == _letters(quote):
        return True
    return bool(words) and _figures(words) == _figures(quote) and likeness(words, quote) >= SAME_WORDS


def chosen(findings: Iterable[Finding], rule: str, words: str = "") -> Sequence[Finding]:
    """The failures of a rule, or those of them whose quote holds `words` (marks and case apart)."""
    failing = [one for one in findings if one.rule == rule and one.verdict is Verdict.FAIL]
    return [one for one in failing if _letters(words) in _letters(one.evidence or "")]


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text)))


def _figures(text: str) -> str:
    return "".join(filter(str.isdigit, text))
