"""The keys of a line chart."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from c6brief.documents.entries import ScalarText, Strict
from c6brief.figures.annotations.options import AnnotatedOptions, ShortText
from c6brief.figures.checks import At
from c6brief.figures.rows.series import SeriesOptions


class Note(Strict):
    """A few words at a point in time, as they were written before there was ``annotate``."""

    x: ScalarText = Field(description="the time or category, as in the rows, or a time between two of them")
    label: ShortText = Field(description="what happened then")


class LineOptions(AnnotatedOptions, SeriesOptions):
    """The keys of a line chart."""

    zero: bool = Field(False, description="true: the scale starts at zero")
    log: bool = Field(False, description="true: equal ratios are equal distances; for values above zero")
    notes: tuple[Note, ...] = Field(
        (), max_length=6, description="`annotate` as it was called before: {x, label} is {x, text}"
    )

    @property
    def on_poles(self) -> tuple[tuple[str, str], ...]:
        """What stands above the plot, each at its x; notes are among it."""
        return (*super().on_poles, *((note.x, note.label) for note in self.notes))

    def written(self) -> Iterator[tuple[At, str]]:
        """Every annotation, after its way in the chart's file; notes are among them."""
        yield from super().written()
        yield from ((("notes", index, "label"), note.label) for index, note in enumerate(self.notes))
