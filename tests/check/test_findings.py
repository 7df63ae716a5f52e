"""What the check says of the five plans, and what it leaves open where pages are lost or doubtful."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreement import agreement, summary
from kehoach.check.findings import blocks, findings
from kehoach.document.facts import Source
from kehoach.errors import KehoachError
from kehoach.ingest import text
from kehoach.run.steps import OpenFile, ReadPage, Tools
from kehoach.run.understand import understood
from kehoach.run.way import take
from made_checks import made

PLANS = ("000", "001", "002", "003", "004")


def read(path):
    opened = take(OpenFile(path, ahead=False), Tools())
    numbers = range(1, opened.page_count + 1)
    source = opened.source
    steps = (ReadPage(path, source.media_type, source.sha256, number) for number in numbers)
    return understood(source, opened.pages or tuple(take(step, Tools()) for step in steps))


def told(found):
    return [{"rule": one.rule, "verdict": one.verdict.value, "evidence": one.evidence} for one in found]


@pytest.mark.parametrize("variant", ["", ".digital", ".digital_signed"], ids=["text", "digital", "signed"])
def test_the_check_finds_what_a_careful_reviewer_is_sure_of_and_nothing_against_it(variant, corpus):
    counted = Counter()
    for plan in PLANS:
        path = corpus / ("scans" if variant else "text") / f"{plan}{variant}.{'pdf' if variant else 'txt'}"
        counted += agreement(f"{plan}{variant}", told(findings(*read(path))))[0]
    figures = summary(counted)
    print(variant or "text", figures)
    assert (figures["recall"], figures["false_failures"]) == (1.0, 0)


@pytest.fixture(scope="module")
def lost(corpus):
    """The plan of which pages are lost, as its printed page numbers tell."""
    return read(corpus / "scans" / "001.digital.pdf")


def test_a_lost_page_is_found_by_the_printed_numbers_and_the_break_is_quoted(lost):
    found = next(one for one in findings(*lost) if one.rule == "hs.du_trang")
    assert (found.verdict, found.severity, found.evidence) == ("fail", "blocker", "xác định cải thiện")
    assert found.anchor.page == 1
    assert blocks((found,))


def test_absence_is_no_failure_where_pages_are_lost_and_the_message_names_the_page(lost):
    found = {one.rule: one for one in findings(*lost)}
    assert found["ct.kinh_phi"].verdict == "not_assessable"
    assert "sau trang 1" in found["ct.kinh_phi"].message
    assert found["ct.kiem_tra"].verdict == "pass"  # what stands on the pages that are left


def test_every_finding_says_where_and_quotes_the_plan_verbatim(lost):
    plan = lost[0]
    for one in findings(*lost):
        assert one.anchor is not None and one.anchor.boxes
        assert one.evidence is None or one.evidence == plan.quote(one.anchor.span)


def test_a_field_that_was_written_by_hand_is_not_missing(lost):
    plan, outline, record = lost
    blank = replace(
        record, header=replace(record.header, number=None), unread=(("document.number", "handwritten"),)
    )
    found = next(one for one in findings(plan, outline, blank) if one.rule == "nd30.so")
    assert found.verdict == "not_assessable" and "viết tay" in found.message


def test_a_page_that_was_read_badly_makes_absence_doubtful(lost):
    plan, outline, record = lost
    poor = replace(plan, pages=tuple(replace(page, confidence=0.4) for page in plan.pages))
    found = {one.rule: one for one in findings(poor, outline, record)}
    assert found["hs.doc_duoc"].verdict == "fail"
    assert "trang 1, 2" in found["ct.kinh_phi"].message


def test_roman_numbers_of_a_scan_prove_no_gap():
    plan, outline, record = made(
        budget="", organisation="VI. TỔ CHỨC THỰC HIỆN\n- Theo dõi việc thực hiện Kế hoạch này."
    )
    scanned = replace(plan, pages=tuple(replace(page, confidence=0.95) for page in plan.pages))
    told = [
        next(one.verdict for one in findings(seen, outline, record) if one.rule == "ct.stt_lien_tuc")
        for seen in (plan, scanned)
    ]
    assert told == ["fail", "not_assessable"]


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_no_torn_or_shuffled_text_breaks_the_check(data, corpus):
    lines = (corpus / "text" / f"{data.draw(st.sampled_from(PLANS))}.txt").read_text("utf-8").split("\n")
    kept = data.draw(
        st.lists(st.sampled_from([*lines, "Đắk Plô, ngày 99 tháng 13 năm 0000"]), min_size=1, max_size=60)
    )
    body = "\n".join(kept).encode()
    source = Source("torn.txt", "0" * 64, len(body), "text/plain")
    try:
        seen = understood(source, text.pages(body, source.name))
    except KehoachError:
        return
    for one in findings(*seen):
        assert one.evidence is None or one.evidence == seen[0].quote(one.anchor.span)


def test_real_plans_of_provinces_fail_nothing_heavy_that_is_not_so(shared):
    heavy = []
    for path in sorted((shared / "real_text").glob("t*.txt")):
        found = findings(*read(path))
        heavy += [
            (path.name[:3], one.rule)
            for one in found
            if one.verdict == "fail" and one.severity in ("blocker", "major")
        ]
    # t13 is a draft: number and day are blank. Read on the page.
    assert heavy == [("t13", "nd30.so"), ("t13", "nd30.thoi_gian_day_du")]
