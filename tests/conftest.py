"""What all tests share: where the corpus is, and the material beside the project where it is there."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from kehoach.compare.renew import renew
from kehoach.store.read import open_database
from kehoach.store.roster import Expected, land_roster

ROOT = Path(__file__).parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="take today's results as the golden files")


def pytest_configure() -> None:
    """Processes that tests start find the package, and speak Vietnamese whoever runs the tests."""
    os.environ["PYTHONPATH"] = str(ROOT / "pipeline")
    for name in ("KEHOACH_LANG", "KEHOACH_HOME", "NO_COLOR"):
        os.environ.pop(name, None)


@pytest.fixture(scope="session")
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written instead of compared."""
    return bool(request.config.getoption("--accept"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The five plans: `text`, `scans`, `truth`, `gold`."""
    return ROOT / "corpus"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Reference material beside the project's folder; tests that need it are skipped where it is not."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("no reference material beside the project")
    return folder


@pytest.fixture(scope="session")
def family_folder() -> Path:
    """A superior plan, five communes and a forerunner, all invented, with `truth.json`."""
    return ROOT / "tests" / "data" / "family"


@pytest.fixture(scope="session")
def family_path(family_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database that `kehoach ingest` makes of the family; tests that write take a copy."""
    path = tmp_path_factory.mktemp("family") / "plans.db"
    plans = sorted(family_folder.glob("*.txt"))
    command = [sys.executable, "-m", "kehoach", "ingest", *map(str, plans), "--db", str(path)]
    subprocess.run(command, check=True, capture_output=True)
    return path


@pytest.fixture
def family(family_path: Path) -> Iterator[Database]:
    """The family's database, open."""
    db = Database(family_path)
    with closing(db.conn):
        yield db


@pytest.fixture(scope="session")
def compared_path(family_path: Path, family_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The family's database after `kehoach compare`, with the list of those who are to send a plan."""
    path = Path(shutil.copy(family_path, tmp_path_factory.mktemp("compared") / "plans.db"))
    truth = json.loads((family_folder / "truth.json").read_text("utf-8"))
    db = open_database(path, must_exist=True)
    with closing(db.conn):
        renew(db, datetime(2026, 3, 10, tzinfo=UTC))
        land_roster(db, [Expected(one["issuer"]) for one in truth["units"]])
    return path
