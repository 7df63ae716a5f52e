"""A plan goes under the superior plan that it cites, or the only one that can be meant; never under a stranger."""

from contextlib import closing

import pytest

from kehoach.compare.plans import Plan
from kehoach.compare.superior import links
from kehoach.store.read import open_database

TITLE = "Cải cách hành chính năm 2026"
PROVINCE = Plan(1, "tinh.txt", level="tinh", province="Tuyên Quang", year=2026, title=TITLE)


@pytest.fixture
def empty(tmp_path):
    with closing(open_database(tmp_path / "plans.db", must_exist=False)) as db:
        yield db


def commune(**facts):
    return Plan(2, "xa.txt", **{"level": "xa", "year": 2026, "title": TITLE} | facts)


@pytest.mark.parametrize(
    ("plan", "found"),
    [
        (commune(province="Tuyên Quang"), True),
        (commune(province="Lào Cai"), False),
        (commune(), False),
        (commune(province="Tuyên Quang", year=2025), False),
        (commune(province="Tuyên Quang", title="Phòng cháy, chữa cháy năm 2026"), False),
    ],
)
def test_without_a_citation_year_subject_and_province_must_agree(empty, plan, found):
    assert [link.superior.id for link in links(empty, [PROVINCE, plan])] == [1] * found


def test_two_that_may_be_meant_are_none(empty):
    other = Plan(3, "khac.txt", level="tinh", province="Tuyên Quang", year=2026, title=TITLE)
    assert list(links(empty, [PROVINCE, other, commune(province="Tuyên Quang")])) == []


def test_a_district_is_above_its_own_communes_only(empty):
    district = Plan(
        1, "huyen.txt", level="huyen", district="Na Hang", province="Tuyên Quang", year=2026, title=TITLE
    )
    for name, found in (("Na Hang", True), ("Lâm Bình", False)):
        plan = commune(district=name, province="Tuyên Quang")
        assert bool(list(links(empty, [district, plan]))) == found


def test_a_plan_that_names_no_province_goes_with_the_others_here(family):
    from kehoach.compare.plans import heads

    found = {link.plan.file[:2]: link.found_by for link in links(family, heads(family))}
    assert found == {"a1": "cited", "a2": "cited", "a3": "cited", "a4": "cited", "a5": "title"}
