"""One contract for all engines: words in order, NFC, boxes on the picture, confidence as a share."""

import unicodedata

import pytest

import made_pages
from kehoach.document.page import Provenance
from kehoach.errors import ToolMissing
from kehoach.ocr import tesseract
from kehoach.ocr.engine import Engine, Shape
from kehoach.ocr.replay import Recorder, Replay

LINES = ["ỦY BAN NHÂN DÂN XÃ TRUNG TRẮC", "Nâng cao Chỉ số hiệu quả quản trị năm 2022"]


@pytest.fixture(scope="module")
def real():
    try:
        with tesseract.Tesseract() as engine:
            yield engine
    except ToolMissing:
        pytest.skip("no Tesseract")


@pytest.fixture(params=["real", "replayed"])
def engine(request, real) -> Engine:
    if request.param == "real":
        return real
    recorder = Recorder(real)
    for shape in Shape:
        recorder.words(made_pages.picture(LINES), shape=shape)
    return Replay(recorder.recording)


@pytest.mark.ocr
def test_an_engine_keeps_the_contract(engine):
    found = engine.words(made_pages.picture(LINES))
    assert " ".join(word.text for word in found) == " ".join(LINES)
    for word in found:
        assert unicodedata.is_normalized("NFC", word.text)
        assert 0 <= word.box.x0 < word.box.x1 <= 1 and 0 <= word.box.y0 < word.box.y1 <= 1
        assert word.confidence is not None and 0 <= word.confidence <= 1
        assert word.provenance is Provenance.PRINT


@pytest.mark.ocr
def test_an_empty_picture_has_no_words(engine):
    assert engine.words(made_pages.picture([])) == ()


def test_replay_knows_pages_by_number_too():
    replay = Replay({"1": [{"text": "Số:", "box": [0.1, 0.1, 0.2, 0.12], "confidence": 0.9}]})
    assert [word.text for word in replay.words(made_pages.picture(LINES))] == ["Số:"]


def test_a_missing_language_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(tesseract, "_DATA_FOLDERS", (str(tmp_path),))
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    with pytest.raises(ToolMissing):
        tesseract.data_folder()
