"""A plan against a checklist: for each rule first what nobody can tell, then what is wrong, then what is
well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from kehoach.check.profiles import Checklist, ours
from kehoach.check.registry import TESTS
from kehoach.check.rule import CheckRule
from kehoach.check.sight import Row, Sight, look
from kehoach.check.verdicts import Judged, unknown
from kehoach.document.facts import LineRole, Record
from kehoach.document.finding import Finding, Severity, Verdict
from kehoach.document.outline import Outline
from kehoach.document.plan import Anchor, Plan, Span
from kehoach.rules import data

ORDER = (Verdict.NOT_ASSESSABLE, Verdict.FAIL, Verdict.PASS)
QUOTED = 160  # characters of a quote within a message; `evidence` holds all of it
SIGN_ROLES = (LineRole.SIGNATURE, LineRole.RECIPIENT)


def findings(
    plan: Plan, outline: Outline, record: Record, checklist: Checklist | None = None
) -> tuple[Finding, ...]:
    """What the rules for such a document say, in the checklist's order; ours where no checklist is given."""
    sight = look(plan, outline, record)
    rules = (checklist or ours()).rules_for(record)
    return tuple(one for rule in rules if _in_time(rule, sight) for one in _of_rule(sight, rule))


def blocks(found: Iterable[Finding]) -> bool:
    """Whether a blocker stands."""
    return any(one.verdict is Verdict.FAIL and one.severity is Severity.BLOCKER for one in found)


def _in_time(rule: CheckRule, sight: Sight) -> bool:
    """Whether the rule was in force; a plan without any date is held to today's rules."""
    if sight.issued is None:
        return True
    begins, ends = rule.valid_from or sight.issued[0], rule.valid_to or sight.issued[1]
    return begins <= sight.issued[1] and sight.issued[0] <= ends


def _of_rule(sight: Sight, rule: CheckRule) -> Iterator[Finding]:
    judged = _unread(sight, rule) or tuple(
        _guarded(sight, rule, one) for one in TESTS[rule.test](sight, rule)
    )
    for one in sorted(judged, key=lambda one: ORDER.index(one.verdict)):
        yield _finding(sight, rule, one)


def _unread(sight: Sight, rule: CheckRule) -> tuple[Judged, ...]:
    """A field that somebody wrote by hand, or that a stamp covers, is not missing."""
    unread = dict(sight.record.unread)
    reason = next((unread[name] for name in rule.fields if name in unread), None)
    return (unknown(f"unread_{reason}", sight.anchored(rule.fields[0])),) if reason else ()


def _guarded(sight: Sight, rule: CheckRule, judged: Judged) -> Judged:
    """A failure stands only where all that would refute it was read, and read surely enough."""
    if judged.verdict is not Verdict.FAIL:
        return judged
    if judged.absent:
        return _whole(sight, rule) or judged
    confidence = sight.plan.anchor(judged.span).confidence if judged.span else None
    if rule.sure and confidence is not None and confidence < rule.sure:
        return unknown("scan_doubt", judged.span)
    return judged


def _whole(sight: Sight, rule: CheckRule) -> Judged | None:
    """Why absence says nothing, if it does not."""
    pages = {"first": {1}, "sign": _sign_pages(sight), "all": set(range(1, len(sight.plan.pages) + 1))}
    bad = sorted(pages.get(rule.needs, set()) & set(sight.unreadable))
    if bad:
        return unknown("page_unreadable", trang=", ".join(map(str, bad)))
    if rule.needs == "all" and sight.gaps:
        return unknown("page_lost", sight.gaps[0].span, trang=sight.gaps[0].page)
    if rule.needs == "sign" and not sight.has_foot:
        return unknown("sign_lost")
    return None


def _sign_pages(sight: Sight) -> set[int]:
    found = {row.page for row in sight.of(*SIGN_ROLES) if row.page}
    return found or {len(sight.plan.pages)}


def _finding(sight: Sight, rule: CheckRule, judged: Judged) -> Finding:
    quote = sight.words(judged.span) if judged.span and judged.span.end > judged.span.start else None
    return Finding(
        rule=rule.id,
        verdict=judged.verdict,
        severity=judged.severity or _severity(rule, sight),
        basis=rule.basis,
        article=None if judged.variant in rule.uncited else rule.article,
        title=rule.title,
        message=_message(rule, judged, quote or ""),
        remedy=rule.fix if judged.verdict is Verdict.FAIL else "",
        evidence=quote,
        anchor=sight.plan.anchor(judged.span) if judged.span else _stands(sight, rule),
    )


def _severity(rule: CheckRule, sight: Sight) -> Severity:
    """The rule's weight on the day of issue."""
    weight = rule.severity
    for begins, other in rule.severity_from:
        if sight.issued and begins <= sight.issued[0]:
            weight = other
    return weight


class _Gaps(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def _message(rule: CheckRule, judged: Judged, quote: str) -> str:
    quote = quote.rstrip(" .;,:")
    shown = quote if len(quote) <= QUOTED else f"{quote[:QUOTED].rsplit(' ', 1)[0]} …"
    facts = _Gaps({"trich": shown, **dict(judged.facts)})
    sentences: Mapping[str, str] = data("checks/reasons.yaml")["reasons"]
    if judged.verdict is Verdict.PASS:
        return data("checks/reasons.yaml")["passed"].format_map(facts)  # type: ignore[no-any-return]
    if judged.verdict is Verdict.NOT_ASSESSABLE:
        return sentences[judged.reason].format_map(facts)
    return rule.variants.get(judged.variant, rule.message).format_map(facts)


def _stands(sight: Sight, rule: CheckRule) -> Anchor | None:
    """Where what is absent should have stood."""
    row = _PLACES[rule.place](sight)
    if row is None:
        return None
    return (
        sight.plan.anchor(Span(row.span.start, row.span.start))
        if row.span.end == row.span.start
        else row.anchor
    )


def _first(sight: Sight, *roles: LineRole) -> Row | None:
    return next(sight.of(*roles), None)


def _ruled(sight: Sight, rule: str) -> Row | None:
    return next((row for row in sight.of(LineRole.HEAD) if row.rule == rule), None)


def _top(sight: Sight) -> Row | None:
    return _first(sight, LineRole.HEAD) or next(iter(sight.rows), None)


def _last(sight: Sight) -> Row | None:
    rows = tuple(row for row in sight.main() if row.role is not LineRole.FOOTNOTE)
    return rows[-1] if rows else _top(sight)


_PLACES: Mapping[str, Callable[[Sight], Row | None]] = {
    "head": _top,
    "number": lambda sight: _ruled(sight, "part.number") or _top(sight),
    "date": lambda sight: _ruled(sight, "part.place_date") or _top(sight),
    "title": lambda sight: _first(sight, LineRole.TITLE) or _top(sight),
    "opening": lambda sight: next(sight.opening(), None) or _top(sight),
    "body": _last,
    "end": _last,
    "sign": lambda sight: _first(sight, LineRole.SIGNATURE) or _last(sight),
    "recipients": lambda sight: _first(sight, LineRole.RECIPIENT) or _last(sight),
    "pages": lambda sight: next((row for row in sight.rows if (row.page or 0) > 1), None) or _top(sight),
    "appendix": lambda sight: next(iter(sight.behind()), None) or _last(sight),
}
