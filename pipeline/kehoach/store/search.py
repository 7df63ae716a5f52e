"""Full-text search over tasks and pages that sees through marks: dak plo, đắk plô and Đắk Plô are one.

The index holds folded text; what is shown is the original, with the found words marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from kehoach.text import fold, one_line

Marks = tuple[str, str]
MARKS: Marks = ("[", "]")  # around a found word in a snippet, where the caller names no others
SNIPPET_WORDS = 24  # about two lines on a terminal
LEAD_WORDS = 6  # shown before the first found word
MAX_TERMS = 32  # more words than a person types; SQLite's parser has a limit of its own

_PHRASE_OR_WORD = re.compile(r'"([^"]*)"|(\S+)')
_TOKEN = re.compile(r"[^\W_]+")

_TASKS = """
    SELECT 'task' AS kind, t.document_id, f.name, t.page, t.text, bm25(tasks_fts) AS rank, t.id
    FROM tasks_fts JOIN tasks t ON t.id = tasks_fts.rowid
    JOIN documents d ON d.id = t.document_id JOIN files f ON f.id = d.file_id
    WHERE tasks_fts MATCH :match
"""
_PAGES = """
    SELECT 'page' AS kind, p.document_id, f.name, p.number, p.text, bm25(pages_fts) AS rank, p.id
    FROM pages_fts JOIN pages p ON p.id = pages_fts.rowid
    JOIN documents d ON d.id = p.document_id JOIN files f ON f.id = d.file_id
    WHERE pages_fts MATCH :match
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A task or a page that holds all the words. `rank`: the lower, the better; tasks come before pages."""

    kind: str  # task or page
    document_id: int
    file_name: str
    page: int | None
    snippet: str
    rank: float


def search(db: Database, query: str, limit: int = 20, *, marks: Marks = MARKS) -> tuple[Hit, ...]:
    """Tasks, then pages, that hold every word of `query`; words in double quotes stand side by side.

    Any input is safe: operators and signs of the search engine are plain text here.
    """
    phrases = tuple(_phrases(query))[:MAX_TERMS]
    if not phrases or limit <= 0:
        return ()
    match = " ".join(f'"{" ".join(phrase)}"' for phrase in phrases)
    words = frozenset(word for phrase in phrases for word in phrase)
    rows = db.execute(
        f"SELECT * FROM ({_TASKS} UNION ALL {_PAGES}) ORDER BY kind DESC, rank, id LIMIT :limit",
        {"match": match, "limit": limit},
    )
    return tuple(
        Hit(kind, document_id, name, page, snippet(text, words, marks), rank)
        for kind, document_id, name, page, text, rank, _ in rows
    )


def snippet(text: str, words: frozenset[str], marks: Marks = MARKS) -> str:
    """The stretch of `text` with most of `words` (folded), in its own spelling, found words marked."""
    shown = one_line(text).split(" ")
    found = [not words.isdisjoint(_TOKEN.findall(fold(word))) for word in shown]
    first = _densest(found)
    last = min(first + SNIPPET_WORDS, len(shown))
    marked = (_marked(shown[i], words, marks) if found[i] else shown[i] for i in range(first, last))
    return ("… " if first else "") + " ".join(marked) + (" …" if last < len(shown) else "")


def _phrases(query: str) -> Iterator[tuple[str, ...]]:
    for quoted, word in _PHRASE_OR_WORD.findall(query):
        if tokens := tuple(_TOKEN.findall(fold(quoted or word))):
            yield tokens


def _densest(found: Sequence[bool]) -> int:
    """Where the window with most found words begins, a few words before the first of them."""
    starts = [place for place, is_found in enumerate(found) if is_found]
    best = max(
        starts, key=lambda start: (sum(found[start : start + SNIPPET_WORDS - LEAD_WORDS]), -start), default=0
    )
    return max(best - LEAD_WORDS, 0)


def _marked(word: str, words: frozenset[str], marks: Marks) -> str:
    opening, closing = marks
    return re.sub(
        _TOKEN, lambda match: f"{opening}{match[0]}{closing}" if fold(match[0]) in words else match[0], word
    )
