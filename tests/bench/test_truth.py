"""Recognised words are laid beside the truth, and tables count what agrees."""

from __future__ import annotations

from pathlib import Path

import pytest

from kehoach.bench import confidence, repair, truth
from kehoach.document.page import Box, Line, Page, Provenance, ReadFrom, Word
from kehoach.errors import NotFound

BOX = Box(1, 0.1, 0.1, 0.2, 0.12)
TRUTH = "Phòng, chống tham nhũng; công khai, minh bạch trong hoạt động"


def page(*words: Word) -> Page:
    text = " ".join(word.text for word in words)
    return Page(1, (Line(text, 1, BOX, words),), text, ReadFrom.OCR)


def word(text: str, sure: float = 0.9, raw: str | None = None) -> Word:
    return Word(text, BOX, sure, Provenance.PRINT, raw=raw, repair_score=None if raw is None else 8.0)


@pytest.fixture
def judged() -> list[truth.Judged]:
    words = (word("chống"), word("tham"), word("nhũng;", 0.8, "những;"), word("công"), word("khaí,", 0.5))
    return list(truth._of_page(page(*words), TRUTH, "bad"))


def test_each_word_meets_its_own_truth(judged: list[truth.Judged]) -> None:
    assert [one.truth for one in judged] == ["chống", "tham", "nhũng;", "công", "khai,"]
    assert [one.is_right for one in judged] == [True, True, True, True, False]
    assert not judged[2].was_right


def test_the_repair_table_counts_what_agrees(judged: list[truth.Judged]) -> None:
    rows = repair.table(judged).rows
    assert rows[0] == ("bad", "all", "1", "1", "0", "1.000", "2", "1")


def test_the_reliability_table_sets_said_against_right(judged: list[truth.Judged]) -> None:
    rows = confidence.table(judged).rows
    assert ("0.90 – 0.95", "3", "0.900", "1.000") in rows
    assert ("0.40 – 0.60", "1", "0.500", "0.000") in rows


def test_scans_without_truth_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        truth.judged((tmp_path / "x.office.pdf",))
