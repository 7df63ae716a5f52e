"""Shared runs of words: the longest, inside cells, whoever was first; found without comparing all pairs."""

from hypothesis import given
from hypothesis import strategies as st

from kehoach.compare.passages import (
    RUN_WORDS,
    Vocabulary,
    candidates,
    covered,
    fingerprints,
    runs,
)

WORDS = st.lists(st.sampled_from(["a", "b"]), max_size=60)
RUN = " ".join(f"tiếng{number}" for number in range(RUN_WORDS))


def quotes(first, later):
    words = Vocabulary()
    one, other = words.words(first), words.words(later)
    return [later[slice(*other.quote(run.later, run.length))] for run in runs(one, other)]


def test_twelve_words_are_a_passage_and_eleven_are_none():
    assert quotes(f"x {RUN} y", f"z {RUN} w") == [RUN]
    assert quotes(RUN, RUN.rsplit(" ", 1)[0]) == []


def test_no_passage_crosses_a_cell_or_a_paragraph():
    for border in "\t\n":
        assert quotes(RUN, RUN.replace(" ", border, 1)) == []


def test_the_marker_of_a_task_is_no_part_of_it():
    words = Vocabulary()
    one, other = words.words(f"a) {RUN}", [3]), words.words(f"b) {RUN}", [3])
    assert [run.length for run in runs(one, other)] == [RUN_WORDS]
    assert other.text_words == RUN_WORDS


@given(WORDS, WORDS)
def test_every_shared_run_is_covered(first, later):
    """Beside a plain search over all places."""
    words = Vocabulary()
    one, other = words.words(" ".join(first)), words.words(" ".join(later))
    found = runs(one, other)
    starts = {tuple(first[at : at + RUN_WORDS]) for at in range(len(first) - RUN_WORDS + 1)}
    shared = [at for at in range(len(later) - RUN_WORDS + 1) if tuple(later[at : at + RUN_WORDS]) in starts]
    assert bool(found) == bool(shared)
    told = {place for run in found for place in range(run.later, run.later + run.length)}
    assert covered(found) == len(told)
    assert all(
        first[run.first : run.first + run.length] == later[run.later : run.later + run.length]
        for run in found
    )
    assert all(at in told for at in shared)


def test_documents_that_share_a_run_are_paired_with_the_first_of_many():
    words = Vocabulary()
    texts = {key: words.words(RUN) for key in range(60)} | {99: words.words("khác hẳn")}
    found = set(candidates({key: fingerprints(text)[0] for key, text in texts.items()}))
    assert found == {(0, key) for key in range(1, 60)}
    few = {key: fingerprints(texts[key])[0] for key in range(3)}
    assert set(candidates(few)) == {(0, 1), (0, 2), (1, 2)}
