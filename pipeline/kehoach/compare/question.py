"""What is asked, and what an answer is: rows with their base, so that a part is not taken for the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from kehoach.compare.plans import Plan, heads
from kehoach.compare.superior import LEVELS
from kehoach.errors import PlanNotFound
from kehoach.sqlite import Database

Row = dict[str, Any]
COMMUNE = LEVELS[0]
# Warnings that say that a part of a plan was not read.
LOST = ("page_lost", "page_without_text", "row_cut", "picture_cut", "attachments_unread")


@dataclass(frozen=True)
class Question:
    """What somebody wants to know. `superior`: the plan that the asked-for plans carry out, by default the
    one with most of them; `plan`: one of them; `start`, `end`: days; `units`: issuers that should have sent
    a plan.
    """

    db: Database
    superior: int | None = None
    plan: int | None = None
    year: int | None = None
    start: date | None = None
    end: date | None = None
    criterion: str | None = None
    units: tuple[str, ...] = ()

    @cached_property
    def heads(self) -> dict[int, Plan]:
        """All plans by id, without tasks."""
        return {one.id: one for one in heads(self.db)}

    @cached_property
    def superior_plan(self) -> Plan | None:
        """The superior plan; None where no plan here has one."""
        if self.superior is not None:
            return self.heads[self.superior]
        row = next(
            self.db.query(
                """SELECT c.superior_id FROM comparisons c JOIN documents d ON d.id = c.document_id
                   WHERE c.superior_id IS NOT NULL AND (d.year = :year OR :year IS NULL)
                   GROUP BY c.superior_id ORDER BY count(*) DESC, c.superior_id LIMIT 1""",
                {"year": self.year},
            ),
            None,
        )
        return self.heads[row["superior_id"]] if row else None

    @cached_property
    def plans(self) -> tuple[Plan, ...]:
        """The plans that count: those that carry out the superior plan; without it, communes' of the year."""
        if self.plan is not None:
            if self.plan not in self.heads:
                raise PlanNotFound(plan=self.plan)
            return (self.heads[self.plan],)
        if self.superior_plan is None:
            return self.communes
        rows = self.db.query(
            "SELECT document_id FROM comparisons WHERE superior_id = ?", (self.superior_plan.id,)
        )
        found = {row["document_id"] for row in rows}
        return tuple(one for one in self.heads.values() if one.id in found)

    @cached_property
    def communes(self) -> tuple[Plan, ...]:
        """All communes' plans, of the asked year where one is asked."""
        return tuple(
            one for one in self.heads.values() if one.level == COMMUNE and self.year in (None, one.year)
        )

    def marks(self, plans: Sequence[Plan] | None = None) -> str:
        """The ids of plans for SQL's IN."""
        return ", ".join(str(one.id) for one in (self.plans if plans is None else plans)) or "NULL"


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows that answer a question. `base`: plans that were looked at; `left_out`: files here that could not
    be read at all; `in_part`: plans of the base of which something is unread; `about`: facts for the whole.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    base: int
    left_out: int = 0
    in_part: int = 0
    about: tuple[tuple[str, Any], ...] = ()


def answer(
    question: Question, name: str, columns: Sequence[str], rows: Sequence[Row] | Iterator[Row], **about: Any
) -> Answer:
    """An answer over the question's plans; `about` may name another `base`."""
    base = about.pop("base", len(question.plans))
    lost = ", ".join(f"'{code}'" for code in LOST)
    counts = next(
        question.db.query(
            f"""SELECT (SELECT count(*) FROM files WHERE outcome IN ('refused', 'failed')) AS left_out,
                       (SELECT count(DISTINCT document_id) FROM warnings
                        WHERE code IN ({lost}) AND document_id IN ({question.marks()})) AS in_part"""
        )
    )
    superior = question.superior_plan
    told = {"superior": superior.file} if superior else {}
    return Answer(
        name,
        tuple(columns),
        tuple(rows),
        base,
        counts["left_out"],
        counts["in_part"],
        tuple((told | about).items()),
    )
