"""Which verb an adverb of repetition modifies: one of the instruction's own, or one inside a name."""

from __future__ import annotations

import re

from kehoach.extract.verbs import Verbs, verbs

SUBJECT_WORDS = 24  # words; a longer run before the verb is no subject (longest in the real plans: 19)
DOER_WORDS = 48  # words of a subject with those that work with it
LATE_WORDS = 22  # words between a verb and the rhythm at its clause's end
_MARK = re.compile(r"^(?:[-–—+•*]|\(?[a-zđ\d]{1,3}[.)])\s*")
_BREAK = re.compile(r"[;:(]|\.\s")
_LATER_CLAUSE = re.compile(r";|\.\s")
_CONTRAST = re.compile(r"\s*(?:,|và|hoặc|hay)?\s*(?:hoặc|đột xuất|bất thường)", re.IGNORECASE)
_ADJUNCT = re.compile(
    r"(?:trên cơ sở|căn cứ|trong|theo|thông qua|đồng thời|ngoài ra|qua đó)\b[^,;]*,\s*", re.IGNORECASE
)
_LINKED = re.compile(r"(?:^|,|\bvà|đồng thời|trách nhiệm)\s*$", re.IGNORECASE)


def modifies_main_verb(text: str, start: int, end: int, scope: str) -> bool:
    """Whether the adverb at `start` to `end` modifies a main verb of the instruction `text`.

    `scope`: `first` looks at the first main clause alone, `each` at every one, `late` at every one whose end
    the adverb is. It counts where it opens the clause, follows roles ("Chủ trì, phối hợp với X,"), joins a
    bare chain of verbs, or stands between the clause's subject and its verb; behind an object only a rhythm
    does (`late`), and in a name nothing.
    """
    head, tail = text[:start], text[end:]
    if scope == "first" and _LATER_CLAUSE.search(head):
        return False
    known = verbs()
    head = _MARK.sub("", _BREAK.split(head)[-1].strip())
    head = known.names.sub("", _ADJUNCT.sub("", head, count=1))
    if scope == "late":
        return _is_late(head, known, is_daily=text[start:end].casefold().endswith("ngày"))
    head = known.modal.sub("", head).strip()
    if not head:
        return True
    if known.chain.fullmatch(head):
        return _joins_chain(head, tail, known)
    subject, chain = _parted(known.asked.sub("", head), known)
    if chain:
        goes_on = scope == "first" and chain.endswith(",")
        return not goes_on and _is_subject(subject, known) and _joins_chain(chain, tail, known)
    return bool(known.next_verb.match(tail)) and (_is_role(head, known) or _is_doer(subject, known))


def _joins_chain(head: str, tail: str, known: Verbs) -> bool:
    """Before a further verb ("Công bố, định kỳ cập nhật") or right behind them ("duy trì thường xuyên")."""
    if head.endswith(",") or head.casefold().endswith(("và", "đồng thời")):
        return bool(known.next_verb.match(tail))
    return not _CONTRAST.match(tail)


def _parted(head: str, known: Verbs) -> tuple[str, str]:
    """A subject and the chain of verbs that ends the words ("Sở Y tế theo dõi, cảnh báo"), or ""."""
    first = known.inside.search(head)
    if first and first.start() and known.chain.fullmatch(head, first.start()):
        return head[: first.start()].rstrip(), head[first.start() :]
    return head, ""


def _is_role(head: str, known: Verbs) -> bool:
    return bool(head.endswith(",") and known.role.match(head) and not known.inside.search(head))


def _is_subject(head: str, known: Verbs) -> bool:
    """A run of names in front of its verb: no verb opens it, none stands inside, no comma ends it."""
    if not head or head.endswith(",") or len(head.split()) > SUBJECT_WORDS:
        return False
    head = known.modal.sub("", head)
    return not (known.opening.match(head) or known.role.match(head) or known.inside.search(head))


def _is_doer(head: str, known: Verbs) -> bool:
    """A subject, perhaps with those who work with it ("Báo X phối hợp với Sở Y thường xuyên …")."""
    if head.endswith(",") or len(head.split()) > DOER_WORDS:
        return False
    return not (known.opening.match(head) or known.inside.search(head))


def _is_late(head: str, known: Verbs, *, is_daily: bool) -> bool:
    """Whether the rhythm ends the clause of a main verb, and no name between them takes it for itself; no
    plan, budget or meeting is a daily one."""
    found = [*known.inside.finditer(head)]
    opening = known.opening.match(head)
    main = [one for one in (*([opening] if opening else []), *found) if _LINKED.search(head[: one.start()])]
    first = known.any_verb.search(head)
    main += [first] if first and _is_subject(head[: first.start()].rstrip(), known) else []
    if not main:
        return False
    verb = max(main, key=lambda one: one.start())
    between = head[verb.end() :]
    return len(between.split()) <= LATE_WORDS and (is_daily or not known.taking.search(between))
