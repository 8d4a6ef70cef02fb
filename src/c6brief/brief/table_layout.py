"""Tables laid out by their designs: cells in words, decimal points in line, bars, tints, signs of notes.

Templates print a layout as HTML; the chart kind ``table`` draws it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from babel import Locale
from babel.numbers import get_decimal_symbol

from c6brief.brief.model import RowGroup, TableCell, TableColumn, TableFootnote, TableRow
from c6brief.brief.numerals import number
from c6brief.brief.prose import smarten
from c6brief.brief.spacing import bind_spaces
from c6brief.evidence.design import NUMBERS, Arrangement, arrangement, words_of
from c6brief.evidence.table_models import DesignedTable

MISSING = "–"
"""What is printed for a missing value: never a zero."""

DIGIT = "\u2007"
"""U+2007, a space as wide as a digit."""
POINT = "\u202f\u202f"
"""Two narrow spaces, which are as wide as a decimal point or comma of Source Sans to a hundredth of the size. (It has
no U+2008.)"""


@dataclass(frozen=True)
class TableWording:
    """The words of a layout in its language."""

    locale: Locale
    """How numbers are written."""
    missing: str
    """What the sign of a missing value means."""
    sum: str
    """The heading of a row of computed sums."""


@dataclass(frozen=True)
class TableLayout:
    """A table ready to be printed or drawn."""

    columns: tuple[TableColumn, ...]
    groups: tuple[RowGroup, ...]
    notes: tuple[TableFootnote, ...]
    order: Arrangement
    """The columns and rows of the evidence's table that these are."""

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Every row as texts. The heading of a group is a row whose other cells are empty."""
        found: list[tuple[str, ...]] = []
        for group in self.groups:
            if group.title:
                found.append((group.title, *[""] * (len(self.columns) - 1)))
            found += [tuple(cell.text for cell in row.cells) for row in group.rows]
        return tuple(found)


def lay_out_table(table: DesignedTable, wording: TableWording) -> TableLayout:
    """The layout of ``table``, whose design fits it (:func:`~c6brief.evidence.design.design_holds`)."""
    order = arrangement(table, table)
    values = [[row for _, rows in order.groups for row in rows], [] if order.total is None else [order.total]]
    columns = [_column(table, column, wording) for column in order.columns]
    filled = [_ColumnCells(table, column, values[0], values[1], order, wording) for column in order.columns]
    signs = _signs(table, order)
    groups = [
        RowGroup(smarten(title), tuple(TableRow(_cells(filled, row, order, signs)) for row in rows))
        for title, rows in order.groups
        if rows
    ]
    if order.total is not None:
        groups.append(RowGroup("", (TableRow(_cells(filled, order.total, order, signs), total=True),)))
    elif order.sums is not None:
        cells = [TableCell(wording.sum), *(each.sum_cell() for each in filled[1:])]
        groups.append(RowGroup("", (TableRow(tuple(cells), total=True),)))
    notes = [TableFootnote(_letter(index), smarten(table.notes[note].text)) for index, note in enumerate(signs.order)]
    missing = any(cell.text == MISSING for group in groups for row in group.rows for cell in row.cells)
    if missing:
        notes.append(TableFootnote(MISSING, wording.missing))
    headed = tuple(
        replace(column, sign=signs.of(None, number)) for column, number in zip(columns, order.columns, strict=True)
    )
    return TableLayout(headed, tuple(groups), tuple(notes), order)


def _column(table: DesignedTable, column: int, wording: TableWording) -> TableColumn:
    field = table.fields[column]
    bars = field.name in table.bars
    low, high = _extent(table, column) if bars else (0.0, 0.0)
    zero = _percent(-low / (high - low)) if low < 0 < high else ""
    title, unit = field.title or field.name, field.unit or ""
    if unit.casefold() == title.casefold():
        unit = ""  # "Stations" are counted in stations: print it once
    return TableColumn(title, unit, field.type in NUMBERS, "", bars, field.name in table.heat, zero)


def _percent(share: float) -> str:
    """``share`` (0 to 1) as a percentage of CSS."""
    return f"{100 * share:.1f}".rstrip("0").rstrip(".") + "%"


def _extent(table: DesignedTable, column: int) -> tuple[float, float]:
    """The scale of the bars in ``column``, in the unit of :func:`_parts`: it reaches to zero on either side."""
    parts = [part for part in _parts(table, column).values() if part is not None]
    return min([0.0, *parts]), max([0.0, *parts])


def _parts(table: DesignedTable, column: int) -> dict[int, float | None]:
    """The values of ``column`` by row, without the total, divided by the largest: huge ones have no difference."""
    order = arrangement(table, table)
    cells = {row: (table.rows or ())[row][column] for _, rows in order.groups for row in rows}
    largest = max((abs(float(cell)) for cell in cells.values() if cell is not None), default=0.0) or 1.0
    return {row: None if cell is None else float(cell) / largest for row, cell in cells.items()}


class _ColumnCells:
    """The cells of one column."""

    def __init__(
        self,
        table: DesignedTable,
        column: int,
        rows: Sequence[int],
        total: Sequence[int],
        order: Arrangement,
        wording: TableWording,
    ) -> None:
        self.wording, self.column = wording, column
        field = table.fields[column]
        self.numeric = field.type in NUMBERS
        cells = {row: (table.rows or ())[row][column] for row in (*rows, *total)}
        self.texts = {row: self._text(cell) for row, cell in cells.items()}
        self.sum = (order.sums or {}).get(column)
        every = [*self.texts.values(), *([self._text(self.sum)] if self.sum is not None else [])]
        self.most_decimals = (
            max((_decimals(words, wording.locale) or 0 for words in every), default=0) if self.numeric else 0
        )
        self.bars = _bars(table, column) if field.name in table.bars else {}
        self.heat = _heat(table, column) if field.name in table.heat else {}

    def _text(self, cell: object) -> str:
        if cell is None or cell == "":
            return MISSING
        if self.numeric and isinstance(cell, (int, float)) and not isinstance(cell, bool):
            return number(cell, self.wording.locale)
        return str(cell)

    def cell(self, row: int) -> TableCell:
        left, width = self.bars.get(row, ("", ""))
        text = self.texts[row]
        return TableCell(text, self.numeric, self._pad(text), "", left, width, self.heat.get(row, 0))

    def sum_cell(self) -> TableCell:
        if self.sum is None:
            return TableCell("", self.numeric)
        text = self._text(self.sum)
        return TableCell(text, self.numeric, self._pad(text))

    def _pad(self, text: str) -> str:
        """Spaces in place of the decimals that a number lacks: a zero there would be a digit that nobody measured."""
        decimals = _decimals(text, self.wording.locale)
        if not self.most_decimals or decimals is None or decimals == self.most_decimals:
            return ""
        return ("" if decimals else POINT) + DIGIT * (self.most_decimals - decimals)


def _decimals(text: str, locale: Locale) -> int | None:
    """How many digits stand after the decimal point; ``None`` for words and powers of ten, which are not aligned."""
    if text == MISSING:
        return 0
    if re.search(r"[^\W\d_]|×", text):
        return None
    _, point, fraction = text.partition(get_decimal_symbol(locale))
    return len(fraction) if point else 0


def _bars(table: DesignedTable, column: int) -> dict[int, tuple[str, str]]:
    """By row, where its bar starts on the track and how long it is, as percentages."""
    low, high = _extent(table, column)
    span = (high - low) or 1.0
    return {
        row: (_percent((min(part, 0.0) - low) / span), _percent(abs(part) / span))
        for row, part in _parts(table, column).items()
        if part
    }


def _heat(table: DesignedTable, column: int) -> dict[int, int]:
    """The depth of each row's tint, 1 to 100 from the least value to the largest; -100 to 100 with both signs."""
    parts = {row: part for row, part in _parts(table, column).items() if part is not None}
    low, high = min(parts.values(), default=0.0), max(parts.values(), default=0.0)
    if low < 0 < high:
        return {row: round(100 * part) for row, part in parts.items()}
    span = (high - low) or 1.0
    return {row: max(1, round(100 * (part - low) / span)) for row, part in parts.items()}


@dataclass(frozen=True)
class _Signs:
    """The signs of notes: a, b, … in the order of reading."""

    order: tuple[int, ...]
    """The numbers of the notes in the order of reading."""
    ties: dict[tuple[int | None, int], tuple[int, ...]]
    """The numbers of the notes at each cell, by row (``None`` for the heading) and column."""

    def of(self, row: int | None, column: int) -> str:
        return ",\u202f".join(_letter(self.order.index(note)) for note in self.ties.get((row, column), ()))


def _letter(index: int) -> str:
    return chr(ord("a") + index)


def _signs(table: DesignedTable, order: Arrangement) -> _Signs:
    """The signs of the notes of ``table``. A note on a column stands at its heading, one on a row at its first cell."""
    names = [field.name for field in table.fields]
    rows = [*(row for _, rows in order.groups for row in rows), *([] if order.total is None else [order.total])]
    by_name = {words_of((table.rows or ())[row][order.heading]): row for row in rows}
    ties: dict[tuple[int | None, int], list[int]] = {}
    for index, note in enumerate(table.notes):
        row = None if note.row is None else by_name[" ".join(note.row.split())]
        column = order.heading if note.column is None else names.index(note.column)
        ties.setdefault((row, column), []).append(index)
    places = [(row, column) for row in (None, *rows) for column in order.columns]
    reading = [note for place in places for note in ties.get(place, ())]
    return _Signs(tuple(reading), {place: tuple(notes) for place, notes in ties.items()})


def _cells(filled: Sequence[_ColumnCells], row: int, order: Arrangement, signs: _Signs) -> tuple[TableCell, ...]:
    """The cells of a row; numbers and their units stay on one line."""
    cells = ((each.cell(row), signs.of(row, each.column)) for each in filled)
    return tuple(replace(cell, text=bind_spaces(cell.text), sign=sign) for cell, sign in cells)
