"""Where texts stand on the page, held against what they belong to.

Style sheets move texts: ``position``, ``transform``, grids, margins. A cell is read as that of the row and the column in
which it stands, and a label as that of the thing in whose place it stands, wherever the HTML has them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from c6brief.print.comparison.beside import SAYS, EvidencePage
from c6brief.print.comparison.compare import PrintedOtherwise
from c6brief.print.comparison.elements import find_holder
from c6brief.print.comparison.groups import Group
from c6brief.print.comparison.printed import PagePlace, PrintedBlock
from c6brief.print.preflight.content import Frame, add_frame

Places = Mapping[Element, Sequence[PagePlace]]
"""Where the boxes of elements stand."""

TOLERANCE = 2.0
"""CSS pixels by which a text may stand out of what holds it."""


@dataclass(frozen=True)
class _Cell:
    """A cell of a table, on one page."""

    row: int
    """The number of its row among the table's."""
    column: int
    """The first of its columns."""
    element: Element
    block: PrintedBlock
    page: int
    box: Frame
    text: Frame


def compare_cells(page: EvidencePage, places: Places) -> Iterator[PrintedOtherwise]:
    """Cells that stand in the row or the column of others."""
    tables: dict[Element, list[PrintedBlock]] = {}
    for block in page.blocks:
        table = find_holder(block.element, ("table",), page.parents)
        if block.places and table is not None and not page.is_note(block):
            tables.setdefault(table, []).append(block)
    for table, blocks in tables.items():
        cells = list(_list_cells(table, blocks, page, places))
        labels = [cell for cell in cells if cell.column == 0]
        heads = [cell for cell in cells if cell.row == 0]
        for cell in cells:
            wrong = (cell.column > 0 and _find_wrong_row(cell, labels)) or (
                cell.row > 0 and _find_wrong_column(cell, heads)
            )
            if wrong:
                message = (
                    f"“{cell.block.words[:60]}” is printed beside “{wrong.block.words[:60]}”, which is not its own"
                )
                yield PrintedOtherwise(message, cell.page, cell.block.words, cell.block.words, cause="moved")
                break  # where one cell has moved, others have


def _list_cells(table: Element, blocks: Sequence[PrintedBlock], page: EvidencePage, places: Places) -> Iterator[_Cell]:
    rows = {row: number for number, row in enumerate(table.iter("tr"))}
    for block in blocks:
        element = find_holder(block.element, ("td", "th"), page.parents)
        row = find_holder(element, ("tr",), page.parents)
        if element is None or row is None or page.is_note(block) or int(element.get("rowspan") or 1) > 1:
            continue
        column = 0
        for other in row:
            if other is element:
                break
            column += int(other.get("colspan") or 1)
        if int(element.get("colspan") or 1) > 1:
            continue
        for number, text in _join_by_page(block.places):
            boxes = _on_page(number, places.get(element, ()))
            if boxes:
                yield _Cell(rows[row], column, element, block, number, boxes[0], text)


def _find_wrong_row(cell: _Cell, labels: list[_Cell]) -> _Cell | None:
    """The label of another row in whose height a cell stands, or under which it stands where cells are stacked."""
    own = next((each for each in labels if each.row == cell.row and each.page == cell.page), None)
    if own is None:
        return None
    x, y = cell.text.middle
    if _is_in_height(y, own.text) or (_holds(own.box, *own.text.middle) and _is_in_height(y, own.box)):
        return None
    others = [each for each in labels if each.row != cell.row and each.page == cell.page]
    if _is_in_width(x, own.box):  # stacked
        above = [each for each in [own, *others] if each.text.bottom <= y and _is_in_width(x, each.box)]
        nearest = max(above, key=lambda each: each.text.bottom, default=own)
        return None if nearest.row == cell.row or nearest.block.words == own.block.words else nearest
    return next((each for each in others if _is_in_height(y, each.text)), None)


def _find_wrong_column(cell: _Cell, heads: list[_Cell]) -> _Cell | None:
    """The heading of another column in whose width a cell stands."""
    own = next((each for each in heads if each.column == cell.column and each.page == cell.page), None)
    x, _ = cell.text.middle
    if own is None or _is_in_width(x, own.box) or _is_in_width(x, own.text):
        return None
    others = (each for each in heads if each.column != cell.column and each.page == cell.page)
    return next((each for each in others if _is_in_width(x, each.text)), None)


def compare_labels(page: EvidencePage, places: Places) -> Iterator[PrintedOtherwise]:
    """Labels that stand in the place of another thing of the same kind: a speaker under another's quotation."""
    held = [(block, group) for block in page.blocks for group in page.held.get(id(block), ()) if block.places]
    homes = [(group, block, page.find_home(block, group)) for block, group in held if not page.is_note(block)]
    by_kind: dict[str, list[tuple[Group, PrintedBlock, Element]]] = {}
    for group, block, home in homes:
        if home is not None and group.kind not in ("mark", "", "section"):
            by_kind.setdefault(group.kind, []).append((group, block, home))
    for same in by_kind.values():
        if len({id(home) for _, _, home in same}) < 2:
            continue
        for group, anchor, home in same:
            for block in page.within.get(home, ()):
                if block is anchor or page.is_note(block) or not SAYS.search(block.words):
                    continue
                other = _find_wrong_home(block, anchor, home, same, places)
                if other is not None and other is not group:
                    message = f"“{block.words[:60]}” belongs to {group.what} and is printed beside {other.what}"
                    yield PrintedOtherwise(message, block.places[0][0], block.words, block.words, cause="moved")


def _find_wrong_home(
    block: PrintedBlock,
    anchor: PrintedBlock,
    home: Element,
    same: list[tuple[Group, PrintedBlock, Element]],
    places: Places,
) -> Group | None:
    for number, text in _join_by_page(block.places):
        x, y = text.middle
        own, mine = _on_page(number, places.get(home, ())), _on_page(number, _join_by_page(anchor.places))
        if any(_holds(frame, x, y) for frame in own):
            continue
        if not own and not mine:
            continue  # the rest of something that a page's end has broken
        if not own and any(_is_in_height(y, frame) for frame in mine):
            continue
        for group, other, element in same:
            if element is home or other is anchor:
                continue
            if any(_holds(frame, x, y) for frame in _on_page(number, places.get(element, ()))):
                return group
            anchors = _on_page(number, _join_by_page(other.places))
            if not own and mine and any(_is_in_height(y, frame) for frame in anchors):
                return group
    return None


def _join_by_page(places: Sequence[PagePlace]) -> list[PagePlace]:
    """For each page, the frame around all that stands there."""
    found: dict[int, Frame] = {}
    for number, frame in places:
        add_frame(found, number, frame)
    return list(found.items())


def _on_page(number: int, places: Sequence[PagePlace]) -> list[Frame]:
    return [frame for page, frame in places if page == number]


def _is_in_width(x: float, frame: Frame) -> bool:
    return frame.left - TOLERANCE <= x <= frame.right + TOLERANCE


def _is_in_height(y: float, frame: Frame) -> bool:
    return frame.top - TOLERANCE <= y <= frame.bottom + TOLERANCE


def _holds(frame: Frame, x: float, y: float) -> bool:
    return _is_in_width(x, frame) and _is_in_height(y, frame)
