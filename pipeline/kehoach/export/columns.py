"""Which columns a clerk gets on which sheet, under which head, and the query behind each sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kehoach.export.codes import (
    DEADLINES,
    LEVELS,
    ORIGINS,
    OUTCOMES,
    RECURRENCES,
    ROLES,
    SECTIONS,
    SEVERITIES,
    STATUSES,
    TYPES,
    VERDICTS,
    YES_OR_NO,
)
from kehoach.messages import N_


class Kind(StrEnum):
    """How a column is written: text, a whole or broken number, or a day (ISO text in the database)."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Column:
    """`head` is a message, `width` counts characters of the sheet's font, `words` are messages for codes."""

    head: str
    width: int = 14
    kind: Kind = Kind.TEXT
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """`name` is the CSV file's stem, `title` (a message) the tab of the workbook. The query gives the rows of
    one document, whose key it takes; where `is_by_document` is False it gives all rows at once."""

    name: str
    title: str
    columns: tuple[Column, ...]
    query: str
    is_by_document: bool = True


_FILE = Column(N_("File"), 22)
_NUMBER_SYMBOL = Column(N_("Document"), 18)
_ISSUER = Column(N_("Issuer"), 26)
PAGE = Column(N_("Page"), 7, Kind.NUMBER)
_CONFIDENCE = Column(N_("OCR confidence"), 10, Kind.NUMBER)
_DOCUMENTS = "documents d JOIN files f ON f.id = d.file_id"
_OWNER = "documents d ON d.id = x.document_id JOIN files f ON f.id = d.file_id"
_WHOSE = "f.name, trim(coalesce(d.number, '') || '/' || coalesce(d.symbol, ''), '/'), d.issuer"
_ORDER = "WHERE d.id = ? ORDER BY x.ordinal"
_UNITS = """(SELECT group_concat(mention, '; ') FROM (SELECT mention FROM task_units
    WHERE task_id = x.id AND role = '{role}' ORDER BY ordinal))"""
_LISTED = (
    "(SELECT group_concat({column}, '; ') FROM (SELECT {column} FROM {table} WHERE {where} ORDER BY ordinal))"
)

SHEETS = (
    Sheet(
        "plans",
        N_("Plans"),
        (
            _FILE,
            Column(N_("Type"), 12, words=TYPES),
            Column(N_("Number"), 9),
            Column(N_("Symbol"), 12),
            Column(N_("Date of issue"), 13, Kind.DAY),
            Column(N_("Place"), 16),
            _ISSUER,
            Column(N_("Level"), 8, words=LEVELS),
            Column(N_("Commune"), 16),
            Column(N_("District"), 16),
            Column(N_("Province"), 16),
            Column(N_("Title"), 60),
            Column(N_("Year"), 7, Kind.NUMBER),
            Column(N_("Signer"), 20),
            Column(N_("Position"), 18),
            Column(N_("Authority"), 26),
            Column(N_("Status"), 16, words=STATUSES),
            Column(N_("Pages"), 7, Kind.NUMBER),
            Column(N_("Tasks"), 7, Kind.NUMBER),
            Column(N_("Could not be read"), 30),
        ),
        f"""SELECT f.name, d.type, d.number, d.symbol, d.issued_on, d.place, d.issuer, d.level, d.commune,
            d.district, d.province, d.title, d.year, d.signer_name, d.signer_position, d.signer_authority,
            d.status, d.page_count, (SELECT count(*) FROM tasks t WHERE t.document_id = d.id),
            (SELECT group_concat(key || ': ' || value, '; ') FROM json_each(d.unread))
            FROM {_DOCUMENTS} WHERE d.id = ?""",
    ),
    Sheet(
        "tasks",
        N_("Tasks"),
        (
            _FILE,
            _NUMBER_SYMBOL,
            _ISSUER,
            Column(N_("No."), 6, Kind.NUMBER),
            Column(N_("Section"), 40),
            Column(N_("Task"), 80),
            Column(N_("Lead"), 30),
            Column(N_("Support"), 30),
            Column(N_("Deadline"), 26),
            Column(N_("From"), 12, Kind.DAY),
            Column(N_("Until"), 12, Kind.DAY),
            Column(N_("Kind of deadline"), 12, words=DEADLINES),
            Column(N_("Recurrence"), 12, words=RECURRENCES),
            Column(N_("Outputs"), 40),
            Column(N_("Criteria"), 14),
            PAGE,
            _CONFIDENCE,
        ),
        f"""SELECT {_WHOSE}, x.ordinal + 1, (SELECT group_concat(value, ' › ') FROM json_each(x.path)),
            x.text, {_UNITS.format(role="lead")}, {_UNITS.format(role="support")}, x.deadline_text,
            x.deadline_start, x.deadline_end, x.deadline_kind, x.deadline_recurrence,
            {_LISTED.format(column="text", table="task_outputs", where="task_id = x.id")},
            {_LISTED.format(column="code", table="task_criteria", where="task_id = x.id")},
            x.page, x.confidence FROM tasks x JOIN {_OWNER}
            {_ORDER}""",
    ),
    Sheet(
        "task_units",
        N_("Who does what"),
        (
            _FILE,
            _NUMBER_SYMBOL,
            _ISSUER,
            Column(N_("No."), 6, Kind.NUMBER),
            Column(N_("Task"), 60),
            Column(N_("Role"), 10, words=ROLES),
            Column(N_("As printed"), 32),
            Column(N_("Unit"), 32),
            Column(N_("Level of the unit"), 12, words=LEVELS),
            Column(N_("Named in"), 12, words=ORIGINS),
            Column(N_("Until"), 12, Kind.DAY),
            PAGE,
        ),
        f"""SELECT {_WHOSE}, x.ordinal + 1, x.text, m.role, m.mention, u.name, u.level, m.origin,
            x.deadline_end, m.page
            FROM task_units m JOIN units u ON u.id = m.unit_id JOIN tasks x ON x.id = m.task_id JOIN {_OWNER}
            {_ORDER}, m.role, m.ordinal""",
    ),
    Sheet(
        "targets",
        N_("Targets"),
        (
            _FILE,
            _NUMBER_SYMBOL,
            _ISSUER,
            Column(N_("Target"), 60),
            Column(N_("Metric"), 40),
            Column(N_("Comparator"), 8),
            Column(N_("Value"), 9, Kind.NUMBER),
            Column(N_("Unit of measure"), 9),
            Column(N_("Year"), 7, Kind.NUMBER),
            PAGE,
            _CONFIDENCE,
        ),
        f"""SELECT {_WHOSE}, x.text, x.metric, x.comparator, x.value, x.unit, x.year, x.page, x.confidence
            FROM targets x JOIN {_OWNER} {_ORDER}""",
    ),
    Sheet(
        "citations",
        N_("Citations"),
        (
            _FILE,
            _NUMBER_SYMBOL,
            _ISSUER,
            Column(N_("As printed"), 44),
            Column(N_("Type"), 12, words=TYPES),
            Column(N_("Number"), 9),
            Column(N_("Symbol"), 14),
            Column(N_("Date"), 12, Kind.DAY),
            Column(N_("Issued by"), 24),
            Column(N_("Title"), 60),
            Column(N_("Year"), 7, Kind.NUMBER),
            PAGE,
        ),
        f"""SELECT {_WHOSE}, x.text, x.type, x.number, x.symbol, x.date, x.issuer, x.title, x.year, x.page
            FROM citations x JOIN {_OWNER} {_ORDER}""",
    ),
    Sheet(
        "sections",
        N_("Sections"),
        (
            _FILE,
            _NUMBER_SYMBOL,
            _ISSUER,
            Column(N_("No."), 8),
            Column(N_("Heading"), 80),
            Column(N_("Outline level"), 7, Kind.NUMBER),
            Column(N_("Kind"), 14, words=SECTIONS),
            PAGE,
        ),
        f"""SELECT {_WHOSE}, x.number, x.title, x.level, x.kind, x.page
            FROM sections x JOIN {_OWNER} {_ORDER}""",
    ),
    Sheet(
        "findings",
        N_("Findings"),
        (
            _FILE,
            _NUMBER_SYMBOL,
            _ISSUER,
            Column(N_("Verdict"), 16, words=VERDICTS),
            Column(N_("Severity"), 10, words=SEVERITIES),
            Column(N_("What is asked"), 34),
            Column(N_("Finding"), 60),
            Column(N_("What to do"), 40),
            Column(N_("Article"), 30),
            Column(N_("Quote"), 50),
            Column(N_("Rule"), 22),
            PAGE,
        ),
        f"""SELECT {_WHOSE}, x.verdict, x.severity, x.title, x.message, x.remedy, x.article, x.evidence,
            x.rule, x.page FROM findings x JOIN {_OWNER} {_ORDER}""",
    ),
    Sheet(
        "signatures",
        N_("Signatures"),
        (
            _FILE,
            _NUMBER_SYMBOL,
            _ISSUER,
            Column(N_("Signed by"), 34),
            Column(N_("Organisation"), 34),
            Column(N_("Its unit"), 26),
            Column(N_("Signed at (by the machine's clock)"), 26),
            Column(N_("Time-stamped at"), 26),
            Column(N_("Content unchanged"), 14, words=YES_OR_NO),
            Column(N_("Covers the whole file"), 14, words=YES_OR_NO),
            PAGE,
        ),
        f"""SELECT {_WHOSE}, x.signer, x.organisation, x.unit, x.signed_at, x.timestamped_at,
            CASE x.bytes_match WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END,
            CASE x.covers_file WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END, x.page
            FROM signatures x JOIN {_OWNER} {_ORDER}""",
    ),
    Sheet(
        "recipients",
        N_("Recipients"),
        (_FILE, _NUMBER_SYMBOL, _ISSUER, Column(N_("Recipient"), 50), Column(N_("Purpose"), 14), PAGE),
        f"""SELECT {_WHOSE}, x.name, x.purpose, x.page
            FROM recipients x JOIN {_OWNER} {_ORDER}""",
    ),
    Sheet(
        "cells",
        N_("Table cells"),
        (
            _FILE,
            _NUMBER_SYMBOL,
            _ISSUER,
            Column(N_("Table"), 40),
            Column(N_("Row"), 7, Kind.NUMBER),
            Column(N_("Column"), 7, Kind.NUMBER),
            Column(N_("Head of the table"), 8, Kind.NUMBER),
            Column(N_("Text"), 60),
            PAGE,
        ),
        f"""SELECT {_WHOSE}, x.title, c.row + 1, c.col + 1, c.header, c.text, coalesce(c.page, x.page)
            FROM cells c JOIN tables x ON x.id = c.table_id JOIN {_OWNER} {_ORDER}, c.row, c.col""",
    ),
    Sheet(
        "warnings",
        N_("Warnings"),
        (_FILE, _NUMBER_SYMBOL, _ISSUER, Column(N_("What could not be read"), 80), PAGE),
        f"""SELECT {_WHOSE}, x.message, x.page
            FROM warnings x JOIN {_OWNER} {_ORDER}""",
    ),
    Sheet(
        "files",
        N_("Files"),
        (
            _FILE,
            Column(N_("Outcome"), 18, words=OUTCOMES),
            Column(N_("Reason"), 16),
            Column(N_("File type"), 20),
            Column(N_("Bytes"), 11, Kind.NUMBER),
            Column(N_("Received"), 26),
        ),
        "SELECT name, outcome, reason, media_type, bytes, received_at FROM files ORDER BY name, id",
        is_by_document=False,
    ),
)
