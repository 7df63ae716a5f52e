"""Words that were mended, as rows: what was recognised, what stands for it, and where."""

from __future__ import annotations

from collections.abc import Iterator

from kehoach.document.plan import Plan, Span
from kehoach.store.rows import Row, place_row


def repair_rows(plan: Plan) -> Iterator[Row]:
    """A row for each mended word of the plan's text, in reading order."""
    for piece in plan.pieces:
        if piece.raw is not None:
            yield {
                "raw": piece.raw,
                "text": plan.text[piece.start : piece.end],
                "score": piece.repair_score,
                **place_row(plan.anchor(Span(piece.start, piece.end))),
            }
