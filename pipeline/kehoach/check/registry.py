"""The tests by name, as the checklists call them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from kehoach.check import appendices, foot, form, names, sources, structure, targets, tasks, units
from kehoach.check.rule import CheckRule
from kehoach.check.sight import Sight
from kehoach.check.verdicts import Judged

Test = Callable[[Sight, CheckRule], Iterable[Judged]]
_ROOMS = (form, foot, appendices, structure, tasks, units, targets, sources, names)

TESTS: Mapping[str, Test] = {name: test for room in _ROOMS for name, test in room.TESTS.items()}
