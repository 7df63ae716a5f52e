"""All questions by name, and by their number in the list of what analysts ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kehoach.compare import ask_pairs, ask_plans, ask_tasks
from kehoach.compare.question import Answer, Question

QUESTIONS: Mapping[str, Callable[[Question], Answer]] = {
    "issued": ask_plans.issued,
    "late": ask_plans.late,
    "due": ask_tasks.due,
    "vague": ask_tasks.vague,
    "owners": ask_tasks.owners,
    "load": ask_tasks.load,
    "indices": ask_pairs.indices,
    "doubtful": ask_pairs.doubtful,
    "criteria": ask_tasks.criteria,
    "ideas": ask_tasks.ideas,
    "copies": ask_pairs.copies,
    "citations": ask_plans.citations,
    "sections": ask_plans.sections,
    "versions": ask_plans.versions,
    "years": ask_pairs.years,
    "coverage": ask_pairs.coverage,
    "alignment": ask_pairs.alignment,
    "side-by-side": ask_pairs.side_by_side,
    "deadlines": ask_pairs.deadlines,
    "targets": ask_pairs.against_targets,
    "passages": ask_pairs.passages,
    "months": ask_tasks.months,
    "matrix": ask_plans.matrix,
}
NUMBERED = 15  # the first of them are asked by number, too


def ask(name: str, question: Question) -> Answer:
    """The answer to a question by its name or number. Raises KeyError."""
    if name.isdigit() and 1 <= int(name) <= NUMBERED:
        name = list(QUESTIONS)[int(name) - 1]
    return QUESTIONS[name](question)
