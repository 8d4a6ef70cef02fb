"""Destinations that are elements of the structure: what PDF/UA-2 (8.8) wants of links and outlines within a file.

A reader that follows one then goes on reading at the right element, and not at whatever stands near a point.
"""

from __future__ import annotations

from typing import Any

from c6brief.print.tagging.node import StructureNode
from c6brief.print.tagging.roles import HEADINGS
from c6brief.print.tagging.tree import TagTreeBuilder
from c6brief.print.tagging.writing import TagWriter


def lead_to_elements(pdf: Any, tree: TagTreeBuilder, writer: TagWriter) -> None:
    """Make named destinations and outlines of a ``pydyf.PDF`` lead to elements, and entries of contents refer to
    theirs.

    Nothing changes for PDF 1.7, which has no such destinations.
    """
    if writer.types.part != 2:
        return
    import pydyf

    named, document = _find_nodes_of_ids(tree), tree.nodes[tree.root]
    destinations = pdf.catalog.get("Names", {}).get("Dests", {}).get("Names", [])
    for at in range(0, len(destinations), 2):
        place = destinations[at + 1]
        target = named.get(destinations[at].string, document)
        destinations[at + 1] = pydyf.Dictionary({"D": place, "SD": writer.aim(target, place)})
    headings = [node for node in writer.elements if node.element is not None and node.kind in HEADINGS]
    for entry in pdf.objects:
        if isinstance(entry, dict) and "Title" in entry and "Dest" in entry:
            node = next((each for each in headings if _read_words(each) == _fold_spaces(entry["Title"].string)), None)
            if node is not None:
                headings.remove(node)  # the next of the same words is the next of the document
            entry["A"] = writer.go_to(node or document, entry.pop("Dest"))
    for node, element in writer.elements.items():
        if node.kind == "TOCI" and node.element is not None and (link := node.element.find(".//a")) is not None:
            named_node = named.get(link.get("href", "").removeprefix("#"))
            if named_node is not None:
                element["Ref"] = pydyf.Array([writer.elements[named_node].reference])


def _find_nodes_of_ids(tree: TagTreeBuilder) -> dict[str, StructureNode]:
    """For each id of the HTML the element that has it, or else the first one in it."""
    found = {}
    for element in tree.root.iter():
        name = element.get("id")
        if name and name not in found:
            node = next((tree.nodes[each] for each in element.iter() if each in tree.nodes), None)
            if node is not None:
                found[name] = node
    return found


def _read_words(node: StructureNode) -> str:
    return _fold_spaces("".join(node.element.itertext())) if node.element is not None else ""


def _fold_spaces(text: str) -> str:
    return " ".join(text.split())
