"""Labels inside a line: "Chủ trì: Sở A; phối hợp: Sở B; thời gian: Quý II", after an item's own words too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kehoach.document.plan import Plan, Span
from kehoach.extract import names
from kehoach.rules import phrases

_CUT = re.compile(
    r"[.;,(]\s+|[.;]\s*\(|\(|\s[-–+]\s+"
    r"|\s(?=(?:hoàn thành|xong|thực hiện) (?:trước|trong|vào|chậm nhất|từ|quý|tháng|năm)\b)",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"(?:hoàn thành|xong|thực hiện) (?:trước|trong|vào|chậm nhất|từ|quý|tháng|năm)\b", re.IGNORECASE
)
_WHOLE = ("content", "budget", "output")  # labels whose words may hold anything


def parted(plan: Plan, name: str, span: Span) -> tuple[tuple[str, Span], ...]:
    """What a label says, cut where another label begins in the same line."""
    if name in _WHOLE:
        return ((name, span),)
    starts = list(_inner(plan.text, span, at_once=False))
    ends = [start for start, _, _ in starts] + [span.end]
    found = [(name, _trimmed(plan, span.start, ends[0]))]
    found += [
        (inner, _trimmed(plan, value, end)) for (_, inner, value), end in zip(starts, ends[1:], strict=True)
    ]
    return tuple((label, words) for label, words in found if words.end > words.start)


def within(plan: Plan, span: Span) -> tuple[tuple[str, Span], ...]:
    """Labels of owners behind an item's own words: "Xây dựng … . Chủ trì: Sở A; thời gian: Quý II"."""
    starts = [one for one in _inner(plan.text, span, at_once=True) if one[1] in ("lead", "doer", "support")]
    if not starts:
        return ()
    _, name, value = starts[0]
    return parted(plan, name, Span(value, span.end))


def behind(plan: Plan, span: Span) -> tuple[tuple[str, Span], ...]:
    """What a bracket at the end of an item says of owner and time: "… . (Tư pháp - Hộ tịch; từ tháng 6)".

    A bracket inside the sentence counts only where a role or a time stands in it: "báo cáo UBND huyện (Phòng
    Nội vụ)" names an address.
    """
    remark = names.phrase("remark").search(plan.text, span.start, span.end)
    if remark is None or not names.begins(remark["units"]):
        return ()
    stands_alone = plan.text[span.start : remark.start()].rstrip().endswith((".", ";", ":"))
    if not stands_alone and not (remark["time"] and names.phrase("time_opens").match(remark["time"].strip())):
        return ()
    found = [("lead", _trimmed(plan, *remark.span("units")))]
    if remark["time"]:
        found.append(("deadline", _trimmed(plan, *remark.span("time"))))
    return tuple(found)


def _inner(text: str, span: Span, *, at_once: bool) -> Iterator[tuple[int, str, int]]:
    """Labels behind a stop, a bracket or a dash: where the words before end, the label, its own words."""
    for cut in _CUT.finditer(text, span.start, span.end):
        for rule in phrases("labels"):
            if rule.value not in (*_WHOLE, "leader") and (match := rule.pattern.match(text, cut.end())):
                if match.end() <= span.end:
                    yield cut.start(), rule.value, match.end()
                break
        else:
            if not at_once and cut[0].strip() in ("", ";", ",") and _DONE.match(text, cut.end(), span.end):
                yield cut.start(), "deadline", cut.end()


def _trimmed(plan: Plan, start: int, end: int) -> Span:
    words = plan.text[start:end]
    left = len(words) - len(words.lstrip(" :"))
    end = len(words.rstrip(" .;,)"))
    if words[end : end + 1] == ")" and words.count("(", 0, end) > words.count(")", 0, end):
        end += 1
    return Span(start + left, start + max(left, end))
