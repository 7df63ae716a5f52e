"""What a review adds to findings: who let what rest and why, and what became of a plan's earlier version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kehoach.document.facts import Header
from kehoach.document.finding import Finding, Verdict


class Reason(StrEnum):
    """Why a reviewer lets a finding rest. The first feeds the quality of reading, the second the rules."""

    MISREAD = "ocr_sai"
    NOT_APPLICABLE = "khong_ap_dung"
    IN_APPENDIX = "da_co_o_phu_luc"
    ACCEPTED = "chap_nhan"


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding that a reviewer lets rest. `words`: its quote; empty where it had none. `at`: UTC."""

    rule: str
    words: str
    reason: Reason
    note: str
    by: str
    at: datetime


class Change(StrEnum):
    """How a failure stands against the earlier version of the plan. `UNCLEAR`: nobody can tell this time."""

    NEW = "new"
    STAYS = "stays"
    MENDED = "mended"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A finding as a reviewer sees it. `change`: None where nothing fails or no version came before."""

    finding: Finding
    waiver: Waiver | None = None
    change: Change | None = None

    @property
    def stands(self) -> bool:
        """Whether it fails and nobody let it rest."""
        return self.finding.verdict is Verdict.FAIL and self.waiver is None


@dataclass(frozen=True, slots=True)
class Submission:
    """A document as it came: what tells whether two are versions of one plan. `received_at`: ISO."""

    document_id: int
    file_id: int
    file_name: str
    received_at: str
    header: Header
