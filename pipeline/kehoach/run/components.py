"""The whole understanding as a spaCy component: facts as spans on NFC character offsets of a Doc."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from kehoach import language
from kehoach.document.facts import Record, Source
from kehoach.document.plan import Anchor, Plan
from kehoach.ingest import text
from kehoach.rules import models_dir
from kehoach.run.understand import understand

CONFIG = "spacy/config.cfg"  # under models/
GROUPS = ("sections", "tasks", "units", "deadlines", "targets", "citations")

if not Doc.has_extension("record"):
    Doc.set_extension("record", default=None)


def load() -> Language:
    """The pipeline of `models/spacy/config.cfg`: words by underthesea, facts by kehoach."""
    assert language.TOKENIZER  # importing the room registers the tokenizer that the configuration names
    config = spacy.util.load_config(models_dir() / CONFIG)
    return spacy.util.load_model_from_config(config, auto_fill=True)


@Language.factory("kehoach_facts")
def make_facts(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The component: reads a Doc's text as a plan and sets `doc.spans` (GROUPS) and `doc._.record`.

    The Doc that comes back holds the plan's own text: NFC, marks of form gone, cut paragraphs joined.
    Raises NotADocument where the text is none.
    """
    return lambda doc: _with_facts(nlp, doc)


def _with_facts(nlp: Language, doc: Doc) -> Doc:
    data = doc.text.encode("utf-8")
    source = Source("text", hashlib.sha256(data).hexdigest(), len(data), "text/plain")
    plan, record = understand(source, text.pages(data, source.name))
    return annotated(nlp.make_doc(plan.text), plan, record)


def annotated(doc: Doc, plan: Plan, record: Record) -> Doc:
    """`doc`, a Doc of `plan.text`, with the record's facts as span groups."""
    if doc.text != plan.text:
        raise ValueError("the Doc does not hold the plan's text")
    for group in GROUPS:
        doc.spans[group] = list(_spans(doc, group, record))
    doc._.record = record
    return doc


def _spans(doc: Doc, group: str, record: Record) -> Iterator[Span]:
    for anchor, label in _anchored(group, record):
        span = doc.char_span(anchor.span.start, anchor.span.end, label=label, alignment_mode="expand")
        if span is not None:
            yield span


def _anchored(group: str, record: Record) -> list[tuple[Anchor, str]]:
    """Anchors of a group with what the group's spans are labelled by."""
    deadlines = [task.deadline for task in record.tasks if task.deadline]
    mentions = [mention for task in record.tasks for mention in (*task.lead, *task.support)]
    found: dict[str, list[tuple[Anchor, str]]] = {
        "sections": [(section.anchor, section.kind) for section in record.sections],
        "tasks": [(task.anchor, task.source) for task in record.tasks],
        "units": [(mention.anchor, mention.role) for mention in mentions],
        "deadlines": [(deadline.anchor, deadline.kind) for deadline in deadlines],
        "targets": [(target.anchor, target.comparator or "") for target in record.targets],
        "citations": [(citation.anchor, citation.type) for citation in record.citations],
    }
    return list(dict.fromkeys(found[group]))
