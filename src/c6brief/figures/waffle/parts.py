"""What a waffle draws: the parts of a whole, each with its squares and its per cent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from c6brief.documents.entries import ScalarText
from c6brief.evidence.table_models import Table
from c6brief.figures.drawing.numbers import whole_shares
from c6brief.figures.rows.tabular import TabularOptions, column_named, names_in, one_line, optional_column


class WaffleOptions(TabularOptions):
    """The keys of a waffle."""

    x: str = Field(description="the field with the names of the parts")
    y: str = Field(description="the field with their numbers")
    squares: int = Field(100, ge=10, le=400, description="into how many squares the whole is divided")
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


def parts_of(options: WaffleOptions, table: Table) -> list[WafflePart]:
    """The parts in the order drawn."""
    x, y = column_named(table, options.x), column_named(table, options.y)
    uncertain = optional_column(table, options.uncertain)
    highlight = set(map(one_line, options.highlight))
    rows = list(zip(names_in(table, x), table.rows or (), strict=True))
    if options.sort == "value":
        rows.sort(key=lambda row: (row[1][y] is None, -(row[1][y] or 0)))
    values = [cells[y] or 0 for _, cells in rows]
    counts = zip(whole_shares(values, options.squares), whole_shares(values), strict=True)
    return [
        WafflePart(name, cells[y], *count, name in highlight, uncertain is not None and cells[uncertain] is True)
        for (name, cells), count in zip(rows, counts, strict=True)
    ]
