"""Who signed: authority (TM., KT., TL.), position and name, from a foot whose columns may be interleaved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kehoach.document.facts import Signer
from kehoach.document.plan import Span
from kehoach.extract.places import titled
from kehoach.extract.strips import Strip
from kehoach.rules import Rule, data, phrases
from kehoach.text import (
    closed_up,
    fold_each,
    in_capitals,
    one_line,
    rejoined,
    same_tone_place,
    without_specks,
)

NAME_WORDS = (2, 6)  # syllables of a person's name
_RANK = re.compile(
    r"^(?:(?:gs|pgs|ts|ths|bs|bsck|ks|cn|luat su|(?:dai|thuong|trung|thieu) (?:ta|tuong|uy))\b[.,\s]*)+"
)
_WORD = re.compile(r"[^\W\d_][^\W\d_'’.-]*(?:['’-][^\W\d_]+)*")
_ITEM = re.compile(r"^\s*[-–—+•*~]")


@dataclass(frozen=True, slots=True)
class Part:
    """A run of a foot's line. `kind`: authority, position, name, or text (recipients and the rest)."""

    kind: str
    text: str
    span: Span


def foot_parts(foot: Sequence[Strip]) -> tuple[Part, ...]:
    """The foot's lines cut where signature lines begin, the signer's name told from recipients."""
    cut = [part for strip in foot for part in _cut(Strip(closed_up(strip.text, _post_words()), strip.start))]
    name = _name_index(cut)
    return tuple(_as_name(part) if index == name else part for index, part in enumerate(cut))


def signer(parts: Sequence[Part]) -> tuple[Signer, tuple[tuple[str, Span], ...]]:
    """The signer and the places of its fields. The lines of authority are joined in reading order."""
    found = {
        kind: [part for part in parts if part.kind == kind] for kind in ("authority", "position", "name")
    }
    authority = " ".join(part.text for part in found["authority"]) or None
    position = found["position"][0].text if found["position"] else None
    name = titled(found["name"][0].text) if found["name"] else None
    places = tuple((f"signer.{kind}", _around(group)) for kind, group in found.items() if group)
    return Signer(name, position, authority), places


def _around(parts: Sequence[Part]) -> Span:
    if parts[0].kind == "authority":
        return Span(parts[0].span.start, parts[-1].span.end)
    return parts[0].span


def _cut(strip: Strip) -> Iterator[Part]:
    starts = list(_starts(strip))
    edges = [*(start for start, _ in starts), len(strip.text)]
    yield from _text(strip, 0, edges[0])
    for (start, rule), stop in zip(starts, edges[1:], strict=True):
        end = _capitals_end(strip.text, start, stop)
        words = _restored(one_line(strip.text[start:end]).strip(" ,;:"))
        yield Part(rule.value, words, strip.span(start, end))
        yield from _text(strip, end, stop)


def _restored(printed: str) -> str:
    """Certain words of a signature block with the marks that OCR lost: `CHU TỊCH` is `CHỦ TỊCH`."""
    for post in data("rules/offices.yaml")["posts"]:
        words = re.compile(rf"(?<!\w){re.escape(fold_each(post))}(?!\w)")
        for match in words.finditer(fold_each(printed)):
            if same_tone_place(printed[slice(*match.span())]) == same_tone_place(post):
                continue  # "UỶ BAN" is a spelling of its own
            printed = printed[: match.start()] + post + printed[match.end() :]
    return printed


def _text(strip: Strip, start: int, end: int) -> Iterator[Part]:
    if strip.text[start:end].strip():
        yield Part("text", one_line(strip.text[start:end]), strip.span(start, end))


def _starts(strip: Strip) -> Iterator[tuple[int, Rule]]:
    """Where authority and position lines begin; a position inside "KT. CHỦ TỊCH" begins nothing."""
    at, folded = 0, strip.folded
    while True:
        found = [
            (match.start(), order, match.end(), rule)
            for order, rule in enumerate(phrases("signing"))
            if (match := _capital_match(rule, strip.text, folded, at))
        ]
        if not found:
            return
        start, _, end, rule = min(found, key=lambda one: one[:2])
        yield start, rule
        at = end


def _capital_match(rule: Rule, text: str, folded: str, at: int) -> re.Match[str] | None:
    for match in rule.pattern.finditer(folded, at):
        word = re.match(r"\S+", text[match.end() :])
        named = rule.id != "sign.for_body" or (word is not None and in_capitals(word[0]))
        if named and in_capitals(text[slice(*match.span())]):
            return match
    return None


def _capitals_end(text: str, start: int, stop: int) -> int:
    """Where a run of words in capitals that begins at `start` ends."""
    end = start
    for word in re.finditer(r"\S+", text[start:stop]):
        letters = [char for char in word[0] if char.isalpha()]
        if any(char.islower() for char in letters) and not in_capitals(word[0]):
            break
        if not letters and any(char.isdigit() for char in word[0]):
            break
        end = start + word.end()
    return end


def _name_index(parts: Sequence[Part]) -> int | None:
    """The text after the last position that is a name; else one that holds a name among other letters."""
    last = max((i for i, part in enumerate(parts) if part.kind == "position"), default=None)
    if last is None:
        last = max((i for i, part in enumerate(parts) if part.kind == "authority"), default=None)
    if last is None:
        return None
    after = [i for i in range(last + 1, len(parts)) if parts[i].kind == "text"]
    clean = [i for i in after if _is_name(parts[i].text)]
    if clean:
        return clean[0]
    return next((i for i in after if _name_within(parts[i].text)), None)


def _bare(text: str) -> str:
    text = rejoined(one_line(without_specks(re.sub(r"^[\W\d_]+|[\W\d_]+$", "", text))))
    rank = _RANK.match(fold_each(text))
    return text[rank.end() :] if rank else text


def _is_name(text: str) -> bool:
    if _ITEM.match(text):
        return False
    words = _bare(text).split()
    if not NAME_WORDS[0] <= len(words) <= NAME_WORDS[1]:
        return False
    return all(_WORD.fullmatch(word) and word[0].isupper() for word in words) and not _is_shout(words)


def _is_shout(words: Sequence[str]) -> bool:
    """A line in capitals is a name only where it begins with a family name."""
    return in_capitals(" ".join(words)) and fold_each(words[0]) not in _surnames()


def _name_within(text: str) -> str | None:
    """A run of two to four name words that begins with a family name, in a line of other letters."""
    words = [word.strip(",;") for word in text.split()]
    for start, word in enumerate(words):
        if not _ITEM.match(text) and fold_each(word) in _surnames() and word[0].isupper():
            run = [word]
            for other in words[start + 1 : start + 4]:
                if not (_WORD.fullmatch(other) and other[0].isupper() and len(other) > 1):
                    break
                run.append(other)
            if len(run) >= NAME_WORDS[0]:
                return " ".join(run)
    return None


def _as_name(part: Part) -> Part:
    name = _bare(part.text) if _is_name(part.text) else _name_within(part.text)
    at = part.text.find(name or "")
    same = part.span.end - part.span.start == len(part.text)
    span = Span(part.span.start + at, part.span.start + at + len(name or "")) if same else part.span
    return Part("name", name or part.text, span)


@lru_cache
def _post_words() -> tuple[str, ...]:
    """Words of a signature block that OCR may break."""
    return (*data("rules/offices.yaml")["posts"], "TUQ", "UBND", "HĐND")


@lru_cache
def _surnames() -> frozenset[str]:
    return frozenset(fold_each(str(one)) for one in data("rules/surnames.yaml")["surnames"])
