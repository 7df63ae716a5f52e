"""Memory of a long scan: made of short ones, and all processes are counted."""

import os
import subprocess
import sys
from pathlib import Path

import pypdfium2 as pdfium

import made_pages
from kehoach.bench import memory


def test_a_long_scan_repeats_the_pages_of_short_ones(tmp_path: Path) -> None:
    one = made_pages.pdf(tmp_path / "one.pdf")
    memory.join([one], tmp_path / "long.pdf", 5)
    assert len(pdfium.PdfDocument(tmp_path / "long.pdf")) == 5


def test_children_and_their_memory_are_seen() -> None:
    wait = [sys.executable, "-c", "print('up', flush=True); input()"]
    with subprocess.Popen(wait, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout and child.stdout.readline() == b"up\n"
        assert child.pid in memory._children(os.getpid())
        assert 1_000 < memory._kib(child.pid) < 1_000_000
        child.communicate(b"\n")
    assert memory._kib(child.pid) == 0
