"""Bytes of text files: the encodings that clerks' programs write, and what is none of them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach.errors import NotText
from kehoach.ingest.characters import characters
from kehoach.ingest.text import pages
from made_encodings import encoded

TEXT = (
    "Kế hoạch cải cách hành chính\nCăn cứ Luật Tổ chức chính quyền địa phương, UBND xã ban hành kế hoạch "
    "nhằm nâng cao chất lượng phục vụ người dân, những tổ chức trên địa bàn được hưởng\n"
)


def windows(text: str) -> bytes:
    """As Windows' own code page has it: tones are characters of their own, hats and horns are not."""
    out = []
    for char in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", char)
        tones = "".join(part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323")
        base = "".join(part for part in parts if part not in tones)
        out.append(unicodedata.normalize("NFC", base) + tones)
    return "".join(out).encode("cp1258")


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.replace("\n", "\u2028").encode(),
        TEXT.replace("hành", "h\0ành").encode(),
        encoded(TEXT, "tcvn3").encode("cp1252"),
        encoded(TEXT, "vni").encode("cp1252"),
        encoded(TEXT, "tcvn3").encode(),
        windows(TEXT),
    ],
)
def test_the_same_words_come_out_of_any_encoding(content):
    assert characters(content, "a.txt") == TEXT


@pytest.mark.parametrize(
    "content", [TEXT.encode("utf-16")[:101], b"\xff\xfe\x00\xd8A", b"caf\xe9", b"\x80\x81"]
)
def test_what_is_in_no_known_encoding_says_so(content):
    with pytest.raises(NotText):
        characters(content, "a.txt")


@given(st.text())
def test_unicode_text_keeps_its_words(text):
    assert characters(("Kế hoạch " + text).encode(errors="replace"), "a.txt").startswith("Kế hoạch")


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(content):
    try:
        assert isinstance(characters(content, "a.txt"), str)
    except NotText as error:
        assert error.advice


HTML = """<!DOCTYPE html>
<html><head><title>x</title><style>p {color: red}</style></head><body>
<p>KẾ HOẠCH
năm 2024</p><p>Nội dung<br>dòng hai</p>
<ul><li>mục một</li><li>mục hai</li></ul>
<table><tr><th><p>STT</p></th><th>Nội dung</th><th>Đơn vị</th></tr>
<tr><td>1</td><td><p>- việc một</p><p>- việc hai</p></td><td>Tư pháp</td></tr></table>
<script>while (1);</script></body></html>"""


def test_a_page_of_html_is_read_by_its_form():
    (page,) = pages(HTML.encode(), "a.html")
    assert page.text.split("\n") == [
        "KẾ HOẠCH năm 2024",
        "Nội dung",
        "dòng hai",
        "- mục một",
        "- mục hai",
        "STT\tNội dung\tĐơn vị",
        "1\t- việc một - việc hai\tTư pháp",
    ]
