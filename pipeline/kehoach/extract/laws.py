"""Laws, codes and ordinances that a text names: by a known name, or by the rules of how such names go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kehoach import patterns
from kehoach.extract.symbols import symbol
from kehoach.rules import Rule, data, phrases
from kehoach.text import fold_each, in_capitals, longest_first, one_line

NAME_SYLLABLES = 18  # the longest name of a law in force has 17
PAIR_SYLLABLES = 2  # a comma after so few syllables belongs to the name ("Phòng, chống …")
_KINDS = {"luat": "luat", "bo luat": "luat", "phap lenh": "phap_lenh"}
_NEXT = re.compile(r"\s*,\s*(?:va\s+)?|\s+va\s+")
_FIRST_WORDS = re.compile(r"(?:nghi|quyet|thong|chi thi|cac|so|nay|ke hoach|huong dan|viet nam|ubnd|hdnd)\b")


@dataclass(frozen=True, slots=True)
class Law:
    """A law in a text; `start` and `end` are offsets there. `key` is equal for names of the same law."""

    start: int
    end: int
    type: str
    title: str | None
    key: str
    number: str | None = None
    symbol: str | None = None
    date: date | None = None
    year: int | None = None
    rule: str = "law.known"


def laws(text: str) -> Iterator[Law]:
    """Laws that `text` names, in reading order; an enumeration gives one each."""
    folded, at = fold_each(text), 0
    head = _rule("head").pattern
    while match := head.search(folded, at):
        at = match.end("kind")
        found = _name(text, folded, match)
        if found is None:
            continue
        end, rule = found
        law = _with_tail(text, folded, match, end, rule)
        yield law
        at = law.end
        for other in _enumerated(text, folded, law.end, match["kind"]):
            yield other
            at = other.end


def law_key(name: str) -> str:
    """One key for the names of a law: marks, case, commas, short forms and common misnomers do not count."""
    table = data("laws/names.yaml")
    expanded = " ".join(table["abbreviations"].get(word.strip(","), word) for word in name.split())
    plain = _plain(expanded)
    return _same_names().get(plain, plain)


def _plain(name: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", fold_each(name)).split())


@lru_cache
def _same_names() -> dict[str, str]:
    same = {_plain(one): _plain(other) for one, other in data("laws/names.yaml")["same"].items()}
    for law in data("laws/laws.yaml")["laws"]:
        name = _bare(law["name"])
        if re.match(r"(?:Luật|Bộ luật|Pháp lệnh)\b", law["name"]):
            same |= {_plain(_bare(alias)): _plain(name) for alias in law.get("aliases", ())}
    return {one: other for one, other in same.items() if one != other}


def _bare(name: str) -> str:
    return re.sub(r"^(?:Bộ luật|Luật|luật|Pháp lệnh)\s+(?:về\s+)?", "", name)


@lru_cache
def _rule(value: str) -> Rule:
    return next(rule for rule in phrases("laws") if rule.value == value)


@lru_cache
def _known(kind: str) -> re.Pattern[str]:
    """All known names of a kind, longest first; words may stand apart by commas."""
    table = data("laws/names.yaml")
    names = longest_first({_plain(name) for name in table[kind.replace(" ", "_")]})
    words = "|".join(r"(?:[^\w;()\n\t]|_){1,5}".join(map(re.escape, name.split())) for name in names)
    return patterns.compiled(rf"(?:{words})(?!\w)")


def _name(text: str, folded: str, head: re.Match[str]) -> tuple[int, str] | None:
    """Where the name ends and by which rule; None where no name stands."""
    start = head.end()
    if amending := _rule("amending").pattern.match(folded, start):
        inner = _known("luat").match(folded, amending.end())
        end = inner.end() if inner else _open_end(folded, amending.end())
        return _amended_too(folded, amending.end(), end), "law.amending"
    known = _known(head["kind"]).match(folded, start)
    if known and (" " in known[0] or text[start].isupper()):
        # One syllable alone may be another word: "luật gia" is no Luật Giá.
        return _before_next(text, folded, head["kind"], start, known.end()), "law.known"
    named = text[start].isupper() and text[head.start("kind")].isupper() and not head["about"]
    if not named or _FIRST_WORDS.match(folded, start) or in_capitals(text[head.start() : start + 12]):
        return None
    return _open_end(folded, start), "law.by_words"


def _amended_too(folded: str, start: int, end: int) -> int:
    """Over the second law that one law is known to amend with the first."""
    second = re.compile(r"\s+va\s+(?:bo )?luat\s+").match(folded, end)
    known = _known("luat").match(folded, second.end()) if second else None
    pairs = {tuple(map(_plain, pair)) for pair in data("laws/names.yaml")["amended_together"]}
    return known.end() if known and (_plain(folded[start:end]), _plain(known[0])) in pairs else end


def _before_next(text: str, folded: str, kind: str, start: int, end: int) -> int:
    """ "Luật Khiếu nại, Tố cáo" with two capitals names two laws, though "Khiếu nại, tố cáo" was one."""
    comma = re.search(r",\s*(?=\S)", text[start:end])
    if (
        comma
        and text[start + comma.end()].isupper()
        and _known(kind).fullmatch(folded, start, start + comma.start())
    ):
        return start + comma.start()
    return end


def _open_end(folded: str, start: int) -> int:
    """The end of a name that nobody listed: before the first word that cannot belong to it."""
    stop = _rule("stop").pattern.search(folded, start)
    end = stop.start() if stop else len(folded)
    for comma in re.finditer(",", folded[start:end]):
        if len(folded[start : start + comma.start()].split()) > PAIR_SYLLABLES:
            end = start + comma.start()
            break
    words = list(re.finditer(r"\S+", folded[start:end]))[:NAME_SYLLABLES]
    return start + words[-1].end() if words else start


def _with_tail(text: str, folded: str, head: re.Match[str], end: int, rule: str) -> Law:
    """The law with number, date and year that stand behind its name."""
    start, name_end, facts = head.start("kind"), end, dict[str, str]()
    for tail in (one for one in phrases("laws") if one.value == "tail"):
        if match := tail.pattern.match(folded, end):
            groups = {name: span for name, span in match.groupdict().items() if span}
            if "symbol" in groups:
                groups["symbol"] = text[slice(*match.span("symbol"))]
            facts = groups | facts
            end = match.end()
    name = one_line(text[start:name_end])
    day = _day(facts)
    year = facts.get("year") or facts.get("dated")
    return Law(
        start,
        end,
        _KINDS[head["kind"]],
        name[:1].upper() + name[1:],
        law_key(text[head.end() : name_end]),
        facts.get("number"),
        symbol(facts["symbol"]) if "symbol" in facts else None,
        day,
        int(year) if year else None,
        rule,
    )


def _day(facts: dict[str, str]) -> date | None:
    try:
        return date(int(facts["dated"]), int(facts["month"]), int(facts["day"]))
    except (KeyError, ValueError):
        return None


def _enumerated(text: str, folded: str, at: int, kind: str) -> Iterator[Law]:
    """ "Luật Khiếu nại, Tố cáo và Tiếp công dân": known names with a capital, the word Luật said once."""
    while gap := _NEXT.match(folded, at):
        known = _known(kind).match(folded, gap.end())
        if known is None or not text[gap.end()].isupper():
            return
        name = one_line(text[gap.end() : known.end()])
        word = {"luat": "Luật", "bo luat": "Bộ luật", "phap lenh": "Pháp lệnh"}[kind]
        yield Law(
            gap.end(), known.end(), _KINDS[kind], f"{word} {name}", law_key(name), rule="law.enumerated"
        )
        at = known.end()
