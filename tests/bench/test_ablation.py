"""Steps left out one by one: every step has its row, and what is left out is not done."""

from pathlib import Path

import pytest

from kehoach.bench import ablation
from kehoach.errors import NotFound
from kehoach.ocr.tesseract import Tesseract
from kehoach.run.scan import ALL_STEPS, Step


@pytest.mark.slow
@pytest.mark.ocr
def test_turned_pages_are_lost_without_their_step(tmp_path: Path, corpus: Path) -> None:
    path = corpus / "scans" / "004.bad.pdf"
    with Tesseract() as engine:
        whole = ablation._outcome([path], engine, ALL_STEPS)
        without = ablation._outcome([path], engine, ALL_STEPS - {Step.TURN})
    assert whole.wrong < 0.03 < 0.1 < without.wrong


def test_files_without_truth_are_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        ablation.bench((tmp_path / "000.office.pdf",))
