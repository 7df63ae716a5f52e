"""The parts of a Word file as XML, and what its styles say: bold, capitals, centring, numbering.

Only the parts with words are opened: a broken picture or link, which Word forgives, refuses no plan.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from kehoach.errors import Damaged

# Strict Office Open XML (ISO 29500-1) has other namespaces for the same elements.
STRICT_WORD = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
WORD = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MAIN_PART = "word/document.xml"
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
NO_BORDER = frozenset({"none", "nil"})
OFF = frozenset({"0", "false", "off", "none"})
CANNOT_READ = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    KeyError,
    ValueError,
    NotImplementedError,
    RuntimeError,  # zipfile: an encrypted entry
    SyntaxError,  # lxml: XML that is not well formed
)

Value = TypeVar("Value")
Xml = Any  # an lxml element; its library belongs to python-docx


@dataclass(frozen=True, slots=True)
class Look:
    """What a style or a run says of itself; None: what it is based on says it."""

    bold: bool | None = None
    caps: bool | None = None
    centred: bool | None = None
    number_id: str | None = None
    level: int | None = None
    ruled: bool | None = None  # of a table
    font: str | None = None
    based_on: str | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """The XML of a Word file. `notes`: (kind, id) of footnotes and endnotes to their elements."""

    body: Xml
    styles: Mapping[str, Look]
    default_style: str | None
    numbering: Xml | None
    notes: Mapping[tuple[str, str], Xml]
    default_font: str | None = None


def read_parts(data: bytes, name: str) -> Parts:
    """Raises Damaged when the file's XML cannot be read or has no body."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            main = _targets(archive, "").get("officeDocument", MAIN_PART)
            own = _targets(archive, main)
            body = _xml(archive, main).find(qn("w:body"))
            if body is None:
                raise ValueError("no body")
            styles = _part(archive, own.get("styles"))
            notes = {kind: _part(archive, own.get(f"{kind}s")) for kind in ("footnote", "endnote")}
            numbering = _part(archive, own.get("numbering"))
    except CANNOT_READ as error:
        raise Damaged(name=name, detail=error) from error
    found = {
        (kind, note.get(qn("w:id"), "")): note
        for kind, part in notes.items()
        if part is not None
        for note in part.findall(qn(f"w:{kind}"))
    }
    defaults = None if styles is None else styles.find("/".join(map(qn, _RUN_DEFAULTS)))
    return Parts(body, _styles(styles), _default_style(styles), numbering, found, _font(defaults))


_RUN_DEFAULTS = ("w:docDefaults", "w:rPrDefault", "w:rPr")


def styled(parts: Parts, style: str | None, field: str) -> Any:
    """A field of `Look` for a style, from the nearest style that says it; None where none does."""
    seen = set[str]()
    name = style if style in parts.styles else parts.default_style
    while name and name in parts.styles and name not in seen:
        value = getattr(parts.styles[name], field)
        if value is not None:
            return value
        seen.add(name)
        name = parts.styles[name].based_on
    return None


def look(paragraph: Xml | None, run: Xml | None) -> Look:
    """What `w:pPr` and `w:rPr` say directly; what a tracked change says of the past is not heard."""
    number = None if paragraph is None else paragraph.find(qn("w:numPr"))
    aligned = child_value(paragraph, "w:jc")
    return Look(
        bold=_switch(run, "w:b"),
        caps=_switch(run, "w:caps"),
        centred=None if aligned is None else aligned == "center",
        number_id=child_value(number, "w:numId"),
        level=whole(child_value(number, "w:ilvl")),
        font=_font(run),
    )


def _font(run: Xml | None) -> str | None:
    """The font of Latin letters; a theme's font overrules it."""
    fonts = None if run is None else run.find(qn("w:rFonts"))
    if fonts is None or fonts.get(qn("w:asciiTheme")):
        return None
    name: str | None = fonts.get(qn("w:ascii")) or fonts.get(qn("w:hAnsi"))
    return name


def child_value(element: Xml | None, tag: str) -> str | None:
    """`w:val` of a child; None without element, child or value."""
    found = None if element is None else element.find(qn(tag))
    value: str | None = None if found is None else found.get(qn("w:val"))
    return value


def draws(borders: Xml) -> bool:
    """Whether `w:tblBorders` or `w:tcBorders` draws any line."""
    return any((edge.get(qn("w:val")) or "none") not in NO_BORDER for edge in borders)


def whole(text: str | None) -> int | None:
    """A whole number as XML has it; None for anything else."""
    return int(text) if text and text.strip().isdecimal() and len(text) < len("1000000000") else None


def _switch(properties: Xml | None, tag: str) -> bool | None:
    found = None if properties is None else properties.find(qn(tag))
    return None if found is None else found.get(qn("w:val"), "1") not in OFF


def _styles(part: Xml | None) -> dict[str, Look]:
    if part is None:
        return {}
    return {style.get(qn("w:styleId"), ""): _style(style) for style in part.findall(qn("w:style"))}


def _style(style: Xml) -> Look:
    own = look(style.find(qn("w:pPr")), style.find(qn("w:rPr")))
    borders = style.find(f"{qn('w:tblPr')}/{qn('w:tblBorders')}")
    ruled = None if borders is None else draws(borders)
    return replace(own, ruled=ruled, based_on=child_value(style, "w:basedOn"))


def _default_style(part: Xml | None) -> str | None:
    for style in part.findall(qn("w:style")) if part is not None else ():
        if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default"), "0") not in OFF:
            name: str | None = style.get(qn("w:styleId"))
            return name
    return None


def _targets(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    """Targets of a part's relationships by the last word of their type; the package's own for ''."""
    folder, file = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{file}.rels")
    if path not in archive.namelist():
        return {}
    found: dict[str, str] = {}
    for one in _xml(archive, path).findall(RELATIONSHIP):
        if one.get("TargetMode") != "External":
            target = posixpath.join("/", folder, one.get("Target", ""))
            found.setdefault(one.get("Type", "").rpartition("/")[2], posixpath.normpath(target).lstrip("/"))
    return found


def _part(archive: zipfile.ZipFile, path: str | None) -> Xml | None:
    return _xml(archive, path) if path in archive.namelist() and path is not None else None


def _xml(archive: zipfile.ZipFile, path: str) -> Xml:
    return parse_xml(archive.read(path).replace(STRICT_WORD, WORD))
