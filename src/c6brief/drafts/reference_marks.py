"""Citations of Zotero in OpenDocument texts: reference marks around the words that a reader sees, JSON in their names."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from c6brief.drafts.citations import FoundCitations, items_of
from c6brief.drafts.office_parts import parse, serialize

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

_HOLDS = ("ZOTERO_ITEM CSL_CITATION", "CSL_CITATION")


def replace_marks(part: bytes, found: FoundCitations) -> bytes:
    """``content.xml`` of an ODT with a token for each citation; citations and remarks are added to ``found``."""
    root = parse(part, "ODT")
    for parent in list(root.iter()):
        for start in [child for child in parent if child.tag == f"{_TEXT}reference-mark-start"]:
            name = start.get(f"{_TEXT}name", "")
            if name.startswith(_HOLDS):
                _replace(parent, start, name, found)
        for child in list(parent):
            name = child.get(f"{_TEXT}name", "")
            if child.tag == f"{_TEXT}section" and name.startswith(("ZOTERO_BIBL", "CSL_BIBLIOGRAPHY")):
                found.remark("bibliography", "".join(child.itertext()), "it is made anew from what is cited")
                parent.remove(child)
            elif child.tag == f"{_TEXT}bibliography-mark":
                found.remark(
                    "citation by LibreOffice", "".join(child.itertext()), "its words stay in the text: cite it as [@id]"
                )
            elif child.tag in (f"{_TEXT}bookmark-start", f"{_TEXT}bookmark") and name.startswith("ZOTERO_BREF"):
                advice = "its words stay in the text: have Zotero store citations as reference marks, and save again"
                found.remark("citation by Zotero kept as a bookmark", name[:40], advice)
            elif child.tag == f"{_TEXT}tracked-changes":
                found.remark("tracked changes", "", "read as accepted")
    return serialize(root)


def _replace(parent: Element, start: Element, name: str, found: FoundCitations) -> None:
    """Put a token in the place of what stands between two reference marks of a ``name`` in a ``parent``."""
    children = list(parent)
    first = children.index(start)
    last = next(
        (
            at
            for at in range(first + 1, len(children))
            if children[at].tag == f"{_TEXT}reference-mark-end" and children[at].get(f"{_TEXT}name") == name
        ),
        None,
    )
    between = children[first + 1 : last] if last is not None else []
    words = (start.tail or "") + "".join("".join(each.itertext()) + (each.tail or "") for each in between)
    items = items_of(name)
    if last is None or items is None:
        found.remark("citation by Zotero that cannot be read", words, "its words stay in the text")
        return
    for each in between:
        parent.remove(each)
    start.tail = found.add("Zotero", words, items)
