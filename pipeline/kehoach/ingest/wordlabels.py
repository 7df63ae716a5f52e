"""Word's automatic numbering as the labels that Word shows: `1.2.`, `a)`, `IV.`, `-`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from docx.oxml.ns import qn

from kehoach.ingest.wordparts import OFF, Xml, child_value, whole

LEVELS = 9  # of a numbered list (ISO 29500-1, 17.9.6)
BULLET = "-"  # what stands for a bullet, whose own sign is a letter of a symbol font
PRINTED_BULLETS = frozenset("-–—+*•")
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"))
ROMAN_SMALL = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
LETTERS = "abcdefghijklmnopqrstuvwxyz"
LARGEST = 3999  # beyond it neither Roman numbers nor letters are printed

_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """How a level of a list is numbered. `text`: `%1.%2.`; `restart`: False where it counts on and on."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    is_legal: bool = False  # all levels in Arabic figures
    restarts: bool = True


@dataclass(slots=True)
class Labels:
    """Counts the lists of a document; `next` gives the label of one paragraph after the other."""

    lists: Mapping[str, tuple[str, Mapping[int, Level]]]  # number id: (shared list, its levels)
    overrides: Mapping[tuple[str, int], int]
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def next(self, number_id: str | None, level: int) -> str:
        """The label with what follows it, or '' where the paragraph has none."""
        if number_id is None or number_id not in self.lists or not 0 <= level < LEVELS:
            return ""
        shared, levels = self.lists[number_id]
        own = levels.get(level, Level())
        counts = self._counts.setdefault(shared, [None] * LEVELS)
        self._count(counts, levels, number_id, level)
        label = _label(own, levels, counts)
        return label + ("" if own.suffix == "nothing" or not label else " ")

    def _count(
        self, counts: list[int | None], levels: Mapping[int, Level], number_id: str, level: int
    ) -> None:
        before, key = counts[level], (number_id, level)
        if key in self.overrides and key not in self._begun:
            counts[level] = self.overrides[key]
        else:
            counts[level] = levels.get(level, Level()).start if before is None else before + 1
        self._begun.add(key)
        for deeper in range(level + 1, LEVELS):
            if levels.get(deeper, Level()).restarts:
                counts[deeper] = None


def labels(numbering: Xml | None) -> Labels:
    """The lists of `numbering.xml`; no list where a file has none."""
    if numbering is None:
        return Labels({}, {})
    abstract = {one.get(qn("w:abstractNumId"), ""): one for one in numbering.findall(qn("w:abstractNum"))}
    linked = {child_value(one, "w:styleLink"): key for key, one in abstract.items()}
    lists: dict[str, tuple[str, Mapping[int, Level]]] = {}
    overrides: dict[tuple[str, int], int] = {}
    for number in numbering.findall(qn("w:num")):
        number_id = number.get(qn("w:numId"), "")
        shared = child_value(number, "w:abstractNumId") or ""
        if shared not in abstract or number_id == "0":
            continue
        shared = linked.get(child_value(abstract[shared], "w:numStyleLink") or "-", shared)
        lists[number_id] = (shared, _levels(abstract[shared]) | _overridden(number))
        overrides |= {(number_id, level): start for level, start in _starts(number).items()}
    return Labels(lists, overrides)


def _levels(element: Xml) -> dict[int, Level]:
    found = ((whole(one.get(qn("w:ilvl"))), one) for one in element.findall(qn("w:lvl")))
    return {place: _level(one) for place, one in found if place is not None}


def _overridden(number: Xml) -> dict[int, Level]:
    found = (_levels(one) for one in number.findall(qn("w:lvlOverride")))
    return {place: level for levels in found for place, level in levels.items()}


def _starts(number: Xml) -> dict[int, int]:
    found: dict[int, int] = {}
    for one in number.findall(qn("w:lvlOverride")):
        level, start = whole(one.get(qn("w:ilvl"))), whole(child_value(one, "w:startOverride"))
        if level is not None and start is not None:
            found[level] = start
    return found


def _level(element: Xml) -> Level:
    start = whole(child_value(element, "w:start"))
    legal = element.find(qn("w:isLgl"))
    return Level(
        start=1 if start is None else start,
        format=child_value(element, "w:numFmt") or "decimal",
        text=child_value(element, "w:lvlText") or "",
        suffix=child_value(element, "w:suff") or "tab",
        is_legal=legal is not None and legal.get(qn("w:val"), "1") not in OFF,
        restarts=child_value(element, "w:lvlRestart") != "0",
    )


def _label(own: Level, levels: Mapping[int, Level], counts: list[int | None]) -> str:
    if own.format == "none":
        return ""
    if own.format == "bullet":
        text = own.text.strip()
        return text if text in PRINTED_BULLETS else BULLET

    def figure(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        level = levels.get(place, Level())
        count = counts[place]
        shown = "decimal" if own.is_legal else level.format
        return FORMATS.get(shown, str)(level.start if count is None else count)

    return _PLACE.sub(figure, own.text).strip()


def _letters(number: int) -> str:
    """a … z, then aa, bb, … as Word counts on."""
    if not 0 < number <= LARGEST:
        return str(number)
    times, place = divmod(number - 1, len(LETTERS))
    return LETTERS[place] * (times + 1)


def _roman(number: int) -> str:
    if not 0 < number <= LARGEST:
        return str(number)
    text = ""
    for value, sign in (*ROMAN, *ROMAN_SMALL):
        times, number = divmod(number, value)
        text += sign * times
    return text


FORMATS: Mapping[str, Callable[[int], str]] = MappingProxyType(
    {
        "lowerLetter": _letters,
        "upperLetter": lambda number: _letters(number).upper(),
        "lowerRoman": _roman,
        "upperRoman": lambda number: _roman(number).upper(),
        "decimalZero": lambda number: f"{number:02d}",
    }
)
