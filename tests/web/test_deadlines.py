"""The calendar holds every day once, in its week, and as dark as it is full."""

import sqlite3
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kehoach.web.deadlines import SHADES, year


def made(days):
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE due_days (day TEXT)")
    connection.executemany("INSERT INTO due_days VALUES (?)", [(day,) for day in days])
    return connection


def squares(found):
    return [one for month in found.months for week in month.weeks for one in week if one]


@pytest.mark.parametrize("number, length", [(2024, 366), (2026, 365)])
def test_a_year_has_its_days_each_under_its_weekday(number, length):
    found = year(made([]), number)
    assert len(squares(found)) == length and len({one.iso for one in squares(found)}) == length
    for month in found.months:
        for week in month.weeks:
            assert all(
                date.fromisoformat(one.iso).weekday() == place for place, one in enumerate(week) if one
            )


@settings(deadline=None)
@given(st.lists(st.dates(date(2026, 1, 1), date(2026, 12, 31)).map(date.isoformat), max_size=60))
def test_each_day_counts_what_is_due_and_is_as_dark(days):
    found = year(made(days), 2026)
    counted = {one.iso: one.count for one in squares(found) if one.count}
    assert counted == {day: days.count(day) for day in days}
    assert sum(month.count for month in found.months) == len(days)
    by_count = sorted(squares(found), key=lambda one: one.count)
    assert [one.shade for one in by_count] == sorted(one.shade for one in by_count)
    assert max(one.shade for one in by_count) == (SHADES if days else 0)


def test_without_a_year_asked_for_it_is_one_in_which_something_is_due():
    assert year(made(["2022-05-01", "2023-01-31"]), 0).number == 2023
    assert year(made(["2022-05-01", "2023-01-31"]), 0).years == (2022, 2023)
    assert year(made([]), 0).number == date.today().year
