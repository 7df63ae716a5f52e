"""Who issues a plan: the letterhead's last authority, or where the head is lost what title and body say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kehoach.document.facts import Issuer
from kehoach.document.plan import Plan, Span
from kehoach.extract.places import Place, commonest, level, places, provinces, titled
from kehoach.extract.strips import Strip
from kehoach.rules import data, first, phrases
from kehoach.text import fold_each, in_capitals, one_line

_SELF = re.compile(
    r"(?:^|[\n.,;:]\s*)(?:ubnd|uy ban nhan dan)\s+"
    r"(?P<word>xa|phuong|thi tran|dac khu|huyen|quan|thi xa|thanh pho|tinh)\b"
    r"(?P<name>[\w '’-]{0,30}?)\s+(?:ban hanh|xay dung|lap|trien khai|yeu cau|de nghi|thong bao|to chuc)\b"
)
_AUTHORITIES = ("ỦY BAN NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN", "UBND", "HĐND", "ĐẢNG ỦY", "ĐẢNG BỘ")
_LEVELS = ("THÀNH PHỐ", "THỊ TRẤN", "ĐẶC KHU", "THỊ XÃ", "PHƯỜNG", "HUYỆN", "QUẬN", "TỈNH", "XÃ")
LETTERHEAD = 0.9  # weight of a letterhead's own spelling beside mentions, which weigh their confidence
_SUPERIOR = re.compile(r"(?:tinh|thanh pho|tp|huyen|quan|thi xa)\b\.? ?[a-z]")
_STARS = re.compile(r"^[\W_]+|[\W_]+$")


@dataclass(frozen=True, slots=True)
class Clues:
    """What else tells the issuer: the place line, the title's place in the text, the date of issue."""

    place_line: str | None
    place_span: Span | None
    title: Span | None
    issued_on: str | None

    @property
    def place(self) -> str | None:
        """The place line's name without its level ("Thành phố Hồ Chí Minh")."""
        named = next(places(self.place_line or ""), None)
        return named.name if named else self.place_line

    @property
    def year(self) -> int | None:
        return int(self.issued_on[:4]) if self.issued_on else None

    @property
    def has_districts(self) -> bool:
        """Whether districts may have existed on the day of issue."""
        last = str(data("rules/places.yaml")["districts_until"])
        return self.issued_on is None or self.issued_on <= last


@dataclass(frozen=True, slots=True)
class _Body:
    """An authority of the letterhead. `level` is of models/rules/issuers.yaml."""

    text: str
    level: str
    short: str | None
    name: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class _Context:
    """What the functions below look at."""

    plan: Plan
    mentioned: tuple[Place, ...]
    clues: Clues

    def spelt(self, name: str) -> str:
        if self.is_recognised and fold_each(name) in provinces():
            return provinces()[fold_each(name)]
        also = (self.clues.place_span,) if self.clues.place_span else ()
        return spelling(self.plan, self._without_noise(name), self.mentioned, also)

    @property
    def is_recognised(self) -> bool:
        """Whether OCR read the head."""
        return self.plan.anchor(Span(0, min(1, len(self.plan.text)))).confidence is not None

    def _without_noise(self, name: str) -> str:
        """Letters that OCR set behind a name go, if the name stands elsewhere without them."""
        names = [fold_each(one.name) for one in self.mentioned]
        names += [fold_each(self.clues.place)] if self.clues.place else []
        words = name.split()
        shorter = (" ".join(words[:count]) for count in range(len(words) - 1, 1, -1))
        alone = names.count(fold_each(name)) <= 1
        return next((one for one in shorter if alone and fold_each(one) in names), name)


def issuer(plan: Plan, letterhead: Sequence[Strip], clues: Clues) -> tuple[Issuer, Span | None]:
    """The issuer and where it is printed; fields that the document does not tell are None."""
    context = _Context(plan, tuple(places(plan.text, 0, clues.year)), clues)
    bodies = _bodies(letterhead)
    if not bodies:
        return _without_letterhead(context)
    last, above = bodies[-1], bodies[:-1]
    if last.short is None:
        found = _office(context, last, above)
    else:
        found = _council(context, last) or _without_letterhead(context)[0]
    return _with_places(context, found, above), last.span


def _bodies(letterhead: Sequence[Strip]) -> list[_Body]:
    """Lines joined to authorities: a line that begins no authority goes on with the one before. The first
    may be a superior's place alone ("THÀNH PHỐ ĐÀ NẴNG")."""
    bodies: list[_Body] = []
    superior: list[_Body] = []
    for strip in letterhead:
        text = mended(_STARS.sub("", one_line(strip.text)))
        found = first(phrases("issuers"), fold_each(text))
        span = strip.span(0, len(strip.text))
        if found is not None:
            rule = found[0]
            bodies += [
                *superior,
                _Body(text, rule.value, rule.params.get("short"), rule.params.get("name"), span),
            ]
            superior = []
        elif bodies and text:
            before = bodies[-1]
            bodies[-1] = replace(before, text=f"{before.text} {text}", span=Span(before.span.start, span.end))
        elif in_capitals(text) and _SUPERIOR.match(fold_each(text)):
            superior = [_Body(text, "place", None, None, span)]
    return bodies


@lru_cache
def head_words() -> tuple[str, ...]:
    """Words of letterhead and number line that OCR may break: authorities, levels, parts of symbols."""
    table = data("rules/symbols.yaml")
    words = [*data("rules/issuers_words.yaml")["words"], *table["kinds"], *table["bodies"]]
    return tuple(dict.fromkeys(one for one in words if len(one) > 1))


def mended(line: str) -> str:
    """A letterhead's line with its authority, level and name set apart where OCR joined them."""
    if not in_capitals(line):
        return line
    said, rest = _opening(_AUTHORITIES, line)
    word, name = _opening(_LEVELS, rest)
    return one_line(f"{said} {word} {name}")


def _opening(known: Sequence[str], line: str) -> tuple[str, str]:
    """The known words that `line` begins with, whatever their spaces, and the rest; none and all if none."""
    for phrase in known:
        loose = r"\s?".join(map(re.escape, fold_each(phrase.replace(" ", ""))))
        if match := re.match(loose, fold_each(line)):
            letters = iter("".join(line[: match.end()].split()))
            return "".join(" " if char == " " else next(letters) for char in phrase), line[match.end() :]
    return "", line


def _council(context: _Context, body: _Body) -> Issuer | None:
    """A UBND or HĐND with its place; None where the letterhead does not name the place."""
    here = _place(context, body)
    return None if here is None else _named(body.short or "", here.word, here.name, here.level)


def _place(context: _Context, body: _Body) -> Place | None:
    found = next(places(body.text, body.span.start, context.clues.year), None)
    if found is None:
        return None
    name = context.spelt(found.name)
    return found._replace(name=name, level=level(found.word, name, context.clues.year))


def spelling(plan: Plan, name: str, mentioned: Sequence[Place], also: Sequence[Span] = ()) -> str:
    """The spelling of `name` for which most of the document's lines speak, by the recogniser's confidence.

    Only marks and capitals may differ. also: further mentions.
    """
    votes = [(one.name, one.span) for one in mentioned] + [(plan.quote(span), span) for span in also]
    same = [(titled(one), span) for one, span in votes if fold_each(one) == fold_each(name)]
    sure = [(one, plan.anchor(span).confidence) for one, span in same] + [(titled(name), LETTERHEAD)]
    return commonest((one, 1.0 if weight is None else weight) for one, weight in sure) or titled(name)


def _named(short: str, word: str, name: str, code: str) -> Issuer:
    word = "thành phố" if word.startswith("tp") else word
    return replace(_of_level(Issuer(f"{short} {word} {name}", code), code, name))


def _of_level(found: Issuer, code: str, name: str) -> Issuer:
    field = {"xa": "commune", "huyen": "district", "tinh": "province"}[code]
    return replace(found, **{field: name})


def _office(context: _Context, body: _Body, above: Sequence[_Body]) -> Issuer:
    """A department, ministry or other body: its name in ordinary letters, with its UBND's place."""
    name = body.name or _in_letters(context.plan, body.text)
    here = _place(context, body)
    parent = _place(context, above[-1]) if above else None
    code = body.level
    if code == "parent":
        nearest = here or parent
        code = nearest.level if nearest else (above[-1].level if above else "khac")
        code = code if code in ("xa", "huyen", "tinh", "bo") else "khac"
    if parent and here is None and body.level in ("tinh", "parent"):
        name = f"{name} {parent.word} {parent.name}"
    if here and fold_each(name).endswith(fold_each(here.name)):
        name = name[: len(name) - len(here.name)] + here.name
    found = Issuer(name, code)
    own = here or parent
    return _of_level(found, own.level, own.name) if own else found


def _in_letters(plan: Plan, capitals: str) -> str:
    """A name in capitals as the body of the plan writes it; else with only its first letter large."""
    if not in_capitals(capitals):
        return capitals
    folded, wanted = fold_each(plan.text), fold_each(capitals)
    pattern = re.compile(r"\s+".join(map(re.escape, wanted.split())) + r"(?!\w)")
    for match in pattern.finditer(folded):
        if not in_capitals(plan.text[slice(*match.span())]):
            written = one_line(plan.text[slice(*match.span())])
            return written[:1].upper() + written[1:]
    known = {fold_each(one): str(one) for one in data("rules/offices.yaml")["names"]}
    return known.get(" ".join(wanted.split()), capitals[:1] + capitals[1:].lower())


def _without_letterhead(context: _Context) -> tuple[Issuer, Span | None]:
    """By the sentence that says who issues, by the title, by what the place line's name is called."""
    clues, mentioned = context.clues, context.mentioned
    title, here = clues.title or Span(0, 0), clues.place and fold_each(clues.place)
    in_title = [one for one in mentioned if title.start <= one.span.start < title.end]
    same = [one for one in mentioned if fold_each(one.name) == here]
    for one in (*_self_named(context), *reversed(in_title), *same):
        if here is None or one.level == "tinh" or fold_each(one.name) == here:
            found = _named("UBND", one.word, context.spelt(one.name), one.level)
            return _with_places(context, found, ()), one.span
    return Issuer(), None


def _self_named(context: _Context) -> list[Place]:
    """`UBND xã Đắk Plô ban hành …`; `UBND xã ban hành …` with the place line's name."""
    text, clues = context.plan.text, context.clues
    found = []
    for match in _SELF.finditer(fold_each(text)):
        at, end = match.span("word")
        named = next((one for one in context.mentioned if one.span.start == at), None)
        if named is None and clues.place and not match["name"].strip():
            word = text[at:end].lower()
            named = Place(level(word, clues.place, clues.year), word, clues.place, Span(at, end))
        if named is not None:
            found.append(named)
    return found


def _with_places(context: _Context, found: Issuer, above: Sequence[_Body]) -> Issuer:
    """District and province that the document names as standing above the issuer."""
    parents = [place for body in above if (place := _place(context, body))]
    if found.level in ("xa",) and found.district is None and context.clues.has_districts:
        found = replace(found, district=_above(context, "huyen", parents))
    if found.level in ("xa", "huyen") and found.province is None:
        found = replace(found, province=_above(context, "tinh", parents))
    return found


def _above(context: _Context, code: str, parents: Sequence[Place]) -> str | None:
    """The unit of that level in the letterhead, else the one whose UBND is named, else the one named most."""
    named = [one for one in context.mentioned if one.level == code and not in_capitals(one.name)]
    for group in ([one for one in parents if one.level == code], [one for one in named if one.ruled], named):
        if name := commonest((one.name, 1.0) for one in group):
            return context.spelt(name)
    return None
