"""TCVN3 and VNI: what they are turned into, and what is never taken for them."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach import encodings
from kehoach.encodings import Encoding, by_font, decoded, decoded_text, is_syllable, of_font, of_words
from kehoach.rules import data
from made_encodings import encoded

PROSE = (
    "Căn cứ Luật Tổ chức chính quyền địa phương, Ủy ban nhân dân xã ban hành kế hoạch cải cách hành chính "
    "nhằm nâng cao chất lượng phục vụ người dân, những tổ chức trên địa bàn được hưởng"
)
SYLLABLES = [
    onset + rhyme
    for parts in [data("encodings/syllables.yaml")]
    for onset in ("", *parts["onsets"].split())
    for rhyme in parts["rhymes"].split()
]
each = pytest.mark.parametrize("name", encodings.NAMES)


@each
def test_prose_comes_back_as_it_was(name):
    prose = PROSE.replace("Ủy", "Uỷ")  # TCVN3 has no capital letter with a tone
    assert decoded_text(encoded(prose, name), Encoding(name)) == prose


@each
@given(st.sampled_from(SYLLABLES), st.sampled_from(["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]))
def test_any_syllable_comes_back_as_it_was(name, syllable, tone):

    vowels = [place for place, char in enumerate(syllable) if char in "aăâeêioôơuưy"]
    at = vowels[-1] + 1
    whole = unicodedata.normalize("NFC", syllable[:at] + tone + syllable[at:])
    assert decoded([encoded(whole, name)], Encoding(name)) == [whole]


@each
def test_every_syllable_of_the_lexicon_comes_back(name, shared: Path):
    rows = (shared / "lexicon" / "syllable_counts.tsv").read_text("utf-8").splitlines()[1:]
    words = [row.split("\t")[0] for row in rows if row.endswith("\tvi")]
    assert decoded([encoded(word, name) for word in words], Encoding(name)) == words
    assert all(map(is_syllable, words)) and len(words) > 1000


@each
def test_words_tell_their_encoding(name):
    assert of_words(encoded(PROSE, name).split()) == Encoding(name)
    assert of_words(PROSE.split()) is None


@pytest.mark.parametrize(
    ("font", "told"),
    [
        ("ABCDEF+.VnTime", Encoding("tcvn3")),
        (".VnTimeH,Bold", Encoding("tcvn3", capitals=True)),
        (".VnArial NarrowH", Encoding("tcvn3")),
        ("VNI-Times", Encoding("vni")),
        ("TimesNewRomanPSMT", None),
        ("VnTimes", None),
    ],
)
def test_a_fonts_name_tells_the_encoding(font, told):
    assert of_font(font) == told


def test_a_program_may_write_unicode_with_an_old_font():
    assert by_font(PROSE.split(), [".VnTime"] * len(PROSE.split())) == (PROSE.split(), None)


def test_one_word_in_an_old_font_is_decoded_and_its_neighbours_in_other_fonts_are_not():
    words, name = by_font(["KÕ", "ho¹ch", "café"], [".VnTime", ".VnTime", "Arial"])
    assert (words, name) == (["Kế", "hoạch", "café"], "tcvn3")


def test_a_heading_typed_in_capitals_is_all_capitals():
    assert decoded_text("ñY BAN, KÕ HO¹CH C¶I C¸CH", Encoding("tcvn3")) == "ỦY BAN, KẾ HOẠCH CẢI CÁCH"
    assert decoded_text("Uû ban nh©n d©n", Encoding("tcvn3")) == "Uỷ ban nhân dân"
    assert decoded(["kÕ", "ho¹ch"], Encoding("tcvn3", capitals=True)) == ["KẾ", "HOẠCH"]


def test_a_letter_shown_as_a_hyphen_is_mended_and_hyphens_stay():
    text = "tr-ëng phßng t- ph¸p UBND-VP KH-UBND 2021-2025 - ban"
    assert decoded_text(text, Encoding("tcvn3")) == "trưởng phòng tư pháp UBND-VP KH-UBND 2021-2025 - ban"


@pytest.mark.parametrize(
    "text",
    [
        "le café où l'été était déjà passé, à côté de l'hôtel où ils étaient arrivés après le dîner",
        "Größe für Straßen über Brücken, schön wäre es, könnten Gäste früher auf Höfen übernachten",
        "§ 1 © 2020 ® µ ¶ · ¸ ¹ º » ¼ ½ ¾ × ÷",
    ],
)
def test_other_languages_and_signs_are_left_alone(text):
    assert of_words(text.split()) is None


def test_plans_in_unicode_are_never_taken_for_another_encoding(corpus: Path):
    for path in sorted((corpus / "text").iterdir()):
        assert of_words(path.read_text("utf-8").split()) is None


@given(st.text(), st.sampled_from(encodings.NAMES))
def test_any_text_can_be_decoded(text, name):
    assert isinstance(decoded_text(text, Encoding(name)), str)
