"""PDF files as pdfium opens them; a file that it cannot open is mended by qpdf first."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from kehoach.errors import Damaged, EmptyFile, Encrypted, FileRefused, OtherFormat, PackedFiles
from kehoach.text import nfc

# FPDF_ERR_PASSWORD and FPDF_ERR_SECURITY of pdfium's fpdfview.h
_LOCKED = (4, 5)
MAX_ATTACHMENTS = 20  # more are not named


def open_pdf(path: Path) -> tuple[pdfium.PdfDocument, bytes]:
    """The document and the bytes that it was opened from.

    Raises EmptyFile (no byte), Encrypted (a password is needed to read), Damaged (no page can be found),
    PackedFiles (a portfolio: its page is a cover), OtherFormat (an XFA form: its page is a placeholder).
    """
    data = path.read_bytes()
    if not data:
        raise EmptyFile(name=path.name)
    try:
        document = _opened(data, path.name)
    except pdfium.PdfiumError:
        data = _mended(data, path.name)
        document = _opened_after_mending(data, path.name)
    if error := _unreadable(document, data, path.name):
        document.close()
        raise error
    return document, data


def _unreadable(document: pdfium.PdfDocument, data: bytes, name: str) -> FileRefused | None:
    if not len(document):
        return Damaged(name=name, detail="no pages")
    if document.get_formtype() == raw.FORMTYPE_XFA_FULL:
        return OtherFormat(name=name, kind="XFA")
    if raw.FPDFDoc_GetAttachmentCount(document) and _is_portfolio(data):
        return PackedFiles(name=name, kind="PDF")
    return None


def _is_portfolio(data: bytes) -> bool:
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return "/Collection" in pdf.Root
    except (pikepdf.PdfError, RuntimeError, ValueError):
        return False


def attachments(document: pdfium.PdfDocument) -> tuple[str, ...]:
    """Names of the files that hang on a PDF; they are not read."""
    count = min(document.count_attachments(), MAX_ATTACHMENTS)
    return tuple(nfc(document.get_attachment(index).get_name()) for index in range(count))


def _opened(data: bytes, name: str) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) in _LOCKED:
            raise Encrypted(name=name) from error
        raise
    document.init_forms()  # before any page is loaded, else signature widgets do not show
    return document


def _mended(data: bytes, name: str) -> bytes:
    out = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            pdf.save(out)
    except pikepdf.PasswordError as error:
        raise Encrypted(name=name) from error
    except (pikepdf.PdfError, RuntimeError, ValueError) as error:
        raise Damaged(name=name, detail="not a PDF structure") from error
    return out.getvalue()


def _opened_after_mending(data: bytes, name: str) -> pdfium.PdfDocument:
    try:
        return _opened(data, name)
    except pdfium.PdfiumError as error:
        raise Damaged(name=name, detail="not a PDF structure") from error
