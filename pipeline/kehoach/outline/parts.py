"""Which blocks of a plan are head, title, body, foot and appendices; whether a text is a document at all.

Judged by words, not by roles: a page read by OCR or a text file has none that can be trusted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kehoach.document.page import Role
from kehoach.document.plan import Paragraph, Parts, Plan, Range, Table
from kehoach.rules import data, first, line_rule, phrases
from kehoach.text import fold_each, in_capitals, nearly, one_line, rejoined, without_specks

HEAD_BLOCKS = 60  # blocks; a head with stamps and broken lines has under 40
TITLE_BLOCKS = 6  # blocks; titles of five lines were seen
TITLE_LENGTH = 700  # characters; the longest title of 30 real documents has 400
NEARLY = 0.85  # likeness of letters; a motto of 30 letters with four slips is still one
TYPE_LENGTH = 24  # letters; the longest type word ("chương trình hành động") has 19
SPECK = 3  # characters; dust that was read as a line
SEAL_LETTERS = 12  # characters in capitals that a seal may leave; a longer line in capitals is a heading
TITLE_CLOSED = 200  # characters; a longer block with a stop at its end is a paragraph
LINE_LENGTH = 140  # characters; a longer block is prose, no line of a head or foot
LIST_LENGTH = 25  # recipients of a document; 18 were seen
SHORT_ITEM = 90  # characters; a recipient is a name, a longer item is a task
FOOT_NOISE = 3  # unknown short lines in a row that a foot may hold (a seal read as letters)
_PROSE_END = re.compile(r"[.;:,]\s*[\"”]?$")
_AS_FOLLOWS = re.compile(
    r"\b(?:nhu sau|sau day)\b.{0,20}$|\b(?:ubnd|uy ban nhan dan)\b.*\b(?:ban hanh|xay dung|lap) ke hoach\b"
)
_LOWER_ITEM = re.compile(r"[-–—~]\s*[a-zà-ỹđ]")
_BASIS = re.compile(
    r"thuc hien (?:[a-z]+ ){2,4}(?:so )?\d|trong (?:nam|thoi gian)\b|de (?:tiep tuc|thuc hien|trien khai)\b"
)
_BODY = re.compile(r"(?:can cu|thuc hien|theo|de|nham|trong|thoi gian|ubnd|uy ban|cac|nhung|hien nay)\b")
_NAME = re.compile(r"^(?:[^\W\d_][\w.'’-]*\s+){1,5}[^\W\d_][\w'’-]*\W*\d?$")


@dataclass(frozen=True, slots=True)
class _Block:
    """A block as the reading of head and foot sees it."""

    text: str
    mark: str
    bold: bool = False
    centred: bool = False
    role: Role = Role.BODY

    @property
    def capitals(self) -> bool:
        return in_capitals(self.text)


def parts(plan: Plan) -> Parts:
    """The parts of `plan`; a part that is not there is an empty range at its place."""
    blocks = tuple(_block(plan, block) for block in plan.blocks)
    end = next((i for i, block in enumerate(blocks) if block.role is Role.FOOTNOTE), len(blocks))
    type_line = _type_line(blocks[:end])
    title = _title(blocks[:end], type_line)
    addressees = _addressees(blocks[:end], title)
    opens = _body_start(blocks[:end], type_line, title, addressees)
    foot = _foot(blocks[:end], opens)
    appendices = _appendices(blocks[:end], foot)
    closes = min([foot.start, *(one.start for one in appendices)])
    head = Range(0, opens if type_line is None else type_line)
    if type_line is None:
        head = Range(0, min(head.end, addressees.start if addressees.end > addressees.start else head.end))
    return Parts(head, type_line, title, addressees, Range(min(opens, closes), closes), foot, appendices)


def mark(text: str) -> str:
    """What a line of head or foot is, by `models/rules/parts.yaml`; "" where no rule matches."""
    clean = without_specks(text) if len(text) <= LINE_LENGTH else text
    rule = line_rule("parts", clean if clean.strip() else text)
    if rule is None and any(nearly(text, motto, NEARLY) for motto in data("rules/mottos.yaml")["lines"]):
        return "motto" if len(text) <= LINE_LENGTH else ""
    return rule.value if rule else ""


def type_code(text: str) -> tuple[str, int] | None:
    """The kind of document that a line's first words name, and their length; None in running text.

    The words stand in capitals, or alone on the line.
    """
    joined = "".join(char for char in text if char.isalnum())
    is_broken = len(joined) <= TYPE_LENGTH and in_capitals(text) and len(text) > len(joined)
    line = joined if is_broken and first(phrases("types"), fold_each(joined)) else text
    found = first(phrases("types"), fold_each(line))
    if found is None:
        return None
    rule, match = found
    rest = line[match.end() :].strip(" .:*-–—_")
    if rest and not in_capitals(line[: match.end()]):
        return None
    return rule.value, match.end() if line is text else len(text)


def _block(plan: Plan, block: Paragraph | Table) -> _Block:
    text = plan.text[block.span.start : block.span.end]
    if isinstance(block, Table):
        return _Block(text, _table_mark(text))
    bold = block.bold_end - block.span.start >= len(text.rstrip())
    return _Block(text, mark(text), bold, block.centred, block.role)


def _table_mark(text: str) -> str:
    """A borderless table of a Word file may hold the head's or the foot's two columns."""
    marks = {mark(line) for line in re.split(r"[\t\n]", text) if line.strip()}
    if "motto" in marks:
        return "motto"
    return "recipients" if "recipients" in marks and marks & {"sign", "position"} else "table"


_BODY_MARKS = frozenset({"heading", "basis", "recipients", "archive", "sign", "table", "item"})


def _type_line(blocks: Sequence[_Block]) -> int | None:
    """The first block that begins with a type word, before the body begins. Above the national motto
    nothing is body, whatever a stamp's specks look like."""
    marks = [block.mark for block in blocks[:HEAD_BLOCKS]]
    motto = marks.index("motto") if "motto" in marks else 0
    for index, block in enumerate(blocks[:HEAD_BLOCKS]):
        if index >= motto and (block.mark in _BODY_MARKS or block.mark == "addressee"):
            return None
        if block.mark or not (code := type_code(block.text)) or _is_ward(blocks, index):
            continue
        if _heads(block.text, code[1]):
            return index
    return None


def _is_ward(blocks: Sequence[_Block], index: int) -> bool:
    """Below "ỦY BAN NHÂN DÂN" the line "PHƯỜNG AN PHÚ" names a ward, though folded it reads "phương án"."""
    text = blocks[index].text
    below = index > 0 and blocks[index - 1].mark == "issuing"
    return fold_each(text).startswith("phuong an") and (below or text.casefold().startswith("phường"))


def _heads(text: str, length: int) -> bool:
    """Whether words after the type word can be a title: no sentence of the body ("KẾ HOẠCH này …")."""
    rest = text[length:].strip(" :.")
    return len(rest) <= TITLE_LENGTH and not re.match(r"(?:này|số\b|nêu)", rest)


def _title(blocks: Sequence[_Block], type_line: int | None) -> Range:
    if type_line is None:
        return _reference(blocks)
    code = type_code(blocks[type_line].text)
    shares = code is not None and any(char.isalnum() for char in blocks[type_line].text[code[1] :])
    start = type_line if shares else type_line + 1
    end = type_line + 1
    before = blocks[type_line] if shares else None
    last = end
    while end < min(len(blocks), type_line + 1 + TITLE_BLOCKS):
        block = blocks[end]
        end += 1
        if block.mark == "rule" and len(block.text) <= SPECK:
            continue
        if not _is_title(block, before):
            break
        before, last = block, end
    return Range(start, last)


def _is_title(block: _Block, before: _Block | None) -> bool:
    """Whether `block` is the title's first line, or goes on with `before`."""
    goes_on = block.mark == "item" and before is not None and _LOWER_ITEM.match(block.text) is not None
    if block.mark and not goes_on and not (block.mark == "form" and before is None):
        return block.mark == "issuing" and before is not None and _open_ended(before.text)
    if len(block.text) > TITLE_LENGTH:
        return False
    if before is None:
        whole = not re.search(r"[;:.]$", block.text.rstrip(' ”"')) or block.bold or block.capitals
        return whole or _is_closed_title(block.text)
    if _AS_FOLLOWS.search(fold_each(block.text)):
        return False
    if before.capitals:
        return block.capitals
    if _BASIS.match(fold_each(block.text)):
        return False
    if before.text.count("(") > before.text.count(")"):
        return True
    if before.bold or block.bold:
        return before.bold and block.bold
    if before.centred or block.centred:
        return block.centred or block.text[:1].islower() or _open_ended(before.text)
    return len(block.text) <= LINE_LENGTH and not _PROSE_END.search(block.text)


def _is_closed_title(text: str) -> bool:
    """A title with a stop behind it, or a speck that was read as one: one sentence that opens no body."""
    folded = fold_each(text)
    is_short = len(text) <= TITLE_CLOSED and text.rstrip().endswith(".") and ". " not in text.rstrip()
    return (
        is_short and not _BASIS.match(folded) and not _AS_FOLLOWS.search(folded) and not _BODY.match(folded)
    )


def _open_ended(text: str) -> bool:
    return bool(
        re.search(
            r"(?:[,–-]|\b(?:cua|va|cac|ve|tai|theo|trong|giua|cho|voi|xa|phuong|huyen|tinh|nam))$",
            fold_each(text.rstrip()),
        )
    )


def _reference(blocks: Sequence[_Block]) -> Range:
    """The V/v lines of a công văn; date and motto may stand between them."""
    limit = min(len(blocks), HEAD_BLOCKS)
    start = next((i for i in range(limit) if blocks[i].mark == "reference"), None)
    if start is None:
        return Range(0, 0)
    end = start + 1
    while end < limit and end - start < TITLE_BLOCKS:
        block = blocks[end]
        if block.mark or len(block.text) > LINE_LENGTH or _PROSE_END.search(block.text):
            break
        end += 1
    return Range(start, end)


def _addressees(blocks: Sequence[_Block], title: Range) -> Range:
    limit = min(len(blocks), HEAD_BLOCKS)
    start = next((i for i in range(limit) if blocks[i].mark == "addressee"), None)
    if start is None or any(block.mark in ("heading", "recipients") for block in blocks[:start]):
        return Range(title.end, title.end)
    end = start + 1
    while end < len(blocks) and blocks[end].mark == "item" and len(blocks[end].text) <= 2 * LINE_LENGTH:
        end += 1
    return Range(start, end)


HEAD_MARKS = frozenset(
    {
        "rule",
        "motto",
        "draft",
        "stamp",
        "number",
        "reference",
        "place_date",
        "issuing",
        "attached",
        "addressee",
    }
)


_AFTER_TITLE = frozenset({"rule", "attached", "issuing", "position", "place_date", "motto"})


def _body_start(blocks: Sequence[_Block], type_line: int | None, title: Range, addressees: Range) -> int:
    after = max(title.end, addressees.end, 0 if type_line is None else type_line + 1)
    if type_line is None and addressees.end == addressees.start:
        heads = [i for i, block in enumerate(blocks[:HEAD_BLOCKS]) if block.mark in HEAD_MARKS]
        stop = next((i for i, block in enumerate(blocks) if block.mark in _BODY_MARKS), len(blocks))
        after = max([after, *(i + 1 for i in heads if i < stop)])
    while after < len(blocks) and blocks[after].mark in _AFTER_TITLE:
        after += 1
    return after


def _foot(blocks: Sequence[_Block], opens: int) -> Range:
    """From the first line of recipients or signature to the signer's name."""
    start = next((i for i in range(opens, len(blocks)) if _opens_foot(blocks, i)), None)
    if start is None:
        return Range(len(blocks), len(blocks))
    end, last, noise = start, start, 0
    seen: set[str] = {"recipients"} if blocks[start].mark in ("item", "archive") else set()
    while end < len(blocks) and noise <= FOOT_NOISE:
        kind = "item" if _goes_on(blocks, start, end, seen) else _foot_kind(blocks[end], seen)
        if kind == "stop":
            break
        noise = noise + 1 if kind == "noise" else 0
        seen |= {kind, "sign"} if _has_signature(blocks[end].text) else {kind}
        end += 1
        last = end if kind != "noise" else last
    return Range(start, max(last, start + 1))


def _goes_on(blocks: Sequence[_Block], start: int, index: int, seen: set[str]) -> bool:
    """Whether a line without a mark goes on with the recipient before it."""
    block, before = blocks[index], blocks[index - 1]
    if index == start or "item" not in seen or block.mark or before.mark not in ("item", ""):
        return False
    is_open = not re.search(r"[;.]\s*$", before.text) and len(before.text) <= LINE_LENGTH
    return is_open and len(block.text) <= LINE_LENGTH and not (seen & {"name"}) and not type_code(block.text)


def _opens_foot(blocks: Sequence[_Block], index: int) -> bool:
    """At "Nơi nhận", a signature line, or the first of a list that ends with "Lưu: …"."""
    block = blocks[index]
    if block.mark == "recipients":
        return True
    if block.mark in ("item", "archive"):
        rest = blocks[index : index + LIST_LENGTH]
        stop = next((i for i, one in enumerate(rest) if not _is_listed(one)), len(rest))
        closed = index == 0 or bool(re.search(r"[./]\s*$", blocks[index - 1].text))
        short = all(len(one.text) <= SHORT_ITEM for one in rest[:stop])
        return closed and short and stop < len(rest) and rest[stop].mark == "archive"
    if block.mark == "sign":
        return len(block.text) <= LINE_LENGTH
    near = blocks[index + 1 : index + 4]
    return block.mark == "position" and any(_is_name(one) or one.mark == "recipients" for one in near)


def _is_listed(block: _Block) -> bool:
    return block.mark == "item" or (not block.mark and block.text[:1].islower())


def _foot_kind(block: _Block, seen: set[str]) -> str:
    """recipients, sign, item or name where the line belongs to a foot; noise where it may; else stop."""
    if block.mark in ("recipients", "sign", "position"):
        again = block.mark == "recipients" and "recipients" in seen
        return "stop" if again else block.mark
    if block.mark == "archive":
        return "item"
    if block.mark == "item":
        most = SHORT_ITEM if "name" in seen else 2 * LINE_LENGTH
        return "item" if len(block.text) <= most and "recipients" in seen else "stop"
    if block.mark in ("appendix", "form", "table", "motto", "number", "place_date", "attached", "basis"):
        return "stop"
    if _is_name(block) and not block.capitals:
        return "name" if seen & {"sign", "position", "item"} else "noise"
    if _has_signature(block.text) and len(block.text) <= LINE_LENGTH:
        return "sign"
    if block.mark == "heading" and "name" in seen:
        return "stop"
    if len(block.text) > LINE_LENGTH or (block.capitals and len(block.text) > SEAL_LETTERS):
        return "stop"
    return "stop" if type_code(block.text) else "noise"


def _has_signature(text: str) -> bool:
    """Whether a signature line stands in a line that OCR read across columns, or with a seal's noise."""
    folded = fold_each(text)
    found = (rule.pattern.search(folded) for rule in phrases("signing"))
    return any(match and in_capitals(text[slice(*match.span())]) for match in found)


def _is_name(block: _Block) -> bool:
    text = rejoined(one_line(without_specks(block.text)))
    words = text.split()
    return bool(
        not block.mark and _NAME.match(text) and all(word[0].isupper() for word in words if word[0].isalpha())
    )


def _appendices(blocks: Sequence[_Block], foot: Range) -> tuple[Range, ...]:
    """What follows the foot, cut at each mark; without a foot, from the first mark that stands alone."""
    found = foot.start < len(blocks)
    start = (
        foot.end
        if found
        else next((i for i, one in enumerate(blocks) if one.mark == "appendix"), len(blocks))
    )
    while start < len(blocks) and blocks[start].mark == "rule":
        start += 1
    if start >= len(blocks):
        return ()
    cuts = [start, *_cuts(blocks, start)]
    ranges = (Range(one, other) for one, other in zip(cuts, [*cuts[1:], len(blocks)], strict=True))
    return tuple(_without_foot(blocks, one) for one in ranges)


def _cuts(blocks: Sequence[_Block], start: int) -> Iterator[int]:
    """Where a new appendix begins: at a mark after content, at a form's name after a table."""
    content = table = False
    for index in range(start, len(blocks)):
        block = blocks[index]
        opens = (
            block.mark == "appendix"
            or (block.mark == "form" and table)
            or (block.mark == "motto" and content)
        )
        if opens and content and index > start:
            yield index
            content = table = False
        table = table or block.mark == "table"
        content = content or block.mark in ("table", "heading", "item", "appendix", "form")
        content = content or len(block.text) > LINE_LENGTH


def _without_foot(blocks: Sequence[_Block], appendix: Range) -> Range:
    """An attached plan may be signed again: its foot is no content."""
    foot = _foot(blocks[: appendix.end], appendix.start + 1)
    return Range(appendix.start, foot.start) if foot.end == appendix.end else appendix
