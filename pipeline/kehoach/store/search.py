"""Full-text search over tasks and pages that sees through marks: dak plo, đắk plô and Đắk Plô are one.

The index holds folded text; what is shown is the original, with the found words marked. All words of a query
must be found; of very many hits the newest are ranked, so that common words are as fast as rare ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from kehoach.sqlite import Database
from kehoach.store.narrow import FEW, Condition, Filters, plans, task_condition
from kehoach.text import fold, one_line

Marks = tuple[str, str]
MARKS: Marks = ("[", "]")  # around a found word in a snippet, where the caller names no others
SNIPPET_WORDS = 24  # about two lines on a terminal
LEAD_WORDS = 6  # shown before the first found word
MAX_TERMS = 32  # more words than a person types; SQLite's parser has a limit of its own
RANKED = 200  # hits that are ranked at least
MANY = 4000  # plans of which the stretch of keys is not worth looking for
HEADING = 0.5  # weight of a word in the headings above a task; in the task itself 1
SATURATION, LENGTH = 1.2, 0.75  # BM25's k1 and b (Robertson and Zaragoza 2009)
MEAN_WORDS = {"task": 30, "page": 400}  # against which a text is long or short

_PHRASE_OR_WORD = re.compile(r'"([^"]*)"(\*?)|([^\s"]+)')
_TOKEN = re.compile(r"[^\W_]+")
_MIN_PREFIX = 2  # letters; a shorter one would find nearly everything
_OF = "JOIN documents d ON d.id = t.document_id JOIN files f ON f.id = d.file_id"
_TASKS = f"""
    SELECT t.id, t.document_id, f.name, t.page, t.text, t.text_folded, t.path_folded FROM tasks t {_OF}
"""
_PAGES = f"""
    SELECT t.id, t.document_id, f.name, t.number, t.text, t.text_folded, '' FROM pages t {_OF}
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A task or a page that holds all the words. `rank`: the lower, the better; tasks come before pages.
    `id`: of the task or page."""

    kind: str  # task or page
    document_id: int
    file_name: str
    page: int | None
    snippet: str
    rank: float
    id: int = 0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand side by side; of a prefix the last one may go on."""

    words: tuple[str, ...]
    is_prefix: bool = False

    @property
    def match(self) -> str:
        """As the search engine takes it; words only, so that its operators are out of reach."""
        return f'"{" ".join(self.words)}"' + ("*" if self.is_prefix else "")

    @property
    def pattern(self) -> str:
        """As an expression on folded text."""
        return r"[\W_]+".join(self.words) + (r"[^\W_]*" if self.is_prefix else "")


def search(
    db: Database, query: str, limit: int = 20, *, marks: Marks = MARKS, filters: Filters | None = None
) -> tuple[Hit, ...]:
    """Tasks, then pages, that hold every word of `query`: words in double quotes stand side by side, a word
    with * behind it may go on.

    Any input is safe: operators and signs of the search engine are plain text here.
    """
    phrases = tuple(islice(_phrases(query), MAX_TERMS))
    if not phrases or limit <= 0:
        return ()
    asked = filters or Filters()
    found = _hits(db, "task", phrases, asked, limit, marks)
    if len(found) < limit and not asked.are_on_tasks:
        found += _hits(db, "page", phrases, asked, limit - len(found), marks)
    return tuple(found)


def snippet(text: str, phrases: Sequence[Phrase], marks: Marks = MARKS) -> str:
    """The stretch of `text` with most of the words, in its own spelling, found words marked."""
    shown = one_line(text).split(" ")
    wanted = _words(tuple(phrases))
    found = [any(wanted.fullmatch(token) for token in _TOKEN.findall(fold(word))) for word in shown]
    first = _densest(found)
    last = min(first + SNIPPET_WORDS, len(shown))
    marked = (_marked(shown[i], wanted, marks) if found[i] else shown[i] for i in range(first, last))
    return ("… " if first else "") + " ".join(marked) + (" …" if last < len(shown) else "")


def _hits(
    db: Database, kind: str, phrases: Sequence[Phrase], filters: Filters, limit: int, marks: Marks
) -> list[Hit]:
    """The best of the candidates, ranked."""
    most = max(RANKED, limit)
    ids = _candidates(db, kind, " ".join(phrase.match for phrase in phrases), filters, most)
    query = (_TASKS if kind == "task" else _PAGES) + f"WHERE t.id IN ({', '.join(map(str, ids))})"
    patterns = [re.compile(rf"(?<![^\W_]){phrase.pattern}(?![^\W_])") for phrase in phrases]
    rows = [(-_score(kind, row[5], row[6] or "", patterns), row) for row in db.execute(query)]
    rows.sort(key=lambda ranked: (ranked[0], ranked[1][0]))
    return [
        Hit(kind, document, name, page, snippet(text, phrases, marks), rank, key)
        for rank, (key, document, name, page, text, _folded, _path) in rows[:limit]
    ]


def _candidates(db: Database, kind: str, match: str, filters: Filters, most: int) -> list[int]:
    """Keys of the newest rows that match and meet the filters."""
    chosen = plans(db, filters)
    table = f"{kind}s"
    where, values = task_condition(db, filters) if kind == "task" else ("", [])
    if chosen is not None and len(chosen) <= FEW:
        return _in_plans(db, table, match, chosen, (where, values), most)
    narrowed = _within(db, table, chosen) if chosen else ""
    join = f" CROSS JOIN {table} t ON t.id = x.rowid" if narrowed or where else ""
    rows = db.execute(
        f"SELECT x.rowid FROM {table}_fts x{join} WHERE {table}_fts MATCH ?"
        f"{narrowed}{where} ORDER BY x.rowid DESC LIMIT ?",
        (match, *values, most),
    )
    return [id for (id,) in rows]


def _within(db: Database, table: str, chosen: Sequence[int]) -> str:
    """The condition that a row is of one of these plans; the stretch of its keys spares looking at others."""
    listed = ", ".join(map(str, chosen))
    if len(chosen) > MANY:
        return f" AND t.document_id IN ({listed})"
    edge = f"(SELECT {{0}}(id) FROM {table} WHERE document_id = d.id)"
    edges = f"SELECT min({edge.format('min')}), max({edge.format('max')}) FROM documents d"
    first, last = db.execute(f"{edges} WHERE d.id IN ({listed})").fetchone()
    return f" AND x.rowid BETWEEN {first or 0} AND {last or 0} AND t.document_id IN ({listed})"


def _in_plans(
    db: Database, table: str, match: str, chosen: Sequence[int], condition: Condition, most: int
) -> list[int]:
    """As `_candidates`, plan by plan: the rows of a plan have neighbouring keys, for they landed together."""
    where, values = condition
    found: list[int] = []
    for document in chosen:
        edges = f"SELECT min(id), max(id) FROM {table} WHERE document_id = ?"
        first, last = db.execute(edges, (document,)).fetchone()
        if first is None:
            continue
        within = f"SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH ? AND rowid BETWEEN ? AND ?"
        ids = ", ".join(str(id) for (id,) in db.execute(within, (match, first, last)))
        own = f"SELECT t.id FROM {table} t WHERE t.id IN ({ids}) AND t.document_id = ?{where}"
        found += [id for (id,) in db.execute(own, (document, *values))] if ids else []
        if len(found) >= most:
            break
    return found[:most]


def _score(kind: str, text: str, path: str, patterns: Sequence[re.Pattern[str]]) -> float:
    """BM25 without the rarity of words: every hit has them all. What comes early counts a little more."""
    norm = SATURATION * (1 - LENGTH + LENGTH * (text.count(" ") + 1) / MEAN_WORDS[kind])
    total = 0.0
    for pattern in patterns:
        places = [match.start() for match in pattern.finditer(text)]
        count = len(places) + HEADING * bool(pattern.search(path))
        total += count * (SATURATION + 1) / (count + norm)
        if places:
            total += 0.1 / (1 + places[0] / 50)
    return total


def _phrases(query: str) -> Iterator[Phrase]:
    for quoted, star, word in _PHRASE_OR_WORD.findall(query):
        text = fold(quoted or word)
        if tokens := tuple(_TOKEN.findall(text)):
            goes_on = bool(star) or (not quoted and text.endswith("*"))
            yield Phrase(tokens, goes_on and len(tokens[-1]) >= _MIN_PREFIX)


@lru_cache(maxsize=64)
def _words(phrases: tuple[Phrase, ...]) -> re.Pattern[str]:
    """Any single word of the query, on folded text."""
    single = {re.escape(word) for phrase in phrases for word in phrase.words}
    prefixes = {rf"{re.escape(phrase.words[-1])}[^\W_]*" for phrase in phrases if phrase.is_prefix}
    return re.compile("|".join(sorted(single | prefixes, key=len, reverse=True)))


def _densest(found: Sequence[bool]) -> int:
    """Where the window with most found words begins, a few words before the first of them."""
    starts = [place for place, is_found in enumerate(found) if is_found]
    best = max(
        starts, key=lambda start: (sum(found[start : start + SNIPPET_WORDS - LEAD_WORDS]), -start), default=0
    )
    return max(best - LEAD_WORDS, 0)


def _marked(word: str, wanted: re.Pattern[str], marks: Marks) -> str:
    def mark(match: re.Match[str]) -> str:
        return f"{marks[0]}{match[0]}{marks[1]}" if wanted.fullmatch(fold(match[0])) else match[0]

    return _TOKEN.sub(mark, word)
