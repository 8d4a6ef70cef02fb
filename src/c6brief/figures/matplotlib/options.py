"""The keys of a figure that is drawn by code."""

from __future__ import annotations

from pydantic import Field

from c6brief.figures.rows.tabular import TabularOptions

LOWEST_MM, HIGHEST_MM = 10.0, 210.0
"""mm. A figure must fit on a page with its caption."""


class MatplotlibOptions(TabularOptions):
    """The keys of a figure of one's own code."""

    code: str = Field(
        min_length=1,
        description="a file of Python beside the chart's file, with a function `draw(figure, table, style)`",
    )
    height: float | None = Field(
        None,
        ge=LOWEST_MM,
        le=HIGHEST_MM,
        description="mm; by default six tenths of the width; the code may set another",
    )
