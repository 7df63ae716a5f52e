"""Scores the database against gold records, by variant of scan, as the contract's score.py does.

Texts are compared after NFC, case folding, collapsing white space and dropping punctuation. A predicted
item and a gold item pair up when their similarity reaches a threshold, best pairs first, each used once.
What a gold record leaves out is not scored. A plan without a record counts as one that says nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein
from sqlite_utils import Database

from kehoach.errors import AmbiguousPlan, NotFound
from kehoach.export.record import as_json
from kehoach.messages import _
from kehoach.store import read
from kehoach.text import plain

# Thresholds on 1 − normalised edit distance, from the contract's score.py.
SAME_TEXT = 0.85
SAME_UNIT = 0.8
SAME_TARGET = 0.7
SAME_TITLE = 0.95
CUTOFF = 0.8  # below it a similarity counts as 0, except for targets
DIGITS_SHOWN = 4  # of a figure
MISS_LENGTH = 160  # characters of a miss that are shown

TYPESET = ("digital", "office", "bad")  # variants whose overlay is typeset.json
TEXT = "text"  # the variant of NAME.txt

Json = Mapping[str, Any]
Same = Callable[[str, str], float]


@dataclass(frozen=True, slots=True)
class Miss:
    """What went wrong in one place of one plan: `field` as in the figures."""

    plan: str
    field: str
    text: str


@dataclass(slots=True)
class Tally:
    """True positives, and how many were predicted and wanted."""

    hits: int = 0
    predicted: int = 0
    gold: int = 0

    def figures(self) -> dict[str, float]:
        """Precision, recall and F1, rounded as score.py rounds them, with the counts."""
        precision = self.hits / self.predicted if self.predicted else float(not self.gold)
        recall = self.hits / self.gold if self.gold else 1.0
        both = precision + recall
        f1 = 2 * precision * recall / both if both else 0.0
        rounded = (round(one, DIGITS_SHOWN) for one in (precision, recall, f1))
        return dict(zip(("precision", "recall", "f1"), rounded, strict=True)) | {
            "gold": self.gold,
            "pred": self.predicted,
        }


@dataclass(slots=True)
class Scores:
    """What a variant's records are worth. `missing`: gold plans of which the database has no record."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    plan: str = ""

    def figures(self) -> dict[str, dict[str, float]]:
        """Figures by field, in the order of score.py."""
        return {name: tally.figures() for name, tally in self.tallies.items()}

    def add(self, name: str, hits: int, predicted: int, gold: int) -> None:
        tally = self.tallies.setdefault(name, Tally())
        tally.hits += hits
        tally.predicted += predicted
        tally.gold += gold

    def miss(self, name: str, text: str) -> None:
        self.misses.append(Miss(self.plan, name, text))

    def exact(self, name: str, gold: object, told: object, label: str) -> None:
        """One value that is right or wrong."""
        self.add(name, int(gold == told), 1, 1)
        if gold != told:
            self.miss(name, f"{label}: gold {gold!r:.{MISS_LENGTH}} got {told!r:.{MISS_LENGTH}}")

    def items(
        self, name: str, gold: Sequence[str], told: Sequence[str], same: Same, threshold: float
    ) -> list[tuple[int, int]]:
        """A list of values; the indexes of those that pair up."""
        pairs = paired(gold, told, same, threshold)
        self.add(name, len(pairs), len(told), len(gold))
        hit_gold, hit_told = {i for i, _ in pairs}, {j for _, j in pairs}
        for i, text in enumerate(gold):
            if i not in hit_gold:
                self.miss(name, f"missed: {text:.{MISS_LENGTH}}")
        for j, text in enumerate(told):
            if j not in hit_told:
                self.miss(name, f"extra: {text:.{MISS_LENGTH}}")
        return pairs


def evaluate(db: Database, gold_dir: Path) -> dict[str, Scores]:
    """Scores by variant: NAME.VARIANT.pdf is of VARIANT, NAME.txt is `text`.

    Raises NotFound when there are no gold records, AmbiguousPlan when a variant has two records of a plan.
    """
    golds = {path.stem: path for path in sorted(gold_dir.glob("*.json"))}
    if not golds:
        raise NotFound(name=gold_dir / "*.json")
    return {
        variant: _scores(db, golds, _overlay(gold_dir, variant), ids)
        for variant, ids in sorted(_by_variant(db, tuple(golds)).items())
    }


def report(db: Database, gold_dir: Path, *, misses: int = 0) -> Iterator[str]:
    """The figures as lines, a block a variant, and up to `misses` misses of each field."""
    found = evaluate(db, gold_dir)
    if not found:
        yield _("The database has no plan that {gold} names.").format(gold=gold_dir)
    for variant, scores in found.items():
        yield f"{variant:20}{'P':>8}{'R':>8}{'F1':>8}{'gold':>7}{'pred':>7}"
        for name, one in scores.figures().items():
            shares = "".join(f"{one[key]:8.3f}" for key in ("precision", "recall", "f1"))
            yield f"  {name:18}{shares}{one['gold']:7}{one['pred']:7}"
        if scores.missing:
            yield _("no record for: {plans}").format(plans=", ".join(scores.missing))
        for name in scores.tallies:
            for miss in [one for one in scores.misses if one.field == name][:misses]:
                yield f"  [{name}] {miss.plan}: {miss.text}"


def score(gold: Json, told: Json, scores: Scores) -> None:
    """Adds one plan to `scores`: `gold` and `told` are plan records of the contract."""
    _score_header(gold.get("document", {}), told.get("document") or {}, scores)
    _score_sections(gold, told, scores)
    _score_tasks(gold, told, scores)
    _score_targets(gold, told, scores)
    _score_citations(gold, told, scores)
    _score_cells(gold, told, scores)
    _score_findings(gold, told, scores)


def similarity(one: str, other: str, cutoff: float = CUTOFF) -> float:
    """1 − normalised edit distance of the plain forms; 0 below `cutoff`."""
    if not one or not other:
        return float(one == other)
    return float(Levenshtein.normalized_similarity(one, other, score_cutoff=cutoff))


def target_similarity(one: str, other: str) -> float:
    """As `similarity`; a target with other figures is another target."""
    return similarity(plain(one), plain(other), SAME_TARGET) if _figures(one) == _figures(other) else 0.0


def paired(gold: Sequence[str], told: Sequence[str], same: Same, threshold: float) -> list[tuple[int, int]]:
    """Indexes that belong together: best pairs first, then those that stand nearest, each used once."""
    if same is similarity:
        gold, told = [plain(one) for one in gold], [plain(one) for one in told]
    scored = [
        (value, -abs(i - j), i, j)
        for i, one in enumerate(gold)
        for j, other in enumerate(told)
        if (value := same(one, other)) >= threshold
    ]
    used_gold, used_told, pairs = set[int](), set[int](), []
    for _value, _nearness, i, j in sorted(scored, reverse=True):
        if i not in used_gold and j not in used_told:
            used_gold.add(i)
            used_told.add(j)
            pairs.append((i, j))
    return sorted(pairs)


def _by_variant(db: Database, names: Sequence[str]) -> dict[str, dict[str, int]]:
    """Document ids by variant and gold name."""
    found: dict[str, dict[str, int]] = {}
    for plan in read.plans(db):
        stem = plan.file_name.rsplit(".", 1)[0]
        for name in names:
            if stem != name and not stem.startswith(f"{name}."):
                continue
            of_variant = found.setdefault(stem[len(name) + 1 :] or _plain_variant(plan), {})
            if name in of_variant:
                raise AmbiguousPlan(plan=stem, ids=f"{of_variant[name]}, {plan.id}")
            of_variant[name] = plan.id
    return found


def _plain_variant(plan: read.PlanLine) -> str:
    """The variant of NAME without one: `text`, or what the file's extension says."""
    extension = plan.file_name.rpartition(".")[2].casefold()
    return TEXT if plan.kind == TEXT else extension


def _overlay(gold_dir: Path, variant: str) -> Json:
    names = (variant, "typeset") if variant in TYPESET else (variant,)
    for path in (gold_dir / "overlays" / f"{name}.json" for name in names if variant != TEXT):
        if path.is_file():
            overlay: Json = json.loads(path.read_text("utf-8"))
            return overlay
    return {}


def _scores(db: Database, golds: Mapping[str, Path], overlay: Json, ids: Mapping[str, int]) -> Scores:
    scores = Scores(missing=[name for name in golds if name not in ids])
    for name, path in golds.items():
        gold = json.loads(path.read_text("utf-8"))
        laid_over = {key: gold.get(key, {}) | value for key, value in overlay.get(name, {}).items()}
        scores.plan = name
        score(gold | laid_over, as_json(db, ids[name]) if name in ids else {}, scores)
    return scores


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
        cells = _cells(gold), _cells(told)
        scores.add("table.cells", len(paired(*cells, similarity, SAME_TEXT)), len(cells[1]), len(cells[0]))


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


def _figures(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def _all(items: Sequence[Json], key: str) -> list[str]:
    return [one[key] for one in items]


def _plain(text: str | None) -> str:
    return plain(text or "")
