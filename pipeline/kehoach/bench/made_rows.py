"""The rows of one made-up plan, as `store.write` would lay them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from random import Random
from typing import Any

from kehoach import __version__
from kehoach.bench.words import ADDITIONS, DUTIES, FIELDS, HEADINGS, RULES, TIMES, UNITS
from kehoach.sqlite import Database
from kehoach.store.derived import folded_issuer
from kehoach.text import fold

TASKS_A_PAGE = 20
FAILING = 0.2  # share of rules that fail
NOTED = "2026-03-01T08:00:00+00:00"
METRICS = ("hồ sơ giải quyết đúng hạn", "Chỉ số cải cách hành chính", "mức độ hài lòng")
_PRINTED = {"page": 1, "start": 0, "end": 9, "provenance": "layer"}


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues plans; `commune` None: a province."""

    name: str
    commune: str | None
    province: str
    level: str


class _Ids:
    """The next free key of each table."""

    def __init__(self) -> None:
        self.last: dict[str, int] = {}

    def next(self, table: str) -> int:
        self.last[table] = self.last.get(table, 0) + 1
        return self.last[table]


class Writer:
    """Collects rows by table and writes them together. Rows of a table all have the same columns."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.ids = _Ids()
        self.rows: dict[str, list[dict[str, Any]]] = {}

    def add(self, table: str, **row: Any) -> int:
        """Notes a row with the next key; the key."""
        key = self.ids.next(table)
        self.rows.setdefault(table, []).append({"id": key, **row})
        return key

    def add_bare(self, table: str, **row: Any) -> None:
        """Notes a row of a table without a key of its own."""
        self.rows.setdefault(table, []).append(row)

    def flush(self) -> None:
        """Writes all rows."""
        for table, rows in self.rows.items():
            columns = ", ".join(f'"{name}"' for name in rows[0])
            marks = ", ".join("?" * len(rows[0]))
            values = [tuple(row.values()) for row in rows]
            self.db.conn.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)
        self.rows.clear()


def plan(
    writer: Writer, units: list[int], issuer: Issuer, year: int, count: int, random: Random
) -> tuple[int, range]:
    """A plan with its tasks and all that stands in it; its key and those of its tasks."""
    texts = [_text(issuer, random) for _ in range(count)]
    document = _document(writer, issuer, year, texts, random)
    _pages(writer, document, texts)
    first = writer.ids.last.get("tasks", 0) + 1
    for ordinal, text in enumerate(texts):
        _task(writer, document, ordinal, text, year, random)
        _owners(writer, first + ordinal, units, random)
    _citations(writer, document, issuer, year, random)
    _targets(writer, document, year, random)
    _findings(writer, document, random)
    return document, range(first, first + count)


def _text(issuer: Issuer, random: Random) -> str:
    place = issuer.commune or issuer.province
    additions = random.sample(ADDITIONS, random.randint(0, 2))
    told = [one.format(count=random.randint(2, 100), place=place) for one in additions]
    return ", ".join([random.choice(DUTIES), *told])


def _document(writer: Writer, issuer: Issuer, year: int, texts: list[str], random: Random) -> int:
    name = fold(issuer.commune or issuer.province).replace(" ", "_")
    file: dict[str, Any] = {"name": f"{name}_{issuer.level}_{year}.txt", "bytes": sum(map(len, texts))}
    file |= {"sha256": f"{random.getrandbits(256):064x}", "media_type": "text/plain", "received_at": NOTED}
    head: dict[str, Any] = {
        "ordinal": 1,
        "kind": "text",
        "page_count": -(-len(texts) // TASKS_A_PAGE),
        "type": "ke_hoach",
        "number": f"{random.randint(1, 400):02d}",
        "symbol": "KH-UBND",
        "issued_on": f"{year}-0{random.randint(1, 3)}-{random.randint(10, 28)}",
        "issuer": issuer.name,
        "level": issuer.level,
        "commune": issuer.commune,
        "province": issuer.province,
        "title": f"Cải cách hành chính {issuer.name.removeprefix('UBND ')} năm {year}",
        "year": year,
        "status": "issued_unverified",
        "indices": '["PAR INDEX"]',
        "unread": "{}",
        "explained": 1.0,
        "text": "\n".join(texts),
        "software_version": __version__,
        "issuer_folded": folded_issuer(issuer.name),
    }
    key = writer.add("files", **file, outcome="read", software_version=__version__)
    return writer.add("documents", file_id=key, **head)


def _pages(writer: Writer, document: int, texts: list[str]) -> None:
    for number, start in enumerate(range(0, len(texts), TASKS_A_PAGE), 1):
        text = "\n".join(texts[start : start + TASKS_A_PAGE])
        how: dict[str, Any] = {"read_from": "text", "reason": "text", "seal_seen": 0}
        writer.add("pages", document_id=document, number=number, text=text, text_folded=fold(text), **how)


def _task(writer: Writer, document: int, ordinal: int, text: str, year: int, random: Random) -> None:
    said, kind, last, rhythm, days = random.choice(TIMES)
    field = random.randrange(len(HEADINGS))
    end = f"{year}-{last[0]:02d}-{last[1]:02d}" if last else None
    task = writer.add(
        "tasks",
        document_id=document,
        ordinal=ordinal,
        text=text,
        text_folded=fold(text),
        path=json.dumps(["NHIỆM VỤ", HEADINGS[field]], ensure_ascii=False),
        path_folded=fold(HEADINGS[field]),
        source="body",
        rule="made",
        **(_PRINTED | {"page": ordinal // TASKS_A_PAGE + 1}),
        deadline_text=said,
        deadline_kind=kind,
        deadline_end=end,
        deadline_recurrence=rhythm,
        deadline_rule=kind and "made",
        deadline_span_start=0 if kind else None,
        deadline_span_end=9 if kind else None,
        deadline_provenance=kind and "layer",
    )
    for one in (end, *(f"{year}-{month:02d}-{day:02d}" for month, day in days)):
        if one:
            writer.add_bare("due_days", task_id=task, day=one)
    writer.add_bare("task_outputs", task_id=task, ordinal=0, text="Báo cáo")
    writer.add_bare(
        "task_criteria", task_id=task, ordinal=0, code=FIELDS[field], words=HEADINGS[field], **_PRINTED
    )


def _owners(writer: Writer, task: int, units: list[int], random: Random) -> None:
    leads = random.choices((0, 1, 2), (1, 8, 1))[0]
    for place, unit in enumerate(random.sample(range(len(units)), leads + random.randint(0, 1))):
        told = {"role": "lead" if place < leads else "support", "mention": UNITS[unit][1], "origin": "item"}
        writer.add("task_units", task_id=task, unit_id=units[unit], ordinal=place, **told, **_PRINTED)


def _citations(writer: Writer, document: int, issuer: Issuer, year: int, random: Random) -> None:
    number = str(random.randint(1, 400))
    superior = ("ke_hoach", number, "KH-UBND", f"{year - 1}-12-26", f"UBND tỉnh {issuer.province}")
    decree = ("nghi_dinh", "118", "NĐ-CP", "2025-06-09", "Chính phủ")
    for ordinal, one in enumerate((superior, decree)):
        told = dict(zip(("type", "number", "symbol", "date", "issuer"), one, strict=True))
        text = f"số {one[1]}/{one[2]}"
        row = {"document_id": document, "ordinal": ordinal, "text": text, "year": year - 1, "rule": "made"}
        writer.add("citations", **row, **told, **_PRINTED)


def _targets(writer: Writer, document: int, year: int, random: Random) -> None:
    for ordinal, metric in enumerate(METRICS):
        value = float(random.randint(70, 100))
        told = {"metric": metric, "comparator": ">=", "value": value, "unit": "%", "year": year}
        row = {"document_id": document, "ordinal": ordinal, "text": f"{metric} từ {value:g}%", "rule": "made"}
        writer.add("targets", **row, **told, **_PRINTED)


def _findings(writer: Writer, document: int, random: Random) -> None:
    for ordinal, (rule, title, severity) in enumerate(RULES):
        verdict = "fail" if random.random() < FAILING else "pass"
        told = {"rule": rule, "verdict": verdict, "severity": severity, "basis": "practice", "title": title}
        row = {"document_id": document, "ordinal": ordinal, "message": title, "remedy": "Bổ sung.", "page": 1}
        writer.add("findings", **row, **told)
