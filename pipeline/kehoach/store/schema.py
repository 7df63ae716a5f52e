"""What the tables and columns mean, and how a connection is set up.

A test compares TABLES with what the migrations make; documents and reports take the meanings from here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from kehoach.messages import N_
from kehoach.store.comparison import COMPARISON_TABLES

# WAL lets an analyst read while plans land; foreign keys are off in SQLite until a connection asks.
PRAGMAS = ("PRAGMA foreign_keys = ON", "PRAGMA synchronous = NORMAL", "PRAGMA busy_timeout = 30000")
WRITE_AHEAD = "PRAGMA journal_mode = WAL"

PLACE: Mapping[str, str] = MappingProxyType(
    {
        "page": N_("page where it begins, 1-based; null: no page"),
        "x0": N_("left edge on that page, a fraction of its width"),
        "y0": N_("top edge, a fraction of its height"),
        "x1": N_("right edge"),
        "y1": N_("bottom edge"),
        "start": N_("first character in documents.text"),
        "end": N_("character behind the last one"),
        "confidence": N_("poorest OCR confidence of its words, 0 to 1; null: no OCR"),
        "provenance": N_(
            "print (in the picture), layer (the file's text), widget (a signature's appearance)"
        ),
        "boxes": N_("JSON list of [page, x0, y0, x1, y1] where it spans pages; else null"),
    }
)
_KEYS = {
    "id": N_("key"),
    "document_id": N_("the document"),
    "ordinal": N_("reading order in the document, from 0"),
}
_KEYS_WITHOUT_ID = {name: meaning for name, meaning in _KEYS.items() if name != "id"}
_OF_DEADLINE = N_("of the deadline: {meaning}")
_DEADLINE_PLACE = {
    f"deadline_{'span_' if name in ('start', 'end') else ''}{name}": _OF_DEADLINE.format(meaning=meaning)
    for name, meaning in PLACE.items()
}

TABLES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "files": {
            "id": N_("key"),
            "name": N_("file name as first submitted"),
            "sha256": N_("hash of the bytes; empty where there were none to read"),
            "bytes": N_("size"),
            "media_type": N_("by content, not by extension"),
            "received_at": N_("when it first came (ISO)"),
            "outcome": N_("read, read_with_warnings, refused, failed"),
            "reason": N_("error code where refused or failed"),
            "software_version": N_("version of kehoach that gave this outcome"),
            "path": N_("where it last lay when it was submitted; null: not known"),
        },
        "file_names": {
            "file_id": N_("the file"),
            "name": N_("a further name under which the same bytes were submitted"),
            "received_at": N_("when they first came under it"),
        },
        "documents": {
            "id": N_("key"),
            "file_id": N_("the file that it stands in"),
            "ordinal": N_("1 for the file's first document"),
            "kind": N_("scan, digital, mixed, docx, image, text"),
            "page_count": N_("pages of the file"),
            "type": N_("loại văn bản as a code (ke_hoach, cong_van, …)"),
            "number": N_("số; null: blank, or see unread"),
            "symbol": N_("ký hiệu, without inner spaces"),
            "issued_on": N_("YYYY-MM-DD, YYYY-MM or YYYY: as much as is printed"),
            "place": N_("địa danh"),
            "issuer": N_("cơ quan ban hành, short form"),
            "level": N_("xa, huyen, tinh, bo, khac"),
            "commune": N_("bare name as printed"),
            "district": N_("bare name as printed"),
            "province": N_("bare name as printed"),
            "title": N_("trích yếu on one line"),
            "year": N_("the year that the plan is for"),
            "signer_name": N_("who signed"),
            "signer_position": N_("chức vụ"),
            "signer_authority": N_("TM., KT., TL. lines"),
            "status": N_("issued, issued_unverified, dated_unnumbered, unissued, draft"),
            "indices": N_("JSON list of the indices that it is about (PAPI, …)"),
            "unread": N_("JSON object: field to the reason why it could not be read"),
            "explained": N_("share of the lines that the reading accounts for"),
            "text": N_("the whole text in reading order; every start and end counts in it"),
            "software_version": N_("version of kehoach that read it"),
            "issuer_place_id": N_("the place that the issuer stands in; null: not known or several"),
            "issuer_folded": N_("issuer in one spelling, without marks"),
        },
        "pages": {
            "id": N_("key"),
            "document_id": N_("the document"),
            "number": N_("1-based"),
            "read_from": N_("text, ocr, both, none"),
            "reason": N_("why it was read that way"),
            "text": N_("a paragraph or printed line a line, a table row a line with tabs"),
            "text_folded": N_("text without marks, for search"),
            "confidence": N_("mean OCR confidence; null: no OCR"),
            "seal_seen": N_("1: a red seal or a signature widget was seen"),
        },
        "anchors": {
            "id": N_("key"),
            "document_id": N_("the document"),
            "field": N_("head field (number, issued_on, signer.name, …)"),
            **PLACE,
        },
        "recipients": {**_KEYS, "name": N_("item of Nơi nhận"), "purpose": N_("b/c, t/h, …"), **PLACE},
        "sections": {
            **_KEYS,
            "parent_id": N_("the section that it stands in"),
            "number": N_("as printed, without its closing mark"),
            "title": N_("heading"),
            "level": N_("1 outermost"),
            "kind": N_("basis, purpose, requirements, objectives, tasks, budget, organisation, timeline, …"),
            **PLACE,
        },
        "places": {
            "id": N_("key"),
            "key": N_("id in models/places: level, code, before or since 1 July 2025"),
            "level": N_("xa, huyen, tinh"),
            "word": N_("xã, phường, thị trấn, huyện, …"),
            "name": N_("bare name"),
            "code": N_("of the statistical office; used again for other places"),
            "district": N_("in which it lay then"),
            "province": N_("in which it lay then"),
            "valid_from": N_("first day; null: no known limit"),
            "valid_to": N_("last day; null: no known limit"),
        },
        "place_lineage": {
            "old_id": N_("the place that went into another"),
            "new_id": N_("the place that took it in"),
            "part": N_("1: only a part of the old one went there"),
        },
        "document_places": {
            **_KEYS_WITHOUT_ID,
            "place_id": N_("a place that the issuer may stand in"),
        },
        "units": {
            "id": N_("key"),
            "key": N_("id in models/units; “~” and the folded name where the unit is not known"),
            "name": N_("canonical name; of an unknown unit, as first printed"),
            "level": N_("level of government; null: not known"),
            "kind": N_("kind of unit (collective, …); null: not known"),
            "covers": N_("JSON list: keys of the units that a collective means, * for any"),
            "valid_from": N_("first day; null: no known limit"),
            "valid_to": N_("last day; null: no known limit"),
        },
        "tasks": {
            **_KEYS,
            "section_id": N_("innermost section"),
            "text": N_("the item, verbatim, without its marker"),
            "text_folded": N_("text without marks, for search"),
            "path": N_("JSON list of titles, outermost first"),
            "source": N_("body, table"),
            "rule": N_("what made it a task"),
            **PLACE,
            "deadline_text": N_("thời hạn, verbatim"),
            "deadline_kind": N_("date, by, period, continuous, recurring, event, relative"),
            "deadline_start": N_("first day"),
            "deadline_end": N_("last day"),
            "deadline_recurrence": N_("daily, weekly, monthly, quarterly, half-yearly, yearly, periodic"),
            "deadline_rule": N_("rule that read it"),
            **_DEADLINE_PLACE,
            "path_folded": N_("the titles without marks, for search"),
        },
        "task_units": {
            "id": N_("key"),
            "task_id": N_("the task"),
            "unit_id": N_("the unit"),
            "ordinal": N_("order among the task's units of this role, from 0"),
            "role": N_("lead, support"),
            "mention": N_("as printed"),
            "origin": N_("item, column, label, heading, addressee"),
            **PLACE,
            "place": N_("bare name of the place behind the unit's name, as printed"),
            "candidates": N_("JSON list: keys of the units that it may mean, where there are several"),
        },
        "task_outputs": {
            "task_id": N_("the task"),
            "ordinal": N_("from 0"),
            "text": N_("an entry of Kết quả / Sản phẩm"),
        },
        "task_criteria": {
            "task_id": N_("the task"),
            "ordinal": N_("from 0"),
            "code": N_("index criterion (PAPI.1.1)"),
            "words": N_("the heading or cell that says so"),
            **PLACE,
        },
        "due_days": {
            "task_id": N_("the task"),
            "day": N_("a day when it is due: its last, or one of its rhythm in the plan's year"),
        },
        "document_counts": {
            "document_id": N_("the document"),
            "tasks": N_("its tasks"),
            "without_deadline": N_("those without a deadline"),
            "continuous": N_("those to be done all the time"),
            "recurring": N_("those that recur"),
            "without_lead": N_("those that nobody leads"),
            "collective_lead": N_("those that only collectives lead"),
        },
        "unit_counts": {
            "document_id": N_("the document"),
            "unit_id": N_("a unit in it"),
            "led": N_("tasks that it leads there"),
            "supported": N_("tasks that it supports there"),
            "mention": N_("the unit as printed there (the first in the alphabet)"),
        },
        "targets": {
            **_KEYS,
            "text": N_("the clause, verbatim"),
            "metric": N_("what is measured"),
            "comparator": N_("=, >=, >, <=, <, + (rises by), - (falls by)"),
            "value": N_("number"),
            "unit": N_("%, điểm, bậc, hạng, …"),
            "year": N_("year that it is for"),
            "rule": N_("rule that read it"),
            **PLACE,
        },
        "citations": {
            **_KEYS,
            "text": N_("first mention, verbatim"),
            "type": N_("as documents.type, and luat, phap_lenh, nghi_dinh, thong_tu, ket_luan"),
            "number": N_("số"),
            "symbol": N_("ký hiệu"),
            "date": N_("ISO date"),
            "issuer": N_("who issued it"),
            "title": N_("what it is about; a law's name"),
            "year": N_("its year"),
            "rule": N_("rule that read it"),
            **PLACE,
        },
        "laws": {
            "id": N_("key"),
            "key": N_("id in models/laws"),
            "number": N_("number and symbol"),
            "name": N_("name of the law"),
            "valid_from": N_("first day in force"),
            "valid_to": N_("last day in force; null: in force"),
            "replaced_by": N_("key of the law in its place"),
            "verified": N_("1: its days were read in a source; 0: ask before you quote them"),
        },
        "citation_laws": {"citation_id": N_("the citation"), "law_id": N_("the law that it means")},
        "criteria": {
            "code": N_("key in models/index (PAPI.1.1)"),
            "index": N_("PAPI, PAR INDEX, SIPAS, …"),
            "parent": N_("the criterion above it"),
            "name": N_("its name"),
        },
        "expected_issuers": {
            "id": N_("key"),
            "name": N_("an issuer that is to send a plan"),
            "name_folded": N_("in one spelling, without marks"),
            "province": N_("where it lies; null: not said"),
            "valid_from": N_("first day on which it exists; null: no known limit"),
            "valid_to": N_("last day; null: no known limit"),
        },
        "tables": {
            **_KEYS,
            "title": N_("heading of the table"),
            "pages": N_("JSON list of its pages"),
            "row_count": N_("logical rows, without the head"),
            **PLACE,
        },
        "cells": {
            "id": N_("key"),
            "table_id": N_("the table"),
            "row": N_("0-based; the head, where there is one, is row 0"),
            "col": N_("0-based"),
            "text": N_("on one line; a merged cell's text stands in its first row"),
            "header": N_("1: a cell of the head"),
            **PLACE,
        },
        "lines": {
            **_KEYS,
            "role": N_("what the paragraph or table row is: heading, task, target, basis, …, unexplained"),
            "rule": N_("what told"),
            "section_id": N_("the heading that stands in it"),
            "task_id": N_("the first task in it"),
            "target_id": N_("the first target in it"),
            "citation_id": N_("the first citation in it"),
            "recipient_id": N_("the item of Nơi nhận in it"),
            "table_id": N_("the table that it is a row of"),
            **PLACE,
        },
        "repairs": {
            **_KEYS,
            "raw": N_("what was recognised"),
            "text": N_("what stands in documents.text for it"),
            "score": N_("strength of the evidence, in nats; null: the word itself tells"),
            **PLACE,
        },
        "findings": {
            **_KEYS,
            "rule": N_("id of the compliance rule"),
            "verdict": N_("fail, not_assessable, pass"),
            "severity": N_("blocker, major, minor, info"),
            "basis": N_("law, practice"),
            "article": N_("article of the law, where its text was read"),
            "message": N_("what to tell the sender, or why nobody can tell"),
            "evidence": N_("the quote; null: something is absent"),
            **PLACE,
            "title": N_("what the rule asks for"),
            "remedy": N_("what the sender is to do"),
        },
        "checks": {
            "id": N_("key"),
            "file_id": N_("the file that was checked"),
            "checked_at": N_("when a check first said so (ISO)"),
            "last_at": N_("when a check last said the same (ISO)"),
            "checklist": N_("kehoach, or the name of a province's file"),
            "software_version": N_("version of kehoach that checked"),
            "passes": N_("how many verdicts were pass"),
        },
        "checked": {
            "check_id": N_("the check"),
            "ordinal": N_("order of the checklist, from 0"),
            "rule": N_("id of the compliance rule"),
            "verdict": N_("fail, not_assessable"),
            "severity": N_("blocker, major, minor, info"),
            "message": N_("as in findings"),
            "evidence": N_("the quote; null: something is absent"),
            "page": N_("page where it begins, 1-based; null: no page"),
        },
        "resubmissions": {
            "file_id": N_("the later version of a plan"),
            "earlier_file_id": N_("the version before it; null: a reviewer said that there is none"),
            "decided_by": N_("the reviewer who said so; null: issuer, type, year and subject did"),
            "decided_at": N_("when the reviewer said so (ISO)"),
        },
        "waivers": {
            "id": N_("key"),
            "file_id": N_("the file whose plan has the finding"),
            "rule": N_("id of the compliance rule"),
            "words": N_("the finding's quote; empty where it had none"),
            "reason": N_("ocr_sai, khong_ap_dung, da_co_o_phu_luc, chap_nhan"),
            "note": N_("the reviewer's own words"),
            "waived_by": N_("who let it rest"),
            "waived_at": N_("when (ISO)"),
            "withdrawn_by": N_("who took that back; null: it holds"),
            "withdrawn_at": N_("when (ISO)"),
        },
        "readings": {
            "document_id": N_("the document"),
            "content": N_(
                "places of words, outline and page marks (zlib, JSON), from which a check is repeated"
            ),
        },
        "signatures": {
            **_KEYS,
            "field": N_("name of the form field"),
            "signer": N_("common name of the certificate, else what the field says"),
            "organisation": N_("organisation of the certificate"),
            "unit": N_("its unit in the certificate"),
            "signed_at": N_("the signing machine's own clock (ISO); never the date of issue"),
            "timestamped_at": N_("the time authority's clock (ISO)"),
            "bytes_match": N_(
                "1: signed bytes are unchanged (not who signed); 0: they are not; null: not known"
            ),
            "covers_file": N_("1: nothing was added behind the signed bytes; a later signature adds some"),
            **{name: PLACE[name] for name in ("page", "x0", "y0", "x1", "y1")},
        },
        "warnings": {
            **_KEYS,
            "code": N_("stable code"),
            "message": N_("what could not be read, in Vietnamese"),
            "facts": N_("JSON object that fills the message"),
            **PLACE,
        },
        **COMPARISON_TABLES,
    }
)


def meanings(say: Callable[[str], str]) -> Mapping[str, Mapping[str, str]]:
    """By table what its columns mean, as `say` puts it."""
    return {
        table: {name: _said(meaning, say) for name, meaning in columns.items()}
        for table, columns in TABLES.items()
    }


def _said(meaning: str, say: Callable[[str], str]) -> str:
    start = _OF_DEADLINE.format(meaning="")
    if meaning.startswith(start):
        return say(_OF_DEADLINE).format(meaning=say(meaning.removeprefix(start)))
    return say(meaning)
