"""The tables of what follows from the facts, as step 11 made them; none ever edited."""

from __future__ import annotations

_DOCUMENT = "document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE"
_TASK = "task_id INTEGER NOT NULL REFERENCES tasks(id) ON DELETE CASCADE"

DERIVED = (
    f"""CREATE TABLE due_days (
        {_TASK}, day TEXT NOT NULL, PRIMARY KEY (task_id, day)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX due_days_day ON due_days(day, task_id)",
    """CREATE TABLE document_counts (
        document_id INTEGER PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE, tasks INTEGER NOT NULL,
        without_deadline INTEGER NOT NULL, continuous INTEGER NOT NULL, recurring INTEGER NOT NULL,
        without_lead INTEGER NOT NULL, collective_lead INTEGER NOT NULL
    ) STRICT""",
    f"""CREATE TABLE unit_counts (
        {_DOCUMENT}, unit_id INTEGER NOT NULL REFERENCES units(id), led INTEGER NOT NULL,
        supported INTEGER NOT NULL, mention TEXT NOT NULL, PRIMARY KEY (document_id, unit_id)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX unit_counts_unit_id ON unit_counts(unit_id, led, supported)",
    """CREATE TABLE laws (
        id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, number TEXT NOT NULL, name TEXT NOT NULL,
        valid_from TEXT NOT NULL, valid_to TEXT, replaced_by TEXT, verified INTEGER NOT NULL
    ) STRICT""",
    """CREATE TABLE citation_laws (
        citation_id INTEGER PRIMARY KEY REFERENCES citations(id) ON DELETE CASCADE,
        law_id INTEGER NOT NULL REFERENCES laws(id)
    ) STRICT""",
    "CREATE INDEX citation_laws_law_id ON citation_laws(law_id)",
    """CREATE TABLE criteria (
        code TEXT PRIMARY KEY, "index" TEXT NOT NULL, parent TEXT, name TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE expected_issuers (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL, name_folded TEXT NOT NULL, province TEXT,
        valid_from TEXT, valid_to TEXT
    ) STRICT""",
    "CREATE UNIQUE INDEX expected_issuers_name ON expected_issuers(name_folded, coalesce(province, ''))",
    "ALTER TABLE documents ADD COLUMN issuer_folded TEXT",
    "CREATE INDEX documents_issuer ON documents(issuer_folded, year)",
    "CREATE INDEX documents_number ON documents(number, symbol)",
    "CREATE INDEX findings_rule ON findings(rule, verdict, document_id)",
    "CREATE INDEX citations_number ON citations(number, symbol)",
    "CREATE INDEX task_criteria_code ON task_criteria(code, task_id)",
)
