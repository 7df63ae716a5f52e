"""A mended word lands with what was recognised and with its place."""

from __future__ import annotations

from kehoach.document.page import Box, Line, Page, Provenance, Word
from kehoach.layout.assemble import assemble
from kehoach.store.repairs import repair_rows

BOX = Box(1, 0.1, 0.1, 0.2, 0.12)


def word(text: str, raw: str | None = None, score: float | None = None) -> Word:
    return Word(text, BOX, 0.8, Provenance.PRINT, raw=raw, repair_score=score)


def test_a_repair_tells_raw_text_score_and_characters() -> None:
    words = (word("tham"), word("nhũng;", "những;", 9.5), word("50%"), word("–", "—"))
    line = Line(" ".join(one.text for one in words), 1, BOX, words)
    plan = assemble([Page(1, (line,), line.text)], ())
    rows = list(repair_rows(plan))
    assert [(row["raw"], row["text"], row["score"]) for row in rows] == [
        ("những;", "nhũng;", 9.5),
        ("—", "–", None),
    ]
    assert [plan.text[row["start"] : row["end"]] for row in rows] == ["nhũng;", "–"]
    assert (rows[0]["page"], rows[0]["x0"], rows[0]["confidence"]) == (1, 0.1, 0.8)
