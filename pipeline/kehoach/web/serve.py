"""Serving the site on this machine: a port that is free, files that are read meanwhile, a clean end."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import uvicorn

from kehoach.errors import PortTaken
from kehoach.web.headers import LOOPBACK
from kehoach.web.site import Site, site
from kehoach.web.upload import PATH, Gate

PORT = 8017
TRIES = 50  # ports after the wanted one
ANY = ("0.0.0.0", "::")  # every address of this machine


def listen(host: str, port: int, *, exactly: bool) -> socket.socket:
    """A socket on `port`, or, unless `exactly`, on one of the next that are free. Raises PortTaken."""
    for candidate in (port,) if exactly or not port else range(port, port + TRIES):
        listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, candidate))
        except OSError:
            listener.close()
        else:
            return listener
    raise PortTaken(host=host, port=port)


def hosts(host: str) -> frozenset[str] | None:
    """The names under which a server on `host` may be asked for; None: any."""
    return None if host in ANY else frozenset(LOOPBACK | {host, f"[{host}]"})


def address(listener: socket.socket, gate: Gate | None = None) -> str:
    """What to open in a browser."""
    host, port = listener.getsockname()[:2]
    shown = "127.0.0.1" if host in ANY else f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/" + (f"{PATH[1:]}?token={gate.token}" if gate else "")


def serve(
    database: Path,
    listener: socket.socket,
    *,
    folders: Sequence[Path] = (),
    gate: Gate | None = None,
    first: Sequence[Path] = (),
    ready: Callable[[], None] = lambda: None,
) -> None:
    """Serves until interrupted. `first`: files to read meanwhile; `ready`: called once pages can be had."""
    own = site(database, folders=folders, hosts=hosts(listener.getsockname()[0]), gate=gate)
    with suppress(KeyboardInterrupt):
        asyncio.run(_served(own, listener, first, ready))


async def _served(
    own: Site, listener: socket.socket, first: Sequence[Path], ready: Callable[[], None]
) -> None:
    settings = uvicorn.Config(
        own.served.app(), log_level="warning", lifespan="on", timeout_graceful_shutdown=3
    )
    server = uvicorn.Server(settings)
    if first:
        own.readings.start(first)
    announced = asyncio.create_task(_announced(server, ready))
    try:
        await server.serve(sockets=[listener])
    finally:
        announced.cancel()
        await own.readings.stop()


async def _announced(server: uvicorn.Server, ready: Callable[[], None]) -> None:
    while not server.started:
        await asyncio.sleep(0.05)
    ready()
