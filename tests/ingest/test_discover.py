"""A folder gives its documents, in order, each once."""

from __future__ import annotations

from pathlib import Path

from kehoach.ingest.discover import files


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def names(folder: Path, *paths: Path) -> list[str]:
    return [str(path.relative_to(folder)) for path in files(paths or [folder])]


def test_folders_are_searched_through_and_sorted(tmp_path: Path) -> None:
    touch(tmp_path, "b.pdf", "xã A/2.docx", "xã A/1/x.txt", "a.pdf")
    assert names(tmp_path) == ["a.pdf", "b.pdf", "xã A/1/x.txt", "xã A/2.docx"]


def test_hidden_and_temporary_files_are_left_out(tmp_path: Path) -> None:
    touch(
        tmp_path, ".DS_Store", "~$a.docx", "Thumbs.db", ".git/x", "__MACOSX/a.docx", "a.docx.part", "a.docx"
    )
    assert names(tmp_path) == ["a.docx"]
    assert names(tmp_path, tmp_path / ".DS_Store") == [".DS_Store"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    touch(tmp_path, "a.pdf", "b.pdf")
    (tmp_path / "link.pdf").symlink_to(tmp_path / "a.pdf")
    assert names(tmp_path, tmp_path / "b.pdf", tmp_path, tmp_path / "a.pdf") == ["b.pdf", "a.pdf"]


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    touch(tmp_path, "in/a.pdf")
    (tmp_path / "in" / "again").symlink_to(tmp_path)
    assert names(tmp_path, tmp_path / "in") == ["in/a.pdf"]


def test_what_is_not_there_stays_in_the_list(tmp_path: Path) -> None:
    (tmp_path / "dangling.pdf").symlink_to(tmp_path / "gone.pdf")
    assert names(tmp_path) == ["dangling.pdf"]
    assert names(tmp_path, tmp_path / "none.pdf") == ["none.pdf"]
    assert files([]) == ()
