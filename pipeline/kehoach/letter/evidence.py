"""Pictures of the places that findings name, drawn from the submitted file where it can still be found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from kehoach.assess import Assessment
from kehoach.document.finding import Finding
from kehoach.document.page import Box
from kehoach.errors import FileRefused
from kehoach.pages.crop import crops
from kehoach.sqlite import Database
from kehoach.store.submitted import submitted


class Trouble(StrEnum):
    """Why there are no pictures."""

    GONE = "gone"  # the file is not where it was, or has other bytes now
    UNREADABLE = "unreadable"  # it is there, and cannot be opened any more


@dataclass(frozen=True, slots=True)
class Pictures:
    """PNG by place in the assessment's findings. `trouble`: None where nothing went wrong."""

    pngs: Mapping[int, bytes] = field(default_factory=dict)
    trouble: Trouble | None = None


def pictures(db: Database, assessment: Assessment, folder: Path | None = None) -> Pictures:
    """A picture for each failure that stands and has a place on a page.

    The file is looked for where it lay when it came, then in `folder`. Never raises for a file that has gone.
    """
    boxes = dict(_boxes(assessment))
    file = submitted(db, assessment.document_id, (folder,) if folder else ()) if boxes else None
    if file is None:
        return Pictures()
    if file.path is None:
        return Pictures(trouble=Trouble.GONE)
    try:
        drawn = zip(boxes, crops(file.path, file.media_type, list(boxes.values())), strict=True)
        return Pictures({place: png for place, png in drawn if png is not None})
    except FileRefused:
        return Pictures(trouble=Trouble.UNREADABLE)


def box_of(finding: Finding) -> Box | None:
    """Where a finding's words begin: their box on its first page; None where the file has no pages to see."""
    anchor = finding.anchor
    return next((box for box in anchor.boxes if box.page == anchor.page), None) if anchor else None


def _boxes(assessment: Assessment) -> Iterator[tuple[int, Box]]:
    for place, one in enumerate(assessment.findings):
        if one.stands and (box := box_of(one.finding)) is not None:
            yield place, box
