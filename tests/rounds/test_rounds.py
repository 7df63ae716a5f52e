"""A round of the invented family: five of six units sent a plan."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from kehoach.assess import Assessment
from kehoach.document.facts import Citation, Header, Issuer, Record, Source
from kehoach.document.plan import Anchor, Span
from kehoach.document.review import Submission
from kehoach.review.issuers import issuer_named
from kehoach.rounds.summary import Round, Standing, belongs, chains, summarised
from kehoach.rules import data
from kehoach.store.roster import Expected

DUE = date(2026, 1, 31)
ASKED = Round(2026, DUE)


def kehoach(*arguments):
    command = [sys.executable, "-m", "kehoach", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=os.environ)


@pytest.fixture(scope="module")
def truth(root):
    return json.loads((root / "tests" / "data" / "family" / "truth.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def workbook(root, truth, tmp_path_factory):
    """The round of 2026, asked with other spellings of the units' names; what the command said."""
    folder = tmp_path_factory.mktemp("round")
    names = [one["issuer"].replace("UBND ", "Uỷ ban nhân dân ").upper() for one in truth["units"]]
    (folder / "units.csv").write_text(
        "Cơ quan,Tỉnh\n" + "".join(f"{one},Tuyên Quang\n" for one in names), "utf-8"
    )
    kehoach("ingest", root / "tests" / "data" / "family", "--db", folder / "plans.db", "--no-cache")
    out = folder / "tổng hợp.xlsx"
    asked = ("--year", 2026, "--due", "2026-01-31", "--db", folder / "plans.db", "--out", out)
    assert kehoach("round", folder / "units.csv", *asked).returncode == 0
    return openpyxl.load_workbook(out)


def rows(sheet):
    head, *body = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in body]


def test_each_unit_of_the_list_has_its_row_with_number_and_date(workbook, truth):
    told = {one["Tệp"]: one for one in rows(workbook["Theo đơn vị"])}
    answers = truth["answers"]["1"]["rows"]
    assert len(told) == truth["answers"]["1"]["base"]
    for one in answers:
        row = told[one["file"]]
        if one["file"] is None:
            assert (
                row["Tình hình"] == "Chưa gửi" and row["Số, ký hiệu"] is None and row["Số nhiệm vụ"] is None
            )
            continue
        number = f"{one['number']}/KH-UBND" if one["number"] else "chưa có số"
        assert (row["Số, ký hiệu"], row["Ngày ban hành"].date().isoformat()) == (number, one["issued_on"])


def test_who_is_late_is_late_by_the_day_that_was_asked(workbook, truth):
    told = {one["Tệp"]: one["Tình hình"] for one in rows(workbook["Theo đơn vị"])}
    for one in truth["answers"]["2"]["rows"]:
        assert told[one["file"]] == ("Chậm" if one["after_limit"] else "Đúng hạn")
    late = [one for one in rows(workbook["Chưa gửi và chậm"]) if one["Tình hình"] == "Chậm"]
    assert [one["Chậm (ngày)"] for one in late] == [30, 6]


def test_what_is_missing_most_often_is_counted_by_unit(workbook, truth):
    told = {one["Nội dung"]: one for one in rows(workbook["Nội dung hay thiếu"])}
    rules = {
        "budget": "Có kinh phí thực hiện",
        "purpose": "Có mục đích, yêu cầu",
        "objectives": "Có mục tiêu, chỉ tiêu",
    }
    for one in truth["answers"]["13"]["rows"]:
        if one["section"] in rules:
            assert told.get(rules[one["section"]], {}).get("Số đơn vị", 0) == one["missing"]
    assert told["Có kinh phí thực hiện"]["Tỷ lệ"] == pytest.approx(2 / 5)


def test_shares_are_counted_over_the_plan_s_tasks(workbook, truth):
    told = {one["Tệp"]: one for one in rows(workbook["Theo đơn vị"])}
    for one in truth["answers"]["4"]["rows"]:
        row = told[one["file"]]
        assert row["Số nhiệm vụ"] == pytest.approx(one["tasks"], abs=1)
        assert row["Có thời hạn"] == pytest.approx(1 - one["no_deadline"] / one["tasks"], abs=0.06)


def test_the_figures_have_the_list_as_their_base(workbook):
    told = {row[0].value: row[1].value for row in workbook["Tổng hợp"].iter_rows(min_row=5)}
    assert (told["Đơn vị phải gửi"], told["Đã gửi"], told["Chưa gửi"]) == (6, 5, 1)
    assert told["Ban hành đúng hạn"] + told["Ban hành chậm"] + told["Chưa rõ ngày ban hành"] == told["Đã gửi"]
    results = data("rounds/texts.yaml")["results"].values()
    assert sum(told[one] for one in results) == told["Đã gửi"]


def test_the_workbook_can_be_read_printed_and_filtered(workbook):
    for sheet in workbook.worksheets[1:]:
        assert sheet.freeze_panes == "C2" and sheet.auto_filter.ref
        assert sheet.page_setup.orientation == "landscape" and sheet.print_title_rows == "$1:$1"
        assert all(sheet.column_dimensions[cell.column_letter].width for cell in sheet[1])
    dates = [row["Ngày nhận"] for row in rows(workbook["Theo đơn vị"]) if row["Ngày nhận"]]
    assert all(hasattr(one, "year") for one in dates)
    assert workbook["Theo đơn vị"]["E2"].number_format == "dd/mm/yyyy"


UNIT = Expected("xã An Bình", "Lạng Sơn")
HEAD = Header(
    type="ke_hoach",
    issuer=Issuer("UBND xã An Bình", "xa", "An Bình", None, "Lạng Sơn"),
    title="Cải cách hành chính năm 2026",
    year=2026,
)


def came(document_id, **head):
    header = replace(HEAD, **head)
    return Submission(
        document_id, document_id, f"{document_id}.pdf", f"2026-01-{document_id:02d}T08:00:00+00:00", header
    )


def assessment(one, cited=None):
    anchor = Anchor(Span(0, 1), 1)
    cites = (
        (Citation("QĐ", "quyet_dinh", "1", "QĐ-UBND", cited, None, None, None, anchor, "rule"),)
        if cited
        else ()
    )
    source = Source(one.file_name, "", 1, "text/plain")
    return Assessment(one.document_id, Record(source, one.header, citations=cites), ())


def told(*found, cited=None, units=(UNIT,)):
    made = {one.document_id: assessment(one, cited) for one in found}
    return summarised(ASKED, units, found, made)


@pytest.mark.parametrize(
    ("issued_on", "cited", "standing", "days_late"),
    [
        ("2026-01-31", None, Standing.ON_TIME, 0),
        ("2026-02-03", None, Standing.LATE, 3),
        ("2026-01", None, Standing.ON_TIME, 0),
        ("2026-02", None, Standing.LATE, None),
        ("2026", None, Standing.UNDATED, None),
        (None, None, Standing.UNDATED, None),
        (None, date(2026, 2, 1), Standing.LATE, None),  # it cites what was issued later
        (None, date(2026, 1, 5), Standing.UNDATED, None),  # which proves nothing
    ],
)
def test_a_day_that_is_not_printed_is_never_guessed(issued_on, cited, standing, days_late):
    (entry,) = told(came(5, issued_on=issued_on), cited=cited).entries
    assert (entry.standing, entry.days_late) == (standing, days_late)


def test_a_second_version_counts_but_its_day_does_not_make_the_unit_late():
    (entry,) = told(came(5, issued_on="2026-01-10"), came(20, issued_on="2026-02-20", number="9")).entries
    assert entry.standing is Standing.ON_TIME
    assert (len(entry.sent.versions), entry.sent.last.document_id) == (2, 20)


def test_two_plans_of_a_unit_are_two_rows_and_one_unit():
    summary = told(came(5, issued_on="2026-01-10"), came(6, title="Nâng cao Chỉ số PAPI năm 2026"))
    assert len(summary.entries) == 2 and len(chains([came(5), came(6)])) == 1
    assert summary.units(*Standing) == (UNIT,)


def test_who_is_not_on_the_list_is_told_apart_and_another_level_is_no_answer():
    elsewhere = came(5, issuer=replace(HEAD.issuer, province="Quảng Ngãi"))
    above = came(6, issuer=Issuer("UBND tỉnh Lạng Sơn", "tinh", None, None, "Lạng Sơn"))
    summary = told(elsewhere, above)
    assert [one.document_id for one in summary.strangers] == [5]
    assert summary.units(Standing.MISSING) == (UNIT,)


def test_one_name_in_two_provinces_is_decided_by_the_province_or_not_at_all():
    other = Expected("xã An Bình", "Quảng Ngãi")
    assert told(came(5), units=(UNIT, other)).units(Standing.MISSING) == (other,)
    unsure = came(5, issuer=replace(HEAD.issuer, province=None))
    assert told(unsure, units=(UNIT, other)).units(Standing.MISSING) == (UNIT, other)


@pytest.mark.parametrize(
    ("name", "level", "place"),
    [
        ("UBND xã Nậm Khuông", "xa", "Nậm Khuông"),
        ("ỦY BAN NHÂN DÂN PHƯỜNG MINH LƯƠNG", "xa", "MINH LƯƠNG"),
        ("thị trấn Sìn Hồ", "xa", "Sìn Hồ"),
        ("Huyện Sìn Hồ", "huyen", "Sìn Hồ"),
        ("Bản Loan", "xa", "Bản Loan"),
    ],
)
def test_a_list_names_units_in_many_ways(name, level, place):
    found = issuer_named(name)
    assert (found.level, {"xa": found.commune, "huyen": found.district}[level]) == (level, place)


@pytest.mark.parametrize(
    ("head", "about", "fits"),
    [
        ({}, "", True),
        ({}, "CCHC", True),
        ({}, "PAPI", False),
        ({"year": 2025}, "", False),
        ({"year": None, "issued_on": "2026-01-05"}, "", True),
        ({"type": "cong_van"}, "", False),
    ],
)
def test_a_round_asks_for_plans_of_its_year_and_subject(head, about, fits):
    assert belongs(came(5, **head), replace(ASKED, about=about)) is fits
