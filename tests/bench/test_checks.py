"""The bench of checks measures the check itself, on plans that were read, and says on how many."""

import pytest

from kehoach.bench import checks
from kehoach.errors import NotFound


def test_each_plan_has_a_row_and_all_have_a_mean(corpus, monkeypatch):
    monkeypatch.setattr(checks, "ROUNDS", 1)
    names = ("002.txt", "004.txt")
    table = checks.bench([corpus / "text" / name for name in names])
    assert [row[0] for row in table.rows] == [*names, "mean"]
    assert all(len(row) == len(table.columns) for row in table.rows)
    lines, tasks, rules, fails = map(int, table.rows[1][1:5])
    assert lines > tasks > 10 and rules > fails > 0
    spent = [float(row[5]) for row in table.rows]
    assert spent[2] == pytest.approx(sum(spent[:2]) / 2, abs=0.2)
    assert table.notes[0].startswith("2 plans;")


def test_files_that_are_no_plans_are_named(tmp_path):
    (tmp_path / "a.txt").write_text("Danh sách")
    with pytest.raises(NotFound, match=r"a\.txt"):
        checks.bench([tmp_path / "a.txt"])
