"""From an assessment to the files of a letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from kehoach.assess import Assessment
from kehoach.letter.blocks import Letter
from kehoach.letter.frame import figures
from kehoach.letter.letterhead import Letterhead
from kehoach.letter.pdf import pdf
from kehoach.letter.reply import places as reply_places
from kehoach.letter.reply import reply
from kehoach.letter.sheet import Received, sheet
from kehoach.letter.sheet import places as sheet_places
from kehoach.letter.word import word
from kehoach.sqlite import Database
from kehoach.store.read import file_of


class Kind(StrEnum):
    """Which letter: the review sheet, which stays in the office, or the reply to the sender."""

    SHEET = "phieu"
    REPLY = "cong-van"


FILE_NAMES = {Kind.SHEET: "phieu-ra-soat", Kind.REPLY: "cong-van"}


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted. `answer_by`: when the mended plan is wanted; blank in the letter without it."""

    kind: Kind
    letterhead: Letterhead
    at: datetime
    answer_by: date | None = None


def compose(db: Database, assessment: Assessment, order: Order, pngs: Mapping[int, bytes]) -> Letter:
    """The letter as blocks; pngs: pictures by place in the assessment's findings."""
    speaks_of = reply_places if order.kind is Kind.REPLY else sheet_places
    shown = figures(assessment, pngs, speaks_of(assessment))
    today = order.at.astimezone().date()
    if order.kind is Kind.REPLY:
        return reply(assessment, order.letterhead, shown, today, order.answer_by)
    file = file_of(db, assessment.document_id)
    source = assessment.record.source
    received = Received(file["received_at"], source.page_count, source.kind)
    return sheet(assessment, received, order.letterhead, shown, today)


def write(letter: Letter, order: Order, name: str, out: Path) -> tuple[Path, Path]:
    """Puts the letter as DOCX and PDF into `out`. name: the plan's file. Raises OSError, ToolMissing."""
    out.mkdir(parents=True, exist_ok=True)
    stem = f"{name.rsplit('.', 1)[0]}.{FILE_NAMES[order.kind]}"
    paths = out / f"{stem}.docx", out / f"{stem}.pdf"
    for path, data in zip(paths, (word(letter), pdf(letter, order.at)), strict=True):
        path.write_bytes(data)
    return paths
