"""Documents that a plan names (viện dẫn): by number and symbol, laws by name; one citation for each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from kehoach.document.facts import Citation, Header
from kehoach.document.plan import Parts, Plan, Range, Span
from kehoach.extract.laws import Law, laws
from kehoach.extract.strips import Strip, strips
from kehoach.extract.symbols import is_known, symbol
from kehoach.rules import Rule, first, phrases
from kehoach.text import fold_each, one_line

LOOK_BACK = 40  # characters before a number in which its type word ends; the longest has 25
LIST_REACH = 160  # characters between the numbers of a list that shares its type word
TITLE_LENGTH = 500  # characters; a longer run is no title but the sentence around it
_ATTACHED = re.compile(r"^\W*(?:ban hanh )?kem theo\b")
_NEW_SUBJECT = re.compile(r"(?:uy ban|u[yb]nd|ubnd|hdnd|so|phong|can cu|theo|de)\b")
_PARTS = re.compile(r"[-–—/]")


@dataclass(frozen=True, slots=True)
class _Mention:
    """A document where it is named. `key` is equal for mentions that may be of one document."""

    type: str
    key: str
    number: str | None
    symbol: str | None
    date: date | None
    year: int | None
    issuer: str | None
    title: str | None
    span: Span
    rule: str


def citations(plan: Plan, parts: Parts, header: Header) -> tuple[Citation, ...]:
    """Each document that the plan names, at its first mention; what only later mentions tell is added.

    The plan's own number is none. The title is read last: its mention is not the first.
    """
    merged: list[_Mention] = []
    for strip in _reading(plan, parts):
        for mention in _mentions(strip):
            if not _is_own(mention, strip, header):
                _merge(merged, mention)
    return tuple(_citation(plan, mention) for mention in merged)


def _reading(plan: Plan, parts: Parts) -> Iterator[Strip]:
    """Lines outside head and foot, the title's last."""
    head = range(parts.head.start, parts.head.end)
    foot = range(parts.foot.start, parts.foot.end)
    title = range(parts.title.start, parts.title.end)
    for index in range(len(plan.blocks)):
        if index not in head and index not in foot and index not in title and index != parts.type_line:
            yield from strips(plan, Range(index, index + 1))
    yield from strips(plan, parts.title)


def _mentions(strip: Strip) -> Iterator[_Mention]:
    found = [_of_law(strip, law) for law in laws(strip.text)]
    taken = [mention.span for mention in found if mention.number]
    found += [
        mention
        for mention in _numbered(strip)
        if not any(span.start < mention.span.end and mention.span.start < span.end for span in taken)
    ]
    return iter(sorted(found, key=lambda mention: mention.span.start))


def _of_law(strip: Strip, law: Law) -> _Mention:
    span = strip.span(law.start, law.end)
    return _Mention(
        law.type, law.key, law.number, law.symbol, law.date, law.year, None, law.title, span, law.rule
    )


def _numbered(strip: Strip) -> Iterator[_Mention]:
    """Numbers with a symbol, left to right; in a list the type word of the first holds for all."""
    folded, before = strip.folded, None
    for match, rule in _matches(folded):
        printed = strip.text[slice(*match.span("symbol"))]
        kind = _type_word(strip.text, folded, match.start())
        if not _is_symbol(printed, rule, kind is not None and _is_document(kind, printed, before)):
            continue
        mention = _mention(strip, folded, match, rule, kind, before)
        before = mention
        yield mention


def _is_document(kind: tuple[str, int], printed: str, before: _Mention | None) -> bool:
    """Behind a bare "số" a sign of one part must be a known one: "thửa đất số 120/TĐ" is no document."""
    return kind[0] != "by_symbol" or before is not None or is_known(printed)


def _matches(folded: str) -> list[tuple[re.Match[str], Rule]]:
    found = [(match, rule) for rule in _rules("number") for match in rule.pattern.finditer(folded)]
    return sorted(found, key=lambda one: one[0].start())


def _is_symbol(printed: str, rule: Rule, has_type: bool) -> bool:
    """Symbols begin with a capital; one without a hyphen needs the words "… số" before it."""
    if rule.id == "cite.standard":
        return True
    known = symbol(printed) or ""
    spaced = re.search(r"\s", printed) is not None
    parts = [part.strip() for part in _PARTS.split(printed)]
    if not all(part[:1].isupper() for part in parts):
        return False
    if spaced and not all(sum(char.isupper() for char in part) > 1 for part in parts):
        return False
    joined = "-" in known or "/" in known or re.fullmatch(r"QH\d\d", known) is not None
    return joined or (has_type and known.isupper() and len(known) > 1)


def _type_word(text: str, folded: str, at: int) -> tuple[str, int] | None:
    """Code and start of the type word directly before a number."""
    start = max(0, at - LOOK_BACK)
    found = first(phrases("cited_types"), folded[start:at])
    if found is None:
        return None
    rule, match = found
    opens = start + match.start()
    if rule.id == "cited.abbreviated" and not (text[opens].isupper() or folded.startswith("van", opens)):
        return None
    return rule.value, opens


def _mention(
    strip: Strip,
    folded: str,
    match: re.Match[str],
    rule: Rule,
    kind: tuple[str, int] | None,
    before: _Mention | None,
) -> _Mention:
    printed = strip.text[slice(*match.span("symbol"))]
    sign = one_line(printed) if rule.id == "cite.standard" else symbol(printed) or ""
    start = kind[1] if kind else match.start()
    facts, end = _date(folded, match.end())
    own_year = match.groupdict().get("year")
    year = own_year or facts.get("dated")
    code = kind[0] if kind and kind[0] != "by_symbol" else _by_symbol(sign, strip, start, before)
    issuer, title = _rest(strip, folded, match.end(), end)
    number = match["number"]
    return _Mention(
        code,
        f"{number.lstrip('0')}|{fold_each(sign)}",
        number,
        sign or None,
        _day(facts),
        int(year) if year else None,
        issuer,
        title,
        strip.span(start, end),
        rule.id,
    )


def _by_symbol(sign: str, strip: Strip, start: int, before: _Mention | None) -> str:
    """Without a type word: that of the list's number before if the signs agree, else by the sign."""
    if sign.startswith(("TCVN", "QCVN", "TCCS")):
        return "khac"
    lead = re.split(r"[-/]", sign)[0]
    if lead == "TT" and "/" in sign:
        return "khac"  # the Party's thông tri; the State's thông tư is written TT-…
    near = before is not None and strip.start + start - before.span.end <= LIST_REACH
    if before is not None and near and re.split(r"[-/]", before.symbol or "")[0] == lead:
        return before.type
    return _signs().get(lead, "luat" if lead.startswith("QH") else "cong_van")


@lru_cache
def _signs() -> dict[str, str]:
    signs = {sign: rule.value for rule in phrases("types") for sign in rule.params["abbreviation"]}
    more = {"NĐ": "nghi_dinh", "TT": "thong_tu", "TTLT": "thong_tu", "PL": "phap_lenh", "KL": "ket_luan"}
    return signs | more | {"VBHN": "khac", "CV": "cong_van", "L": "luat"}


def _date(folded: str, at: int) -> tuple[dict[str, str], int]:
    for rule in _rules("date"):
        if match := rule.pattern.match(folded, at):
            return {name: value for name, value in match.groupdict().items() if value}, match.end()
    return {}, at


def _day(facts: dict[str, str]) -> date | None:
    try:
        return date(int(facts["dated"]), int(facts["month"]), int(facts["day"]))
    except (KeyError, ValueError):
        return None


def _rest(strip: Strip, folded: str, number_end: int, end: int) -> tuple[str | None, str | None]:
    """Issuer and title behind number and date; the issuer may stand between them."""
    issuer = None
    for at in (number_end, end):
        match = _rules("issuer")[0].pattern.match(folded, at)
        if match and issuer is None:
            issuer = _issuer(strip.text, match.start("issuer"), match.end("issuer"))
            end = max(end, match.start("issuer") + len(issuer))
    title = _rules("title")[0].pattern.match(folded, end)
    words = one_line(strip.text[slice(*title.span("title"))]).strip(" ,.") if title else ""
    return issuer, words if 0 < len(words) <= TITLE_LENGTH else None


def _issuer(text: str, start: int, end: int) -> str:
    """Commas belong to a name only before a capital ("Bộ Văn hóa, Thể thao và Du lịch")."""
    for comma in re.finditer(r",\s*", text[start:end]):
        after = text[start + comma.end() : end]
        if (
            not after[:1].isupper()
            or _NEW_SUBJECT.match(fold_each(after))
            or first(phrases("types"), fold_each(after))
        ):
            end = start + comma.start()
            break
    return text[start:end].rstrip(" ,")


def _rules(value: str) -> Sequence[Rule]:
    return [rule for rule in phrases("citations") if rule.value == value]


def _is_own(mention: _Mention, strip: Strip, header: Header) -> bool:
    """The plan's own number, or an appendix's line that names the plan whose number could not be read."""
    if mention.number is None or mention.symbol is None or header.symbol is None:
        return False
    if fold_each(mention.symbol) != fold_each(header.symbol):
        return False
    if header.number is None:
        return mention.type == header.type and bool(_ATTACHED.match(strip.folded))
    if mention.number.lstrip("0") != header.number.lstrip("0"):
        return False
    if _ATTACHED.match(strip.folded):
        return True
    said = mention.date.isoformat() if mention.date else str(mention.year or "")
    return not said or not header.issued_on or header.issued_on.startswith(said)


def _merge(merged: list[_Mention], mention: _Mention) -> None:
    """Adds a document, or what a later mention tells of one that is there."""
    for index, known in enumerate(merged):
        if _same(known, mention):
            merged[index] = replace(
                known,
                number=known.number or mention.number,
                symbol=known.symbol or mention.symbol,
                date=known.date or mention.date,
                year=known.year or mention.year,
                issuer=known.issuer or mention.issuer,
                title=known.title or mention.title,
            )
            return
    merged.append(mention)


def _same(one: _Mention, other: _Mention) -> bool:
    if one.key != other.key and not (
        one.number and one.number == other.number and one.symbol == other.symbol
    ):
        return False
    if one.date and other.date:
        return one.date == other.date
    return one.year is None or other.year is None or one.year == other.year


def _citation(plan: Plan, mention: _Mention) -> Citation:
    return Citation(
        plan.quote(mention.span),
        mention.type,
        mention.number,
        mention.symbol,
        mention.date,
        mention.issuer,
        mention.title,
        mention.year,
        plan.anchor(mention.span),
        mention.rule,
    )
