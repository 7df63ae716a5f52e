"""Submitting plans on the page, where the server was started for it: who may, how much, and where it goes.

A token in the printed address proves that the reader may write; it moves into a cookie that no other site's
page can use, and every file comes with a second token that only our page knows.
"""

from __future__ import annotations

import hmac
import json
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from datasette import Response

from kehoach.messages import N_, _
from kehoach.text import nfc

if TYPE_CHECKING:
    from kehoach.web.site import Site

PATH = "/nop"
COOKIE = "nop"
TOKEN_BYTES = 24
MAX_BYTES = 200_000_000  # as much as is read at all
MAX_NAME = 120  # characters; file systems take 255 bytes
FORBIDDEN, TOO_LARGE, BAD = 403, 413, 400
CLOSED = N_("Plans cannot be submitted here. Start the server with --allow-upload.")
LOCKED = N_("Open the address with the token that the server printed when it started.")


@dataclass(frozen=True, slots=True)
class Gate:
    """Where submitted files go, and the secrets of this start of the server."""

    folder: Path
    token: str = field(default_factory=lambda: secrets.token_urlsafe(TOKEN_BYTES))
    form: str = field(default_factory=lambda: secrets.token_urlsafe(TOKEN_BYTES))

    def is_open_to(self, request: Any) -> bool:
        """Whether the reader has shown the token."""
        return _same(request.cookies.get(COOKIE, ""), self.token)

    def may_write(self, request: Any) -> bool:
        """Whether this request comes from our own page."""
        return self.is_open_to(request) and _same(request.headers.get("x-token", ""), self.form)


def _same(given: str, known: str) -> bool:
    return hmac.compare_digest(given.encode(), known.encode())


async def form(site: Site, request: Any) -> Response:
    """The page on which plans are submitted; the first visit brings the token."""
    gate = site.gate
    if gate is None:
        return await site.page(request, "error.html", status=FORBIDDEN, code=FORBIDDEN, error=_(CLOSED))
    if _same(request.args.get("token") or "", gate.token):
        answer = Response.redirect(PATH)
        answer.set_cookie(COOKIE, gate.token, path=PATH, httponly=True, samesite="strict")
        return answer
    if not gate.is_open_to(request):
        return await site.page(request, "error.html", status=FORBIDDEN, code=FORBIDDEN, error=_(LOCKED))
    return await site.page(request, "upload.html", token=gate.form, limit=MAX_BYTES)


async def receive(site: Site, request: Any) -> Response:
    """One file, as the request's body; its name in the address. Answers with the reading's number."""
    gate = site.gate
    if request.method != "POST" or gate is None or not gate.may_write(request):
        return _told({"error": _(LOCKED if gate else CLOSED)}, FORBIDDEN)
    name = _name(request.args.get("name") or "")
    if not name:
        return _told({"error": _("The file has no name.")}, BAD)
    folder = gate.folder / secrets.token_hex(8)
    folder.mkdir(parents=True)
    path = folder / name
    if not await _written(request, path):
        path.unlink()
        folder.rmdir()
        return _told({"error": _("{name} is too large.").format(name=name)}, TOO_LARGE)
    return _told(site.readings.start([path]).told(), 202)


def _name(given: str) -> str:
    """The last part of a name as text that a file system takes, however long or strange it came."""
    last = nfc(given).replace("\\", "/").rpartition("/")[2]
    plain = "".join(char for char in last if char.isprintable()).lstrip(". ")
    stem, dot, suffix = plain.rpartition(".")
    return f"{stem[:MAX_NAME]}{dot}{suffix[:10]}" if stem else plain[:MAX_NAME]


async def _written(request: Any, path: Path) -> bool:
    """Whether the whole body fitted."""
    size, more = 0, True
    with path.open("wb") as file:
        while more:
            message = await request.receive()
            if message["type"] != "http.request":  # the sender has gone
                return False
            size += len(message.get("body", b""))
            if size > MAX_BYTES:
                return False
            file.write(message.get("body", b""))
            more = message.get("more_body", False)
    return True


async def progress(site: Site, request: Any) -> Response:
    """How far the files under way are; for the page that submitted them, and for the list while it grows."""
    wanted = request.args.get("number") or ""
    if wanted.isdigit() and (reading := site.readings.all.get(int(wanted))):
        return _told(reading.told())
    return _told({"under_way": [one.told() for one in site.readings.under_way]})


def _told(what: dict[str, Any], status: int = 200) -> Response:
    body = json.dumps(what, ensure_ascii=False)
    head = {"cache-control": "no-store"}
    return Response(body, status=status, headers=head, content_type="application/json; charset=utf-8")
