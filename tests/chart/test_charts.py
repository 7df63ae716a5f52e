"""Charts show what the database says, in Vietnamese, in colours that all can tell apart."""

from __future__ import annotations

import colorsys
import io
import shutil
from itertools import combinations
from pathlib import Path

import pytest
from matplotlib.colors import to_rgb
from PIL import Image
from sqlite_utils import Database

from kehoach.chart import CHARTS, Scope, draw
from kehoach.chart.coverage import RELATIONS
from kehoach.chart.style import PALETTE, ink_on, shortened
from kehoach.errors import NothingToDraw
from kehoach.store.read import find_plan, open_database

# Machado, Oliveira and Fernandes 2009, severity 1.0: what is seen by eyes without one kind of cone.
DEFICIENT = {
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}
LEAST_DISTANCE = 0.1  # in RGB, of two colours that lie side by side


@pytest.fixture
def compared(family_path: Path, tmp_path: Path) -> Database:
    """The family with one commune's alignment: its first task the same, all others absent."""
    db = open_database(Path(shutil.copy(family_path, tmp_path / "plans.db")), must_exist=True)
    superior, commune = (find_plan(db, name) for name in ("a0_tuyen_quang_2026", "a2_phieng_vai_2026"))
    tasks = [
        id for (id,) in db.execute("SELECT id FROM tasks WHERE document_id = ? ORDER BY ordinal", (superior,))
    ]
    for place, task in enumerate(tasks):
        db.execute(
            """INSERT INTO alignments (superior_id, document_id, superior_task_id, handed_down, by_itself,
            relation, also, misplaced, words) VALUES (?, ?, ?, 1, 0, ?, '[]', 0, '[]')""",
            (superior, commune, task, "absent" if place else "same"),
        )
    return db


def plan_of(db: Database, name: str) -> Scope:
    return Scope(find_plan(db, name))


def words(db: Database, name: str, scope: Scope) -> str:
    return draw(db, name, scope).decode()


def test_a_plan_s_timeline_names_tasks_dates_and_leads(family: Database) -> None:
    drawn = words(family, "timeline", plan_of(family, "a1_nam_khuong_2026"))
    for told in ("Thời hạn các nhiệm vụ", "05/KH-UBND", "15/3", "31/8", "Hằng tháng", "T12", "Phòng Kinh tế"):
        assert told in drawn
    assert drawn.count("không có thời hạn") == 2


def test_several_plans_are_counted_month_by_month(family: Database) -> None:
    drawn = words(family, "timeline", Scope(year=2026))
    assert "6 kế hoạch, 132 nhiệm vụ" in drawn and "xã Tân Thượng" in drawn


@pytest.mark.parametrize("kind", ["timeline", "load", "vague"])
def test_a_year_without_plans_has_nothing_to_draw(family: Database, kind: str) -> None:
    with pytest.raises(NothingToDraw):
        draw(family, kind, Scope(year=1999))


def test_load_has_a_bar_a_unit_or_a_row_a_unit(family: Database) -> None:
    one = words(family, "load", plan_of(family, "a1_nam_khuong_2026"))
    several = words(family, "load", Scope(year=2026, province="Tuyên Quang"))
    assert "Văn phòng HĐND và UBND" in one and ">8<" in one.replace("</text>", "<").replace("-->", ">")
    assert "xã Phiêng Vài" in several and "xã Tân Thượng" not in several  # its province is not printed


def test_vague_shares_are_those_of_the_plans(family: Database) -> None:
    drawn = words(family, "vague", Scope(year=2026))
    assert "89%" in drawn and drawn.index("xã Tân Thượng") < drawn.index("xã Phiêng Vài")


def test_coverage_counts_what_is_carried_out(compared: Database) -> None:
    drawn = words(compared, "coverage", Scope())
    (tasks,) = compared.execute("SELECT count(*) FROM alignments").fetchone()
    assert f"1/{tasks}" in drawn and "xã Phiêng Vài" in drawn and "UBND tỉnh Tuyên Quang (2026)" in drawn


def test_coverage_of_what_nobody_compared_cannot_be_drawn(family: Database) -> None:
    with pytest.raises(NothingToDraw):
        draw(family, "coverage", Scope())


@pytest.mark.parametrize("kind", CHARTS)
def test_the_same_facts_give_the_same_file(compared: Database, kind: str) -> None:
    scope = Scope(year=2026)
    assert draw(compared, kind, scope) == draw(compared, kind, scope)
    assert draw(compared, kind, scope, "pdf").startswith(b"%PDF")


@pytest.mark.parametrize("kind", CHARTS)
def test_nothing_is_cut_off_at_the_edges(compared: Database, kind: str) -> None:
    """The outermost pixels are white: no label runs over the page."""
    picture = Image.open(io.BytesIO(draw(compared, kind, Scope(year=2026), "png"))).convert("L")
    width, height = picture.size
    edges = [
        (0, 0, 4, height),
        (width - 4, 0, width, height),
        (0, 0, width, 4),
        (0, height - 4, width, height),
    ]
    assert [picture.crop(edge).getextrema() for edge in edges] == [(255, 255)] * 4


def seen(colour: str, eye: str) -> tuple[float, ...]:
    """A colour as such an eye sees it."""
    linear = [one**2.2 for one in to_rgb(colour)]
    rows = DEFICIENT[eye]
    return tuple(
        max(0.0, min(1.0, sum(a * b for a, b in zip(row, linear, strict=True)))) ** (1 / 2.2) for row in rows
    )


@pytest.mark.parametrize("eye", DEFICIENT)
@pytest.mark.parametrize(
    "colours", [PALETTE, [one[1] for one in RELATIONS.values()]], ids=["leads", "relations"]
)
def test_colours_differ_to_colour_blind_eyes(eye: str, colours: list[str]) -> None:
    for one, other in combinations(colours, 2):
        distance = sum((a - b) ** 2 for a, b in zip(seen(one, eye), seen(other, eye), strict=True)) ** 0.5
        assert distance > LEAST_DISTANCE, (one, other)


def test_relations_have_signs_of_their_own_for_print_in_black() -> None:
    signs = [sign for _name, _colour, sign in RELATIONS.values()]
    assert len(set(signs)) == len(RELATIONS)


def test_letters_on_a_colour_can_be_read() -> None:
    for name, colour, _sign in RELATIONS.values():
        ink = colorsys.rgb_to_hls(*to_rgb(ink_on(to_rgb(colour))))[1]
        red, green, blue = to_rgb(colour)
        assert abs(ink - (0.299 * red + 0.587 * green + 0.114 * blue)) > 0.4, name


def test_texts_are_cut_between_words() -> None:
    assert shortened("Rà soát văn bản quy phạm", 16) == "Rà soát văn …"
