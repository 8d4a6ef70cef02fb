"""Tables whose cells name their headings (ISO 32000-1, 14.8.4.3.4 and 14.8.5.7)."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from c6brief.print.tagging.headers import TALLEST, WIDEST, TableCell, find_headings, place_cells
from c6brief.print.tagging.node import Kid, NodeBuilder, StructureNode
from c6brief.print.tagging.roles import ROW_GROUPS


def build_table(tree: NodeBuilder, element: Element) -> list[Kid]:
    """``table`` as a table. What is not displayed counts neither as a row nor as a cell."""
    table = tree.node("Table", [], element)
    groups: list[list[list[TableCell]]] = []
    cells: dict[TableCell, StructureNode] = {}
    for child in element:
        if child.tag == "caption":
            table.kids += tree.element(child)
        elif child.tag in ROW_GROUPS and child in tree.content.seen:
            groups.append([])
            rows = [row for row in child if row.tag == "tr" and row in tree.content.seen]
            nodes: list[Kid] = [_build_row(tree, row, groups[-1], cells) for row in rows]
            if nodes:
                table.kids.append(tree.node(ROW_GROUPS[child.tag], nodes, child))
    _assign_headings(groups, cells, f"heading-{tree.count('table')}")
    return [table]


def take_caption(kids: list[Kid]) -> list[Kid]:
    """The content of a figure: the caption of one that holds a single table becomes the table's own."""
    tables = _of_kind("Table", kids)
    captions = _of_kind("Caption", kids)
    if len(tables) != 1 or len(captions) != 1 or _of_kind("Caption", tables[0].kids):
        return kids
    tables[0].kids.insert(0, captions[0])
    return [kid for kid in kids if kid is not captions[0]]


def _of_kind(kind: str, kids: list[Kid]) -> list[StructureNode]:
    return [kid for kid in kids if isinstance(kid, StructureNode) and kid.kind == kind]


def _build_row(
    tree: NodeBuilder, element: Element, rows: list[list[TableCell]], cells: dict[TableCell, StructureNode]
) -> StructureNode:
    rows.append([])
    kids: list[Kid] = []
    for child in element:
        if child.tag not in ("td", "th") or child not in tree.content.seen:
            continue
        scope = child.get("scope", "").lower()
        cell = TableCell(
            rows=_read_span(child.get("rowspan"), 0, TALLEST),
            columns=_read_span(child.get("colspan"), 1, WIDEST),
            is_heading=child.tag == "th",
            scope="row" if scope.startswith("row") else "column" if scope.startswith("col") else "",
        )
        rows[-1].append(cell)
        cells[cell] = tree.node(child.tag.upper(), tree.filled(tree.kids(child)), child)
        kids.append(cells[cell])
    return tree.node("TR", kids, element)


def _assign_headings(groups: list[list[list[TableCell]]], cells: dict[TableCell, StructureNode], prefix: str) -> None:
    """Give every heading its scope and an id, and every cell the ids of its headings."""
    placed = place_cells(groups)
    for each in placed:
        node = cells[each.cell]
        spans = {"RowSpan": each.rows, "ColSpan": each.columns}
        node.attributes["Table"] = {name: span for name, span in spans.items() if span > 1}
        if each.scope:
            node.id = f"{prefix}-{each.row + 1}-{each.column + 1}"
            node.attributes["Table"]["Scope"] = "/Row" if each.scope == "row" else "/Column"
    for cell, found in find_headings(placed).items():
        if found:
            cells[cell].attributes["Table"]["Headers"] = [cells[heading].id for heading in found]


def _read_span(value: str | None, least: int, most: int) -> int:
    """``rowspan`` or ``colspan``; 1 for what is no number."""
    try:
        return min(max(int(value or 1), least), most)
    except ValueError:
        return 1
