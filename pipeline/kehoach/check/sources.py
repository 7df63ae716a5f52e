"""What the plan cites: complete, of the superior, of the right type, dated before it, in force, rightly
named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from kehoach.check.form import agrees
from kehoach.check.rule import CheckRule, compiled_words
from kehoach.check.sight import Sight, bounds
from kehoach.check.verdicts import Judged, absent, failed, passed, unknown
from kehoach.document.facts import Citation, LineRole
from kehoach.document.finding import Severity
from kehoach.document.plan import Span
from kehoach.rules import data
from kehoach.text import fold, one_line

LAWS = ("luat", "phap_lenh")
ISSUED_LATE_MONTH = 4  # from April a plan for the year is late (practice: issued by 31 March)
DAYS_AFTER_SUPERIOR = 30


@dataclass(frozen=True, slots=True)
class LawVersion:
    """A law as it was between two days; `passed` is the year in its number."""

    id: str
    key: str
    name: str
    number: str
    symbol: str
    passed: int | None
    valid_from: date
    valid_to: date
    verified: bool
    replaced_by: str | None


@lru_cache
def versions() -> tuple[LawVersion, ...]:
    """All names of all laws of models/laws, each with its time."""
    laws = data("laws/laws.yaml")["laws"]
    return tuple(_version(law, name) for law in laws for name in (law["name"], *law.get("aliases", ())))


def _version(law: Mapping[str, Any], name: str) -> LawVersion:
    number, *_between, symbol = str(law["number"]).split("/")
    year = re.search(r"/((?:19|20)\d\d)/", str(law["number"]))
    return LawVersion(
        id=law["id"],
        key=_key(name),
        name=law["name"],
        number=number.lstrip("0"),
        symbol=symbol.upper(),
        passed=int(year[1]) if year else None,
        valid_from=date.fromisoformat(str(law["valid_from"])),
        valid_to=date.fromisoformat(str(law.get("valid_to") or date.max)),
        verified=bool(law["verified"]),
        replaced_by=law.get("replaced_by"),
    )


def _key(name: str) -> str:
    return one_line(re.sub(r"[^\w]+", " ", re.sub(r"\bve\b", " ", fold(name))))


def known(citation: Citation) -> tuple[LawVersion, ...]:
    """The laws that a citation may mean: by number and symbol, else the longest name that it begins with."""
    if citation.number:
        wanted = (citation.number.lstrip("0"), (citation.symbol or "").upper())
        return tuple(
            one
            for one in versions()
            if (one.number, one.symbol) == wanted and one.passed in (None, citation.year)
        )
    name = _key(_NAMED_YEAR.sub("", citation.title or citation.text))
    names = [one.key for one in versions() if name == one.key or name.startswith(f"{one.key} ")]
    best = max(names, key=len, default=None)
    return tuple(one for one in versions() if one.key == best)


_NAMED_YEAR = re.compile(r"\s+năm\s+\d{4}.*$", re.IGNORECASE)


def in_force(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """What is cited was in force on the day of issue (a blank day: on every day that it may have been)."""
    if sight.issued is None:
        yield unknown("date_blank")
        return
    good = None
    for citation in sight.record.citations:
        found = of_year(known(citation), citation)
        span = citation.anchor.span
        if not found:
            continue
        if any(one.valid_from <= sight.issued[1] and sight.issued[0] <= one.valid_to for one in found):
            good = good or span
        elif _is_other_name(found):
            continue  # the rule on names speaks of it
        elif all(one.verified for one in found):
            yield failed(span)
        else:
            yield unknown("law_unverified", span)
    if good:
        yield passed(good)


def of_year(found: tuple[LawVersion, ...], citation: Citation) -> tuple[LawVersion, ...]:
    """Of several versions of a law, the one of the cited year; all where no year is cited, or another."""
    year = None if citation.number else citation.year
    return tuple(one for one in found if year is None or one.passed == year) or found


def _is_other_name(found: tuple[LawVersion, ...]) -> bool:
    """Whether the law lives on under another name: then the name is wrong, not the law."""
    laws = {law["id"]: law["name"] for law in data("laws/laws.yaml")["laws"]}
    later = [laws.get(one.replaced_by or "") for one in found]
    return all(
        name and fold(name) != fold(one.name) and fold(name).split()[:4] == fold(one.name).split()[:4]
        for one, name in zip(found, later, strict=True)
    )


def rightly_named(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """Name and year of a law are its own: no year of taking effect, no name that another law has replaced."""
    good, wrong = None, 0
    for citation in sight.record.citations:
        if citation.type not in LAWS or not (found := known(citation)):
            continue
        span = citation.anchor.span
        years = {one.passed for one in found}
        slips = {one.valid_from.year for one in found} - years
        old = sight.issued and all(one.valid_to < sight.issued[0] for one in found)
        if (citation.year and not citation.number and citation.year in slips) or (
            old and not citation.number and _is_other_name(found)
        ):
            wrong += 1
            yield failed(span)
        else:
            good = good or span
    if good and not wrong:
        yield passed(good)


def complete(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """A document that is cited for the first time has number, symbol and date; one of the superior has a
    number. params: `words`, a superior's programme or plan by its title.
    """
    wrong = 0
    for one in sight.record.citations:
        missing = rule.params["parts"]["symbol"] if one.number and not one.symbol else ""
        if one.number and one.type not in (*LAWS, "khac") and one.date is None:
            missing = rule.params["parts"]["date"]
        if missing and not sight.is_scan:
            wrong += 1
            yield failed(one.anchor.span, thieu=missing)
    for span in _unnumbered(sight, rule):
        wrong += 1
        yield failed(span, thieu=rule.params["parts"]["number"])
    if sight.record.citations and not wrong:
        yield passed(sight.record.citations[0].anchor.span)


def _unnumbered(sight: Sight, rule: CheckRule) -> Iterator[Span]:
    """A superior's document by title alone, the first mention of each, outside numbered citations."""
    own = fold(sight.record.header.title or "")
    seen: set[str] = set()
    roles = (LineRole.PURPOSE, LineRole.REQUIREMENT, LineRole.OBJECTIVE, LineRole.BASIS, LineRole.LEAD_IN)
    for row in sight.of(*roles):
        for match in rule.pattern().finditer(row.folded):
            span = row.at(match)
            near = row.folded[max(match.start() - 120, 0) : match.start()]
            words = one_line(match[0])
            numbered = re.search(r"\bso\s*\d[^;.]*$|\d/[a-z]{2}[^;.]*$", near)
            if words in seen or numbered or words in own:
                continue
            seen.add(words)
            yield span


def superior(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """A document of the level above is cited by number. params: `superior`: by level, words of its issuer;
    `symbol_words`: symbols that only higher bodies use.
    """
    level = sight.record.header.issuer.level or ""
    words = rule.params["superior"].get(level)
    if words is None:
        return
    numbered = [one for one in sight.record.citations if one.number and one.type not in LAWS]
    open_ones = []
    for one in numbered:
        issuer, symbol = fold(one.issuer or ""), fold(one.symbol or "")
        if compiled_words(words).search(issuer) or rule.pattern("symbol_words").search(symbol):
            row = sight.row_of(one.anchor.span)
            yield passed(sight.clause(one.anchor.span) if row else one.anchor.span)
            return
        open_ones += [] if issuer else [one]
    yield unknown("issuer_unread", open_ones[0].anchor.span) if open_ones else absent()


def types_agree(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """The type that a cited document is called by fits its symbol."""
    good, wrong = None, 0
    for one in sight.record.citations:
        if not one.symbol or one.type in LAWS:
            continue
        if agrees(one.type, one.symbol) is False:
            wrong += 1
            yield failed(one.anchor.span)
        else:
            good = good or one.anchor.span
    if good and not wrong:
        yield passed(good)


def not_later(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """Nothing is cited that was issued after the plan."""
    dated = [one for one in sight.record.citations if one.date]
    if not dated:
        return
    if sight.issued is None or not sight.record.header.issued_on:
        yield unknown("date_blank")
        return
    later = [one for one in dated if one.date and one.date > sight.issued[1]]
    for one in later:
        yield failed(one.anchor.span)
    if not later:
        yield passed(dated[-1].anchor.span)


def in_time(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """A plan for a year is issued in its first quarter. With a blank date, not before what it cites."""
    head = sight.record.header
    if head.year is None:
        yield unknown("year_unread")
        return
    limit = date(head.year, ISSUED_LATE_MONTH, 1)
    printed = bounds(head.issued_on)
    cited = [one for one in sight.record.citations if one.date and one.type not in LAWS]
    newest = max(cited, key=lambda one: one.date or date.min, default=None)
    line = sight.anchored("issued_on")
    if printed and printed[0] >= limit:
        yield failed(line, nam=head.year)
    elif newest and newest.date and newest.date >= limit and (not printed or printed[0] != printed[1]):
        yield failed(newest.anchor.span, nam=head.year, severity=Severity.INFO)
    elif printed and printed[1] < limit:
        yield passed(line)
    else:
        yield unknown("date_blank")


TESTS = {
    "in_force": in_force,
    "rightly_named": rightly_named,
    "complete": complete,
    "superior": superior,
    "types_agree": types_agree,
    "not_later": not_later,
    "in_time": in_time,
}
