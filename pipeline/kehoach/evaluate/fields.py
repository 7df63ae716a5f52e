"""Which fields of two plan records are compared, and how: each by each, as the contract's score.py does."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from kehoach.evaluate.scores import (
    SAME_TARGET,
    SAME_TEXT,
    SAME_TITLE,
    SAME_UNIT,
    Scores,
    similarity,
    target_similarity,
)
from kehoach.text import plain

Json = Mapping[str, Any]


def score(gold: Json, told: Json, scores: Scores) -> None:
    """Adds one plan to `scores`: `gold` and `told` are plan records of the contract."""
    _score_header(gold.get("document", {}), told.get("document") or {}, scores)
    _score_sections(gold, told, scores)
    _score_tasks(gold, told, scores)
    _score_targets(gold, told, scores)
    _score_citations(gold, told, scores)
    _score_cells(gold, told, scores)
    _score_findings(gold, told, scores)


def _score_header(gold: Json, told: Json, scores: Scores) -> None:
    for name in ("type", "number", "symbol", "issued_on", "year", "status"):
        if name in gold:
            scores.exact("header", gold[name], told.get(name), name)
    if "place" in gold:
        scores.exact("header", _plain(gold["place"]), _plain(told.get("place")), "place")
    for part, names in _PARTS.items():
        of_gold, of_told = gold.get(part) or {}, told.get(part) or {}
        for name in names:
            if name in of_gold:
                scores.exact("header", _plain(of_gold[name]), _plain(of_told.get(name)), f"{part}.{name}")
    if "title" in gold:
        alike = similarity(_plain(gold["title"]), _plain(told.get("title")))
        scores.exact("header", True, alike >= SAME_TITLE, f"title similarity {alike:.2f}")
    if "indices" in gold:
        scores.exact("header", sorted(gold["indices"]), sorted(told.get("indices") or []), "indices")
    if "recipients" in gold:
        _score_recipients(gold["recipients"], told.get("recipients") or [], scores)


_PARTS = {
    "issuer": ("name", "level", "commune", "district", "province"),
    "signer": ("name", "position", "authority"),
}


def _score_recipients(gold: Sequence[Json], told: Sequence[Json], scores: Scores) -> None:
    for i, j in scores.items("recipients", _all(gold, "name"), _all(told, "name"), similarity, SAME_TEXT):
        purposes = _plain(gold[i].get("purpose")), _plain(told[j].get("purpose"))
        scores.exact("recipient.purpose", *purposes, gold[i]["name"])


def _score_sections(gold: Json, told: Json, scores: Scores) -> None:
    if "sections" not in gold:
        return
    wanted, found = gold["sections"], told.get("sections") or []
    headings = [[f"{one.get('number') or ''} {one['title']}" for one in part] for part in (wanted, found)]
    for i, j in scores.items("sections", headings[0], headings[1], similarity, SAME_TEXT):
        if "kind" in wanted[i]:
            scores.exact("section.kind", wanted[i]["kind"], found[j].get("kind"), wanted[i]["title"])


def _score_tasks(gold: Json, told: Json, scores: Scores) -> None:
    if "tasks" not in gold:
        return
    wanted, found = gold["tasks"], told.get("tasks") or []
    for i, j in scores.items("tasks", _all(wanted, "text"), _all(found, "text"), similarity, SAME_TEXT):
        _score_task(wanted[i], found[j], scores)


def _score_task(gold: Json, told: Json, scores: Scores) -> None:
    for role in ("lead", "support"):
        if role in gold:
            scores.items(role, gold[role] or [], told.get(role) or [], similarity, SAME_UNIT)
    if "deadline" in gold:
        scores.exact("deadline", _due(gold["deadline"]), _due(told.get("deadline")), gold["text"])
    if "section" in gold:
        paths = [" / ".join(one.get("section") or []) for one in (gold, told)]
        alike = similarity(plain(paths[0]), plain(paths[1]))
        scores.exact("task.section", True, alike >= SAME_TEXT, f"{gold['text']} ({paths[1]})")
    if "outputs" in gold:
        scores.items("outputs", gold["outputs"] or [], told.get("outputs") or [], similarity, SAME_TEXT)


def _score_targets(gold: Json, told: Json, scores: Scores) -> None:
    if "targets" not in gold:
        return
    wanted, found = gold["targets"], told.get("targets") or []
    texts = _all(wanted, "text"), _all(found, "text")
    for i, j in scores.items("targets", *texts, target_similarity, SAME_TARGET):
        values = [tuple(one.get(key) for key in _VALUE) for one in (wanted[i], found[j])]
        scores.exact("target.value", values[0], values[1], wanted[i]["text"])


_VALUE = ("comparator", "value", "unit")


def _score_citations(gold: Json, told: Json, scores: Scores) -> None:
    if "citations" not in gold:
        return
    wanted, found = gold["citations"], told.get("citations") or []
    keys = [_citation_key(one) for one in wanted], [_citation_key(one) for one in found]
    for i, j in scores.items("citations", *keys, _same_citation, SAME_TEXT):
        scores.exact("citation.date", wanted[i].get("date"), found[j].get("date"), wanted[i]["text"])


def _score_cells(gold: Json, told: Json, scores: Scores) -> None:
    if "tables" in gold:
        scores.items("table.cells", _cells(gold), _cells(told), similarity, SAME_TEXT)


def _score_findings(gold: Json, told: Json, scores: Scores) -> None:
    if "findings" not in gold:
        return
    wanted, found = (
        {(one["rule"], one["verdict"]) for one in part.get("findings") or []} for part in (gold, told)
    )
    scores.add("findings", len(wanted & found), len(found), len(wanted))
    for kind, missed in (("missed", wanted - found), ("extra", found - wanted)):
        for rule, verdict in sorted(missed):
            scores.miss("findings", f"{kind}: {rule} {verdict}")


def _citation_key(citation: Json) -> str:
    if citation.get("number"):
        symbol = re.sub(r"\s+", "", (citation.get("symbol") or "").casefold())
        return f"{plain(citation['number']).lstrip('0')}|{symbol}"
    return plain(citation.get("title") or citation.get("text") or "")


def _same_citation(one: str, other: str) -> float:
    return float(one == other) if "|" in one or "|" in other else similarity(plain(one), plain(other))


def _cells(record: Json) -> list[str]:
    texts = (cell for table in record.get("tables") or [] for row in table["rows"] for cell in row)
    return [cell for text in texts if (cell := plain(text))]


def _due(deadline: Json | None) -> tuple[str | None, ...]:
    return tuple((deadline or {}).get(key) for key in ("kind", "start", "end"))


def _all(items: Sequence[Json], key: str) -> list[str]:
    return [one[key] for one in items]


def _plain(text: str | None) -> str:
    return plain(text or "")
