"""Records made up by hypothesis, and records filled from gold files: what the store's tests land."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from kehoach.document.facts import (
    Citation,
    Criterion,
    Deadline,
    Header,
    Issuer,
    LineFact,
    LineRole,
    Mention,
    Recipient,
    Record,
    Section,
    Signer,
    Source,
    TableFact,
    Target,
    Task,
)
from kehoach.document.page import Box, Page, Provenance, ReadFrom, ReadingWarning, Signature
from kehoach.document.plan import Anchor, Plan, Span

NOWHERE = Anchor(Span(0, 0), 1)

words = st.text(
    st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắốứ ĐỦ0123-–:/'\";=,.\n%"), min_size=1, max_size=30
)
maybe_words = st.none() | words
fractions = st.integers(0, 1000).map(lambda n: n / 1000)
years = st.none() | st.integers(1990, 2060)
days = st.none() | st.dates(date(1990, 1, 1), date(2060, 1, 1))


@st.composite
def anchors(draw: st.DrawFn) -> Anchor:
    start = draw(st.integers(0, 500))
    span = Span(start, start + draw(st.integers(0, 80)))
    pages = draw(st.lists(st.integers(1, 40), max_size=3, unique=True))
    boxes = tuple(Box(page, *draw(st.tuples(*[fractions] * 4))) for page in pages)
    page = draw(st.none() | st.integers(1, 40)) if not boxes else boxes[0].page
    return Anchor(span, page, boxes, draw(st.none() | fractions), draw(st.sampled_from(Provenance)))


issuers = st.builds(
    Issuer,
    maybe_words,
    st.sampled_from(["xa", "huyen", "tinh", "bo", "khac", None]),
    maybe_words,
    maybe_words,
    maybe_words,
)
headers = st.builds(
    Header,
    type=st.sampled_from(["ke_hoach", "cong_van", "khac"]),
    number=maybe_words,
    symbol=maybe_words,
    issued_on=st.sampled_from([None, "2024", "2024-04", "2024-04-25"]),
    place=maybe_words,
    issuer=issuers,
    title=maybe_words,
    year=years,
    indices=st.lists(st.sampled_from(["PAPI", "SIPAS", "PAR INDEX"]), unique=True).map(tuple),
    signer=st.builds(Signer, maybe_words, maybe_words, maybe_words),
    status=st.sampled_from([None, "issued", "draft"]),
    recipients=st.lists(st.builds(Recipient, words, maybe_words, anchors()), max_size=3).map(tuple),
    anchors=st.dictionaries(st.sampled_from(["number", "issued_on", "signer.name"]), anchors()).map(
        lambda found: tuple(found.items())
    ),
)
deadlines = st.builds(
    Deadline,
    text=words,
    kind=st.sampled_from(["date", "by", "period", "recurring"]),
    start=days,
    end=days,
    recurrence=st.sampled_from([None, "monthly"]),
    rule=words,
    anchor=anchors(),
)
citations = st.builds(
    Citation,
    text=words,
    type=st.sampled_from(["luat", "nghi_dinh", "khac"]),
    number=maybe_words,
    symbol=maybe_words,
    date=days,
    issuer=maybe_words,
    title=maybe_words,
    year=years,
    anchor=anchors(),
    rule=words,
)
targets = st.builds(
    Target,
    text=words,
    metric=maybe_words,
    comparator=st.sampled_from([None, ">=", "+"]),
    value=st.none() | st.floats(-1e6, 1e6),
    unit=maybe_words,
    year=years,
    anchor=anchors(),
    rule=words,
)


def mentions(role: str) -> st.SearchStrategy[tuple[Mention, ...]]:
    one = st.builds(
        Mention,
        text=words,
        role=st.just(role),
        origin=st.sampled_from(["item", "column", "label", "heading", "addressee"]),
        anchor=anchors(),
        unit=st.sampled_from([None, "xa.ubnd", "xa.cc.vp_tk", "huyen.vp"]),
        candidates=st.sampled_from([(), ("xa.ubnd", "huyen.ubnd")]),
        place=maybe_words,
    )
    return st.lists(one, max_size=3).map(tuple)


def tasks(section_count: int) -> st.SearchStrategy[Task]:
    return st.builds(
        Task,
        text=words,
        path=st.lists(words, max_size=3).map(tuple),
        section=st.none() | st.integers(0, section_count - 1) if section_count else st.none(),
        source=st.sampled_from(["body", "table"]),
        anchor=anchors(),
        rule=words,
        lead=mentions("lead"),
        support=mentions("support"),
        deadline=st.none() | deadlines,
        outputs=st.lists(words, max_size=3).map(tuple),
        criteria=st.lists(st.builds(Criterion, words, words, anchors()), max_size=3).map(tuple),
    )


@st.composite
def tables(draw: st.DrawFn) -> TableFact:
    width, height = draw(st.integers(1, 3)), draw(st.integers(0, 3))
    row = st.tuples(*[st.just("") | words] * width)
    rows = draw(st.lists(row, min_size=height, max_size=height).map(tuple))
    places = draw(st.just(()) | st.just(tuple((draw(anchors()),) * width for _ in rows)))
    return TableFact(draw(maybe_words), draw(st.just(()) | row), rows, (1, 2), draw(anchors()), places)


@st.composite
def reading_warnings(draw: st.DrawFn) -> ReadingWarning:
    page = draw(st.none() | st.integers(1, 40))
    box = Box(page, *draw(st.tuples(*[fractions] * 4))) if page and draw(st.booleans()) else None
    told = draw(st.dictionaries(words, words, max_size=2))
    return ReadingWarning(
        draw(st.sampled_from(["number_handwritten", "odd"])), page, box, tuple(told.items())
    )


@st.composite
def signatures(draw: st.DrawFn) -> Signature:
    page = draw(st.none() | st.integers(1, 40))
    box = Box(page, *draw(st.tuples(*[fractions] * 4))) if page and draw(st.booleans()) else None
    texts = draw(st.tuples(*[maybe_words] * 5))
    flags = draw(st.tuples(*[st.sampled_from([None, True, False])] * 2))
    return Signature(*texts, *flags, draw(maybe_words), page, box)


@st.composite
def records(draw: st.DrawFn) -> Record:
    count = draw(st.integers(0, 3))
    parent = st.none() | st.integers(0, count - 1) if count else st.none()
    section = st.builds(Section, maybe_words, words, st.integers(1, 5), st.just("tasks"), anchors(), parent)
    lines = st.builds(LineFact, st.sampled_from(LineRole), words, anchors(), line_facts(count))
    return Record(
        source=source(draw(words).replace("/", "_") + ".pdf", draw(st.binary(max_size=8))),
        header=draw(headers),
        sections=draw(st.lists(section, min_size=count, max_size=count).map(tuple)),
        tasks=draw(st.lists(tasks(count), max_size=3).map(tuple)),
        targets=draw(st.lists(targets, max_size=3).map(tuple)),
        citations=draw(st.lists(citations, max_size=3).map(tuple)),
        tables=draw(st.lists(tables(), max_size=2).map(tuple)),
        warnings=draw(st.lists(reading_warnings(), max_size=2).map(tuple)),
        unread=draw(st.sampled_from([(), (("document.number", "handwritten"),)])),
        explained=draw(st.none() | fractions),
        lines=draw(st.lists(lines, max_size=3).map(tuple)),
        signatures=draw(st.lists(signatures(), max_size=2).map(tuple)),
    )


def line_facts(section_count: int) -> st.SearchStrategy[tuple[tuple[str, int], ...]]:
    """What a line states: of a record with that many sections."""
    sections = [(("sections", index),) for index in range(section_count)]
    return st.sampled_from([(), *sections])


def source(name: str, content: bytes = b"x", kind: str = "digital") -> Source:
    return Source(name, hashlib.sha256(content).hexdigest(), len(content), "application/pdf", kind, 3)


def plan(*texts: str) -> Plan:
    pages = tuple(Page(number, (), text, ReadFrom.TEXT) for number, text in enumerate(texts, 1))
    return Plan("\n".join(texts), (), (), pages)


def record(name: str = "a.pdf", *texts: str, content: bytes = b"x") -> Record:
    """A plan whose tasks have these texts."""
    found = tuple(Task(text, (), None, "body", NOWHERE, "item") for text in texts)
    return Record(source(name, content), Header(type="ke_hoach"), tasks=found)


def from_json(gold: Mapping[str, Any], name: str, kind: str = "text") -> Record:
    """A gold file as a record; keys that it leaves out get what an extraction that saw nothing would say."""
    head = gold["document"]
    issuer, signer = head.get("issuer") or {}, head.get("signer") or {}
    return Record(
        source=source(name, name.encode(), kind),
        header=Header(
            **{key: head.get(key) for key in _PLAIN_HEAD} | {"type": head.get("type", "khac")},
            issuer=Issuer(*(issuer.get(key) for key in ("name", "level", "commune", "district", "province"))),
            signer=Signer(*(signer.get(key) for key in ("name", "position", "authority"))),
            indices=tuple(head.get("indices", ())),
            recipients=tuple(
                Recipient(one["name"], one.get("purpose"), NOWHERE) for one in head.get("recipients", ())
            ),
        ),
        sections=tuple(
            Section(one.get("number"), one["title"], one["level"], one["kind"], NOWHERE)
            for one in gold.get("sections", ())
        ),
        tasks=tuple(_task(one) for one in gold.get("tasks", ())),
        targets=tuple(
            Target(one["text"], *(one.get(key) for key in _TARGET), NOWHERE, "gold")
            for one in gold.get("targets", ())
        ),
        citations=tuple(_citation(one) for one in gold.get("citations", ())),
        tables=tuple(
            TableFact(one.get("title"), tuple(one["header"]), tuple(map(tuple, one["rows"])), (), NOWHERE)
            for one in gold.get("tables", ())
        ),
    )


def gold_records(folder: Path, variant: str) -> list[Record]:
    """The gold files of a folder as records of NAME.VARIANT.pdf."""
    return [
        from_json(json.loads(path.read_text("utf-8")), f"{path.stem}.{variant}.pdf", "digital")
        for path in sorted(folder.glob("*.json"))
    ]


_PLAIN_HEAD = ("type", "number", "symbol", "issued_on", "place", "title", "year", "status")
_TARGET = ("metric", "comparator", "value", "unit", "year")


def _task(one: Mapping[str, Any]) -> Task:
    due = one.get("deadline")
    return Task(
        text=one["text"],
        path=tuple(one.get("section", ())),
        section=None,
        source=one["source"],
        anchor=NOWHERE,
        rule="gold",
        lead=tuple(Mention(name, "lead", "item", NOWHERE) for name in one.get("lead") or ()),
        support=tuple(Mention(name, "support", "item", NOWHERE) for name in one.get("support") or ()),
        deadline=due
        and Deadline(
            due["text"],
            due["kind"],
            _day(due.get("start")),
            _day(due.get("end")),
            due.get("recurrence"),
            "gold",
            NOWHERE,
        ),
        outputs=tuple(one.get("outputs") or ()),
        criteria=tuple(Criterion(code, "", NOWHERE) for code in one.get("criteria") or ()),
    )


def _citation(one: Mapping[str, Any]) -> Citation:
    return Citation(
        one["text"],
        one["type"],
        one.get("number"),
        one.get("symbol"),
        _day(one.get("date")),
        one.get("issuer"),
        one.get("title"),
        one.get("year"),
        NOWHERE,
        "gold",
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
