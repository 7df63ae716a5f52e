"""How much a task asks for: its numbers with what they count, so that two tasks' amounts can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from kehoach.compare.notions import notions, spoken
from kehoach.compare.plans import Task
from kehoach.rules import data
from kehoach.text import nfc, same_tone_place

SHARE = "share"
WHOLE = 100.0  # per cent
LARGEST_DENOMINATOR = 20  # 3/4, 7/10, 08/14; 28/6 is a day
MONTHS = 12
OWN_NOUN = "~"  # before the noun of an amount that no class counts
WITH_A_PLACE = ("places",)  # how many places there are differs from commune to commune
WITH_A_RHYTHM = ("days", "times")  # said by a rhythm as well
PER_RHYTHM = ("times", "items", "classes")
PER_YEAR = {"daily": 365, "weekly": 52, "monthly": 12, "quarterly": 4, "half-yearly": 2, "yearly": 1}
# Dates, numbers of documents and of years are no amounts.
_DATES = re.compile(
    r"\d{1,2}\s*[/-]\s*\d{1,2}(?:\s*[/-]\s*\d{4})|\b\d{1,2}/\d{4}|\bngày\s+\d{1,2}(?:/\d{1,2})?(?!\s*%)"
    r"|\bnăm\s+\d{4}|\btháng\s+\d{1,2}|\bquý\s+[\dIV]+|\d+/[\dA-ZĐ]\S*[A-ZĐ]\S*|\d{2}\s+tháng\s+(?:một|đầu)",
    re.IGNORECASE,
)
_NUMBER = r"(?P<number>\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?)"
_AMOUNT = re.compile(
    rf"(?<![\w/.,]){_NUMBER}(?:(?:/| trong (?:số )?)(?P<of>\d+))?\s*(?P<percent>%)?(?P<behind>[^\d;.]*)"
)
# So many of so many in words: "8 phần 10", "cứ 10 hộ thì 8 hộ", "85 người trong 100 người".
_RATIOS = (
    re.compile(r"(?<![\w/.,])(?P<part>\d{1,3})\s+phần\s+(?P<whole>\d{2,3})(?!\w)"),
    re.compile(r"\bcứ\s+(?P<whole>\d{1,3})\s[^\d;.]*\bthì\s[^\d;.]*?(?P<part>\d{1,3})(?!\w)", re.IGNORECASE),
    re.compile(r"(?<![\w/.,])(?P<part>\d{1,3})\s+[^\W\d]+\s+trong\s+(?:số\s+)?(?P<whole>\d{1,3})(?!\w)"),
)
_BEFORE = 24  # characters before a number in which an upper limit is said


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of a task. `counts`: a class of models/compare/figures.yaml, or share (per cent).

    `at_most`: the less the better.
    """

    value: float
    counts: str
    at_most: bool = False


@lru_cache(maxsize=16384)
def amounts(text: str) -> tuple[Amount, ...]:
    """The amounts that a task names, in order; numbers of dates and documents left out."""
    said = _DATES.sub(" ", same_tone_place(nfc(text)))
    figures = _in_per_cent(_in_digits(said))
    found = [amount for match in _AMOUNT.finditer(figures) if (amount := _amount(match))]
    return (*found, *_shares(said))


def lesser(superior: Task, others: Sequence[Task]) -> bool:
    """Whether the tasks together promise less than the superior's asks, where their amounts compare."""
    return any(
        given.value > asked.value if asked.at_most else given.value < asked.value
        for asked in _by_year(superior)
        if (given := _given(asked, [one for task in others for one in _by_year(task)]))
    )


def withheld(superior: Task, others: Sequence[Task]) -> bool:
    """Whether an amount that matters (more than one, less than all) has no counterpart in the tasks.

    Where another thing is counted that is no fewer ("220 suất quà" for 200 children), that will do.
    """
    given = [one for task in others for one in amounts(task.text)]
    rhythm = any(task.time and task.time.recurrence for task in others)
    return any(
        not _given(asked, given)
        for asked in amounts(superior.text)
        if asked.value != (WHOLE if asked.counts == SHARE else 1.0)
        and not asked.counts.startswith(OWN_NOUN)
        and not (
            asked.counts != SHARE and any(one.counts != SHARE and one.value >= asked.value for one in given)
        )
        and asked.counts not in WITH_A_PLACE
        and not (rhythm and asked.counts in WITH_A_RHYTHM)
    )


def _by_year(task: Task) -> Iterator[Amount]:
    """The amounts; those of a recurring task for a whole year."""
    times = PER_YEAR.get(task.time.recurrence or "", 1) if task.time else 1
    for one in amounts(task.text):
        yield replace(one, value=one.value * times) if one.counts in PER_RHYTHM else one


def _given(asked: Amount, given: Sequence[Amount]) -> Amount | None:
    """Of several amounts of a kind the nearest is the counterpart."""
    alike = [one for one in given if one.counts == asked.counts]
    return min(alike, key=lambda one: abs(one.value - asked.value), default=None)


def _amount(match: re.Match[str]) -> Amount | None:
    before = match.string[max(0, match.start() - _BEFORE) : match.start()].casefold()
    said = before.rstrip()
    at_most = said.endswith(_settings()["most"]) and not said.endswith(_settings()["least"])
    value = float(match["number"].replace(".", "").replace(",", "."))
    if match["percent"]:
        return Amount(value, SHARE, at_most)
    if match["of"]:
        whole = int(match["of"])
        is_counted = _known_class(match["behind"]) is not None
        may_be_a_day = whole <= MONTHS and match["number"].startswith("0") and not is_counted
        is_share = value < whole <= LARGEST_DENOMINATOR and not may_be_a_day
        return Amount(WHOLE * value / whole, SHARE, at_most) if is_share else None
    counts = _class(match["behind"])
    return Amount(value, counts, at_most or _is_limit(match["behind"])) if counts else None


def _class(behind: str) -> str | None:
    """What a number counts: a known class, else its own noun (two syllables behind a tilde), else None."""
    if known := _known_class(behind):
        return known
    words = _words(behind)
    noun = words[:2] if words and words[0].isalpha() and notions(words[0]) else []
    return f"{OWN_NOUN}{' '.join(noun)}" if noun and noun[0] not in _settings()["ages"] else None


def _known_class(behind: str) -> str | None:
    said = " ".join(_words(behind))
    fitting = [
        (len(phrase), name)
        for phrase, name in _settings()["classes"].items()
        if said == phrase or said.startswith(f"{phrase} ")
    ]
    return str(max(fitting)[1]) if fitting else None


def _is_limit(behind: str) -> bool:
    """Whether it counts what is granted for an answer: "trong 05 ngày làm việc" is at most so many."""
    return " ".join(_words(behind)).startswith(_settings()["limits"])


def _words(behind: str) -> list[str]:
    return behind.casefold().replace(",", " ").split()[:4]


def _shares(text: str) -> Iterator[Amount]:
    padded = f" {' '.join(text.casefold().split())} "
    for value, phrases in _settings()["shares"].items():
        if any(f" {phrase} " in padded for phrase in phrases):
            yield Amount(float(value), SHARE)


def _in_digits(text: str) -> str:
    """Numbers in words as digits where a counted word follows."""
    pattern: re.Pattern[str] = _settings()["numerals"]
    said = pattern.sub(lambda match: f"{_settings()['values'][match[1].casefold()]} {match[2]}", text)
    return said.replace("phần mười", "phần 10").replace("phần trăm", "%")


def _in_per_cent(text: str) -> str:
    for pattern in _RATIOS:
        text = pattern.sub(_per_cent, text)
    return text


def _per_cent(match: re.Match[str]) -> str:
    part, whole = int(match["part"]), int(match["whole"])
    return f"{WHOLE * part / whole:g}%".replace(".", ",") if 0 < part < whole else match[0]


@lru_cache
def _settings() -> Mapping[str, Any]:
    known = data("compare/figures.yaml")
    classes = {phrase: name for name, phrases in known["classes"].items() for phrase in spoken(phrases)}
    counted = "|".join(sorted(map(re.escape, classes), key=len, reverse=True))
    numerals = "|".join(known["numerals"])
    return {
        "classes": classes,
        "shares": {value: tuple(spoken(phrases)) for value, phrases in known["shares"].items()},
        "most": tuple(spoken(known["most"])),
        "least": tuple(spoken(known["least"])),
        "limits": tuple(spoken(known["limits"])),
        "ages": tuple(spoken(known["ages"])),
        "values": known["numerals"],
        "numerals": re.compile(rf"(?<!\w)({numerals})\s+({counted}|phần mười)(?!\w)", re.IGNORECASE),
    }
