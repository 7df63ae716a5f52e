"""spaCy on underthesea's words: every character is kept, facts stand at its offsets."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from kehoach.language import TOKENIZER
from kehoach.run import components

NLP = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})
WORDS = ["Ủy ban nhân dân", "xã Đắk Plô", "  ", "\n", "Kế hoạch số 08/KH-UBND", "100%", "…", "- "]


@pytest.fixture(scope="module")
def pipeline() -> Iterator[Language]:
    yield components.load()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=8).map(" ".join))
def test_words_and_gaps_are_the_text_again(text):
    assert NLP(text).text == text


def test_compound_words_are_one_token():
    assert "nhân dân" in " ".join(token.text for token in NLP("Ủy ban nhân dân xã"))
    assert any(" " in token.text for token in NLP("cải cách hành chính nhà nước"))


def test_a_plan_carries_its_facts_as_spans(pipeline: Language, corpus: Path):
    doc = pipeline((corpus / "text" / "002.txt").read_text("utf-8"))
    assert [span.label_ for span in doc.spans["sections"]][:3] == ["purpose", "objectives", "tasks"]
    assert len(doc.spans["tasks"]) == len(doc._.record.tasks) > 20
    assert "Trước ngày 30 tháng 11 năm 2024" in {span.text for span in doc.spans["deadlines"]}
    assert {"lead", "support"} == {span.label_ for span in doc.spans["units"]}


def test_the_pipeline_can_be_saved_and_loaded(pipeline: Language, tmp_path: Path):
    pipeline.to_disk(tmp_path / "model")
    again = spacy.load(tmp_path / "model")
    assert again.pipe_names == ["kehoach_facts"]
