"""Every fact's place survives the way onto the page: boxes stay boxes, and no letter of the text is lost."""

from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kehoach.document.page import Box
from kehoach.document.plan import Span
from kehoach.web.marks import UNITS, Mark, marks, shapes, stretches
from made_records import records

patient = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
TEXT = "Văn phòng chủ trì, hoàn thành trước ngày 30/6."
spans = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(lambda pair: Span(*sorted(pair)))
found = st.lists(
    st.builds(Mark, st.sampled_from(["task-0", "task-1", "head-title"]), st.just("task"), st.just(()), spans)
)


@patient
@given(records())
def test_each_box_stays_on_its_page_and_large_ones_lie_below(record):
    for page in range(1, 5):
        drawn = shapes(marks(record, ()), page)
        assert all(0 <= one.x <= UNITS and one.x + one.width <= UNITS + 0.2 for one in drawn)
        areas = [one.width * one.height for one in drawn]
        assert all(first >= second - 0.2 * UNITS for first, second in pairwise(areas))


@patient
@given(records())
def test_a_fact_opens_once(record):
    opened = [one.owner for page in range(1, 41) for one in shapes(marks(record, ()), page) if one.opens]
    assert len(opened) == len(set(opened))


@patient
@given(found)
def test_the_stretches_are_the_text(these):
    assert "".join(one.text for one in stretches(TEXT, these)) == TEXT


@patient
@given(found)
def test_each_letter_is_under_the_facts_that_cover_it(these):
    place = 0
    for one in stretches(TEXT, these):
        over = {mark.owner for mark in these if mark.span.start <= place < mark.span.end}
        assert set(one.owners) == over
        place += len(one.text)


def test_the_innermost_fact_is_what_a_click_leads_to():
    outer, inner = Mark("task-0", "task", (), Span(0, 40)), Mark("citation-0", "citation", (), Span(5, 9))
    by_text = {one.text: one.owner for one in stretches(TEXT, [outer, inner])}
    assert by_text[TEXT[5:9]] == "citation-0" and by_text[TEXT[9:40]] == "task-0"


def test_a_part_of_a_task_is_drawn_for_the_task_and_opens_nothing():
    whole = Mark("task-0", "task", (Box(1, 0, 0, 1, 0.5),), None)
    owner = Mark("task-0", "lead", (Box(1, 0, 0, 0.2, 0.1),), None)
    assert [(one.kind, one.opens) for one in shapes([owner, whole], 1)] == [("task", True), ("lead", False)]
