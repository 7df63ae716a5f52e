"""Files as sources: what a file is, judged by its content and never by its name, and its hash.

What cannot become a plan is refused here, before any library opens it.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from kehoach.document.facts import Source
from kehoach.errors import (
    Damaged,
    EmptyFile,
    Encrypted,
    FileRefused,
    NotFound,
    OldWordFile,
    OtherFormat,
    PackedFiles,
    TooLarge,
    UnknownType,
)
from kehoach.ingest.characters import characters, utf_16

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXT = "text/plain"
UNKNOWN = "application/octet-stream"
KINDS = {PDF: "digital", DOCX: "docx", TEXT: "text"}  # all others are pictures; a PDF's is judged when read

PDF_MARK = b"%PDF-"
PDF_HEAD = 1024  # bytes among which readers look for the mark (ISO 32000-1, Annex H, note 13)
PICTURES = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
    b"II+\x00": "image/tiff",  # BigTIFF
    b"MM\x00+": "image/tiff",
    b"BM": "image/bmp",
}
RIFF_WEBP = re.compile(rb"RIFF....WEBP", re.DOTALL)
# Kinds of file that clerks send too: what they are called, by the bytes that they begin with.
OTHER_PICTURES = re.compile(rb"(?P<GIF>GIF8[79]a)|....ftyp(?P<HEIC>heic|heix|hevc|mif1|msf1|avif)", re.DOTALL)
ARCHIVES = {b"Rar!\x1a\x07": "RAR", b"7z\xbc\xaf\x27\x1c": "7-Zip", b"\x1f\x8b": "gzip"}
OLE_KINDS = {"Workbook": "Excel", "Book": "Excel", "PowerPoint Document": "PowerPoint"}  # streams' names
OLE_MAIL = "__substg1.0_".encode("utf-16-le")  # of [MS-OXMSG], 2.2.1
MAIL = "e-mail"
MAIL_HEADS = re.compile(
    rb"^(?:Return-Path|Received|Delivered-To|MIME-Version|Message-ID|Content-Type|DKIM-Signature):",
    re.M | re.I,
)
ZIP_KINDS = {
    b"spreadsheetml": "Excel",
    b"presentationml": "PowerPoint",
    b"fixeddocumentsequence": "XPS",
    b"opendocument": "OpenDocument",
    b"epub": "EPUB",
}
MAIL_HEAD_LINES = 3  # of a mail's head at least; a plan has none
ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # a stream of [MS-OFFCRYPTO], 2.3.4.4
OLE_WORD = "WordDocument".encode("utf-16-le")  # a stream of [MS-DOC], 2.1.1
OTHER_TEXTS = {b"{\\rtf": "RTF", b"<?xml": "XML", b"%!PS": "PostScript"}  # text to a machine, none of a plan
CONTENT_TYPES = "[Content_Types].xml"
ODF_TYPE = "mimetype"  # the part that names the type of OpenDocument and EPUB files
# Documents and templates, with macros (which are never run) or without.
WORD_MAIN = re.compile(
    rb"wordprocessingml\.(?:document|template)\.main\+xml|ms-word\.(?:document|template)\.macroEnabled"
)
ENCRYPTED_FLAG = 0x1  # of a zip entry

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
SAMPLE = 65_536  # bytes that decide whether something is text
MAX_CONTROL_SHARE = 0.01  # of control bytes in text; a stray one does not make a file binary
CHUNK = 1 << 20
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How large a file may be, packed and unpacked. `parts`: entries of a Word file."""

    bytes: int = 200_000_000
    text_bytes: int = 20_000_000
    unpacked_bytes: int = 300_000_000
    xml_bytes: int = 60_000_000  # of one part: its tree takes about ten times as much memory
    parts: int = 10_000


def open_source(path: Path, limits: Limits = Limits()) -> Source:
    """What the file at `path` is, with its hash. `kind` and `page_count` of a PDF or picture come later.

    Raises NotFound, EmptyFile, TooLarge, UnknownType, OldWordFile, Encrypted, Damaged, NotText.
    """
    name = shown_name(path)
    try:
        if not path.is_file():
            raise NotFound(name=name)
        size = path.stat().st_size
        _check_size(name, size, limits.bytes)
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise NotFound(name=name) from error
    media_type = _media_type(name, data, limits)
    kind = KINDS.get(media_type, "image")
    return Source(name, hashlib.sha256(data).hexdigest(), len(data), media_type, kind)


def describe(path: Path) -> Source:
    """A refused file as far as it can be told; never raises. No hash where no byte could be read."""
    digest, size = hashlib.sha256(), 0
    try:
        if path.is_file():
            with path.open("rb") as file:
                while chunk := file.read(CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
            return Source(shown_name(path), digest.hexdigest(), size, _by_mark(path) or UNKNOWN, "text")
    except (OSError, ValueError):
        pass
    return Source(shown_name(path), "", 0, UNKNOWN, "text")


def shown_name(path: Path) -> str:
    """The file's name as text: bytes that are no UTF-8 become replacement characters."""
    return path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _check_size(name: str, size: int, limit: int) -> None:
    if size > limit:
        raise TooLarge(name=name, amount=_megabytes(size), limit=_megabytes(limit))


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:.0f} MB"


def _by_mark(path: Path) -> str | None:
    with path.open("rb") as file:
        return _marked_type(file.read(PDF_HEAD))


def _media_type(name: str, data: bytes, limits: Limits) -> str:
    if not data:
        raise EmptyFile(name=name)
    if marked := _marked_type(data[:PDF_HEAD]):
        return marked
    if data.startswith(ZIP_MARKS):
        return _zip_type(name, data, limits)
    if data.startswith(OLE_MARK):
        raise _ole_error(name, data)
    if picture := OTHER_PICTURES.match(data):
        raise OtherFormat(name=name, kind=picture.lastgroup)
    if kind := next((kind for mark, kind in ARCHIVES.items() if data.startswith(mark)), None):
        raise PackedFiles(name=name, kind=kind)
    return _text_type(name, data, limits)


def _marked_type(head: bytes) -> str | None:
    if PDF_MARK in head and not head.startswith((*ZIP_MARKS, OLE_MARK)):
        return PDF
    if RIFF_WEBP.match(head):
        return "image/webp"
    return next((media_type for mark, media_type in PICTURES.items() if head.startswith(mark)), None)


def _ole_error(name: str, data: bytes) -> FileRefused:
    if OLE_ENCRYPTED in data:
        return Encrypted(name=name)
    if OLE_MAIL in data:
        return PackedFiles(name=name, kind=MAIL)
    if OLE_WORD in data:
        return OldWordFile(name=name)
    kind = next((kind for word, kind in OLE_KINDS.items() if word.encode("utf-16-le") in data), None)
    return OtherFormat(name=name, kind=kind) if kind else UnknownType(name=name)


def _zip_type(name: str, data: bytes, limits: Limits) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_unpacked(name, entries, limits)
            if any(entry.flag_bits & ENCRYPTED_FLAG for entry in entries):
                raise Encrypted(name=name)
            types = archive.read(CONTENT_TYPES) if CONTENT_TYPES in archive.namelist() else b""
            if not WORD_MAIN.search(types):
                raise _zip_error(name, archive, types)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise Damaged(name=name, detail=error) from error
    return DOCX


def _zip_error(name: str, archive: zipfile.ZipFile, types: bytes) -> FileRefused:
    told = types or (archive.read(ODF_TYPE) if ODF_TYPE in archive.namelist() else b"")
    kind = next((kind for word, kind in ZIP_KINDS.items() if word in told.lower()), None)
    return OtherFormat(name=name, kind=kind) if kind else PackedFiles(name=name, kind="ZIP")


def _check_unpacked(name: str, entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    """A small archive can unpack to any size; what it says of itself is what Python will unpack at most."""
    if len(entries) > limits.parts:
        raise TooLarge(name=name, amount=len(entries), limit=limits.parts)
    _check_size(name, sum(entry.file_size for entry in entries), limits.unpacked_bytes)
    for entry in entries:
        if entry.filename.endswith((".xml", ".rels")):
            _check_size(name, entry.file_size, limits.xml_bytes)


def _text_type(name: str, data: bytes, limits: Limits) -> str:
    if kind := next((kind for mark, kind in OTHER_TEXTS.items() if data.startswith(mark)), None):
        raise OtherFormat(name=name, kind=kind)
    sample = data[:SAMPLE]
    if not utf_16(data) and len(_CONTROL.findall(sample)) > MAX_CONTROL_SHARE * len(sample):
        raise UnknownType(name=name)
    if len(MAIL_HEADS.findall(sample)) >= MAIL_HEAD_LINES:
        raise PackedFiles(name=name, kind=MAIL)
    _check_size(name, len(data), limits.text_bytes)
    characters(data, name)
    return TEXT
