"""Calendars hold a unit's deadlines: real days, rules that give exactly the days, identities that stay."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar, Event
from sqlite_utils import Database

from kehoach.export import FORMATS
from kehoach.export.calendar import Due, event


@pytest.fixture
def db(family_path: Path, tmp_path: Path) -> Iterator[Database]:
    base = Database(Path(shutil.copy(family_path, tmp_path / "plans.db")))
    with closing(base.conn):
        yield base


def events(path: Path) -> list[Event]:
    return list(Calendar.from_ical(path.read_bytes()).walk("VEVENT"))


def due(rhythm: str | None, *days: str, issued: str | None = "2026-01-12", year: int | None = 2026) -> Due:
    return Due(
        uid="a-1@kehoach",
        text="Báo cáo, tổng hợp; gửi Sở",
        issuer="UBND xã A",
        file="a.pdf",
        page=2,
        printed="như in",
        rhythm=rhythm,
        days=tuple(map(date.fromisoformat, days)),
        year=year,
        issued=date.fromisoformat(issued) if issued else None,
        stamp=datetime(2026, 3, 2, tzinfo=UTC),
    )


def days_of(made: Event | None) -> list[str]:
    """The days that a calendar program shows."""
    assert made is not None
    start = made.decoded("dtstart")
    if "rrule" not in made:
        more = made.get("rdate")
        return [start.isoformat(), *(one.dt.isoformat() for one in (more.dts if more else ()))]
    rule = rrulestr(made["rrule"].to_ical().decode(), dtstart=datetime.combine(start, datetime.min.time()))
    return [one.date().isoformat() for one in rule]


def test_each_unit_that_leads_has_a_calendar(db: Database, tmp_path: Path) -> None:
    written = FORMATS["ics"](db, tmp_path / "out")
    own = events(tmp_path / "out" / "van_phong_hdnd_va_ubnd_xa.ics")
    assert all(path.read_bytes().startswith(b"BEGIN:VCALENDAR") for path in written)
    (quarterly,) = [
        one for one in own if "ngày 12 tháng cuối quý" in one["summary"] and "a1_" in one["description"]
    ]
    assert days_of(quarterly) == ["2026-03-12", "2026-06-12", "2026-09-12", "2026-12-12"]
    (uid,) = db.execute(
        """SELECT substr(f.sha256, 1, 16) || '-' || t.ordinal || '@kehoach' FROM tasks t
        JOIN documents d ON d.id = t.document_id JOIN files f ON f.id = d.file_id
        WHERE f.name LIKE 'a1%' AND t.deadline_recurrence = 'quarterly'"""
    ).fetchone()
    assert quarterly["uid"] == uid


def test_a_second_export_gives_the_same_bytes(db: Database, tmp_path: Path) -> None:
    first = {path.name: path.read_bytes() for path in FORMATS["ics"](db, tmp_path / "one")}
    assert {path.name: path.read_bytes() for path in FORMATS["ics"](db, tmp_path / "two")} == first


def test_every_day_of_every_task_with_a_lead_is_in_a_calendar(db: Database, tmp_path: Path) -> None:
    shown = {
        (one["uid"], day)
        for path in FORMATS["ics"](db, tmp_path / "out")
        for one in events(path)
        if "không nêu ngày" not in one["description"]
        for day in days_of(one)
    }
    wanted = db.execute(
        """SELECT DISTINCT substr(f.sha256, 1, 16) || '-' || t.ordinal || '@kehoach', y.day FROM due_days y
        JOIN tasks t ON t.id = y.task_id JOIN documents d ON d.id = t.document_id JOIN files f ON f.id = d.file_id
        WHERE EXISTS (SELECT 1 FROM task_units u WHERE u.task_id = t.id AND u.role = 'lead')"""
    ).fetchall()
    assert shown == set(wanted)


def test_a_day_is_an_all_day_event(db: Database) -> None:
    made = event(due(None, "2026-06-30"))
    assert made is not None and made["dtstart"].params["VALUE"] == "DATE"
    assert made.decoded("dtend") - made.decoded("dtstart") == timedelta(days=1)
    assert "trang 2" in made["description"] and "như in" in made["description"]


@pytest.mark.parametrize(
    ("rhythm", "days"),
    [
        ("monthly", [f"2026-{month:02d}-15" for month in range(2, 13)]),
        ("quarterly", ["2026-06-12", "2026-09-12", "2026-12-12"]),
        ("half-yearly", ["2026-06-15", "2026-12-15"]),
        ("yearly", ["2026-12-10"]),
        ("monthly", ["2026-01-31", "2026-02-28", "2026-03-31"]),
        ("periodic", ["2026-03-20", "2026-11-20"]),
    ],
)
def test_a_rhythm_with_days_shows_exactly_these(rhythm: str, days: list[str]) -> None:
    assert days_of(event(due(rhythm, *days))) == days


@pytest.mark.parametrize(
    ("rhythm", "first", "last", "count"),
    [
        ("weekly", "2026-01-16", "2026-12-25", 50),
        ("monthly", "2026-01-31", "2026-12-31", 12),
        ("quarterly", "2026-03-31", "2026-12-31", 4),
        ("half-yearly", "2026-06-30", "2026-12-31", 2),
        ("yearly", "2026-12-31", "2026-12-31", 1),
    ],
)
def test_a_rhythm_without_a_day_reminds_at_the_end_of_each_period(
    rhythm: str, first: str, last: str, count: int
) -> None:
    made = event(due(rhythm))
    shown = days_of(made)
    assert made is not None and (shown[0], shown[-1], len(shown)) == (first, last, count)
    assert "không nêu ngày" in made["description"]


@pytest.mark.parametrize("told", [due("daily"), due("periodic"), due("monthly", year=None), due(None)])
def test_where_no_time_can_be_told_there_is_no_event(told: Due) -> None:
    assert event(told) is None
