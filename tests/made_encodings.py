"""Text as programs before Unicode wrote it: the inverse of the tables in models/encodings."""

from __future__ import annotations

import unicodedata

from kehoach.rules import data


def encoded(text: str, name: str) -> str:
    """`text` in TCVN3 (capitals with a tone as small letters, as typists wrote them) or VNI."""
    letters: dict[str, str] = {}
    for written, letter in data(f"encodings/{name}.yaml")["letters"].items():
        letters[letter] = written
    for letter, written in tuple(letters.items()):
        letters.setdefault(letter.upper(), written if name == "tcvn3" else written.upper())
    return "".join(letters.get(char, char) for char in unicodedata.normalize("NFC", text))
