"""Targets: figures, direction against the year before, text against table, units of measure, indices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from kehoach.check.appendices import lacking
from kehoach.check.rule import CheckRule, compiled_words
from kehoach.check.sight import Sight, first
from kehoach.check.verdicts import Judged, absent, failed, passed, unknown
from kehoach.document.facts import LineRole, TableFact, Target
from kehoach.document.plan import Span
from kehoach.text import fold

AIMS = (LineRole.PURPOSE, LineRole.OBJECTIVE, LineRole.REQUIREMENT, LineRole.TARGET, LineRole.HEADING)
UPWARD = (">=", ">", "+")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)?")
_YEAR = re.compile(r"\b(20\d\d)\b")


def measurable(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """Every target has a figure; where there are no targets, an aim in words has none. params: `words`."""
    targets = sight.record.targets
    bare = [one for one in targets if one.value is None]
    for one in bare:
        yield failed(one.anchor.span)
    if targets and not bare:
        yield passed(targets[0].anchor.span)
    if not targets and (span := first(sight.of(*AIMS), rule.pattern())):
        yield failed(span)


def direction(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """No target lies below what was reached the year before: row by row in a table of both years. None asks
    for more of what should fall. params: `bad_words` of such metrics, `falling_words` that turn them.
    """
    wrong: list[Span] = []
    upward = [one for one in sight.record.targets if _asks_for_worse(one, rule)]
    yield from (failed(one.anchor.span, variant="bad") for one in upward)
    for table in sight.record.tables:
        for before, after in _year_columns(table):
            ranks = bool(re.search(r"\bhang\b|\bbac\b", fold(table.header[after])))
            for place, row in enumerate(table.rows):
                if _is_worse(row[before], row[after], ranks) and table.cell_anchors:
                    anchor = table.cell_anchors[place][after]
                    wrong += [anchor.span] if anchor else []
    for span in wrong:
        yield failed(span)
    if sight.record.targets and not wrong and not upward:
        yield passed(sight.record.targets[0].anchor.span)


def _asks_for_worse(target: Target, rule: CheckRule) -> bool:
    bad = rule.pattern("bad_words").search(fold(target.metric or ""))
    return bool(
        bad and target.comparator in UPWARD and not rule.pattern("falling_words").search(fold(target.text))
    )


def _year_columns(table: TableFact) -> Iterator[tuple[int, int]]:
    """Columns of the same measure for two years, the earlier first."""
    heads = [(place, fold(head), _YEAR.findall(head)) for place, head in enumerate(table.header)]
    dated = [(place, re.sub(r"[^\w]+", " ", head.rsplit("–")[-1]), years) for place, head, years in heads]
    for (one, name, years), (other, same, later) in combinations(dated, 2):
        if len(years) == len(later) == 1 and name == same and years[0] < later[0]:
            yield one, other


def _is_worse(before: str, after: str, ranks: bool) -> bool:
    old, new = _FIGURE.search(before), _FIGURE.search(after)
    if not old or not new:
        return False
    one, other = (float(match[0].replace(",", ".")) for match in (old, new))
    return other > one if ranks else other < one


def text_and_table(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """An index that has a target in the text has the same in the table."""
    spans = [table.anchor.span for table in sight.record.tables]
    told = [
        (one, any(span.start <= one.anchor.span.start < span.end for span in spans)) for one in _valued(sight)
    ]
    text = [(one, code) for one, tabled in told if not tabled and (code := _index_of(one))]
    table = [(one, code) for one, tabled in told if tabled and (code := _index_of(one))]
    pairs = [
        (one, other) for one, code in text for other, same in table if code == same and one.unit == other.unit
    ]
    for one, other in pairs:
        if (one.value, one.comparator) != (other.value, other.comparator):
            yield failed(one.anchor.span)
        else:
            yield passed(one.anchor.span)


def _valued(sight: Sight) -> Iterator[Target]:
    return (one for one in sight.record.targets if one.value is not None)


def _index_of(target: Target) -> str | None:
    """The index that a target is about, where its code stands in the metric."""
    words = fold(target.metric or "")
    return next((code for code in ("sipas", "papi", "par index", "parindex", "dti") if code in words), None)


_TWICE = re.compile(r"(?<![\d,.])(?P<figure>\d{1,3}[.,]\d{1,2})\s*(?P<unit>diem\b|%)")


def one_measure(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """One figure of an index is not points here and per cent there."""
    seen: dict[str, dict[str, Span]] = {}
    for row in sight.body():
        for match in _TWICE.finditer(row.folded):
            seen.setdefault(match["figure"].replace(".", ","), {}).setdefault(match["unit"], row.at(match))
    twice = [units for units in seen.values() if len(units) > 1]
    for units in twice:
        yield failed(units["diem"])
    if seen and not twice:
        yield passed()


def rank_within(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """In a rank x/y, x is not above y. params: `words`, with groups rank and of."""
    found = [(row.at(match), match) for row in sight.body() for match in rule.pattern().finditer(row.folded)]
    wrong = [span for span, match in found if not 1 <= int(match["rank"]) <= int(match["of"])]
    for span in wrong:
        yield failed(span)
    if found and not wrong:
        yield passed(found[0][0])


def index_served(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """Each index of the title has a target, a task or an appendix of its own."""
    titled = fold(sight.record.header.title or "")
    for index in sight.record.header.indices:
        words = compiled_words(rule.params["index_words"].get(index, re.escape(fold(index))))
        if not words.search(titled):
            continue
        roles = (LineRole.TASK, LineRole.TARGET, LineRole.OBJECTIVE, LineRole.HEADING, LineRole.TABLE_ROW)
        span = first(sight.of(*roles), words)
        yield passed(sight.clause(span)) if span else absent(chi_so=index)


def papi_level(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """PAPI is measured for provinces; a target for a commune's PAPI is to name its source. params:
    `words`.
    """
    if sight.record.header.issuer.level not in ("xa", "huyen"):
        return
    for target in sight.record.targets:
        if rule.pattern().search(fold(target.text)):
            yield failed(target.anchor.span)


def papi_contents(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """Each of the eight contents of PAPI has a task. A plan that names few of them is not built by
    contents, and does not tell. params: `contents`, `max_missing`.
    """
    served = {".".join(one.code.split(".")[:2]) for task in sight.record.tasks for one in task.criteria}
    contents = {f"PAPI.{number}": number for number in range(1, rule.params["contents"] + 1)}
    missing = [str(number) for code, number in contents.items() if code not in served]
    if not missing:
        yield passed()
    elif len(missing) > rule.params["max_missing"]:
        yield unknown("papi_unnamed")
    else:
        yield lacking(sight, rule) or absent(chi_so=", ".join(missing))


def index_names(sight: Sight, rule: CheckRule) -> Iterator[Judged]:
    """An index is called by one name. params: `forms`: for each index its names, the official one first."""
    wrong = 0
    rows = tuple(row for row in sight.rows if row.role not in (LineRole.HEAD, LineRole.SIGNATURE))
    for forms in rule.params["forms"].values():
        found = [span for words in forms if (span := first(rows, compiled_words(words)))]
        if len(found) > 1:
            wrong += 1
            yield failed(found[-1])
    if not wrong:
        yield passed()


TESTS = {
    "measurable": measurable,
    "direction": direction,
    "text_and_table": text_and_table,
    "one_measure": one_measure,
    "rank_within": rank_within,
    "index_served": index_served,
    "papi_level": papi_level,
    "papi_contents": papi_contents,
    "index_names": index_names,
}
