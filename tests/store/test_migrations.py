"""The schema says of every column what it means, and the contract's names stand."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest
from sqlite_utils import Database

from kehoach.messages import LOCALE_DIR
from kehoach.store.read import open_database
from kehoach.store.schema import PLACE, TABLES, meanings

CONTRACT = {
    "files": "id name sha256 bytes media_type received_at outcome reason",
    "documents": "id file_id type number symbol issued_on place issuer level commune district province title "
    "year signer_name signer_position signer_authority status software_version",
    "pages": "id document_id number read_from text confidence",
    "sections": "id document_id parent_id number title level kind",
    "units": "id name level kind",
    "tasks": "id document_id section_id text source deadline_text deadline_kind deadline_start deadline_end "
    "deadline_recurrence",
    "task_units": "task_id unit_id role mention origin",
    "targets": "id document_id text metric comparator value unit year",
    "citations": "id document_id text type number symbol date issuer title year",
    "findings": "id document_id rule verdict severity basis message page evidence",
    "warnings": "id document_id code message page",
    "tables": "id document_id title",
    "cells": "table_id row col text header",
}
WITH_PLACE = set(CONTRACT) - {"files", "documents", "pages", "units"} | {
    "anchors",
    "recipients",
    "lines",
    "repairs",
}


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return open_database(tmp_path / "plans.db", must_exist=False)


def columns(db: Database, table: str) -> list[str]:
    return [column.name for column in db.table(table).columns]


def test_every_table_and_column_is_explained(db: Database) -> None:
    own = [name for name in db.table_names() if "_fts" not in name and not name.startswith("_")]
    assert {name: columns(db, name) for name in own} == {name: list(told) for name, told in TABLES.items()}


@pytest.mark.parametrize("table", CONTRACT)
def test_the_names_that_others_rely_on_stand(db: Database, table: str) -> None:
    assert set(CONTRACT[table].split()) <= set(columns(db, table))


@pytest.mark.parametrize("table", sorted(WITH_PLACE))
def test_every_fact_has_room_for_its_place(db: Database, table: str) -> None:
    assert set(PLACE) <= set(columns(db, table))


def test_tables_are_strict_and_point_at_each_other(db: Database) -> None:
    assert all(db.table(name).strict for name in TABLES)
    links = {(name, key.column, key.other_table) for name in TABLES for key in db.table(name).foreign_keys}
    assert {("tasks", "section_id", "sections"), ("task_units", "unit_id", "units")} <= links
    assert all(
        any(link[:2] == (name, column) for link in links)
        for name in TABLES
        for column in columns(db, name)
        if column.endswith("_id")
    )


def test_users_are_told_in_their_language_what_columns_mean():
    say = gettext.translation("kehoach", LOCALE_DIR, ["vi"]).gettext
    told = meanings(say)
    english = {
        (table, name)
        for table, columns in TABLES.items()
        for name, meaning in columns.items()
        if told[table][name] == meaning
    }
    # Vietnamese terms, codes and abbreviations are the same in both.
    assert {TABLES[table][name] for table, name in english} == {
        "địa danh",
        "số",
        "ký hiệu",
        "xã, phường, thị trấn, huyện, …",
        "%, điểm, bậc, hạng, …",
        "PAPI, PAR INDEX, SIPAS, …",
        "xa, huyen, tinh",
        "xa, huyen, tinh, bo, khac",
        "b/c, t/h, …",
    }
    assert told["tasks"]["deadline_x1"] == "của thời hạn: mép phải"
