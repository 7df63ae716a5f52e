"""What kehoach needs from the machine: each thing is looked at, and what is missing comes with its remedy."""

from __future__ import annotations

import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import tesserocr

from kehoach.errors import ToolMissing
from kehoach.fonts import FONT, font_folder
from kehoach.messages import N_, _
from kehoach.ocr.tesseract import data_folder
from kehoach.rules import models_dir

PYTHON = (3, 11)
FREE_MB = 500  # a thousand plans with their page results take about half of it
BYTES_PER_MB = 1_000_000

GET_PACKAGE = N_("As root: apt-get install {package}")


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the doctor. `remedy` is empty where all is well."""

    name: str
    detail: str
    remedy: str = ""

    @property
    def is_well(self) -> bool:
        """Whether nothing needs to be done."""
        return not self.remedy


def checks(db: Path) -> Iterator[Check]:
    """Looks at everything that reading plans into `db` needs, in the order in which it is used."""
    yield _python()
    yield Check("Tesseract", tesserocr.tesseract_version().splitlines()[0])
    yield _language("vie")
    yield _language("osd")
    yield _font()
    yield _rules()
    yield _search()
    folder = next(one for one in (db.absolute().parent, *db.absolute().parents) if one.is_dir())
    yield _disk(folder)
    yield _writable(folder)


def _python() -> Check:
    remedy = "" if sys.version_info >= PYTHON else _("Install Python 3.11 or newer.")
    return Check("Python", ".".join(map(str, sys.version_info[:3])), remedy)


def _language(language: str) -> Check:
    name = _("Tesseract language {language}").format(language=language)
    try:
        return Check(name, data_folder(language))
    except ToolMissing:
        return Check(name, _("missing"), _(GET_PACKAGE).format(package=f"tesseract-ocr-{language}"))


def _font() -> Check:
    name = _("Font {font}").format(font=FONT.removesuffix(".ttf"))
    try:
        return Check(name, str(font_folder()))
    except ToolMissing:
        return Check(name, _("missing"), _(GET_PACKAGE).format(package="fonts-liberation2"))


def _rules() -> Check:
    folder = models_dir()
    missing = not (folder / "rules").is_dir()
    return Check(_("Rule data"), str(folder), _("Install kehoach anew.") if missing else "")


def _search() -> Check:
    name = _("SQLite {version} with full-text search").format(version=sqlite3.sqlite_version)
    try:
        sqlite3.connect(":memory:").execute("CREATE VIRTUAL TABLE words USING fts5(text)")
    except sqlite3.OperationalError as error:
        return Check(name, str(error), _("Use a Python whose SQLite has FTS5 (Debian's has)."))
    return Check(name, "FTS5")


def _disk(folder: Path) -> Check:
    free_mb = shutil.disk_usage(folder).free // BYTES_PER_MB
    remedy = _("Make room, or choose another place with --db.") if free_mb < FREE_MB else ""
    return Check(_("Disk space"), _("{free} MB free in {folder}").format(free=free_mb, folder=folder), remedy)


def _writable(folder: Path) -> Check:
    name = _("Right to write")
    try:
        with tempfile.TemporaryFile(dir=folder):
            return Check(name, str(folder))
    except OSError as error:
        return Check(name, f"{folder}: {error.strerror}", _("Choose another place with --db."))
