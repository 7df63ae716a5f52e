"""The clause of a sentence that holds a figure: from its verb, or its subject, to the next one's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kehoach.document.plan import Span
from kehoach.extract.verbs import verbs

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
