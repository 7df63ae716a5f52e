"""The launcher installs once, recovers from a cut-off installation, and stays out of the way afterwards."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Stands for Python: notes what it was asked; `-m venv --clear DIR` puts itself into DIR; a broken pip fails.
PYTHON = """#!/bin/sh
echo "$*" >>"$LOG"
if [ "$2" = venv ]; then rm -rf "$4"; mkdir -p "$4/bin"; cp "$0" "$4/bin/python"; fi
if [ "$3" = install ] && [ -e "$BROKEN" ]; then exit 1; fi
"""
# Stands for whatever would need root: the test must not install Debian packages.
NOBODY = "#!/bin/sh\necho 1000\n"


@pytest.fixture
def project(tmp_path):
    """A project's folder with a space in its name, the launcher, a lock and a Python that takes notes."""
    folder = tmp_path / "kế hoạch 2024"
    (folder / "pipeline").mkdir(parents=True)
    shutil.copy(ROOT / "kehoach", folder)
    shutil.copy(ROOT / "pipeline" / "setup.sh", folder / "pipeline")
    (folder / "requirements.lock").write_text("one==1 --hash=sha256:00\n")
    for name, content in (("python", PYTHON), ("id", NOBODY)):
        (tmp_path / "bin").mkdir(exist_ok=True)
        (tmp_path / "bin" / name).write_text(content)
        (tmp_path / "bin" / name).chmod(0o755)
    return folder


@pytest.fixture
def call(project, tmp_path):
    """Calls the launcher from another folder; gives what it said and what Python was asked meanwhile."""
    log = tmp_path / "log"
    environment = os.environ | {
        "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}",
        "KEHOACH_PYTHON": str(tmp_path / "bin" / "python"),
        "LOG": str(log),
        "BROKEN": str(tmp_path / "broken"),
        "KEHOACH_LANG": "en",
    }

    def call(*arguments, **more):
        log.write_text("")
        command = [project / "kehoach", *arguments]
        done = subprocess.run(command, cwd="/", env=environment | more, capture_output=True, text=True)
        asked = [line for line in log.read_text().splitlines() if not line.startswith("-c ")]
        return done, asked

    return call


def installs(asked):
    return [line for line in asked if line.startswith("-m pip install")]


def test_the_first_call_installs_and_says_so_and_the_next_does_not(call):
    done, asked = call("show", "a b")
    assert installs(asked) and "--require-hashes" in installs(asked)[0]
    assert "Installing 1 Python libraries" in done.stderr and done.stdout == ""
    assert asked[-1] == "-m kehoach show a b"
    done, asked = call("show")
    assert (asked, done.stderr) == (["-m kehoach show"], "")


def test_a_changed_lock_installs_again(call, project):
    call()
    (project / "requirements.lock").write_text("one==2 --hash=sha256:00\n")
    assert installs(call()[1])
    assert not installs(call()[1])


def test_a_cut_off_installation_starts_anew(call, project):
    call()
    (project / ".venv" / "unfinished").touch()
    _, asked = call()
    assert any(line.startswith("-m venv --clear") for line in asked) and installs(asked)
    assert not installs(call()[1])


def test_a_failed_installation_says_what_to_do_and_the_next_call_tries_again(call, tmp_path):
    (tmp_path / "broken").touch()
    done, asked = call("show")
    assert done.returncode == 1 and "Check network and disk space" in done.stderr
    assert "-m kehoach show" not in asked
    (tmp_path / "broken").unlink()
    assert call("show")[1][-1] == "-m kehoach show"


def test_missing_packages_are_named_once_without_root_and_work_goes_on(call, tmp_path):
    """Languages are looked for where TESSDATA_PREFIX says and in Debian's place; here neither has `xyz`."""
    setup = next(tmp_path.glob("*/pipeline/setup.sh"))
    setup.write_text(setup.read_text().replace("has_language vie", "has_language xyz"))
    done, asked = call("show")
    assert "apt-get install tesseract-ocr-vie" in done.stderr
    assert asked[-1] == "-m kehoach show"
    assert call("show")[0].stderr == ""


@pytest.mark.parametrize("for_tests, asks", [("", False), ("for_tests=yes;", True)])
def test_only_tests_ask_for_a_browser_and_an_office(project, for_tests, asks):
    script = f"here=.; {for_tests} . ./pipeline/setup.sh; lacking_packages"
    done = subprocess.run(
        ["/bin/sh", "-c", script], cwd=project, env={"PATH": "/nowhere"}, capture_output=True, text=True
    )
    assert ("chromium libreoffice-writer" in done.stdout) is asks
    assert "tesseract-ocr " in done.stdout


def test_users_are_told_in_vietnamese_by_default(call):
    done, _ = call(KEHOACH_LANG="")
    assert "thư viện Python" in done.stderr


def test_two_first_calls_at_once_install_once(project, tmp_path):
    log = tmp_path / "log"
    environment = os.environ | {
        "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}",
        "KEHOACH_PYTHON": str(tmp_path / "bin" / "python"),
        "LOG": str(log),
    }
    started = [subprocess.Popen([project / "kehoach"], env=environment, stderr=subprocess.PIPE) for _ in "ab"]
    assert [one.communicate() and one.returncode for one in started] == [0, 0]
    assert len(installs(log.read_text().splitlines())) == 1


def test_it_works_through_a_link(project, call, tmp_path):
    call()
    (tmp_path / "link").symlink_to(project / "kehoach")
    environment = os.environ | {"LOG": str(tmp_path / "log")}
    assert subprocess.run([tmp_path / "link", "--help"], env=environment).returncode == 0


def test_locks_name_no_host_and_pin_every_dependency_by_hash():
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text()
        assert "://" not in text and "index" not in text
        entries = [one for one in text.replace("\\\n", "").splitlines() if "==" in one and one[0] != "#"]
        assert entries and all("--hash=sha256:" in one for one in entries)
