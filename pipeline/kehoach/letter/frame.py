"""Head, foot and appendix of a letter, as NĐ 30/2020/NĐ-CP has them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kehoach.assess import Assessment
from kehoach.letter.blocks import (
    Block,
    Columns,
    Gap,
    PageBreak,
    Paragraph,
    Part,
    Picture,
    Rule,
    Run,
    Style,
    line,
)
from kehoach.letter.evidence import box_of
from kehoach.letter.letterhead import Letterhead, blank
from kehoach.letter.phrases import texts, today_line

LEFT = 0.43  # of the text's width: so that Quốc hiệu stands on one line
RULE = 28.0  # below the office's name, a third to a half of its line
MOTTO_RULE = 56.0  # as long as Tiêu ngữ
SIGNATURE = 24.0  # room to sign


def head(upper: str, own: str, left: Iterable[Part] = (), right: Iterable[Part] = ()) -> Columns:
    """The office with its superior at the left, Quốc hiệu and Tiêu ngữ at the right, each with its rule."""
    names = (line(Style.ABOVE, upper), line(Style.AGENCY, own), Rule(RULE))
    state = (line(Style.STATE, texts()["state"]), line(Style.MOTTO, texts()["motto"]), Rule(MOTTO_RULE))
    return Columns((*names, *left), (*state, *right), LEFT)


def dated(letterhead: Letterhead, today: date) -> Paragraph:
    """Địa danh and the day, for the clerk to fill in."""
    return line(Style.DATE, today_line(letterhead.said("place"), today))


def signature(titles: Sequence[str], name: str, note: str = "") -> tuple[Part, ...]:
    """Authority and position, room to sign, the name or its blank."""
    notes = (line(Style.SIGN_NOTE, note),) if note else ()
    return (
        *(line(Style.SIGNER, one) for one in titles),
        *notes,
        Gap(SIGNATURE),
        line(Style.SIGNER, name or blank()),
    )


@dataclass(frozen=True, slots=True)
class Figures:
    """Pictures of a letter in order; `numbers`: which one shows a finding, by its place in the assessment."""

    pictures: tuple[Picture, ...]
    numbers: Mapping[int, int]


def figures(assessment: Assessment, pngs: Mapping[int, bytes], named: Container[int]) -> Figures:
    """One picture for each place on a page, however many findings name it. named: places in the assessment
    of the findings that the letter speaks of.

    Where a body lacks something, no words show that: such findings have none.
    """
    by_place: dict[object, list[int]] = {}
    for place in sorted(pngs):
        one = assessment.findings[place].finding
        if place in named and (one.evidence or one.rule.startswith(("nd30.", "hs."))):
            by_place.setdefault(box_of(one), []).append(place)
    numbers = {place: number for number, group in enumerate(by_place.values(), 1) for place in group}
    told = enumerate(by_place.values(), 1)
    return Figures(tuple(_picture(assessment, pngs, number, group) for number, group in told), numbers)


def _picture(assessment: Assessment, pngs: Mapping[int, bytes], number: int, group: Sequence[int]) -> Picture:
    found = [assessment.findings[place].finding for place in group]
    titles = "; ".join(dict.fromkeys(one.title for one in found))
    page = next((one.anchor.page for one in found if one.anchor), None)
    caption = texts()["appendix"]["caption"].format(so=number, ten=titles, trang=page)
    return Picture(pngs[group[0]], caption)


def appendix(shown: Figures, of: str) -> Iterator[Block]:
    """The pictures on pages of their own; nothing where there are none."""
    if not shown.pictures:
        return
    yield PageBreak()
    words = texts()["appendix"]
    yield line(Style.TYPE, words["type"])
    yield Paragraph(Style.TITLE, (Run(words["title"]),))
    yield line(Style.CAPTION, of)
    yield from shown.pictures
