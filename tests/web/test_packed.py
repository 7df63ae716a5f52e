"""A page comes out of its packing as it went in; pictures and pieces are left alone."""

import asyncio
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kehoach.web.packed import LEAST, packed

PAGE = (b"text/html; charset=utf-8", "Kế hoạch ".encode() * 400)


def asked(kind, *pieces, accepts=b"gzip, br"):
    """Headers and body that arrive."""

    async def app(scope, receive, send):
        head = [(b"content-type", kind), (b"content-length", str(sum(map(len, pieces))).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": head})
        for place, piece in enumerate(pieces, 1):
            await send({"type": "http.response.body", "body": piece, "more_body": place < len(pieces)})

    sent = []

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "headers": [(b"accept-encoding", accepts)]}
    asyncio.run(packed(app)(scope, None, send))
    return dict(sent[0]["headers"]), b"".join(one.get("body", b"") for one in sent[1:])


@settings(deadline=None)
@given(st.binary(min_size=LEAST, max_size=5000))
def test_what_is_packed_comes_out_again(body):
    headers, arrived = asked(b"text/html", body)
    assert headers[b"content-encoding"] == b"gzip" and int(headers[b"content-length"]) == len(arrived)
    assert zlib.decompress(arrived, zlib.MAX_WBITS | 16) == body


def test_words_become_much_shorter():
    _headers, arrived = asked(*PAGE)
    assert len(arrived) < len(PAGE[1]) / 10


@pytest.mark.parametrize(
    "answer, accepts",
    [
        ((PAGE[0], b"short"), b"gzip"),
        ((b"image/webp", PAGE[1]), b"gzip"),
        ((PAGE[0], PAGE[1]), b"identity"),
        ((PAGE[0], PAGE[1], PAGE[1]), b"gzip"),
    ],
    ids=["short", "picture", "not taken", "in pieces"],
)
def test_others_go_as_they_are(answer, accepts):
    headers, arrived = asked(*answer, accepts=accepts)
    assert b"content-encoding" not in headers and arrived == b"".join(answer[1:])
    assert int(headers[b"content-length"]) == len(arrived)
