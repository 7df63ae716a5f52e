"""A command of kehoach that serves, for tests that ask it."""

import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass

ADDRESS = re.compile(r"http://[\d.]+:\d+/\S*")


@dataclass(frozen=True)
class Server:
    process: subprocess.Popen
    lines: tuple[str, ...]

    @property
    def address(self):
        return ADDRESS.search(self.lines[0])[0].rstrip("/")

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        out, errors = self.process.communicate(timeout=30)
        return self.process.returncode, out, errors


@contextmanager
def running(*arguments, lines=1, cwd=None):
    """A command that serves, once it has said so; ended as with Ctrl-C."""
    command = [sys.executable, "-m", "kehoach", *map(str, arguments)]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, cwd=cwd
    )
    try:
        yield Server(process, tuple(process.stdout.readline() for _ in range(lines)))
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=30)
