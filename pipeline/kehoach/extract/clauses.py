"""The bare bones of an instruction's grammar: which verbs open it, and which verb a word modifies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kehoach.document.plan import Span
from kehoach.rules import data
from kehoach.text import fold

SUBJECT_WORDS = 24  # words; a longer run before the verb is no subject (longest in the real plans: 19)
_MARK = re.compile(r"^(?:[-–—+•*]|\(?[a-zđ\d]{1,3}[.)])\s*")
_BREAK = re.compile(r"[;:]|\.\s")
_LATER_CLAUSE = re.compile(r";|\.\s")
_VOWELS = (
    "aàáảãạăằắẳẵặâầấẩẫậ", "eèéẻẽẹêềếểễệ", "iìíỉĩị", "oòóỏõọôồốổỗộơờớởỡợ", "uùúủũụưừứửữự", "yỳýỷỹỵ", "dđ"
)  # fmt: skip
_VARIANTS = {group[0]: f"[{group}]" for group in _VOWELS}
_CONTRAST = re.compile(r"\s*(?:,|và|hoặc|hay)?\s*(?:hoặc|đột xuất|bất thường)", re.IGNORECASE)
_ADJUNCT = re.compile(
    r"(?:trên cơ sở|căn cứ|trong|theo|thông qua|đồng thời|ngoài ra|qua đó)\b[^,;]*,\s*", re.IGNORECASE
)
# A long bracket before a comma or stop ends a clause; "(TTHC)" and one that the clause runs on after do not.
_HARD = re.compile(r"[;:]\s*|\s*\([^()]{13,}\)(?:,\s*|\s*(?=[.;]|$))|\.\s+")
_COMMA = re.compile(r"(?<!\d),\s*|,\s+")
_SUBJECT_HEAD = re.compile(
    r"(?:tỷ lệ|tỷ trọng|tỷ suất|chỉ số|mức độ|số lượng|số|diện tích|tổng|100\s*%|ít nhất|tối thiểu|trên)\b",
    re.IGNORECASE,
)
_RATE = re.compile(r"(?:tỷ lệ|tỷ trọng|mức độ|tỷ suất)\b[^,;]{0,40},", re.IGNORECASE)
_TIME = re.compile(r"(?:đến|trong|từ|hết|phấn đấu đến)\b[^,;]*\d{4}[^,;\d]{0,10},\s*$", re.IGNORECASE)
_AND = re.compile(r"\s+và\s+")
_NO_SUBJECT = re.compile(r"(?:đạt|chiếm|còn|xuống|với|trong đó)\b", re.IGNORECASE)
_NEW_CLAUSE = re.compile(
    r"(?:góp phần|nhằm|để|đồng thời|qua đó|trong đó|kịp thời|không để|nêu rõ|tiếp tục)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Verbs:
    """Compiled views of `models/lexicon/verbs.yaml`; all match at the beginning but `inside`."""

    opening: re.Pattern[str]
    chain: re.Pattern[str]
    inside: re.Pattern[str]
    role: re.Pattern[str]
    modal: re.Pattern[str]
    next_verb: re.Pattern[str]


@lru_cache
def verbs() -> Verbs:
    """The verbs that open an instruction, longest first so that `tăng cường` is not read as `tăng`."""
    words = {name: _alternatives(listed) for name, listed in data("lexicon/verbs.yaml").items()}
    task, role, modal = words["task"], words["role"], words["modal"]
    adverb = rf"(?:,?\s*(?:{modal}|liên tục|định kỳ|hằng năm|và)\b)*,?\s*"
    return Verbs(
        opening=re.compile(rf"(?:{task})\b", re.IGNORECASE),
        chain=re.compile(rf"(?:(?:{task})\b(?:\s*,|\s+và\b|,?\s+đồng thời\b)?\s*)+", re.IGNORECASE),
        inside=re.compile(rf"(?<!\w)(?:{task})\b"),
        role=re.compile(rf"(?:{role})\b", re.IGNORECASE),
        modal=re.compile(rf"(?:^|(?<=\s))(?:{modal})(?:,?\s+(?:{modal}))*,?\s*$", re.IGNORECASE),
        next_verb=re.compile(rf"{adverb}(?:{task}|{role})\b", re.IGNORECASE),
    )


def _alternatives(words: list[str]) -> str:
    return "|".join(_loose(word) for word in sorted(words, key=len, reverse=True))


def _loose(word: str) -> str:
    """A verb of several syllables in any tone that OCR may give it ("tố chức"); a single one as it is."""
    if " " not in word:
        return re.escape(word)
    return "".join(r"\s+" if char == " " else _VARIANTS.get(fold(char), char) for char in word)


def modifies_main_verb(text: str, start: int, end: int, scope: str) -> bool:
    """Whether the adverb at `start` to `end` modifies a main verb of the instruction `text`.

    `scope`: `first` looks at the first main clause alone, `each` at every one. The adverb counts where it
    opens the clause, follows roles ("Chủ trì, phối hợp với X,"), joins a bare chain of verbs, or stands
    between the clause's subject and its verb; behind an object or in a name it does not.
    """
    head, tail = text[:start], text[end:]
    if scope == "first" and _LATER_CLAUSE.search(head):
        return False
    head = _MARK.sub("", _BREAK.split(head)[-1].strip())
    known = verbs()
    head = known.modal.sub("", _ADJUNCT.sub("", head, count=1)).strip()
    if not head:
        return True
    if known.chain.fullmatch(head):
        return _joins_chain(head, tail, known)
    if not known.next_verb.match(tail):
        return False
    return _is_role(head, known) or _is_subject(head, known)


def _joins_chain(head: str, tail: str, known: Verbs) -> bool:
    """Before a further verb ("Công bố, định kỳ cập nhật") or right behind them ("duy trì thường xuyên")."""
    if head.endswith(",") or head.casefold().endswith(("và", "đồng thời")):
        return bool(known.next_verb.match(tail))
    return not _CONTRAST.match(tail)


def _is_role(head: str, known: Verbs) -> bool:
    return bool(head.endswith(",") and known.role.match(head) and not known.inside.search(head))


def _is_subject(head: str, known: Verbs) -> bool:
    """A run of names in front of its verb: no verb opens it, none stands inside, no comma ends it."""
    if head.endswith(",") or len(head.split()) > SUBJECT_WORDS:
        return False
    return not (known.opening.match(head) or known.role.match(head) or known.inside.search(head))


def clause_around(sentence: str, place: Span, places: Sequence[Span]) -> Span:
    """The clause of `sentence` that holds the figure at `place`; `places`: all figures, which part clauses.

    It begins at the verb, or at the figure, nearest before, and ends where another verb or figure begins.
    """
    low, high = _hard_bounds(sentence, place)
    commas = [match.end() for match in _COMMA.finditer(sentence, low, high)]
    figures = {one.start for one in places}
    paired = [match.end() for match in _AND.finditer(sentence, low, high) if match.end() in figures]
    starts = sorted([low, *commas, *paired])
    own = max(start for start in starts if start <= place.start)
    start = _begin(sentence, own, place, starts, places)
    return Span(start, _finish(sentence, place, starts, high, places))


def _hard_bounds(sentence: str, place: Span) -> tuple[int, int]:
    """Between the semicolons, colons and long brackets around `place`."""
    low, high = 0, len(sentence)
    for match in _HARD.finditer(sentence):
        if match.end() <= place.start:
            low = match.end()
        elif match.start() >= place.end:
            return low, match.start()
    return low, high


def _begin(sentence: str, own: int, place: Span, starts: Sequence[int], places: Sequence[Span]) -> int:
    """Start of the clause: a verb, a subject, or the figure; further left where its part has no such head."""
    joined = [match.end() for match in _AND.finditer(sentence, own, place.start)]
    cut = next((end for end in reversed(joined) if _opens(sentence, end)), own)
    if cut > own:
        return cut
    begin = own
    for start in sorted((one for one in starts if one <= own), reverse=True):
        if any(start <= one.start < own for one in places):
            break
        begin = start
        if _is_head(sentence[start : place.end].lstrip(), place.start == own and start == own):
            break
    return _with_time(sentence, _with_share(sentence, begin, starts, places), starts, places)


def _is_head(words: str, at_figure: bool) -> bool:
    if _NO_SUBJECT.match(words):
        return False
    return at_figure or bool(verbs().opening.match(words) or _SUBJECT_HEAD.match(words))


def _with_share(sentence: str, begin: int, starts: Sequence[int], places: Sequence[Span]) -> int:
    """Further left where a list of verbs is what a rate is of ("tỷ lệ thu gom, xử lý rác thải đạt 100%")."""
    for start in sorted((one for one in starts if one < begin), reverse=True):
        if any(start <= one.start < begin for one in places):
            return begin
        if _RATE.match(sentence[start:].lstrip()):
            return start
    return begin


def _with_time(sentence: str, begin: int, starts: Sequence[int], places: Sequence[Span]) -> int:
    """Further left over "Đến năm 2030," and over a bare verb ("Rà soát, đề xuất cắt giảm …")."""
    before = max((start for start in starts if start < begin), default=begin)
    words = sentence[before:begin]
    if any(before <= one.start < begin for one in places):
        return begin
    return before if _TIME.match(words) or verbs().chain.fullmatch(words.strip()) else begin


def _finish(sentence: str, place: Span, starts: Sequence[int], high: int, places: Sequence[Span]) -> int:
    """End of the part with the figure, and of the parts after it that go on with what is counted."""
    later = [start for start in starts if start > place.start]
    if place.start == min(starts) and not any(one.start > place.start for one in places):
        return high
    for number, start in enumerate(later):
        stop = later[number + 1] if number + 1 < len(later) else high
        counted = sentence[place.end : start].strip(" ,")
        other = any(start <= one.start < stop for one in places)
        if not counted or other or _NEW_CLAUSE.match(sentence[start:].lstrip()) or _opens(sentence, start):
            return start
    return high


def _opens(sentence: str, start: int) -> bool:
    return bool(verbs().opening.match(sentence[start:].lstrip()))
