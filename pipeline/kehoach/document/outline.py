"""How a plan is built: each paragraph of body and appendices as an entry, headings as sections."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kehoach.document.facts import Section
from kehoach.document.plan import Span


class EntryRole(StrEnum):
    """What a paragraph does in the outline."""

    HEADING = "heading"
    ITEM = "item"  # a marked paragraph that is no heading
    PARAGRAPH = "paragraph"  # an unmarked one
    LEAD_IN = "lead_in"  # opens a list, says nothing by itself
    LABEL = "label"  # only names who, when or what comes out ("Đơn vị chủ trì: …")
    TABLE = "table"
    NOTE = "note"  # a remark in brackets, a line that only says where the details stand
    CLOSING = "closing"  # "Trên đây là …", "yêu cầu … nghiêm túc thực hiện"


@dataclass(frozen=True, slots=True)
class Entry:
    """A paragraph in the outline. `span` leaves its mark out; `rank` orders marks, the outermost smallest.

    `section` is the innermost section that it stands in (a heading's own), `label` what a label line says
    (lead, support, deadline, output, content), `value` where a label's or run-in heading's own words begin.
    `children` counts entries directly below that are deeper in rank.
    """

    role: EntryRole
    span: Span
    block: int
    rank: int
    section: int | None
    label: str = ""
    value: Span | None = None
    children: int = 0


@dataclass(frozen=True, slots=True)
class Outline:
    """Sections in reading order and all entries in reading order."""

    sections: tuple[Section, ...]
    entries: tuple[Entry, ...]
