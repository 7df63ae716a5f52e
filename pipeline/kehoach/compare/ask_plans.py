"""Questions about whole plans: who has issued one, when, citing what, with which sections and versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kehoach.compare.plans import Plan
from kehoach.compare.question import Answer, Question, Row, answer
from kehoach.extract.identity import resolve
from kehoach.rules import data, rows
from kehoach.text import fold, one_line

YEAR_LIMIT = (1, 31)  # month and day until which a plan is to be issued
DAYS_LIMIT = 30  # after the superior plan
NONE = "none"


def issued(question: Question) -> Answer:
    """1: which units have issued a plan, with number and day; which have not."""
    plans = {fold(one.issuer or ""): one for one in question.plans}
    asked = question.units or _roster(question) or _known_units(question)
    units = tuple(name for name in asked if name.strip()) or tuple(one.issuer or "" for one in question.plans)
    told = [_issued_row(name, plans.get(fold(name))) for name in units]
    named = {fold(name) for name in units}
    told += [_issued_row(one.issuer or "", one) for key, one in plans.items() if key not in named]
    columns = ("issuer", "file", "number", "issued_on", "status")
    return answer(question, "issued", columns, told, base=len(units) or len(told))


def _issued_row(name: str, plan: Plan | None) -> Row:
    if plan is None:
        return {"issuer": name, "file": None, "number": None, "issued_on": None, "status": NONE}
    told = {"number": plan.number, "issued_on": plan.issued_on, "status": plan.status}
    return {"issuer": plan.issuer, "file": plan.file, **told, "document_id": plan.id}


_ROSTER = """
    SELECT name FROM expected_issuers
    WHERE (province IS NULL OR :province IS NULL OR province = :province)
      AND (valid_from IS NULL OR :day IS NULL OR valid_from <= :day)
      AND (valid_to IS NULL OR :day IS NULL OR valid_to >= :day) ORDER BY name
"""


def _roster(question: Question) -> tuple[str, ...]:
    """Who is to send a plan, by the list that was given (`kehoach roster`)."""
    superior = question.superior_plan
    asked = {
        "province": superior.province if superior else None,
        "day": superior.issued_on if superior else None,
    }
    return tuple(row["name"] for row in question.db.query(_ROSTER, asked))


def _known_units(question: Question) -> tuple[str, ...]:
    """The communes of the superior's province on the day of its plan; none where the map is another."""
    superior = question.superior_plan
    if superior is None or superior.province is None or (superior.issued_on or "") < "2025-07":
        return ()
    places = resolve(superior.province, "tinh", on=superior.issued_on)
    known = {fold(one.commune or "") for one in question.plans} - {""}
    code = places[0].code if len(places) == 1 else None
    names = [row[1] for row in rows("places/communes_since.tsv.gz") if row[2] == code]
    bare = {fold(name.split(" ", 1)[1]) for name in names}
    if not known & bare:
        return ()  # another map than this plan's: nobody is to be told missing by it
    return tuple(f"UBND {name[:1].lower()}{name[1:]}" for name in names)


def late(question: Question) -> Answer:
    """2: which were issued after 31 January, or more than 30 days after the superior plan."""
    told = [_late_row(one, question.superior_plan) for one in question.plans]
    columns = ("file", "issuer", "issued_on", "days_after_superior", "after_limit", "over_30_days")
    return answer(question, "late", columns, told)


def _late_row(plan: Plan, superior: Plan | None) -> Row:
    day, above = _day(plan.issued_on), _day(superior.issued_on if superior else None)
    days = (day - above).days if day and above else None
    limit = date(plan.year, *YEAR_LIMIT) if plan.year else None
    return {
        "file": plan.file,
        "issuer": plan.issuer,
        "issued_on": plan.issued_on,
        "days_after_superior": days,
        "after_limit": day > limit if day and limit else None,
        "over_30_days": days > DAYS_LIMIT if days is not None else None,
        "document_id": plan.id,
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text and len(text) == len("2026-01-01") else None


_CITED = """
    SELECT c.*, f.name AS file FROM citations c JOIN documents d ON d.id = c.document_id
    JOIN files f ON f.id = d.file_id WHERE c.document_id IN ({marks}) ORDER BY f.name, c.ordinal
"""


def citations(question: Question) -> Answer:
    """12: which plans cite an expired law, or nothing of the superior's."""
    plans = [one for one in question.heads.values() if one.level == "xa"]
    cited = list(question.db.query(_CITED.format(marks=question.marks(plans))))
    by_plan: dict[int, list[Row]] = {}
    for row in cited:
        by_plan.setdefault(row["document_id"], []).append(row)
    told = [row for plan in plans for row in _cited_rows(plan, by_plan.get(plan.id, []))]
    columns = ("file", "kind", "text", "replaced_by", "since", "page")
    return answer(question, "citations", columns, told, base=len(plans))


def _cited_rows(plan: Plan, cited: list[Row]) -> Iterator[Row]:
    shared = {"file": plan.file, "document_id": plan.id}
    for row in cited:
        law = _law(row)
        if law and plan.issued_on and str(law.get("valid_to") or "9999") < plan.issued_on:
            later = _laws().get(law.get("replaced_by") or "", {})
            replaced = {"replaced_by": later.get("number"), "since": later.get("valid_from")}
            place = {"text": one_line(row["text"]), "page": row["page"]}
            yield shared | {"kind": "expired"} | place | replaced
    if not any(_is_superiors(row) for row in cited):
        yield shared | {"kind": "no_superior", "text": None, "page": None, "replaced_by": None, "since": None}


def _laws() -> dict[str, dict[str, Any]]:
    return {law["id"]: law for law in data("laws/laws.yaml")["laws"]}


def _law(row: Row) -> dict[str, Any] | None:
    """The law that a citation names by number, symbol and year."""
    if not row["number"] or not row["symbol"]:
        return None
    year = str(row["date"] or row["year"] or "")[:4]
    wanted = {f"{row['number']}/{row['symbol']}", f"{row['number']}/{year}/{row['symbol']}"}
    return next((law for law in _laws().values() if str(law["number"]) in wanted), None)


def _is_superiors(row: Row) -> bool:
    known = data("compare/sections.yaml")
    if row["type"] not in known["superior_types"]:
        return False
    return any(fold(row["issuer"] or "").startswith(one) for one in known["superior_issuers"])


def sections(question: Question) -> Answer:
    """13: which required section is missing most often."""
    have: dict[int, set[str]] = {}
    query = f"SELECT document_id, kind FROM sections WHERE document_id IN ({question.marks()})"
    for row in question.db.query(query):
        have.setdefault(row["document_id"], set()).add(row["kind"])
    told = []
    for name, kinds in data("compare/sections.yaml")["required"].items():
        missing = [one for one in question.plans if not have.get(one.id, set()) & set(kinds)]
        files = [one.file for one in missing]
        told.append({"section": name, "missing": len(files), "files": files})
    told.sort(key=lambda row: -int(row["missing"]))
    return answer(question, "sections", ("section", "missing", "files"), told)


_VERSIONS = """
    SELECT a.name AS earlier, b.name AS file, x.id AS old_id, d.id AS document_id, d.issuer, d.issued_on
    FROM resubmissions r JOIN files a ON a.id = r.earlier_file_id JOIN files b ON b.id = r.file_id
    JOIN documents x ON x.file_id = a.id AND x.ordinal = 1
    JOIN documents d ON d.file_id = b.id AND d.ordinal = 1
    ORDER BY b.name
"""


def versions(question: Question) -> Answer:
    """14: which findings were mended from one version of a plan to the next, which stay, which are new."""
    rows = list(question.db.query(_VERSIONS))
    failing: dict[int, set[str]] = {}
    for row in question.db.query("SELECT document_id, rule FROM findings WHERE verdict = 'fail'"):
        failing.setdefault(row["document_id"], set()).add(row["rule"])
    told = [_version_row(row, failing) for row in rows]
    columns = ("issuer", "earlier", "file", "issued_on", "mended", "stays", "new_findings", "closed")
    documents = {row[name] for row in rows for name in ("old_id", "document_id")}
    return answer(question, "versions", columns, told, base=len(documents))


def _version_row(row: Row, failing: Mapping[int, set[str]]) -> Row:
    old, new = (failing.get(row[name], set()) for name in ("old_id", "document_id"))
    told = {"mended": old - new, "stays": old & new, "new_findings": new - old}
    return row | {name: sorted(rules) for name, rules in told.items()} | {"closed": not new}


_FINDINGS = """
    SELECT f.name AS file, d.issuer, n.rule, n.title, n.verdict, n.severity, n.evidence, n.page,
           d.id AS document_id
    FROM findings n JOIN documents d ON d.id = n.document_id JOIN files f ON f.id = d.file_id
    WHERE d.id IN ({marks}) ORDER BY n.rule, f.name
"""


def matrix(question: Question) -> Answer:
    """Plans × required items, as the check found them."""
    told = list(question.db.query(_FINDINGS.format(marks=question.marks())))
    columns = ("file", "issuer", "rule", "title", "verdict", "severity", "evidence", "page")
    return answer(question, "matrix", columns, told)
