"""The signer's name under a grey seal: read again in many lights, and taken only where the readings agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kehoach.document.page import Box, Grid, Line, Word
from kehoach.document.picture import PageImage
from kehoach.ocr.engine import Engine, Shape
from kehoach.outline.parts import mark
from kehoach.pages import image as picture
from kehoach.repair.counts import counts
from kehoach.rules import data

# Of the page: where a name stands below its office, half the width to either side, and the line's own height.
BELOW = (0.03, 0.17)
ASIDE = 0.25
LINE_HEIGHT = 0.026
RIGHT_HALF = 0.4  # of the page's width: the office of a signature begins right of this
# Grey values that count as paper, from dark to light, and how much larger the line is shown: seal and
# signature fade in some, the name in none.
LIGHTS = (170, 180, 190, 200, 210, 220)
DARKEST = 70
WHITE = 255
SCALES = (1.5, 2.0, 2.5)
NAME_WORDS = (2, 5)  # syllables
LEAST_LETTERS = 2  # of a syllable; less are specks
LEAST_VOTES = 3  # readings that must have a syllable
LEAST_SHARE = 0.6  # of the votes at its place: Tiến against Tiên is no name

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
    """The name's syllables as each light shows them, from the family name on."""
    strip = picture.crop(image, place)
    for scale in SCALES:
        large = picture.resized(strip, image.dpi * scale)
        for light in LIGHTS:
            shown = picture.padded(picture.between(large, DARKEST, light), WHITE)
            found = [word for word in engine.words(shown, shape=Shape.LINE) if _is_word(word.text)]
            first = next((at for at, word in enumerate(found) if word.text in _surnames()), None)
            if first is not None and NAME_WORDS[0] <= len(found) - first <= NAME_WORDS[1]:
                yield tuple(found[first:])


def _is_word(text: str) -> bool:
    return sum(map(str.isalpha, text)) >= LEAST_LETTERS


def _is_syllable(text: str) -> bool:
    return text.isalpha() and text[:1].isupper() and counts().known(text.casefold())


def _agreed(readings: Iterator[tuple[Word, ...]]) -> tuple[Word, ...]:
    """The syllables that most readings of the commonest length have; () where they differ at one place. What
    is no syllable keeps its place, so that none is passed over."""
    every = list(readings)
    lengths = Counter(len(one) for one in every)
    if not lengths:
        return ()
    length = lengths.most_common(1)[0][0]
    kept = [one for one in every if len(one) == length]
    chosen = [_winner([one[at] for one in kept]) for at in range(length)]
    return tuple(word for word in chosen if word) if all(chosen) else ()


def _winner(words: Sequence[Word]) -> Word | None:
    votes: defaultdict[str, float] = defaultdict(float)
    for word in words:
        votes[word.text] += word.confidence or 0.0
    text = max(filter(_is_syllable, votes), key=lambda one: votes[one], default="")
    having = [word for word in words if word.text == text]
    share = votes[text] / sum(votes.values()) if having and any(votes.values()) else 0.0
    if len(having) < LEAST_VOTES or share < LEAST_SHARE:
        return None
    return replace(having[0], confidence=share * max(word.confidence or 0.0 for word in having))


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
