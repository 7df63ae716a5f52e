"""Units (cơ quan, đơn vị, cá nhân) in text: where a name begins and ends, lists of them, roles, canonical forms.

A unit begins with a head (Sở, Phòng, các cơ quan …) or a known alias and goes on until a word that cannot
belong to a name. A collective ("các cơ quan, đơn vị") is one unit; lists split at `;`, at "và", and at a comma
where a new head follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kehoach.document.plan import Plan, Span
from kehoach.rules import compiled, data
from kehoach.text import CAPITAL_LETTERS, fold, same_tone_place

MAX_TOKENS = 45  # syllables of one unit's name, the longest collective seen has 30

# Patterns of the grammar ignore case; a capital that matters is asked for by name.
CAPITAL = f"(?-i:[{CAPITAL_LETTERS}])"

_TOKEN = re.compile(r"[^\W_]+(?:[.&/][^\W_]+)*\.?(?=\s|$|[^\w])|[^\s\w]|_", re.UNICODE)
_DASHES = "-–—"
_ROUTE = re.compile(r"\(\s*(?:thông qua|qua|chủ trì|để|nếu|theo|trừ|bao gồm|kèm|tại|trước|từ|đối với|sau đây|gọi tắt|viết tắt|cơ quan)", re.IGNORECASE)
_PAIRED = re.compile(r"(?:hđnd|hội đồng nhân dân|đảng ủy|huyện ủy)$", re.IGNORECASE)
_SPLIT = re.compile(r"[;\n]")


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
        "alias": re.compile(_alias_pattern(), re.IGNORECASE),
    }


def _alias_pattern() -> str:
    names = {alias for unit in data("units/units.yaml")["units"] for alias in (unit["name"], *unit.get("aliases", ()))}
    escaped = (re.escape(name).replace(r"\ ", r"\s+") for name in sorted(names, key=len, reverse=True))
    dashed = (re.sub(r"(?:\\s\+)?\\?[-–](?:\\s\+)?", lambda _: r"\s*[-–—]\s*", name) for name in escaped)
    return f"(?:{'|'.join(dashed)})(?![^\\W_])"


def _verb(text: str, at: int) -> re.Match[str] | None:
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
    end, count = at + head, 0
    while count < MAX_TOKENS and (further := _next_end(text, at, end)) > end:
        end, count = further, count + 1
    return at + len(text[at:end].rstrip(" ,–-"))


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
    return end if close < 0 or _ROUTE.match(text, at) or close - at > MAX_TOKENS else close + 1


def _after_comma(text: str, start: int, at: int) -> int:
    """Where a name has come to that goes on after a comma: with a part of a collective, or with a capital
    that begins no unit. 0 where it does not go on."""
    at += len(text[at:]) - len(text[at:].lstrip())
    grammar, word = _grammar(), _TOKEN.match(text, at)
    if not word or grammar["opener"].match(text, at):
        return 0
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
    if not word or not word[0][:1].isalnum() and word[0] not in "&/":
        return end
    if word[0].casefold() == "và":
        return word.end() if _and_goes_on(text, start, at, word.end()) else end
    if not word[0][:1].islower():
        return word.end()
    longer = grammar["goes_on"].match(text, at)
    verb = _verb(text, at)
    after_capital = _ends_in_capital_word(text[start:at])
    if verb and not _inside_name(text, start, at, verb.end()):
        if (longer and longer.end() > verb.end()) or (after_capital and " " not in verb[0]):
            return longer.end() if longer else word.end()
        return end
    if longer:
        return longer.end()
    return word.end() if after_capital else end


def _ends_in_capital_word(so_far: str) -> bool:
    """A name's words begin with a capital and go on in lower case: "Công an", "Tuyên giáo"."""
    last = so_far.split()[-1] if so_far.split() else ""
    return last[:1].isupper() and not (last.isupper() and len(last) > 1) and len(so_far.split()) > 1


def _inside_name(text: str, start: int, at: int, verb_end: int) -> bool:
    """Words such as "quản lý" that begin a duty elsewhere belong to "Ban quản lý dự án"."""
    before = text[start:at].rstrip().casefold()
    return before.endswith(("ban", "bộ phận", "chi cục", "trung tâm", "tổ", "đội", "cán bộ", "công chức")) and (
        text[at:verb_end].casefold() in ("quản lý", "tiếp nhận", "giám sát", "thanh tra", "chỉ đạo", "hỗ trợ", "đánh giá", "tổ chức", "thống kê", "truyền thông")
    )  # fmt: skip


def _and_goes_on(text: str, start: int, at: int, after: int) -> bool:
    follows = after + len(text[after:]) - len(text[after:].lstrip())
    so_far = text[start:at].rstrip()
    if _PAIRED.search(so_far) and re.match(r"(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân)\b", text[follows:], re.IGNORECASE):
        return True
    word = _TOKEN.match(text, follows)
    if not word or begins(text, follows) or _grammar()["opener"].match(text, follows):
        return False
    return word[0][:1].isupper()


def units_from(text: str, at: int = 0) -> tuple[list[Span], int]:
    """The list of units that begins at `at`, and where it ends."""
    found: list[Span] = []
    end = unit_at(text, at)
    while end > at:
        found.append(Span(at, end))
        link = re.compile(r"\s*(?:\([^)]*\)\s*)?(?:,|;)?\s*(?:và |cùng với |cùng |hoặc )?\s*", re.IGNORECASE).match(text, end)
        at = link.end() if link and link.end() > end else len(text)
        further = unit_at(text, at) if at < len(text) and text[end:at].strip() else at
        if further <= at:
            return found, end
        end = further
    return found, end


def listed(plan: Plan, span: Span) -> tuple[Span, ...]:
    """Units of a cell, a label's value or a heading: the whole of it is a list of units."""
    text = plan.text[span.start : span.end]
    found: list[Span] = []
    for start, end in _parts(text):
        found += (Span(span.start + one.start, span.start + one.end) for one in _units_of_part(text, start, end))
    return tuple(found)


def divided(plan: Plan, span: Span) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Leads and supports of "X chủ trì, phối hợp với Y và Z"; without "chủ trì" all lead."""
    text = plan.text[span.start : span.end]
    joint = _LED_WITH.search(text)
    if joint is None:
        return listed(plan, span), ()
    before = Span(span.start, span.start + joint.start())
    return listed(plan, before), listed(plan, Span(span.start + joint.end(), span.end))


_LED_WITH = re.compile(r"\s+(?:chủ trì|tham mưu)\s*,?\s*(?:phối hợp|kết hợp)(?: chặt chẽ)?(?: với| cùng)?\s+", re.IGNORECASE)


def _parts(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for cut in _SPLIT.finditer(text):
        yield at, cut.start()
        at = cut.end()
    yield at, len(text)


_BULLET = re.compile(r"\s*(?:[-–+•*]\s*)?(?:(?:đề nghị|yêu cầu|giao)\s+)?", re.IGNORECASE)
_WITH = re.compile(r"\s+(?:phối hợp|kết hợp)(?: chặt chẽ)?(?: với| cùng)?\s+", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*[,;]\s*(?:và\s+)?|\s+và\s+", re.IGNORECASE)
_SEMICOLON = re.compile(r"\s*;\s*")
_LEADING_LIST = re.compile(r"^[^:;]{0,120}:\s*(?=\S)")


def _units_of_part(text: str, start: int, end: int) -> list[Span]:
    head = _BULLET.match(text, start, end)
    start = head.end() if head else start
    end = start + len(_without_trailer(text[start:end].rstrip(" .;,:")))
    if (prefix := _LEADING_LIST.match(text[start:end])) and not unit_at(text[:end], start) == end:
        start += prefix.end()
    if joint := _WITH.search(text, start, end):
        return _units_of_part(text, start, joint.start()) + _units_of_part(text, joint.end(), end)
    found: list[Span] = []
    part, at = text[:end], start
    while at < end:
        one, at = _next_listed(part, at)
        found.append(one)
    return [one for one in found if one.end > one.start]


def _next_listed(part: str, at: int) -> tuple[Span, int]:
    """The unit that begins at `at` and where the next may begin. Unknown names end where a unit follows."""
    stop = unit_at(part, at)
    rest = part[stop:].lstrip(" ,")
    if stop > at and (_verb(rest, 0) or rest.startswith("(")):
        cut = _SEMICOLON.search(part, stop) if not rest.startswith(("(", "trong")) else _cut(part, stop)
        return Span(at, stop), cut.end() if cut else len(part)
    cut = _cut(part, max(stop, at))
    return Span(at, cut.start() if cut else len(part)), cut.end() if cut else len(part)


def _cut(part: str, at: int) -> re.Match[str] | None:
    """The next separator after which a unit begins."""
    cuts = _SEPARATOR.finditer(part, at)
    return next((cut for cut in cuts if ";" in cut[0] or begins(part, cut.end())), None)


def _without_trailer(part: str) -> str:
    return _grammar()["trailer"].sub("", part)


_FRONTED = re.compile(
    r"^(?:trên cơ sở|căn cứ|theo|để|nhằm|đối với|trong|khi|hằng|hàng|định kỳ|đồng thời|ngoài ra|bên cạnh đó|trước ngày|từ)\b[^.;]*?,\s+",
    re.IGNORECASE,
)
_ASKED = re.compile(r"^(?:đề nghị|yêu cầu|giao(?: cho)?|đồng thời)\s+", re.IGNORECASE)
_SENTENCE = re.compile(r"\.\s+")


def subjects(plan: Plan, span: Span, *, clauses: bool = False) -> tuple[Span, ...]:
    """Units that an instruction names as its doers: the subject of its first sentence that has one.

    `clauses`: look behind semicolons too, as the sentences that open a list need it.
    """
    text = plan.text[span.start : span.end]
    at = 0
    for cut in [*(_CLAUSE if clauses else _SENTENCE).finditer(text), None]:
        end = cut.start() if cut else len(text)
        if found := _subject(text, at, end):
            return tuple(Span(span.start + one.start, span.start + one.end) for one in found)
        at = cut.end() if cut else len(text)
    return ()

_CLAUSE = re.compile(r"\.\s+|;\s*")


def _subject(text: str, start: int, end: int) -> list[Span]:
    sentence = text[:end]
    for at in _subject_places(sentence, start):
        if _verb(sentence, at):  # an order without a subject
            break
        found, stop = units_from(text, at)
        is_asked = at > start and bool(_ASKED.match(sentence[start:at]))
        if found and (is_asked or _is_subject(text, stop)):
            return found
    return _given_after_colon(sentence, start)


def _subject_places(sentence: str, start: int) -> Iterator[int]:
    asked = _ASKED.match(sentence[start:])
    yield start + (asked.end() if asked else 0)
    fronted = _FRONTED.match(sentence[start:])
    while fronted:
        yield start + fronted.end()
        further = re.compile(r"[^.;,]*,\s+").match(sentence, start + fronted.end())
        if not further or further.end() - start > MAX_FRONTED:
            return
        fronted = re.compile(rf"^.{{{further.end() - start}}}", re.DOTALL).match(sentence[start:])


MAX_FRONTED = 400  # characters of a clause before the subject


def _is_subject(sentence: str, stop: int) -> bool:
    """A subject is followed by its verb, perhaps after a comma or a bracketed remark."""
    rest = re.sub(r"^\s*(?:\([^)]*\))?\s*,?\s*", "", sentence[stop:])
    return bool(_DOER.match(rest)) or bool(_verb(rest, 0)) and not _NO_DOER.match(rest)


_DOER = re.compile(r"(?:theo [^,.;]{3,60} )?(?:chủ động |tích cực )?(?:tham mưu|chủ trì|thực hiện|chịu trách nhiệm|được (?:giao|phân công) nhiệm vụ)", re.IGNORECASE)
_NO_DOER = re.compile(r"(?:là|để|nhằm|về|tại|từ|đến|với|cho|được|do|bằng|của|như|mà|thì|vào|còn|theo(?! dõi)|trong|trước|sau|không|qua)\b", re.IGNORECASE)
_AFTER_COLON = re.compile(rf":\s+(?=[{CAPITAL_LETTERS}])")


def _given_after_colon(sentence: str, start: int) -> list[Span]:
    """"Lĩnh vực cải cách thể chế: Tư pháp – hộ tịch tham mưu." gives the work to what follows the colon."""
    for colon in _AFTER_COLON.finditer(sentence, start):
        found, stop = units_from(sentence, colon.end())
        if found and _DOER.match(sentence[stop:].lstrip(" ,")):
            return found
    return []


_JOINT = re.compile(
    r"(?:phối hợp|phối kết hợp|kết hợp)(?:,? (?:chặt chẽ|đồng bộ|thống nhất))?(?: (?:với|cùng|cùng với))?\s+", re.IGNORECASE
)


def doing_begins(text: str) -> bool:
    """Whether an instruction begins here: a verb, or an adverb before one, perhaps after a fronted clause."""
    for at in (0, *(match.end() for match in [_FRONTED.match(text)] if match)):
        bare = text[at:].lstrip("“\" ")
        if at and _ends_in_verb(text[:at]):  # "rà soát, đánh giá": the clause before the subject is not over
            continue
        if _grammar()["verb"].match(bare[:1].lower() + bare[1:]) and not _PREPOSITION.match(bare):
            return True
    return False


def _ends_in_verb(clause: str) -> bool:
    """Whether a clause breaks off in a row of verbs ("rà soát, đánh giá"); "được giao" is no such row."""
    tail = " ".join(clause.rstrip(" ,").split()[-VERB_SYLLABLES:])
    verb = _verb(tail, 0)
    return verb is not None and verb.end() == len(tail)


VERB_SYLLABLES = 2  # a row of single syllables is no evidence

_PREPOSITION = re.compile(
    r"(?:để|nhằm|về|tại|từ(?! chối)|đến|trước|sau|khi|nếu|do|bằng|với|cho|đối với|trên cơ sở|căn cứ|không(?! ngừng)|qua|thông qua|như|mà|theo(?! dõi)|trong|còn|là|được|phải|cần)\b",
    re.IGNORECASE,
)


def partners(plan: Plan, span: Span) -> tuple[Span, ...]:
    """Units that an instruction names as working with its doers: "phối hợp với X"."""
    text = plan.text[span.start : span.end]
    found: list[Span] = []
    for joint in _JOINT.finditer(text):
        units, stop = units_from(text, joint.end())
        if re.match(r"\s*chủ trì\b", text[stop:], re.IGNORECASE):  # "phối hợp với cơ quan chủ trì" names a role
            continue
        found += (Span(span.start + one.start, span.start + one.end) for one in units)
    return tuple(found)


def is_unit_title(title: str) -> bool:
    """Whether a heading names units: "Phòng Nội vụ", "Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam xã"."""
    title = title.lower() if title.isupper() else title  # in capitals every word looks like a name's
    bare = _BULLET.sub("", _OF.sub("", title), count=1) if _BULLET.match(title) else title
    if not begins(bare):
        return False
    found, stop = units_from(bare)
    rest = bare[stop:].strip(" ,;.:")
    return bool(found) and (not rest or bool(re.match(r"[;(]", bare[stop:].strip())) or _relative(bare))


_OF = re.compile(r"^(?:trách nhiệm|nhiệm vụ)(?: cụ thể)? của\s+|^đối với\s+", re.IGNORECASE)


def _relative(title: str) -> bool:
    """"Các Sở, ngành chủ trì, quản lý … các dự án": a collective told apart by what it does."""
    return bool(re.match(r"(?:các|những)\s", title, re.IGNORECASE)) and not title.rstrip().endswith(".")


def title_units(plan: Plan, span: Span) -> tuple[Span, ...]:
    """The units that a heading names, without "Đề nghị" and "Trách nhiệm của" before them."""
    title = plan.text[span.start : span.end]
    lead = re.match(r"(?:(?:đề nghị|yêu cầu|giao)(?:\s*:)?\s+|(?:trách nhiệm|nhiệm vụ)(?: cụ thể)? của\s+|đối với\s+)+", title, re.IGNORECASE)
    start = span.start + (lead.end() if lead else 0)
    body = Span(start, span.end)
    if _relative(plan.text[start : span.end]) and not _whole(plan.text[start : span.end]):
        return (body,)
    return listed(plan, body)


def _whole(text: str) -> bool:
    _, stop = units_from(text)
    return not text[stop:].strip(" ,;.:") or text[stop:].strip().startswith(";")


@lru_cache
def _by_name() -> dict[str, tuple[dict[str, str], ...]]:
    table: dict[str, list[dict[str, str]]] = {}
    for unit in data("units/units.yaml")["units"]:
        for name in {_key(one) for one in (unit["name"], *unit.get("aliases", ()))}:
            table.setdefault(name, []).append(unit)
    return {name: tuple(units) for name, units in table.items()}


def _key(name: str) -> str:
    name = re.sub(r"\s*[-–—]\s*", "-", same_tone_place(name))
    return " ".join(re.sub(r"^(?:các|công chức|đồng chí)\s+", "", fold(name)).split())


def canonical(name: str, *, level: str | None, on: str | None = None) -> str | None:
    """The id of the unit that `name` means in a document of `level` (xa, huyen, tinh) issued `on`; None if unknown.

    Ambiguity is kept: where several units bear the name and neither level nor date tells them apart, None.
    """
    candidates: Sequence[dict[str, str]] = _by_name().get(_key(name), ())
    fitting = [unit for unit in candidates if unit.get("level") in (level, None)] or list(candidates)
    if on:
        fitting = [u for u in fitting if u.get("valid_from", "") <= on and on <= u.get("valid_to", "9999")] or fitting
    return fitting[0]["id"] if len({unit["id"] for unit in fitting}) == 1 else None
