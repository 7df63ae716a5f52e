"""What goes between processes comes out as it went in."""

import pickle

from hypothesis import given
from hypothesis import strategies as st

from kehoach.document.page import Box, Line, Provenance, Role, Word
from kehoach.document.plan import Anchor, Piece, Span

fractions = st.floats(0, 1)
boxes = st.builds(Box, st.integers(1, 9), fractions, fractions, fractions, fractions)
words = st.builds(Word, st.text(), boxes, st.none() | fractions, st.sampled_from(Provenance), st.booleans())
lines = st.builds(Line, st.text(), st.integers(1, 9), boxes, st.tuples(words, words), st.sampled_from(Role))
pieces = st.builds(Piece, st.integers(0), st.integers(0), st.integers(1), boxes, raw=st.none() | st.text())
anchors = st.builds(Anchor, st.builds(Span, st.integers(0), st.integers(0)), st.none(), st.tuples(boxes))


@given(words | lines | pieces | anchors)
def test_values_come_back_as_they_were(value):
    back = pickle.loads(pickle.dumps(value))
    assert back == value and type(back) is type(value) and hash(back) == hash(value)
