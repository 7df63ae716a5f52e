"""The reply to the sender (công văn đề nghị hoàn thiện): numbered points, the heaviest first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kehoach.assess import Assessment
from kehoach.document.finding import Severity, Verdict
from kehoach.document.review import Change
from kehoach.letter import phrases
from kehoach.letter.blocks import Block, Columns, Letter, Paragraph, Run, Style, line
from kehoach.letter.frame import Figures, appendix, dated, head, signature
from kehoach.letter.letterhead import Letterhead, blank
from kehoach.letter.phrases import texts
from kehoach.letter.points import Group, Item, grouped, only, uncovered
from kehoach.review.conclusions import HEAVY

MOST = 10  # things to mend that a letter names; heavy ones are always named
QUOTES = 3  # of one rule; more say nothing new
_STOP = re.compile(r"[.…\s]+$|\.(?=”\.?$)")  # at the end of a sentence
LETTERS = "abcdđeghiklmnopqrstuvxy"  # the Vietnamese series of points


@dataclass(frozen=True, slots=True)
class Point:
    """A numbered point. `items`: the rules that it speaks of, so that an answer closes the right findings."""

    number: int
    title: str
    items: tuple[Item, ...]


def reply(
    assessment: Assessment, letterhead: Letterhead, shown: Figures, today: date, answer_by: date | None = None
) -> Letter:
    """The letter for one plan. answer_by: when the mended plan is wanted; blank without it."""
    head_of = assessment.record.header
    words = texts()["reply"]
    subject = words["subject"].format(
        ten=f"{phrases.document_type(head_of)} {phrases.subject(head_of)}".strip()
    )
    number = words["number"].format(so=blank(), ky_hieu=letterhead.said("symbol"))
    blocks: tuple[Block, ...] = (
        head(
            letterhead.said("superior").upper(),
            letterhead.said("agency").upper(),
            (line(Style.NUMBER, number), line(Style.SUBJECT, subject)),
            (dated(letterhead, today),),
        ),
        line(Style.ADDRESSEE, words["to"].format(noi=phrases.issuer(head_of))),
        *_body(assessment, letterhead, shown, answer_by),
        _foot(letterhead),
        *appendix(shown, _of(letterhead)),
    )
    return Letter(subject, blocks)


def points(assessment: Assessment) -> tuple[Point, ...]:
    """What the sender is asked to mend, parts with heavy items first; `info` is not for the sender."""
    groups = only(grouped(assessment, Verdict.FAIL), (*HEAVY, Severity.MINOR))
    named = _named(groups)
    kept = [Group(one.id, one.title, tuple(i for i in one.items if i in named)) for one in groups]
    ordered = sorted((one for one in kept if one.items), key=lambda one: not one.is_heavy)
    return tuple(Point(number, one.title, one.items) for number, one in enumerate(ordered, 1))


def places(assessment: Assessment) -> frozenset[int]:
    """The findings that the letter speaks of, by their places in the assessment."""
    return frozenset(place for point in points(assessment) for item in point.items for place in item.places)


def _named(groups: Sequence[Group]) -> list[Item]:
    items = uncovered([item for group in groups for item in group.items])
    heavy = [one for one in items if one.severity in HEAVY]
    light = [one for one in items if one.severity not in HEAVY]
    return [*heavy, *light[: max(MOST - len(heavy), 0)]]


def _body(
    assessment: Assessment, letterhead: Letterhead, shown: Figures, answer_by: date | None
) -> Iterator[Paragraph]:
    found = points(assessment)
    words, us = texts()["reply"], letterhead.calls_itself
    sender = phrases.short_issuer(assessment.record.header)
    names = {"van_ban": phrases.named(assessment.record), "so": us, "noi": sender}
    if not found:
        yield line(Style.BODY, words["well"].format(**names))
        return
    yield line(Style.BODY, words["opening"].format(**names))
    if assessment.link.earlier:
        yield line(Style.BODY, _against(assessment, assessment.link.earlier.received_at))
    for point in found:
        yield from _point(point, shown)
    left = len(_all_items(assessment)) - sum(len(point.items) for point in found)
    if left:
        yield line(Style.BODY, words["more"].format(so=left, so_noi_vu=us, noi=sender))
    via = words["via"].format(phong=letterhead.department) if letterhead.department else ""
    by = f"{answer_by:%d/%m/%Y}" if answer_by else blank()
    yield line(Style.CLOSING, words["closing"].format(noi=sender, so=us, qua=via, han=by))


def _all_items(assessment: Assessment) -> list[Item]:
    groups = only(grouped(assessment, Verdict.FAIL), (*HEAVY, Severity.MINOR))
    return uncovered([item for group in groups for item in group.items])


def _against(assessment: Assessment, received_at: str) -> str:
    mended = sum(change is Change.MENDED for _one, change in assessment.gone)
    stays = sum(one.stands and one.change is Change.STAYS for one in assessment.findings)
    told = texts()["reply"]["earlier"]
    return str(told.format(ngay=phrases.day(received_at), sua=mended, con=stays))


def _point(point: Point, shown: Figures) -> Iterator[Paragraph]:
    heading = Run(f"{point.number}. {point.title}", bold=True)
    if len(point.items) == 1:
        yield Paragraph(Style.BODY, (heading, Run(f": {_asked(point.items[0], shown)}.")))
        return
    yield Paragraph(Style.BODY, (heading, Run(":")))
    for letter, item in zip(LETTERS, point.items, strict=False):
        asked = phrases.capitalised(_asked(item, shown))
        yield line(Style.BODY, f"{letter}) {asked}{'.' if item is point.items[-1] else ';'}")


def _asked(item: Item, shown: Figures) -> str:
    """What was found, where, by what article, and what is asked for; one sentence without its full stop."""
    found = list(dict.fromkeys(phrases.uncapitalised(phrases.told(one)) for one in item.findings))
    told = "; ".join(found[:QUOTES]) + (" …" if len(found) > QUOTES else "")
    ask = texts()["reply"]["ask"]
    remedy = phrases.uncapitalised(_STOP.sub("", item.findings[0].remedy))
    asked = remedy if remedy.startswith(ask) else f"{ask} {remedy}"
    brackets = "; ".join(_brackets(item, shown))
    return f"{told}{f' ({brackets})' if brackets else ''}, {asked}" if remedy else told


def _brackets(item: Item, shown: Figures) -> Iterator[str]:
    """Pages and pictures of what is quoted, and the article."""
    words = texts()["sheet"]
    quoted = [one.anchor.page for one in item.findings if one.anchor and one.anchor.page and one.evidence]
    if quoted:
        yield words["page"].format(trang=", ".join(map(str, sorted(set(quoted)))))
    pictured = sorted({shown.numbers[place] for place in item.places if place in shown.numbers})
    if pictured:
        yield words["picture"].format(so=", ".join(map(str, pictured)))
    if article := item.findings[0].article:
        yield phrases.in_full(article)


def _foot(letterhead: Letterhead) -> Columns:
    words = texts()["reply"]
    items = (words["as_above"], *letterhead.recipients)
    archive = words["archive"].format(phong=letterhead.said("archive"))
    left = (
        line(Style.RECIPIENTS, f"{words['recipients']}:"),
        *(line(Style.RECIPIENT, f"- {one};") for one in items),
        line(Style.RECIPIENT, f"- {archive}."),
    )
    titles = [one.upper() for one in (letterhead.signer_authority, letterhead.said("signer_position")) if one]
    return Columns(left, signature(titles, letterhead.signer_name), 0.5)


def _of(letterhead: Letterhead) -> str:
    return str(
        texts()["appendix"]["of_reply"].format(
            so=blank(), ky_hieu=letterhead.said("symbol"), ngay=blank(), co_quan=letterhead.calls_itself
        )
    )
