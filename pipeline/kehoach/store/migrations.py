"""How the database came to its present form: numbered steps, each run once, none ever edited.

sqlite-utils notes in `_sqlite_migrations` which steps a database has seen. A new column is a new step.
"""

from __future__ import annotations

from kehoach.sqlite import Database, Migrations
from kehoach.store.comparison import COMPARISON, DOUBTFUL
from kehoach.store.derived import folded_path, land_derived, renew_criteria
from kehoach.store.derived_tables import DERIVED
from kehoach.store.search_index import INDEXED, search_index

MIGRATIONS = Migrations("kehoach")

# Where a fact stands, as step 1 knew it: page and box, characters in documents.text, poorest
# confidence, and all boxes as JSON where one box does not tell everything.
_PLACE = """
    page INTEGER, x0 REAL, y0 REAL, x1 REAL, y1 REAL, start INTEGER, "end" INTEGER,
    confidence REAL, provenance TEXT, boxes TEXT
"""
_DEADLINE_PLACE = """
    deadline_page INTEGER, deadline_x0 REAL, deadline_y0 REAL, deadline_x1 REAL, deadline_y1 REAL,
    deadline_span_start INTEGER, deadline_span_end INTEGER,
    deadline_confidence REAL, deadline_provenance TEXT, deadline_boxes TEXT
"""
_DOCUMENT = "document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE"
_TASK = "task_id INTEGER NOT NULL REFERENCES tasks(id) ON DELETE CASCADE"

_FILES = (
    """CREATE TABLE files (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, bytes INTEGER NOT NULL,
        media_type TEXT NOT NULL, received_at TEXT NOT NULL,
        outcome TEXT NOT NULL CHECK (outcome IN ('read', 'read_with_warnings', 'refused', 'failed')),
        reason TEXT, software_version TEXT NOT NULL
    ) STRICT""",
    # A path that does not exist has no bytes, so no hash; its name stands for it.
    "CREATE UNIQUE INDEX files_sha256 ON files(sha256) WHERE sha256 <> ''",
    "CREATE UNIQUE INDEX files_without_bytes ON files(name) WHERE sha256 = ''",
    """CREATE TABLE file_names (
        file_id INTEGER NOT NULL REFERENCES files(id) ON DELETE CASCADE,
        name TEXT NOT NULL, received_at TEXT NOT NULL, PRIMARY KEY (file_id, name)
    ) STRICT""",
)
_DOCUMENTS = (
    """CREATE TABLE documents (
        id INTEGER PRIMARY KEY, file_id INTEGER NOT NULL REFERENCES files(id) ON DELETE CASCADE,
        ordinal INTEGER NOT NULL, kind TEXT NOT NULL, page_count INTEGER NOT NULL,
        type TEXT NOT NULL, number TEXT, symbol TEXT, issued_on TEXT, place TEXT, issuer TEXT, level TEXT,
        commune TEXT, district TEXT, province TEXT, title TEXT, year INTEGER,
        signer_name TEXT, signer_position TEXT, signer_authority TEXT, status TEXT,
        indices TEXT NOT NULL, unread TEXT NOT NULL, explained REAL, text TEXT NOT NULL,
        software_version TEXT NOT NULL, UNIQUE (file_id, ordinal)
    ) STRICT""",
    f"""CREATE TABLE pages (
        id INTEGER PRIMARY KEY, {_DOCUMENT}, number INTEGER NOT NULL CHECK (number >= 1),
        read_from TEXT NOT NULL CHECK (read_from IN ('text', 'ocr', 'both', 'none')),
        reason TEXT NOT NULL, text TEXT NOT NULL, text_folded TEXT NOT NULL, confidence REAL,
        seal_seen INTEGER NOT NULL, UNIQUE (document_id, number)
    ) STRICT""",
    f"""CREATE TABLE anchors (
        id INTEGER PRIMARY KEY, {_DOCUMENT}, field TEXT NOT NULL, {_PLACE}, UNIQUE (document_id, field)
    ) STRICT""",
    f"""CREATE TABLE recipients (
        id INTEGER PRIMARY KEY, {_DOCUMENT}, ordinal INTEGER NOT NULL, name TEXT NOT NULL, purpose TEXT,
        {_PLACE}
    ) STRICT""",
    f"""CREATE TABLE sections (
        id INTEGER PRIMARY KEY, {_DOCUMENT}, ordinal INTEGER NOT NULL,
        parent_id INTEGER REFERENCES sections(id) ON DELETE CASCADE,
        number TEXT, title TEXT NOT NULL, level INTEGER NOT NULL, kind TEXT NOT NULL, {_PLACE}
    ) STRICT""",
)
_TASKS = (
    """CREATE TABLE units (
        id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, level TEXT, kind TEXT
    ) STRICT""",
    f"""CREATE TABLE tasks (
        id INTEGER PRIMARY KEY, {_DOCUMENT}, ordinal INTEGER NOT NULL,
        section_id INTEGER REFERENCES sections(id) ON DELETE SET NULL,
        text TEXT NOT NULL, text_folded TEXT NOT NULL, path TEXT NOT NULL,
        source TEXT NOT NULL CHECK (source IN ('body', 'table')), rule TEXT NOT NULL, {_PLACE},
        deadline_text TEXT, deadline_kind TEXT, deadline_start TEXT, deadline_end TEXT,
        deadline_recurrence TEXT, deadline_rule TEXT, {_DEADLINE_PLACE}
    ) STRICT""",
    f"""CREATE TABLE task_units (
        id INTEGER PRIMARY KEY, {_TASK}, unit_id INTEGER NOT NULL REFERENCES units(id),
        ordinal INTEGER NOT NULL, role TEXT NOT NULL CHECK (role IN ('lead', 'support')),
        mention TEXT NOT NULL, origin TEXT NOT NULL, {_PLACE}
    ) STRICT""",
    f"""CREATE TABLE task_outputs (
        {_TASK}, ordinal INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (task_id, ordinal)
    ) STRICT""",
    f"""CREATE TABLE task_criteria (
        {_TASK}, ordinal INTEGER NOT NULL, code TEXT NOT NULL, PRIMARY KEY (task_id, ordinal)
    ) STRICT""",
)
_REST = (
    f"""CREATE TABLE targets (
        id INTEGER PRIMARY KEY, {_DOCUMENT}, ordinal INTEGER NOT NULL, text TEXT NOT NULL, metric TEXT,
        comparator TEXT, value REAL, unit TEXT, year INTEGER, rule TEXT NOT NULL, {_PLACE}
    ) STRICT""",
    f"""CREATE TABLE citations (
        id INTEGER PRIMARY KEY, {_DOCUMENT}, ordinal INTEGER NOT NULL, text TEXT NOT NULL,
        type TEXT NOT NULL, number TEXT, symbol TEXT, date TEXT, issuer TEXT, title TEXT, year INTEGER,
        rule TEXT NOT NULL, {_PLACE}
    ) STRICT""",
    f"""CREATE TABLE tables (
        id INTEGER PRIMARY KEY, {_DOCUMENT}, ordinal INTEGER NOT NULL, title TEXT, pages TEXT NOT NULL,
        row_count INTEGER NOT NULL, {_PLACE}
    ) STRICT""",
    f"""CREATE TABLE cells (
        id INTEGER PRIMARY KEY, table_id INTEGER NOT NULL REFERENCES tables(id) ON DELETE CASCADE,
        row INTEGER NOT NULL, col INTEGER NOT NULL, text TEXT NOT NULL,
        header INTEGER NOT NULL CHECK (header IN (0, 1)), {_PLACE}, UNIQUE (table_id, row, col)
    ) STRICT""",
    f"""CREATE TABLE findings (
        id INTEGER PRIMARY KEY, {_DOCUMENT}, ordinal INTEGER NOT NULL, rule TEXT NOT NULL,
        verdict TEXT NOT NULL CHECK (verdict IN ('fail', 'not_assessable', 'pass')),
        severity TEXT, basis TEXT, article TEXT, message TEXT, evidence TEXT, {_PLACE}
    ) STRICT""",
    f"""CREATE TABLE warnings (
        id INTEGER PRIMARY KEY, {_DOCUMENT}, ordinal INTEGER NOT NULL, code TEXT NOT NULL,
        message TEXT NOT NULL, facts TEXT NOT NULL, {_PLACE}
    ) STRICT""",
)
_BY_DOCUMENT = ("recipients", "sections", "tasks", "targets", "citations", "tables", "findings", "warnings")
_INDEXES = (
    *(f"CREATE INDEX {table}_document_id ON {table}(document_id)" for table in _BY_DOCUMENT),
    "CREATE INDEX sections_parent_id ON sections(parent_id)",
    "CREATE INDEX tasks_section_id ON tasks(section_id)",
    "CREATE INDEX task_units_task_id ON task_units(task_id)",
    "CREATE INDEX task_units_unit_id ON task_units(unit_id)",
)


@MIGRATIONS(name="0001_a_plan_lands_with_its_anchors")
def _a_plan_lands_with_its_anchors(db: Database) -> None:
    for statement in (*_FILES, *_DOCUMENTS, *_TASKS, *_REST, *_INDEXES):
        db.execute(statement)


@MIGRATIONS(name="0002_search_without_marks")
def _search_without_marks(db: Database) -> None:
    """The folded column is searched (SQLite's own folding keeps đ apart from d); triggers keep it in step."""
    for table in ("tasks", "pages"):
        db.table(table).enable_fts(["text_folded"], create_triggers=True, tokenize="unicode61")


_LINE_FACTS = ("section", "task", "target", "citation", "recipient", "table")


@MIGRATIONS(name="0003_every_line_is_accounted_for")
def _every_line_is_accounted_for(db: Database) -> None:
    links = ", ".join(f"{one}_id INTEGER REFERENCES {one}s(id) ON DELETE SET NULL" for one in _LINE_FACTS)
    db.execute(
        f"""CREATE TABLE lines (
            id INTEGER PRIMARY KEY, {_DOCUMENT}, ordinal INTEGER NOT NULL, role TEXT NOT NULL,
            rule TEXT NOT NULL, {links}, {_PLACE}
        ) STRICT"""
    )
    db.execute("CREATE INDEX lines_document_id ON lines(document_id)")
    for one in _LINE_FACTS:  # a deleted fact is looked for here
        db.execute(f"CREATE INDEX lines_{one}_id ON lines({one}_id) WHERE {one}_id IS NOT NULL")


@MIGRATIONS(name="0004_signatures_say_who_and_when")
def _signatures_say_who_and_when(db: Database) -> None:
    db.execute(
        f"""CREATE TABLE signatures (
            id INTEGER PRIMARY KEY, {_DOCUMENT}, ordinal INTEGER NOT NULL, field TEXT, signer TEXT,
            organisation TEXT, unit TEXT, signed_at TEXT, timestamped_at TEXT,
            bytes_match INTEGER CHECK (bytes_match IN (0, 1)),
            covers_file INTEGER CHECK (covers_file IN (0, 1)),
            page INTEGER, x0 REAL, y0 REAL, x1 REAL, y1 REAL
        ) STRICT"""
    )
    db.execute("CREATE INDEX signatures_document_id ON signatures(document_id)")


_PLACES = (
    """CREATE TABLE places (
        id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, level TEXT NOT NULL, word TEXT NOT NULL,
        name TEXT NOT NULL, code TEXT NOT NULL, district TEXT, province TEXT, valid_from TEXT, valid_to TEXT
    ) STRICT""",
    """CREATE TABLE place_lineage (
        old_id INTEGER NOT NULL REFERENCES places(id), new_id INTEGER NOT NULL REFERENCES places(id),
        part INTEGER NOT NULL CHECK (part IN (0, 1)), PRIMARY KEY (old_id, new_id)
    ) STRICT""",
    f"""CREATE TABLE document_places (
        {_DOCUMENT}, ordinal INTEGER NOT NULL, place_id INTEGER NOT NULL REFERENCES places(id),
        PRIMARY KEY (document_id, ordinal)
    ) STRICT""",
    "CREATE INDEX place_lineage_new_id ON place_lineage(new_id)",
    "CREATE INDEX document_places_place_id ON document_places(place_id)",
)


@MIGRATIONS(name="0005_places_units_and_criteria_say_more")
def _places_units_and_criteria_say_more(db: Database) -> None:
    """Issuers as places with their lineage; a unit's validity and covers; what told a criterion."""
    for statement in _PLACES:
        db.execute(statement)
    place = (column.strip() for column in _PLACE.split(","))
    for table, columns in (
        ("documents", ["issuer_place_id INTEGER REFERENCES places(id)"]),
        ("units", ["covers TEXT", "valid_from TEXT", "valid_to TEXT"]),
        ("task_units", ["place TEXT", "candidates TEXT"]),
        ("task_criteria", ["words TEXT", *place]),
    ):
        for column in columns:
            db.execute(f"ALTER TABLE {table} ADD COLUMN {column}")


@MIGRATIONS(name="0006_what_was_mended_stays_beside_it")
def _what_was_mended_stays_beside_it(db: Database) -> None:
    db.execute(
        f"""CREATE TABLE repairs (
            id INTEGER PRIMARY KEY, {_DOCUMENT}, ordinal INTEGER NOT NULL, raw TEXT NOT NULL,
            text TEXT NOT NULL, score REAL, {_PLACE}
        ) STRICT"""
    )
    db.execute("CREATE INDEX repairs_document_id ON repairs(document_id)")


@MIGRATIONS(name="0007_a_check_can_be_repeated")
def _a_check_can_be_repeated(db: Database) -> None:
    """What a check needs beyond the record; findings with their rule's title and remedy."""
    db.execute(
        """CREATE TABLE readings (
            document_id INTEGER PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE, content BLOB NOT NULL
        ) STRICT"""
    )
    for column in ("title", "remedy"):
        db.execute(f"ALTER TABLE findings ADD COLUMN {column} TEXT")


@MIGRATIONS(name="0008_a_file_is_found_again")
def _a_file_is_found_again(db: Database) -> None:
    """Page pictures are made from the submitted file when somebody looks, so its place is kept."""
    db.execute("ALTER TABLE files ADD COLUMN path TEXT")


@MIGRATIONS(name="0009_views_for_analysts")
def _views_for_analysts(db: Database) -> None:
    """Years, provinces and days are asked for; the views are made behind the last step."""
    db.execute("CREATE INDEX documents_year ON documents(year, province)")
    db.execute("CREATE INDEX tasks_deadline_end ON tasks(deadline_end) WHERE deadline_end IS NOT NULL")


@MIGRATIONS(name="0010_plans_are_compared")
def _plans_are_compared(db: Database) -> None:
    """What `kehoach compare` finds: alignment, copies, targets against the superior's, year against year."""
    for statement in COMPARISON:
        db.execute(statement)


@MIGRATIONS(name="0011_what_follows_is_counted")
def _what_follows_is_counted(db: Database) -> None:
    """Questions over all plans are answered from counts; the lists that answers are held against."""
    for statement in DERIVED:
        db.execute(statement)
    for (document_id,) in db.execute("SELECT id FROM documents").fetchall():
        land_derived(db, document_id)
    renew_criteria(db)


_REVIEW = (
    """CREATE TABLE checks (
        id INTEGER PRIMARY KEY, file_id INTEGER NOT NULL REFERENCES files(id) ON DELETE CASCADE,
        checked_at TEXT NOT NULL, last_at TEXT NOT NULL, checklist TEXT NOT NULL,
        software_version TEXT NOT NULL, passes INTEGER NOT NULL
    ) STRICT""",
    """CREATE TABLE checked (
        check_id INTEGER NOT NULL REFERENCES checks(id) ON DELETE CASCADE, ordinal INTEGER NOT NULL,
        rule TEXT NOT NULL, verdict TEXT NOT NULL, severity TEXT NOT NULL, message TEXT NOT NULL,
        evidence TEXT, page INTEGER, PRIMARY KEY (check_id, ordinal)
    ) STRICT""",
    """CREATE TABLE resubmissions (
        file_id INTEGER PRIMARY KEY REFERENCES files(id) ON DELETE CASCADE,
        earlier_file_id INTEGER REFERENCES files(id) ON DELETE CASCADE,
        decided_by TEXT, decided_at TEXT
    ) STRICT""",
    """CREATE TABLE waivers (
        id INTEGER PRIMARY KEY, file_id INTEGER NOT NULL REFERENCES files(id) ON DELETE CASCADE,
        rule TEXT NOT NULL, words TEXT NOT NULL,
        reason TEXT NOT NULL CHECK (reason IN ('ocr_sai', 'khong_ap_dung', 'da_co_o_phu_luc', 'chap_nhan')),
        note TEXT NOT NULL, waived_by TEXT NOT NULL, waived_at TEXT NOT NULL,
        withdrawn_by TEXT, withdrawn_at TEXT
    ) STRICT""",
    "CREATE INDEX checks_file_id ON checks(file_id)",
    "CREATE INDEX waivers_file_id ON waivers(file_id)",
    "CREATE INDEX resubmissions_earlier_file_id ON resubmissions(earlier_file_id)",
)


@MIGRATIONS(name="0012_a_review_has_a_history")
def _a_review_has_a_history(db: Database) -> None:
    """What a review leaves hangs on the file: a plan that is read again is a new row of documents."""
    for statement in _REVIEW:
        db.execute(statement)


@MIGRATIONS(name="0013_targets_that_cannot_be_right")
def _targets_that_cannot_be_right(db: Database) -> None:
    """What the comparison doubts; with it come the views on what it found."""
    db.execute(DOUBTFUL)


@MIGRATIONS(name="0014_lists_of_plans_are_quick")
def _lists_of_plans_are_quick(db: Database) -> None:
    """What the list of plans filters by and shows, without opening the rows that hold the texts."""
    db.execute("CREATE INDEX documents_choices ON documents(type, status, indices)")
    db.execute("CREATE INDEX documents_place ON documents(province, district, commune, issuer, year)")
    db.execute("CREATE INDEX documents_issued_on ON documents(issued_on)")
    db.execute("CREATE INDEX findings_verdict ON findings(document_id, verdict, severity)")


@MIGRATIONS(name="0015_search_by_beginnings_and_headings")
def _search_by_beginnings_and_headings(db: Database) -> None:
    """Headings are searched, too, and words by how they begin."""
    for table in INDEXED:
        for event in ("ai", "ad", "au"):
            db.execute(f"DROP TRIGGER {table}_{event}")
        db.execute(f"DROP TABLE {table}_fts")
    db.execute("ALTER TABLE tasks ADD COLUMN path_folded TEXT")
    db.conn.create_function("folded_path", 1, folded_path, deterministic=True)
    db.execute("UPDATE tasks SET path_folded = folded_path(path)")
    for table in INDEXED:
        for statement in search_index(table):
            db.execute(statement)
    db.execute("CREATE INDEX documents_indices ON documents(indices)")
