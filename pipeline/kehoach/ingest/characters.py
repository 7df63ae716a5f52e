"""Bytes of a text file as characters: UTF-8, UTF-16, and what Vietnamese was written in before Unicode."""

from __future__ import annotations

import codecs
import re
import unicodedata

from kehoach.encodings import decoded_text, is_syllable, of_words
from kehoach.errors import NotText

_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
WINDOWS = "cp1258"  # Windows' own code page for Vietnamese, with tones as characters of their own
# Bytes of a sample that are 0 in UTF-16 text of this language: at least this share of one half, and of the
# other half at most this one (Vietnamese letters lie on four pages of Unicode).
MOST_ZEROS, FEW_ZEROS = 0.4, 0.02
SAMPLE = 4096  # bytes
# Different words with letters beyond ASCII that prove a code page, and the share of syllables among them.
ENOUGH_WORDS, LEAST_SYLLABLES = 12, 0.85

_NEW_LINES = re.compile("\r\n|[\r\v\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


def characters(data: bytes, name: str) -> str:
    """The text with `\\n` at line ends and without control characters, form feeds and tabs excepted.

    Raises NotText where no encoding is found that gives Vietnamese or plain text.
    """
    text = _unicode(data, name)
    if encoding := of_words(text.split()):
        text = decoded_text(text, encoding)
    return _CONTROL.sub("", _NEW_LINES.sub("\n", text))


def utf_16(data: bytes) -> str | None:
    """The name of the UTF-16 that `data` is in, by its mark or by where its zeros are; None where in none."""
    for mark, name in _MARKS.items():
        if data.startswith(mark):
            return name if name != "utf-8" else None
    sample = data[: SAMPLE & ~1]
    zeros = [half.count(0) / max(len(half), 1) for half in (sample[::2], sample[1::2])]
    if max(zeros) < MOST_ZEROS or min(zeros) > FEW_ZEROS:
        return None
    return "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"


def _unicode(data: bytes, name: str) -> str:
    encoding = utf_16(data) or "utf-8"
    try:
        return data.decode(encoding).lstrip("\ufeff")
    except UnicodeDecodeError as error:
        if encoding == "utf-8" and (text := _before_unicode(data)) is not None:
            return text
        raise NotText(name=name, offset=error.start) from error


def _before_unicode(data: bytes) -> str | None:
    """Text in TCVN3 or VNI as Windows shows it, or in Windows' own code page as Unicode."""
    text = data.decode("cp1252", "replace")
    if of_words(text.split()):
        return text
    text = unicodedata.normalize("NFC", data.decode(WINDOWS, "replace"))
    words = {word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii()}
    syllables = sum(map(is_syllable, words))
    return text if len(words) >= ENOUGH_WORDS and syllables >= LEAST_SYLLABLES * len(words) else None
