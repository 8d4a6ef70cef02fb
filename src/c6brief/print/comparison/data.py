"""Tables and drawings as printed, held against those of the brief: a number is right by its row and column."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from rapidfuzz import fuzz

from c6brief.brief.model import FigureBlock, TableBlock
from c6brief.print.comparison.brief_texts import fold
from c6brief.print.comparison.compare import PrintedOtherwise
from c6brief.print.comparison.elements import find_holder, is_in_note
from c6brief.print.comparison.printed import CALL, PrintedBlock, PrintedDrawing, PrintedPart, find_joint
from c6brief.print.comparison.surroundings import Surroundings
from c6brief.print.comparison.text_index import NEAR

_ATTRIBUTE = re.compile(r"""\s[\w:-]+=(?:"([^"]*)"|'([^']*)')""")
_MARKUP = re.compile(r"<[^<>]*>")


@dataclass
class _PrintedRow:
    page: int
    cells: dict[Element, str] = field(default_factory=dict)
    heads: bool = True
    """Whether all its cells are headings."""


def compare_tables(
    blocks: Iterable[PrintedBlock], tables: Iterable[TableBlock], around: Surroundings
) -> Iterator[PrintedOtherwise]:
    """Cells that are not those of their row and column. A printed table is the one that most of its rows are of."""
    printed: dict[Element, dict[Element, _PrintedRow]] = {}
    for block in blocks:
        if is_in_note(block.element, around.parents):
            continue  # a note that a cell calls stands at the foot of the page
        cell = find_holder(block.element, ("td", "th"), around.parents)
        row, table = (find_holder(cell, (tag,), around.parents) for tag in ("tr", "table"))
        if cell is not None and row is not None and table is not None and not block.running:
            here = printed.setdefault(table, {}).setdefault(row, _PrintedRow(block.page))
            here.cells[cell] = fold(f"{here.cells.get(cell, '')} {_read_cell(block)}")
            here.heads = here.heads and cell.tag == "th"
    tables = list(tables)
    for rows in printed.values():
        shown = [(row, list(row.cells.values())) for row in rows.values()]
        most = max((_count_common(table, shown) for table in tables), default=0)
        if most and most * 2 >= sum(len(cells) > 1 for _, cells in shown):
            like = [table for table in tables if _count_common(table, shown) == most]
            yield from min((list(_compare_rows(table, shown)) for table in like), key=len)


def _read_cell(block: PrintedBlock) -> str:
    """The words of a cell, its lines joined, without the signs that tie notes to it, the calls of notes and marks."""
    words, typed = "", block.typed
    for line in block.lines:
        said = "".join(part.text for part in line if not _is_sign(part))
        joint = find_joint(fold(words[-40:])[-12:], fold(said)[:12], typed) if words and said else ""
        words = words[:-1] + said if joint is None else words + joint + said
    return fold(words)


def _is_sign(part: PrintedPart) -> bool:
    classes = ((part.element.get("class") if part.element is not None else None) or "").split()
    return part.tag.endswith(CALL) or not {"tie", "mark"}.isdisjoint(classes)


def _count_common(table: TableBlock, shown: list[tuple[_PrintedRow, list[str]]]) -> int:
    headings = {fold(row[0]) for row in table.rows if row}
    return sum(bool(cells) and cells[0] in headings for _, cells in shown)


def _compare_rows(table: TableBlock, shown: list[tuple[_PrintedRow, list[str]]]) -> Iterator[PrintedOtherwise]:
    titles = [fold(column.title) for column in table.columns]
    columns: list[int] = []
    rows = [[fold(cell) for cell in row] for row in table.rows]
    its = [cells for _, cells in shown if any(each[:1] == cells[:1] for each in rows)]
    lists_headings = not any(any(cells[1:]) for cells in its)  # all values are left out, which is no fault
    for row, cells in shown:
        if row.heads and not columns and len(cells) > 1 and not any(each[:1] == cells[:1] for each in rows):
            columns = [_find_column(cell, titles) for cell in cells]
            yield from _compare_headings(table, row.page, cells, columns)
            continue
        if lists_headings and cells in its:
            continue
        if len(cells) < 2:
            if any(each[:1] == cells and any(each[1:]) for each in rows):
                message = f"table {table.number}, row “{cells[0]}” is printed without what was verified of it"
                yield PrintedOtherwise(message, row.page, cells[0], cells[0], cause="hidden")
            continue
        same = [each for each in rows if each and each[0] == cells[0]]
        if any(_fits(cells, each, columns) for each in same):
            continue
        if not same:
            near = [
                each for each in rows if len(each) > 1 and _fits(cells[1:], each[1:], [at - 1 for at in columns[1:]])
            ]
            if near and fuzz.ratio(near[0][0], cells[0]) >= NEAR:
                message = f"table {table.number}: a row is headed “{cells[0]}”, and “{near[0][0]}” was verified"
                yield PrintedOtherwise(message, row.page, cells[0], near[0][0])
            elif any(cells[1:]):
                message = f"table {table.number} has no row “{cells[0]}”"
                yield PrintedOtherwise(message, row.page, cells[0], " ".join(cells))
            continue
        wrong = next((cell for cell in cells[1:] if cell not in same[0]), " | ".join(cells[1:]))
        right = " | ".join(same[0][1:])
        message = f"table {table.number}, row “{cells[0]}”: “{wrong}” is printed, and “{right}” was verified"
        yield PrintedOtherwise(message, row.page, wrong, right)


def _compare_headings(table: TableBlock, page: int, cells: list[str], columns: list[int]) -> Iterator[PrintedOtherwise]:
    """Headings that no column has, and units that are not the column's."""
    for cell, at in zip(cells, columns, strict=True):
        if not cell:
            continue
        if at < 0:
            if len([each for each in columns if each >= 0]) * 2 < len(cells) or _is_repeated_title(table, cell):
                continue  # another table's headings, or a title that two columns have
            message = f"table {table.number} has no column “{cell}”"
            yield PrintedOtherwise(message, page, cell, " ".join(fold(column.title) for column in table.columns))
            continue
        column = table.columns[at]
        rest = cell[len(fold(column.title)) :].strip(" ()[],;:·–—/")
        unit = fold(column.unit)
        if rest and rest.casefold() not in (unit.casefold(), f"in {unit}".casefold(), column.sign):
            message = (
                f"table {table.number}, column “{fold(column.title)}”: “{rest}” is printed, and “{unit}” was verified"
            )
            yield PrintedOtherwise(message, page, rest, unit or cell)


def _is_repeated_title(table: TableBlock, heading: str) -> bool:
    titles = [fold(column.title) for column in table.columns]
    return any(titles.count(title) > 1 and heading.startswith(title) for title in titles)


def _find_column(heading: str, titles: list[str]) -> int:
    """The column that a heading is of; -1 where it is none's, or may be more than one's."""
    said = heading.casefold()
    found = [at for at, title in enumerate(titles) if title and said.startswith(title.casefold())]
    return max(found, key=lambda at: len(titles[at])) if found else -1


def _fits(cells: list[str], row: list[str], columns: list[int]) -> bool:
    """Whether ``cells`` are those of ``row``: by the headings above them, else in the row's order."""
    if len(columns) == len(cells) and min(columns, default=-1) >= 0 and max(columns) < len(row):
        return all(row[at] == cell for at, cell in zip(columns, cells, strict=True))
    left = iter(row)
    return all(cell in left for cell in cells if cell)


def compare_drawings(drawings: Iterable[PrintedDrawing], figures: Iterable[FigureBlock]) -> Iterator[PrintedOtherwise]:
    """Drawings that are a figure's in part: with other words, other lengths and places, or not to be seen as drawn."""
    known = [(figure, _drawn_words(str(figure.svg)), _drawn_values(str(figure.svg))) for figure in figures]
    for drawing in drawings:
        page, element = drawing.page, drawing.element
        words, values = (
            fold(" ".join(element.itertext())),
            [value for each in element.iter() for value in each.attrib.values()],
        )
        if same := next((figure for figure, each, its in known if words == each and values == its), None):
            if drawing.fault:
                message = f"figure {same.number} is not shown as it was drawn: {drawing.fault}"
                yield PrintedOtherwise(message, page, words, cause="hidden")
            continue
        for figure, each, _ in known:
            if words and each and (words == each or fuzz.ratio(words, each) >= NEAR):
                what = "its words" if words != each else "its lines and areas"
                yield PrintedOtherwise(f"figure {figure.number} is not as it was drawn: {what} are others", page, words)
                break


def _drawn_words(svg: str) -> str:
    return fold(html.unescape(_MARKUP.sub(" ", svg)))


def _drawn_values(svg: str) -> list[str]:
    return [html.unescape(first or second) for first, second in _ATTRIBUTE.findall(svg)]
