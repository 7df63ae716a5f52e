"""Units: do they exist at that level and date, is one called by one name, may the issuer give them work."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from kehoach.check.rule import CheckRule, compiled_words
from kehoach.check.sight import Sight
from kehoach.check.verdicts import Judged, absent, failed, passed, unknown
from kehoach.document.facts import LineRole, Mention, Section
from kehoach.document.plan import Span
from kehoach.text import fold, fold_each, one_line

COLLECTIVE = "col."  # how ids of collectives in models/units begin
NAME_LENGTH = 80  # characters of a name in a message
ORDERED = (LineRole.TASK, LineRole.HEADING, LineRole.LABEL, LineRole.TABLE_ROW, LineRole.RECIPIENT)


def _mentions(sight: Sight) -> Iterator[Mention]:
    for task in sight.record.tasks:
        yield from (*task.lead, *task.support)


def existing(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """No work for a unit that this level did not have on the day of issue. params: `unknown_units`, each with
    `levels`, `from`, `to` of the time in which it does not exist, and its words.
    """
    level = sight.record.header.issuer.level
    if level is None or sight.issued is None:
        yield unknown("level_or_year_unknown")
        return
    found: dict[str, Span] = {}
    for entry in rule.params["unknown_units"]:
        if level in entry["levels"] and _holds(entry, sight.issued):
            for row in sight.of(*ORDERED):
                for match in compiled_words(entry["words"]).finditer(row.folded):
                    found.setdefault(one_line(match[0]), row.at(match))
    for span in found.values():
        yield failed(span, don_vi=sight.words(span), cap=rule.params["level_names"].get(level, ""))
    if not found:
        lead = next((one for one in _mentions(sight) if one.unit), None)
        yield passed(lead.anchor.span if lead else None)


def _holds(entry: Mapping[str, Any], issued: tuple[date, date]) -> bool:
    """Whether the plan was surely issued within the entry's time."""
    begins: date = entry.get("from", date.min)
    ends: date = entry.get("to", date.max)
    return begins <= issued[0] and issued[1] <= ends


def one_name(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """A unit is called by one name; short forms, articles and the place behind a name are no other name.
    params: `words` to leave out, `expand`: short forms and what they stand for.
    """
    forms: dict[str, dict[str, Span]] = defaultdict(dict)
    for one in _mentions(sight):
        if one.unit and not one.unit.startswith(COLLECTIVE):
            form = _form(one.text, rule.pattern(), tuple(rule.params["expand"].items()))
            forms[one.unit].setdefault(form, one.anchor.span)
    for spellings in forms.values():
        for span in list(spellings.values())[1:]:
            yield failed(span)
    if forms and all(len(spellings) == 1 for spellings in forms.values()):
        yield passed()


@lru_cache(maxsize=1 << 12)
def _form(name: str, left_out: re.Pattern[str], expand: tuple[tuple[str, str], ...]) -> str:
    """A name as it is compared; plans call the same unit many times."""
    text = fold(name)
    for short, long in expand:
        text = re.sub(rf"\b{short}\b", long, text)
    return one_line(re.sub(r"[^\w]+", " ", left_out.sub(" ", text)))


def issuer_leads(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """The issuer itself is not the lead of most tasks. params: `max_share`."""
    led = [task for task in sight.record.tasks if task.lead]
    level = sight.record.header.issuer.level
    own = [task for task in led if all(one.unit == f"{level}.ubnd" for one in task.lead)]
    yield from _shares(sight, rule, [task.lead[0] for task in own], [task.lead[0] for task in led])


def collective_leads(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """Most tasks are led by a unit that can be asked, not by a collective. params: `max_share`."""
    led = [task for task in sight.record.tasks if task.lead]
    loose = [task for task in led if all((one.unit or "").startswith(COLLECTIVE) for one in task.lead)]
    yield from _shares(sight, rule, [task.lead[0] for task in loose], [task.lead[0] for task in led])


def _shares(sight: Sight, rule: CheckRule, wrong: list[Mention], led: list[Mention]) -> Iterator[Judged]:
    if not led:
        return
    share = len(wrong) / len(led)
    if share > rule.params["max_share"]:
        yield failed(sight.clause(wrong[0].anchor.span), ty_le=round(100 * share), don_vi=wrong[0].text)
    else:
        yield passed(led[0].anchor.span)


def competence(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """Bodies outside the issuer's command are asked, not ordered; nobody guides the issuer. params:
    `words`, such bodies at a heading's beginning; `cited_words`, those that the cited law speaks of;
    `asked_words`; `guides`, wordings by level.
    """
    wrong = [*_ordered(sight, rule), *_guided(sight, rule)]
    yield from wrong
    sections = sight.record.sections
    asked = next((one for one in sections if rule.pattern("asked_words").search(fold(one.title))), None)
    if not wrong:
        yield passed(asked.anchor.span if asked else None)


def _ordered(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """Headings that name such a body and do not ask it."""
    sections = sight.record.sections
    for place, one in enumerate(sections):
        title = fold(one.title)
        if not rule.pattern().match(title):
            continue
        if not rule.pattern("asked_words").search(_with_parents(sections, place)):
            span = _heading(sight, one)
            variant = "" if rule.pattern("cited_words").match(title) else "uncited"
            yield failed(span, variant=variant, don_vi=one_line(one.title)[:NAME_LENGTH])


def _guided(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """Tasks in which an office of the issuer is to guide or inspect the issuer itself."""
    guides = rule.params["guides"].get(sight.record.header.issuer.level or "")
    for row in sight.of(LineRole.TASK) if guides else ():
        if span := row.find(compiled_words(guides)):
            yield failed(span, variant="guides")


def _with_parents(sections: tuple[Section, ...], place: int | None) -> str:
    words = []
    while place is not None:
        words.append(fold(sections[place].title))
        place = sections[place].parent
    return " | ".join(words)


def _heading(sight: Sight, section: Section) -> Span:
    """The heading's own line up to its title's end."""
    row = sight.row_of(section.anchor.span)
    return Span(row.span.start, max(section.anchor.span.end, row.span.start)) if row else section.anchor.span


def _body(section: Section, rule: CheckRule) -> str:
    """The name of the body that a heading asks."""
    title = one_line(section.title)
    asked = rule.pattern("asking_words").match(fold_each(title))
    return title[asked.end() :].strip(" :,") if asked else title


def everybody_receives(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """The superior and the bodies that are asked receive the document. params: `superior`: words by level;
    `asked_words`, bodies asked in a heading, behind `asking_words`; `covers_words`, recipients that cover
    them; `all_words`.
    """
    head = sight.record.header
    names = [fold(one.name) for one in head.recipients]
    if not names:
        yield unknown("scan_may_miss" if sight.has_foot else "sign_lost")
        return
    fails = 0
    superior = rule.params["superior"].get(head.issuer.level or "")
    if superior and not any(compiled_words(superior["words"]).search(name) for name in names):
        fails += 1
        yield absent(don_vi=superior["name"])
    asked = next(
        (one for one in sight.record.sections if rule.pattern("asked_words").search(fold(one.title))), None
    )
    if asked and not any(rule.pattern("covers_words").search(name) for name in names):
        fails += 1
        yield failed(_heading(sight, asked), don_vi=_body(asked, rule)[:NAME_LENGTH])
    if not fails:
        yield passed(head.recipients[0].anchor.span)


TESTS = {
    "existing": existing,
    "one_name": one_name,
    "issuer_leads": issuer_leads,
    "collective_leads": collective_leads,
    "competence": competence,
    "everybody_receives": everybody_receives,
}
