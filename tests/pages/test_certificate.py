"""Electronic signatures: who, when, and whether the bytes are as they were signed."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kehoach.pages.certificate import certificates
from kehoach.run.page import PdfReader
from made_signatures import NOON, signed

SIGNED = signed(stamp=NOON, own_time=NOON)


def test_a_signature_says_who_and_for_whom():
    (one,) = certificates(SIGNED)
    assert (one.signer, one.organisation, one.unit) == ("Trần Thị Mai", "UBND XÃ A", "VP")
    assert (one.page, one.rect, one.field) == (1, (300, 400, 500, 450), "Signature1")


def test_bytes_as_they_were_signed_match_and_others_do_not():
    assert certificates(SIGNED)[0].bytes_match is True
    changed = SIGNED.replace(b"595", b"594", 1)
    assert changed != SIGNED and certificates(changed)[0].bytes_match is False


def test_what_a_later_signature_adds_is_no_fault():
    (one,) = certificates(SIGNED + b"\n% a later signature\n")
    assert (one.bytes_match, one.covers_file) == (True, False)
    assert certificates(SIGNED)[0].covers_file is True


def test_a_range_that_leaves_out_more_than_the_signature_says_nothing_of_the_bytes():
    at = SIGNED.index(b"/ByteRange [ 0 ") + len(b"/ByteRange [ 0 ")
    figure = SIGNED[at : SIGNED.index(b" ", at)]
    smaller = SIGNED[:at] + str(int(figure) - 9).encode().ljust(len(figure)) + SIGNED[at + len(figure) :]
    assert certificates(smaller)[0].bytes_match is None


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("D:20240629190000+07'00'", "2024-06-29T19:00:00+07:00"),
        ("D:20240629120000Z", "2024-06-29T19:00:00+07:00"),
        ("D:20240629190000", "2024-06-29T19:00:00"),
        ("D:20249929190000+07'00'", None),
        ("yesterday", None),
    ],
)
def test_the_clock_of_the_signing_machine_is_told_in_local_time(written, told):
    assert certificates(signed(M=pikepdf.String(written)))[0].signed_at == told


def test_local_time_that_is_called_utc_is_taken_as_local_time():
    (one,) = certificates(signed(stamp=NOON, own_time=NOON + timedelta(hours=7, seconds=9)))
    assert one.timestamped_at == "2024-06-29T19:00:00+07:00"
    assert one.signed_at == "2024-06-29T19:00:09+07:00"


def test_a_dummy_tells_what_its_field_says(corpus: Path):
    found = certificates((corpus / "scans" / "001.digital_signed.pdf").read_bytes())
    assert {(one.signer, one.signed_at, one.bytes_match) for one in found} == {
        ("ỦY BAN NHÂN DÂN XÃ TRUNG TRẮC", "2022-01-14T09:30:00+07:00", None)
    }
    assert [one.page for one in found] == [1, 1, 1, 1, 3]


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(SIGNED) - 1), st.binary(min_size=1, max_size=40))
def test_damage_anywhere_never_raises(at, noise):
    for one in certificates(SIGNED[:at] + noise + SIGNED[at + len(noise) :]):
        assert one.bytes_match in (None, True, False)


def test_signatures_come_with_their_page(tmp_path: Path):
    (path := tmp_path / "signed.pdf").write_bytes(SIGNED)
    with PdfReader(path, None, 200.0) as reader:  # type: ignore[arg-type]
        (one,) = reader.read(1).signatures
    assert one.box is not None and one.box.page == 1 and one.box.y0 == pytest.approx(1 - 450 / 842, abs=0.001)


def test_all_signatures_of_real_files_are_told_as_they_are(shared: Path):
    truth = json.loads((shared / "real" / "truth_fields.json").read_text("utf-8"))
    for name, told in truth.items():
        found = certificates((shared / "real" / name).read_bytes())
        got = {(one.page, one.signer, one.signed_at, bool(one.timestamped_at)) for one in found}
        assert got == {(one["page"], one["by"], one["at"], one["timestamped"]) for one in told["signatures"]}
        assert all(one.bytes_match for one in found) and len(found) == len(told["signatures"])
