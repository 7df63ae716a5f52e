"""The signer's name under a grey seal: read again in many lights, and taken only where the readings agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kehoach.document.page import Box, Grid, Line, Word
from kehoach.document.picture import PageImage
from kehoach.ocr.engine import Engine, Shape
from kehoach.outline.parts import mark
from kehoach.pages import image as picture
from kehoach.repair.counts import counts
from kehoach.rules import data
from kehoach.text import fold_each

# Of the page: where a name stands below its office, half the width to either side, and the line's own height.
BELOW = (0.03, 0.17)
ASIDE = 0.25
LINE_HEIGHT = 0.026
RIGHT_HALF = 0.4  # of the page's width: the office of a signature begins right of this
# Grey values that count as paper, from dark to light, and how much larger the line is shown: seal and
# signature fade in some, the name in none.
LIGHTS = (165, 170, 175, 180, 185, 190, 195, 200, 210, 220)
DARKEST = 70
WHITE = 255
SCALES = (1.5, 2.0, 2.5)
NAME_WORDS = (2, 5)  # syllables
LEAST_LETTERS = 2  # of a syllable; less are specks
LEAST_VOTES = 3  # readings that must have a syllable
COMMONER = 50  # times: a reading that is so much rarer than one of the same letters is a slip

Flow = tuple[Line | Grid, ...]


def with_sealed_name(flow: Flow, image: PageImage, engine: Engine) -> Flow:
    """`flow` with the signer's name behind an office that has none below it, where it can be read surely.

    image: the upright page in grey.
    """
    office = _nameless_office(flow)
    if office is None or (box := flow[office].box) is None:
        return flow
    middle = (box.x0 + box.x1) / 2
    left, right = max(middle - ASIDE, 0.0), min(middle + ASIDE, 1.0)
    room = Box(box.page, left, box.y1 + BELOW[0], right, min(box.y1 + BELOW[1], 1.0))
    place = _name_line(image, room) if room.y1 > room.y0 else None
    words = _agreed(_readings(image, place, engine)) if place else ()
    if place is None or not words:
        return flow
    line = _line(words, place, flow[office])
    return (*flow[: office + 1], line, *flow[office + 1 :])


def _nameless_office(flow: Flow) -> int | None:
    """Index of the last office of a signature ("CHỦ TỊCH") with no name below it on its page."""
    offices = [
        index
        for index, part in enumerate(flow)
        if isinstance(part, Line)
        and part.box
        and (part.box.x0 + part.box.x1) / 2 > RIGHT_HALF
        and mark(part.text) == "position"
    ]
    if not offices:
        return None
    last = flow[offices[-1]]
    named = any(
        isinstance(part, Line) and part.box and last.box and part.box.y0 > last.box.y0 and _is_name(part.text)
        for part in flow
    )
    return None if named else offices[-1]


def _is_name(text: str) -> bool:
    words = text.split()
    is_long = len(words) >= NAME_WORDS[0]
    return is_long and words[0] in _surnames() and all(word[:1].isupper() for word in words)


def _name_line(image: PageImage, room: Box) -> Box | None:
    """The strip of `room` with most dark, thick strokes."""
    height = image.size[1]
    rows = picture.thick_ink(picture.crop(image, room), DARK_INK)
    window = max(int(LINE_HEIGHT / 2 * height), 1)
    sums = [sum(rows[max(at - window // 2, 0) : at + window // 2]) for at in range(len(rows))]
    if not sums or max(sums) == 0:
        return None
    middle = room.y0 + sums.index(max(sums)) / height
    return room._replace(y0=max(middle - LINE_HEIGHT / 2, 0.0), y1=min(middle + LINE_HEIGHT / 2, 1.0))


DARK_INK = 135  # grey value: bold letters are darker, a scanned seal is not


def _readings(image: PageImage, place: Box, engine: Engine) -> Iterator[tuple[Word, ...]]:
    """The name's syllables as each light shows them, from the family name on where it is legible."""
    strip = picture.crop(image, place)
    for scale in SCALES:
        large = picture.resized(strip, image.dpi * scale)
        for light in LIGHTS:
            shown = picture.padded(picture.between(large, DARKEST, light), WHITE)
            found = [word for word in engine.words(shown, shape=Shape.LINE) if _is_word(word.text)]
            first = next((at for at, word in enumerate(found) if word.text in _surnames()), 0)
            if 0 < len(found) - first <= NAME_WORDS[1]:
                yield tuple(found[first:])


def _is_word(text: str) -> bool:
    return sum(map(str.isalpha, text)) >= LEAST_LETTERS


def _is_syllable(text: str) -> bool:
    return text.isalpha() and text[:1].isupper() and counts().known(text.casefold())


def _agreed(readings: Iterator[tuple[Word, ...]]) -> tuple[Word, ...]:
    """The syllables that most readings have; () where they differ at one place.

    How many there are, the longest reading that begins with a family name tells, if it came often. What is
    no syllable keeps its place, so that none is passed over; a reading without the first ones speaks for
    the last.
    """
    every = list(readings)
    whole = Counter(len(one) for one in every if one[0].text in _surnames() and len(one) >= NAME_WORDS[0])
    length = max((one for one, count in whole.items() if count >= LEAST_VOTES), default=0)
    kept = [one for one in every if len(one) <= length]
    chosen = [_winner([one[-back] for one in kept if len(one) >= back]) for back in range(length, 0, -1)]
    if not chosen or not all(chosen) or chosen[0] is None or chosen[0].text not in _surnames():
        return ()
    return tuple(word for word in chosen if word)


def _winner(words: Sequence[Word]) -> Word | None:
    """The syllable that most readings have, its confidence the share of those that are syllables at all."""
    votes: defaultdict[str, float] = defaultdict(float)
    for word in words:
        if _is_syllable(word.text):
            votes[word.text] += word.confidence or 0.0
    likely = {text: vote for text, vote in votes.items() if not _is_slip(text, votes)}
    text = max(likely, key=lambda one: likely[one], default="")
    having = [word for word in words if word.text == text]
    if len(having) < LEAST_VOTES or not likely[text]:
        return None
    share = likely[text] / sum(likely.values())
    return replace(having[0], confidence=share * max(word.confidence or 0.0 for word in having))


def _is_slip(text: str, votes: Mapping[str, float]) -> bool:
    """Whether another reading differs by marks alone and is a far commoner syllable ("Vặn" beside "Văn")."""
    rivals = (other for other in votes if other != text and fold_each(other) == fold_each(text))
    own = max(counts().count(text.casefold()), 1.0)
    return any(counts().count(other.casefold()) > COMMONER * own for other in rivals)


def _line(words: Sequence[Word], place: Box, office: Line | Grid) -> Line:
    """The name as a line of the foot; its place is the strip's, for the readings differ in detail."""
    step = place.width / len(words)
    placed = tuple(
        replace(word, box=place._replace(x0=place.x0 + at * step, x1=place.x0 + (at + 1) * step))
        for at, word in enumerate(words)
    )
    text = " ".join(word.text for word in placed)
    assert isinstance(office, Line)
    return replace(office, text=text, box=place, words=placed, bold_length=0)


def _surnames() -> frozenset[str]:
    return frozenset(str(one) for one in data("rules/surnames.yaml")["surnames"])
