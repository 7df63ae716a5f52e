"""Whether a text is an administrative document at all: several independent signs must agree."""

from __future__ import annotations

import re

from kehoach.document.plan import Plan
from kehoach.rules import phrases
from kehoach.text import fold_each, in_capitals, one_line

NEEDED = 4  # points of models/rules/signs.yaml; the poorest excerpt of 25 plans has 5, a news text 2
VIETNAMESE = 0.08  # share of letters with Vietnamese marks; Vietnamese prose has 0.25, English with names under 0.03
_MARKED = re.compile(r"[^\x00-\x7f\W\d_]")


def is_document(plan: Plan) -> bool:
    """False for lists, code, letters in another language, prose: nothing that an authority has issued.

    A plan whose head or foot is lost is one still: its headings, numbers and words tell.
    """
    return _share_of_marked(plan.text) >= VIETNAMESE and _points(plan.text) >= NEEDED


def _share_of_marked(text: str) -> float:
    letters = sum(char.isalpha() for char in text)
    return len(_MARKED.findall(text)) / letters if letters else 0.0


def _points(text: str) -> int:
    lines = [(fold_each(one_line(line)), in_capitals(line)) for line in re.split(r"[\n\t]", text) if line.strip()]
    folded = fold_each(one_line(text))
    points = 0
    for rule in phrases("signs"):
        if rule.value == "text":
            seen = rule.pattern.search(folded) is not None
        else:
            wants = bool(rule.params.get("capitals"))
            seen = any(rule.pattern.search(line) for line, capitals in lines if capitals or not wants)
        points += int(rule.params["points"]) if seen else 0
    return points
