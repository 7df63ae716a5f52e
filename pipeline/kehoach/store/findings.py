"""Findings in the database, in the order of the checklist, and the checks that said otherwise before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from kehoach import __version__
from kehoach.document.finding import Finding, Severity, Verdict
from kehoach.sqlite import Database
from kehoach.store.rows import Row, anchor_or_none, place_row, storable
from kehoach.store.transaction import transaction

OURS = "kehoach"  # the checklist where no province gave its own


def renew_findings(
    db: Database, document_id: int, findings: Sequence[Finding], *, at: datetime, checklist: str = OURS
) -> None:
    """Puts the findings of a new check in the place of the old ones, in one transaction."""
    with transaction(db):
        db.execute("DELETE FROM findings WHERE document_id = ?", (document_id,))
        land_findings(db, document_id, findings, at=at, checklist=checklist)


def land_findings(
    db: Database, document_id: int, findings: Sequence[Finding], *, at: datetime, checklist: str = OURS
) -> None:
    """Writes the findings of a document that has none, and notes the check. at: UTC."""
    rows = [_row(document_id, ordinal, one) for ordinal, one in enumerate(findings)]
    _insert_all(db, "findings", rows)
    if rows:
        note_check(db, document_id, rows, at.isoformat(), checklist)


def _insert_all(db: Database, table: str, rows: Sequence[Row]) -> None:
    if rows:
        columns, marks = ", ".join(f'"{name}"' for name in rows[0]), ", ".join("?" * len(rows[0]))
        values = [tuple(row.values()) for row in rows]
        db.conn.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)


def note_check(db: Database, document_id: int, rows: Sequence[Row], at: str, checklist: str) -> None:
    """A run of the check in the file's history. One that says what the last one said only moves its end."""
    kept = [{name: row[name] for name in _KEPT} for row in rows if row["verdict"] != Verdict.PASS.value]
    for ordinal, row in enumerate(kept):
        row["ordinal"] = ordinal
    file_id = db.execute("SELECT file_id FROM documents WHERE id = ?", (document_id,)).fetchone()[0]
    last = db.execute(_LAST_CHECK, (file_id,)).fetchone()
    same = (checklist, __version__, len(rows) - len(kept))
    if last and tuple(last[1:]) == same and _said(db, last[0]) == [tuple(row.values()) for row in kept]:
        db.execute("UPDATE checks SET last_at = ? WHERE id = ?", (at, last[0]))
        return
    check = {"file_id": file_id, "checked_at": at, "last_at": at}
    check |= dict(zip(("checklist", "software_version", "passes"), same, strict=True))
    marks = ", ".join("?" * len(check))
    cursor = db.execute(f"INSERT INTO checks ({', '.join(check)}) VALUES ({marks})", tuple(check.values()))
    _insert_all(db, "checked", [{"check_id": cursor.lastrowid, **row} for row in kept])


_KEPT = ("ordinal", "rule", "verdict", "severity", "message", "evidence", "page")
_LAST_CHECK = """
    SELECT id, checklist, software_version, passes FROM checks WHERE file_id = ? ORDER BY id DESC LIMIT 1
"""


def _said(db: Database, check_id: int) -> list[tuple[object, ...]]:
    query = f"SELECT {', '.join(_KEPT)} FROM checked WHERE check_id = ? ORDER BY ordinal"
    return [tuple(row) for row in db.execute(query, (check_id,))]


@dataclass(frozen=True, slots=True)
class Check:
    """A run of the check that said something else than the one before. Days are ISO; `fails`, `unknown` and
    `passes` count verdicts."""

    checked_at: str
    last_at: str
    checklist: str
    software_version: str
    fails: int
    unknown: int
    passes: int


def history(db: Database, document_id: int) -> tuple[Check, ...]:
    """The checks of a document's file, oldest first."""
    rows = db.query(
        """SELECT c.checked_at, c.last_at, c.checklist, c.software_version,
                  count(iif(d.verdict = 'fail', 1, NULL)) AS fails,
                  count(iif(d.verdict = 'not_assessable', 1, NULL)) AS unknown, c.passes
           FROM checks c JOIN documents o ON o.file_id = c.file_id LEFT JOIN checked d ON d.check_id = c.id
           WHERE o.id = ? GROUP BY c.id ORDER BY c.id""",
        (document_id,),
    )
    return tuple(Check(**row) for row in rows)


def read_findings(db: Database, document_id: int) -> tuple[Finding, ...]:
    """The findings as they landed; none where nobody has checked the document."""
    return tuple(_findings(db, document_id))


def _findings(db: Database, document_id: int) -> Iterator[Finding]:
    for row in db.query("SELECT * FROM findings WHERE document_id = ? ORDER BY ordinal", (document_id,)):
        yield Finding(
            rule=row["rule"],
            verdict=Verdict(row["verdict"]),
            severity=Severity(row["severity"]),
            basis=row["basis"],
            article=row["article"],
            title=row["title"],
            message=row["message"],
            remedy=row["remedy"],
            evidence=row["evidence"],
            anchor=anchor_or_none(row),
        )


def _row(document_id: int, ordinal: int, finding: Finding) -> Row:
    return {
        "document_id": document_id,
        "ordinal": ordinal,
        "rule": finding.rule,
        "verdict": finding.verdict.value,
        "severity": finding.severity.value,
        "basis": finding.basis,
        "article": finding.article,
        "title": finding.title,
        "message": storable(finding.message),
        "remedy": finding.remedy,
        "evidence": storable(finding.evidence) if finding.evidence else None,
        **place_row(finding.anchor),
    }
