"""A plan's page: what rests by a reviewer's word stands apart, what could not be read says why."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kehoach.document.finding import Finding, Severity, Verdict
from kehoach.document.review import Reason
from kehoach.errors import PlanNotFound
from kehoach.store.findings import renew_findings
from kehoach.store.read import open_database
from kehoach.store.reviews import waive
from kehoach.store.write import land
from kehoach.web.pictures import Pictures
from kehoach.web.plan import view
from made_records import plan, record

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def finding(rule, verdict=Verdict.FAIL, severity=Severity.MINOR):
    return Finding(rule, verdict, severity, "law", None, "t", "m", "f", evidence="words")


FOUND = (
    finding("light"),
    finding("heavy", severity=Severity.BLOCKER),
    finding("waived", severity=Severity.MAJOR),
    finding("open", Verdict.NOT_ASSESSABLE),
    finding("well", Verdict.PASS),
)


@pytest.fixture
def db(tmp_path):
    base = open_database(tmp_path / "plans.db", must_exist=False)
    made = replace(record("a.pdf", "Báo cáo."), unread=(("document.number", "handwritten"),))
    land(base, source=made.source, received_at=NOON, outcome="read", record=made, plan=plan("Báo cáo."))
    renew_findings(base, 1, FOUND, at=NOON)
    yield base
    base.close()


def test_findings_stand_by_verdict_the_heaviest_first_and_those_at_rest_apart(db):
    waive(db, 1, [FOUND[2]], reason=Reason.ACCEPTED, note="đã báo", by="An", at=NOON)
    seen = view(db.conn, 1, Pictures())
    assert [one.fact.rule for one in seen.fails] == ["heavy", "light"]
    assert [(one.fact.rule, waiver.by) for one, waiver in seen.rested] == [("waived", "An")]
    assert [one.fact.rule for one in (*seen.unassessed, *seen.passes)] == ["open", "well"]
    assert seen.fails[0].key == "finding-1", "links from the checklist name the place in the database"


def test_a_field_that_could_not_be_read_says_why(db):
    number = next(one for one in view(db.conn, 1, Pictures()).head if one.name == "number")
    assert (number.value, number.unread) == (None, "handwritten")


def test_without_its_file_a_plan_shows_its_words_and_says_so(db):
    seen = view(db.conn, 1, Pictures())
    assert seen.is_lost and seen.pages == () and "".join(one.text for one in seen.text) == "Báo cáo."


def test_no_such_plan(db):
    with pytest.raises(PlanNotFound):
        view(db.conn, 9, Pictures())
