"""Whose duty a task of a superior plan is: handed down to the units below, or the superior's own bodies'."""

from __future__ import annotations

from kehoach.compare.notions import syllables
from kehoach.compare.plans import Owner, Task
from kehoach.rules import data

COMMUNE = "xa"


def handed_down(task: Task) -> bool:
    """Whether units of communes are among those who lead a task; a task without an owner is everybody's."""
    return not task.leads or any(_is_below(one) for one in task.leads)


def _is_below(owner: Owner) -> bool:
    if owner.level is not None:
        return owner.level == COMMUNE
    covers = any(one == "*" or one.startswith(f"{COMMUNE}.") for one in owner.covers)
    return covers or bool(set(syllables(owner.mention)) & set(data("compare/duties.yaml")["below"]))


def by_itself(task: Task) -> bool:
    """Whether issuing a plan is what the task asks for."""
    words = " ".join(syllables(task.text))
    return any(words.startswith(phrase) for phrase in data("compare/duties.yaml")["by_itself"])
