"""Which words of two tasks say the same: for a reader who wants to see why they were paired."""

from __future__ import annotations

from collections.abc import Iterator

from kehoach.compare.notions import printed
from kehoach.compare.plans import Task
from kehoach.compare.times import Time

MOST = 12  # pairs of words; more are no help


def same_words(superior: Task, other: Task) -> list[tuple[str, str]]:
    """[words of the superior's task, words of the other], each notion once, as printed; a deadline that both
    have comes last.
    """
    told = dict(_said(other.text))
    found = {(words, told[name]): None for name, words in _said(superior.text) if name in told}
    return [*list(found)[:MOST], *_same_time(superior.time, other.time)]


def _same_time(one: Time | None, other: Time | None) -> Iterator[tuple[str, str]]:
    if one is not None and other is not None and one.is_firm and one.falls_on == other.falls_on:
        yield one.text, other.text


def _said(text: str) -> Iterator[tuple[str, str]]:
    return ((name, words) for words, names in printed(text) for name in names)
