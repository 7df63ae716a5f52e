"""Units are found where their names begin and end; the grammar proves itself by its own examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach.document.plan import Plan, Span
from kehoach.extract import doers, units
from kehoach.extract.canonical import canonical
from kehoach.rules import data

READERS = {"all": units.listed, "subjects": doers.subjects, "partners": doers.partners}
EXAMPLES = [
    pytest.param(kind, example[kind], example["units"], id=f"{kind}: {example[kind][:40]}")
    for example in data("units/grammar.yaml")["examples"]
    for kind in READERS.keys() & example.keys()
]
WORDS = [
    "Sở Nội vụ",
    "các cơ quan",
    "đơn vị",
    ",",
    ";",
    "và",
    "phối hợp với",
    "UBND xã",
    "rà soát",
    "(",
    ")",
    "chủ trì",
    ":",
    "-",
]


def read(kind: str, text: str) -> list[str]:
    plan = Plan(text, (), ())
    return [plan.quote(span) for span in READERS[kind](plan, Span(0, len(text)))]


@pytest.mark.parametrize(("kind", "text", "expected"), EXAMPLES)
def test_the_grammar_reads_its_examples(kind, text, expected):
    assert read(kind, text) == expected


def test_a_led_list_gives_its_partners_to_support():
    text = "Sở Y tế chủ trì, phối hợp với các sở, ban, ngành và các đơn vị có liên quan."
    plan = Plan(text, (), ())
    lead, support = units.divided(plan, Span(0, len(text)))
    assert [plan.quote(span) for span in lead] == ["Sở Y tế"]
    assert [plan.quote(span) for span in support] == ["các sở, ban, ngành", "các đơn vị có liên quan"]


@pytest.mark.parametrize(
    ("title", "is_unit"),
    [
        ("Phòng Nội vụ", True),
        ("Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam xã", True),
        ("PHÒNG VĂN HÓA - XÃ HỘI", True),
        ("TỔ CHỨC THỰC HIỆN", False),
        ("Phòng, chống tham nhũng", False),
        ("Bộ máy hành chính", False),
        ("Cải cách thủ tục hành chính", False),
    ],
)
def test_a_heading_names_a_unit_or_does_not(title, is_unit):
    assert units.is_unit_title(title) is is_unit


@pytest.mark.parametrize(
    "name", ["VP-TK", "Văn phòng – thống kê", "Công chức VP-TK xã", "Văn phòng - thống kê"]
)
def test_one_post_has_one_id_under_all_its_names(name):
    assert canonical(name, level="xa", on="2024-02-01") == "xa.cc.vp_tk"


def test_an_unknown_unit_has_no_id():
    assert canonical("Câu lạc bộ Dưỡng sinh", level="xa") is None


@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join), st.sampled_from(sorted(READERS)))
def test_every_unit_is_a_part_of_the_words_in_order(text, kind):
    plan = Plan(text, (), ())
    spans = READERS[kind](plan, Span(0, len(text)))
    assert all(0 <= one.start < one.end <= len(text) for one in spans)
    assert all(plan.quote(one) == plan.quote(one).strip() for one in spans)


@given(st.text(max_size=80), st.sampled_from(sorted(READERS)))
def test_no_text_breaks_the_grammar(text, kind):
    assert isinstance(read(kind, text), list)
