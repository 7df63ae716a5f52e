"""What a check sees of a plan: its lines with what they are, what is lost, when it was issued."""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kehoach.check.gaps import Gap, gaps, unreadable
from kehoach.document.facts import LineRole, Record
from kehoach.document.outline import Outline
from kehoach.document.page import Line, Role
from kehoach.document.plan import Anchor, Plan, Span
from kehoach.text import fold_each

BODY = frozenset(LineRole) - {
    LineRole.HEAD,
    LineRole.TITLE,
    LineRole.ADDRESSEE,
    LineRole.RECIPIENT,
    LineRole.SIGNATURE,
}
_SENTENCE = re.compile(r"[.!?](?=\s|$)")
_CLAUSE = re.compile(r"[.;!?](?=\s|$)")
MARK = 6  # characters at a row's beginning in which a stop belongs to its mark
WITHOUT_PICTURE = ("text", "docx")
DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph or a row of a table: `folded` is as long as its words, so that offsets hold."""

    role: LineRole
    rule: str
    span: Span
    folded: str
    page: int | None
    facts: tuple[tuple[str, int], ...]
    anchor: Anchor

    def find(self, pattern: re.Pattern[str]) -> Span | None:
        """Where the pattern, which speaks of folded words, is found."""
        match = pattern.search(self.folded)
        return self.at(match) if match else None

    def at(self, match: re.Match[str]) -> Span:
        """The characters of the plan that a match in `folded` stands on."""
        return Span(self.span.start + match.start(), self.span.start + match.end())


@dataclass(frozen=True, slots=True)
class Sight:
    """`gaps`: where pages are missing; `unreadable`: pages that say nothing; `issued`: first and last day on
    which the plan can have been issued, None where not even the year is printed; `foot`: where recipients and
    signature begin and end.
    """

    plan: Plan
    outline: Outline
    record: Record
    rows: tuple[Row, ...]
    gaps: tuple[Gap, ...]
    unreadable: tuple[int, ...]
    issued: tuple[date, date] | None
    foot: tuple[int, int]

    @property
    def has_pictures(self) -> bool:
        """Whether pages were seen, not text alone."""
        return self.record.source.kind not in WITHOUT_PICTURE

    @property
    def is_scan(self) -> bool:
        """Whether words were recognised, and may be misread or missed."""
        return any(page.confidence is not None for page in self.plan.pages)

    @property
    def has_head(self) -> bool:
        """Whether what stands above the number was read: the issuer's name or the motto."""
        return any(row.rule in ("part.issuing", "part.motto") for row in self.of(LineRole.HEAD))

    @property
    def has_foot(self) -> bool:
        return any(row.role in (LineRole.SIGNATURE, LineRole.RECIPIENT) for row in self.rows)

    def of(self, *roles: LineRole) -> Iterator[Row]:
        """Rows of some roles, in reading order."""
        return (row for row in self.rows if row.role in roles)

    def body(self) -> Iterator[Row]:
        """All rows but head, title, addressees and foot."""
        return (row for row in self.rows if row.role in BODY)

    def opening(self) -> Iterator[Row]:
        """Rows between the title and the first heading or task."""
        begun = False
        for row in self.rows:
            if row.role in (LineRole.HEADING, LineRole.TASK):
                return
            if begun and row.role in BODY:
                yield row
            begun = begun or row.role in (LineRole.TITLE, LineRole.HEAD)

    def main(self) -> Iterator[Row]:
        """Rows of the body proper: before the foot."""
        begins = self.foot[0]
        return (row for row in self.body() if row.span.start < begins or row.role is LineRole.FOOTNOTE)

    def behind(self) -> Iterator[Row]:
        """Rows behind the foot: appendices."""
        ends = self.foot[1]
        return (row for row in self.body() if row.span.start >= ends and row.role is not LineRole.FOOTNOTE)

    def row_of(self, span: Span) -> Row | None:
        """The row that `span` begins in."""
        place = bisect_right(self.rows, span.start, key=lambda row: row.span.start) - 1
        near = self.rows[max(place, 0) : place + 1]
        found = next((row for row in near if span.start < row.span.end), None)
        return found or next((row for row in self.rows if row.span.start <= span.start < row.span.end), None)

    def sentence(self, span: Span) -> Span:
        """The sentence around `span`, within its row."""
        return self._around(span, _SENTENCE)

    def clause(self, span: Span) -> Span:
        """The sentence around `span`, or its part up to a semicolon."""
        return self._around(span, _CLAUSE)

    def _around(self, span: Span, stop_mark: re.Pattern[str]) -> Span:
        row = self.row_of(span)
        if row is None:
            return span
        text = self.plan.text
        cuts = stop_mark.finditer(text, row.span.start + MARK, row.span.end)
        ends = [cut.end() for cut in cuts]
        start = max((end for end in ends if end <= span.start), default=row.span.start)
        stop = min((end for end in ends if end >= span.end), default=row.span.end)
        return self.trimmed(Span(start, stop))

    def trimmed(self, span: Span) -> Span:
        """`span` without white space around its words."""
        text = self.plan.text[span.start : span.end]
        return Span(span.start + len(text) - len(text.lstrip()), span.end - len(text) + len(text.rstrip()))

    def words(self, span: Span) -> str:
        """The words of `span` on one line."""
        return self.plan.quote(span)

    def stamps(self) -> Iterator[str]:
        """Texts of signature strips and stamps."""
        for page in self.plan.pages:
            yield from (one.text for one in page.flow if isinstance(one, Line) and one.role is Role.STAMP)

    def anchored(self, field: str) -> Span | None:
        """Where a field of the head stands."""
        found = dict(self.record.header.anchors).get(field)
        return found.span if found else None


def look(plan: Plan, outline: Outline, record: Record) -> Sight:
    """All that the tests of rules look at."""
    rows = tuple(_rows(plan, record))
    feet = [row for row in rows if row.role in (LineRole.SIGNATURE, LineRole.RECIPIENT)]
    signed = [row.span.end for row in feet if row.role is LineRole.SIGNATURE]
    begins = min((row.span.start for row in feet), default=len(plan.text))
    return Sight(
        plan,
        outline,
        record,
        rows,
        gaps(plan, record),
        unreadable(plan.pages),
        bounds(record.header.issued_on) or _year_bounds(record),
        (begins, max(signed, default=len(plan.text))),
    )


def first(rows: Iterable[Row], pattern: re.Pattern[str]) -> Span | None:
    """Where a pattern is first found in `rows`."""
    return next((span for row in rows if (span := row.find(pattern))), None)


def bounds(printed: str | None) -> tuple[date, date] | None:
    """First and last day that a day, month or year (ISO) may mean; None where it is none."""
    try:
        parts = [int(part) for part in (printed or "").split("-")]
        year, month = parts[0], parts[1] if len(parts) > 1 else None
        if len(parts) > 2:
            return date(*parts[:3]), date(*parts[:3])
        last = monthrange(year, month)[1] if month else monthrange(year, DECEMBER)[1]
        return date(year, month or 1, 1), date(year, month or DECEMBER, last)
    except (ValueError, IndexError):
        return None


def _year_bounds(record: Record) -> tuple[date, date] | None:
    """Without a date, the year that the plan is for; it may be issued in the December before."""
    year = record.header.year
    return (
        (date(year - 1, DECEMBER, 1), date(year, DECEMBER, monthrange(year, DECEMBER)[1])) if year else None
    )


def _rows(plan: Plan, record: Record) -> Iterator[Row]:
    for line in record.lines:
        span = line.anchor.span
        folded = fold_each(plan.text[span.start : span.end])
        yield Row(line.role, line.rule, span, folded, line.anchor.page, line.facts, line.anchor)
