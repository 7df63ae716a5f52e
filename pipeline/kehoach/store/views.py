"""Views for analysts in the database: made from `view_columns` whenever the schema takes a step.

A changed view reaches databases that exist with the next step of `migrations`, if need be an empty one.
"""

from __future__ import annotations

from kehoach.sqlite import Database
from kehoach.store.view_codes import said
from kehoach.store.view_columns import VIEWS, Column, View


def renew_views(db: Database) -> None:
    """Makes every view as the code has it, and drops those that it has no longer."""
    for name in db.view_names():
        db.execute(f'DROP VIEW "{name}"')
    for name, view in VIEWS.items():
        db.execute(statement(name, view))


def statement(name: str, view: View) -> str:
    """The CREATE VIEW statement."""
    columns = ",\n    ".join(f'{_value(column)} AS "{own}"' for own, column in view.columns.items())
    return f'CREATE VIEW "{name}" AS SELECT\n    {columns}\nFROM {view.source}'


def _value(column: Column) -> str:
    return said(column.sql, column.codes) if column.codes else column.sql
