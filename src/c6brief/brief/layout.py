"""The design of tables, worked out: cells as words of one language, decimal points in line, bars, tints, signs of notes.

The same layout is printed as HTML by templates and drawn alone by the kind of chart ``table``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from babel import Locale
from babel.numbers import get_decimal_symbol

from c6brief.brief.model import Cell, Column, Row, RowGroup, TableNote
from c6brief.brief.numerals import number
from c6brief.brief.prose import typographic
from c6brief.evidence.design import NUMBERS, Arrangement, arrangement, words_of
from c6brief.evidence.models import DesignedTable

MISSING = "–"
"""How a missing value prints: as missing, never as zero."""

DIGIT = "\u2007"
"""A space as wide as a digit."""
POINT = "\u202f\u202f"
"""Two narrow spaces: as wide as a decimal point or comma of Source Sans, to a hundredth of the size. (It has no U+2008.)"""


@dataclass(frozen=True)
class Say:
    """What a layout must know of its language: the locale, the words for no data and for a computed sum."""

    locale: Locale
    missing: str
    sum: str


@dataclass(frozen=True)
class Layout:
    """A table ready to be printed or drawn. ``columns`` are those of ``order`` in the evidence's table."""

    columns: tuple[Column, ...]
    groups: tuple[RowGroup, ...]
    notes: tuple[TableNote, ...]
    order: Arrangement

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Every row as texts; a group's heading is a row whose other cells are empty."""
        found: list[tuple[str, ...]] = []
        for group in self.groups:
            if group.title:
                found.append((group.title, *[""] * (len(self.columns) - 1)))
            found += [tuple(cell.text for cell in row.cells) for row in group.rows]
        return tuple(found)


def layout(table: DesignedTable, say: Say) -> Layout:
    """``table`` laid out as its design says; the design holds."""
    order = arrangement(table, table)
    values = [[row for _, rows in order.groups for row in rows], [] if order.total is None else [order.total]]
    columns = [_column(table, column, say) for column in order.columns]
    filled = [_Filled(table, column, values[0], values[1], order, say) for column in order.columns]
    signs = _signs(table, order)
    groups = [
        RowGroup(typographic(title), tuple(Row(_cells(filled, row, order, signs)) for row in rows))
        for title, rows in order.groups
        if rows
    ]
    if order.total is not None:
        groups.append(RowGroup("", (Row(_cells(filled, order.total, order, signs), total=True),)))
    elif order.sums is not None:
        cells = [Cell(say.sum), *(each.sum_cell() for each in filled[1:])]
        groups.append(RowGroup("", (Row(tuple(cells), total=True),)))
    notes = [TableNote(_letter(index), typographic(table.notes[note].text)) for index, note in enumerate(signs.order)]
    missing = any(cell.text == MISSING for group in groups for row in group.rows for cell in row.cells)
    if missing:
        notes.append(TableNote(MISSING, say.missing))
    headed = tuple(
        replace(column, sign=signs.of(None, number)) for column, number in zip(columns, order.columns, strict=True)
    )
    return Layout(headed, tuple(groups), tuple(notes), order)


def _column(table: DesignedTable, column: int, say: Say) -> Column:
    field = table.fields[column]
    bars = field.name in table.bars
    low, high = _extent(table, column) if bars else (0.0, 0.0)
    zero = _percent(-low / (high - low)) if low < 0 < high else ""
    title, unit = field.title or field.name, field.unit or ""
    if unit.casefold() == title.casefold():
        unit = ""  # "Stations" are counted in stations: said once
    return Column(title, unit, field.type in NUMBERS, "", bars, field.name in table.heat, zero)


def _percent(share: float) -> str:
    return f"{100 * share:.1f}".rstrip("0").rstrip(".") + "%"


def _extent(table: DesignedTable, column: int) -> tuple[float, float]:
    """The bars' scale over the rows that are no total: from the least or zero to the largest or zero.

    Values are counted in halves of the largest size, since the span of two huge ones is beyond all floats.
    """
    parts = [part for part in _parts(table, column).values() if part is not None]
    return min([0.0, *parts]), max([0.0, *parts])


def _parts(table: DesignedTable, column: int) -> dict[int, float | None]:
    """By row, but for the total: the value in sizes of the largest."""
    order = arrangement(table, table)
    cells = {row: (table.rows or ())[row][column] for _, rows in order.groups for row in rows}
    largest = max((abs(float(cell)) for cell in cells.values() if cell is not None), default=0.0) or 1.0
    return {row: None if cell is None else float(cell) / largest for row, cell in cells.items()}


class _Filled:
    """One column's cells."""

    def __init__(
        self, table: DesignedTable, column: int, rows: Sequence[int], total: Sequence[int], order: Arrangement, say: Say
    ) -> None:
        self.say, self.column = say, column
        field = table.fields[column]
        self.numeric = field.type in NUMBERS
        cells = {row: (table.rows or ())[row][column] for row in (*rows, *total)}
        self.texts = {row: self._text(cell) for row, cell in cells.items()}
        self.sum = (order.sums or {}).get(column)
        every = [*self.texts.values(), *([self._text(self.sum)] if self.sum is not None else [])]
        self.most = max((_decimals(words, say.locale) or 0 for words in every), default=0) if self.numeric else 0
        self.bars = _bars(table, column) if field.name in table.bars else {}
        self.heat = _heat(table, column) if field.name in table.heat else {}

    def _text(self, cell: object) -> str:
        if cell is None or cell == "":
            return MISSING
        if self.numeric and isinstance(cell, (int, float)) and not isinstance(cell, bool):
            return number(cell, self.say.locale)
        return str(cell)

    def cell(self, row: int) -> Cell:
        left, width = self.bars.get(row, ("", ""))
        text = self.texts[row]
        return Cell(text, self.numeric, self._pad(text), "", left, width, self.heat.get(row, 0))

    def sum_cell(self) -> Cell:
        if self.sum is None:
            return Cell("", self.numeric)
        text = self._text(self.sum)
        return Cell(text, self.numeric, self._pad(text))

    def _pad(self, text: str) -> str:
        """What a number lacks of the longest fraction, as spaces: no digit is added that nobody measured."""
        decimals = _decimals(text, self.say.locale)
        if not self.most or decimals is None or decimals == self.most:
            return ""
        return ("" if decimals else POINT) + DIGIT * (self.most - decimals)


def _decimals(text: str, locale: Locale) -> int | None:
    """The digits after the decimal point; ``None`` for a power of ten, which lines up with nothing."""
    if text == MISSING:
        return 0
    if re.search(r"[^\W\d_]|×", text):
        return None
    _, point, fraction = text.partition(get_decimal_symbol(locale))
    return len(fraction) if point else 0


def _bars(table: DesignedTable, column: int) -> dict[int, tuple[str, str]]:
    low, high = _extent(table, column)
    span = (high - low) or 1.0
    return {
        row: (_percent((min(part, 0.0) - low) / span), _percent(abs(part) / span))
        for row, part in _parts(table, column).items()
        if part
    }


def _heat(table: DesignedTable, column: int) -> dict[int, int]:
    """Tints from the least to the largest; where both signs occur, from zero to both sides."""
    parts = {row: part for row, part in _parts(table, column).items() if part is not None}
    low, high = min(parts.values(), default=0.0), max(parts.values(), default=0.0)
    if low < 0 < high:
        return {row: round(100 * part) for row, part in parts.items()}
    span = (high - low) or 1.0
    return {row: max(1, round(100 * (part - low) / span)) for row, part in parts.items()}


@dataclass(frozen=True)
class _Signs:
    """Notes (by number) in reading order, and where each is tied: (row or None for the heading, column)."""

    order: tuple[int, ...]
    ties: dict[tuple[int | None, int], tuple[int, ...]]

    def of(self, row: int | None, column: int) -> str:
        return ",\u202f".join(_letter(self.order.index(note)) for note in self.ties.get((row, column), ()))


def _letter(index: int) -> str:
    return chr(ord("a") + index)


def _signs(table: DesignedTable, order: Arrangement) -> _Signs:
    """Notes on a column stand at its heading, those on a row at its first cell."""
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


def _cells(filled: Sequence[_Filled], row: int, order: Arrangement, signs: _Signs) -> tuple[Cell, ...]:
    return tuple(replace(each.cell(row), sign=signs.of(row, each.column)) for each in filled)
