"""``bar``: one number for each category, as horizontal bars from zero.

The numbers are a column of a table of the evidence base, or of rows in the chart itself. Each is written at its bar's
end, so there is no axis; what the source does not give stands as words, never as zero.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from c6brief.documents.entries import Entry, Identifier, ScalarText
from c6brief.documents.problems import Place, Problems, did_you_mean
from c6brief.documents.project import Project
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Table, TableField
from c6brief.evidence.rows import with_rows
from c6brief.figures.checking import known_id, no_repeats
from c6brief.figures.data import Data
from c6brief.figures.kind import Kind, Options, Setting, register

if TYPE_CHECKING:
    from c6brief.figures.canvas import Canvas

MOST = 40
"""Bars that can still be read, and fit on a page."""

NAMES = ("string", "year", "date")
"""Types of field that name a bar."""
NUMBERS = ("integer", "number")
"""Types of field that a bar can be as long as. A year is none: its distance from zero means nothing."""


class BarOptions(Options):
    """The keys of a bar chart."""

    table: Identifier | None = Field(None, description="a table's id, or `rows` and `fields` in its place")
    rows: tuple[Any, ...] | None = Field(None, min_length=1, description="lists in field order, or maps")
    fields: tuple[TableField, ...] | None = Field(None, min_length=1, description="the columns of `rows`")
    x: str = Field(description="the field with the categories")
    y: str = Field(description="the field with the numbers")
    highlight: tuple[ScalarText, ...] = Field((), description="categories in colour; all others grey")
    sort: Literal["given", "value"] = Field("given", description="as in the rows, or the largest value first")


@dataclass(frozen=True)
class Bar:
    """A bar: its category, its value (``None`` where there are no data), whether it is highlighted."""

    name: str
    value: int | float | None
    strong: bool = False


class _Inline(Table):
    """The rows of a chart as a table, whose places are in the chart."""

    def place(self, *path: str | int, key: bool = False) -> Place:
        """As ever; a cell of a row that is a map is found there too."""
        if len(path) == 3 and path[2] in range(len(self.fields)):
            return _cell_place(self, path[1], path[2])
        return super().place(*path, key=key)


def _cell_place(table: Table, row: int, column: int) -> Place:
    """Where a cell was written, in a list or in a map; the name of the file where that is a CSV."""
    if table.data is not None:
        return table.place("data")
    place = partial(Entry.place, table)  # not an inline table's own, which asks here
    named = place("rows", row, table.fields[column].name)
    return named if named != place("rows", row) else place("rows", row, column)


def check(options: BarOptions, evidence: Evidence, problems: Problems) -> bool:
    """Whether there are rows, the fields exist and suit, every bar has a name of its own and a finite value."""
    table = _checked_table(options, evidence, problems)
    if table is None:
        return False
    named = _known_field(options, "x", NAMES, table, problems)
    numeric = _known_field(options, "y", NUMBERS, table, problems)
    if not (named and numeric and _right_count(options, table, problems)):
        return False
    good = [_right_cells(options, table, problems), no_repeats(options.highlight, "highlight", options, problems)]
    names = [bar.name for bar in _bars(options, table)]
    for index, name in enumerate(options.highlight):
        if _tidy(name) not in names:
            place = options.place("highlight", index)
            problems.error("unknown-value", f"highlight: no bar '{name}'", place, did_you_mean(name, names))
            good.append(False)
    return all(good)


def _checked_table(options: BarOptions, evidence: Evidence, problems: Problems) -> Table | None:
    """The table drawn. Problems: ``missing-key``, ``unknown-id``, and those of inline rows."""
    if options.table is not None:
        extra = next((key for key in ("rows", "fields") if getattr(options, key) is not None), None)
        if extra:
            place = options.place(extra, key=True)
            problems.error("bad-value", f"a bar chart has either 'table' or '{extra}'", place, "remove one")
            return None
        known = known_id(options.table, "tables", "table", ("table",), options, evidence, problems)
        return evidence.tables[options.table] if known else None
    if options.rows is None:
        message, hint = "a bar chart has either 'table' or 'rows'", "add 'table: …' (a table's id)"
        problems.error("missing-key", message, options.place(), hint)
        return None
    if options.fields is None:
        hint = "add 'fields: …' (the columns of the rows)"
        problems.error("missing-key", "'rows' want 'fields'", options.place("rows", key=True), hint)
        return None
    table = _inline(options)
    good = [
        _finite(cell, table.place("rows", row, column), problems)
        for row, cells in enumerate(table.rows)
        for column, cell in (cells.items() if isinstance(cells, dict) else enumerate(_listed(cells)))
    ]
    return _read(table, problems) if all(good) else None


def _inline(options: BarOptions) -> Table:
    table = _Inline(id=options.id, title=options.title, source=options.source, fields=options.fields, rows=options.rows)
    table._document, table._path = options._document, options._path
    return table


def _listed(cells: Any) -> Any:
    return cells if isinstance(cells, (list, tuple)) else ()


def _read(table: Table, problems: Problems) -> Table | None:
    """``table`` with its rows in field order, checked as those of the evidence base are."""
    base = Evidence(tables=MappingProxyType({table.id: table}))
    return with_rows(Project(Path()), base, problems).get(table.id)  # the project is for tables kept in files


def _known_field(
    options: BarOptions, key: Literal["x", "y"], types: tuple[str, ...], table: Table, problems: Problems
) -> bool:
    """Whether the field of that ``key`` exists and is of one of these ``types``."""
    name = getattr(options, key)
    field = next((field for field in table.fields if field.name == name), None)
    if field is None:
        hint = did_you_mean(name, [field.name for field in table.fields])
        problems.error("unknown-value", f"{key}: no field '{name}'", options.place(key), hint)
    elif field.type not in types:
        what = "names no bars" if key == "x" else "is not numeric"
        message = f"{key}: field '{name}' (type {field.type}) {what}"
        problems.error("bad-value", message, options.place(key), f"a field of type {' or '.join(types)}")
        return False
    return field is not None


def _right_count(options: BarOptions, table: Table, problems: Problems) -> bool:
    count = len(table.rows)
    if 1 <= count <= MOST:
        return True
    place = options.place("table") if options.table else options.place("rows", key=True)
    if count:
        problems.error("bad-value", f"too many bars; at most {MOST}", place, f"there are {count} rows")
    else:
        problems.error("bad-value", f"table '{table.id}' has no rows", place)
    return False


def _right_cells(options: BarOptions, table: Table, problems: Problems) -> bool:
    """Whether every bar has a name, no two the same, and a value that is finite or missing."""
    x, y = (_column(table, name) for name in (options.x, options.y))
    seen: set[str] = set()
    good = True
    for row, (cells, bar) in enumerate(zip(table.rows, _bars(options, table), strict=True)):
        if not bar.name or bar.name in seen:
            message = f"x: '{bar.name}' stands twice" if bar.name else f"x: row {row + 1} has no '{options.x}'"
            problems.error("bad-value", message, _cell_place(table, row, x), "every bar wants a name of its own")
            good = False
        seen.add(bar.name)
        good = _finite(cells[y], _cell_place(table, row, y), problems) and good
    return good


def _finite(cell: Any, place: Place, problems: Problems) -> bool:
    try:
        good = not isinstance(cell, (int, float)) or math.isfinite(cell)
    except OverflowError:  # a whole number beyond all floats
        good = False
    if not good:
        problems.error("bad-value", f"'{str(cell)[:20]}' is no number that a bar can show", place, "null if not known")
    return good


def _column(table: Table, name: str) -> int:
    return [field.name for field in table.fields].index(name)


def _bars(options: BarOptions, table: Table) -> list[Bar]:
    """The bars in the order of the rows."""
    x, y = _column(table, options.x), _column(table, options.y)
    year = table.fields[x].type == "year"
    highlight = set(map(_tidy, options.highlight))
    bars = []
    for cells in table.rows:
        name = "" if cells[x] is None else str(int(cells[x]) if year else cells[x])
        name = _tidy(name)
        bars.append(Bar(name, cells[y], name in highlight))
    return bars


def _tidy(name: str) -> str:
    return " ".join(name.split())


def _drawn(options: BarOptions, evidence: Evidence) -> tuple[Table, list[Bar]]:
    """The table of a checked chart, and its bars in the order drawn: sorted, those without data come last."""
    table = evidence.tables[options.table] if options.table else _read(_inline(options), Problems())
    bars = _bars(options, table)
    if options.sort == "value":
        bars.sort(key=lambda bar: (bar.value is None, -(bar.value or 0)))
    return table, bars


def sources(options: BarOptions, evidence: Evidence) -> tuple[str, ...]:
    table = evidence.tables[options.table] if options.table else None
    return (table.source,) if table and table.source else ()


def draw(options: BarOptions, setting: Setting) -> Canvas:
    from c6brief.figures.bar_drawing import BarDrawing  # here: it imports Matplotlib

    table, bars = _drawn(options, setting.evidence)
    return BarDrawing(bars, table.fields[_column(table, options.y)].unit or "", setting).canvas


def data(options: BarOptions, evidence: Evidence) -> Data:
    """A row for each bar, in the order drawn; the unit stands in the heading."""
    table, bars = _drawn(options, evidence)
    fields = [table.fields[_column(table, name)] for name in (options.x, options.y)]
    columns = tuple(f"{field.name} ({field.unit})" if field.unit else field.name for field in fields)
    return Data(columns, tuple((bar.name, bar.value) for bar in bars))


register(Kind("bar", BarOptions, "column", check, sources, draw, data))
