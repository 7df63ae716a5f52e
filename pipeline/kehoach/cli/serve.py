"""`kehoach serve` and `kehoach demo`: the plans in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kehoach.cli.app import DatabasePath, command
from kehoach.errors import NoCorpus
from kehoach.messages import N_, _
from kehoach.settings import default_database

UPLOADS = "nop"  # the folder beside the database to which submitted files go
DEMO = "demo.db"
# What the demo reads, first what is read at once: the first plan is on the screen while the rest is read.
DEMO_FILES = ("*.digital.pdf", "000.office.pdf", "004.bad.pdf")

Port = Annotated[
    int | None, typer.Option(min=0, max=65535, help=_("The port (default: a free one)."), metavar="N")
]


@command("serve", N_("Show the plans in a browser: pages beside facts, findings, search, the database."))
def serve(
    db: DatabasePath = None,
    port: Port = None,
    host: Annotated[
        str,
        typer.Option(help=_("The address to serve on (default: only this machine).")),
    ] = "127.0.0.1",
    files: Annotated[
        list[Path] | None,
        typer.Option(help=_("Where submitted files lie now, if they were moved."), metavar="FOLDER"),
    ] = None,
    allow_upload: Annotated[
        bool, typer.Option("--allow-upload", help=_("Let who has the printed address submit plans."))
    ] = False,
) -> None:
    from kehoach.store.read import open_database
    from kehoach.web.serve import PORT, address, listen
    from kehoach.web.serve import serve as served
    from kehoach.web.upload import Gate

    database = db or default_database()
    open_database(database, must_exist=not allow_upload).close()
    listener = listen(host, PORT if port is None else port, exactly=port is not None)
    gate = Gate(database.parent / UPLOADS) if allow_upload else None

    def ready() -> None:
        typer.echo(_("The plans are at {address} (Ctrl-C ends it).").format(address=address(listener)))
        if gate:
            typer.echo(_("Plans can be submitted at {address}").format(address=address(listener, gate)))

    served(database, listener, folders=files or (), gate=gate, ready=ready)


@command("demo", N_("Read the corpus and show it in a browser; the first plan is there within seconds."))
def demo(db: DatabasePath = None, port: Port = None) -> None:
    from kehoach.store.read import open_database
    from kehoach.web.serve import PORT, address, listen
    from kehoach.web.serve import serve as served

    database = db or default_database().with_name(DEMO)
    corpus = default_database().parent.parent / "corpus" / "scans"
    paths = [path for pattern in DEMO_FILES for path in sorted(corpus.glob(pattern))]
    if not paths:
        raise NoCorpus(path=corpus)
    open_database(database, must_exist=False).close()
    listener = listen("127.0.0.1", PORT if port is None else port, exactly=port is not None)

    def ready() -> None:
        typer.echo(_("Open {address} in a browser (Ctrl-C ends it).").format(address=address(listener)))
        typer.echo(_("{count} files are being read; they appear one by one.").format(count=len(paths)))

    served(database, listener, first=paths, ready=ready)
