"""Marks of translatable text. Source strings are English; catalogues stand beside this module in `locale/`.

Users read Vietnamese unless KEHOACH_LANG says `en`.
"""

from __future__ import annotations

import gettext
import os
from functools import lru_cache
from pathlib import Path

LOCALE_DIR = Path(__file__).parent / "locale"
DEFAULT_LANGUAGE = "vi"


def N_(message: str) -> str:
    """Marks a string for the catalogue; it is translated where it is shown."""
    return message


def _(message: str) -> str:
    """`message` in the user's language."""
    return translated(message, user_language())


def user_language() -> str:
    """What KEHOACH_LANG says (`vi`, `en`), else Vietnamese."""
    return os.environ.get("KEHOACH_LANG") or DEFAULT_LANGUAGE


def translated(message: str, language: str) -> str:
    """`message` in a given language, for what is stored and must not depend on who runs the command."""
    return _catalogue(language).gettext(message)


@lru_cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("kehoach", LOCALE_DIR, [language], fallback=True)
