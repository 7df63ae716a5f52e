"""A name under a grey seal is taken only where many readings agree on every syllable; never a shorter one."""

from itertools import cycle

import numpy as np
import pytest

from kehoach.document.page import Box, Line, Role, Word
from kehoach.document.picture import PageImage
from kehoach.ocr.engine import Shape
from kehoach.run.sealed import with_sealed_name

OFFICE = Line("CHỦ TỊCH", 1, Box(1, 0.6, 0.5, 0.75, 0.515), (), Role.FOOT)
BODY = Line("- Rà soát văn bản.", 1, Box(1, 0.1, 0.2, 0.5, 0.215), ())


class Readings:
    """An engine that reads one name after the other, whatever it is shown."""

    def __init__(self, *names: str) -> None:
        self._names = cycle(names)

    def words(self, image: PageImage, *, shape: Shape = Shape.PAGE) -> tuple[Word, ...]:
        box = Box(1, 0.0, 0.0, 1.0, 1.0)
        return tuple(Word(text, box, 0.9) for text in next(self._names).split())


def page() -> PageImage:
    pixels = np.full((1000, 700), 235, np.uint8)
    pixels[600:620, 420:520] = 60
    return PageImage(1, pixels, 120.0)


def names(*read: str, below: Line | None = None) -> list[str]:
    flow = (BODY, OFFICE, *([below] if below else []))
    found = with_sealed_name(flow, page(), Readings(*read))
    return [line.text for line in found if isinstance(line, Line) and line not in flow]


def test_a_name_that_most_readings_share_stands_behind_its_office():
    assert names("Lê Văn Vinh", "Lê Văn Vinh", "Lê Văn Vĩnh") == ["Lê Văn Vinh"]


@pytest.mark.parametrize(
    "read",
    [
        ("Nguyễn Xqọc Thân", "Nguyễn Mgọc Thân"),
        ("Ủy Ban Nhân Dân",),
        ("Vinh",),
        ("",),
    ],
    ids=["a syllable unread", "a seal's words", "no family name", "nothing"],
)
def test_what_is_not_sure_is_no_name(read):
    assert names(*read) == []


def test_where_readings_differ_the_name_is_not_sure():
    found = with_sealed_name((BODY, OFFICE), page(), Readings("Lê Văn Tiên", "Lê Văn Tiến"))
    name = next(line for line in found if isinstance(line, Line) and line.text.startswith("Lê"))
    assert [round(word.confidence or 0.0, 2) for word in name.words] == [0.9, 0.9, 0.45]


def test_a_reading_that_lacks_the_family_name_speaks_for_the_rest():
    assert names("Lê Văn Vinh", "Văn Vinh", "Văn Vinh") == ["Lê Văn Vinh"]


def test_an_office_with_a_name_is_left_alone():
    below = Line("Trần Thị Hoa", 1, Box(1, 0.55, 0.6, 0.8, 0.615), (), Role.FOOT)
    assert names("Lê Văn Vinh", below=below) == []
