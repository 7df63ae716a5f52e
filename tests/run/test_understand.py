"""The way from pages to facts on whole plans: golden records, figures that must not fall, hostile text."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kehoach.document.facts import Record, Source
from kehoach.errors import EmptyFile, KehoachError, NotADocument
from kehoach.ingest import text
from kehoach.run.understand import understand

GOLDEN = Path(__file__).parents[1] / "golden"
PLANS = ("000", "001", "002", "003", "004")


def read(data: bytes, name: str = "plan.txt") -> Record:
    return understand(Source(name, "0" * 64, len(data), "text/plain"), text.pages(data, name))[1]


def summary(record: Record) -> dict[str, object]:
    """What a reader would notice first if the reading changed."""
    head = record.header
    return {
        "head": [
            head.type,
            head.number,
            head.symbol,
            head.issued_on,
            head.issuer.name,
            head.title,
            head.year,
        ],
        "foot": [head.signer.name, head.signer.position, [one.name for one in head.recipients]],
        "sections": [[one.number, one.title, one.kind] for one in record.sections],
        "tasks": [
            [
                task.text,
                [mention.text for mention in task.lead],
                [mention.text for mention in task.support],
                [task.deadline.text, task.deadline.kind, str(task.deadline.end)] if task.deadline else None,
            ]
            for task in record.tasks
        ],
        "targets": [[one.text, one.comparator, one.value, one.unit] for one in record.targets],
        "citations": [
            [one.text, one.type, one.number, one.symbol, str(one.date)] for one in record.citations
        ],
        "tables": [[table.title, list(table.header), len(table.rows)] for table in record.tables],
    }


@pytest.mark.parametrize("plan", PLANS)
def test_a_plan_is_read_as_it_was_accepted(plan: str, corpus: Path, accept: bool):
    found = summary(read((corpus / "text" / f"{plan}.txt").read_bytes()))
    golden = GOLDEN / f"{plan}.json"
    if accept:
        golden.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert found == json.loads(golden.read_text("utf-8"))


@pytest.mark.parametrize("plan", PLANS)
def test_every_quote_is_the_plans_own_words(plan: str, corpus: Path):
    data = (corpus / "text" / f"{plan}.txt").read_bytes()
    source = Source(plan, "0" * 64, len(data), "text/plain")
    whole, record = understand(source, text.pages(data, plan))
    assert all(whole.quote(task.anchor.span) == task.text for task in record.tasks)
    assert all(whole.quote(one.anchor.span) == one.text for one in record.targets)
    assert all(whole.quote(one.anchor.span) == one.text for one in record.citations)


@pytest.mark.parametrize(
    "content",
    [
        "import os\n\ndef main():\n    print(os.getcwd())\n" * 5,
        "Dear Sir or Madam,\n\nThank you for your letter of 3 May.\n\nYours faithfully,\nJohn\n" * 4,
        "Bánh mì\t15.000\nPhở bò\t45.000\nCà phê sữa\t20.000\n" * 4,
    ],
)
def test_what_is_no_document_is_refused(content: str):
    with pytest.raises(NotADocument):
        read(content.encode())


def test_a_blank_file_is_refused_as_empty():
    with pytest.raises(EmptyFile):
        read(b"\t\t\n\f\n")


LINES = ["I. NHIỆM VỤ", "- Rà soát văn bản.", "Đơn vị chủ trì: Sở Tư pháp.", "TT\tNhiệm vụ\tChủ trì", "1\tRà soát\tSở A",
         "KẾ HOẠCH", "Số: 08/KH-UBND", "Nơi nhận:", "PHỤ LỤC I", "a) Nhiệm vụ:", "\f", "\t", "", "(1)", "+", "Điều 1."]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(LINES) | st.text(max_size=12), max_size=25).map("\n".join))
def test_no_text_breaks_the_reading(content: str):
    try:
        record = read(content.encode("utf-8", "ignore"))
    except KehoachError:
        return
    assert all(task.text for task in record.tasks)
