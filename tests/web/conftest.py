"""A served database for the whole room: two digital plans with their pages, one plan as text, one broken file."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from web_server import running

FAMILY = sorted((Path(__file__).parents[1] / "data" / "family").glob("a[012]_*.txt"))
MISSING = "/khong-co"
CHROMIUM = shutil.which("chromium")
FLAGS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
MORE_FLAGS = "--disable-component-update --disable-sync"


def kehoach(*arguments):
    command = [sys.executable, "-m", "kehoach", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True)


@pytest.fixture(scope="session")
def folder(tmp_path_factory, corpus):
    folder = tmp_path_factory.mktemp("submitted")
    for name in ("004.digital_signed.pdf", "002.digital.pdf"):
        shutil.copy(corpus / "scans" / name, folder)
    shutil.copy(corpus / "text" / "001.txt", folder)
    for path in FAMILY:
        shutil.copy(path, folder)
    (folder / "empty.pdf").touch()
    return folder


@pytest.fixture(scope="session")
def database(folder, tmp_path_factory):
    """Plans 1 (002.digital.pdf), 2 (004.digital_signed.pdf), 3 (001.txt); 4 to 6: a superior plan and two
    below it, compared."""
    path = tmp_path_factory.mktemp("served") / "plans.db"
    plans = ("002.digital.pdf", "004.digital_signed.pdf", "001.txt", *(path.name for path in FAMILY))
    names = (*plans, "empty.pdf")
    done = kehoach("ingest", *(folder / name for name in names), "--db", path, "--no-cache")
    assert done.returncode == 3, done.stderr
    assert kehoach("compare", "renew", "--db", path).returncode == 0
    return path


@pytest.fixture(scope="session")
def served(database):
    with running("serve", "--db", database, "--port", 0) as server:
        yield server.address


@pytest.fixture(scope="module")
def chromium():
    """Not for the whole session: its event loop would stand in the way of tests that run their own."""
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as session:
        browser = session.chromium.launch(
            executable_path=CHROMIUM, args=[*FLAGS.split(), *MORE_FLAGS.split()]
        )
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, request):
    """A fresh page; whatever it asks of another host, logs or throws fails the test."""
    width, height = getattr(request, "param", (1280, 900))
    context = chromium.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    told = []
    page.on("console", lambda message: told.append(message.text) if is_trouble(message) else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda asked: told.append(asked.url) if is_foreign(asked.url) else None)
    yield page
    context.close()
    assert told == []


def is_trouble(message):
    """An error, unless it says that a page is missing that is missing on purpose."""
    return message.type == "error" and not message.location["url"].endswith(MISSING)


def is_foreign(url):
    return not url.startswith(("http://127.0.0.1:", "data:", "blob:", "about:"))
