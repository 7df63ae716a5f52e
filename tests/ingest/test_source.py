"""What a file is, is decided by its bytes; what cannot become a plan is refused with the right reason."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kehoach.errors import (
    Damaged,
    EmptyFile,
    Encrypted,
    FileRefused,
    NotFound,
    NotText,
    OldWordFile,
    OtherFormat,
    PackedFiles,
    TooLarge,
    UnknownType,
)
from kehoach.ingest.source import Limits, describe, open_source

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


def word_file() -> bytes:
    out = io.BytesIO()
    docx.Document().save(out)
    return out.getvalue()


def archive(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "media_type", "kind"),
    [
        (b"%PDF-1.7\n...", "application/pdf", "digital"),
        (b"\r\n\r\n%PDF-1.4", "application/pdf", "digital"),
        (b"\xff\xd8\xff\xe0\0\0JFIF", "image/jpeg", "image"),
        (b"\x89PNG\r\n\x1a\n\0", "image/png", "image"),
        (b"II*\0\x08\0\0\0", "image/tiff", "image"),
        (b"MM\0*\0\0\0\x08", "image/tiff", "image"),
        ("KẾ HOẠCH\n".encode(), "text/plain", "text"),
        (b"\xef\xbb\xbf" + "Kế hoạch\fTrang 2".encode(), "text/plain", "text"),
        ("<!DOCTYPE html><p>Kế hoạch</p>".encode(), "text/plain", "text"),
        ("Kế hoạch".encode("utf-16"), "text/plain", "text"),
        (b"BM\x8a\0\0\0", "image/bmp", "image"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp", "image"),
        (
            archive(**{"[Content_Types].xml": "application/vnd.ms-word.document.macroEnabled.main+xml"}),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "docx",
        ),
        (word_file(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    ],
)
def test_the_type_is_told_by_content(tmp_path: Path, content: bytes, media_type: str, kind: str) -> None:
    path = tmp_path / "named.exe"
    path.write_bytes(content)
    source = open_source(path)
    assert (source.media_type, source.kind, source.name) == (media_type, kind, "named.exe")
    assert (source.sha256, source.size_bytes) == (hashlib.sha256(content).hexdigest(), len(content))


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", EmptyFile),
        (OLE + "WordDocument".encode("utf-16-le"), OldWordFile),
        (OLE + "EncryptedPackage".encode("utf-16-le"), Encrypted),
        (OLE + "Workbook".encode("utf-16-le"), OtherFormat),
        (OLE + "__substg1.0_0037".encode("utf-16-le"), PackedFiles),
        (OLE, UnknownType),
        (archive(**{"a.txt": "Kế hoạch"}), PackedFiles),
        (archive(**{"[Content_Types].xml": "spreadsheetml.sheet.main+xml"}), OtherFormat),
        (archive(mimetype="application/vnd.oasis.opendocument.text"), OtherFormat),
        (b"Rar!\x1a\x07\x01\0", PackedFiles),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", OtherFormat),
        (b"Return-Path: <a@b>\nReceived: by c\nMIME-Version: 1.0\n\nK\xe1\xba\xbf", PackedFiles),
        (word_file()[:3000], Damaged),
        (b"PK\x03\x04rubbish", Damaged),
        (b"GIF89a\0\0\0\0", OtherFormat),
        (b"{\\rtf1 K\\'ea}", OtherFormat),
        (bytes(range(256)) * 8, UnknownType),
        ("Kế hoạch".encode("utf-16")[:-1], NotText),
        ("Kế hoạch năm 2024".encode("cp1258", "replace") + b"\xd5\xec", NotText),
    ],
)
def test_what_is_no_plan_is_refused_for_its_reason(
    tmp_path: Path, content: bytes, error: type[FileRefused]
) -> None:
    path = tmp_path / "plan.docx"
    path.write_bytes(content)
    with pytest.raises(error, match=r"plan\.docx"):
        open_source(path)
    assert describe(path).sha256 == hashlib.sha256(content).hexdigest()


def test_what_is_not_there_or_no_file_is_not_found(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "dangling").symlink_to(tmp_path / "gone")
    for name in ("none.pdf", "pipe", "dangling", "", "a\0b"):
        with pytest.raises(NotFound):
            open_source(tmp_path / name)
        assert describe(tmp_path / name).sha256 == ""


def test_an_encrypted_archive_asks_for_no_password(tmp_path: Path) -> None:
    content = bytearray(word_file())
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    (tmp_path / "a.docx").write_bytes(content)
    with pytest.raises(Encrypted):
        open_source(tmp_path / "a.docx")


def test_limits_hold_for_files_texts_and_what_an_archive_unpacks_to(tmp_path: Path) -> None:
    bomb = archive(
        **{"[Content_Types].xml": "wordprocessingml.document.main+xml", "word/document.xml": "0" * 10**6}
    )
    assert len(bomb) < 10_000
    cases = (
        (b"%PDF-" + bytes(2000), Limits(bytes=1000)),
        (b"a" * 2000, Limits(text_bytes=1000)),
        (bomb, Limits(unpacked_bytes=500_000)),
        (bomb, Limits(xml_bytes=500_000)),
        (bomb, Limits(parts=1)),
    )
    for content, limits in cases:
        (tmp_path / "a").write_bytes(content)
        with pytest.raises(TooLarge):
            open_source(tmp_path / "a", limits)


def test_a_name_that_is_no_utf_8_can_be_shown(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"k\xff.txt")
    path.write_text("Kế hoạch")
    assert open_source(path).name == "k\ufffd.txt"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from([b"", b"PK\x03\x04", b"%PDF-", OLE[:8], b"\xff\xfe"]), st.binary(max_size=200))
def test_any_bytes_give_a_source_or_a_refusal(tmp_path: Path, mark: bytes, rest: bytes) -> None:
    (tmp_path / "any").write_bytes(mark + rest)
    try:
        assert open_source(tmp_path / "any").media_type
    except FileRefused as error:
        assert str(error) and error.advice
