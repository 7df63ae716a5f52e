"""Which paragraph is a heading, an item, a lead-in, a label: judged by its mark, its words and what
follows it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kehoach.document.outline import EntryRole
from kehoach.document.plan import Span
from kehoach.outline.marks import RANK, UNMARKED, Mark
from kehoach.outline.parts import type_code
from kehoach.rules import Rule, first, phrases
from kehoach.text import CAPITAL_LETTERS

MAX_TITLE = 330  # characters; the longest printed heading seen has 190, criteria quoted in full reach 300
MAX_RUN_IN_TITLE = 170  # characters before the colon of a heading that runs into its instruction
MAX_GROUP_SENTENCE = 90  # characters of a dashed sentence that heads a list
MAX_GROUP_TITLE = 60  # characters of a dashed title over unmarked paragraphs
MAX_LETTERED_TITLE = 200  # characters of a lettered heading
MAX_LABELLED_LETTER = 90  # characters before the colon of a lettered label
MAX_BOLD_TITLE = 120  # characters of a title that is known by its bold print alone
MIN_SHOUTED = 4  # letters; shorter capitals are abbreviations

ALWAYS_HEADING = ("part", "chapter", "capital", "roman", "article")
DECIMALS = ("decimal1", "decimal2", "decimal3", "decimal4")
LETTERED = ("letter", "bracket")

_SENTENCE_END = re.compile(r"[.;!?…][\"”’)\]]*\s*$|\./\.?\s*$")
_INNER_STOP = re.compile(rf"[.!?]\s+[{CAPITAL_LETTERS}]")
# "Mục tiêu 1. Lĩnh vực chính trị": the inner stop belongs to the heading's own counter.
_COUNTED = re.compile(
    r"(?:mục tiêu|nhiệm vụ|chỉ tiêu|hoạt động|dự án|tiểu dự án|nội dung|giải pháp|nhóm) \d{1,2}\s*[.:]\s+",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Judged:
    """A paragraph's role. `title` and `rest`: parts of its words for a heading that runs on; spans of the
    plan.
    """

    role: EntryRole
    title: Span | None = None
    rest: Span | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the judgement sees: the words after the mark and their place, the bold run, the neighbours'
    ranks.
    """

    text: str
    start: int
    mark: Mark | None
    bold_length: int
    next_rank: int
    next_is_table: bool
    centred: bool = False
    next_is_label: bool = False

    @property
    def rank(self) -> int:
        return self.mark.rank if self.mark else UNMARKED

    @property
    def has_children(self) -> bool:
        return self.next_rank > self.rank or self.next_is_table

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Characters of the words, as a span of the plan, without white space around them."""
        part = self.text[start:end]
        left = start + len(part) - len(part.lstrip())
        return Span(self.start + left, self.start + start + len(part.rstrip()))


def label_of(text: str) -> tuple[Rule, int] | None:
    """The label that `text` begins with, and where its own words begin."""
    at = 1 if text.startswith("(") else 0
    whole = _unbroken(text)
    for rule in phrases("labels"):
        if match := rule.pattern.match(text, at) or (whole and rule.pattern.match(whole, at)):
            return rule, match.end()
    return None


LABEL_LENGTH = 45  # characters before a label's colon


def _unbroken(text: str) -> str:
    """`text` without the stops that a scan puts between a label's words ("Bộ phận tham: mưu:"), as long;
    "" where none stand there."""
    colon = text.rfind(":", 0, LABEL_LENGTH)
    broken = _SPECKS.sub(" ", text[:colon]) if colon > 0 else text[:0]
    return broken + text[colon:] if colon > 0 and broken != text[:colon] else ""


_SPECKS = re.compile(r"(?<=[a-zà-ỹđ])[:;.,'’](?= [a-zà-ỹđ])")


def side_role(text: str) -> EntryRole | None:
    """Closing sentences and remarks that only point elsewhere, by `models/rules/closings.yaml`."""
    found = first(phrases("closings"), text)
    return EntryRole(found[0].value) if found else None


def judge(seen: Seen) -> Judged:
    """The role of one paragraph."""
    if found := label_of(seen.text):
        return _judge_label(seen, *found)
    if seen.mark is None:
        return _judge_unmarked(seen)
    if (label := _bare_label(seen)) is not None:
        return label
    if seen.mark.style == "article" and _SENTENCE_END.search(seen.text) and not seen.has_children:
        return Judged(EntryRole.ITEM)
    if seen.mark.style in ALWAYS_HEADING:
        return _heading(seen)
    if seen.mark.style in DECIMALS + LETTERED:
        return _judge_numbered(seen)
    return _judge_listed(seen)


def _bare_label(seen: Seen) -> Judged | None:
    """ "b) Đơn vị thực hiện" over a list: a label of owners without its colon."""
    title = seen.text.rstrip(" .:")
    found = label_of(title + ":") if len(title) <= MAX_BARE_LABEL and seen.has_children else None
    if seen.mark is None or seen.mark.style not in LETTERED + DECIMALS or found is None:
        return None
    rule, end = found
    if rule.value not in ("lead", "doer", "support") or end <= len(title):
        return None
    return Judged(EntryRole.HEADING, seen.span(0, len(title)), None, rule.value)


MAX_BARE_LABEL = 60  # characters


def _judge_label(seen: Seen, rule: Rule, end: int) -> Judged:
    is_section = seen.mark is not None and seen.mark.style in DECIMALS + LETTERED + ALWAYS_HEADING
    rest = seen.span(end) if seen.text[end:].strip() else None
    if is_section:
        colon = seen.text.find(":", 0, end)
        if colon < 0:
            return Judged(EntryRole.ITEM)
        return Judged(EntryRole.HEADING, seen.span(0, colon), rest, rule.value)
    return Judged(EntryRole.LABEL, None, rest, rule.value)


def _judge_unmarked(seen: Seen) -> Judged:
    if side := side_role(seen.text):
        return Judged(side)
    if _is_shouted(seen.text) and len(seen.text) <= MAX_TITLE and not seen.text.endswith((";", ".")):
        if seen.text.endswith(":") and type_code(seen.text):  # "QUYẾT ĐỊNH:" only opens what is decided
            return Judged(EntryRole.LEAD_IN)
        return Judged(EntryRole.HEADING, seen.span(0, _title_end(seen.text)))
    if _is_bold(seen) and len(seen.text) <= MAX_BOLD_TITLE and not seen.text.endswith((".", ";", ",")):
        return Judged(EntryRole.HEADING, seen.span(0, _title_end(seen.text)))
    if seen.text.rstrip().endswith(":"):
        return Judged(EntryRole.LEAD_IN)
    return Judged(EntryRole.PARAGRAPH)


def _is_shouted(text: str) -> bool:
    return sum(char.isalpha() for char in text) >= MIN_SHOUTED and text.isupper()


def _judge_listed(seen: Seen) -> Judged:
    """Dashes, pluses and bullets are never sections; without a stop and with children they only group."""
    if side_role(seen.text) is EntryRole.NOTE:
        return Judged(EntryRole.NOTE)
    if seen.text.rstrip().endswith(":"):
        return Judged(EntryRole.LEAD_IN)
    if _groups_a_list(seen):
        return Judged(EntryRole.LEAD_IN)
    return Judged(EntryRole.ITEM)


def _groups_a_list(seen: Seen) -> bool:
    """A listed line that only heads the list below it: no stop, or one short sentence over deeper marks."""
    below = seen.rank < seen.next_rank and not seen.next_is_label
    if _SENTENCE_END.search(seen.text):
        is_short = len(seen.text) <= MAX_GROUP_SENTENCE and not _INNER_STOP.search(seen.text)
        return below and is_short and seen.next_rank < UNMARKED and not seen.text.rstrip().endswith(";")
    return below and (seen.next_rank < UNMARKED or len(seen.text) <= MAX_GROUP_TITLE)


def _judge_numbered(seen: Seen) -> Judged:
    assert seen.mark is not None
    text = seen.text.rstrip()
    if (
        (counted := _COUNTED.match(text))
        and not _INNER_STOP.search(text[counted.end() :])
        and not text.endswith((".", ";"))
    ):
        return _heading(seen)
    if _is_shouted(text.split(":")[0]) and len(text.split(":")[0]) <= MAX_TITLE:
        return _heading(seen)
    if colon := _run_in(seen):
        return _run_in_heading(seen, colon)
    if text.endswith(":"):
        return _heading(seen) if len(text) <= MAX_TITLE else Judged(EntryRole.LEAD_IN)
    if text.endswith(";") or _INNER_STOP.search(text) or len(text) > MAX_TITLE:
        return Judged(EntryRole.ITEM)
    if _SENTENCE_END.search(text):
        return _heading(seen) if _titles_list(seen) else Judged(EntryRole.ITEM)
    if seen.mark.style in LETTERED and (";" in _BRACKETS.sub("", text) or len(text) > MAX_LETTERED_TITLE):
        return Judged(EntryRole.ITEM)
    if seen.has_children or _is_bold(seen):
        return _heading(seen)
    return Judged(EntryRole.ITEM)


def _titles_list(seen: Seen) -> bool:
    """A single sentence with a stop still titles the list right below it, if that is bulleted."""
    return (
        RANK["letter"] <= seen.next_rank < UNMARKED
        and not seen.next_is_label
        and seen.next_rank > seen.rank
        and seen.rank < RANK["letter"]
    )


def _is_bold(seen: Seen) -> bool:
    return seen.bold_length >= len(seen.text.rstrip(" :.")) > 0


def _run_in(seen: Seen) -> int:
    """Where the colon of a heading that runs into its instruction stands, or 0."""
    assert seen.mark is not None
    colon = seen.text.find(":")
    limit = MAX_LABELLED_LETTER if seen.mark.style in LETTERED else MAX_RUN_IN_TITLE
    if not 0 < colon <= limit:
        return 0
    rest = seen.text[colon + 1 :].strip()
    if (
        not rest
        or _STEP.match(seen.text[: colon + 1])
        or (_KIND_OF_UNIT.match(seen.text[:colon]) and _opens_names(rest))
        or _INNER_STOP.search(seen.text[:colon])
        or seen.text[:colon].count("“") > seen.text[:colon].count("”")
    ):
        return 0
    bold_ends_here = abs(seen.bold_length - colon) <= 1
    goes_on = rest[:1].isupper() or rest[:1].isdigit() or bold_ends_here
    return colon if goes_on or _names_a_unit(seen.text[:colon]) else 0


# "Tháng 4/2023: Phòng Nội vụ xây dựng mẫu phiếu": the colon stands behind when the work is done.
_STEP = re.compile(
    r"(?:(?:trong |trước |từ |đến |hết |chậm nhất |vào |đầu |giữa |cuối )*"
    r"(?:tháng|quý|ngày|tuần) ?[\dIVX][^:;.]{0,60}"
    r"|(?:từ |trước )?\d{1,2}/\d{1,2}[^:;.]{0,40}|đợt \d{1,2}[^:;.]{0,30}):",
    re.IGNORECASE,
)


def _names_a_unit(title: str) -> bool:
    found = first(phrases("sections"), title)
    return found is not None and found[0].id == "kind.unit" and not _UNIT_THAT_ACTS.search(title)


# "Phòng Nội vụ tham mưu các nội dung: a, b": the colon stands inside an instruction.
_UNIT_THAT_ACTS = re.compile(
    r"\b(?:chủ trì|phối hợp|tham mưu|thực hiện|triển khai|tổ chức|báo cáo|(?<!ban )(?<!Ban )chỉ đạo|hướng dẫn"
    r"|theo dõi|gồm|như|sau)\b"
)


# "Các phòng: Tư pháp, Nội vụ …": the colon opens the names of the units.
_KIND_OF_UNIT = re.compile(
    r"(?:giao |yêu cầu )?(?:các |những )"
    r"(?:phòng|sở|ban|ngành|xã|phường|huyện|đơn vị|cơ quan|trường|hội|thôn|ấp)"
    r"(?:,? (?:ban|ngành|đơn vị|thị trấn|phường|xã|đoàn thể))*\s*$|(?:đề nghị|yêu cầu|giao)\s*$",
    re.IGNORECASE,
)


def _opens_names(rest: str) -> bool:
    """Whether words behind a colon are names ("Tư pháp, Nội vụ"): the second begins with a capital too."""
    parts = re.split(r"[,;]\s*|\s+và\s+", rest, maxsplit=2)
    return len(parts) == 1 or parts[1][:1].isupper()


def _run_in_heading(seen: Seen, colon: int) -> Judged:
    return Judged(EntryRole.HEADING, seen.span(0, colon), seen.span(colon + 1))


def _heading(seen: Seen) -> Judged:
    colon = _run_in(seen) if seen.mark and not _COUNTED.match(seen.text) else 0
    if colon and not seen.text.rstrip().endswith(":"):
        return _run_in_heading(seen, colon)
    return Judged(EntryRole.HEADING, seen.span(0, _title_end(seen.text)))


def _title_end(text: str) -> int:
    """A title ends before its closing colon or stop."""
    return len(re.sub(r"\s*(?:[:;]|(?<!\.)\.)\s*$", "", text))
