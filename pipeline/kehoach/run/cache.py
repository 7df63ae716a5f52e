"""Pages that were read once: kept by the file's content, the page's number and what read them.

A page is stored as compressed JSON, never as pickle: a cache that somebody else wrote must not run code.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from kehoach.document.page import Page
from kehoach.rules import models_dir

LEVEL = 1  # gzip: words in JSON shrink eightfold at the cheapest level already
KEY_LENGTH = 16  # hexadecimal digits of the version's hash: 64 bits
# What decides how a page reads: the rooms that do it, and the libraries whose versions change results.
READING_CODE = (
    "text.py",
    "encodings.py",
    "document",
    "ingest",
    "pages",
    "ocr",
    "tables",
    "layout",
    "repair",
    "run/page.py",
    "run/scan.py",
    "run/sealed.py",
)
READING_DATA = ("lexicon/counts.npz", "lexicon/repair.yaml", "ocr/confidence.yaml", "rules/surnames.yaml")
READING_LIBRARIES = (
    "asn1crypto",
    "tesserocr",
    "pypdfium2",
    "pdfplumber",
    "pikepdf",
    "opencv-python-headless",
)


@dataclass(frozen=True, slots=True)
class PageCache:
    """Pages of one version of the reading code under `folder`; it may be deleted at any time."""

    folder: Path

    def load(self, sha256: str, number: int) -> Page | None:
        """The page as it was read, or None where it is not kept or its file is damaged."""
        try:
            content = gzip.decompress(self._path(sha256, number).read_bytes())
            page: Page = _value(json.loads(content), Page)
        except (OSError, EOFError, ValueError, TypeError, LookupError, AttributeError):
            return None
        return page

    def store(self, sha256: str, page: Page) -> None:
        """Keeps `page`; a reader never sees half of it. A full disk or a read-only folder keeps nothing."""
        path = self._path(sha256, page.number)
        half = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            half.write_bytes(gzip.compress(json.dumps(_plain(page)).encode(), LEVEL))
            half.replace(path)
        except OSError:
            with suppress(OSError):
                half.unlink()

    def _path(self, sha256: str, number: int) -> Path:
        return self.folder / sha256[:2] / sha256 / f"{number}.json.gz"


def open_cache(beside: Path, *settings: object) -> PageCache:
    """The cache beside a database for today's reading code and `settings`; what older code read goes."""
    root = beside.with_suffix(".cache")
    version = reading_version(*settings)
    for old in root.glob("*") if root.is_dir() else ():
        if old.name != version:
            shutil.rmtree(old, ignore_errors=True)
    return PageCache(root / version)


def reading_version(*settings: object) -> str:
    """A hash of everything that decides how a page reads: code, data, libraries, `settings`."""
    digest = hashlib.sha256(repr(settings).encode())
    for path in _sources(Path(__file__).parents[1]):
        digest.update(path.read_bytes())
    for name in READING_DATA:
        digest.update((models_dir() / name).read_bytes())
    for library in READING_LIBRARIES:
        digest.update(metadata.version(library).encode())
    return digest.hexdigest()[:KEY_LENGTH]


def _sources(package: Path) -> Iterable[Path]:
    for name in READING_CODE:  # of `run`, all: it is small, and a file forgotten here would be a stale page
        place = package / name
        yield from sorted(place.rglob("*.py")) if place.is_dir() else [place]


def _plain(value: Any) -> Any:
    """Dataclasses as objects of their fields, named tuples and tuples as lists."""
    if is_dataclass(value) and not isinstance(value, type):
        name = {"is": type(value).__name__}
        return name | {one.name: _plain(getattr(value, one.name)) for one in fields(value) if one.init}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value


def _value(plain: Any, kind: Any) -> Any:
    """The inverse of `_plain`, guided by the type hints of what is wanted. Raises TypeError or KeyError."""
    if get_origin(kind) in (Union, UnionType):
        return _one_of(plain, get_args(kind))
    if get_origin(kind) is tuple:
        return _tuple(plain, get_args(kind))
    if is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        return kind(**{name: _value(one, hints[name]) for name, one in plain.items() if name != "is"})
    if isinstance(kind, type) and issubclass(kind, tuple):
        return kind(*plain)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(plain)
    return plain


@lru_cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _one_of(plain: Any, kinds: tuple[Any, ...]) -> Any:
    if plain is None and NoneType in kinds:
        return None
    wanted = [kind for kind in kinds if kind is not NoneType]
    if isinstance(plain, dict):
        wanted = [kind for kind in wanted if kind.__name__ == plain["is"]]
    return _value(plain, wanted[0])


def _tuple(plain: Any, kinds: tuple[Any, ...]) -> tuple[Any, ...]:
    if len(kinds) > 1 and kinds[1] is Ellipsis:
        return tuple(_value(one, kinds[0]) for one in plain)
    return tuple(_value(one, kind) for one, kind in zip(plain, kinds, strict=True))
