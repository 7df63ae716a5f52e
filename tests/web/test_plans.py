"""The list finds what is asked for, page by page, and takes any input."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kehoach.document.facts import Header, Issuer
from kehoach.document.finding import Finding, Severity, Verdict
from kehoach.store.findings import renew_findings
from kehoach.store.read import open_database
from kehoach.store.write import land
from kehoach.web import plans
from made_records import plan, record

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
COUNT = 120
FAILS = Finding("r", Verdict.FAIL, Severity.BLOCKER, "law", None, "t", "m", "f")


@pytest.fixture(scope="module")
def connection(tmp_path_factory) -> Iterator[sqlite3.Connection]:
    db = open_database(tmp_path_factory.mktemp("list") / "plans.db", must_exist=False)
    for number in range(COUNT):
        commune = "Đắk Plô" if number % 2 else "Trung Trắc"
        head = Header(
            type="ke_hoach",
            title=f"Kế hoạch {number}",
            year=2020 + number % 5,
            status="draft",
            issuer=Issuer(f"UBND xã {commune}", "xa", commune, None, "Kon Tum" if number % 2 else "Hưng Yên"),
            indices=("PAPI",) if number % 3 == 0 else (),
        )
        made = replace(record(f"{number}.pdf", "a", content=str(number).encode()), header=head)
        landed = land(db, source=made.source, received_at=NOON, outcome="read", record=made, plan=plan("a"))
        if number < 10:
            renew_findings(db, landed.document_id, [FAILS], at=NOON)
    plans.prepare(db.conn)
    yield db.conn
    db.close()


def names(connection: sqlite3.Connection, **asked: str) -> plans.Listing:
    return plans.listing(connection, asked)


def test_pages_of_the_list_hold_every_plan_once(connection) -> None:
    pages = [names(connection, page=str(number)) for number in (1, 2, 3)]
    assert sorted(row["id"] for page in pages for row in page.plans) == list(range(1, COUNT + 1))
    assert pages[0].last == 3 and names(connection, page="99").number == 3


@pytest.mark.parametrize(
    "asked, count",
    [
        ({"place": "dak plo"}, 60),
        ({"place": "Kon Tum", "year": "2021"}, 12),
        ({"title": "hoach 11"}, 11),
        ({"index": "PAPI"}, 40),
        ({"findings": "blocker"}, 10),
        ({"findings": "well"}, 110),
        ({"status": "draft", "type": "ke_hoach"}, COUNT),
        ({"status": "issued"}, 0),
        ({"findings": "no such thing", "year": " "}, COUNT),
    ],
)
def test_filters(connection, asked, count) -> None:
    found = names(connection, **asked)
    assert found.total == count and len(found.plans) == min(count, plans.PAGE_SIZE)


def test_a_plan_tells_of_its_tasks_and_findings(connection) -> None:
    (row,) = names(connection, findings="blocker", title="hoach 3").plans
    assert (row["tasks"], row["findings"], row["indices"]) == (1, {"blocker": 1}, ["PAPI"])


@given(asked=st.dictionaries(st.sampled_from([*plans._FILTERS, "page", "order", "findings"]), st.text()))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_input_is_safe(connection, asked) -> None:
    assert plans.listing(connection, asked).total <= COUNT


def test_choices_are_what_is_there(connection) -> None:
    found = plans.choices(connection)
    assert found["year"] == [2024, 2023, 2022, 2021, 2020] and found["index"] == ["PAPI"]
    assert found["province"] == ["Hưng Yên", "Kon Tum"]


def test_addresses_keep_the_filters() -> None:
    assert plans.address({"year": "2024", "place": ""}, page=2) == "/?year=2024&page=2"
    assert plans.address({}) == "/"


def test_every_refusal_has_its_advice() -> None:
    assert {"damaged", "encrypted", "empty"} <= set(plans.reasons())


def test_the_database_of_nothing_is_an_empty_list(tmp_path: Path) -> None:
    db = open_database(tmp_path / "empty.db", must_exist=False)
    plans.prepare(db.conn)
    assert names(db.conn).plans == () and plans.totals(db.conn)["plans"] == 0
