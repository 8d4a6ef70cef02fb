"""Lists (L, LI, Lbl, LBody) and tables of contents (TOC, TOCI), ISO 32000-1, 14.8.4.3.3."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from c6brief.print.tagging.node import Kid, NodeBuilder, StructureNode
from c6brief.print.tagging.roles import LISTS, NUMBERINGS


def build_list(tree: NodeBuilder, element: Element) -> list[Kid]:
    """``ul``, ``ol`` or ``dl`` as a list, or as contents; nothing if nothing of it is printed."""
    if _is_contents(tree, element):
        entries: list[Kid] = [kid for child in element for kid in _build_entry(tree, child)]
        return [tree.node("TOC", entries, element)] if entries else []
    items: list[StructureNode] = []
    for child in element:
        if child.tag == "dd" and items:
            items[-1].kids += _build_body(tree, child)
        elif child.tag == "dt":
            items.append(tree.node("LI", [StructureNode("Lbl", tree.filled(tree.kids(child)))], child))
        else:
            items += _build_item(tree, child)
    if not items:
        return []
    node = tree.node("L", [*items], element)
    labelled = any(isinstance(kid, StructureNode) and kid.kind == "Lbl" for item in items for kid in item.kids)
    numbering = NUMBERINGS.get(element.get("type", ""), tree.types.lists[element.tag]) if labelled else "None"
    node.attributes["List"] = {"ListNumbering": f"/{numbering}"}
    return [node]


def _build_item(tree: NodeBuilder, element: Element) -> list[StructureNode]:
    """An item, with its label.

    One that prints no marker may have its number drawn by the template, and hidden from the web's readers, who count by
    themselves: that is its label here.
    """
    label: list[Kid] = [*tree.content.own(element, "marker")]
    if not label and (drawn := _find_drawn_label(tree, element)) is not None:
        tree.labels.add(drawn)
        label = [*tree.content.below(drawn)]
    body = _build_body(tree, element)
    if not label and not body:
        return []
    return [tree.node("LI", [*([StructureNode("Lbl", label)] if label else []), *body], element)]


def _build_body(tree: NodeBuilder, element: Element) -> list[Kid]:
    kids = tree.kids(element) if element.tag in ("li", "dd") else tree.element(element)
    filled = tree.filled(kids)
    return [StructureNode("LBody", filled)] if filled else []


def _find_drawn_label(tree: NodeBuilder, element: Element) -> Element | None:
    """The first hidden text in an item, those of lists in it aside."""
    for child in element:
        if child.get("aria-hidden") == "true" and tree.content.below(child):
            return child
        if child.tag not in LISTS and (found := _find_drawn_label(tree, child)) is not None:
            return found
    return None


def _is_contents(tree: NodeBuilder, element: Element) -> bool:
    """Whether a list is one of contents: in ``nav``, every link in it leads to a place in the document."""
    links = [each.get("href", "") for each in element.iter("a")]
    in_nav = any(each.tag == "nav" for each in tree.around(element))
    return in_nav and bool(links) and all(link.startswith("#") for link in links)


def _build_entry(tree: NodeBuilder, element: Element) -> list[StructureNode]:
    """An entry of the contents: its label, a reference to its place, then the entries below it."""
    label: list[Kid] = [*tree.content.own(element, "marker")]
    kids = tree.kids(element)
    nested = [kid for kid in kids if isinstance(kid, StructureNode) and kid.kind == "TOC"]
    line = [kid for kid in kids if kid not in nested]
    if not kids:
        return []
    parts = [StructureNode("Lbl", label)] if label else []
    parts += [StructureNode("Reference", line)] if line else []
    return [tree.node("TOCI", [*parts, *nested], element)]
