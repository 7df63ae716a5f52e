"""What every answer carries: nothing is loaded from, framed by or sent to another host.

An answer that brings a policy of its own keeps it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

# `data:` is for the small signs that the style sheet draws.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS: Mapping[bytes, bytes] = {
    b"content-security-policy": POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
}
LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}
MISDIRECTED = 421


def guarded(app: App, hosts: frozenset[str] | None) -> App:
    """`app` with these headers. `hosts`: names under which it may be asked for (against DNS rebinding); None:
    any name.
    """

    async def guarded_app(scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = list(message.get("headers", ()))
                said = {name.lower() for name, _value in own}
                missing = [pair for pair in HEADERS.items() if pair[0] not in said]
                message = {**message, "headers": [*own, *missing]}
            await send(message)

        if scope["type"] == "http" and hosts is not None and _host(scope) not in hosts:
            await _refuse(sent)
            return
        await app(scope, receive, sent)

    return guarded_app


def _host(scope: Scope) -> str:
    value = next((value for name, value in scope["headers"] if name == b"host"), b"").decode("latin-1")
    return value if value.endswith("]") else value.rpartition(":")[0] or value


async def _refuse(send: Send) -> None:
    head = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": MISDIRECTED, "headers": head})
    await send({"type": "http.response.body", "body": b"unknown host"})
