"""Deadlines against each other: an order on days, rhythms before days, what is given up is vague."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach.compare.times import EARLIER, EQUAL, FIRMER, LATER, VAGUE, Time, relation
from kehoach.extract.rhythm import RHYTHMS

DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


def by(day):
    return Time("trước ngày …", "by", end=day)


def every(rhythm, *days):
    return Time("hằng …", "recurring", recurrence=rhythm, days=days)


OPEN = Time("Thường xuyên", "continuous")


@given(DAYS, DAYS)
def test_days_are_compared_and_the_other_way_round_is_the_opposite(one, other):
    told = relation(by(one), [by(other)])
    assert told == (EQUAL if one == other else LATER if other > one else EARLIER)
    opposite = {EQUAL: EQUAL, LATER: EARLIER, EARLIER: LATER}
    assert relation(by(other), [by(one)]) == opposite[told]


@given(DAYS, DAYS, DAYS)
def test_a_split_counts_its_last_part(day, one, other):
    assert relation(by(day), [by(one), by(other)]) == relation(by(day), [by(max(one, other))])


@given(st.sampled_from(RHYTHMS), st.sampled_from(RHYTHMS))
def test_a_rarer_rhythm_is_later(one, other):
    told = relation(every(one), [every(other)])
    assert (told == LATER) == (RHYTHMS.index(other) > RHYTHMS.index(one))


def test_the_same_rhythm_compares_its_day():
    fourteenth, twelfth = date(2026, 3, 14), date(2026, 3, 12)
    assert relation(every("quarterly", fourteenth), [every("quarterly", twelfth)]) == EARLIER


@pytest.mark.parametrize(
    ("superior", "other", "told"),
    [
        (by(date(2026, 3, 31)), OPEN, VAGUE),
        (by(date(2026, 3, 31)), None, VAGUE),
        (every("monthly"), Time("khi có yêu cầu", "event"), VAGUE),
        (OPEN, by(date(2026, 3, 31)), FIRMER),
        (OPEN, OPEN, EQUAL),
        (OPEN, None, VAGUE),
        (None, OPEN, None),
    ],
)
def test_what_is_given_up_is_vague_and_what_is_settled_is_firmer(superior, other, told):
    assert relation(superior, [other]) == told
