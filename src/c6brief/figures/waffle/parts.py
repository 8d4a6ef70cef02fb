"""What a waffle draws: the parts of a whole, each with its squares and its per cent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from c6brief.documents.addition import total
from c6brief.documents.entries import ScalarText
from c6brief.evidence.table_models import Table
from c6brief.figures.drawing.numbers import whole_shares
from c6brief.figures.rows.tabular import TabularOptions, column_named, names_in, one_line, optional_column

MOST_SQUARES = 400
"""More cannot be counted, nor told apart on a column's width."""


class WaffleOptions(TabularOptions):
    """The keys of a waffle."""

    x: str = Field(description="the field with the names of the parts")
    y: str = Field(description="the field with their numbers")
    squares: int | None = Field(
        None,
        ge=10,
        le=MOST_SQUARES,
        description="into how many squares the whole is divided; 100, or one for each event or claim counted",
    )
    uncertain: str | None = Field(None, description="a boolean field: true marks a value as uncertain")
    highlight: tuple[ScalarText, ...] = Field((), description="parts in colour; all others grey")
    sort: Literal["given", "value"] = Field("given", description="as in the rows, or the largest part first")


@dataclass(frozen=True)
class WafflePart:
    """A part of the whole: its value (``None`` where there are no data), its squares, its whole per cent."""

    name: str
    value: int | float | None
    squares: int
    percent: int
    strong: bool = False
    uncertain: bool = False
    differs: bool = False
    """Whether it counts what accounts differ on."""


def squares_of(options: WaffleOptions, table: Table) -> int:
    """Into how many squares the whole is divided: as the chart says; else one for each event or claim that is counted, if
    there are no more than 400; else 100.
    """
    if options.squares is not None:
        return options.squares
    counted = total(cells[column_named(table, options.y)] or 0 for cells in table.rows or ())
    return int(counted) if options.counts and 0 < counted <= MOST_SQUARES else 100


def parts_of(options: WaffleOptions, table: Table) -> list[WafflePart]:
    """The parts in the order drawn."""
    x, y = column_named(table, options.x), column_named(table, options.y)
    uncertain = optional_column(table, options.uncertain)
    highlight = set(map(one_line, options.highlight))
    rows = list(zip(names_in(table, x), table.rows or (), strict=True))
    if options.sort == "value":
        rows.sort(key=lambda row: (row[1][y] is None, -(row[1][y] or 0)))
    values = [cells[y] or 0 for _, cells in rows]
    counts = zip(whole_shares(values, squares_of(options, table)), whole_shares(values), strict=True)
    differing = options.words["accounts-differ"] if options.by == "strength" else None
    return [
        WafflePart(
            name,
            cells[y],
            *count,
            name in highlight,
            uncertain is not None and cells[uncertain] is True,
            name == differing,
        )
        for (name, cells), count in zip(rows, counts, strict=True)
    ]
