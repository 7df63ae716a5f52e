"""Which tokens of a page were misread: each one's other readings weighed in its context."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from kehoach.repair.candidates import candidates
from kehoach.repair.counts import UNKNOWN, Flags, Ids, Numbers, counts
from kehoach.repair.rules import rules
from kehoach.repair.tokens import Token

PASSES = 2  # a mended neighbour may bear out what it could not before
REACH = (-2, -1, 1, 2)  # tokens from here: those whose context a repair changes
RULED_OUT = 1e6  # nats


class Repair(NamedTuple):
    """Another reading for a token, in lower case; `score`: nats left when all costs are paid."""

    token: int
    text: str
    score: float


@dataclass(slots=True)
class _Page:
    """A page's tokens in columns; `texts` and `ids` change with every repair."""

    texts: list[str]
    ids: Ids
    opens: Flags
    is_open: Flags
    is_capital: Flags
    sureness: Numbers


def repairs(found: Sequence[Token], sureness: Numbers) -> list[Repair]:
    """The repairs of a page's tokens. `sureness`: the confidence of each one's word, 0 to 1."""
    page = _Page(
        [token.lower for token in found],
        np.array([token.id for token in found], np.int64),
        np.array([token.opens for token in found], np.bool_),
        np.array([token.is_open for token in found], np.bool_) & (sureness >= rules().least),
        np.array([token.text.isupper() for token in found], np.bool_),
        sureness,
    )
    made: dict[int, Repair] = {}
    doubtful = np.flatnonzero(page.is_open).tolist()
    for _pass in range(PASSES):
        fresh = list(_best(page, doubtful))
        for repair in fresh:
            made[repair.token] = repair
            page.texts[repair.token] = repair.text
            page.ids[repair.token] = counts().ids.get(repair.text, UNKNOWN)
        beside = {repair.token + step for repair in fresh for step in REACH}
        doubtful = [at for at in sorted(beside - set(made)) if 0 <= at < len(found) and page.is_open[at]]
    return [made[index] for index in sorted(made)]


def _best(page: _Page, doubtful: Sequence[int]) -> Iterator[Repair]:
    """The best other reading of each doubtful token where it outweighs its costs and all rivals."""
    kept = [(index, one) for index in doubtful if len((one := _choices(page.texts[index])).texts) > 1]
    if not kept:
        return
    told, places = rules(), np.array([index for index, _one in kept])
    lengths = np.array([len(one.texts) for _index, one in kept])
    starts = np.cumsum(lengths) - lengths
    worth = _worth([one for _index, one in kept], np.repeat(places, lengths), page)
    as_read = worth[starts]
    worth[starts] = -RULED_OUT
    sure = told.sure_cost * _share_of_sureness(page.sureness[places])
    scores = np.maximum.reduceat(worth, starts) - as_read - sure
    for at in np.flatnonzero(scores >= told.threshold):
        here = worth[starts[at] : starts[at] + lengths[at]]
        chosen = int(np.argmax(here))
        rival = max(value for place, value in enumerate(here) if place != chosen)
        if here[chosen] - rival >= told.margin:
            yield Repair(kept[at][0], kept[at][1].texts[chosen], float(scores[at]))


@dataclass(frozen=True, slots=True)
class _Choices:
    """The word itself and its other readings; `first` and `last`: ids of their syllables, most have one."""

    texts: tuple[str, ...]
    first: Ids
    last: Ids
    costs: Numbers
    needs_doubt: Flags


@lru_cache(maxsize=8192)
def _choices(word: str) -> _Choices:
    others = candidates(word)
    texts = (word, *(one.text for one in others))
    parts = [text.split(" ") for text in texts]
    known = counts().ids
    return _Choices(
        texts,
        np.array([known.get(part[0], UNKNOWN) for part in parts], np.int64),
        np.array([known.get(part[-1], UNKNOWN) for part in parts], np.int64),
        np.array([0.0, *(one.cost for one in others)]),
        np.array([False, *(one.needs_doubt for one in others)]),
    )


def _worth(choices: Sequence[_Choices], place: Ids, page: _Page) -> Numbers:
    """Likelihood of all readings, less what they cost. `place`: the token of each reading."""
    first = np.concatenate([one.first for one in choices])
    last = np.concatenate([one.last for one in choices])
    costs = np.concatenate([one.costs for one in choices])
    costs = costs * np.where(page.is_capital[place], rules().capitals, 1.0)
    is_refused = np.concatenate([one.needs_doubt for one in choices]) & (page.sureness[place] > rules().doubt)
    return _likelihood(place, first, last, page) - np.where(is_refused, RULED_OUT, costs)


def _likelihood(place: Ids, first: Ids, last: Ids, page: _Page) -> Numbers:
    """ln P of readings with the two syllables behind them, given the two before; no context over a break."""
    model = counts()
    (one, two), (next_one, next_two) = ((side[place] for side in sides) for sides in _beside(page))
    is_split = first != last  # no two syllables that run together are the same
    likely = model.log_probability(two, one, first)
    likely = likely + np.where(is_split, model.log_probability(one, first, last), 0.0)
    left = np.where(is_split, first, one)
    likely = likely + np.where(next_one >= 0, model.log_probability(left, last, next_one), 0.0)
    is_followed = (next_one >= 0) & (next_two >= 0)
    return np.asarray(likely + np.where(is_followed, model.log_probability(last, next_one, next_two), 0.0))


def _beside(page: _Page) -> tuple[tuple[Ids, Ids], tuple[Ids, Ids]]:
    """For each token the ids of the two before it and of the two behind it, nearest first."""
    ids, opens, none = page.ids, page.opens, np.array([UNKNOWN])
    closes = np.append(opens[1:], True)
    one = np.where(opens, UNKNOWN, np.concatenate([none, ids[:-1]]))
    two = np.where(opens, UNKNOWN, np.concatenate([none, one[:-1]]))
    next_one = np.where(closes, UNKNOWN, np.concatenate([ids[1:], none]))
    next_two = np.where(closes, UNKNOWN, np.concatenate([next_one[1:], none]))
    return (one, two), (next_one, next_two)


def _share_of_sureness(confidence: Numbers) -> Numbers:
    """0 for words that the recogniser itself doubts, 1 for those that it is sure of."""
    told = rules()
    return np.clip((confidence - told.sure_from) / (told.sure_to - told.sure_from), 0.0, 1.0)
