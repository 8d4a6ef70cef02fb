"""Citations in OpenDocument texts: Zotero's reference marks, whose names hold JSON, and the fields of Word that LibreOffice keeps.

Both are a pair of empty elements around the words that a reader sees, in one paragraph.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from c6brief.drafts.citations import FoundCitations
from c6brief.drafts.office_parts import parse, serialize
from c6brief.drafts.word_fields import kind_of, token_for

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_FIELD = "{urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0}"

_STARTS = {
    f"{_TEXT}reference-mark-start": f"{_TEXT}reference-mark-end",
    f"{_FIELD}fieldmark-start": f"{_FIELD}fieldmark-end",
}
"""The element that begins each form, and the one that ends it."""


def replace_marks(part: bytes, found: FoundCitations) -> bytes:
    """``content.xml`` of an ODT with a token for each citation; citations and remarks are added to ``found``."""
    root = parse(part, "ODT")
    for parent in list(root.iter()):
        for start in [child for child in parent if child.tag in _STARTS]:
            code = _code_of(start)
            if kind_of(code) and start in list(parent):  # not one within another that was replaced
                _replace(parent, start, code, found)
        for child in list(parent):
            name = child.get(f"{_TEXT}name", "")
            if child.tag == f"{_TEXT}section" and name.startswith(("ZOTERO_BIBL", "CSL_BIBLIOGRAPHY")):
                found.remark("bibliography", "".join(child.itertext()), "it is made anew from what is cited")
                parent.remove(child)
            elif child.tag == f"{_TEXT}bibliography-mark":
                advice = "its words stay in the text: cite it as [@id]"
                found.remark("citation by LibreOffice", "".join(child.itertext()), advice)
            elif child.tag in (f"{_TEXT}bookmark-start", f"{_TEXT}bookmark") and name.startswith("ZOTERO_BREF"):
                advice = "its words stay in the text: have Zotero store citations as reference marks, and save again"
                found.remark("citation by Zotero kept as a bookmark", name[:40], advice)
            elif child.tag == f"{_TEXT}tracked-changes":
                found.remark("tracked changes", "", "read as accepted")
    return serialize(root)


def _code_of(start: Element) -> str:
    """The code of the field of Word that a mark stands for; of one of Zotero's own the same."""
    if start.tag == f"{_TEXT}reference-mark-start":
        return f"ADDIN {start.get(f'{_TEXT}name', '')}"
    values = {param.get(f"{_FIELD}name", ""): param.get(f"{_FIELD}value", "") for param in start}
    return next((value for name, value in values.items() if name.endswith(".field.code")), "")


def _replace(parent: Element, start: Element, code: str, found: FoundCitations) -> None:
    """Put a token in the place of what stands between a ``start`` in ``parent`` and its end."""
    children = list(parent)
    first = children.index(start)
    last = _end_of(children, first)
    between = children[first + 1 : last] if last is not None else []
    words = (start.tail or "") + "".join("".join(each.itertext()) + (each.tail or "") for each in between)
    if last is None:
        found.remark(f"citation or bibliography over paragraphs ({kind_of(code)})", words, "its words stay in the text")
        return
    written = token_for(code, words, found)
    if written is not None:
        for each in between:
            parent.remove(each)
        start.tail = written


def _end_of(children: list[Element], first: int) -> int | None:
    """The place among ``children`` of the end of what begins at ``first``; ``None`` where it is not among them."""
    start = children[first]
    name = start.get(f"{_TEXT}name")
    depth = 0
    for at in range(first, len(children)):
        child = children[at]
        is_named = start.tag == f"{_FIELD}fieldmark-start" or child.get(f"{_TEXT}name") == name
        depth += (child.tag == start.tag and is_named) - (child.tag == _STARTS[start.tag] and is_named)
        if depth == 0:
            return at
    return None
