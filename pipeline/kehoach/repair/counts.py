"""How likely administrative text goes on with a syllable: counts of single ones, pairs and triples.

The counts come from `pipeline/build_lexicon.py`; their source is told in models/lexicon/README.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kehoach.rules import models_dir

FILE = "lexicon/counts.npz"
BYTE_STEP = 12.0  # a kept byte b stands for a count of e^(b/12)
NUMBER = 0  # id of `<n>`, any number
UNKNOWN = -1  # id of a word that was never counted, and of a place where a sentence begins or ends
# Least counts that a context leaves to what was never seen after it. Pairs under 3 and triples under 5 were
# not kept: what the kept ones lack of the context's own count goes to the shorter context (Katz 1987).
LEAST_LEFT = 5.0
UNSEEN = 0.5  # count of a word that was never counted

Ids = NDArray[np.int64]
Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Counts:
    """Syllables with their ids (`<n>` is 0), and sorted keys of pairs and triples with their counts.

    A pair's key is first · V + second; a triple's is (place of its first pair) · V + third.
    """

    words: tuple[str, ...]
    ids: Mapping[str, int]
    counts: Numbers
    is_syllable: Flags
    pair_keys: NDArray[np.uint32]
    pair_counts: NDArray[np.uint8]
    triple_keys: NDArray[np.uint32]
    triple_counts: NDArray[np.uint8]
    left_by_pairs: Numbers  # of each word's count, what its kept pairs lack
    left_by_triples: Numbers  # of each pair's count, what its kept triples lack
    total: float

    def known(self, word: str) -> bool:
        """Whether `word` (lower case) is a well-formed Vietnamese syllable that the counts have seen."""
        number = self.ids.get(word)
        return number is not None and bool(self.is_syllable[number])

    def count(self, word: str) -> float:
        """How often `word` was counted."""
        number = self.ids.get(word)
        return 0.0 if number is None else float(self.counts[number])

    def pair_count(self, one: str, other: str) -> float:
        """How often `one other` was counted; 0.0 below 3."""
        ids = np.array([[self.ids.get(one, UNKNOWN)], [self.ids.get(other, UNKNOWN)]])
        return float(self._pairs(ids[0], ids[1])[0][0])

    def log_probability(self, before: Ids, last: Ids, word: Ids) -> Numbers:
        """ln P(word | before last), element by element; unknown words of the context count as none."""
        likely = (np.where(word < 0, 0.0, self.counts[word]) + UNSEEN) / self.total
        pairs, _place = self._pairs(last, word)
        likely = _backed_off(pairs, self.left_by_pairs[last], self.counts[last], likely, last >= 0)
        context, place = self._pairs(before, last)
        triples = self._triples(place, word)
        likely = _backed_off(triples, self.left_by_triples[place], context, likely, place >= 0)
        return np.asarray(np.log(likely))

    def _pairs(self, one: Ids, other: Ids) -> tuple[Numbers, Ids]:
        """Counts of pairs and their places; place −1 where a pair is not kept."""
        keys = np.where((one < 0) | (other < 0), -1, one * len(self.words) + other)
        return _found(keys, self.pair_keys, self.pair_counts)

    def _triples(self, place: Ids, word: Ids) -> Numbers:
        keys = np.where((place < 0) | (word < 0), -1, place * len(self.words) + word)
        return _found(keys, self.triple_keys, self.triple_counts)[0]


def _backed_off(seen: Numbers, left: Numbers, context: Numbers, shorter: Numbers, is_known: Flags) -> Numbers:
    """Probability by what was seen after a context, else by the shorter context's share of what is left."""
    return np.where(is_known, (seen + left * shorter) / np.maximum(context, seen + left), shorter)


def _found(keys: Ids, kept: NDArray[np.uint32], counts: NDArray[np.uint8]) -> tuple[Numbers, Ids]:
    wanted = np.maximum(keys, 0).astype(np.uint32)
    place = np.minimum(np.searchsorted(kept, wanted), len(kept) - 1)
    is_there = (keys >= 0) & (kept[place] == wanted)
    return np.where(is_there, _unpacked(counts[place]), 0.0), np.where(is_there, place, UNKNOWN)


@lru_cache
def counts() -> Counts:
    """The counts of models/lexicon; about 10 MB, read once a process."""
    with np.load(models_dir() / FILE, allow_pickle=False) as file:
        words = tuple(file["words"].tobytes().decode("utf-8").split("\n"))
        single = file["counts"].astype(np.float64)
        pair_keys = np.cumsum(file["pair_steps"], dtype=np.uint32)
        triple_keys = np.cumsum(file["triple_steps"], dtype=np.uint32)
        pairs, triples = file["pair_counts"], file["triple_counts"]
        return Counts(
            words=words,
            ids={word: number for number, word in enumerate(words)},
            counts=single,
            is_syllable=file["is_syllable"],
            pair_keys=pair_keys,
            pair_counts=pairs,
            triple_keys=triple_keys,
            triple_counts=triples,
            left_by_pairs=_left(single, pair_keys // len(words), pairs),
            left_by_triples=_left(_unpacked(pairs), triple_keys // len(words), triples),
            total=float(single.sum()) + UNSEEN * len(words),
        )


def _left(whole: Numbers, owner: NDArray[np.uint32], kept: NDArray[np.uint8]) -> Numbers:
    """Of `whole`, an owner's count each, what the kept counts of its longer phrases lack."""
    return np.maximum(whole - np.bincount(owner, _unpacked(kept), len(whole)), LEAST_LEFT)


def _unpacked(kept: NDArray[np.uint8]) -> Numbers:
    return np.asarray(np.exp(kept / BYTE_STEP))
