"""Copied passages: runs of words that two texts share within one paragraph or table cell.

Every run of 12 words has a fingerprint (a rolling hash over word numbers). Documents that share one are found
by sorting all fingerprints, not by comparing all pairs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

RUN_WORDS = 12  # a shorter run proves nothing
CELL_WORDS = 4  # words of a table cell from which on it is text; a shorter one is a number, day or name
FEW = (
    40  # documents that share a run: up to here each pair is a candidate, beyond only with the first of them
)
_WORD = re.compile(r"\S+")
_CELL = re.compile(r"[\n\t]")
_BASE = np.uint64(1_000_003)

Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Words:
    """A text's words, without the text: where each begins and ends, its cell, its number in the vocabulary.

    `text_words`: how many are text, not numbers, days or names in a table, and no marker of a task ("a)").
    """

    starts: Numbers
    ends: Numbers
    cells: Numbers
    numbers: Numbers
    text_words: int

    def __len__(self) -> int:
        return len(self.starts)

    def quote(self, start: int, length: int) -> tuple[int, int]:
        """First character and the one behind the last of words that stand together."""
        return int(self.starts[start]), int(self.ends[start + length - 1])


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand in two texts. `first`, `later`: where they begin in each; counted in words."""

    first: int
    later: int
    length: int


class Vocabulary:
    """Numbers words as they are met, the same number for the same word in every text."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict(lambda: len(self._numbers) + 1)

    def words(self, text: str, tasks: Iterable[int] = ()) -> Words:
        """The words of a text, cut at white space. `tasks`: where tasks begin, each a cell of its own."""
        matches = list(_WORD.finditer(text))
        cells = {match.end() for match in _CELL.finditer(text)}
        begun = set(tasks) - cells
        borders = np.array(sorted(cells | begun), np.int64)
        starts = np.array([match.start() for match in matches], np.int64)
        markers = sum(len(text[text.rfind("\n", 0, one) + 1 : one].split()) == 1 for one in begun)
        return Words(
            starts.astype(np.int32),
            np.array([match.end() for match in matches], np.int32),
            np.searchsorted(borders, starts, side="right").astype(np.int32),
            np.array([self._numbers[match[0]] for match in matches], np.int32),
            _text_words(text) - markers,
        )


def _text_words(text: str) -> int:
    """The words of paragraphs, and of table cells that hold at least four."""
    lengths = ([len(cell.split()) for cell in row.split("\t")] for row in text.split("\n"))
    return sum(sum(one for one in row if len(row) == 1 or one >= CELL_WORDS) for row in lengths)


def fingerprints(words: Words) -> tuple[Hashes, Places]:
    """The fingerprints of all runs of 12 words inside cells, and the words that they begin with."""
    count = len(words) - RUN_WORDS + 1
    if count <= 0:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64)
    found = np.zeros(count, np.uint64)
    for place in range(RUN_WORDS):
        found = found * _BASE + words.numbers[place : place + count].astype(np.uint64)
    inside = words.cells[:count] == words.cells[RUN_WORDS - 1 :]
    return found[inside], np.flatnonzero(inside)


def index(words: Words) -> Mapping[int, Sequence[int]]:
    """By fingerprint the words with which its runs begin."""
    known: defaultdict[int, list[int]] = defaultdict(list)
    for mark, place in zip(*(one.tolist() for one in fingerprints(words)), strict=True):
        known[mark].append(place)
    return known


def runs(first: Words, later: Words, known: Mapping[int, Sequence[int]] | None = None) -> list[Run]:
    """The longest shared runs, in the order of the later text; none overlaps another there. `known`: the
    first text's index, where there is one.
    """
    known = index(first) if known is None else known
    found: list[Run] = []
    end = 0
    for mark, place in zip(*(one.tolist() for one in fingerprints(later)), strict=True):
        if place < end or mark not in known:
            continue
        length, start = max((_length(first, one, later, place), -one) for one in known[mark])
        if length >= RUN_WORDS:
            found.append(Run(-start, place, length))
            end = place + length
    return found


def _length(first: Words, start: int, later: Words, place: int) -> int:
    """Words that agree from two places on, inside their cells."""
    most = min(_left(first, start), _left(later, place))
    same = first.numbers[start : start + most] == later.numbers[place : place + most]
    return int(most if same.all() else np.argmin(same))


def _left(words: Words, place: int) -> int:
    return int(np.searchsorted(words.cells, words.cells[place], side="right")) - place


def candidates(documents: Mapping[int, Hashes]) -> Iterator[tuple[int, int]]:
    """Pairs of keys that share a run, each once, the earlier first; keys are given in order of date.

    Where more than 40 share a run, each is paired with the first of them only: who was copied is told, and
    the work stays in proportion to the texts.
    """
    order = list(documents)
    if not order:
        return
    marks = np.concatenate([np.unique(documents[key]) for key in order])
    owners = np.concatenate(
        [np.full(len(np.unique(documents[key])), place) for place, key in enumerate(order)]
    )
    sorting = np.lexsort((owners, marks))
    marks, owners = marks[sorting], owners[sorting]
    borders = np.flatnonzero(np.diff(marks)) + 1
    seen: set[tuple[int, int]] = set()
    for group in _groups(owners, borders):
        firsts = group[:1] if len(group) > FEW else group
        seen.update((one, other) for place, one in enumerate(firsts) for other in group[place + 1 :])
    for one, other in sorted(seen):
        yield order[one], order[other]


def _groups(owners: Places, borders: Places) -> Iterator[tuple[int, ...]]:
    """Owners that share a run; each set of them once."""
    starts = np.concatenate(([0], borders))
    ends = np.concatenate((borders, [len(owners)]))
    several = ends - starts > 1
    yield from {
        tuple(owners[start:end].tolist())
        for start, end in zip(starts[several].tolist(), ends[several].tolist(), strict=True)
    }


def covered(found: Sequence[Run]) -> int:
    """Words of the later text that stand in runs."""
    return sum(one.length for one in found)
