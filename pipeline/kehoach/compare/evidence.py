"""Which words of two tasks say the same: for a reader who wants to see why they were paired."""

from __future__ import annotations

from collections.abc import Iterator

from kehoach.compare.notions import printed

MOST = 12  # pairs of words; more are no help


def same_words(superior: str, other: str) -> list[tuple[str, str]]:
    """[words of the superior's task, words of the other], each notion once, as printed."""
    told = dict(_said(other))
    found = {(words, told[name]): None for name, words in _said(superior) if name in told}
    return list(found)[:MOST]


def _said(text: str) -> Iterator[tuple[str, str]]:
    return ((name, words) for words, names in printed(text) for name in names)
