"""What was read once is not read again, and a damaged cache is as good as none."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach.document.page import (
    Box,
    Grid,
    GridCell,
    Line,
    Page,
    Provenance,
    ReadFrom,
    ReadingWarning,
    Role,
    Word,
)
from kehoach.run import cache as room
from kehoach.run.cache import PageCache, open_cache, reading_version

HASH = "ab" * 32
fractions = st.floats(0, 1)
boxes = st.builds(Box, st.integers(1, 9), fractions, fractions, fractions, fractions)
words = st.builds(Word, st.text(), boxes, st.none() | fractions, st.sampled_from(Provenance))
lines = st.builds(
    Line,
    st.text(),
    st.integers(1, 9),
    st.none() | boxes,
    st.lists(words, max_size=3).map(tuple),
    st.sampled_from(Role),
    st.sampled_from([None, True, False]),
)
cells = st.builds(GridCell, st.integers(0, 5), st.integers(0, 5), st.lists(lines, max_size=2).map(tuple))
grids = st.builds(Grid, st.integers(1, 9), st.just(1), st.just(1), st.lists(cells, max_size=2).map(tuple))
warnings = st.builds(ReadingWarning, st.text(), st.none(), st.none() | boxes)
pages = st.builds(
    Page,
    st.integers(1, 9),
    st.lists(lines | grids, max_size=3).map(tuple),
    st.text(),
    st.sampled_from(ReadFrom),
    warnings=st.lists(st.builds(ReadingWarning, st.text(), st.none(), st.none() | boxes), max_size=2).map(
        tuple
    ),
    unread=st.lists(st.tuples(st.text(), st.text()), max_size=2).map(tuple),
)


@given(pages)
def test_a_page_comes_back_as_it_went_in(tmp_path_factory, page):
    cache = PageCache(tmp_path_factory.getbasetemp() / "pages")
    cache.store(HASH, page)
    assert cache.load(HASH, page.number) == page


@pytest.mark.parametrize("content", [b"", b"no gzip", b"\x1f\x8b\x08\x00broken"])
def test_a_damaged_entry_is_read_anew(tmp_path, content):
    cache = PageCache(tmp_path)
    cache.store(HASH, Page(1, (), "text"))
    (entry,) = tmp_path.rglob("*.gz")
    entry.write_bytes(content)
    assert cache.load(HASH, 1) is None


def test_an_entry_of_another_shape_is_read_anew(tmp_path):
    import gzip

    cache = PageCache(tmp_path)
    cache.store(HASH, Page(1, (), "text"))
    (entry,) = tmp_path.rglob("*.gz")
    entry.write_bytes(gzip.compress(b'{"is": "Page", "colour": "red"}'))
    assert cache.load(HASH, 1) is None


def test_other_settings_and_other_code_have_another_version(monkeypatch, tmp_path):
    before = reading_version()
    assert reading_version() == before != reading_version("300 dpi")
    monkeypatch.setattr(room, "READING_CODE", ("text.py",))
    assert reading_version() != before


def test_what_older_code_read_is_removed(tmp_path):
    old = tmp_path / "plans.cache" / "0123456789abcdef"
    old.mkdir(parents=True)
    assert open_cache(tmp_path / "plans.db").folder.parent == old.parent
    assert not old.exists()


def test_a_folder_that_cannot_be_written_keeps_nothing_and_stops_nothing(tmp_path):
    (tmp_path / "file").touch()
    cache = PageCache(tmp_path / "file" / "below")
    cache.store(HASH, Page(1, (), "text"))
    assert cache.load(HASH, 1) is None


def test_every_room_that_reads_pages_counts():
    package = Path(room.__file__).parents[1]
    assert all((package / name).exists() for name in room.READING_CODE)
