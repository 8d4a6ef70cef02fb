"""The keys of a line chart."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, FiniteFloat

from c6brief.documents.entries import ScalarText, Strict
from c6brief.figures.rows.series import SeriesOptions

ShortText = Annotated[str, Field(min_length=1)]


class Reference(Strict):
    """A value to compare with, as a line across the plot."""

    value: FiniteFloat = Field(description="where the line stands on the scale")
    label: ShortText = Field(description="what it is: a target, an average")


class Note(Strict):
    """A few words at a point in time."""

    x: ScalarText = Field(description="the time or category, as in the rows, or a time between two of them")
    label: ShortText = Field(description="what happened then")


class LineOptions(SeriesOptions):
    """The keys of a line chart."""

    zero: bool = Field(False, description="true: the scale starts at zero")
    log: bool = Field(False, description="true: equal ratios are equal distances; for values above zero")
    references: tuple[Reference, ...] = Field((), max_length=4, description="values to compare with")
    notes: tuple[Note, ...] = Field((), max_length=6, description="annotations at points in time")
