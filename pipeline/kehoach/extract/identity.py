"""Which commune, district or province a name means on a day, and what it became on 1 July 2025.

Several answers stay several, and a partial answer is no answer: a name whose district or province does
not fit gives nothing. The tables under `models/places` hold the map on both sides of that day (NQ
202/2025/QH15 and the resolutions on each province; data of vietnamadminunits 1.0.4).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from kehoach.document.facts import Issuer
from kehoach.document.identity import Place, Succession
from kehoach.rules import data, rows
from kehoach.text import fold, nfc, one_line, same_tone_place

REFORM = date(2025, 7, 1)  # districts end, communes and provinces are drawn anew
BEFORE, SINCE = "before", "since"
KEYS = 1 << 15  # keys kept: all names of the tables, twice
_PART = "~"  # behind a successor's code: only a part went there
_FINAL_C = re.compile(r"c\b")  # Đắc and Đắk, Ngọc and Ngok
_FINAL_Y = re.compile(r"(?<=[^aeouw\s])y\b")  # Mỹ and Mĩ, Lý and Lí


def resolve(
    name: str,
    level: str,
    district: str | None = None,
    province: str | None = None,
    on: str | None = None,
) -> tuple[Place, ...]:
    """The places that `name` may mean; one where it is certain, none where nothing fits.

    name: bare or with its word ("thị trấn Sìn Hồ"); level: xa, huyen, tinh; on: a day, month or year (ISO);
    without it, or within 2025 without a month, both sides of 1 July 2025 are looked at.
    """
    word, bare = _split(name, level)
    wanted = _Wanted(level, word, bare, district, province)
    return tuple(place for era in _eras(on) for place in _best(wanted, tuple(_fitting(wanted, era))))


def issuer_places(issuer: Issuer, on: str | None) -> tuple[Place, ...]:
    """The places whose authority or office a document's issuer may be, by what is printed of it."""
    name = {"xa": issuer.commune, "huyen": issuer.district, "tinh": issuer.province}.get(issuer.level or "")
    if name is None or issuer.level is None:
        return ()
    word = _printed_word(issuer.name or "", name)
    district = issuer.district if issuer.level == "xa" else None
    province = issuer.province if issuer.level != "tinh" else None
    return resolve(f"{word} {name}".strip(), issuer.level, district, province, on)


def successors(place: Place) -> tuple[Succession, ...]:
    """What became of a place on 1 July 2025; a district gives the communes that its own went into."""
    found = {
        new.id: Succession(place, new, part)
        for code, part in _successor_codes(place)
        if (new := _place("tinh" if place.level == "tinh" else "xa", code, SINCE))
    }
    return tuple(found.values())


def predecessors(place: Place) -> tuple[Succession, ...]:
    """The places that went into this one, whole or in part; districts only where they had no communes."""
    old = (_place(*one) for one in _predecessors().get(place.id, ()))
    return tuple(link for one in old if one for link in successors(one) if link.new == place)


def is_province(name: str) -> bool:
    """Whether a bare name is that of a province or central city, of before or after the reform."""
    return any(key(name) in _codes("tinh", era) for era in (BEFORE, SINCE))


def lineage(places: Iterable[Place]) -> tuple[Succession, ...]:
    """What went into these places and what they went into, by the places' ids."""
    found = {link for place in places for link in (*successors(place), *predecessors(place))}
    return tuple(sorted(found, key=lambda link: (link.old.id, link.new.id)))


class _Wanted(NamedTuple):
    level: str
    word: str
    name: str
    district: str | None
    province: str | None


def _split(name: str, level: str) -> tuple[str, str]:
    """The word of the level, where one stands before the name, and the bare name."""
    text = one_line(nfc(name))
    found = _words(level).match(text)
    return (found[1].casefold(), text[found.end() :]) if found else ("", text)


@lru_cache
def _words(level: str) -> re.Pattern[str]:
    words = sorted(data("places/names.yaml")["words"][level], key=len, reverse=True)
    return re.compile(f"({'|'.join(words)})\\.? ", re.IGNORECASE)


def _printed_word(issuer: str, name: str) -> str:
    """The word before the name in "UBND thị trấn Sìn Hồ"; empty where the name does not say."""
    before = issuer.casefold().removesuffix(name.casefold()).strip()
    words = (word for level in ("xa", "huyen", "tinh") for word in data("places/names.yaml")["words"][level])
    return max((word for word in words if before.endswith(f" {word}")), key=len, default="")


def _eras(on: str | None) -> tuple[str, ...]:
    """The sides of the reform that a day, month or year may lie on."""
    if not on:
        return BEFORE, SINCE
    reform = REFORM.isoformat()
    if on[: len(reform)] >= reform[: len(on)] and on != reform[: len(on)]:
        return (SINCE,)
    if on == reform[: len(on)]:
        return (BEFORE, SINCE) if len(on) == len("2025") else (SINCE,)
    return (BEFORE,)


def _fitting(wanted: _Wanted, era: str) -> Iterator[Place]:
    codes = _codes(wanted.level, era).get(key(wanted.name), ())
    for place in filter(None, (_place(wanted.level, code, era) for code in codes)):
        if wanted.province and not _is_province(place, wanted.province):
            continue
        if wanted.district and not _in_district(place, wanted.district):
            continue
        yield place


def _is_province(place: Place, province: str) -> bool:
    return key(place.province or "") in _province_keys(_split(province, "tinh")[1])


def _in_district(place: Place, district: str) -> bool:
    """Whether a place lies in a district; a new commune, whether one of its old ones did."""
    wanted = key(_split(district, "huyen")[1])
    if place.district is not None:
        return key(place.district) == wanted
    return any(key(link.old.district or "") == wanted for link in predecessors(place))


def _best(wanted: _Wanted, found: tuple[Place, ...]) -> tuple[Place, ...]:
    """Those of the very spelling before those that are equal without marks; then those of the right word.
    An xã of old may be a phường by now, so a word that nobody bears decides nothing."""
    same = tuple(place for place in found if _spelling(place.name) == _spelling(wanted.name)) or found
    return tuple(place for place in same if place.word == wanted.word) or same


@lru_cache(maxsize=KEYS)
def key(name: str) -> str:
    """What names are compared by: no marks, no spaces, Đắk as Đăk and Đác, Lý as Lí, 01 as 1."""
    parts = re.sub(r"[^\w\s]+", " " if "-" in name else "", fold(nfc(name)))
    parts = re.sub(r"\b0+(?=\d)", "", parts)
    return _FINAL_Y.sub("i", _FINAL_C.sub("k", parts)).replace(" ", "")


def _spelling(name: str) -> str:
    return re.sub(r"[\s'’-]+", " ", same_tone_place(nfc(name)).casefold())


class _Row(NamedTuple):
    """A unit as the tables have it: name with its word, other spellings, district's name, province's code."""

    name: str
    spellings: str
    district: str
    province: str


@lru_cache
def _table(level: str, era: str) -> dict[str, _Row]:
    """The units of a level by code."""
    if level == "tinh":
        listed = rows("places/provinces.tsv")
        return {code: _Row(name, "", "", code) for side, code, name, _ in listed if side == era}
    if level == "xa" and era == SINCE:
        return {code: _Row(name, "", "", top) for code, name, top in rows("places/communes_since.tsv.gz")}
    old = rows("places/communes_before.tsv.gz") if era == BEFORE else ()
    if level == "huyen":
        return {code: _Row(name, "", "", top) for _, _, _, code, name, top, _ in old}
    # islands that were districts without communes have no code of a commune
    return {one[0]: _Row(one[1], one[2], one[4], one[5]) for one in old if one[0]}


@lru_cache
def _codes(level: str, era: str) -> dict[str, tuple[str, ...]]:
    """Codes of the units by the key of every name that they bear."""
    found: dict[str, list[str]] = defaultdict(list)
    for code, row in _table(level, era).items():
        name = _split(row.name, level)[1]
        others = _province_keys(name) if level == "tinh" else map(key, row.spellings.split())
        for one in {key(name), *others}:
            found[one].append(code)
    return {name: tuple(codes) for name, codes in found.items()}


@lru_cache
def _place(level: str, code: str, era: str) -> Place | None:
    row = _table(level, era).get(code)
    if row is None:
        return None
    word, name = _split(row.name, level)
    district = _split(row.district, "huyen")[1] if row.district else None
    province = _split(_table("tinh", era)[row.province].name, "tinh")[1] if level != "tinh" else None
    start, end = (None, REFORM - timedelta(days=1)) if era == BEFORE else (REFORM, None)
    return Place(f"{level}.{code}.{era}", level, word, name, code, district, province, start, end)


@lru_cache
def _province_keys(name: str) -> frozenset[str]:
    """The keys of a province under all its names."""
    groups = ([one, *others] for one, others in data("places/names.yaml")["provinces"].items())
    same = [group for group in groups if key(name) in map(key, group)]
    return frozenset(key(one) for group in [*same, [name]] for one in group)


def _successor_codes(place: Place) -> list[tuple[str, bool]]:
    """Codes of what a place of old went into, and whether only a part of it did."""
    if place.valid_to is None:
        return []
    if place.level == "tinh":
        return [
            (after, False)
            for side, code, _, after in rows("places/provinces.tsv")
            if side == BEFORE and code == place.code
        ]
    column = 0 if place.level == "xa" else 3
    told = [row[6] for row in rows("places/communes_before.tsv.gz") if row[column] == place.code]
    codes = [one for line in told for one in line.split()]
    is_divided = len({one.strip(_PART) for one in codes}) > 1
    return [(one.strip(_PART), is_divided) for one in codes]


@lru_cache
def _predecessors() -> dict[str, tuple[tuple[str, str, str], ...]]:
    """Level, code and side of what went into a place, by its id."""
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for side, code, _, after in rows("places/provinces.tsv"):
        if side == BEFORE:
            found[f"tinh.{after}.{SINCE}"].append(("tinh", code, BEFORE))
    for code, _, _, district, _, _, told in rows("places/communes_before.tsv.gz"):
        for one in told.split():
            old = ("xa", code, BEFORE) if code else ("huyen", district, BEFORE)
            found[f"xa.{one.strip(_PART)}.{SINCE}"].append(old)
    return {new: tuple(old) for new, old in found.items()}
