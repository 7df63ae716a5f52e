"""What a recognised syllable may have been: other marks, a look-alike letter, two syllables run together."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from kehoach.repair.counts import counts
from kehoach.repair.rules import rules
from kehoach.text import fold_each

RAREST = 20  # times: below this a syllable is as likely a misprint as a word (lexicon README, Limits)
SHORTEST_PART = 2  # letters of a part of two syllables run together
DEAREST = 12.0  # nats: what differs more was no slip of a recogniser
TONES = {"": "ngang", "\u0300": "huyền", "\u0301": "sắc", "\u0303": "ngã", "\u0309": "hỏi", "\u0323": "nặng"}
LETTERS = frozenset("aăâbcdđeêghiklmnoôơpqrstuưvxy")
_OTHER_I = str.maketrans("iíìỉĩịyýỳỷỹỵ", "yýỳỷỹỵiíìỉĩị")
_ONE_SOUND = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")  # quý and quí, kỹ and kĩ are spellings, no slips


class Candidate(NamedTuple):
    """A reading in lower case, one syllable or two with a space, and what believing it costs in nats.

    `needs_doubt`: it is out of the question where the recogniser was sure.
    """

    text: str
    cost: float
    needs_doubt: bool = False


@lru_cache(maxsize=8192)
def candidates(word: str) -> tuple[Candidate, ...]:
    """Other readings of `word` (lower case, NFC). Letters change only in what is no syllable."""
    found = {one.text: one for one in _with_other_marks(word)}
    if not is_word(word):
        found = {one.text: one for one in (*_with_other_letter(word), *_split(word))} | found
    return tuple(one for one in found.values() if one.cost <= DEAREST)


def is_word(word: str) -> bool:
    """Whether `word`, or its twin with i for y, is a syllable that is common enough to be meant."""
    return any(
        counts().known(one) and counts().count(one) >= RAREST for one in (word, word.translate(_OTHER_I))
    )


def _with_other_marks(word: str) -> Iterator[Candidate]:
    for other in _by_letters().get(fold_each(word), ()):
        if (cost := _cost_of_marks(word, other)) is not None:
            yield Candidate(other, cost)


def _cost_of_marks(word: str, other: str) -> float | None:
    """What the marks that differ cost; None where only the place of the tone does."""
    told, (letters, tone), (others, other_tone) = rules(), _parted(word), _parted(other)
    if (letters, tone) == (others, other_tone):
        return None
    whole = [pair for pair in zip(word, other, strict=True) if pair[0] != pair[1]]
    if len(whole) == 1 and (cost := told.confusions.get(whole[0])) is not None:
        return cost
    cost = sum(
        told.costs["mark" if one in LETTERS else "foreign"]
        for one, two in zip(letters, others, strict=True)
        if one != two
    )
    if tone == other_tone:
        return cost
    names = TONES.get(tone, tone), TONES[other_tone]
    return cost + told.confusions.get(names, told.costs["tone"])


@lru_cache(maxsize=16384)
def _parted(word: str) -> tuple[str, str]:
    """The word without its tone, and the tone."""
    split = unicodedata.normalize("NFD", word)
    bare = unicodedata.normalize("NFC", "".join(char for char in split if char not in TONES))
    return bare, "".join(char for char in split if char in TONES)


def _with_other_letter(word: str) -> Iterator[Candidate]:
    cost = rules().costs["letter"]
    near = process.extract(word, _syllables(), scorer=Levenshtein.distance, score_cutoff=1, limit=None)
    for other, _distance, _index in near:
        if other.translate(_ONE_SOUND) != word.translate(_ONE_SOUND):
            yield Candidate(other, cost, needs_doubt=True)


def _split(word: str) -> Iterator[Candidate]:
    model, cost = counts(), rules().costs["split"]
    for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        left, right = word[:at], word[at:]
        if model.known(left) and model.known(right) and model.pair_count(left, right):
            yield Candidate(f"{left} {right}", cost)


@lru_cache
def _syllables() -> tuple[str, ...]:
    """Well-formed syllables that are common enough to be put in the place of something else."""
    model = counts()
    pairs = zip(model.words, model.counts, model.is_syllable, strict=True)
    return tuple(word for word, count, is_syllable in pairs if is_syllable and count >= RAREST)


@lru_cache
def _by_letters() -> Mapping[str, tuple[str, ...]]:
    """Syllables by their letters without marks."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in _syllables():
        found[fold_each(word)].append(word)
    return {letters: tuple(words) for letters, words in found.items()}
