"""What a dot plot draws: rows of dots, each with its value and its range."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from pydantic import Field

from c6brief.evidence.table_models import Table
from c6brief.figures.annotations.options import AnnotatedOptions
from c6brief.figures.data import Number
from c6brief.figures.rows.series import SeriesOptions, columns_of, series_of, unit_of, x_names
from c6brief.figures.rows.tabular import Names, column_named, one_line, optional_column


class DotOptions(AnnotatedOptions, SeriesOptions):
    """The keys of a dot plot."""

    low: Names | None = Field(None, description="the field with the lower ends of ranges; one for each field of y")
    high: Names | None = Field(None, description="the field with the upper ends of ranges; one for each field of y")
    range: str | None = Field(None, description="what the ranges are: 95 % interval, lowest and highest year")
    sort: Literal["given", "value"] = Field("given", description="as in the rows, or the largest first value first")
    log: bool = Field(False, description="a scale of equal ratios; all values above zero")

    level: ClassVar[Literal["x", "y"]] = "y"


@dataclass(frozen=True)
class Dot:
    """A value of a series in a row, ``None`` where there are no data, and its range where one is known."""

    value: Number | None
    low: Number | None = None
    high: Number | None = None
    uncertain: bool = False

    @property
    def known(self) -> bool:
        """Whether there is anything to draw."""
        return self.value is not None or self.low is not None


@dataclass(frozen=True)
class DotRow:
    """A category with a dot for each series of the chart, in their order."""

    name: str
    dots: tuple[Dot, ...]
    strong: bool = False


@dataclass(frozen=True)
class Dots:
    """What is drawn. ``series``: their names, one empty name where there is a single one. ``strong``: the highlighted
    ones. ``range``: what the ranges are, empty where there are none.
    """

    rows: tuple[DotRow, ...]
    series: tuple[str, ...]
    unit: str = ""
    strong: frozenset[str] = frozenset()
    range: str = ""
    log: bool = False


def range_columns(options: DotOptions, table: Table) -> list[tuple[int, int | None, int | None]]:
    """The columns of value, low and high, for each field of y."""
    lows: tuple[str, ...] | tuple[None, ...] = options.low or (None,) * len(options.y)
    highs: tuple[str, ...] | tuple[None, ...] = options.high or (None,) * len(options.y)
    return [
        (column_named(table, y), optional_column(table, low), optional_column(table, high))
        for y, low, high in zip(options.y, lows, highs, strict=True)
    ]


def dots_of(options: DotOptions, table: Table) -> Dots:
    """The rows in the order drawn: sorted by the first series, those without data last."""
    columns = columns_of(options, table)
    series = series_of(options, table)
    ends = {value: (low, high) for value, low, high in range_columns(options, table)}
    found: dict[str, dict[str, Dot]] = {name: {} for name in x_names(options, table)}
    for index, one in enumerate(series):
        column = columns.y[0] if columns.series is not None else columns.y[index]
        low, high = ends[column]
        for point in one.points:
            cells = (table.rows or ())[point.row]
            low_cell, high_cell = (cells[low], cells[high]) if low is not None and high is not None else (None, None)
            found[point.x][one.name] = Dot(point.value, low_cell, high_cell, point.uncertain)
    highlight = set(map(one_line, options.highlight))
    names = [one.name for one in series]
    rows = [
        DotRow(name, tuple(dots.get(one, Dot(None)) for one in names), name in highlight)
        for name, dots in found.items()
    ]
    if options.sort == "value":
        rows.sort(key=lambda row: (row.dots[0].value is None, -(row.dots[0].value or 0)))
    several = len(names) > 1
    return Dots(
        tuple(rows),
        tuple(names) if several else ("",),
        unit_of(options, table),
        frozenset(one.name for one in series if one.strong and several),
        options.range or "",
        options.log,
    )
