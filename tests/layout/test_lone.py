"""A word that the recogniser lifted out of its line goes back into its gap; a line of its own stays one."""

from kehoach.document.page import Box, Line, Word
from kehoach.layout.lone import reseated


def line(y: float, *words: tuple[str, float, float]) -> Line:
    made = tuple(Word(text, Box(1, x0, y, x1, y + 0.013), 0.9) for text, x0, x1 in words)
    box = Box(1, words[0][1], y, words[-1][2], y + 0.013)
    return Line(" ".join(word.text for word in made), 1, box, made)


ABOVE = line(0.31, ("phối", 0.20, 0.24), ("hợp", 0.25, 0.29), ("với", 0.30, 0.34), ("các", 0.35, 0.38))


def texts(*lines: Line) -> list[str]:
    return [one.text for one in reseated(lines)]


def test_a_lifted_word_goes_back_into_the_gap_that_it_left():
    below = line(0.333, ("các", 0.42, 0.45), ("phận", 0.486, 0.531), ("chuyên", 0.538, 0.605))
    assert texts(ABOVE, line(0.331, ("bộ", 0.458, 0.478)), below) == [ABOVE.text, "các bộ phận chuyên"]


def test_the_word_before_may_be_stretched_over_it():
    before = line(0.333, ("các", 0.419, 0.48), ("phận", 0.486, 0.531), ("chuyên", 0.538, 0.605))
    assert texts(before, line(0.335, ("bộ", 0.458, 0.478))) == ["các bộ phận chuyên"]


def test_a_short_last_line_of_a_paragraph_stays():
    last = line(0.33, ("xã.", 0.20, 0.23))
    assert texts(ABOVE, last) == [ABOVE.text, "xã."]


def test_a_word_over_full_words_finds_no_room():
    full = line(0.333, ("các", 0.42, 0.45), ("bộ", 0.455, 0.48), ("phận", 0.486, 0.531))
    assert texts(full, line(0.345, ("vị", 0.456, 0.478))) == [full.text, "vị"]
