"""Vietnamese words and sentences: a tokenizer for spaCy on underthesea's word segmentation, offsets kept.

spaCy has no trained Vietnamese model, so the pipeline starts from `spacy.blank("vi")`. Every character of
the text is in the Doc: what underthesea drops or normalises becomes tokens of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab
from underthesea import word_tokenize

TOKENIZER = "kehoach.vi.v1"


class VietnameseTokenizer:
    """Words as underthesea segments them ("cải cách hành chính" may be one token), at NFC character
    offsets.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words, spaces = [], []
        for word, space in _pieces(text):
            words.append(word)
            spaces.append(space)
        return Doc(self.vocab, words=words, spaces=spaces)

    # spaCy saves and loads tokenizers; this one has nothing to keep.
    def to_bytes(self, **_: Any) -> bytes:
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> VietnameseTokenizer:
        return self

    def to_disk(self, _path: object, **_: Any) -> None:
        return None

    def from_disk(self, _path: object, **_: Any) -> VietnameseTokenizer:
        return self


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Words and gaps in order, with whether a space follows; joined they are `text` again."""
    spans = list(_words(text))
    for number, (start, end) in enumerate(spans):
        if number == 0 and start:
            yield text[:start], False
        after = spans[number + 1][0] if number + 1 < len(spans) else len(text)
        gap = text[end:after]
        yield text[start:end], gap.startswith(" ")
        if rest := gap.removeprefix(" "):
            yield rest, False
    if not spans and text:
        yield text, False


def _words(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for word in word_tokenize(text, use_token_normalize=False):
        start = text.find(word, at)
        if start < 0:  # its letters fall into the next gap: nothing is lost
            continue
        at = start + len(word)
        yield start, at


@registry.tokenizers(TOKENIZER)  # type: ignore[untyped-decorator]
def make_tokenizer() -> Callable[[Language], VietnameseTokenizer]:
    """The factory that `models/spacy/config.cfg` names."""
    return lambda nlp: VietnameseTokenizer(nlp.vocab)
