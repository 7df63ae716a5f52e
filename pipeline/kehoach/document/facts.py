"""The facts of a plan and the record that holds them: the plan record of the contract, as values.

`None` means that the document does not say; what it says but nobody could read is named in `Record.unread`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kehoach.document.identity import Place, Succession
from kehoach.document.page import ReadingWarning, Signature
from kehoach.document.plan import Anchor


@dataclass(frozen=True, slots=True)
class Source:
    """The file that a plan came from. `kind`: scan, digital, mixed, docx, image or text."""

    name: str
    sha256: str
    size_bytes: int
    media_type: str
    kind: str = "text"
    page_count: int = 0


@dataclass(frozen=True, slots=True)
class Issuer:
    """The authority that issues (cơ quan ban hành); bare place names as printed. `level`: xa, huyen, tinh,
    bo, khac.
    """

    name: str | None = None
    level: str | None = None
    commune: str | None = None
    district: str | None = None
    province: str | None = None


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed: name, position (chức vụ), authority (quyền hạn ký: TM., KT., TL. lines)."""

    name: str | None = None
    position: str | None = None
    authority: str | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """An item of Nơi nhận; `purpose` is what its brackets say (b/c, t/h)."""

    name: str
    purpose: str | None
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Header:
    """Head and foot of the document. `anchors` maps a field's path (`number`, `signer.name`) to its place."""

    type: str = "khac"
    number: str | None = None
    symbol: str | None = None
    issued_on: str | None = None  # YYYY-MM-DD, YYYY-MM or YYYY: as much as is printed
    place: str | None = None
    issuer: Issuer = Issuer()
    title: str | None = None
    year: int | None = None
    indices: tuple[str, ...] = ()
    signer: Signer = Signer()
    status: str | None = None
    recipients: tuple[Recipient, ...] = ()
    anchors: tuple[tuple[str, Anchor], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading. `number` without its closing mark; `level` from 1; `parent` is an index into the
    sections.
    """

    number: str | None
    title: str
    level: int
    kind: str
    anchor: Anchor
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit as printed and why it stands there. `role`: lead or support; `origin`: item, column, label,
    heading, addressee.
    """

    text: str
    role: str
    origin: str
    anchor: Anchor
    unit: str | None = None  # id of the canonical unit in models/units; None: not known
    candidates: tuple[str, ...] = ()  # ids of the units that it may mean, where there are several
    place: str | None = None  # bare name of the place behind the unit's name, as printed


@dataclass(frozen=True, slots=True)
class Deadline:
    """A thời hạn. `start` and `end` are inclusive; None where the words do not settle a day."""

    text: str
    kind: str
    start: date | None
    end: date | None
    recurrence: str | None
    rule: str
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion of an index (`PAPI.1.1`) that a task serves, and the heading or cell that says so."""

    code: str
    words: str
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that the plan tells somebody to do. `section` is an index into the sections."""

    text: str
    path: tuple[str, ...]
    section: int | None
    source: str  # body or table
    anchor: Anchor
    rule: str
    lead: tuple[Mention, ...] = ()
    support: tuple[Mention, ...] = ()
    deadline: Deadline | None = None
    outputs: tuple[str, ...] = ()
    criteria: tuple[Criterion, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A measurable aim (chỉ tiêu). `comparator`: = >= > <= < + - or None."""

    text: str
    metric: str | None
    comparator: str | None
    value: float | None
    unit: str | None
    year: int | None
    anchor: Anchor
    rule: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A document that the plan names by number, or a law by name; `text` is the first mention."""

    text: str
    type: str
    number: str | None
    symbol: str | None
    date: date | None
    issuer: str | None
    title: str | None
    year: int | None
    anchor: Anchor
    rule: str


@dataclass(frozen=True, slots=True)
class TableFact:
    """A table as the record shows it: texts on one line, a row a logical row."""

    title: str | None
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    pages: tuple[int, ...]
    anchor: Anchor
    cell_anchors: tuple[tuple[Anchor | None, ...], ...] = ()


class LineRole(StrEnum):
    """What a line (a paragraph, a table's row) is in its plan; the values of `lines.role`."""

    HEAD = "head"  # issuer, motto, number, place and date
    TITLE = "title"  # type word and trích yếu
    ADDRESSEE = "addressee"  # Kính gửi
    BASIS = "basis"  # "Căn cứ …", "Thực hiện Quyết định số …"
    SITUATION = "situation"  # what was reached, what stands in the way
    HEADING = "heading"
    LEAD_IN = "lead_in"
    LABEL = "label"
    TASK = "task"
    TARGET = "target"
    PURPOSE = "purpose"
    REQUIREMENT = "requirement"
    OBJECTIVE = "objective"
    SCOPE = "scope"  # whom or what the plan is for
    CRITERION = "criterion"  # by which something is judged, rewarded or reported; no instruction
    TIME = "time"
    BUDGET = "budget"
    CITATION = "citation"
    TABLE_HEADER = "table_header"
    TABLE_ROW = "table_row"
    NOTE = "note"
    FOOTNOTE = "footnote"
    CLOSING = "closing"
    RECIPIENT = "recipient"
    SIGNATURE = "signature"
    UNEXPLAINED = "unexplained"


@dataclass(frozen=True, slots=True)
class LineFact:
    """A line accounted for. `rule` says why it is what it is; `facts`: (list of the record, index into it)
    of what it states, one a list: ("tasks", 3), ("citations", 0).
    """

    role: LineRole
    rule: str
    anchor: Anchor
    facts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that a plan says, and what could not be read."""

    source: Source
    header: Header
    sections: tuple[Section, ...] = ()
    tasks: tuple[Task, ...] = ()
    targets: tuple[Target, ...] = ()
    citations: tuple[Citation, ...] = ()
    tables: tuple[TableFact, ...] = ()
    warnings: tuple[ReadingWarning, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()
    explained: float | None = None  # share of the plan's lines that the reading accounts for
    lines: tuple[LineFact, ...] = ()
    issuer_places: tuple[Place, ...] = ()  # that the issuer may stand in; one where it is certain
    lineage: tuple[Succession, ...] = ()  # of these places, by their ids
    signatures: tuple[Signature, ...] = ()
