"""The family's truth: alignment, deadlines, targets, copies and the analysts' answers, by the bench's figures."""

import shutil
from contextlib import closing
from datetime import UTC, datetime

import pytest

from kehoach.bench import compare
from kehoach.compare.renew import is_stale, renew
from kehoach.store.read import open_database

EXACT = ("1", "2", "3", "4", "5", "6", "8", "12", "13")
NEARLY = ("7", "11", "15")


@pytest.fixture(scope="module")
def compared(family_path, tmp_path_factory):
    """The family's database, compared."""
    path = tmp_path_factory.mktemp("compared") / "plans.db"
    shutil.copy(family_path, path)
    with closing(open_database(path, must_exist=True)) as db:
        renew(db, datetime.now(UTC))
        yield db


@pytest.fixture(scope="module")
def figures(compared, family_folder):
    """By measure: precision, recall, F1 and the share that is right."""
    return {
        name: tuple(float(one or "nan") for one in numbers)
        for _family, name, *numbers in compare.figures(compared, family_folder)
    }


def test_tasks_are_aligned_by_meaning(figures):
    assert figures["pairs"][2] >= 0.995
    assert figures["pairs without copies"][2] >= 0.99
    assert figures["pairs"][3] >= 0.90 and figures["pairs without copies"][3] >= 0.85


def test_deadlines_and_targets_stand_rightly_to_the_superior_s(figures):
    assert figures["deadlines"][2] >= 0.95
    assert figures["targets"][2] == 1.0


def test_copied_passages_are_found_with_who_was_first(figures):
    assert min(figures["passages"][:2]) >= 0.95
    assert figures["copies: kind, share"][3] == 1.0


@pytest.mark.parametrize("number", EXACT)
def test_answers_are_exact(figures, number):
    assert figures[f"answer {number}"][2] == 1.0


@pytest.mark.parametrize("number", NEARLY)
def test_answers_hold_row_by_row(figures, number):
    assert figures[f"answer {number}"][2] >= 0.90


def test_coverage_is_exact(figures):
    assert figures["answer coverage"][2] == 1.0


@pytest.mark.slow
@pytest.mark.parametrize("name", ["family_e", "family_f", "family_g", "family_h", "family_i"])
def test_topics_that_nobody_settled_words_for_are_aligned(name, family_folder):
    """Their first sight is told in docs/decisions/comparison.md; this holds what is reached now."""
    rows = compare.bench([family_folder.parent / name]).rows
    pairs = {measure: float(f1) for _family, measure, _precision, _recall, f1, _right in rows}["pairs"]
    assert pairs >= 0.85


def test_names_of_the_other_place_are_found_in_a_copy(compared):
    rows = compared.query(
        """SELECT n.name, n.text FROM names_left n JOIN copies c ON c.id = n.copy_pair_id
           WHERE c.kind = 'near_copy' ORDER BY n.ordinal"""
    )
    told = [(row["name"], row["text"][:20]) for row in rows]
    assert told == [("Nậm Khuông", "Đặt bàn tiếp nhận hồ"), ("Nậm Khuông", "Trên đây là Kế hoạch")]


def test_a_merger_lies_between_two_plans_of_a_commune(compared):
    row = next(compared.query("SELECT * FROM successions"))
    assert (row["kind"], row["found_by"], row["valid_from"], row["forerunners"]) == (
        "forerunner",
        "words",
        "2025-07-01",
        3,
    )


def test_evidence_stands_beside_every_pair(compared):
    rows = list(compared.query("SELECT words FROM alignments WHERE task_id IS NOT NULL"))
    assert rows and all(row["words"] != "[]" for row in rows)


def test_comparing_again_changes_nothing_and_a_new_plan_makes_it_stale(compared):
    before = list(compared.query("SELECT document_id, superior_task_id, task_id, relation FROM alignments"))
    renew(compared, datetime.now(UTC))
    assert before == list(
        compared.query("SELECT document_id, superior_task_id, task_id, relation FROM alignments")
    )
    assert not is_stale(compared)
    compared.execute("DELETE FROM comparisons WHERE document_id = 2")
    assert is_stale(compared)
    compared.conn.rollback()
