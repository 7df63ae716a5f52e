"""Page pictures come from the submitted file, wherever it went; what cannot be shown is told, not guessed."""

import shutil
from datetime import UTC, datetime

import cv2
import numpy as np
import pytest

from kehoach.document.facts import Header, Record
from kehoach.document.page import Box
from kehoach.ingest.source import open_source
from kehoach.store.read import open_database
from kehoach.store.submitted import note_path
from kehoach.store.write import land
from kehoach.web.pictures import Pictures
from made_records import plan

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def submitted(tmp_path, corpus):
    """A database with one digital plan, and the folder that the plan lies in."""
    folder = tmp_path / "in"
    folder.mkdir()
    path = folder / "004.digital.pdf"
    shutil.copy(corpus / "scans" / path.name, path)
    db = open_database(tmp_path / "plans.db", must_exist=False)
    source = open_source(path)
    found = Record(source, Header(type="ke_hoach"))
    landed = land(db, source=source, received_at=NOON, outcome="read", record=found, plan=plan("a"))
    note_path(db, landed.file_id, path)
    yield db, folder
    db.close()


def test_each_page_has_its_shape_and_its_picture(submitted):
    db, _folder = submitted
    pictures = Pictures()
    file = pictures.file(db, 1)
    shapes = pictures.shapes(file)
    image = cv2.imdecode(np.frombuffer(pictures.picture(file, 1), np.uint8), cv2.IMREAD_COLOR)
    width, height = shapes[0]
    assert len(shapes) == 3 and image.shape[0] / image.shape[1] == pytest.approx(height / width, abs=0.01)
    assert pictures.picture(file, 4) is None
    assert len(pictures.picture(file, 1, Box(1, 0.1, 0.1, 0.3, 0.2))) < len(pictures.picture(file, 1)) / 3


def test_a_file_that_moved_while_the_server_runs_is_found_again(submitted, tmp_path):
    db, folder = submitted
    elsewhere = tmp_path / "moved"
    elsewhere.mkdir()
    pictures = Pictures((elsewhere,))
    assert pictures.file(db, 1).path == folder / "004.digital.pdf"
    shutil.move(folder / "004.digital.pdf", elsewhere / "kế hoạch.pdf")
    assert pictures.file(db, 1).path == elsewhere / "kế hoạch.pdf"
    assert pictures.picture(pictures.file(db, 1), 1)


def test_a_file_that_is_gone_has_no_pictures(submitted):
    db, folder = submitted
    (folder / "004.digital.pdf").unlink()
    file = Pictures().file(db, 1)
    assert file.path is None and Pictures().shapes(file) == () and Pictures().picture(file, 1) is None
