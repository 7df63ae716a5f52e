"""What reviewers leave in the database: waivers, and which file is the earlier version of which."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from kehoach.document.facts import Header, Issuer
from kehoach.document.finding import Finding
from kehoach.document.review import Reason, Submission, Waiver
from kehoach.review.versions import earlier, issuer_keys
from kehoach.review.waivers import same_words
from kehoach.sqlite import Database
from kehoach.store.rows import Row, storable
from kehoach.store.transaction import transaction


def waive(
    db: Database,
    document_id: int,
    findings: Iterable[Finding],
    *,
    reason: Reason,
    note: str,
    by: str,
    at: datetime,
) -> None:
    """Lets findings of a document's plan rest, instead of what was said of them before. at: UTC."""
    file_id = _file_id(db, document_id)
    with transaction(db):
        for one in findings:
            _withdraw(db, file_id, one, by, at)
            told = (
                file_id,
                one.rule,
                storable(one.evidence or ""),
                reason.value,
                storable(note),
                storable(by),
            )
            db.execute(
                "INSERT INTO waivers (file_id, rule, words, reason, note, waived_by, waived_at) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                (*told, at.isoformat()),
            )


def withdraw(db: Database, document_id: int, findings: Iterable[Finding], *, by: str, at: datetime) -> int:
    """Takes back what let these findings rest; how many waivers that were."""
    file_id = _file_id(db, document_id)
    with transaction(db):
        return sum(_withdraw(db, file_id, one, by, at) for one in findings)


def _withdraw(db: Database, file_id: int, finding: Finding, by: str, at: datetime) -> int:
    rows = list(db.query(_STANDING, (file_id,)))
    ids = [row["id"] for row in rows if row["rule"] == finding.rule and same_words(row["words"], finding)]
    for one in ids:
        values = (storable(by), at.isoformat(), one)
        db.execute("UPDATE waivers SET withdrawn_by = ?, withdrawn_at = ? WHERE id = ?", values)
    return len(ids)


_STANDING = "SELECT * FROM waivers WHERE file_id = ? AND withdrawn_at IS NULL ORDER BY id"


def waivers(db: Database, document_id: int) -> tuple[Waiver, ...]:
    """What holds for a document's plan, in the order in which it was said."""
    return tuple(_waiver(row) for row in db.query(_STANDING, (_file_id(db, document_id),)))


def _waiver(row: Row) -> Waiver:
    at = datetime.fromisoformat(row["waived_at"])
    return Waiver(row["rule"], row["words"], Reason(row["reason"]), row["note"], row["waived_by"], at)


def _file_id(db: Database, document_id: int) -> int:
    return int(db.execute("SELECT file_id FROM documents WHERE id = ?", (document_id,)).fetchone()[0])


@dataclass(frozen=True, slots=True)
class Link:
    """`earlier`: the version before, None: there is none. `by`: who said so; None: the rule did."""

    earlier: Submission | None
    by: str | None = None
    at: datetime | None = None


def link(db: Database, document_id: int, to: int | None, *, by: str, at: datetime) -> None:
    """Says which document holds the earlier version, or that none does. at: UTC."""
    later, before = _file_id(db, document_id), None if to is None else _file_id(db, to)
    with transaction(db):
        _write(db, later, before, by, at)


def unlink(db: Database, document_id: int) -> None:
    """Forgets what a reviewer said; the rule decides again."""
    with transaction(db):
        db.execute("DELETE FROM resubmissions WHERE file_id = ?", (_file_id(db, document_id),))


def _write(db: Database, later: int, before: int | None, by: str | None, at: datetime | None) -> None:
    db.execute(
        "INSERT OR REPLACE INTO resubmissions (file_id, earlier_file_id, decided_by, decided_at) "
        "VALUES (?, ?, ?, ?)",
        (later, before, storable(by) if by else None, at.isoformat() if at else None),
    )


def earlier_version(db: Database, document_id: int) -> Link:
    """The version of a plan that came before it, as a reviewer said, else as `renew_links` put it down."""
    row = next(db.query(_LINK, (document_id,)), None)
    if row is None:
        return Link(None)
    found = _submissions(db, "WHERE d.file_id = ?", (row["earlier_file_id"],))
    at = datetime.fromisoformat(row["decided_at"]) if row["decided_at"] else None
    return Link(next(iter(found), None), row["decided_by"], at)


_LINK = """
    SELECT r.* FROM resubmissions r JOIN documents d ON d.file_id = r.file_id WHERE d.id = ?
"""


def renew_links(db: Database, document_id: int | None = None) -> None:
    """Puts down anew what issuer, type, year and subject say of a document, or of all; what reviewers said
    stays."""
    said = {row["file_id"]: row for row in db.query("SELECT * FROM resubmissions")}
    for one, before in list(_links(db, document_id)):
        old, new = said.get(one.file_id), before.file_id if before else None
        if (old and old["decided_by"]) or new == (old["earlier_file_id"] if old else None):
            continue
        with transaction(db):
            db.execute("DELETE FROM resubmissions WHERE file_id = ?", (one.file_id,))
            if new is not None:
                _write(db, one.file_id, new, None, None)


def _links(db: Database, document_id: int | None) -> Iterator[tuple[Submission, Submission | None]]:
    if document_id is not None:
        own = _submissions(db, "WHERE d.id = ?", (document_id,))[0]
        yield own, earlier(own, _alike(db, own))
        return
    groups: dict[tuple[object, ...], list[Submission]] = defaultdict(list)
    whole = _submissions(db)
    for one in whole:
        for key in _keys(one):
            groups[key].append(one)
    for one in whole:
        yield one, earlier(one, [other for key in _keys(one) for other in groups[key]])


def _alike(db: Database, own: Submission) -> Sequence[Submission]:
    """Submissions that may be of the same issuer, type and year; few of all that there are."""
    head, wanted = own.header, issuer_keys(own.header.issuer)
    rows = db.query(_ISSUERS, (head.type, head.year, head.issuer.level))
    near = [row["id"] for row in rows if wanted & issuer_keys(_issuer(row))]
    return _submissions(db, f"WHERE d.id IN ({', '.join('?' * len(near))})", tuple(near))


_ISSUERS = """
    SELECT id, issuer, level, commune, district, province FROM documents
    WHERE type = ? AND year IS ? AND level IS ?
"""


def _keys(one: Submission) -> Iterator[tuple[object, ...]]:
    head = one.header
    return ((head.type, head.year, head.issuer.level, name) for name in issuer_keys(head.issuer))


def submissions(db: Database) -> Sequence[Submission]:
    """All documents as they came, oldest first."""
    return _submissions(db)


_HEADS = """
    SELECT d.id, d.file_id, d.type, d.number, d.symbol, d.issued_on, d.issuer, d.level, d.commune, d.district,
           d.province, d.title, d.year, d.indices, d.status, f.name AS file_name, f.received_at
    FROM documents d JOIN files f ON f.id = d.file_id
"""


def _submissions(db: Database, where: str = "", values: tuple[object, ...] = ()) -> Sequence[Submission]:
    rows = db.query(f"{_HEADS} {where} ORDER BY f.received_at, d.id", values)
    return [_submission(row) for row in rows]


def _submission(row: Row) -> Submission:
    header = Header(
        type=row["type"],
        number=row["number"],
        symbol=row["symbol"],
        issued_on=row["issued_on"],
        issuer=_issuer(row),
        title=row["title"],
        year=row["year"],
        indices=tuple(json.loads(row["indices"])),
        status=row["status"],
    )
    return Submission(row["id"], row["file_id"], row["file_name"], row["received_at"], header)


def _issuer(row: Row) -> Issuer:
    return Issuer(row["issuer"], row["level"], row["commune"], row["district"], row["province"])
