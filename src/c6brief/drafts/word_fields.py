"""Fields of Word (ECMA-376, part 1, 17.16) that hold citations: each is replaced by a token before the text is read.

A field is a run with ``fldChar begin``, its code in ``instrText`` over as many runs as Word likes, ``separate``, the words
that a reader sees, and ``end``; or one element ``fldSimple``. Fields lie in one another and may go on over paragraphs.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from c6brief.drafts.citations import FoundCitations, items_of
from c6brief.drafts.office_parts import parse, serialize

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"

PARTS = re.compile(r"word/(?:document\d*|footnotes|endnotes)\.xml")
"""The parts of a DOCX that hold text of the author's."""

_MENDELEY_TAG = "MENDELEY_CITATION_v3_"


@dataclass
class _Field:
    """A field that has begun: its code, the words seen, and every element of runs that belongs to it."""

    code: str = ""
    words: str = ""
    is_code: bool = True
    elements: list[tuple[Element, Element]] = field(default_factory=list)
    """Each element, with the run that holds it."""


def replace_fields(part: bytes, found: FoundCitations) -> bytes:
    """The XML of a part of a DOCX with a token for each citation; citations and remarks are added to ``found``."""
    root = parse(part, "DOCX")
    w = _STRICT if root.tag.startswith(_STRICT) else _W
    _replace_simple(root, w, found)
    _replace_complex(root, w, found)
    _replace_controls(root, w, found)
    _remark_others(root, w, found)
    return serialize(root)


def _replace_complex(root: Element, w: str, found: FoundCitations) -> None:
    opened: list[_Field] = []
    for run in list(root.iter(f"{w}r")):
        for element in list(run):
            kind = element.get(f"{w}fldCharType") if element.tag == f"{w}fldChar" else None
            if kind == "begin":
                opened.append(_Field())
            for each in opened:
                each.elements.append((run, element))
            if not opened:
                continue
            if element.tag in (f"{w}instrText", f"{w}delInstrText") and opened[-1].is_code:
                opened[-1].code += element.text or ""
            elif element.tag in (f"{w}t", f"{w}tab", f"{w}br"):
                for each in opened:
                    each.words += "" if each.is_code else (element.text or " ")
            elif kind == "separate":
                opened[-1].is_code = False
            elif kind == "end":
                ended = opened.pop()
                if not any(kind_of(outer.code) for outer in opened):
                    _replace(ended, w, found)
    for left in opened:
        if kind_of(left.code):
            found.remark("citation whose field never ends", left.words or left.code[:80], "update the fields in Word")


def _replace(ended: _Field, w: str, found: FoundCitations) -> None:
    """Put a token in the place of a field that cites; take out a list of references."""
    written = token_for(ended.code, ended.words, found)
    if written is None:
        return
    run, first = ended.elements[0]
    if written:
        run.insert(list(run).index(first), _text(w, written))
    for holder, element in ended.elements:
        if element in list(holder):
            holder.remove(element)


def _replace_simple(root: Element, w: str, found: FoundCitations) -> None:
    """Simple fields that cite, and of all others the words in their place: Pandoc leaves out those that it does not know."""
    for parent in list(root.iter()):
        for simple in [child for child in parent if child.tag == f"{w}fldSimple"]:
            written = token_for(simple.get(f"{w}instr", ""), _words_in(simple, w), found)
            children = list(simple)
            if written is not None:
                run = Element(f"{w}r")
                run.append(_text(w, written))
                children = [run] if written else []
            elif simple.get(f"{w}instr", "").split()[:1] == ["HYPERLINK"]:
                continue
            at = list(parent).index(simple)
            parent.remove(simple)
            for child in reversed(children):
                parent.insert(at, child)


def _replace_controls(root: Element, w: str, found: FoundCitations) -> None:
    """Content controls in which Mendeley Cite keeps its citations."""
    for control in root.iter(f"{w}sdt"):
        tag = control.find(f"{w}sdtPr/{w}tag")
        name = tag.get(f"{w}val", "") if tag is not None else ""
        content = control.find(f"{w}sdtContent")
        if not name.startswith("MENDELEY_") or content is None:
            continue
        words = _words_in(content, w)
        if name.startswith("MENDELEY_BIBLIOGRAPHY"):
            _empty(content, w)
            found.remark("bibliography", words, "it is made anew from what is cited")
            continue
        try:
            code = base64.b64decode(name.removeprefix(_MENDELEY_TAG), validate=True).decode("utf-8", "replace")
        except (binascii.Error, ValueError):
            code = ""
        items = items_of(code)
        if items is None:
            found.remark("citation by Mendeley that cannot be read", words, "its words stay in the text")
            continue
        paragraph = content.find(f"{w}p")
        holder = content if paragraph is None else paragraph
        _empty(content, w)
        run = Element(f"{w}r")
        run.append(_text(w, found.add("Mendeley", words, items)))
        holder.append(run)


def _empty(content: Element, w: str) -> None:
    """Take out what can be seen of ``content``."""
    for run in list(content.iter(f"{w}r")):
        for child in list(run):
            run.remove(child)


def token_for(code: str, words: str, found: FoundCitations) -> str | None:
    """What stands in the place of a field: a token, nothing (""), or ``None`` where the field stays as it is."""
    kind = kind_of(code)
    if kind in ("Zotero", "Mendeley"):
        items = items_of(code)
        if items is not None:
            return found.add(kind, words, items)
        found.remark(f"citation by {kind} that cannot be read", words, "its words stay in the text")
    elif kind == "bibliography":
        found.remark("bibliography", words, "it is made anew from what is cited")
        return ""
    elif kind:
        found.remark(f"citation by {kind}", words, "its words stay in the text: cite it as [@id]")
    return None


_KINDS = (
    ("ADDIN ZOTERO_ITEM", "Zotero"),
    ("ADDIN ZOTERO_BIBL", "bibliography"),
    ("ADDIN CSL_CITATION", "Mendeley"),
    ("ADDIN Mendeley Citation", "Mendeley"),
    ("ADDIN Mendeley Bibliography", "bibliography"),
    ("ADDIN CSL_BIBLIOGRAPHY", "bibliography"),
    ("ADDIN EN.REFLIST", "bibliography"),
    ("ADDIN EN.CITE", "EndNote"),
    ("ADDIN RW.CITE", "RefWorks"),
    ("ADDIN REFMGR.CITE", "Reference Manager"),
    ("CITATION", "Word"),
    ("BIBLIOGRAPHY", "bibliography"),
)
"""How codes of fields begin, and what they are."""


def kind_of(code: str) -> str:
    """What a field with that ``code`` is: a manager's name, ``bibliography``, or empty."""
    code = " ".join(code[:200].split())
    if code.startswith("ADDIN EN.CITE.DATA"):  # it lies in an EN.CITE
        return ""
    return next((kind for start, kind in _KINDS if code == start or code.startswith((f"{start} ", f"{start}{{"))), "")


def _remark_others(root: Element, w: str, found: FoundCitations) -> None:
    """Tell of what is not read: citations kept as bookmarks, text boxes, changes that are tracked."""
    bookmarks = [each for each in root.iter(f"{w}bookmarkStart") if each.get(f"{w}name", "").startswith("ZOTERO_BREF")]
    if bookmarks:
        advice = (
            "their words stay in the text: in Zotero's document preferences store citations as fields, and save again"
        )
        found.remark("citations by Zotero kept as bookmarks", f"{len(bookmarks)} of them", advice)
    for box in root.iter(f"{w}txbxContent"):
        found.remark("text box", _words_in(box, w)[:200], "look whether its words came over")
    if next(root.iter(f"{w}del"), None) is not None or next(root.iter(f"{w}ins"), None) is not None:
        found.remark("tracked changes", "", "read as accepted")


def _words_in(element: Element, w: str) -> str:
    return "".join(_seen(element, w))


def _seen(element: Element, w: str) -> Iterator[str]:
    for each in element.iter():
        if each.tag == f"{w}t":
            yield each.text or ""
        elif each.tag in (f"{w}p", f"{w}tab", f"{w}br"):
            yield " "


def _text(w: str, words: str) -> Element:
    made = Element(f"{w}t")
    made.text = words
    return made
