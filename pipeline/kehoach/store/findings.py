"""Findings in the database: one row each, in the order of the checklist."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlite_utils import Database

from kehoach.document.finding import Finding, Severity, Verdict
from kehoach.store.rows import Row, anchor_or_none, place_row, storable


def land_findings(db: Database, document_id: int, findings: Sequence[Finding]) -> None:
    """Writes the findings of a document that has none."""
    rows = [_row(document_id, ordinal, one) for ordinal, one in enumerate(findings)]
    if rows:
        columns, marks = ", ".join(f'"{name}"' for name in rows[0]), ", ".join("?" * len(rows[0]))
        values = [tuple(row.values()) for row in rows]
        db.conn.executemany(f"INSERT INTO findings ({columns}) VALUES ({marks})", values)


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
