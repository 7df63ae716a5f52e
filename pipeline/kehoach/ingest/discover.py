"""Which files a submission holds: files as named, folders with all that is in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

# What office programs and systems leave beside documents: locks, downloads under way, previews.
TEMPORARY_PREFIXES = (".", "~")
TEMPORARY_SUFFIXES = (".tmp", ".part", ".crdownload")
SYSTEM_NAMES = frozenset({"thumbs.db", "desktop.ini", "__macosx", "@eadir"})


def files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files to read, each once: paths in the order given, a folder's content recursively, sorted.

    Hidden and temporary files in folders are left out; one that is named itself is not. What does not
    exist or cannot be opened stays in the list: opening it says so (NotFound). Links are followed, loops not.
    """
    seen: dict[Path, Path] = {}
    for path in paths:
        found = sorted(_inside(path, frozenset())) if path.is_dir() else [path]
        for one in found:
            seen.setdefault(one.resolve() if one.exists() else one.absolute(), one)
    return tuple(seen.values())


def _inside(folder: Path, above: frozenset[Path]) -> Iterator[Path]:
    """All files under `folder`; `above` are the real folders that lead to it."""
    real = folder.resolve()
    if real in above:
        return
    try:
        entries = list(folder.iterdir())
    except OSError:
        yield folder
        return
    for entry in entries:
        if _is_left_out(entry.name):
            continue
        if entry.is_dir():
            yield from _inside(entry, above | {real})
        else:
            yield entry


def _is_left_out(name: str) -> bool:
    folded = name.casefold()
    return (
        folded.startswith(TEMPORARY_PREFIXES) or folded.endswith(TEMPORARY_SUFFIXES) or folded in SYSTEM_NAMES
    )
