"""The tables of the comparison, and how its results land."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kehoach.messages import N_
from kehoach.sqlite import Database

_SUPERIOR = "superior_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE"
_DOCUMENT = "document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE"
_COPY = "copy_pair_id INTEGER NOT NULL REFERENCES copies(id) ON DELETE CASCADE"
_PLACE = 'page INTEGER, start INTEGER NOT NULL, "end" INTEGER NOT NULL'
_RELATIONS = "'same', 'paraphrase', 'part', 'merged', 'later', 'weaker', 'absent'"
_TARGET_RELATIONS = "'equal', 'stronger', 'weaker', 'absent', 'not_comparable'"

COMPARISON = (
    """CREATE TABLE comparisons (
        document_id INTEGER PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE,
        superior_id INTEGER REFERENCES documents(id) ON DELETE CASCADE, found_by TEXT,
        compared_at TEXT NOT NULL, software_version TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX comparisons_superior_id ON comparisons(superior_id)",
    f"""CREATE TABLE alignments (
        id INTEGER PRIMARY KEY, {_SUPERIOR}, {_DOCUMENT},
        superior_task_id INTEGER NOT NULL REFERENCES tasks(id) ON DELETE CASCADE,
        task_id INTEGER REFERENCES tasks(id) ON DELETE CASCADE,
        handed_down INTEGER NOT NULL CHECK (handed_down IN (0, 1)),
        by_itself INTEGER NOT NULL CHECK (by_itself IN (0, 1)),
        relation TEXT NOT NULL CHECK (relation IN ({_RELATIONS})), also TEXT NOT NULL,
        complete INTEGER CHECK (complete IN (0, 1)),
        misplaced INTEGER NOT NULL CHECK (misplaced IN (0, 1)),
        deadline_relation TEXT
            CHECK (deadline_relation IN ('equal', 'earlier', 'later', 'vague', 'firmer')),
        score REAL, likeness REAL, reason TEXT, words TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX alignments_document_id ON alignments(document_id, superior_id)",
    "CREATE INDEX alignments_superior_id ON alignments(superior_id, relation)",
    "CREATE INDEX alignments_superior_task_id ON alignments(superior_task_id)",
    "CREATE INDEX alignments_task_id ON alignments(task_id) WHERE task_id IS NOT NULL",
    f"""CREATE TABLE target_alignments (
        id INTEGER PRIMARY KEY, {_SUPERIOR}, {_DOCUMENT},
        superior_target_id INTEGER NOT NULL REFERENCES targets(id) ON DELETE CASCADE,
        target_id INTEGER REFERENCES targets(id) ON DELETE CASCADE,
        relation TEXT NOT NULL CHECK (relation IN ({_TARGET_RELATIONS})), score REAL
    ) STRICT""",
    "CREATE INDEX target_alignments_document_id ON target_alignments(document_id)",
    "CREATE INDEX target_alignments_superior_id ON target_alignments(superior_id)",
    "CREATE INDEX target_alignments_superior_target_id ON target_alignments(superior_target_id)",
    "CREATE INDEX target_alignments_target_id ON target_alignments(target_id) WHERE target_id IS NOT NULL",
    """CREATE TABLE copies (
        id INTEGER PRIMARY KEY,
        first_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
        copy_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('near_copy', 'wholesale_of_superior', 'handed_down',
            'handed_down_through_copy', 'both_from_superior', 'previous_year', 'none')),
        share_of_copy REAL NOT NULL, copied_words INTEGER NOT NULL, word_count INTEGER NOT NULL,
        UNIQUE (first_id, copy_id)
    ) STRICT""",
    "CREATE INDEX copies_copy_id ON copies(copy_id)",
    "CREATE INDEX copies_share_of_copy ON copies(share_of_copy)",
    f"""CREATE TABLE passages (
        id INTEGER PRIMARY KEY, {_COPY}, ordinal INTEGER NOT NULL, text TEXT NOT NULL, words INTEGER NOT NULL,
        in_superior INTEGER NOT NULL CHECK (in_superior IN (0, 1)),
        first_page INTEGER, first_start INTEGER NOT NULL, first_end INTEGER NOT NULL, {_PLACE}
    ) STRICT""",
    "CREATE INDEX passages_copy_pair_id ON passages(copy_pair_id)",
    f"""CREATE TABLE names_left (
        id INTEGER PRIMARY KEY, {_COPY}, ordinal INTEGER NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL,
        {_PLACE}
    ) STRICT""",
    "CREATE INDEX names_left_copy_pair_id ON names_left(copy_pair_id)",
    f"""CREATE TABLE successions (
        old_document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE, {_DOCUMENT},
        kind TEXT NOT NULL CHECK (kind IN ('same_place', 'forerunner')), found_by TEXT NOT NULL,
        valid_from TEXT, forerunners INTEGER, words TEXT, PRIMARY KEY (old_document_id, document_id)
    ) STRICT""",
    "CREATE INDEX successions_document_id ON successions(document_id)",
    f"""CREATE TABLE task_successions (
        id INTEGER PRIMARY KEY,
        old_document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE, {_DOCUMENT},
        old_task_id INTEGER REFERENCES tasks(id) ON DELETE CASCADE,
        task_id INTEGER REFERENCES tasks(id) ON DELETE CASCADE, score REAL, likeness REAL
    ) STRICT""",
    "CREATE INDEX task_successions_document_id ON task_successions(document_id)",
    "CREATE INDEX task_successions_old_document_id ON task_successions(old_document_id)",
    "CREATE INDEX task_successions_old_task_id ON task_successions(old_task_id)",
    "CREATE INDEX task_successions_task_id ON task_successions(task_id)",
)
DOUBTFUL = f"""CREATE TABLE doubtful_targets (
    target_id INTEGER NOT NULL REFERENCES targets(id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('wrong_way', 'differs', 'other_body')),
    other_id INTEGER REFERENCES targets(id) ON DELETE CASCADE, {_DOCUMENT}
) STRICT"""

COMPARISON_TABLES: Mapping[str, Mapping[str, str]] = {
    "comparisons": {
        "document_id": N_("the plan that was compared"),
        "superior_id": N_("the superior plan that it was compared with; null: none is here"),
        "found_by": N_("how that was found: cited, title (same year and subject, cited by nobody), asked"),
        "compared_at": N_("when (ISO)"),
        "software_version": N_("version of kehoach that compared"),
    },
    "alignments": {
        "id": N_("key"),
        "superior_id": N_("the superior plan"),
        "document_id": N_("the plan below it"),
        "superior_task_id": N_("a task of the superior plan"),
        "task_id": N_("the task that carries it out; null: absent. Several rows where it is split"),
        "handed_down": N_("1: for the units below, too; 0: bodies of the superior level do it"),
        "by_itself": N_("1: the plan's being issued carries it out"),
        "relation": N_(
            "same, paraphrase, part, merged, later, weaker, absent; the first that holds from behind"
        ),
        "also": N_("JSON list: further relations that hold"),
        "complete": N_("of a part: 1: with the other parts all of it; 0: something is missing; else null"),
        "misplaced": N_("1: a duty of the superior level's bodies that was copied down"),
        "deadline_relation": N_("equal, earlier, later, vague (given up), firmer; null: neither has any"),
        "score": N_("likeness in meaning, 0 to 1; null: absent"),
        "likeness": N_("1 − edit distance of the texts, 0 to 1; null: absent"),
        "reason": N_("what told weaker or part: figure, wish, rhythm, circle, clause; else null"),
        "words": N_("JSON list of [words of the superior's task, words of this one] that say the same"),
    },
    "target_alignments": {
        "id": N_("key"),
        "superior_id": N_("the superior plan"),
        "document_id": N_("the plan below it"),
        "superior_target_id": N_("a target of the superior plan that holds for the units below"),
        "target_id": N_("the target for it; null: absent"),
        "relation": N_("equal, stronger, weaker, absent, not_comparable (a change of rank for points)"),
        "score": N_("likeness of what is measured, 0 to 1; null: absent"),
    },
    "doubtful_targets": {
        "target_id": N_("a target that cannot be right"),
        "kind": N_(
            "wrong_way (more of what should be less), differs (from another of the same), other_body's"
        ),
        "other_id": N_("the other one; null: none"),
        "document_id": N_("the plan"),
    },
    "copies": {
        "id": N_("key"),
        "first_id": N_("the plan that was dated first"),
        "copy_id": N_("the later one; where more than 40 share a run, each stands with the first only"),
        "kind": N_(
            "near_copy, wholesale_of_superior, handed_down, handed_down_through_copy, "
            "both_from_superior, previous_year, none (legal formulae at most)"
        ),
        "share_of_copy": N_("words of the later text that stand in passages, 0 to 1; a lower bound"),
        "copied_words": N_("number of these words"),
        "word_count": N_("all words of the later text"),
    },
    "passages": {
        "id": N_("key"),
        "copy_pair_id": N_("the pair in copies"),
        "ordinal": N_("order in the later text, from 0"),
        "text": N_("the run, as the later text has it"),
        "words": N_("number of its words, 12 or more"),
        "in_superior": N_("1: it stands in the superior plan, too"),
        "first_page": N_("page of the earlier text"),
        "first_start": N_("first character in the earlier document's text"),
        "first_end": N_("character behind the last one"),
        "page": N_("page of the later text"),
        "start": N_("first character in the later document's text"),
        "end": N_("character behind the last one"),
    },
    "names_left": {
        "id": N_("key"),
        "copy_pair_id": N_("the pair in copies"),
        "ordinal": N_("order in the later text, from 0"),
        "name": N_("a name of the other place, or a body that this level does not have"),
        "text": N_("the clause that it stands in"),
        "page": N_("page of the later text"),
        "start": N_("first character in the later document's text"),
        "end": N_("character behind the last one"),
    },
    "successions": {
        "old_document_id": N_("the plan of the year before"),
        "document_id": N_("the plan that follows it"),
        "kind": N_("same_place; forerunner (a merger or renaming lies between)"),
        "found_by": N_("place (list of places), words (the later plan says so), issuer (the same name)"),
        "valid_from": N_("day of the merger or renaming; null: none"),
        "forerunners": N_("how many old units went into the new one, where known"),
        "words": N_("the words of the later plan that say so; null: the list of places does"),
    },
    "task_successions": {
        "id": N_("key"),
        "old_document_id": N_("the plan of the year before"),
        "document_id": N_("the plan that follows it"),
        "old_task_id": N_("a task of the year before; null: new this year"),
        "task_id": N_("the task that goes on with it; null: given up"),
        "score": N_("likeness in meaning, 0 to 1"),
        "likeness": N_("1 − edit distance of the texts, 0 to 1"),
    },
}
OF_A_PAIR = ("copies", "successions", "task_successions")
OF_A_DOCUMENT = ("comparisons", "alignments", "target_alignments")


def land_rows(db: Database, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Writes rows that all have the same columns."""
    rows = list(rows)
    if rows:
        columns = ", ".join(f'"{name}"' for name in rows[0])
        marks = ", ".join("?" * len(rows[0]))
        values = [tuple(row.values()) for row in rows]
        db.conn.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)


def land_row(db: Database, table: str, row: Mapping[str, Any]) -> int:
    """Writes one row and gives its id."""
    columns, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
    cursor = db.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(row.values()))
    return int(cursor.lastrowid or 0)


def forget(db: Database, tables: Sequence[str]) -> None:
    """Empties tables of the comparison."""
    for table in tables:
        db.execute(f"DELETE FROM {table}")
