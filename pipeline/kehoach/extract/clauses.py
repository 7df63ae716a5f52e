"""The bare bones of an instruction's grammar: which verbs open it, and which verb a word modifies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kehoach.rules import data

SUBJECT_WORDS = 24  # words; a longer run before the verb is no subject (longest in the real plans: 19)
_MARK = re.compile(r"^(?:[-–—+•*]|\(?[a-zđ\d]{1,3}[.)])\s*")
_BREAK = re.compile(r"[;:]|\.\s")
_LATER_CLAUSE = re.compile(r";|\.\s")
_CONTRAST = re.compile(r"\s*(?:,|và|hoặc|hay)?\s*(?:hoặc|đột xuất|bất thường)", re.IGNORECASE)
_ADJUNCT = re.compile(
    r"(?:trên cơ sở|căn cứ|trong|theo|thông qua|đồng thời|ngoài ra|qua đó)\b[^,;]*,\s*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Verbs:
    """Compiled views of `models/lexicon/verbs.yaml`; all match at the beginning but `inside`."""

    opening: re.Pattern[str]
    chain: re.Pattern[str]
    inside: re.Pattern[str]
    role: re.Pattern[str]
    modal: re.Pattern[str]
    next_verb: re.Pattern[str]


@lru_cache
def verbs() -> Verbs:
    """The verbs that open an instruction, longest first so that `tăng cường` is not read as `tăng`."""
    words = {name: _alternatives(listed) for name, listed in data("lexicon/verbs.yaml").items()}
    task, role, modal = words["task"], words["role"], words["modal"]
    adverb = rf"(?:,?\s*(?:{modal}|liên tục|định kỳ|hằng năm|và)\b)*,?\s*"
    return Verbs(
        opening=re.compile(rf"(?:{task})\b", re.IGNORECASE),
        chain=re.compile(rf"(?:(?:{task})\b(?:\s*,|\s+và\b|,?\s+đồng thời\b)?\s*)+", re.IGNORECASE),
        inside=re.compile(rf"(?<!\w)(?:{task})\b"),
        role=re.compile(rf"(?:{role})\b", re.IGNORECASE),
        modal=re.compile(rf"(?:^|(?<=\s))(?:{modal})(?:,?\s+(?:{modal}))*,?\s*$", re.IGNORECASE),
        next_verb=re.compile(rf"{adverb}(?:{task}|{role})\b", re.IGNORECASE),
    )


def _alternatives(words: list[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


def modifies_main_verb(text: str, start: int, end: int, scope: str) -> bool:
    """Whether the adverb at `start` to `end` modifies a main verb of the instruction `text`.

    `scope`: `first` looks at the first main clause alone, `each` at every one. The adverb counts where it
    opens the clause, follows roles ("Chủ trì, phối hợp với X,"), joins a bare chain of verbs, or stands
    between the clause's subject and its verb; behind an object or in a name it does not.
    """
    head, tail = text[:start], text[end:]
    if scope == "first" and _LATER_CLAUSE.search(head):
        return False
    head = _MARK.sub("", _BREAK.split(head)[-1].strip())
    known = verbs()
    head = known.modal.sub("", _ADJUNCT.sub("", head, count=1)).strip()
    if not head:
        return True
    if known.chain.fullmatch(head):
        return _joins_chain(head, tail, known)
    if not known.next_verb.match(tail):
        return False
    return _is_role(head, known) or _is_subject(head, known)


def _joins_chain(head: str, tail: str, known: Verbs) -> bool:
    """Before a further verb ("Công bố, định kỳ cập nhật") or right behind them ("duy trì thường xuyên")."""
    if head.endswith(",") or head.casefold().endswith(("và", "đồng thời")):
        return bool(known.next_verb.match(tail))
    return not _CONTRAST.match(tail)


def _is_role(head: str, known: Verbs) -> bool:
    return bool(head.endswith(",") and known.role.match(head) and not known.inside.search(head))


def _is_subject(head: str, known: Verbs) -> bool:
    """A run of names in front of its verb: no verb opens it, none stands inside, no comma ends it."""
    if head.endswith(",") or len(head.split()) > SUBJECT_WORDS:
        return False
    return not (known.opening.match(head) or known.role.match(head) or known.inside.search(head))
