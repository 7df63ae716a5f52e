"""`pip install .` works: the wheel carries code, rule data, schema and translations, and finds them."""

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("wheel")
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", out]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, ROOT], check=True)
    (path,) = out.glob("*.whl")
    return path


@pytest.mark.slow
def test_the_wheel_carries_everything_that_the_tree_has(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    command = ["git", "ls-files", "models", "pipeline/kehoach"]
    tracked = subprocess.check_output(command, cwd=ROOT, text=True).split()
    wanted = {one.replace("pipeline/", "").replace("models/", "kehoach/models/", 1) for one in tracked}
    assert wanted and wanted <= names
    assert any(name.endswith("licenses/LICENSE") for name in names)


@pytest.mark.slow
def test_what_is_installed_runs_away_from_the_tree(wheel, tmp_path):
    """Unpacked beside nothing else: rules, schema and Vietnamese are found inside the package."""
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    (tmp_path / "plan.txt").write_bytes((ROOT / "corpus" / "text" / "004.txt").read_bytes())
    environment = {"PYTHONPATH": str(tmp_path / "site"), "PATH": "/usr/bin:/bin"}

    def kehoach(*arguments):
        command = [sys.executable, "-m", "kehoach", *arguments]
        return subprocess.check_output(command, cwd=tmp_path, env=environment, text=True)

    assert "kế hoạch" in kehoach("ingest", "plan.txt")
    assert (tmp_path / "output" / "kehoach.db").exists()
    assert str(tmp_path / "site") in kehoach("doctor")
    kehoach("export", "--out", "records")
    assert (tmp_path / "records" / "plan.json").exists()


def test_the_console_script_is_the_command_line():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["scripts"] == {"kehoach": "kehoach.cli:main"}
    assert project["license"] == "Apache-2.0"
    assert "Apache License" in (ROOT / "LICENSE").read_text()
