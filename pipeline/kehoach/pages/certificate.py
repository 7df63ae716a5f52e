"""Electronic signatures of a PDF: who signed, when, and whether the signed bytes are unchanged.

A digest that matches says that nobody changed the bytes, not who signed: neither the signature over the
attributes nor the chain of certificates is checked.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pikepdf
import pypdfium2 as pdfium
from asn1crypto import cms, tsp

from kehoach.document.page import Box, Signature
from kehoach.pages.glyphs import PageFrame
from kehoach.pages.textlayer import frame
from kehoach.text import nfc, one_line

# What asn1crypto raises on bytes that are no signature (1.5.1).
_BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError)
# What qpdf raises on a file or an object that it cannot make out.
UNREADABLE = (pikepdf.PdfError, RuntimeError, ValueError, TypeError, AttributeError, KeyError)
LOCAL = timezone(timedelta(hours=7))  # Việt Nam, without summer time
# Of a date in a PDF (ISO 32000-1, 7.9.4): D:20240629093000+07'00'
_DATE = re.compile(r"D?:?(\d{4})(\d\d)(\d\d)(\d\d)?(\d\d)?(\d\d)?(?:(Z)|([+-])(\d\d)'?(\d\d)?'?)?")
MARK = b"/ByteRange"  # of every signature; it can never be compressed, since it tells places in the file
MAX_FIELDS = 1000  # more are no signatures of a document
_DEPTH = 20  # fields within fields that are looked into
RANGE_NUMBERS = 4  # of /ByteRange: two parts, before and behind the signature's own figures
_HOLE = re.compile(rb"<[0-9a-fA-F\s\x00]*>")
_ALGORITHMS = frozenset({"md5", "sha1", "sha224", "sha256", "sha384", "sha512"})
_WHITE = b"\x00\t\n\x0c\r "

Rect = tuple[float, float, float, float]
Object = Any  # of pikepdf


@dataclass(frozen=True, slots=True)
class Certificate:
    """A signature as its field tells; `page` (1-based) and `rect` (points) None where it shows nowhere.

    `signed_at`: the signing machine's own clock; `timestamped_at`: the time authority's (RFC 3161); both
    ISO, in Việt Nam's time. `bytes_match`: whether the digest is that of the signed bytes; None where it
    cannot be told. `covers_file`: no byte was added behind it; False is no fault, a later one adds some.
    """

    page: int | None = None
    rect: Rect | None = None
    field: str | None = None
    signer: str | None = None
    organisation: str | None = None
    unit: str | None = None
    signed_at: str | None = None
    timestamped_at: str | None = None
    bytes_match: bool | None = None
    covers_file: bool | None = None


def certificates(data: bytes) -> tuple[Certificate, ...]:
    """The signatures of a PDF as sent, by page; what is broken or a dummy tells what is known of it."""
    if MARK not in data:
        return ()
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return tuple(_certificates(pdf, data))
    except UNREADABLE:
        return ()


def placed(found: Sequence[Certificate], page: pdfium.PdfPage, number: int) -> tuple[Signature, ...]:
    """The signatures that show on page `number`, with their boxes; the first page has those that show
    nowhere, too."""
    page_frame = frame(page)
    return tuple(_signature(one, _box(one.rect, page_frame, number)) for one in _of_page(found, number))


def unplaced(found: Sequence[Certificate], number: int) -> tuple[Signature, ...]:
    """As `placed`, without boxes: for a page that cannot be opened."""
    return tuple(_signature(one, None) for one in _of_page(found, number))


def _of_page(found: Sequence[Certificate], number: int) -> Iterator[Certificate]:
    return (one for one in found if one.page == number or (one.page is None and number == 1))


def _signature(one: Certificate, box: Box | None) -> Signature:
    return Signature(
        signer=one.signer,
        organisation=one.organisation,
        unit=one.unit,
        signed_at=one.signed_at,
        timestamped_at=one.timestamped_at,
        bytes_match=one.bytes_match,
        covers_file=one.covers_file,
        field=one.field,
        page=one.page,
        box=box,
    )


def _box(rect: Rect | None, page_frame: PageFrame, number: int) -> Box | None:
    """The part of `rect` that lies on the page; None where none does."""
    if rect is None:
        return None
    corners = page_frame.fractions(rect[0], rect[1]), page_frame.fractions(rect[2], rect[3])
    xs, ys = (sorted(min(max(edge, 0.0), 1.0) for edge in axis) for axis in zip(*corners, strict=True))
    return Box(number, xs[0], ys[0], xs[1], ys[1]) if xs[0] < xs[1] and ys[0] < ys[1] else None


def _certificates(pdf: pikepdf.Pdf, data: bytes) -> Iterator[Certificate]:
    seen: set[tuple[int, int]] = set()
    for number, page in enumerate(pdf.pages, 1):
        for note in _items(page.get("/Annots")):
            if _inherited(note, "/FT") == "/Sig":
                seen.add(note.objgen)
                yield from _told(note, number, data)
    form = pdf.Root.get("/AcroForm")
    for fields in _leaves(form.get("/Fields") if isinstance(form, pikepdf.Dictionary) else None, 0):
        if fields.objgen not in seen and _inherited(fields, "/FT") == "/Sig":
            yield from _told(fields, None, data)


def _told(field: Object, page: int | None, data: bytes) -> Iterator[Certificate]:
    """One signature, or none where the field was never signed."""
    value = _inherited(field, "/V")
    if not isinstance(value, pikepdf.Dictionary):
        return
    parts = _parts(value, data)
    told = _Container.read(_bytes(value.get("/Contents")))
    clock = _clock(_string(value.get("/M")))
    yield Certificate(
        page=page,
        rect=_rect(field),
        field=_string(_inherited(field, "/T")),
        signer=told.name("common_name") or _string(value.get("/Name")),
        organisation=told.name("organization_name"),
        unit=told.name("organizational_unit_name"),
        signed_at=clock or told.signing_time,
        timestamped_at=told.timestamp,
        bytes_match=told.matches(data, parts),
        covers_file=not data[parts[-1][1] :].strip(_WHITE) if parts else None,
    )


@dataclass(frozen=True, slots=True)
class _Container:
    """A PKCS#7 container (RFC 5652) as far as it can be read; all None where it cannot."""

    subject: Mapping[str, Any]
    digest: bytes | None = None
    algorithm: str | None = None
    signing_time: str | None = None
    timestamp: str | None = None
    inner: bytes | None = None  # signed bytes that stand inside: of adbe.pkcs7.sha1 the file's digest

    @classmethod
    def read(cls, raw: bytes) -> _Container:
        content = _tried(lambda: cms.ContentInfo.load(raw)["content"])
        info = _tried(lambda: content["signer_infos"][0])
        stamp = _tried(lambda: _timestamp(info))
        inner = _tried(lambda: content["encap_content_info"]["content"].native)
        return cls(
            _tried(lambda: _subject(content, info)) or {},
            _tried(lambda: _attribute(info, "signed_attrs", "message_digest")),
            _tried(lambda: info["digest_algorithm"]["algorithm"].native),
            _tried(lambda: _own_time(_attribute(info, "signed_attrs", "signing_time"), stamp)),
            _iso(stamp),
            inner if isinstance(inner, bytes) else None,
        )

    def name(self, part: str) -> str | None:
        """A part of the signer's name; several are joined."""
        value = self.subject.get(part)
        texts = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        return ", ".join(one_line(nfc(text)) for text in texts) or None

    def matches(self, data: bytes, parts: Sequence[tuple[int, int]]) -> bool | None:
        """Whether the digest is that of the signed `parts` of the file."""
        if self.algorithm not in _ALGORITHMS or self.digest is None or not parts:
            return None
        signed = b"".join(data[start:end] for start, end in parts)
        if self.inner is not None:
            if hashlib.sha1(signed, usedforsecurity=False).digest() != self.inner:
                return False
            signed = self.inner
        return hashlib.new(str(self.algorithm), signed, usedforsecurity=False).digest() == self.digest


def _tried(part: Callable[[], Any]) -> Any:
    """A part of a container; None where it is broken, which need not hold for its other parts."""
    try:
        return part()
    except _BROKEN:
        return None


def _subject(content: Any, info: Any) -> Mapping[str, Any]:
    """Name parts of the signer's own certificate among those that the container carries."""
    wanted = info["sid"].chosen
    for choice in content["certificates"]:
        certificate = choice.chosen
        if info["sid"].name == "issuer_and_serial_number":
            is_own = certificate.serial_number == wanted["serial_number"].native
        else:
            is_own = certificate.key_identifier == wanted.native
        if is_own:
            return dict(certificate.subject.native)
    return {}


def _attribute(info: Any, kind: str, name: str) -> Any:
    """The native value of an attribute; None where there is none."""
    for attribute in info[kind] or ():
        if attribute["type"].native == name:
            return attribute["values"][0].native
    return None


def _timestamp(info: Any) -> datetime | None:
    for attribute in info["unsigned_attrs"] or ():
        if attribute["type"].native == "signature_time_stamp_token":
            token = attribute["values"][0]["content"]["encap_content_info"]["content"].parsed
            moment = token["gen_time"].native if isinstance(token, tsp.TSTInfo) else None
            return moment if isinstance(moment, datetime) else None
    return None


def _own_time(moment: Any, stamp: datetime | None) -> str | None:
    """The attribute signing_time. Signing tools of this country write local time and call it UTC: where a
    time authority's word stands beside it, the reading that is nearer to that word holds."""
    if not isinstance(moment, datetime):
        return None
    as_local = moment.replace(tzinfo=LOCAL)
    if stamp is not None and abs(as_local - stamp) < abs(moment - stamp):
        return _iso(as_local)
    return _iso(moment)


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(LOCAL).isoformat(timespec="seconds")


def _clock(text: str | None) -> str | None:
    """A date of a PDF as ISO in local time; as it stands where it names no zone; None where it is none."""
    match = _DATE.fullmatch(text or "")
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(figure or 0) for figure in match.groups()[:6])
    zone = match[7] or match[8]
    hours = timedelta(hours=int(match[9] or 0), minutes=int(match[10] or 0))
    try:
        moment = datetime(year, month, day, hour, minute, second)
        if not zone:
            return moment.isoformat(timespec="seconds")
        return _iso((moment + hours if zone == "-" else moment - hours).replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return None


def _parts(value: Object, data: bytes) -> tuple[tuple[int, int], ...]:
    """Start and end of the two signed parts of the file; () where the numbers make no sense, as in a dummy,
    or more than the signature's own figures lies between the parts."""
    numbers = [int(one) for one in _items(value.get("/ByteRange"), (int,))]
    if len(numbers) != RANGE_NUMBERS or numbers[0] != 0 or not all(numbers[1:]):
        return ()
    parts = ((0, numbers[1]), (numbers[2], numbers[2] + numbers[3]))
    is_whole = 0 < numbers[1] < numbers[2] < parts[1][1] <= len(data)
    return parts if is_whole and _HOLE.fullmatch(data, numbers[1], numbers[2]) else ()


def _inherited(field: Object, key: str) -> Object:
    """A field's own entry, else its parent's."""
    for _ in range(_DEPTH):
        if not isinstance(field, pikepdf.Dictionary):
            return None
        if key in field:
            return field[key]
        field = field.get("/Parent")
    return None


def _leaves(fields: Object, depth: int) -> Iterator[Object]:
    for field in _items(fields):
        children = _items(field.get("/Kids"))
        if children and depth < _DEPTH:
            yield from _leaves(field.Kids, depth + 1)
        else:
            yield field


def _items(array: Object, kinds: tuple[type, ...] = (pikepdf.Dictionary,)) -> list[Object]:
    """Items of an array that are of one of the `kinds`; none where it is no array."""
    if not isinstance(array, pikepdf.Array):
        return []
    return [one for one in list(array)[:MAX_FIELDS] if isinstance(one, kinds)]


def _string(value: Object) -> str | None:
    return one_line(nfc(str(value))) or None if isinstance(value, pikepdf.String) else None


def _bytes(value: Object) -> bytes:
    return bytes(value) if isinstance(value, pikepdf.String) else b""


def _rect(field: Object) -> Rect | None:
    """Where the field shows; None where it has no extent."""
    try:
        x0, y0, x1, y1 = (float(value) for value in field.Rect.as_list())
    except UNREADABLE:
        return None
    return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)) if x0 != x1 and y0 != y1 else None
