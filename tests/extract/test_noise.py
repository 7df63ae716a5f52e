"""What OCR does to a head: spoilt figures are lost, never changed; words that everybody knows are read."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kehoach.extract.header import header
from kehoach.ingest.text import pages
from kehoach.layout.assemble import assemble
from kehoach.outline.parts import parts
from kehoach.tables.join import join
from kehoach.text import closed_up, fold, nearly, rejoined, without_specks

HEAD = """ỦY BAN NHÂN DÂN
XÃ NẬM PẢN
Số: 107/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Nậm Pản, ngày 10 tháng 11 năm 2023
KẾ HOẠCH
Cải cách hành chính xã Nậm Pản năm 2024
"""
BODY = "Căn cứ Kế hoạch số 12/KH-UBND ngày 05/01/2023 của UBND huyện Mai Lâm;\nI. MỤC ĐÍCH\n- Nâng cao.\n"
FOOT = "Nơi nhận:\n- UBND huyện;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLò Văn Hặc\n"
SLIPS = {"0": "O", "1": "l", "I": "l"}
EDITS = st.lists(
    st.tuples(st.integers(0, 10_000), st.sampled_from(["mark", "space", "join", "speck"])), max_size=5
)


def spoilt(text, edits):
    for place, kind in edits:
        at = place % len(text)
        if kind == "mark" and text[at].isalnum():
            text = (
                text[:at]
                + SLIPS.get(text[at], text[at] if text[at].isdigit() else _bare(text[at]))
                + text[at + 1 :]
            )
        elif kind == "space" and text[at - 1 : at + 1].isalpha():
            text = f"{text[:at]} {text[at:]}"
        elif kind == "join" and text[at] == " ":
            text = text[:at] + text[at + 1 :]
        elif kind == "speck" and text[at] == " ":
            text = f"{text[:at]} ~ {text[at:]}"
    return text


def _bare(char):
    plain = fold(char)
    return plain.upper() if char.isupper() else plain


def read(head, foot=FOOT):
    found = pages((head + BODY + foot).encode(), "plan.txt")
    plan = assemble(found, join(found))
    return header(plan, parts(plan))[0]


@settings(deadline=None)
@given(EDITS)
def test_spoilt_figures_are_lost_but_never_changed(edits):
    found = read(spoilt(HEAD, edits))
    assert found.number in ("107", None)
    assert found.issued_on is None or "2023-11-10".startswith(found.issued_on)
    assert found.year in (2024, None)
    assert found.symbol in ("KH-UBND", "KH", None)


@settings(deadline=None)
@given(EDITS)
def test_a_spoilt_foot_names_no_other_post(edits):
    found = read(HEAD, spoilt(FOOT, edits))
    position = fold(found.signer.position or "").replace(" ", "")
    assert position in ("phochutich", "chutich", "")
    assert found.number == "107"


def test_broken_words_of_the_letterhead_are_closed_up():
    found = read(HEAD.replace("ỦY BAN", "ỦY B AN").replace("XÃ NẬM", "XÃNẬM").replace("HỘI CHỦ", "HỘICHỦ"))
    assert found.issuer.name == "UBND xã Nậm Pản"
    assert found.issuer.district == "Mai Lâm"


def test_a_broken_type_word_opens_the_title():
    assert read(HEAD.replace("KẾ HOẠCH", "K Ế HOẠ CH")).title == "Cải cách hành chính xã Nậm Pản năm 2024"


def test_a_year_with_a_letter_in_it_is_no_year_of_the_plan():
    assert read(HEAD.replace("năm 2024", "năm 2O24")).year is None


def test_a_lost_date_line_does_not_make_a_numbered_plan_unissued():
    assert read(HEAD.replace("Nậm Pản, ngày 10 tháng 11 năm 2023\n", "")).status is None


def test_known_phrases_are_found_and_closed_up_in_place():
    assert nearly("X CỘNG HÒAXÃ HỘl CHỦ NG HĨA VIÊT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 0.85) == (
        2,
        36,
    )
    assert nearly("Chủ nghĩa xã hội", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 0.85) is None
    assert closed_up("KT. CHỦ TỊC H x", ("CHỦ TỊCH",)) == "KT. CHỦ TỊCH  x"
    assert without_specks("Hán ~ Thị") == "Hán   Thị"
    assert rejoined("Hà Vă n Tín") == "Hà Văn Tín"
    assert rejoined("Phạm Đức Long") == "Phạm Đức Long"
