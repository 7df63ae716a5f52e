"""Compares all plans of a database anew, and lands what comes of it."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kehoach import __version__
from kehoach.compare import copies, targets, years
from kehoach.compare.align import Alignment, align
from kehoach.compare.evidence import same_words
from kehoach.compare.plans import Plan, heads, plan
from kehoach.compare.superior import ASKED, Link, links
from kehoach.sqlite import Database
from kehoach.store.comparison import COMPARISON_TABLES, forget, land_row, land_rows

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Compared:
    """How much was compared: plans, those with a superior plan here, pairs of texts, successions."""

    plans: int
    with_superior: int
    copies: int
    successions: int


def is_stale(db: Database) -> bool:
    """Whether plans came, went or were read anew since the last comparison, or another version compared."""
    row = next(
        db.query(
            """SELECT (SELECT count(*) FROM documents) <> (SELECT count(*) FROM comparisons)
                   OR EXISTS (SELECT 1 FROM comparisons WHERE software_version <> ?) AS stale""",
            (__version__,),
        )
    )
    return bool(row["stale"])


def renew(db: Database, now: datetime, superior: int | None = None) -> Compared:
    """All or nothing: what was found before gives way. `superior`: a plan for those that have none."""
    known = heads(db)
    found = _links(db, known, superior)
    followed = list(years.successions(db, known))
    with db.conn:
        forget(db, tuple(COMPARISON_TABLES))
        _land_comparisons(db, known, found, now)
        _land_doubtful(db, known)
        for link in found:
            _land_alignments(db, plan(db, link.superior.id), plan(db, link.plan.id))
        for one in followed:
            _land_succession(db, one)
        count = _land_copies(db, known, found, followed)
    return Compared(len(known), len(found), count, len(followed))


def _links(db: Database, known: Sequence[Plan], superior: int | None) -> list[Link]:
    found = list(links(db, known))
    asked = next((one for one in known if one.id == superior), None)
    if asked is None:
        return found
    have = {link.plan.id for link in found}
    rest = (one for one in known if one.id not in have and one.id != asked.id and one.year == asked.year)
    return [*found, *(Link(one, asked, ASKED) for one in rest)]


def _land_comparisons(db: Database, known: Sequence[Plan], found: Sequence[Link], now: datetime) -> None:
    by_plan = {link.plan.id: link for link in found}
    rows = []
    for one in known:
        link = by_plan.get(one.id)
        rows.append(
            {
                "document_id": one.id,
                "superior_id": link.superior.id if link else None,
                "found_by": link.found_by if link else None,
                "compared_at": now.isoformat(timespec="seconds"),
                "software_version": __version__,
            }
        )
    land_rows(db, "comparisons", rows)


def _land_doubtful(db: Database, known: Sequence[Plan]) -> None:
    rows = [
        {"target_id": one.id, "kind": kind, "other_id": other.id if other else None, "document_id": head.id}
        for head in known
        for kind, one, other in targets.doubtful(targets.targets(db, head.id), head.level)
    ]
    land_rows(db, "doubtful_targets", rows)


def _land_alignments(db: Database, superior: Plan, below: Plan) -> None:
    pair = {"superior_id": superior.id, "document_id": below.id}
    rows = [pair | row for one in align(superior, below) for row in _alignment_rows(one)]
    land_rows(db, "alignments", rows)
    found = targets.compare(targets.targets(db, superior.id), targets.targets(db, below.id))
    land_rows(db, "target_alignments", (pair | _target_row(one) for one in found))


def _target_row(one: targets.Compared) -> Row:
    other = one.other.id if one.other else None
    return {
        "superior_target_id": one.superior.id,
        "target_id": other,
        "relation": one.relation,
        "score": one.score,
    }


def _alignment_rows(one: Alignment) -> Iterator[Row]:
    """One for each task that carries it out; one without a task where none does."""
    shared = {
        "superior_task_id": one.superior.id,
        "handed_down": int(one.handed_down),
        "by_itself": int(one.by_itself),
        "relation": one.relation,
        "also": json.dumps(one.also),
        "complete": None if one.complete is None else int(one.complete),
        "misplaced": int(one.misplaced),
        "deadline_relation": one.deadline,
        "reason": one.reason,
    }
    if not one.pairs:
        yield shared | {"task_id": None, "score": None, "likeness": None, "words": "[]"}
    for pair in one.pairs:
        said = same_words(pair.superior, pair.task)
        yield shared | {
            "task_id": pair.task.id,
            "score": round(pair.score, 3),
            "likeness": round(pair.likeness, 3),
            "words": json.dumps(said, ensure_ascii=False),
        }


def _land_succession(db: Database, one: years.Succession) -> None:
    pair = {"old_document_id": one.old.id, "document_id": one.plan.id}
    told = {"kind": one.kind, "found_by": one.found_by, "valid_from": one.valid_from}
    land_rows(db, "successions", [pair | told | {"forerunners": one.forerunners, "words": one.words}])
    old, new = plan(db, one.old.id), plan(db, one.plan.id)
    found = years.continued(old, new)
    rows: list[Row] = [
        pair
        | {"old_task_id": each.superior.id, "task_id": each.task.id}
        | {"score": round(each.score, 3), "likeness": round(each.likeness, 3)}
        for each in found
    ]
    gone = {task.id for task in old.tasks} - {each.superior.id for each in found}
    come = {task.id for task in new.tasks} - {each.task.id for each in found}
    nothing = {"score": None, "likeness": None}
    rows += [pair | {"old_task_id": task, "task_id": None} | nothing for task in sorted(gone)]
    rows += [pair | {"old_task_id": None, "task_id": task} | nothing for task in sorted(come)]
    land_rows(db, "task_successions", rows)


def _land_copies(
    db: Database, known: Sequence[Plan], found: Sequence[Link], followed: Sequence[years.Succession]
) -> int:
    superiors = {link.plan.id: link.superior.id for link in found}
    before: dict[int, set[int]] = {}
    for one in followed:
        before.setdefault(one.plan.id, set()).add(one.old.id)
    texts = copies.read_texts(db, known, superiors, before)
    pairs = list(texts.pairs())
    copied = frozenset(pair.later.plan.id for pair in pairs if copies.kind(pair) == copies.NEAR_COPY)
    for pair in pairs:
        _land_copy(db, pair, copies.kind(pair, copied))
    return len(pairs)


def _land_copy(db: Database, pair: copies.Copied, kind: str) -> None:
    row = {
        "first_id": pair.first.plan.id,
        "copy_id": pair.later.plan.id,
        "kind": kind,
        "share_of_copy": round(pair.share, 4),
        "copied_words": sum(run.length for run in pair.runs),
        "word_count": pair.later.words.text_words,
    }
    key = land_row(db, "copies", row)
    text = copies.text_of(db, pair.later.plan.id)
    pages = [_Pages(db, one.plan.id) for one in (pair.first, pair.later)]
    land_rows(db, "passages", (_passage(key, at, pair, pages, text) for at in range(len(pair.runs))))
    if kind in (copies.NEAR_COPY, copies.WHOLESALE):
        found = copies.strangers(db, pair, kind)
        rows = [_name_row(key, at, text, pages[1], one) for at, one in enumerate(found)]
        land_rows(db, "names_left", rows)


def _passage(key: int, at: int, pair: copies.Copied, pages: Sequence[_Pages], text: str) -> Row:
    run = pair.runs[at]
    first = pair.first.words.quote(run.first, run.length)
    start, end = pair.later.words.quote(run.later, run.length)
    return {
        "copy_pair_id": key,
        "ordinal": at,
        "text": text[start:end],
        "words": run.length,
        "in_superior": int(pair.in_superior[at]),
        "first_page": pages[0].of(first[0]),
        "first_start": first[0],
        "first_end": first[1],
        "page": pages[1].of(start),
        "start": start,
        "end": end,
    }


def _name_row(key: int, at: int, text: str, pages: _Pages, one: copies.Stranger) -> Row:
    place = {"page": pages.of(one.start), "start": one.start, "end": one.end}
    return {
        "copy_pair_id": key,
        "ordinal": at,
        "name": one.name,
        "text": text[one.start : one.end].strip(),
        **place,
    }


class _Pages:
    """On which page a character of a document stands, by the lines that are known."""

    def __init__(self, db: Database, document_id: int) -> None:
        query = "SELECT start, page FROM lines WHERE document_id = ? AND start IS NOT NULL ORDER BY start"
        lines = list(db.query(query, (document_id,)))
        self._starts = [row["start"] for row in lines]
        self._pages = [row["page"] for row in lines]

    def of(self, place: int) -> int | None:
        at = bisect_right(self._starts, place)
        return self._pages[at - 1] if at else None
