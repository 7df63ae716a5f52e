"""Words of time and of aims as they are written, where a scan spoilt their marks; figures stay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kehoach import patterns
from kehoach.rules import phrases
from kehoach.text import fold_each

TIME, AIMS = "time_words", "aim_words"  # files of models/rules
_GROUPS = ("word", "word2")
_NUMERAL = re.compile(r"(?<!\w)[IVÌÍỈĨỊl1|]{1,3}(?!\w)")  # a quarter's; the I of a scan may bear a mark
_MARKED_I = str.maketrans(dict.fromkeys("ÌÍỈĨỊ", "I"))


def as_written(text: str, known: str = TIME) -> str:
    """`text` with the known words in their own marks: as long as `text`, so that places hold.

    Only what the rules of that name know is put back, letter for letter; capitals stay.
    """
    whole, folded = list(text), fold_each(text)
    spoilt = set(_spoilt(text, folded, known))
    for rule in (one for one in phrases(known) if one.value in spoilt):
        for match in rule.pattern.finditer(folded):
            group = next(name for name in _GROUPS if match.groupdict().get(name))
            start, end = match.span(group)
            if end - start == len(rule.value):
                whole[start:end] = map(_cased, text[start:end], rule.value)
    return _NUMERAL.sub(lambda numeral: numeral[0].translate(_MARKED_I), "".join(whole))


def _spoilt(text: str, folded: str, known: str) -> Iterator[str]:
    """Words that stand in `text` in other marks than their own; most items have none."""
    values, pattern = _words(known)
    for match in pattern.finditer(folded):
        value = values[" ".join(match[0].split())]
        if text[slice(*match.span())].casefold() != value:
            yield value


@lru_cache
def _words(known: str) -> tuple[dict[str, str], re.Pattern[str]]:
    """The words by their folded form, and a pattern that finds any of them."""
    values = {fold_each(rule.value): rule.value for rule in phrases(known)}
    loose = "|".join(r"\s+".join(one.split()) for one in sorted(values, key=len, reverse=True))
    return values, patterns.compiled(rf"(?<![^\W\d])(?:{loose})(?![^\W\d])")


def _cased(printed: str, written: str) -> str:
    return written.upper() if printed.isupper() else written
