"""Kinds of section by the words of their heading, not by position."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from kehoach.document.facts import Section
from kehoach.rules import phrases

INHERITED_OVER_TASKS = ("tasks", "organisation")


def kind_of(title: str, parent_kind: str | None) -> str:
    """The kind that the words tell; where they tell nothing, the parent's, else `other`.

    Under a section that holds tasks a heading of tasks keeps that section's kind: the headings
    of an organisation part name units and their duties, all of them organisation.
    """
    found = next((rule.value for rule in phrases("sections") if rule.pattern.search(title)), None)
    if parent_kind is None:
        return found or "other"
    if parent_kind == "appendix" and found not in (None, "tasks"):
        return str(found)
    if found == "tasks" and parent_kind not in INHERITED_OVER_TASKS and _STRONG.match(title):
        return found
    if found is None or (found in ("tasks", "organisation") and _keeps(parent_kind)):
        return parent_kind
    if parent_kind in ("purpose", "requirements", "objectives", "budget", "basis") and found in (
        "tasks",
        "other",
    ):
        return parent_kind
    return found


# Words that open a part of tasks even under another heading; others ("công tác") are too common.
_STRONG = re.compile(
    r"(?:các |một số |những )?(?:nội dung|nhiệm vụ|giải pháp|hoạt động|công việc|phương án triển khai)\b",
    re.IGNORECASE,
)


def _keeps(parent_kind: str) -> bool:
    return parent_kind not in ("purpose",)


def told_by_tasks(sections: Sequence[Section], holding: Collection[int]) -> tuple[Section, ...]:
    """The sections; those whose words told no function hold tasks where tasks were read in or below them.

    `holding`: sections, as indexes, in which a task stands.
    """
    above = {one for section in holding for one in _up(sections, section)}
    roots = {number for number in above if _is_untold(sections[number])}
    return tuple(
        replace(section, kind="tasks")
        if _is_untold(section) and roots & set(_up(sections, number))
        else section
        for number, section in enumerate(sections)
    )


def _up(sections: Sequence[Section], number: int) -> list[int]:
    """A section and those above it, up to the first whose kind was told."""
    chain = [number]
    while (parent := sections[chain[-1]].parent) is not None and _is_untold(sections[parent]):
        chain.append(parent)
    return chain


def _is_untold(section: Section) -> bool:
    if section.kind != "other":
        return False
    told = next((rule.value for rule in phrases("sections") if rule.pattern.search(section.title)), "tasks")
    return told in INHERITED_OVER_TASKS
