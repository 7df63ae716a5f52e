"""Writes models/places from the data of vietnamadminunits 1.0.4 (MIT): who became what on 1 July 2025.

    pip download --no-deps vietnamadminunits==1.0.4 && unzip vietnamadminunits-1.0.4-*.whl -d wheel
    python pipeline/build_places.py wheel/vietnamadminunits/data models/places

Not part of the package: the data changes when the State reforms its map, not when the software runs.
"""

from __future__ import annotations

import gzip
import json
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

PART = "~"  # behind a successor's code: only a part of the old commune went there
# Letters that one name is written with, now the one, now the other: Đăk Blô, Đắk Plô; Ma Li Pho, Ma Ly Pho.
ALIKE = {frozenset(pair) for pair in ("bp", "sx", "ck", "iy", "dr")}
KINDS = ("xa", "phuong", "thitran")

Row = dict[str, str | None]


def main(source: Path, out: Path) -> None:
    """Reads the package's data folder and writes three tables."""
    db = sqlite3.connect(source / "dataset.db")
    db.row_factory = sqlite3.Row
    old = [dict(row) for row in db.execute("SELECT * FROM admin_units_legacy")]
    new = [dict(row) for row in db.execute("SELECT * FROM admin_units")]
    converter = json.loads((source / "converter_2025.json").read_text("utf-8"))
    out.mkdir(parents=True, exist_ok=True)
    _write(out / "provinces.tsv", _provinces(old, new, converter))
    _write(out / "communes_before.tsv.gz", _communes_before(old, _successors(new, converter)))
    _write(
        out / "communes_since.tsv.gz",
        sorted((str(one["wardCode"]), str(one["ward"]), str(one["provinceCode"])) for one in new),
    )


def _provinces(
    old: list[Row], new: list[Row], converter: dict[str, dict[str, list[str]]]
) -> Iterator[tuple[str, ...]]:
    """Era, code, name and, of an old one, its successor's code."""
    since = {str(one["provinceKey"]): str(one["provinceCode"]) for one in new}
    after = {key: since[name] for name, keys in converter["DICT_PROVINCE"].items() for key in keys}
    yield from sorted(
        {("before", str(o["provinceCode"]), str(o["province"]), after[str(o["provinceKey"])]) for o in old}
    )
    yield from sorted({("since", str(one["provinceCode"]), str(one["province"]), "") for one in new})


def _successors(new: list[Row], converter: dict[str, dict[str, dict[str, list]]]) -> dict[str, list[str]]:
    """Codes of the communes that an old one went into, by its key, `~` behind those that took a part."""
    codes = {(one["provinceKey"], one["wardKey"]): str(one["wardCode"]) for one in new}
    found: dict[str, list[str]] = defaultdict(list)
    for province, communes in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, keys in communes.items():
            for key in keys:
                found[key].append(codes[province, ward])
    for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for key, parts in divided.items():
            found[key] += [codes[province, part["newWardKey"]] + PART for part in parts]
    return found


def _communes_before(old: list[Row], successors: dict[str, list[str]]) -> Iterator[tuple[str, ...]]:
    """Code, name, other spellings, district's code and name, province's code, successors. An island district
    without communes has no code and no name of a commune."""
    for row in sorted(old, key=lambda one: (str(one["districtCode"]), str(one["wardCode"] or ""))):
        key = f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}"
        yield (
            row["wardCode"] or "",
            row["ward"] or "",
            " ".join(sorted(_spellings(row))),
            str(row["districtCode"]),
            str(row["district"]),
            str(row["provinceCode"]),
            " ".join(sorted(successors[key])),
        )


def _spellings(row: Row) -> set[str]:
    """Those of the package's aliases that are the same name written otherwise, folded and without spaces.
    The others are communes that were merged into this one before: other identities."""
    own = str(row["wardShortKey"])
    aliases = json.loads(row["wardAlias"] or "[]")
    return {bare for alias in aliases for bare in _bare(alias) if bare != own and _sounds_alike(bare, own)}


def _bare(alias: str) -> Iterable[str]:
    return (alias, *(alias.removeprefix(kind) for kind in KINDS if alias.startswith(kind)))


def _sounds_alike(one: str, other: str) -> bool:
    pairs = zip(one, other, strict=False)
    return len(one) == len(other) and all(a == b or frozenset((a, b)) in ALIKE for a, b in pairs)


def _write(path: Path, rows: Iterable[tuple[str, ...]]) -> None:
    """Tab-separated; the same rows give the same bytes."""
    raw = "".join("\t".join(row) + "\n" for row in rows).encode()
    path.write_bytes(gzip.compress(raw, mtime=0) if path.suffix == ".gz" else raw)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
