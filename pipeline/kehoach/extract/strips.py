"""The printed lines of a part of a plan, each with its place in the plan's text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kehoach.document.plan import Paragraph, Plan, Range, Span
from kehoach.text import fold_each


class Strip(NamedTuple):
    """A line (a paragraph, or a paragraph of a cell) and where it begins in `Plan.text`."""

    text: str
    start: int

    @property
    def folded(self) -> str:
        """As long as `text`, without marks and capitals."""
        return fold_each(self.text)

    def span(self, start: int, end: int) -> Span:
        """Place in the plan of `text[start:end]`, white space at its ends left out."""
        words = self.text[start:end]
        inner = words.strip()
        left = start + len(words) - len(words.lstrip())
        return Span(self.start + left, self.start + left + len(inner))

    def joined(self, below: Strip) -> Strip | None:
        """This line with the one right below it; None where other words stand between them."""
        is_next = below.start == self.start + len(self.text) + 1
        return Strip(f"{self.text} {below.text}", self.start) if is_next else None

    def group(self, match: re.Match[str], name: str) -> Span | None:
        """Place of a named group that matched something."""
        return self.span(*match.span(name)) if match[name] and match[name].strip() else None


def strips(plan: Plan, blocks: Range) -> Iterator[Strip]:
    """Lines of `blocks` in reading order; of a table, each paragraph of each cell."""
    for block in plan.blocks[blocks.start : blocks.end]:
        if isinstance(block, Paragraph):
            yield Strip(plan.text[block.span.start : block.span.end], block.span.start)
            continue
        for row in (*block.header_rows, *block.rows):
            for cell in row:
                for span in cell.paragraphs or (cell.span,):
                    if not cell.continues and span.end > span.start:
                        yield Strip(plan.text[span.start : span.end], span.start)
