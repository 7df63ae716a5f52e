"""Words of the text layer: boxes, raised marks, and the pages whose text is not to be believed."""

from dataclasses import replace

import pytest

import made_pages
from kehoach.document.page import Provenance, Word
from kehoach.errors import Damaged, EmptyFile
from kehoach.pages import textlayer, trust
from kehoach.pages.pdf import open_pdf
from made_encodings import encoded

PROSE = (
    "Căn cứ Luật Tổ chức chính quyền địa phương, Ủy ban nhân dân xã ban hành kế hoạch cải cách hành chính "
    "nhằm nâng cao chất lượng phục vụ người dân, tổ chức trên địa bàn, cụ thể như sau đây của xã ta "
    "để các bộ phận chuyên môn tổ chức thực hiện nghiêm túc, kịp thời, hiệu quả"
)


def page_words(text: str) -> list[Word]:
    return [word for i in range(0, 10) for word in made_pages.words(text, 80, 80 + 20 * i)]


def judged(text: str, **evidence: float) -> str:
    return trust.judge(page_words(text), trust.Evidence(**evidence)).reason


def test_words_stand_where_the_page_shows_them(tmp_path):
    path = made_pages.pdf(tmp_path / "a.pdf", b"BT /F1 20 Tf 100 742 Td (So: 08) Tj ET")
    document, _ = open_pdf(path)
    layer = textlayer.read(document[0], 1)
    assert [word.text for word in layer.words] == ["So:", "08"]
    first = layer.words[0].box
    assert first.x0 == pytest.approx(100 / 595, abs=0.01) and first.y0 < 100 / 842 < first.y1 + 0.01


def raised(words: tuple[Word, ...]) -> tuple[Word, ...]:
    return textlayer.mark_raised(words, [word.box.y1 for word in words])


def test_a_small_raised_figure_is_a_footnote_mark():
    body = made_pages.words("UBND xã", 100, 100)
    mark = replace(made_pages.words("1", 160, 98, size=8)[0])
    assert [word.superscript for word in raised((*body, mark))] == [False, False, True]


def test_a_small_figure_above_a_line_of_larger_letters_is_no_mark():
    figure = made_pages.words("6", 450, 100, size=10)
    below = made_pages.words("QUYẾT ĐỊNH", 200, 118)
    assert not any(word.superscript for word in raised((*figure, *below)))


def test_a_figure_beside_letters_with_tails_is_no_mark():
    letters, figure = made_pages.words("ngày", 100, 100)[0], made_pages.words("09", 132, 102, size=10)[0]
    tailed = (letters, replace(figure, box=figure.box._replace(y1=letters.box.y1 - 0.004)))
    on_one_line = [figure.box.y1, figure.box.y1]
    assert raised(tailed)[1].superscript
    assert not textlayer.mark_raised(tailed, on_one_line)[1].superscript


def test_vietnamese_prose_is_trusted_even_with_long_leaders():
    assert judged(PROSE + " ............ ____________") == "text_layer"


@pytest.mark.parametrize(
    ("text", "evidence", "reason"),
    [
        (PROSE.replace("ă", "a").replace("ứ", "u"), {"hidden": 0.9}, "hidden_layer"),
        ("Ky boi", {"picture": 0.95}, "almost_no_text"),
        (PROSE.replace("n", "ӈ"), {}, "strange_characters"),
        ("Can cu Luat To chuc chinh quyen dia phuong nam 2015 va cac van ban", {}, "no_diacritics"),
        (" ".join("Ủy ban nhân dân xã ban hành kế hoạch này"), {}, "letter_spaced"),
        ("Uû ban nh©n d©n x· ban hµnh kÕ ho¹ch n©ng cao chÊt l­îng", {}, "strange_characters"),
    ],
)
def test_a_layer_that_is_not_to_be_believed_says_why(text, evidence, reason):
    assert judged(text, **evidence) == reason


def test_two_known_slips_of_encoding_are_mended():
    slipped = tuple(made_pages.words("ng‡y th·ng cÙng THƢƠNG HÕA RÕ", 80, 80))
    mended = trust.mended(slipped, [""] * len(slipped))
    assert [word.text for word in mended] == ["ngày", "tháng", "công", "THƯƠNG", "HÒA", "RÕ"]


def test_a_file_that_cannot_be_opened_says_why(tmp_path):
    (empty := tmp_path / "empty.pdf").write_bytes(b"")
    (broken := tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing of a PDF follows")
    with pytest.raises(EmptyFile):
        open_pdf(empty)
    with pytest.raises(Damaged):
        open_pdf(broken)


def test_layer_words_carry_their_provenance(tmp_path):
    document, _ = open_pdf(made_pages.pdf(tmp_path / "a.pdf", b"BT /F1 20 Tf 100 742 Td (x) Tj ET"))
    assert textlayer.read(document[0], 1).words[0].provenance is Provenance.LAYER


@pytest.mark.parametrize(
    ("font", "name"), [(".VnTime", "tcvn3"), ("VNI-Times", "vni"), ("Times-Roman", "tcvn3")]
)
def test_a_layer_in_an_encoding_before_unicode_is_read_without_ocr(tmp_path, font, name):
    prose = PROSE.replace("Ủy", "Uỷ")
    lines = encoded("Kế hoạch số 08 của UBND xã " + prose, name).split()
    rows = [" ".join(lines[at : at + 8]).encode("cp1252") for at in range(0, len(lines), 8)]
    content = b"".join(
        b"BT /F1 12 Tf 60 %d Td (%b) Tj ET\n" % (700 - 20 * i, row) for i, row in enumerate(rows)
    )
    document, _ = open_pdf(made_pages.pdf(tmp_path / "a.pdf", content, font=font))
    layer = textlayer.read(document[0], 1)
    assert layer.trust == trust.Trust(True, f"text_layer_{name}")
    text = " ".join(word.text for word in layer.words)
    assert text == "Kế hoạch số 08 của UBND xã " + prose


def test_a_layer_whose_letters_are_wrong_is_not_believed():
    text = PROSE.replace("â", "ê").replace("ơ", "o").replace("ạ", "à").replace("ă", "ơ")
    assert judged(PROSE + " " + text.replace("n", "t").replace("h", "nh")) == "wrong_letters"
