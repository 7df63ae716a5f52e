"""Where the name of a unit begins and ends in running text: heads, collectives, capitals, and the words
that end it.

A unit begins with a head (Sở, Phòng, các cơ quan …) or a known alias and goes on until a word that
cannot belong to a name. A collective ("các cơ quan, đơn vị") is one unit. The grammar is
`models/units/grammar.yaml`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kehoach import patterns
from kehoach.document.plan import Span
from kehoach.rules import compiled, data
from kehoach.text import CAPITAL_LETTERS, longest_first

MAX_TOKENS = 45  # syllables of one unit's name, the longest collective seen has 30

# Patterns of the grammar ignore case; a capital that matters is asked for by name.
CAPITAL = f"(?-i:[{CAPITAL_LETTERS}])"

_TOKEN = re.compile(r"[^\W_]+(?:[.&/][^\W_]+)*\.?(?=\s|$|[^\w])|[^\s\w]|_", re.UNICODE)
_DASHES = "-–—"


@lru_cache
def _grammar() -> dict[str, re.Pattern[str]]:
    raw = data("units/grammar.yaml")
    joined = {key: "|".join(raw[key]) for key in ("heads", "plural_heads", "goes_on", "verbs")}
    end = r"(?![^\W_])"
    return {
        "head": compiled(f"(?:{joined['heads']}){end}", {"Capital": CAPITAL}),
        "plural_head": compiled(f"(?:{joined['heads']}|{joined['plural_heads']}){end}", {"Capital": CAPITAL}),
        "opener": compiled(f"(?:(?:{raw['openers']}){end} )+"),
        "goes_on": compiled(f"(?:{joined['goes_on']}){end}"),
        "verb": compiled(f"(?:{joined['verbs']}){end}"),
        "trailer": compiled(f" {raw['trailers']}\\.?$"),
        "collective_part": compiled(f"(?:{raw['collective_parts']}){end}"),
        "collective_end": compiled(f"(?:{raw['collective_parts']})$"),
        "place_part": compiled(f"(?:{raw['place_parts']}){end}"),
        "place_end": compiled(f"(?:{raw['place_parts']})$"),
        "alias": patterns.compiled(_alias_pattern(), re.IGNORECASE),
    }


def trailer() -> re.Pattern[str]:
    """Words at the end of a cell that only state a role ("Phòng Nội vụ chủ trì")."""
    return _grammar()["trailer"]


@lru_cache
def phrase(name: str) -> re.Pattern[str]:
    """A phrase around units, by its name in `models/units/grammar.yaml`."""
    grammar = data("units/grammar.yaml")
    return compiled(grammar["phrases"][name], grammar["fragments"])


def _alias_pattern() -> str:
    names = {
        alias
        for unit in data("units/units.yaml")["units"]
        for alias in (unit["name"], *unit.get("aliases", ()))
    }
    escaped = (re.escape(name).replace(r"\ ", r"\s+") for name in longest_first(names))
    dashed = (re.sub(r"(?:\\s\+)?\\?[-–](?:\\s\+)?", lambda _: r"\s*[-–—]\s*", name) for name in escaped)
    return f"(?:{'|'.join(dashed)})(?![^\\W_])"


def verb_at(text: str, at: int) -> re.Match[str] | None:
    """A word that ends a name: a verb of instruction or a preposition, in lower case."""
    found = _grammar()["verb"].match(text, at)
    return found if found and found[0].islower() else None


def begins(text: str, at: int = 0) -> int:
    """Length of the head (with openers) of a unit that begins at `at`; 0 where none does."""
    grammar = _grammar()
    if alias := grammar["alias"].match(text, at):
        return alias.end() - at
    opener = grammar["opener"].match(text, at)
    start = opener.end() if opener else at
    if opener and (alias := grammar["alias"].match(text, start)):
        return alias.end() - at
    head = grammar["plural_head" if opener else "head"].match(text, start)
    return head.end() - at if head else 0


def unit_at(text: str, at: int = 0) -> int:
    """Where the unit that begins at `at` ends; `at` where none begins."""
    head = begins(text, at)
    if not head:
        return at
    end = _known_end(text, at, at + head)
    if (further := _rest_of_name(text, at, end)) > end:
        end = _known_end(text, at, further)
    end = at + len(text[at:end].rstrip(" ,–-"))
    return max(end, _having_end(text, at, end), _business_end(text, at, end))


def _business_end(text: str, start: int, end: int) -> int:
    """Where "Ban Chỉ đạo rà soát xã" ends: a body named by its business, up to the level before the verb; 0
    where none is said."""
    if not phrase("business").match(text, start, end):
        return 0
    level = phrase("to_level").match(text, end)
    if level is None:
        return 0
    gap = re.compile(r"\s*").match(text, level.end())
    after = gap.end() if gap else level.end()
    is_over = after >= len(text) or text[after] in ",;.:)" or verb_at(text, after) is not None
    return level.end() if is_over else 0


MAX_HAVING = 8  # syllables that tell a collective apart


def _having_end(text: str, start: int, end: int) -> int:
    """Where "UBND các xã, phường có hồ sơ tồn đọng" ends: a collective told apart by what it has, before the
    verb or the stop that follows; 0 where the words after "có" are a duty."""
    chosen = phrase("chosen").match(text, end)
    if chosen and _OF_MANY.search(text[start:end]):
        return chosen.end()
    chosen = phrase("chosen_first").match(text, end)
    if chosen and _OF_ANY.search(text[start:end]) and verb_at(text, chosen.end()):
        return chosen.start() + len(chosen[0].rstrip())
    having = phrase("having").match(text, end)
    if having is None or verb_at(text, having.start("having")) or not _OF_MANY.search(text[start:end]):
        return 0
    at = having.end()
    for _ in range(MAX_HAVING + 1):
        word = _TOKEN.match(text, at)
        if word is None or word[0] in ",;.)" or verb_at(text, at):
            told = text[having.end() : at].rstrip()
            return having.end() + len(told) if told else 0
        if not word[0].islower() or not word[0].isalpha():
            return 0
        gap = re.compile(r"\s*").match(text, word.end())
        at = gap.end() if gap else word.end()
    return 0


_OF_MANY = re.compile(r"\b(?:các|những)\s", re.IGNORECASE)
_OF_ANY = re.compile(r"\b(?:các|những)\s|^(?:cơ quan|đơn vị|địa phương)$", re.IGNORECASE)


def is_closed(name: str) -> bool:
    """Whether a name is one that its capitals close ("Sở Nội vụ", "Công an xã"), no collective."""
    return not _OF_MANY.search(name) and (
        any(word[:1].isupper() for word in name.split()[1:]) or bool(_grammar()["place_end"].search(name))
    )


def _known_end(text: str, start: int, end: int) -> int:
    """How far the grammar's own words go on with a name."""
    for _ in range(MAX_TOKENS):
        if (further := _next_end(text, start, end)) <= end:
            return end
        end = further
    return end


_LEVEL_END = re.compile(r"(?:liên quan|trên địa bàn)$", re.IGNORECASE)
MAX_REST = 4  # words of a name that the grammar does not know ("các hộ nuôi trồng thủy sản")


def _rest_of_name(text: str, start: int, end: int) -> int:
    """Unknown words in lower case belong to the name, if a verb or a stop follows soon."""
    so_far, at = text[start:end].rstrip(" ,–-"), end
    if so_far != text[start:end].rstrip() or _is_closed_name(so_far):
        return end
    for _ in range(MAX_REST + 1):
        gap = re.compile(r"\s*").match(text, at)
        follows = gap.end() if gap else at
        word = _TOKEN.match(text, follows)
        if follows >= len(text) or not word or word[0] in ",;.)" or word[0] == "và" or verb_at(text, follows):
            return at if follows >= len(text) or not word or word[0] in ",;.)" or at > end else end
        if not word[0].islower() or not word[0].isalpha():
            return end
        at = word.end()
    return end


def _is_closed_name(so_far: str) -> bool:
    grammar = _grammar()
    ends = ("place_end", "collective_end")
    has_capital = any(word[:1].isupper() for word in so_far.split()[1:])
    return has_capital or any(grammar[end].search(so_far) for end in ends) or bool(_LEVEL_END.search(so_far))


def _next_end(text: str, start: int, end: int) -> int:
    """The end of the name with its next word, or `end` where the name is over."""
    gap = re.compile(r"\s*").match(text, end)
    at = gap.end() if gap else end
    if at >= len(text):
        return end
    char = text[at]
    if char == ",":
        return max(_after_comma(text, start, at + 1), end)
    if char == "(":
        return _bracket_end(text, at, end)
    if char in _DASHES:
        return at + 1 if re.compile(r"\s*[^\W\d_]").match(text, at + 1) else end
    return _word_end(text, start, at, end)


def _bracket_end(text: str, at: int, end: int) -> int:
    close = text.find(")", at)
    return end if close < 0 or phrase("route").match(text, at) or close - at > MAX_TOKENS else close + 1


def _after_comma(text: str, start: int, at: int) -> int:
    """Where a name has come to that goes on after a comma: with a part of a collective, or with a capital
    that begins no unit. 0 where it does not go on."""
    at += len(text[at:]) - len(text[at:].lstrip())
    grammar, word = _grammar(), _TOKEN.match(text, at)
    if not word or grammar["opener"].match(text, at):
        return 0
    if phrase("bare_post").match(text[start:at].rstrip(", ")):
        return at + begins(text, at)
    if not word[0][:1].islower():
        return 0 if begins(text, at) else word.end()
    so_far = text[start:at].rstrip(", ")
    place, part = grammar["place_part"].match(text, at), grammar["collective_part"].match(text, at)
    if place and grammar["place_end"].search(so_far):
        return place.end()
    return part.end() if part and _is_collective(so_far) else 0


def _is_collective(so_far: str) -> bool:
    """Whether a name so far is a collective: opened by "các", or a bare row of kinds ("Sở, ban")."""
    grammar = _grammar()
    opener = grammar["opener"].match(so_far)
    inner = re.search(r"\b(?:các|những)\s", so_far, re.IGNORECASE)
    if re.search(r"(?:doanh nghiệp|hợp tác xã)$", so_far, re.IGNORECASE):
        return False
    return bool(opener or inner or grammar["collective_end"].search(so_far))


def _word_end(text: str, start: int, at: int, end: int) -> int:
    grammar = _grammar()
    word = _TOKEN.match(text, at)
    if not word or (not word[0][:1].isalnum() and word[0] not in "&/"):
        return end
    if word[0].casefold() == "và":
        return word.end() if _and_goes_on(text, start, at, word.end()) else end
    if not word[0][:1].islower():
        return end if word[0] in ("Các", "Những") else word.end()
    longer = grammar["goes_on"].match(text, at)
    verb = verb_at(text, at)
    after_capital = _ends_in_capital_word(text[start:at])
    if verb and (phrase("pair").search(text[start : verb.end()]) or _is_unfinished(text[start:at], verb[0])):
        return verb.end()
    if verb and not _inside_name(text, start, at, verb.end()):
        if (longer and longer.end() > verb.end()) or (after_capital and _may_be_name(verb[0])):
            return longer.end() if longer else word.end()
        return end
    if longer:
        return longer.end()
    return word.end() if after_capital else end


def _is_unfinished(so_far: str, verb: str) -> bool:
    """Whether a name cannot end yet: "Phòng Quản lý" goes on with what it manages."""
    return bool(phrase("unfinished").search(so_far.rstrip())) and not phrase("ends_name").match(verb)


def _may_be_name(verb: str) -> bool:
    """A verb of one syllable may be a name's second word ("Ngoại giao"); prepositions are none."""
    return " " not in verb and not phrase("ends_name").match(verb)


def _ends_in_capital_word(so_far: str) -> bool:
    """A name's words begin with a capital and go on in lower case: "Công an", "Tuyên giáo"."""
    last = so_far.split()[-1] if so_far.split() else ""
    return last[:1].isupper() and not (last.isupper() and len(last) > 1) and len(so_far.split()) > 1


def _inside_name(text: str, start: int, at: int, verb_end: int) -> bool:
    """Words such as "quản lý" that begin a duty elsewhere belong to "Ban quản lý dự án"."""
    before = text[start:at].rstrip()
    if phrase("pair").search(text[start:verb_end]):
        return True
    return bool(phrase("naming").search(before)) and bool(phrase("named").match(text[at:verb_end]))


def _and_goes_on(text: str, start: int, at: int, after: int) -> bool:
    follows = after + len(text[after:]) - len(text[after:].lstrip())
    so_far = text[start:at].rstrip()
    if phrase("paired").search(so_far) and re.match(
        r"(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân)\b", text[follows:], re.IGNORECASE
    ):
        return True
    if so_far.split()[-1].islower() and _is_kinds(so_far):
        return False
    word = _TOKEN.match(text, follows)
    if not word or begins(text, follows) or _grammar()["opener"].match(text, follows):
        return False
    return word[0][:1].isupper()


def _is_kinds(so_far: str) -> bool:
    """Whether a collective has come to a kind of unit ("Các phòng, ban, đơn vị"), not to a name."""
    return bool(_grammar()["opener"].match(so_far) and _grammar()["collective_end"].search(so_far))


def units_from(text: str, at: int = 0) -> tuple[list[Span], int]:
    """The list of units that begins at `at`, and where it ends."""
    found: list[Span] = []
    end = unit_at(text, at)
    while end > at:
        found.append(Span(at, end))
        link = re.compile(
            r"\s*(?:\([^)]*\)\s*)?(?:,|;)?\s*(?:và |cùng với |cùng |hoặc )?\s*", re.IGNORECASE
        ).match(text, end)
        at = link.end() if link and link.end() > end else len(text)
        further = unit_at(text, at) if at < len(text) and text[end:at].strip() else at
        if further <= at:
            return found, end
        end = further
    return found, end
