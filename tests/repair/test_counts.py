"""Counts tell what goes on with what."""

from __future__ import annotations

import numpy as np
import pytest

from kehoach.repair.candidates import candidates
from kehoach.repair.counts import UNKNOWN, counts


def likely(before: str, last: str, word: str) -> float:
    ids = [np.array([counts().ids.get(one, UNKNOWN)]) for one in (before, last, word)]
    return float(counts().log_probability(*ids)[0])


def test_what_was_seen_is_likelier_than_what_was_not() -> None:
    assert likely("ủy", "ban", "nhân") > likely("ủy", "ban", "nhận") + np.log(100)


@pytest.mark.parametrize(("before", "last"), [("ủy", "ban"), ("lĩnh", "vực"), ("<n>", "<n>"), ("", "")])
def test_probabilities_of_all_words_sum_to_one_or_less(before: str, last: str) -> None:
    model = counts()
    every = np.arange(len(model.words))
    given = [np.full(len(every), model.ids.get(one, UNKNOWN)) for one in (before, last)]
    assert 0.9 < np.exp(model.log_probability(*given, every)).sum() < 1.1


def test_candidates_differ_in_marks_letters_or_a_space() -> None:
    assert "cầu" in {one.text for one in candidates("câu")}
    assert "người" in {one.text for one in candidates("igười")}
    assert "tư pháp" in {one.text for one in candidates("tưpháp")}


def test_another_place_of_the_tone_and_i_for_y_are_spellings() -> None:
    assert not {"ủy", "hòa", "quý", "kỹ"} & {
        one.text for word in ("uỷ", "hoà", "quí", "kĩ") for one in candidates(word)
    }
