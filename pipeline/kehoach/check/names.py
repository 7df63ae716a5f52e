"""Words of the plan itself: its own name, other places' names, another level's wording, years, short
forms.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from kehoach.check.rule import CheckRule, compiled_words
from kehoach.check.sight import Row, Sight, bounds
from kehoach.check.verdicts import Judged, failed, passed, unknown
from kehoach.document.facts import LineRole
from kehoach.document.finding import Severity
from kehoach.document.plan import Span
from kehoach.rules import data
from kehoach.rules import rows as table_rows
from kehoach.text import CAPITAL_LETTERS, edits, fold, in_capitals, nfc, one_line, same_tone_place

_SYLLABLE = rf"[{CAPITAL_LETTERS}][^\W\d_]*"
_NAME = rf"(?P<name>{_SYLLABLE}(?:[ -]{_SYLLABLE}){{0,3}})"
_SHARED = frozenset({"thành phố", "tp"})  # words of two levels
MIN_LETTERS = 5  # of a name in which one other letter is a misprint; in shorter ones it is another name
TITLE_REACH = 250  # characters behind a cited number in which its title may name a place
MISSPELT = 2  # letters in which a name may differ and still be the own one
SURE_NAME = 0.8  # confidence of an odd spelling on a scan (checklist nd30.ten_rieng_nhat_quan)
NOVEMBER = 11
COLUMN_OF_DISTRICT = 4  # of communes_before
_LEVEL_WORD = re.compile(r"^(?:Xã|Phường|Thị trấn|Đặc khu|Huyện|Quận|Thị xã|Thành phố|Tỉnh) ")
_YEAR = re.compile(r"\bnam (20\d\d)\b")


def _own(sight: Sight) -> dict[str, str]:
    issuer = sight.record.header.issuer
    found = {"xa": issuer.commune, "huyen": issuer.district, "tinh": issuer.province}
    return {level: name for level, name in found.items() if name}


def _names(sight: Sight, rows: Iterable[Row]) -> Iterator[tuple[str, str, Span]]:
    """Level, name and place of every unit in `rows` that is named after the word of its level."""
    for row in rows:
        start = row.span.start
        for level, name, begins, ends in _named(sight.plan.text[start : row.span.end]):
            yield level, name, Span(start + begins, start + ends)


@lru_cache(maxsize=1 << 12)
def _named(text: str) -> tuple[tuple[str, str, int, int], ...]:
    """Level, name, beginning and end of the units in a row; several rules ask for them."""
    return tuple(
        (_levels().get(one_line(match["word"]).casefold(), ""), match["name"], *match.span("name"))
        for match in place_pattern().finditer(text)
    )


@lru_cache
def place_pattern() -> re.Pattern[str]:
    """A name with capitals behind the word of a level, in small letters or in capitals, on one line."""
    words = (re.escape(word) for level in data("places/names.yaml")["words"].values() for word in level)
    listed = "|".join(sorted(words, key=len, reverse=True))
    return re.compile(rf"(?P<word>\b(?i:{listed})[ ]+){_NAME}")


@lru_cache
def _levels() -> dict[str, str]:
    """The level that a word names; none for a word that two levels share."""
    words = data("places/names.yaml")["words"]
    return {word: level for level, listed in words.items() for word in listed if word not in _SHARED}


def own_name(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """The issuer's own name is spelt in one way everywhere."""
    level = sight.record.header.issuer.level or ""
    own = _own(sight).get(level)
    if own is None:
        yield unknown("level_or_year_unknown")
        return
    odd: dict[str, Span] = {}
    good: Span | None = None
    for found, name, span in _names(sight, sight.rows):
        if found not in (level, ""):
            continue
        cut = _cut(name, own)
        spelling = same_tone_place(cut).casefold()
        if spelling == same_tone_place(own).casefold():
            good = good or span
        elif _is_variant(cut, own):
            odd.setdefault(spelling, Span(span.start, span.start + len(cut)))
    for span in odd.values():
        doubtful = _is_doubtful(sight, span, own, level)
        whole = sight.clause(span)
        if doubtful:
            yield unknown("scan_doubt", whole)
        else:
            yield failed(whole, chuan=own, trich=sight.words(span))
    if not odd:
        yield passed(good)


def _is_doubtful(sight: Sight, span: Span, own: str, level: str) -> bool:
    """Whether an odd spelling on a scan may be a misreading: unsure, or a lost mark that makes no name."""
    confidence = sight.plan.anchor(span).confidence
    if confidence is None:
        return False
    name = sight.words(span)
    return confidence < SURE_NAME or (fold(name) == fold(own) and name not in _known_names(level))


def _cut(name: str, own: str) -> str:
    """As many syllables of `name` as the own name has."""
    return " ".join(name.split(" ")[: len(own.split(" "))])


def _is_variant(name: str, own: str) -> bool:
    """The same letters with other marks, or one letter off in a long name."""
    one, other = fold(name), fold(own)
    same_length = len(name.split(" ")) == len(own.split(" "))
    if not same_length or (in_capitals(name) != in_capitals(own) and one != other):
        return False
    return one == other or (len(other) >= MIN_LETTERS and edits(one, other) == 1)


def copied(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """No words of another level's plan are left, and no other place's name. params: `levels`: wordings that
    betray another level; `ruled_words`: what stands before the name of the place that a plan is for.
    """
    level = sight.record.header.issuer.level or ""
    wrong = 0
    rows = tuple(
        row for row in sight.main() if row.role is not LineRole.BASIS and row.role is not LineRole.FOOTNOTE
    )
    for words in rule.params["levels"].get(level, ()):
        for row in rows:
            if span := row.find(compiled_words(words)):
                wrong += 1
                yield failed(sight.clause(span), severity=Severity.MINOR)
                break
    for span in _foreign(sight, rule):
        wrong += 1
        yield failed(sight.clause(span))
    if not wrong:
        yield passed()


def _foreign(sight: Sight, rule: CheckRule) -> Iterator[Span]:
    """Places of the issuer's own level or above that rule or bound the plan, and are not the issuer's."""
    own = _own(sight)
    roles = (LineRole.TITLE, LineRole.PURPOSE, LineRole.REQUIREMENT, LineRole.TASK, LineRole.CLOSING)
    cited = [one.anchor.span for one in sight.record.citations]
    seen: set[str] = set()
    for level, name, span in _names(sight, sight.of(*roles)):
        row = sight.row_of(span)
        if row is None or level not in own or in_capitals(name) or name in seen:
            continue
        ruled = rule.pattern("ruled_words").search(row.folded[: span.start - row.span.start])
        in_title = any(
            0 <= span.start - one.end < TITLE_REACH for one in cited if one.start >= row.span.start
        )
        if not ruled or in_title or _is_own(name, own[level]):
            continue
        if any(key in _known_places(level) for key in _openings(name)):
            seen.add(name)
            yield span


def _is_own(name: str, mine: str) -> bool:
    """The issuer's own name, cut, longer or misspelt."""
    one, other = fold(name), fold(mine)
    return other in one or one in other or edits(fold(_cut(name, mine)), other) <= MISSPELT


def _openings(name: str) -> Iterator[str]:
    """A name's first two, three and four syllables: what follows a place may begin with a capital, too."""
    syllables = fold(name).split()
    return (" ".join(syllables[:count]) for count in range(2, len(syllables) + 1))


@lru_cache
def _known_places(level: str) -> frozenset[str]:
    """Bare names, folded, of all places of a level, before and after the reform of 2025."""
    return frozenset(fold(name) for name in _known_names(level))


@lru_cache
def _known_names(level: str) -> frozenset[str]:
    """Bare names of all places of a level, as they are spelt."""
    if level == "xa":
        tables = (table_rows("places/communes_before.tsv.gz"), table_rows("places/communes_since.tsv.gz"))
        return frozenset(_LEVEL_WORD.sub("", nfc(row[1])) for table in tables for row in table)
    if level == "huyen":
        rows = table_rows("places/communes_before.tsv.gz")
        return frozenset(_LEVEL_WORD.sub("", nfc(row[COLUMN_OF_DISTRICT])) for row in rows)
    return frozenset(_LEVEL_WORD.sub("", nfc(row[2])) for row in table_rows("places/provinces.tsv"))


def years_agree(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """Title, date of issue, closing sentence and appendices speak of one year. params: `words` and
    `appendix_words`: how the plan names itself in its closing sentence and in titles of appendices.
    """
    head = sight.record.header
    if head.year is None:
        yield unknown("year_unread")
        return
    issued = bounds(head.issued_on)
    title = sight.anchored("title")
    wrong = [span for span, year in _own_years(sight, rule) if year != head.year]
    too_early = issued and issued[1] < date(head.year - 1, NOVEMBER, 1)
    if issued and (too_early or issued[0].year > head.year):
        wrong.insert(0, sight.anchored("issued_on") or Span(0, 0))
    for span in wrong:
        yield failed(span)
    if not wrong:
        yield passed(title)


def _own_years(sight: Sight, rule: CheckRule) -> Iterator[tuple[Span, int]]:
    """The year in the plan's own name: in its closing sentence, in titles of its appendices; where it is
    one.
    """
    behind = min((row.span.start for row in sight.behind()), default=len(sight.plan.text))
    for row in sight.of(LineRole.CLOSING, LineRole.HEADING):
        words = "words" if row.role is LineRole.CLOSING else "appendix_words"
        if row.role is LineRole.HEADING and row.span.start < behind:
            continue
        years = list(_YEAR.finditer(row.folded))
        if len({match[1] for match in years}) == 1 and row.find(rule.pattern(words)):
            yield row.at(years[-1]), int(years[-1][1])


_ROMAN = re.compile(r"[IVXLC]+")
_SHORT = re.compile(rf"(?<![\w/.&-])[{CAPITAL_LETTERS}]{{3,8}}(?![\w/&-])")


def short_forms(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """Short forms that not everybody knows are explained once. params: `known`."""
    known = {str(one) for one in rule.params["known"]}
    counted: Counter[str] = Counter()
    where: dict[str, Span] = {}
    for row in sight.main():
        text = sight.plan.text[row.span.start : row.span.end]
        matches = [one for one in _SHORT.finditer(text) if one[0] not in known]
        for match in matches if matches and not in_capitals(text) else ():
            if not _ROMAN.fullmatch(match[0]):
                counted[match[0]] += 1
                where.setdefault(match[0], Span(row.span.start + match.start(), row.span.start + match.end()))
    bare = [one for one in counted if not _explained(sight, one)]
    for one in bare[:1]:
        yield failed(where[one], trich=", ".join(bare))
    if not bare:
        yield passed()


def _explained(sight: Sight, short: str) -> bool:
    """Whether a short form stands beside brackets somewhere: (…, viết tắt là ABC) or ABC (…)."""
    text = sight.plan.text
    near = (text[max(at.start() - 2, 0) : at.end() + 2] for at in re.finditer(short, text))
    return any(re.search(rf"{short}\s?[)”\"(]|[(“\"]{short}", words) for words in near)


TESTS = {"own_name": own_name, "copied": copied, "years_agree": years_agree, "short_forms": short_forms}
