"""Which submissions are versions of one plan."""

from dataclasses import replace

import pytest

from kehoach.document.facts import Header, Issuer
from kehoach.document.review import Submission
from kehoach.review.versions import earlier, same_plan
from kehoach.rules import data

ISSUER = Issuer("UBND xã An Bình", "xa", "An Bình", None, "Lạng Sơn")
HEAD = Header(type="ke_hoach", issuer=ISSUER, title="Cải cách hành chính năm 2026", year=2026)
KNOWN = data("review/subjects.yaml")


def titled(title):
    return replace(HEAD, title=title)


@pytest.mark.parametrize("titles", KNOWN["same"], ids=lambda titles: titles[1])
def test_titles_of_one_plan_are_one_subject(titles):
    assert same_plan(*map(titled, titles)) and same_plan(*map(titled, reversed(titles)))


@pytest.mark.parametrize("titles", KNOWN["different"], ids=lambda titles: titles[1])
def test_titles_of_two_plans_are_two_subjects(titles):
    assert not same_plan(*map(titled, titles))


@pytest.mark.parametrize(
    ("change", "is_same"),
    [
        ({"issuer": replace(ISSUER, commune="AN BÌNH", name="UBND XÃ AN BÌNH", province=None)}, True),
        ({"issuer": replace(ISSUER, commune="An Binh")}, True),  # a scan that lost its marks
        ({"issuer": replace(ISSUER, province="Quảng Ngãi")}, False),  # the same name elsewhere
        ({"issuer": replace(ISSUER, commune="An Hòa", name="UBND xã An Hòa")}, False),
        ({"issuer": Issuer()}, False),
        ({"year": 2025}, False),
        ({"type": "cong_van"}, False),
        ({"title": None}, False),
    ],
)
def test_issuer_type_and_year_must_agree(change, is_same):
    assert same_plan(HEAD, replace(HEAD, **change)) is is_same


def came(document_id, received_at, head=HEAD):
    return Submission(document_id, document_id, f"{document_id}.pdf", received_at, head)


def test_the_version_that_came_last_before_it_is_the_earlier_one():
    first, second, third = came(1, "2026-01-05"), came(2, "2026-02-01"), came(3, "2026-02-01")
    other = came(4, "2026-02-03", titled("Kiểm tra cải cách hành chính năm 2026"))
    all_of_them = [third, other, first, second]
    assert [earlier(one, all_of_them) for one in (first, second, third, other)] == [None, first, second, None]
