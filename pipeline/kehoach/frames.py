"""The database as pandas frames: `from kehoach import open_database; open_database(path).tasks()`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from kehoach.sqlite import Database
from kehoach.store import read

_PLAN = "f.name AS file, d.issuer, d.level, d.commune, d.district, d.province, d.year"
_OF = "JOIN documents d ON d.id = x.document_id JOIN files f ON f.id = d.file_id"
_NAMES = "(SELECT group_concat(mention, '; ') FROM task_units u WHERE u.task_id = x.id AND u.role = '{role}')"


@dataclass(frozen=True, slots=True)
class Frames:
    """A kehoach database for reading. Each frame has a row a fact, with the plan that states it."""

    path: Path

    def plans(self) -> pd.DataFrame:
        """A row a plan: head, dates (datetime where the day is printed), status."""
        frame = self.query(
            "SELECT d.*, f.name AS file FROM documents d JOIN files f ON f.id = d.file_id ORDER BY d.id"
        )
        return frame.drop(columns=["text"], errors="ignore").set_index("id")

    def tasks(self) -> pd.DataFrame:
        """A row a task: words, owners as printed (`lead`, `support`), the deadline's days as datetimes."""
        owners = ", ".join(f"{_NAMES.format(role=role)} AS {role}" for role in ("lead", "support"))
        frame = self.query(f"SELECT x.*, {owners}, {_PLAN} FROM tasks x {_OF} ORDER BY x.id").set_index("id")
        for column in ("deadline_start", "deadline_end"):
            frame[column] = pd.to_datetime(frame[column], errors="coerce")
        return frame

    def owners(self) -> pd.DataFrame:
        """A row a unit of a task: canonical name, role, where it stands (`origin`), words as printed."""
        return self.query(
            "SELECT t.id AS task, u.name AS unit, u.level AS unit_level, tu.role, tu.mention, tu.origin, "
            f"{_PLAN} FROM task_units tu JOIN units u ON u.id = tu.unit_id JOIN tasks t ON t.id = tu.task_id "
            "JOIN documents d ON d.id = t.document_id JOIN files f ON f.id = d.file_id ORDER BY t.id"
        )

    def targets(self) -> pd.DataFrame:
        """A row a target: metric, comparator, value, unit, year."""
        return self.query(
            f"SELECT x.*, {_PLAN.replace('d.year', 'd.year AS plan_year')} FROM targets x {_OF} ORDER BY x.id"
        )

    def citations(self) -> pd.DataFrame:
        """A row a cited document, with `date` as datetime."""
        columns = _PLAN.replace("d.issuer", "d.issuer AS plan_issuer").replace(
            "d.year", "d.year AS plan_year"
        )
        frame = self.query(f"SELECT x.*, {columns} FROM citations x {_OF} ORDER BY x.id")
        return frame.assign(date=pd.to_datetime(frame["date"], errors="coerce"))

    def documents(self) -> pd.DataFrame:
        """As `plans`, for those who think of documents."""
        return self.plans()

    def findings(self) -> pd.DataFrame:
        """A row a finding of the check: rule, verdict, severity, message, remedy, quote, page."""
        return self.query(f"SELECT x.*, {_PLAN} FROM findings x {_OF} ORDER BY x.id").set_index("id")

    def units(self) -> pd.DataFrame:
        """A row a unit: canonical name, level, kind, how many tasks it leads and supports in all plans."""
        return self.query(
            """SELECT u.id, u.key, u.name, u.level, u.kind, coalesce(sum(c.led), 0) AS led,
            coalesce(sum(c.supported), 0) AS supported
            FROM units u LEFT JOIN unit_counts c ON c.unit_id = u.id GROUP BY u.id ORDER BY u.id"""
        ).set_index("id")

    def deadlines(self) -> pd.DataFrame:
        """A row a day when a task is due (`day`, datetime), recurring ones with each of their days; tasks
        without a day have none."""
        frame = self.query(
            f"""SELECT y.task_id AS task, y.day, x.text, x.deadline_text, x.deadline_kind,
            x.deadline_recurrence, {_NAMES.format(role="lead")} AS lead, {_PLAN}
            FROM due_days y JOIN tasks x ON x.id = y.task_id {_OF} ORDER BY y.day, y.task_id"""
        )
        return frame.assign(day=pd.to_datetime(frame["day"]))

    def query(self, sql: str, parameters: tuple[str | int, ...] = ()) -> pd.DataFrame:
        """Whatever SQL asks of the database, which is opened for this question only."""
        with self._database() as db:
            return pd.read_sql_query(sql, db.conn, params=list(parameters))

    @contextmanager
    def _database(self) -> Iterator[Database]:
        db = read.open_database(self.path, must_exist=True)
        with closing(db.conn):
            yield db


def open_database(path: Path | str = "output/kehoach.db") -> Frames:
    """The database at `path`. Raises NoDatabase, NotOurDatabase or NewerDatabase at once."""
    frames = Frames(Path(path))
    with frames._database():
        return frames
