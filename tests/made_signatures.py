"""Signed PDFs for tests: containers (PKCS#7) that say who and when, without any key."""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, datetime

import pikepdf
from asn1crypto import cms, core, keys, tsp, x509

from made_pages import HEIGHT, WIDTH

NOON = datetime(2024, 6, 29, 12, tzinfo=UTC)
ROOM = 3000  # bytes that the container may take
NAMES = {"common_name": "Trần Thị Mai", "organization_name": "UBND XÃ A", "organizational_unit_name": "VP"}
SHA256 = {"algorithm": "sha256"}
ECDSA = {"algorithm": "sha256_ecdsa"}


def signed(*, stamp: datetime | None = None, own_time: datetime | None = None, **more: object) -> bytes:
    """A PDF of one page, signed as a whole. `more`: entries of the signature's dictionary."""
    raw = _unsigned(more)
    start = raw.index(b"<" + b"00" * ROOM)
    end = start + 2 * ROOM + 2
    numbers = b"/ByteRange [ 0 %d %d %d ]" % (start, end, len(raw) - end)
    at = raw.index(b"/ByteRange")
    room = raw.index(b"]", at) + 1 - at
    raw = raw[:at] + numbers.ljust(room) + raw[at + room :]
    digest = hashlib.sha256(raw[:start] + raw[end:]).digest()
    container = _container(digest, stamp, own_time).ljust(ROOM, b"\0")
    return raw[:start] + b"<" + container.hex().encode() + b">" + raw[end:]


def _unsigned(more: dict[str, object]) -> bytes:
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(WIDTH, HEIGHT))
        value = pikepdf.Dictionary(
            Type=pikepdf.Name.Sig,
            Filter=pikepdf.Name("/Adobe.PPKLite"),
            SubFilter=pikepdf.Name("/adbe.pkcs7.detached"),
            ByteRange=pikepdf.Array([0, 1234567890, 1234567890, 1234567890]),
            Contents=pikepdf.String(b"\0" * ROOM),
            **more,
        )
        field = made.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name.Sig,
                T=pikepdf.String("Signature1"),
                Rect=pikepdf.Array([300, 400, 500, 450]),
                V=made.make_indirect(value),
            )
        )
        made.pages[0].Annots = pikepdf.Array([field])
        made.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
        made.save(out := io.BytesIO(), static_id=True)
    return out.getvalue()


def _container(digest: bytes, stamp: datetime | None, own_time: datetime | None) -> bytes:
    attributes = [cms.CMSAttribute({"type": "message_digest", "values": [digest]})]
    if own_time:
        time = cms.Time({"utc_time": core.UTCTime(own_time)})
        attributes.append(cms.CMSAttribute({"type": "signing_time", "values": [time]}))
    certificate = _certificate()
    info = cms.SignerInfo(
        {
            "version": "v1",
            "sid": {
                "issuer_and_serial_number": {
                    "issuer": certificate.issuer,
                    "serial_number": certificate.serial_number,
                }
            },
            "digest_algorithm": SHA256,
            "signed_attrs": attributes,
            "signature_algorithm": ECDSA,
            "signature": b"none",
        }
    )
    if stamp:
        token = cms.CMSAttribute({"type": "signature_time_stamp_token", "values": [_token(stamp)]})
        info["unsigned_attrs"] = [token]
    return _content(cms.SignedData(_data([info], [certificate], {"content_type": "data"})))


def _token(stamp: datetime) -> cms.ContentInfo:
    told = tsp.TSTInfo(
        {
            "version": "v1",
            "policy": "1.2.3",
            "message_imprint": {"hash_algorithm": SHA256, "hashed_message": b"x"},
            "serial_number": 1,
            "gen_time": stamp,
        }
    )
    inner = {"content_type": "tst_info", "content": told}
    return cms.ContentInfo.load(_content(cms.SignedData(_data([], [], inner))))


def _data(infos: list[object], certificates: list[object], inner: dict[str, object]) -> dict[str, object]:
    return {
        "version": "v3",
        "digest_algorithms": [SHA256],
        "encap_content_info": inner,
        "certificates": certificates,
        "signer_infos": infos,
    }


def _content(data: cms.SignedData) -> bytes:
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": data}).dump())


def _certificate() -> x509.Certificate:
    body = {
        "version": "v3",
        "serial_number": 7,
        "signature": ECDSA,
        "issuer": x509.Name.build({"common_name": "CA"}),
        "validity": {"not_before": x509.Time({"utc_time": NOON}), "not_after": x509.Time({"utc_time": NOON})},
        "subject": x509.Name.build(NAMES),
        "subject_public_key_info": {
            "algorithm": {"algorithm": "rsa", "parameters": core.Null()},
            "public_key": keys.RSAPublicKey({"modulus": 35, "public_exponent": 5}),
        },
    }
    return x509.Certificate(
        {"tbs_certificate": body, "signature_algorithm": ECDSA, "signature_value": b"none"}
    )
