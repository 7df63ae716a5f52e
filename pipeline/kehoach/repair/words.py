"""Words of a recognised page mended by their context; what was recognised stays in `Word.raw`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from kehoach.document.page import Grid, GridCell, Line, Provenance, Word
from kehoach.repair import shapes
from kehoach.repair.counts import Numbers
from kehoach.repair.judge import Repair, repairs
from kehoach.repair.tokens import Token, runs, tokens

Flow = tuple[Line | Grid, ...]


def repaired(flow: Flow) -> Flow:
    """`flow` with its recognised words mended where the evidence is strong; words without confidence stay."""
    lines = [_shaped(line) for line in _lines(flow)]
    found: list[Token] = []
    for first, last in _texts(flow):
        for run in runs(lines[first:last]):
            found += tokens([lines[first + at] for at in run], first + run[0])
    mended = _written(lines, found, repairs(found, _sureness(lines, found)))
    return _rebuilt(flow, iter(mended))


def _sureness(lines: Sequence[Line], found: Sequence[Token]) -> Numbers:
    return np.array([lines[token.line].words[token.word].confidence or 0.0 for token in found])


def _shaped(line: Line) -> Line:
    """`line` with those words mended that need no context."""
    new = {
        place: (text, None)
        for place, word in enumerate(line.words)
        if _is_recognised(word) and (text := shapes.mended(word.text)) != word.text
    }
    return _with_words(line, new) if new else line


def _is_recognised(word: Word) -> bool:
    return word.provenance is Provenance.PRINT and word.confidence is not None


def _written(lines: list[Line], found: Sequence[Token], made: Sequence[Repair]) -> list[Line]:
    """`lines` with the repairs in their words."""
    by_line: dict[int, dict[int, list[Repair]]] = defaultdict(lambda: defaultdict(list))
    for repair in made:
        token = found[repair.token]
        by_line[token.line][token.word].append(repair)
    for number, by_word in by_line.items():
        line = lines[number]
        new = {}
        for place, here in by_word.items():
            text = line.words[place].text
            for repair in reversed(here):
                token = found[repair.token]
                text = text[: token.start] + _cased(repair.text, token.text) + text[token.end :]
            new[place] = (text, min(repair.score for repair in here))
        lines[number] = _with_words(line, new)
    return lines


def _cased(text: str, like: str) -> str:
    if like.isupper():
        return text.upper()
    return text[:1].upper() + text[1:] if like[:1].isupper() else text


def _with_words(line: Line, new: Mapping[int, tuple[str, float | None]]) -> Line:
    """`line` with other texts for some of its words; the line's own text and its bold run follow."""
    words, text, bold, at = list(line.words), line.text, line.bold_length, 0
    for place, word in enumerate(line.words):
        at = text.find(word.text, at)
        if at < 0:
            return line  # the line does not spell its words: nothing to go by
        changed, score = new.get(place, (word.text, None))
        if place in new:
            raw = word.text if word.raw is None else word.raw
            words[place] = replace(word, text=changed, raw=raw, repair_score=score)
            text = text[:at] + changed + text[at + len(word.text) :]
            bold += len(changed) - len(word.text) if at < bold else 0
        at += len(changed)
    return replace(line, text=text, words=tuple(words), bold_length=bold)


def _lines(flow: Flow) -> Iterator[Line]:
    for part in flow:
        if isinstance(part, Line):
            yield part
        else:
            yield from (line for cell in part.cells for line in cell.lines)


def _texts(flow: Flow) -> Iterator[tuple[int, int]]:
    """Ranges of lines that may be one text: between tables, and each cell by itself."""
    start = at = 0
    for part in flow:
        if isinstance(part, Line):
            at += 1
            continue
        yield start, at
        for cell in part.cells:
            yield at, at + len(cell.lines)
            at += len(cell.lines)
        start = at
    yield start, at


def _rebuilt(flow: Flow, lines: Iterator[Line]) -> Flow:
    """`flow` with `lines` in the places of its own."""
    return tuple(next(lines) if isinstance(part, Line) else _grid(part, lines) for part in flow)


def _grid(grid: Grid, lines: Iterator[Line]) -> Grid:
    return replace(grid, cells=tuple(_cell(cell, lines) for cell in grid.cells))


def _cell(cell: GridCell, lines: Iterator[Line]) -> GridCell:
    return replace(cell, lines=tuple(next(lines) for _line in cell.lines))
