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
from c6brief.print.comparison.groups import Group
from c6brief.print.comparison.printed import PrintedBlock
from c6brief.print.comparison.weasyprint_painted import Sides

Places = Mapping[Element, tuple[tuple[int, Sides], ...]]
"""Where the boxes of elements stand: a page, and the sides of their borders."""

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
    box: Sides
    text: Sides


def compare_cells(page: EvidencePage, places: Places) -> Iterator[PrintedOtherwise]:
    """Cells that stand in the row or the column of others."""
    tables: dict[Element, list[PrintedBlock]] = {}
    for block in page.blocks:
        if block.places and (table := _climb(block.element, ("table",), page)) is not None:
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
                yield PrintedOtherwise(message, cell.page, cell.block.words, cell.block.words, moved=True)
                break  # where one cell has moved, others have


def _list_cells(table: Element, blocks: Sequence[PrintedBlock], page: EvidencePage, places: Places) -> Iterator[_Cell]:
    rows = {row: number for number, row in enumerate(table.iter("tr"))}
    for block in blocks:
        element = _climb(block.element, ("td", "th"), page)
        row = _climb(element, ("tr",), page)
        if element is None or row is None or int(element.get("rowspan") or 1) > 1:
            continue
        column = 0
        for other in row:
            if other is element:
                break
            column += int(other.get("colspan") or 1)
        if int(element.get("colspan") or 1) > 1:
            continue
        for number, text in _join_by_page(block.places):
            boxes = [sides for each, sides in places.get(element, ()) if each == number]
            if boxes:
                yield _Cell(rows[row], column, element, block, number, boxes[0], text)


def _find_wrong_row(cell: _Cell, labels: list[_Cell]) -> _Cell | None:
    """The label of another row in whose height a cell stands, or under which it stands where cells are stacked."""
    own = next((each for each in labels if each.row == cell.row and each.page == cell.page), None)
    if own is None:
        return None
    x, y = _find_middle(cell.text)
    if _is_between(y, own.text[1], own.text[3]) or (_is_at_home(own) and _is_between(y, own.box[1], own.box[3])):
        return None
    others = [each for each in labels if each.row != cell.row and each.page == cell.page]
    if _is_between(x, own.box[0], own.box[2]):  # stacked
        above = [each for each in [own, *others] if each.text[3] <= y and _is_between(x, each.box[0], each.box[2])]
        nearest = max(above, key=lambda each: each.text[3], default=own)
        return None if nearest.row == cell.row or nearest.block.words == own.block.words else nearest
    return next((each for each in others if _is_between(y, each.text[1], each.text[3])), None)


def _find_wrong_column(cell: _Cell, heads: list[_Cell]) -> _Cell | None:
    """The heading of another column in whose width a cell stands."""
    own = next((each for each in heads if each.column == cell.column and each.page == cell.page), None)
    x, _ = _find_middle(cell.text)
    if own is None or _is_between(x, own.box[0], own.box[2]) or _is_between(x, own.text[0], own.text[2]):
        return None
    others = (each for each in heads if each.column != cell.column and each.page == cell.page)
    return next((each for each in others if _is_between(x, each.text[0], each.text[2])), None)


def _is_at_home(cell: _Cell) -> bool:
    """Whether the words of a cell stand in its box."""
    x, y = _find_middle(cell.text)
    return _is_between(x, cell.box[0], cell.box[2]) and _is_between(y, cell.box[1], cell.box[3])


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
                    yield PrintedOtherwise(message, block.places[0][0], block.words, block.words, moved=True)


def _find_wrong_home(
    block: PrintedBlock,
    anchor: PrintedBlock,
    home: Element,
    same: list[tuple[Group, PrintedBlock, Element]],
    places: Places,
) -> Group | None:
    for number, text in _join_by_page(block.places):
        x, y = _find_middle(text)
        own = [sides for each, sides in places.get(home, ()) if each == number]
        if any(_holds(sides, x, y) for sides in own):
            continue
        mine = [sides for each, sides in _join_by_page(anchor.places) if each == number]
        if not own and not mine:
            continue  # the rest of something that a page's end has broken
        if not own and any(_is_between(y, sides[1], sides[3]) for sides in mine):
            continue
        for group, other, element in same:
            if element is home or other is anchor:
                continue
            theirs = [sides for each, sides in places.get(element, ()) if each == number]
            if any(_holds(sides, x, y) for sides in theirs):
                return group
            anchors = [sides for each, sides in _join_by_page(other.places) if each == number]
            if not own and mine and any(_is_between(y, sides[1], sides[3]) for sides in anchors):
                return group
    return None


def _join_by_page(places: Sequence[tuple[int, Sides]]) -> list[tuple[int, Sides]]:
    """For each page, the sides of the rectangle around all that stands there."""
    found: dict[int, Sides] = {}
    for number, sides in places:
        old = found.get(number, sides)
        found[number] = min(old[0], sides[0]), min(old[1], sides[1]), max(old[2], sides[2]), max(old[3], sides[3])
    return list(found.items())


def _find_middle(sides: Sides) -> tuple[float, float]:
    return (sides[0] + sides[2]) / 2, (sides[1] + sides[3]) / 2


def _is_between(value: float, least: float, most: float) -> bool:
    return least - TOLERANCE <= value <= most + TOLERANCE


def _holds(sides: Sides, x: float, y: float) -> bool:
    return _is_between(x, sides[0], sides[2]) and _is_between(y, sides[1], sides[3])


def _climb(element: Element | None, tags: tuple[str, ...], page: EvidencePage) -> Element | None:
    while element is not None and element.tag not in tags:
        element = page.parents.get(element)
    return element
