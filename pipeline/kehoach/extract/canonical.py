"""Canonical units: one id for "VP-TK", "Văn phòng – thống kê" and "Công chức VP-TK xã", by level and date.

Ambiguity is kept: where several units bear a name and neither level nor date tells them apart, all are
candidates and none is taken. A collective ("các cơ quan, đơn vị") is a unit of kind `collective`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kehoach.document.facts import Header, Issuer, Mention, Task
from kehoach.extract import identity, spelling
from kehoach.rules import Rule, data, load_phrases, models_dir
from kehoach.text import nearest, nfc, one_line, same_tone_place

LEVELS = ("xa", "huyen", "tinh", "trung_uong")  # of government; a party or front unit stands beside one
LEVEL_WORDS = {"xa": "xã", "huyen": "huyện", "tinh": "tỉnh"}
COLLECTIVE = "collective"
NO_END = "9999"  # behind every day
DISTRICTS_END = "2025-06-30"  # Luật 72/2025/QH15
SHORT_KEY = 6  # letters; shorter names must agree in their marks too: bản is not ban
EDIT_LETTERS = 12  # letters of a name for which one may be misread; none in a name with fewer than MIN_FUZZY
MIN_FUZZY = 8
MIN_FUZZY_WORD = 3  # letters of a word in which one may be misread


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of `models/units`. `at`: the level of government it stands at, None: any. Days inclusive."""

    id: str
    name: str
    level: str | None
    kind: str
    at: str | None = None
    names: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    valid_from: str = ""
    valid_to: str = NO_END

    def stands_on(self, on: str) -> bool:
        """Whether it was there on a day, or at any time in a month or year."""
        return self.valid_from[: len(on)] <= on <= self.valid_to[: len(on)] or not on


@dataclass(frozen=True, slots=True)
class Named:
    """What a name means: a unit, or several candidates; and the place that stands behind the name."""

    unit: str | None = None
    candidates: tuple[str, ...] = ()
    place: str | None = None


def canonical(name: str, *, level: str | None, on: str | None = None) -> str | None:
    """The id of the unit that `name` means in a document of `level` (xa, huyen, tinh) issued `on`; None if
    unknown or ambiguous."""
    return named(name, level=level, on=on).unit


def resolved(tasks: Sequence[Task], head: Header) -> tuple[Task, ...]:
    """The tasks with the canonical units of their owners."""
    on = head.issued_on or (str(head.year) if head.year else None)

    def read(mention: Mention) -> Mention:
        by_ocr = mention.anchor.confidence is not None
        found = named(mention.text, level=head.issuer.level, on=on, issuer=head.issuer, by_ocr=by_ocr)
        return replace(mention, unit=found.unit, candidates=found.candidates, place=found.place)

    return tuple(
        replace(task, lead=tuple(map(read, task.lead)), support=tuple(map(read, task.support)))
        for task in tasks
    )


@lru_cache(maxsize=1 << 14)
def named(
    name: str,
    *,
    level: str | None,
    on: str | None = None,
    issuer: Issuer | None = None,
    by_ocr: bool = False,
) -> Named:
    """What `name` means; level, day (or month, or year) and issuer are the document's.

    by_ocr: letters may be misread, so the nearest name will do where it is one edit a word away.
    """
    if found := collective(name):
        return Named(found)
    readings = spelling.forms(name, _issuer_places(issuer))
    setting = _Setting(level, on or "", bool(issuer and "thành phố" in (issuer.name or "").casefold()))
    for reading in readings:
        known = _index().get(reading.key, ())
        if fitting := _fitting(_well_spelt(known, name, reading), reading, setting):
            return _answer(fitting, reading)
    for reading in readings if by_ocr else ():
        known = tuple(one for key in _misread(reading.words) for one in _index()[key])
        if fitting := _fitting(known, reading, setting):
            return _answer(fitting, reading)
    return Named()


def collective(name: str) -> str | None:
    """The id of the collective that a name is; None where it names a single unit or nothing known."""
    text = spelling.words(name)
    if listed := _collective_names().get(text):
        return listed
    rule = next((one for one in collective_rules() if one.pattern.search(text)), None)
    return rule.value if rule else None


@lru_cache
def collective_rules() -> tuple[Rule, ...]:
    """How collectives are named, in order of precedence."""
    return load_phrases(models_dir() / "units" / "collectives.yaml")


@lru_cache
def units() -> dict[str, Unit]:
    """All canonical units by id."""
    return {unit.id: unit for unit in (*_single_units(), *_collectives())}


@dataclass(frozen=True, slots=True)
class _Setting:
    level: str | None
    on: str
    is_city: bool


def _answer(fitting: Sequence[Unit], reading: spelling.Form) -> Named:
    ids = tuple(dict.fromkeys(unit.id for unit in fitting))
    return Named(ids[0] if len(ids) == 1 else None, ids if len(ids) > 1 else (), reading.place)


def _fitting(known: Sequence[Unit], reading: spelling.Form, setting: _Setting) -> Sequence[Unit]:
    """The units of a name that fit level and date; where none stood on that day, those of another day."""
    standing = [unit for unit in known if unit.stands_on(setting.on)]
    return _of_level(standing, reading, setting) or _of_level(known, reading, setting)


def _of_level(known: Sequence[Unit], reading: spelling.Form, setting: _Setting) -> Sequence[Unit]:
    """By the word behind the name, else by the issuer's level, else whatever there is."""
    if reading.levels:
        wanted = _narrowed(reading.levels, setting)
        return [one for one in known if one.at in wanted] or [one for one in known if one.at is None]
    own = [one for one in known if one.at == setting.level] if setting.level in LEVELS else []
    return own or [one for one in known if one.at is None] or known


def _narrowed(levels: frozenset[str], setting: _Setting) -> frozenset[str]:
    """ "Thành phố" is a province's level in a central city's document and after districts ended."""
    if len(levels) == 1:
        return levels
    if setting.level == "huyen":
        return frozenset({"huyen"})
    is_top = setting.is_city if setting.level == "tinh" else setting.on[: len("2025-07-01")] > DISTRICTS_END
    if setting.level == "tinh" and setting.on > DISTRICTS_END:
        is_top = True
    return frozenset({"tinh"}) if is_top else (levels - {"tinh"} if setting.level == "tinh" else levels)


def _well_spelt(known: Sequence[Unit], name: str, reading: spelling.Form) -> Sequence[Unit]:
    if len(reading.key) >= SHORT_KEY:
        return known
    text = one_line(same_tone_place(nfc(name))).casefold()
    return [unit for unit in known if any(same_tone_place(one).casefold() in text for one in unit.names)]


def _issuer_places(issuer: Issuer | None) -> frozenset[str]:
    names = (issuer.commune, issuer.district, issuer.province) if issuer else ()
    return frozenset(identity.key(name) for name in names if name)


@lru_cache(maxsize=1 << 12)
def _misread(words: str) -> tuple[str, ...]:
    """Keys of the known names that OCR may have read as `words`: of those at the fewest edits, the ones whose
    words differ behind their first letter, and only where a word is long enough to be known by the rest."""
    key = words.replace(" ", "")
    if len(key) < MIN_FUZZY:
        return ()
    near = nearest(key, tuple(_index_words()), most=max(1, len(key) // EDIT_LETTERS))
    return tuple(one for one in near if _may_be(words.split(), _index_words()[one].split()))


def _may_be(read: Sequence[str], known: Sequence[str]) -> bool:
    pairs = [(a, b) for a, b in zip(read, known, strict=False) if a != b]
    return len(read) == len(known) and all(
        a[0] == b[0] and min(len(a), len(b)) >= MIN_FUZZY_WORD and a.isalpha() and b.isalpha()
        for a, b in pairs
    )


@lru_cache
def _index_words() -> dict[str, str]:
    """The words of every known name by its key."""
    return {
        form.key: form.words
        for unit in _single_units()
        for form in map(spelling.whole, unit.names)
        if form.key in _index()
    }


@lru_cache
def _index() -> dict[str, tuple[Unit, ...]]:
    """Units by the key of every name that they bear, without level and place."""
    table: dict[str, dict[str, Unit]] = defaultdict(dict)
    for unit in _single_units():
        for name in unit.names:
            if not collective(name):
                table[spelling.whole(name).key][unit.id] = unit
    return {key: tuple(found.values()) for key, found in table.items()}


@lru_cache
def _collective_names() -> dict[str, str]:
    return {spelling.words(name): unit.id for unit in _collectives() for name in unit.names}


@lru_cache
def _collectives() -> tuple[Unit, ...]:
    return tuple(_unit({"kind": COLLECTIVE, **raw}) for raw in data("units/collectives.yaml")["units"])


@lru_cache
def _single_units() -> tuple[Unit, ...]:
    offices = data("units/offices.yaml")
    raw = [*data("units/units.yaml")["units"], *offices["offices"]]
    levelled = [*(one for one in raw if "levels" in one), *offices["levelled"]]
    return (*map(_unit, raw), *(unit for one in levelled for unit in _at_levels(one)))


def _at_levels(raw: dict[str, object]) -> Iterator[Unit]:
    """The same office at several levels: a unit each."""
    levels, per = raw["levels"], raw.get("per", {})
    assert isinstance(levels, list) and isinstance(per, dict)
    for level in levels:
        unit = _unit({**raw, "at": level})
        until = min(unit.valid_to, DISTRICTS_END) if level == "huyen" else unit.valid_to
        names = (*unit.names, *per.get(level, ()))
        word = f"{unit.name} {LEVEL_WORDS[level]}"
        yield replace(unit, id=f"{unit.id}.{level}", name=word, level=level, names=names, valid_to=until)


def _unit(raw: dict[str, object]) -> Unit:
    """A unit of the data. Raises KeyError where id, name or kind is missing."""
    level = raw.get("level")
    lists = [raw.get(key, ()) for key in ("aliases", "spellings", "covers")]
    aliases, spellings, covers = (tuple(map(str, one)) if isinstance(one, list) else () for one in lists)
    at = raw.get("at", level if level in LEVELS else None)
    return Unit(
        id=str(raw["id"]),
        name=str(raw["name"]),
        level=str(level) if level else None,
        kind=str(raw["kind"]),
        at=str(at) if at else None,
        names=(str(raw["name"]), *aliases, *spellings),
        covers=covers,
        valid_from=str(raw.get("valid_from", "")),
        valid_to=str(raw.get("valid_to", NO_END)),
    )
