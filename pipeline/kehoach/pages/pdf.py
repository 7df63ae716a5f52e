"""PDF files as pdfium opens them; a file that it cannot open is mended by qpdf first."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium

from kehoach.errors import Damaged, EmptyFile, Encrypted

# FPDF_ERR_PASSWORD and FPDF_ERR_SECURITY of pdfium's fpdfview.h
_LOCKED = (4, 5)


def open_pdf(path: Path) -> tuple[pdfium.PdfDocument, bytes]:
    """The document and the bytes that it was opened from.

    Raises EmptyFile (no byte), Encrypted (a password is needed to read), Damaged (no page can be found).
    """
    data = path.read_bytes()
    if not data:
        raise EmptyFile(name=path.name)
    try:
        document = _opened(data, path.name)
    except pdfium.PdfiumError:
        data = _mended(data, path.name)
        document = _opened_after_mending(data, path.name)
    if not len(document):
        document.close()
        raise Damaged(name=path.name, detail="no pages")
    return document, data


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
