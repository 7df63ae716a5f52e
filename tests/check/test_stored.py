"""A check from the database says what the check before landing said."""

from datetime import UTC, datetime

import pytest

from kehoach.check.findings import findings
from kehoach.run.steps import OpenFile, ReadPage, Tools
from kehoach.run.understand import understood
from kehoach.run.way import take
from kehoach.store.findings import read_findings, renew_findings
from kehoach.store.packed import packed
from kehoach.store.read import open_database, reading
from kehoach.store.write import land
from made_checks import made

NOW = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
DIGITS = 4  # of a box, as it is kept


def landed(tmp_path, plan, outline, record, found=()):
    db = open_database(tmp_path / "plans.db", must_exist=False)
    how = {"source": record.source, "received_at": NOW, "outcome": "read"}
    place = land(db, record=record, plan=plan, reading=packed(plan, outline), findings=found, **how)
    return db, place.document_id


def told(found):
    return [
        (one.rule, one.verdict, one.severity, one.message, one.evidence, where(one.anchor)) for one in found
    ]


def where(anchor):
    boxes = [(box.page, *(round(edge, DIGITS) for edge in box[1:])) for box in anchor.boxes]
    return anchor.page, anchor.span, boxes, anchor.confidence


@pytest.mark.parametrize("name", ["001.digital.pdf", "004.digital_signed.pdf"])
def test_a_stored_plan_is_judged_as_it_was_before_it_landed(name, corpus, tmp_path):
    path = corpus / "scans" / name
    opened = take(OpenFile(path, ahead=False), Tools())
    source = opened.source
    steps = (ReadPage(path, source.media_type, source.sha256, n) for n in range(1, opened.page_count + 1))
    seen = understood(source, tuple(take(step, Tools()) for step in steps))
    before = findings(*seen)
    db, document = landed(tmp_path, *seen)
    after = findings(*reading(db, document))
    assert [one[:5] for one in told(after)] == [one[:5] for one in told(before)]
    for one, other in zip(told(before), told(after), strict=True):
        assert one[5][:2] == other[5][:2] and one[5][3] == other[5][3]
        for box, kept in zip(one[5][2], other[5][2], strict=True):
            assert box == pytest.approx(kept, abs=2e-4)


def test_findings_come_back_as_they_landed_and_a_new_check_replaces_them(tmp_path):
    seen = made()
    first, second = findings(*seen), findings(*made(budget=""))
    db, document = landed(tmp_path, *seen, first)
    assert read_findings(db, document) == first
    renew_findings(db, document, second, at=NOW)
    assert read_findings(db, document) == second


def test_a_plan_that_an_older_version_read_has_nothing_to_check(tmp_path):
    db, document = landed(tmp_path, *made())
    db.execute("DELETE FROM readings")
    assert reading(db, document) is None
