"""A bench's table stands in its page between marks and is renewed there; what it measures is real work."""

from __future__ import annotations

from pathlib import Path

import pytest

from kehoach.bench import language
from kehoach.bench.table import Table, markdown, renewed
from kehoach.errors import NotFound

TABLE = Table("language", ("what", "ms"), (("ours", "1.0"), ("peer", "2.0")), ("5 plans.",))


def test_figures_stand_to_the_right_and_notes_below() -> None:
    assert markdown(TABLE).split("\n") == [
        "| what | ms |",
        "| --- | --: |",
        "| ours | 1.0 |",
        "| peer | 2.0 |",
        "",
        "5 plans.",
    ]


def test_renewing_replaces_the_old_table_and_nothing_else() -> None:
    page = renewed("# Figures\n\nBefore.\n", TABLE) + "\nAfter.\n"
    newer = Table("language", ("what", "ms"), (("ours", "0.5"),))
    again = renewed(page, newer)
    assert again.startswith("# Figures\n\nBefore.\n") and again.endswith("\nAfter.\n")
    assert "0.5" in again and "peer" not in again
    assert renewed(again, newer) == again


def test_another_bench_gets_a_table_of_its_own() -> None:
    page = renewed(renewed("", TABLE), Table("pages", ("what", "s"), (("ours", "3.0"),)))
    assert page.count("begin") == 2 and "1.0" in page and "3.0" in page


def test_peers_are_measured_on_the_same_text(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "ROUNDS", 1)
    table = language.bench((corpus / "text" / "004.txt",))
    assert len(table.rows) == 3 and table.rows[0][2] == "1.00"
    assert all(float(row[1]) > 0 for row in table.rows)
    assert table.notes[0].startswith("1 plans, 1 pages, ")


def test_without_files_there_is_nothing_to_measure(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        language.bench((tmp_path,))


def test_the_page_of_benches_has_a_place_for_each(root: Path) -> None:
    page = (root / "docs" / "reference" / "bench.md").read_text("utf-8")
    assert f"<!-- bench {language.NAME}: begin -->" in page
