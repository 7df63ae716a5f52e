"""Pages packed for the way to the browser: a long plan's page is words, and words pack to a tenth."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from kehoach.web.headers import App, Message, Receive, Scope, Send

WORDS = (b"text/", b"application/json", b"image/svg+xml")
LEAST = 1400  # bytes: what goes into one packet is not worth it
GZIP = zlib.MAX_WBITS | 16
LEVEL = 5
Headers = list[tuple[bytes, bytes]]


def packed(app: App) -> App:
    """`app` with its pages as gzip for browsers that take it; files that come in pieces go as they are."""

    async def packed_app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _takes_gzip(scope.get("headers", ())):
            await app(scope, receive, send)
            return
        held: list[Message] = []

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                held.append(message)
                return
            if held:
                start = held.pop()
                is_whole = not message.get("more_body", False)
                if is_whole and _is_worth_it(start["headers"], message.get("body", b"")):
                    message = {**message, "body": _gzip(message["body"])}
                    start = {**start, "headers": _told(start["headers"], len(message["body"]))}
                await send(start)
            await send(message)

        await app(scope, receive, sent)

    return packed_app


def _takes_gzip(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    return any(name.lower() == b"accept-encoding" and b"gzip" in value for name, value in headers)


def _is_worth_it(headers: Headers, body: bytes) -> bool:
    told = {name.lower(): value for name, value in headers}
    is_words = told.get(b"content-type", b"").startswith(WORDS)
    return is_words and len(body) >= LEAST and b"content-encoding" not in told


def _gzip(body: bytes) -> bytes:
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, GZIP)
    return packer.compress(body) + packer.flush()


def _told(headers: Headers, length: int) -> Headers:
    kept = [pair for pair in headers if pair[0].lower() != b"content-length"]
    more = [(b"content-encoding", b"gzip"), (b"content-length", str(length).encode())]
    return [*kept, *more, (b"vary", b"Accept-Encoding")]
