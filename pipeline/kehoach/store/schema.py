"""What the tables and columns mean, and how a connection is set up.

A test compares TABLES with what the migrations make; documents and reports take the meanings from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# WAL lets an analyst read while plans land; foreign keys are off in SQLite until a connection asks.
PRAGMAS = ("PRAGMA foreign_keys = ON", "PRAGMA synchronous = NORMAL", "PRAGMA busy_timeout = 30000")
WRITE_AHEAD = "PRAGMA journal_mode = WAL"

PLACE: Mapping[str, str] = MappingProxyType(
    {
        "page": "page where it begins, 1-based; null: no page",
        "x0": "left edge on that page, a fraction of its width",
        "y0": "top edge, a fraction of its height",
        "x1": "right edge",
        "y1": "bottom edge",
        "start": "first character in documents.text",
        "end": "character behind the last one",
        "confidence": "poorest OCR confidence of its words, 0 to 1; null: no OCR",
        "provenance": "print (in the picture), layer (the file's text), widget (a signature's appearance)",
        "boxes": "JSON list of [page, x0, y0, x1, y1] where it spans pages; else null",
    }
)
_KEYS = {"id": "key", "document_id": "the document", "ordinal": "reading order in the document, from 0"}
_DEADLINE_PLACE = {
    f"deadline_{'span_' if name in ('start', 'end') else ''}{name}": f"of the deadline: {meaning}"
    for name, meaning in PLACE.items()
}

TABLES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "files": {
            "id": "key",
            "name": "file name as first submitted",
            "sha256": "hash of the bytes; empty where there were none to read",
            "bytes": "size",
            "media_type": "by content, not by extension",
            "received_at": "when it first came (ISO)",
            "outcome": "read, read_with_warnings, refused, failed",
            "reason": "error code where refused or failed",
            "software_version": "version of kehoach that gave this outcome",
        },
        "file_names": {
            "file_id": "the file",
            "name": "a further name under which the same bytes were submitted",
            "received_at": "when they first came under it",
        },
        "documents": {
            "id": "key",
            "file_id": "the file that it stands in",
            "ordinal": "1 for the file's first document",
            "kind": "scan, digital, mixed, docx, image, text",
            "page_count": "pages of the file",
            "type": "loại văn bản as a code (ke_hoach, cong_van, …)",
            "number": "số; null: blank, or see unread",
            "symbol": "ký hiệu, without inner spaces",
            "issued_on": "YYYY-MM-DD, YYYY-MM or YYYY: as much as is printed",
            "place": "địa danh",
            "issuer": "cơ quan ban hành, short form",
            "level": "xa, huyen, tinh, bo, khac",
            "commune": "bare name as printed",
            "district": "bare name as printed",
            "province": "bare name as printed",
            "title": "trích yếu on one line",
            "year": "the year that the plan is for",
            "signer_name": "who signed",
            "signer_position": "chức vụ",
            "signer_authority": "TM., KT., TL. lines",
            "status": "issued, issued_unverified, dated_unnumbered, unissued, draft",
            "indices": "JSON list of the indices that it is about (PAPI, …)",
            "unread": "JSON object: field to the reason why it could not be read",
            "explained": "share of the lines that the reading accounts for",
            "text": "the whole text in reading order; every start and end counts in it",
            "software_version": "version of kehoach that read it",
        },
        "pages": {
            "id": "key",
            "document_id": "the document",
            "number": "1-based",
            "read_from": "text, ocr, both, none",
            "reason": "why it was read that way",
            "text": "a paragraph or printed line a line, a table row a line with tabs",
            "text_folded": "text without marks, for search",
            "confidence": "mean OCR confidence; null: no OCR",
            "seal_seen": "1: a red seal or a signature widget was seen",
        },
        "anchors": {
            "id": "key",
            "document_id": "the document",
            "field": "head field (number, issued_on, signer.name, …)",
            **PLACE,
        },
        "recipients": {**_KEYS, "name": "item of Nơi nhận", "purpose": "b/c, t/h, …", **PLACE},
        "sections": {
            **_KEYS,
            "parent_id": "the section that it stands in",
            "number": "as printed, without its closing mark",
            "title": "heading",
            "level": "1 outermost",
            "kind": "basis, purpose, requirements, objectives, tasks, budget, organisation, timeline, …",
            **PLACE,
        },
        "units": {
            "id": "key",
            "key": "id in models/units; “~” and the folded name where the unit is not known",
            "name": "canonical name; of an unknown unit, as first printed",
            "level": "level of government; null: not known",
            "kind": "kind of unit; null: not known",
        },
        "tasks": {
            **_KEYS,
            "section_id": "innermost section",
            "text": "the item, verbatim, without its marker",
            "text_folded": "text without marks, for search",
            "path": "JSON list of titles, outermost first",
            "source": "body, table",
            "rule": "what made it a task",
            **PLACE,
            "deadline_text": "thời hạn, verbatim",
            "deadline_kind": "date, by, period, continuous, recurring, event, relative",
            "deadline_start": "first day",
            "deadline_end": "last day",
            "deadline_recurrence": "daily, weekly, monthly, quarterly, half-yearly, yearly, periodic",
            "deadline_rule": "rule that read it",
            **_DEADLINE_PLACE,
        },
        "task_units": {
            "id": "key",
            "task_id": "the task",
            "unit_id": "the unit",
            "ordinal": "order among the task's units of this role, from 0",
            "role": "lead, support",
            "mention": "as printed",
            "origin": "item, column, label, heading, addressee",
            **PLACE,
        },
        "task_outputs": {
            "task_id": "the task",
            "ordinal": "from 0",
            "text": "an entry of Kết quả / Sản phẩm",
        },
        "task_criteria": {"task_id": "the task", "ordinal": "from 0", "code": "index criterion (PAPI.1.1)"},
        "targets": {
            **_KEYS,
            "text": "the clause, verbatim",
            "metric": "what is measured",
            "comparator": "=, >=, >, <=, <, + (rises by), - (falls by)",
            "value": "number",
            "unit": "%, điểm, bậc, hạng, …",
            "year": "year that it is for",
            "rule": "rule that read it",
            **PLACE,
        },
        "citations": {
            **_KEYS,
            "text": "first mention, verbatim",
            "type": "as documents.type, and luat, phap_lenh, nghi_dinh, thong_tu, ket_luan",
            "number": "số",
            "symbol": "ký hiệu",
            "date": "ISO date",
            "issuer": "who issued it",
            "title": "what it is about; a law's name",
            "year": "its year",
            "rule": "rule that read it",
            **PLACE,
        },
        "tables": {
            **_KEYS,
            "title": "heading of the table",
            "pages": "JSON list of its pages",
            "row_count": "logical rows, without the head",
            **PLACE,
        },
        "cells": {
            "id": "key",
            "table_id": "the table",
            "row": "0-based; the head, where there is one, is row 0",
            "col": "0-based",
            "text": "on one line; a merged cell's text stands in its first row",
            "header": "1: a cell of the head",
            **PLACE,
        },
        "lines": {
            **_KEYS,
            "role": "what the paragraph or table row is: heading, task, target, basis, …, unexplained",
            "rule": "what told",
            "section_id": "the heading that stands in it",
            "task_id": "the first task in it",
            "target_id": "the first target in it",
            "citation_id": "the first citation in it",
            "recipient_id": "the item of Nơi nhận in it",
            "table_id": "the table that it is a row of",
            **PLACE,
        },
        "findings": {
            **_KEYS,
            "rule": "id of the compliance rule",
            "verdict": "fail, not_assessable, pass",
            "severity": "blocker, major, minor, info",
            "basis": "law, practice",
            "article": "article of the law",
            "message": "what to tell the sender",
            "evidence": "the quote",
            **PLACE,
        },
        "signatures": {
            **_KEYS,
            "field": "name of the form field",
            "signer": "common name of the certificate, else what the field says",
            "organisation": "organisation of the certificate",
            "unit": "its unit in the certificate",
            "signed_at": "the signing machine's own clock (ISO); never the date of issue",
            "timestamped_at": "the time authority's clock (ISO)",
            "bytes_match": "1: signed bytes are unchanged (not who signed); 0: they are not; null: not known",
            "covers_file": "1: nothing was added behind the signed bytes; a later signature adds some",
            **{name: PLACE[name] for name in ("page", "x0", "y0", "x1", "y1")},
        },
        "warnings": {
            **_KEYS,
            "code": "stable code",
            "message": "what could not be read, in Vietnamese",
            "facts": "JSON object that fills the message",
            **PLACE,
        },
    }
)
