"""Questions about plans beside each other: coverage, deadlines, targets, copies, the year before."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from statistics import median
from typing import Any

from kehoach.compare import targets
from kehoach.compare.ask_tasks import said
from kehoach.compare.baselines import baseline
from kehoach.compare.copies import NEAR_COPY, WHOLESALE
from kehoach.compare.plans import Task, plan
from kehoach.compare.question import Answer, Question, Row, answer
from kehoach.rules import data
from kehoach.text import one_line

_ALIGNED = """
    SELECT a.*, f.name AS file, s.text AS superior_task, s.page AS superior_page, t.text AS task, t.page
    FROM alignments a JOIN documents d ON d.id = a.document_id JOIN files f ON f.id = d.file_id
    JOIN tasks s ON s.id = a.superior_task_id LEFT JOIN tasks t ON t.id = a.task_id
    WHERE a.document_id IN ({marks}) ORDER BY f.name, s.ordinal, t.ordinal
"""


def _aligned(question: Question) -> Iterator[Row]:
    for row in question.db.query(_ALIGNED.format(marks=question.marks())):
        row["superior_task"] = one_line(row["superior_task"])
        row["task"] = one_line(row["task"]) if row["task"] else None
        yield row


def coverage(question: Question) -> Answer:
    """How much of what is handed down is carried out; without what a plan carries out by being issued."""
    by_plan: dict[int, dict[int, Row]] = {one.id: {} for one in question.plans}
    for row in _aligned(question):
        if row["handed_down"] and not row["by_itself"]:
            by_plan[row["document_id"]].setdefault(row["superior_task_id"], row)
    told = [
        _coverage_row(one.file, one.id, list(by_plan[one.id].values()))
        for one in question.plans
        if by_plan[one.id]
    ]
    columns = ("file", "handed_down", "carried_out", "in_full", "absent", "missing")
    return answer(question, "coverage", columns, told)


def _coverage_row(file: str, document_id: int, rows: list[Row]) -> Row:
    missing = [row["superior_task"] for row in rows if row["relation"] == "absent"]
    full = [row for row in rows if row["relation"] not in ("absent", "weaker") and row["complete"] != 0]
    return {
        "file": file,
        "handed_down": len(rows),
        "carried_out": len(rows) - len(missing),
        "in_full": len(full),
        "absent": len(missing),
        "missing": missing,
        "document_id": document_id,
    }


def alignment(question: Question) -> Answer:
    """The superior's tasks, each with what carries it out in each plan, and the words that say so."""
    told = [
        row | {"also": json.loads(row["also"]), "words": json.loads(row["words"])}
        for row in _aligned(question)
    ]
    columns = ("superior_task", "file", "relation", "also", "task", "score", "reason", "page")
    return answer(question, "alignment", columns, told)


_SIDE_BY_SIDE = """
    SELECT a.superior_task_id, f.name AS file, a.relation, s.text AS superior_task, t.text AS task, t.page,
           s.deadline_text AS superior_deadline, t.deadline_text AS deadline, a.deadline_relation,
           (SELECT json_group_array(m.mention) FROM task_units m
            WHERE m.task_id = t.id AND m.role = 'lead') AS lead,
           (SELECT json_group_array(o.text) FROM task_outputs o WHERE o.task_id = t.id) AS outputs,
           a.document_id, a.task_id
    FROM alignments a JOIN documents d ON d.id = a.document_id JOIN files f ON f.id = d.file_id
    JOIN tasks s ON s.id = a.superior_task_id LEFT JOIN tasks t ON t.id = a.task_id
    WHERE a.document_id IN ({marks}) ORDER BY s.ordinal, f.name
"""


def side_by_side(question: Question) -> Answer:
    """The same task in all plans, with owner, deadline and output."""
    told = [
        _with_lists(row, "lead", "outputs")
        for row in question.db.query(_SIDE_BY_SIDE.format(marks=question.marks()))
    ]
    columns = (
        "superior_task",
        "superior_deadline",
        "file",
        "relation",
        "task",
        "lead",
        "deadline",
        "outputs",
        "page",
    )
    return answer(question, "side_by_side", columns, told)


def _with_lists(row: Row, *names: str) -> Row:
    return row | {name: json.loads(row[name] or "[]") for name in names}


def deadlines(question: Question) -> Answer:
    """Deadlines against the superior's: equal, earlier, later, vague, firmer."""
    told = [
        row | {"superior": row.pop("superior_deadline"), "commune": row.pop("deadline")}
        for row in question.db.query(_SIDE_BY_SIDE.format(marks=question.marks()))
        if row["deadline_relation"]
    ]
    columns = ("superior_task", "superior", "file", "deadline_relation", "commune", "task", "page")
    return answer(question, "deadlines", columns, told)


def indices(question: Question) -> Answer:
    """7: which plans set a target for PAR INDEX, SIPAS or PAPI, how high, against the superior's."""
    superior = question.superior_plan
    above = targets.targets(question.db, superior.id) if superior else ()
    told = [
        row
        for index in data("compare/targets.yaml")["indices"]
        for row in _index_rows(question, index, [*targets.of_index(targets.for_below(above), index)])
    ]
    return answer(question, "indices", ("index", "file", "relation", "text", "value", "unit", "page"), told)


def _index_rows(question: Question, index: str, above: list[targets.Target]) -> Iterator[Row]:
    """For an index that nobody sets a target for there are no rows."""
    found = {one.id: _index_target(question, one.id, index, above) for one in question.plans}
    if not above and not any(target for _relation, target in found.values()):
        return
    for one in question.plans:
        relation, target = found[one.id]
        told = (
            {"text": target.text, "value": targets.whole(target.value), "page": target.page} if target else {}
        )
        unit = (target.unit or (above[0].unit if above else None)) if target else None
        empty = {"text": None, "value": None, "page": None}
        shared = {"index": index, "file": one.file, "relation": relation, "unit": unit, "document_id": one.id}
        yield shared | empty | told


def _index_target(
    question: Question, document_id: int, index: str, above: list[targets.Target]
) -> tuple[str | None, targets.Target | None]:
    own = [one for one in targets.for_below(targets.targets(question.db, document_id)) if not one.is_change]
    found = next(iter(targets.of_index(own, index)), None)
    if found is None:
        return targets.ABSENT, None
    return (targets.relation(above[0], found) if above else None), found


def doubtful(question: Question) -> Answer:
    """8: which targets point the wrong way, differ from another of the same, or belong to another body."""
    told = [
        {
            "file": one.file,
            "kind": kind,
            "text": target.text,
            "other": other.text if other else None,
            "page": target.page,
            "document_id": one.id,
        }
        for one in question.plans
        for kind, target, other in targets.doubtful(targets.targets(question.db, one.id), one.level)
    ]
    return answer(question, "doubtful", ("file", "kind", "text", "other", "page"), told)


_TARGETS = """
    SELECT g.id, f.name AS file, a.relation, s.metric AS superior_metric, s.value AS superior_value, s.unit,
           t.text, t.value, t.page, a.document_id, a.superior_target_id
    FROM target_alignments a JOIN documents d ON d.id = a.document_id JOIN files f ON f.id = d.file_id
    JOIN targets s ON s.id = a.superior_target_id LEFT JOIN targets t ON t.id = a.target_id
    LEFT JOIN targets g ON g.id = a.target_id
    WHERE a.document_id IN ({marks}) ORDER BY s.ordinal, f.name
"""


def against_targets(question: Question) -> Answer:
    """Targets against the superior's, against the middle of all plans that set one, and against from where
    they start, where their own clause says so.
    """
    rows = list(question.db.query(_TARGETS.format(marks=question.marks())))
    by_target: dict[int, list[float]] = {}
    for row in rows:
        if row["value"] is not None:
            by_target.setdefault(row["superior_target_id"], []).append(row["value"])
    told = [
        row
        | {
            "peers": median(by_target[row["superior_target_id"]])
            if row["superior_target_id"] in by_target
            else None,
            "baseline": found.words if row["text"] and (found := baseline(row["text"])) else None,
        }
        for row in rows
    ]
    columns = (
        "superior_metric",
        "superior_value",
        "unit",
        "file",
        "relation",
        "value",
        "baseline",
        "peers",
        "text",
        "page",
    )
    return answer(question, "targets", columns, told)


_COPIES = """
    SELECT one.name AS first, other.name AS copy, a.issued_on AS first_on, b.issued_on AS copy_on, c.kind,
           c.share_of_copy, c.copied_words, c.word_count, c.id AS copy_pair_id, c.copy_id AS document_id,
           (SELECT json_group_array(n.name) FROM names_left n WHERE n.copy_pair_id = c.id) AS names_left
    FROM copies c JOIN documents a ON a.id = c.first_id JOIN files one ON one.id = a.file_id
    JOIN documents b ON b.id = c.copy_id JOIN files other ON other.id = b.file_id
    WHERE c.copy_id IN ({marks}) ORDER BY c.share_of_copy DESC, one.name
"""


def copies(question: Question) -> Answer:
    """11: which plans are near copies of each other or of the superior's."""
    rows = question.db.query(_COPIES.format(marks=question.marks()))
    told = [_with_lists(row, "names_left") for row in rows if row["kind"] in (NEAR_COPY, WHOLESALE)]
    columns = ("first", "copy", "first_on", "copy_on", "kind", "share_of_copy", "names_left")
    return answer(question, "copies", columns, told)


_PASSAGES = """
    SELECT one.name AS first, other.name AS copy, p.text, p.words, p.in_superior, p.first_page, p.page,
           c.kind, c.copy_id AS document_id
    FROM passages p JOIN copies c ON c.id = p.copy_pair_id
    JOIN documents a ON a.id = c.first_id JOIN files one ON one.id = a.file_id
    JOIN documents b ON b.id = c.copy_id JOIN files other ON other.id = b.file_id
    WHERE c.copy_id IN ({marks}) AND c.kind <> 'none' ORDER BY c.share_of_copy DESC, c.id, p.ordinal
"""


def passages(question: Question) -> Answer:
    """The copied passages with who was first; legal formulae left out."""
    told = list(question.db.query(_PASSAGES.format(marks=question.marks())))
    columns = ("first", "copy", "text", "words", "in_superior", "first_page", "page")
    return answer(question, "passages", columns, told)


_FOLLOWED = """
    SELECT s.*, o.old_task_id, o.task_id AS new_task_id
    FROM successions s JOIN task_successions o USING (old_document_id, document_id)
    WHERE s.document_id IN ({marks})
    ORDER BY s.document_id, s.old_document_id, o.old_task_id IS NULL, o.old_task_id
"""


def years(question: Question) -> Answer:
    """15: how tasks and owners went on from the year before, through mergers and renamings."""
    rows = list(question.db.query(_FOLLOWED.format(marks=question.marks())))
    documents = {row[name] for row in rows for name in ("old_document_id", "document_id")}
    tasks = {task.id: task for one in documents for task in plan(question.db, one).tasks}
    told = [_year_row(question, row, tasks) for row in rows if row["old_task_id"] is not None]
    told.sort(key=lambda row: (row["file"], row["new"] is None))
    new = [tasks[row["new_task_id"]].text for row in rows if row["old_task_id"] is None]
    columns = (
        "file",
        "old_file",
        "old",
        "old_lead",
        "old_deadline",
        "new",
        "new_lead",
        "new_deadline",
        "valid_from",
    )
    pairs = {(row["old_document_id"], row["document_id"]) for row in rows}
    kept = [one for old, new in sorted(pairs) for one in _targets_through(question, old, new)]
    return answer(question, "years", columns, told, base=len(documents), targets=kept, new_tasks=new)


def _year_row(question: Question, row: Row, tasks: Mapping[int, Task]) -> Row:
    old, new = tasks.get(row["old_task_id"]), tasks.get(row["new_task_id"])
    shared = {
        "file": question.heads[row["document_id"]].file,
        "old_file": question.heads[row["old_document_id"]].file,
        "valid_from": row["valid_from"],
        "document_id": row["document_id"],
    }
    return shared | _side("old", old) | _side("new", new)


def _side(name: str, task: Task | None) -> Row:
    time = task.time if task else None
    return {
        name: task.text if task else None,
        f"{name}_lead": [one.mention for one in task.leads] if task else [],
        f"{name}_deadline": said(time.text) if time else None,
    }


def _targets_through(question: Question, old: int, new: int) -> Iterator[dict[str, Any]]:
    """Targets of the year before with those that follow them; a change of rank compares with no level."""
    before, after = (targets.targets(question.db, one) for one in (old, new))
    for one in targets.followed(before, after):
        yield {
            "metric": one.superior.metric,
            str(question.heads[old].year): one.superior.text,
            str(question.heads[new].year): one.other.text if one.other else None,
            "comparable": one.relation != targets.NOT_COMPARABLE,
        }
