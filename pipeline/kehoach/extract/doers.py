"""Who does the work in a sentence: the subjects of instructions, and the units that work with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kehoach.document.plan import Plan, Span
from kehoach.extract.names import is_closed, phrase, units_from, verb_at
from kehoach.text import CAPITAL_LETTERS

_SENTENCE = re.compile(r"\.\s+")


def subjects(plan: Plan, span: Span, *, clauses: bool = False) -> tuple[Span, ...]:
    """Units that an instruction names as its doers: the subject of its first sentence that has one.

    `clauses`: look behind semicolons too, as the sentences that open a list need it.
    """
    text = plan.text[span.start : span.end]
    return _subject_of_any(text, span.start, _CLAUSE if clauses else _SENTENCE)


def _subject_of_any(text: str, start: int, cuts: re.Pattern[str]) -> tuple[Span, ...]:
    at = 0
    for cut in [*cuts.finditer(text), None]:
        end = cut.start() if cut else len(text)
        found = _subject(text, at, end)
        if found and not (at and _is_nobody(text, found)):
            return tuple(Span(start + one.start, start + one.end) for one in found)
        at = cut.end() if cut else len(text)
    return ()


def _is_nobody(text: str, found: list[Span]) -> bool:
    """Everybody ("mỗi công chức") or whoever it concerns ("đơn vị ban hành muộn không được tính điểm")."""
    is_each = phrase("each_one").match(text, found[0].start)
    return bool(is_each) or bool(phrase("anybody").match(text[slice(*found[0])]))


_CLAUSE = re.compile(r"\.\s+|;\s*")


def _subject(text: str, start: int, end: int) -> list[Span]:
    sentence = text[:end]
    if told := _spoken_to(text, start):
        return told
    for at in _subject_places(sentence, start):
        if verb_at(sentence, at):  # an order without a subject, or one more clause before it
            if phrase("preposition").match(sentence, at):
                continue
            break
        found, stop = units_from(text, at)
        found, stop = _before_partners(text, found, stop)
        is_asked = at > start and bool(phrase("asked").match(sentence[start:at]))
        if found and (is_asked or _is_subject(text, found[-1].start, stop)):
            return found
    return _given_after_colon(sentence, start) or _given_inside(sentence, start)


def _spoken_to(text: str, start: int) -> list[Span]:
    """ "Đối với Trưởng các phòng, đơn vị: …" speaks to those before the colon."""
    opening = phrase("as_for").match(text, start)
    found, stop = units_from(text, opening.end()) if opening else ([], start)
    return found if found and text[stop:].lstrip().startswith(":") else []


def _before_partners(text: str, found: list[Span], stop: int) -> tuple[list[Span], int]:
    """Of "Trưởng thôn cùng rà soát viên lập danh sách" those that lead; `stop`: where all of them end."""
    for before, after in pairwise(found):
        if _TOGETHER.fullmatch(text, before.end, after.start):
            return found[: found.index(after)], stop
    return found, stop


_TOGETHER = re.compile(r"\s*,?\s*cùng(?: với)?\s+", re.IGNORECASE)


def _subject_places(sentence: str, start: int) -> Iterator[int]:
    step = phrase("step").match(sentence[start:])
    start += step.end() if step else 0
    asked = phrase("asked").match(sentence[start:])
    yield start + (asked.end() if asked else 0)
    fronted = phrase("fronted").match(sentence[start:])
    while fronted:
        yield start + fronted.end()
        further = re.compile(r"[^.;,]*,\s+").match(sentence, start + fronted.end())
        if not further or further.end() - start > MAX_FRONTED:
            return
        fronted = re.compile(rf"^.{{{further.end() - start}}}", re.DOTALL).match(sentence[start:])


MAX_FRONTED = 400  # characters of a clause before the subject


def _is_subject(sentence: str, start: int, stop: int) -> bool:
    """A subject is followed by its verb, perhaps after a comma, a bracketed remark or a colon."""
    rest = re.sub(r"^\s*(?:\([^)]*\))?\s*,?\s*", "", sentence[stop:])
    if inserted := phrase("inserted").match(rest):
        rest = rest[inserted.end() :]
    if named := re.match(r":\s*", rest):  # "Phòng Kinh tế: Chủ trì, phối hợp với …"
        rest = rest[named.end() :]
        rest = rest[:1].lower() + rest[1:]
    if phrase("doer").match(rest) or phrase("bound").match(rest):
        return True
    if phrase("no_doer").match(rest):
        return False
    return bool(verb_at(rest, 0)) or (is_closed(sentence[start:stop]) and bool(_GOES_ON.match(rest)))


_GOES_ON = re.compile(r"[a-zà-ỹđ]+\s+\w+\s+\w")  # words of a duty whose verb the grammar does not know


_AFTER_COLON = re.compile(rf":\s+(?=[{CAPITAL_LETTERS}])")


def _given_after_colon(sentence: str, start: int) -> list[Span]:
    """ "Lĩnh vực cải cách thể chế: Tư pháp – hộ tịch tham mưu." gives the work to what follows the colon."""
    for colon in _AFTER_COLON.finditer(sentence, start):
        found, stop = units_from(sentence, colon.end())
        ends = doing_begins(sentence[start:]) and not sentence[stop:].strip(" .;/")
        if found and (
            phrase("doer").match(sentence[stop:].lstrip(" ,")) or (ends and not _lists(sentence, colon))
        ):
            return found
    return []


def _lists(sentence: str, colon: re.Match[str]) -> bool:
    """Whether a colon opens the names of what stands before it ("phối hợp với các sở: Tài chính …")."""
    return bool(phrase("listing").search(sentence[: colon.start()].rstrip()))


def _given_inside(sentence: str, start: int) -> list[Span]:
    """ "… (do Phòng Nội vụ chủ trì)", "…, giao cho Đoàn Thanh niên thực hiện": the work's owner behind it."""
    for before, after in (("given", "given_to"), ("beside", "beside_to"), ("bracket", "by_time")):
        for given in phrase(before).finditer(sentence, start):
            found, stop = units_from(sentence, given.end())
            told = (
                found
                and before == "given"
                and _TOLD.match(given[0])
                and _is_subject(sentence, found[-1].start, stop)
            )
            if found and (phrase(after).match(sentence, stop) or (told and _is_named(sentence, found))):
                return found
    return []


def _is_named(sentence: str, found: list[Span]) -> bool:
    """Whether one is a unit of its own ("phân công lãnh đạo theo dõi" tells nobody by name)."""
    words = [sentence[one.start : one.end] for one in found]
    return any(one.startswith("các ") or any(char.isupper() for char in one) for one in words)


_TOLD = re.compile(r"\W*(?:giao|phân công)", re.IGNORECASE)


def doing_begins(text: str) -> bool:
    """Whether an instruction begins here: a verb, or an adverb before one, perhaps after a fronted clause."""
    step = phrase("step").match(text)
    text = text[step.end() if step else 0 :]
    for at in (0, *(match.end() for match in [phrase("fronted").match(text)] if match)):
        bare = text[at:].lstrip('“" ')
        if at and _ends_inverb_at(
            text[:at]
        ):  # "rà soát, đánh giá": the clause before the subject is not over
            continue
        if verb_at(bare[:1].lower() + bare[1:], 0) and not phrase("preposition").match(bare):
            return True
    return False


def _ends_inverb_at(clause: str) -> bool:
    """Whether a clause breaks off in a row of verbs ("rà soát, đánh giá"); "được giao" is no such row."""
    words = clause.rstrip(" ,").split()
    if "được" in words[-VERB_SYLLABLES - 1 :]:
        return False
    tail = " ".join(words[-VERB_SYLLABLES:])
    verb = verb_at(tail, 0)
    return verb is not None and verb.end() == len(tail)


VERB_SYLLABLES = 2  # a row of single syllables is no evidence


def partners(plan: Plan, span: Span) -> tuple[Span, ...]:
    """Units that an instruction names as working with its doers: "phối hợp với X"."""
    text = plan.text[span.start : span.end]
    found: list[Span] = []
    for joint in phrase("joint").finditer(text):
        units, stop = units_from(text, joint.end())
        if re.match(
            r"\s*chủ trì\b", text[stop:], re.IGNORECASE
        ):  # "phối hợp với cơ quan chủ trì" names a role
            continue
        found += (Span(span.start + one.start, span.start + one.end) for one in units)
    for aside in phrase("helping_beside").finditer(text):
        units, stop = units_from(text, aside.end())
        if units and re.match(r"\s*(?:cùng )?phối hợp(?: thực hiện)?\s*[).;]", text[stop:], re.IGNORECASE):
            found += (Span(span.start + one.start, span.start + one.end) for one in units)
    return tuple(found)


def owner_line(text: str) -> bool:
    """Whether a line only says who does the work: "X chủ trì, phối hợp với Y và Z thực hiện."."""
    bare = text.strip().removeprefix("(").rstrip(" .;)")
    asked = phrase("asked").match(bare)
    found, at = units_from(bare, asked.end() if asked else 0)
    role = phrase("role").match(bare, at) if found else None
    if role is None:
        return False
    at = role.end()
    while helped := phrase("helped").match(bare, at):
        found, at = units_from(bare, helped.end())
        if not found:
            return False
        further = phrase("role").match(bare, at)
        at = further.end() if further else at
    cut = re.compile(r"\s*[;,.]\s*").match(bare, at)
    helpers, end = units_from(bare, cut.end()) if cut else ([], at)
    helping = phrase("helping").match(bare, end) if helpers else None
    at = helping.end() if helping else at
    when = phrase("when").match(bare, at)
    return (when.end() if when else at) >= len(bare)
