"""The review sheet (phiếu rà soát): what was asked, by what right, what was found, what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kehoach.assess import Assessment
from kehoach.document.finding import Finding, Severity, Verdict
from kehoach.document.review import Change
from kehoach.letter import phrases
from kehoach.letter.blocks import Block, Columns, Grid, Letter, Paragraph, Run, Style, line
from kehoach.letter.frame import Figures, appendix, dated, head, signature
from kehoach.letter.letterhead import Letterhead, blank
from kehoach.letter.phrases import texts
from kehoach.letter.points import Group, Item, grouped, only
from kehoach.review.conclusions import HEAVY, conclusion, open_questions

WIDTHS = (10.0, 30.0, 31.0, 17.0, 44.0, 33.0)  # of the table's columns; together the text's width
CELL = 320  # characters of a proof: a row must fit a page
PROOFS = 4  # of one rule; more say nothing new
WEIGHTY = (*HEAVY, Severity.MINOR)
LIGHT = (Severity.MINOR, Severity.INFO)


@dataclass(frozen=True, slots=True)
class Received:
    """How the file came: ISO time, pages, what kind of file."""

    at: str
    pages: int
    kind: str


def sheet(
    assessment: Assessment, received: Received, letterhead: Letterhead, shown: Figures, today: date
) -> Letter:
    """The sheet for one plan; `shown`: the pictures of its appendix."""
    words = texts()["sheet"]
    document = phrases.named(assessment.record)
    blocks: tuple[Block, ...] = (
        head(
            letterhead.said("agency").upper(),
            letterhead.said("department").upper(),
            right=(dated(letterhead, today),),
        ),
        line(Style.TYPE, words["type"]),
        *_identity(assessment, received, document),
        *_table(assessment, letterhead, shown),
        *_below(assessment),
        _conclusion(assessment),
        _signed(letterhead),
        *appendix(shown, texts()["appendix"]["of_sheet"].format(van_ban=document)),
    )
    return Letter(f"{words['type'].capitalize()}: {document}", blocks)


def places(assessment: Assessment) -> frozenset[int]:
    """The findings in the table, by their places in the assessment."""
    failing = only(grouped(assessment, Verdict.FAIL), WEIGHTY)
    return frozenset(place for item in _items(failing) for place in item.places)


def _identity(assessment: Assessment, received: Received, document: str) -> Iterator[Paragraph]:
    words = texts()["sheet"]
    yield Paragraph(Style.FACT, (Run(words["document"], bold=True), Run(f"{document}.")))
    told = words["received"].format(ngay=phrases.day(received.at), so_den=blank(), trang=received.pages)
    yield line(Style.FACT, told)
    bad = [one.finding for one in assessment.findings if one.finding.rule == "hs.doc_duoc" and one.stands]
    well = words["read_all"].format(trang=received.pages)
    read = phrases.uncapitalised(bad[0].message.rstrip(".")) if bad else well
    kinds = texts()["kinds"]
    yield line(Style.FACT, words["reading"].format(kieu=kinds.get(received.kind, received.kind), doc=read))
    if assessment.link.earlier:
        yield line(Style.FACT, _against(assessment, assessment.link.earlier.received_at))


def _against(assessment: Assessment, received_at: str) -> str:
    words = texts()["sheet"]
    marks = [one.change for one in assessment.findings] + [change for _one, change in assessment.gone]
    unclear = marks.count(Change.UNCLEAR)
    return str(
        words["earlier"].format(
            ngay=phrases.day(received_at),
            sua=marks.count(Change.MENDED),
            con=marks.count(Change.STAYS),
            moi=marks.count(Change.NEW),
            chua_ro=words["unclear"].format(so=unclear) if unclear else "",
        )
    )


def _table(assessment: Assessment, letterhead: Letterhead, shown: Figures) -> Iterator[Block]:
    """Failures, then what could not be assessed, in the order of the plan's parts."""
    failing = only(grouped(assessment, Verdict.FAIL), WEIGHTY)
    unknown = only(grouped(assessment, Verdict.NOT_ASSESSABLE), HEAVY)
    rows = [*_rows(failing, letterhead, shown), *_rows(_together(unknown), letterhead, shown)]
    if not rows:
        yield line(Style.FACT, texts()["sheet"]["nothing"])
        return
    numbered = (((line(Style.CELL_CENTRED, str(number)),), *cells) for number, cells in enumerate(rows, 1))
    yield Grid(WIDTHS, tuple(texts()["sheet"]["head"]), tuple(numbered))


def _rows(
    groups: Sequence[Group], letterhead: Letterhead, shown: Figures
) -> Iterator[tuple[tuple[Paragraph, ...], ...]]:
    verdicts = texts()["verdicts"]
    for item in (item for group in groups for item in group.items):
        first = item.findings[0]
        titles = "; ".join(dict.fromkeys(one.title for one in item.findings))
        yield (
            (line(Style.CELL, titles),),
            (line(Style.CELL, _basis(first, letterhead)),),
            (line(Style.CELL_CENTRED, verdicts[first.verdict.value]),),
            tuple(line(Style.CELL, one) for one in list(dict.fromkeys(_proofs(item, shown)))[:PROOFS]),
            (line(Style.CELL, first.remedy or texts()["sheet"]["look"]),),
        )


def _together(groups: Sequence[Group]) -> tuple[Group, ...]:
    """What cannot be told for the same reason, in one row."""
    found: dict[tuple[str, str], list[Item]] = {}
    for group in groups:
        for item in group.items:
            found.setdefault((group.id, item.findings[0].message), []).append(item)
    return tuple(
        Group(
            id, "", (Item(sum((one.places for one in items), ()), sum((one.findings for one in items), ())),)
        )
        for (id, _message), items in found.items()
    )


def _basis(one: Finding, letterhead: Letterhead) -> str:
    if one.article:
        return one.article
    if one.basis == "law":
        return str(texts()["law_unread"])
    return letterhead.practice.get(one.rule) or str(texts()["practice"])


def _proofs(item: Item, shown: Figures) -> Iterator[str]:
    """What was found, its page and picture."""
    words = texts()["sheet"]
    for place, one in zip(item.places, item.findings, strict=True):
        where = [words["page"].format(trang=one.anchor.page)] if one.anchor and one.anchor.page else []
        if place in shown.numbers:
            where.append(words["picture"].format(so=shown.numbers[place]))
        text = phrases.shortened(phrases.told(one).removeprefix(_unsure()).strip(), CELL)
        yield phrases.capitalised(text) + (f" ({', '.join(where)})" if where else "")


def _unsure() -> str:
    """What every sentence on the verdict says; the verdict has its own column."""
    return f"{texts()['verdicts']['not_assessable']}:"


def _below(assessment: Assessment) -> Iterator[Paragraph]:
    """What needs no row: counts of what is well, light things nobody can tell, notes, what rests."""
    words = texts()["sheet"]
    passing = grouped(assessment, Verdict.PASS)
    counted = [f"{phrases.uncapitalised(one.title.removeprefix('Về '))} {len(one.items)}" for one in passing]
    if passing:
        total = words["passed"].format(so=sum(len(one.items) for one in passing))
        yield _remark(total, ", ".join(counted) + ".")
    light = _items(only(grouped(assessment, Verdict.NOT_ASSESSABLE), LIGHT))
    if light:
        yield _remark(words["unassessed"].format(so=len(light)), "; ".join(one.title for one in light) + ".")
    noted = _items(only(grouped(assessment, Verdict.FAIL), [Severity.INFO]))
    if noted:
        yield _remark(words["noted"])
        yield from (line(Style.REMARK, f"- {one}") for item in noted for one in dict.fromkeys(_notes(item)))
    yield from _resting(assessment)


def _remark(heading: str, text: str = "") -> Paragraph:
    return Paragraph(Style.REMARK, (Run(heading, bold=True), Run(text)))


def _items(groups: Sequence[Group]) -> list[Item]:
    return [item for group in groups for item in group.items]


def _resting(assessment: Assessment) -> Iterator[Paragraph]:
    resting = [(one.finding, one.waiver) for one in assessment.findings if one.waiver]
    if resting:
        yield _remark(texts()["sheet"]["waived"])
    for finding, waiver in resting:
        told = ": ".join(part for part in (texts()["reasons"][waiver.reason.value], waiver.note) if part)
        who = f"{waiver.by}, {phrases.day(waiver.at.isoformat())}"
        yield line(Style.REMARK, f"- {finding.title} – {told} ({who}).")


def _notes(item: Item) -> Iterator[str]:
    for one in item.findings:
        page = f" ({texts()['sheet']['page'].format(trang=one.anchor.page)})" if one.anchor else ""
        yield f"{phrases.told(one)}{page}."


def _conclusion(assessment: Assessment) -> Paragraph:
    words = texts()
    end = words["conclusions"][conclusion(assessment.findings)]
    unsure = open_questions(assessment.findings)
    more = f" {words['conclusions']['unsure'].format(so=unsure)}" if unsure else ""
    return Paragraph(
        Style.CONCLUSION, (Run(words["sheet"]["conclusion"], bold=True), Run(end, bold=True), Run(more))
    )


def _signed(letterhead: Letterhead) -> Columns:
    words = texts()["sheet"]
    left = signature([words["reviewer"]], letterhead.reviewer, words["sign"])
    right = signature([words["head_of_department"]], letterhead.head_of_department, words["sign"])
    return Columns(left, right, 0.5)
