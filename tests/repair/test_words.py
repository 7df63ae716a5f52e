"""Words are mended where the language leaves no doubt, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach.document.page import Box, Grid, GridCell, Line, Provenance, Role, Word
from kehoach.repair.words import repaired
from kehoach.rules import data

RULES = data("lexicon/repair.yaml")
DOUBTED, SURE = 0.7, 0.97
WIDTH = 0.01


def line(text: str, confidence: float | None = DOUBTED, provenance: Provenance = Provenance.PRINT) -> Line:
    words = tuple(
        Word(part, Box(1, at * WIDTH, 0.1, at * WIDTH + WIDTH, 0.11), confidence, provenance)
        for at, part in enumerate(text.split())
    )
    return Line(text, 1, Box(1, 0.0, 0.1, 1.0, 0.11), words)


def mended(text: str, confidence: float = DOUBTED) -> str:
    (found,) = repaired((line(text, confidence),))
    assert isinstance(found, Line)
    return found.text


@pytest.mark.parametrize("example", RULES["examples"], ids=lambda one: one["text"])
def test_slips_of_recognisers_are_mended(example: dict[str, str]) -> None:
    assert mended(example["text"]) == example["mended"]


@pytest.mark.parametrize("text", RULES["counterexamples"])
def test_names_numbers_symbols_and_right_words_stay(text: str) -> None:
    assert mended(text) == text


@pytest.mark.parametrize("example", RULES["examples"], ids=lambda one: one["text"])
def test_what_is_mended_stays_as_it_is(example: dict[str, str]) -> None:
    assert mended(example["mended"]) == example["mended"]


def test_a_sure_reading_needs_more_evidence_than_a_doubtful_one() -> None:
    text = "báo cáo kết quả thực hiện nhiệm vự được giao"
    assert mended(text, DOUBTED) == text.replace("vự", "vụ")
    weak = "thiết chế đảm bào trách nhiệm giải trình"
    assert mended(weak, 0.5) == weak.replace("bào", "bảo") != mended(weak, SURE)


def test_what_was_hardly_read_at_all_is_not_mended() -> None:
    assert mended("phòng, chống tham những", 0.1) == "phòng, chống tham những"


def test_a_wrong_letter_that_was_read_surely_is_the_writers_slip() -> None:
    text = "công khai danh nục thủ tục hành chính"
    assert mended(text, 0.5) == "công khai danh mục thủ tục hành chính"
    assert mended(text, SURE) == text


def test_a_mended_word_keeps_what_was_recognised() -> None:
    (found,) = repaired((line("phòng, chống tham những; lãng phí"),))
    assert isinstance(found, Line)
    word = found.words[3]
    assert (word.text, word.raw) == ("nhũng;", "những;")
    assert word.repair_score is not None and word.repair_score >= RULES["threshold"]
    assert [one.raw for one in found.words if one is not word] == [None] * 5
    assert word.confidence == DOUBTED


def test_a_digital_page_is_never_touched() -> None:
    digital = line("phòng, chống tham những — Trên50%", None, Provenance.LAYER)
    assert repaired((digital,)) == (digital,)
    widget = line("tham những", None, Provenance.WIDGET)
    assert repaired((widget,)) == (widget,)


def test_a_line_goes_on_in_the_next_one() -> None:
    first, second = line("nâng cao trách nhiệm, phòng, chống tham"), line("những trong cơ quan nhà nước")
    second = replace(second, opens=False)
    found = repaired((first, second))
    assert [one.text for one in found if isinstance(one, Line)] == [
        "nâng cao trách nhiệm, phòng, chống tham",
        "nhũng trong cơ quan nhà nước",
    ]


def test_cells_are_mended_each_by_itself() -> None:
    cells = (
        GridCell(0, 0, (line("Kết quả"),)),
        GridCell(0, 1, (line("phối hợp tố chức"),)),
    )
    (grid,) = repaired((Grid(1, 1, 2, cells),))
    assert isinstance(grid, Grid)
    assert [cell.lines[0].text for cell in grid.cells] == ["Kết quả", "phối hợp tổ chức"]


def test_the_bold_run_follows_a_repair() -> None:
    bold = replace(line("Tưpháp: Trên50% số vụ"), bold_length=len("Tưpháp:"))
    (found,) = repaired((bold,))
    assert isinstance(found, Line)
    assert found.text[: found.bold_length] == "Tư pháp:"


def test_a_place_in_capitals_keeps_its_name() -> None:
    assert mended("ỦY BAN NHÂN DÂN XÃ TỐ MÚA") == "ỦY BAN NHÂN DÂN XÃ TỐ MÚA"
    assert mended("TỐ CHỨC THỰC HIỆN") == "TỔ CHỨC THỰC HIỆN"


def test_the_signers_name_stays() -> None:
    signer = replace(line("NGUYỄN VĂN TIỀN"), role=Role.FOOT)
    assert repaired((signer,)) == (signer,)
    assert mended("Nguyễn Vân Tiền") == "Nguyễn Vân Tiền"


@given(st.lists(st.text(max_size=12), max_size=8), st.sampled_from([None, 0.0, DOUBTED, SURE]))
def test_words_boxes_and_figures_stay_whatever_is_read(parts: list[str], confidence: float | None) -> None:
    text = " ".join(" ".join(parts).split())
    before = replace(line(text, confidence), role=Role.BODY)
    (after,) = repaired((before,))
    assert isinstance(after, Line)
    assert [word.box for word in after.words] == [word.box for word in before.words]
    assert [char for char in after.text if char.isdigit()] == [char for char in text if char.isdigit()]
    assert after.text == " ".join(word.text for word in after.words)
