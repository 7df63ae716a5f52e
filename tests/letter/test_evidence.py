"""Pictures of the places that fail: from the submitted file, wherever it lies now, and never a reason to stop."""

import json
import os
import shutil
import subprocess
import sys

import cv2
import numpy as np
import pytest

from kehoach.document.page import Box
from kehoach.document.picture import PageImage
from kehoach.pages.crop import FRAME, crop


def kehoach(*arguments):
    command = [sys.executable, "-m", "kehoach", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=os.environ)


@pytest.fixture
def submitted(tmp_path, corpus):
    """A database and the folder in which its file lay when it came."""
    folder, db = tmp_path / "came", tmp_path / "plans.db"
    folder.mkdir()
    shutil.copy(corpus / "scans" / "004.digital.pdf", folder / "nộp.pdf")
    kehoach("ingest", folder, "--db", db, "--no-cache")
    return db, folder


def checked(db, out, *more):
    done = kehoach("check", "nộp", "--format", "json", "--crops", out, "--db", db, *more)
    return json.loads(done.stdout)[0]["findings"], done.stderr


def test_each_failure_with_a_place_has_its_picture(submitted, tmp_path):
    found, _ = checked(submitted[0], tmp_path / "crops")
    failing = [one for one in found if one["verdict"] == "fail" and one["bbox"]]
    assert failing and all(one["crop"] for one in failing)
    assert [one["crop"] for one in found if one["verdict"] == "pass"] == [None] * sum(
        one["verdict"] == "pass" for one in found
    )
    for one in failing:
        picture = cv2.imread(one["crop"])
        assert picture is not None and picture.shape[1] > 2 * picture.shape[0]
        assert (picture < 100).any(), "words are to be seen"


def test_a_file_that_has_moved_is_found_by_its_bytes_and_one_that_has_gone_is_said_to_be(submitted, tmp_path):
    db, folder = submitted
    (tmp_path / "other" / "deep").mkdir(parents=True)
    (folder / "nộp.pdf").rename(tmp_path / "other" / "deep" / "khác.pdf")
    (folder / "nộp.pdf").write_bytes(b"%PDF-1.7 another file")
    found, said = checked(db, tmp_path / "a")
    assert "--files" in said and not any(one["crop"] for one in found)
    found, said = checked(db, tmp_path / "b", "--files", tmp_path / "other")
    assert said == "" and any(one["crop"] for one in found)


def test_the_words_are_framed_with_a_line_above_and_below():
    page = PageImage(1, np.full((2000, 1400, 3), 255, np.uint8), 150)
    picture = cv2.imdecode(np.frombuffer(crop(page, Box(1, 0.3, 0.5, 0.6, 0.52)), np.uint8), cv2.IMREAD_COLOR)
    framed = np.argwhere((picture == FRAME[::-1]).all(axis=2))
    (top, left), (bottom, right) = framed.min(axis=0), framed.max(axis=0)
    assert 30 < top < bottom < picture.shape[0] - 30
    assert abs((right - left) - 0.3 * 1400) < 15


@pytest.mark.parametrize("box", [Box(1, 0, 0, 1, 1), Box(1, 0, 0, 0, 0), Box(1, 0.99, 0.99, 1, 1)])
def test_no_place_is_too_large_or_too_small(box):
    page = PageImage(1, np.full((500, 350, 3), 255, np.uint8), 150)
    assert crop(page, box).startswith(b"\x89PNG")
