"""Whole HTML pages, as Word and browsers save them, as lines of text with tabs between a table's cells."""

from __future__ import annotations

import re

from kehoach.text import one_line

_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S)
_UNSEEN = re.compile(r"<!--.*?-->|<(head|style|script|title)\b.*?</\1\s*>|<!doctype[^>]*>", re.I | re.S)
_CELL = re.compile(r"<(t[dh])\b[^>]*>(.*?)</\1\s*>", re.I | re.S)
_BLOCK_END = re.compile(r"<br\s*/?>|</(?:p|div|li|h[1-6]|tr|table|ul|ol)\s*>", re.I)
_ITEM = re.compile(r"<li\b[^>]*>", re.I)
_LINE = "\x1e"  # stands for a line's end, since the source's own line ends are blanks
_PART = "\x1f"  # a paragraph's end inside a cell


def lines_of_page(text: str) -> str:
    """The text of an HTML page, a paragraph a line; `text` as it is where it is no HTML page.

    Marks of letters (`<b>`, `<sup>`) stay for the reader of text; an item of a list gets a dash.
    """
    if not _PAGE.match(text):
        return text
    seen = _CELL.sub(_cell, _UNSEEN.sub(" ", text))
    seen = _BLOCK_END.sub(_LINE, _ITEM.sub(f"{_LINE}- ", seen))
    lines = ("\t".join(map(one_line, line.split("\t"))) for line in _without_breaks(seen).split(_LINE))
    return "\n".join(line for line in lines if line.strip()).replace(_PART, "<br>")


def _cell(cell: re.Match[str]) -> str:
    """A cell on one line with a tab behind it; its paragraphs are told apart by `<br>`."""
    inner = _BLOCK_END.sub(_PART, _ITEM.sub(f"{_PART}- ", cell[2])).replace("\t", " ")
    return re.sub(f"^[{_PART}\\s]+|[{_PART}\\s]+$", "", inner) + "\t"


def _without_breaks(text: str) -> str:
    """The source's line ends as blanks; the last tab of a row goes."""
    return re.sub(f"\t\\s*({_LINE}|$)", r"\1", re.sub(r"[\r\n]+", " ", text))
