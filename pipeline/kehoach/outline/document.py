"""Whether a text is an administrative document at all: several independent signs must agree."""

from __future__ import annotations

import re

from kehoach.document.plan import Plan
from kehoach.rules import Rule, phrases
from kehoach.text import fold_each, in_capitals, one_line

NEEDED = 4  # points of models/rules/signs.yaml; whole plans have 14 and more, an appendix alone 4, news 3
VIETNAMESE = 0.15  # share of letters with Vietnamese marks; plans have 0.27 to 0.29, English about them 0.11
_MARKED = re.compile(r"[^\x00-\x7f\W\d_]")


def is_document(plan: Plan) -> bool:
    """False for lists, code, letters in another language, prose: nothing that an authority has issued.

    A plan whose head or foot is lost is one still: its headings, numbers and words tell.
    """
    if _share_of_marked(plan.text) < VIETNAMESE:
        return False
    seen = _signs(plan.text)
    looks = any(rule.value in ("form", "both") for rule in seen)
    speaks = any(rule.value in ("words", "both") for rule in seen)
    return looks and speaks and sum(int(rule.params["points"]) for rule in seen) >= NEEDED


def _share_of_marked(text: str) -> float:
    letters = sum(map(str.isalpha, text))
    return len(_MARKED.findall(text)) / letters if letters else 0.0


def _signs(text: str) -> list[Rule]:
    """The rules that some line or cell of the text falls under."""
    left, seen = list(phrases("signs")), []
    for part in filter(str.strip, re.split(r"[\n\t]", text)):
        folded, capitals = fold_each(one_line(part)), in_capitals(part)
        found = [rule for rule in left if _reads(rule, folded, capitals)]
        seen += found
        left = [rule for rule in left if rule not in found]
    return seen


def _reads(rule: Rule, folded: str, capitals: bool) -> bool:
    return (capitals or not rule.params.get("capitals")) and rule.pattern.search(folded) is not None
