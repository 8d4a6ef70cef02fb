"""``bar``: one number for each category, as horizontal bars from zero.

The numbers are a column of a table of the evidence base, or of rows in the chart itself. Each is written at its bar's
end, so there is no axis; what the source does not give stands as words, never as zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from c6brief.documents.entries import ScalarText
from c6brief.documents.problems import Problems
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Table
from c6brief.figures.checking import no_repeats
from c6brief.figures.data import Data
from c6brief.figures.kind import Kind, Setting, register
from c6brief.figures.tabular import (
    NAMES,
    NUMBERS,
    TabularOptions,
    cell_name,
    checked_table,
    distinct,
    finite,
    headings,
    known_column,
    known_values,
    own_sources,
    right_count,
    table_of,
)

if TYPE_CHECKING:
    from c6brief.figures.canvas import Canvas

MOST = 40
"""Bars that can still be read, and fit on a page."""


class BarOptions(TabularOptions):
    """The keys of a bar chart."""

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


def check(options: BarOptions, evidence: Evidence, problems: Problems) -> bool:
    """Whether there are rows, the fields exist and suit, every bar has a name of its own and a finite value."""
    table = checked_table(options, evidence, problems)
    if table is None:
        return False
    x = known_column(options.x, ("x",), NAMES, table, options, problems, "names no bars")
    y = known_column(options.y, ("y",), NUMBERS, table, options, problems, "is not numeric")
    if x is None or y is None or not right_count(table, 1, MOST, "bars", options, problems):
        return False
    good = [
        distinct(table, [x], "x", "bar", problems),
        finite(table, [y], problems),
        no_repeats(options.highlight, "highlight", options, problems),
        known_values(
            options.highlight, "highlight", [bar.name for bar in _bars(options, table)], "bar", options, problems
        ),
    ]
    return all(good)


def _column(table: Table, name: str) -> int:
    return [field.name for field in table.fields].index(name)


def _bars(options: BarOptions, table: Table) -> list[Bar]:
    """The bars in the order drawn: sorted, those without data come last."""
    x, y = _column(table, options.x), _column(table, options.y)
    highlight = {" ".join(name.split()) for name in options.highlight}
    names = [cell_name(table, row, x) for row in range(len(table.rows))]
    bars = [Bar(name, cells[y], name in highlight) for name, cells in zip(names, table.rows, strict=True)]
    if options.sort == "value":
        bars.sort(key=lambda bar: (bar.value is None, -(bar.value or 0)))
    return bars


def draw(options: BarOptions, setting: Setting) -> Canvas:
    from c6brief.figures.bar_drawing import BarDrawing  # here: it imports Matplotlib

    table = table_of(options, setting.evidence)
    return BarDrawing(_bars(options, table), table.fields[_column(table, options.y)].unit or "", setting).canvas


def data(options: BarOptions, evidence: Evidence) -> Data:
    """A row for each bar, in the order drawn; the unit stands in the heading."""
    table = table_of(options, evidence)
    fields = [table.fields[_column(table, name)] for name in (options.x, options.y)]
    return Data(headings(fields), tuple((bar.name, bar.value) for bar in _bars(options, table)))


register(Kind("bar", BarOptions, "column", check, own_sources, draw, data))
