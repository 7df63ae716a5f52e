"""Writes models/lexicon/counts.npz: how often syllables, pairs and triples stand in administrative text.

    python pipeline/build_lexicon.py LEXICON models/lexicon/counts.npz

LEXICON holds syllable_counts.tsv, bigram_counts.tsv.gz and trigram_counts.tsv.gz. Not part of the package:
the counts change when somebody counts more text, not when the software runs.
"""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

NUMBER = "<n>"  # stands for any number in pairs and triples
BYTE_STEP = 12  # a count c is kept as round(12 · ln c) in a byte: true to within 4 %
WELL_FORMED = "vi"


def main(source: Path, out: Path) -> None:
    """Reads the three tables and packs them."""
    lines = (source / "syllable_counts.tsv").read_text("utf-8").splitlines()[1:]
    rows = sorted(line.split("\t") for line in lines)
    words = [NUMBER, *(row[0] for row in rows)]
    number = {word: index for index, word in enumerate(words)}
    pairs = sorted(_numbered(source / "bigram_counts.tsv.gz", number))
    place = {key: index for index, (key, _count) in enumerate(pairs)}
    triples = sorted(
        (place[key[:2]] * len(words) + key[2], count)
        for key, count in _numbered(source / "trigram_counts.tsv.gz", number)
        if key[:2] in place
    )
    numbers = sum(count for key, count in pairs if key[1] == 0)
    np.savez_compressed(
        out,
        words=np.frombuffer("\n".join(words).encode(), np.uint8),
        counts=np.array([numbers, *(int(row[1]) for row in rows)], np.uint32),
        is_syllable=np.array([False, *(row[2] == WELL_FORMED for row in rows)]),
        pair_steps=_steps([one * len(words) + other for (one, other), _count in pairs]),
        pair_counts=_bytes([count for _key, count in pairs]),
        triple_steps=_steps([key for key, _count in triples]),
        triple_counts=_bytes([count for _key, count in triples]),
    )


def _numbered(path: Path, number: dict[str, int]) -> Iterator[tuple[tuple[int, ...], int]]:
    """Rows of a table with words as numbers; a row with a word that no list holds is left out."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            phrase, count = line.rstrip("\n").split("\t")
            key = tuple(number.get(word, -1) for word in phrase.split(" "))
            if -1 not in key:
                yield key, int(count)


def _steps(keys: list[int]) -> np.ndarray:
    """Ascending keys as differences, which pack better."""
    return np.diff(np.array(keys, np.uint32), prepend=np.uint32(0)).astype(np.uint32)


def _bytes(counts: list[int]) -> np.ndarray:
    return np.round(BYTE_STEP * np.log(np.array(counts, float))).astype(np.uint8)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
