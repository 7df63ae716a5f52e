"""Which plans a chart speaks of."""

from __future__ import annotations

from dataclasses import dataclass

from kehoach.errors import NothingToDraw
from kehoach.messages import _
from kehoach.sqlite import Database


@dataclass(frozen=True, slots=True)
class Scope:
    """One plan (`plan_id`), or all plans of a year and a province; None: any."""

    plan_id: int | None = None
    year: int | None = None
    province: str | None = None

    @property
    def parameters(self) -> dict[str, int | str | None]:
        """Values for the placeholders of `WHERE`."""
        return {"plan": self.plan_id, "year": self.year, "province": self.province}


# For queries on any view that has van_ban_id, nam and tinh.
WHERE = """(:plan IS NULL OR van_ban_id = :plan) AND (:year IS NULL OR nam = :year)
    AND (:province IS NULL OR tinh = :province)"""
MAX_PLANS = 40  # rows or columns that a page of paper shows legibly


@dataclass(frozen=True, slots=True)
class PlanName:
    """A plan as a label shows it."""

    id: int
    issuer: str
    number: str | None
    year: int | None
    tasks: int

    @property
    def label(self) -> str:
        """The issuer without its first word, which all share: `xã Nậm Khuông`."""
        return self.issuer.removeprefix("UBND ").strip()


def plans(db: Database, scope: Scope) -> list[PlanName]:
    """The plans of the scope that have tasks, by issuer. Raises NothingToDraw where there are none."""
    rows = db.execute(
        f"""SELECT van_ban_id, coalesce(co_quan_ban_hanh, ten_tep), so_ky_hieu, nam, so_nhiem_vu FROM
        (SELECT id AS van_ban_id, co_quan_ban_hanh, ten_tep, so_ky_hieu, nam, tinh, so_nhiem_vu FROM van_ban)
        WHERE so_nhiem_vu > 0 AND {WHERE} ORDER BY 2, nam, 1""",
        scope.parameters,
    )
    found = [PlanName(*row) for row in rows]
    if not found:
        raise NothingToDraw
    return found


def described(found: list[PlanName], shown: int) -> str:
    """What stands under a chart's title: the plan, or how many plans it counts and how many it shows."""
    tasks = sum(one.tasks for one in found)
    if len(found) == 1:
        (one,) = found
        parts = (one.number, one.issuer, str(one.year) if one.year else None)
        told = " · ".join(part for part in parts if part)
        return f"{told} · {_('{tasks} tasks').format(tasks=tasks)}"
    told = _("{plans} plans, {tasks} tasks").format(plans=len(found), tasks=tasks)
    return told if shown == len(found) else f"{told}; " + _("{shown} of them shown").format(shown=shown)
