"""``waffle``: parts of a whole as squares, a hundred unless the chart says otherwise.

Squares are given by largest remainder, so that they sum exactly. Each part is named beside its squares with its per
cent and its number; what has no square is listed in words. Up to five parts: of more, a bar chart shows more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from c6brief.documents.entries import ScalarText
from c6brief.documents.problems import Problems
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Table
from c6brief.figures.bars.shares import whole_shares
from c6brief.figures.checking import no_repeats
from c6brief.figures.data import Data
from c6brief.figures.kind import DrawContext, Kind, register
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

MOST = 5
"""Parts that can be told apart without looking back and forth."""


class WaffleOptions(TabularOptions):
    """The keys of a waffle."""

    x: str = Field(description="the field with the names of the parts")
    y: str = Field(description="the field with their numbers")
    squares: int = Field(100, ge=10, le=400, description="into how many squares the whole is divided")
    uncertain: str | None = Field(None, description="a boolean field: true marks a value as uncertain")
    highlight: tuple[ScalarText, ...] = Field((), description="parts in colour; all others grey")
    sort: Literal["given", "value"] = Field("given", description="as in the rows, or the largest part first")


@dataclass(frozen=True)
class Share:
    """A part of the whole: its value (``None`` where there are no data), its squares, its whole per cent."""

    name: str
    value: int | float | None
    squares: int
    percent: int
    strong: bool = False
    uncertain: bool = False


def check(options: WaffleOptions, evidence: Evidence, problems: Problems) -> bool:
    """Whether there are two to five named parts, none below zero, of a whole that is something.

    Problems: ``missing-key``, ``unknown-id``, ``unknown-value``, ``bad-value``.
    """
    table = checked_table(options, evidence, problems)
    if table is None:
        return False
    found = [
        known_column(options.x, ("x",), NAMES, table, options, problems, "names no parts"),
        known_column(options.y, ("y",), NUMBERS, table, options, problems, "is not numeric"),
    ]
    if options.uncertain is not None:
        use = "says neither true nor false"
        found.append(known_column(options.uncertain, ("uncertain",), ("boolean",), table, options, problems, use))
    hint = "put the smaller ones together, or use 'kind: bar'" if len(table.rows or ()) > MOST else ""
    if None in found or not right_count(table, 2, MOST, "parts", options, problems, hint):
        return False
    x, y = _column(table, options.x), _column(table, options.y)
    good = [
        distinct(table, [x], "x", "part", problems),
        finite(table, [y], problems),
        no_repeats(options.highlight, "highlight", options, problems),
        known_values(options.highlight, "highlight", _names(table, x), "part", options, problems),
    ]
    return all(good) and _is_a_whole(options, table, y, problems)


def _is_a_whole(options: WaffleOptions, table: Table, y: int, problems: Problems) -> bool:
    """Whether the numbers can be parts of something. Problem: ``bad-value``."""
    good = True
    for row, cells in enumerate(table.rows):
        if (cells[y] or 0) < 0:
            message = f"y: {cells[y]} is below zero, and no part of a whole"
            problems.error("bad-value", message, table.cell_place(row, y), "use 'kind: bar'")
            good = False
    if good and not any(cells[y] for cells in table.rows):
        problems.error(
            "bad-value", "y: there is nothing to divide", options.place("y"), "all parts are zero or missing"
        )
        good = False
    return good


def _column(table: Table, name: str) -> int:
    return [field.name for field in table.fields].index(name)


def _names(table: Table, x: int) -> list[str]:
    return [cell_name(table, row, x) for row in range(len(table.rows or ()))]


def shares_of(options: WaffleOptions, table: Table) -> list[Share]:
    """The parts in the order drawn."""
    x, y = _column(table, options.x), _column(table, options.y)
    uncertain = _column(table, options.uncertain) if options.uncertain else None
    highlight = {" ".join(name.split()) for name in options.highlight}
    rows = list(zip(_names(table, x), table.rows, strict=True))
    if options.sort == "value":
        rows.sort(key=lambda row: (row[1][y] is None, -(row[1][y] or 0)))
    values = [cells[y] or 0 for _, cells in rows]
    counts = zip(whole_shares(values, options.squares), whole_shares(values), strict=True)
    return [
        Share(name, cells[y], *count, name in highlight, uncertain is not None and cells[uncertain] is True)
        for (name, cells), count in zip(rows, counts, strict=True)
    ]


def draw(options: WaffleOptions, setting: DrawContext) -> Canvas:
    from c6brief.figures.cells.waffle_drawing import WaffleDrawing  # here: it imports Matplotlib

    table = table_of(options, setting.evidence)
    unit = table.fields[_column(table, options.y)].unit or ""
    return WaffleDrawing(shares_of(options, table), options.squares, unit, setting).canvas


def data(options: WaffleOptions, evidence: Evidence) -> Data:
    """A row for each part, in the order drawn, with its squares; the unit stands in the heading."""
    table = table_of(options, evidence)
    heads = headings(table.fields[_column(table, name)] for name in (options.x, options.y))
    rows = tuple((part.name, part.value, part.squares) for part in shares_of(options, table))
    return Data((*heads, f"squares of {options.squares}"), rows)


register(Kind("waffle", WaffleOptions, "column", check, own_sources, draw, data))
