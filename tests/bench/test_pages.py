"""Errors of reading are counted against the truth, page by page."""

from __future__ import annotations

from pathlib import Path

import pytest

from kehoach.bench import pages
from kehoach.errors import NotFound

TRUTH = "Thực hiện kế hoạch năm 2025\n2\n\fBáo cáo trước ngày 15 tháng 12\n"


def test_a_page_read_right_has_no_errors_and_its_number_is_no_text() -> None:
    read = {"000": ("Thực hiện kế hoạch năm 2025", "Báo cáo trước ngày 15 tháng 12")}
    assert pages.errors(read, {"000": TRUTH}) == (0.0, 0.0)


def test_a_page_that_was_not_read_counts_whole() -> None:
    wrong, extra = pages.errors({"000": ("Thực hiện kế hoạch năm 2025",)}, {"000": TRUTH})
    assert wrong == -extra == pytest.approx(30 / 57)


def test_a_lost_mark_is_one_error_and_an_invented_word_is_extra() -> None:
    read = {"000": ("Thưc hiện kế hoạch năm 2025", "Báo cáo trước ngày 15 tháng 12 thật")}
    assert pages.errors(read, {"000": TRUTH}) == (pytest.approx(1 / 57), pytest.approx(5 / 57))


def test_a_signed_file_is_laid_beside_its_own_truth(tmp_path: Path) -> None:
    for name in ("000.txt", "000.signed.txt"):
        (tmp_path / "truth").mkdir(exist_ok=True)
        (tmp_path / "truth" / name).touch()
    scans = tmp_path / "scans"
    assert pages.truth_of(scans / "000.digital_signed.pdf").name == "000.signed.txt"
    assert pages.truth_of(scans / "000.office.pdf").name == "000.txt"


def test_files_without_truth_are_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        pages.bench((tmp_path / "scans" / "000.office.pdf",))


@pytest.mark.slow
def test_a_digital_file_of_the_corpus_is_read_without_the_recogniser() -> None:
    path = Path("corpus/scans/004.digital.pdf")
    table = pages.bench((path,))
    assert table.rows[0][0] == "digital: kehoach"
    assert float(table.rows[0][2]) < 0.1 and table.rows[0][-1] == "–"
