"""The keys of annotations, which every kind of chart with axes takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field, FiniteFloat

from c6brief.documents.entries import ScalarText, Strict
from c6brief.figures.checks import At
from c6brief.figures.rows.tabular import TabularOptions

ShortText = Annotated[str, Field(min_length=1)]


class ArrowEnd(Strict):
    """Where an arrow ends, in values of the data."""

    x: ScalarText = Field(description="the time, category or number")
    y: FiniteFloat = Field(description="the number")


class Annotation(Strict):
    """A few words on the plot, in values of the data."""

    x: ScalarText = Field(description="the time, category or number where the words stand, or one between two of them")
    y: FiniteFloat | None = Field(None, description="the number that they stand at; without it, above the plot at `x`")
    text: ShortText = Field(description="the words")
    to: ArrowEnd | None = Field(None, description="where an arrow from the words ends")


class Period(Strict):
    """A stretch of an axis, as a band across the plot."""

    from_: ScalarText = Field(alias="from", description="where the band begins: a time, a category or a number")
    to: ScalarText = Field(description="where the band ends")
    label: ShortText = Field(description="what it is")
    axis: Literal["x", "y"] | None = Field(
        None, description="along which field it runs; by default along the level one"
    )


class Reference(Strict):
    """A value to compare with, as a line across the plot."""

    value: FiniteFloat = Field(description="where the line stands on the scale")
    label: ShortText = Field(description="what it is: a target, an average")


class AnnotatedOptions(TabularOptions):
    """The keys that all kinds with axes have in common."""

    references: tuple[Reference, ...] = Field(
        (), max_length=4, description="values to compare with, as lines: {value, label}"
    )
    annotate: tuple[Annotation, ...] = Field(
        (), max_length=8, description="words on the plot, some with an arrow: {x, y, text, to: {x, y}}"
    )
    periods: tuple[Period, ...] = Field((), max_length=6, description="bands: {from, to, label, axis}")

    level: ClassVar[Literal["x", "y"]] = "x"
    """The field whose values stand side by side, along which periods run by default."""

    @property
    def on_poles(self) -> tuple[tuple[str, str], ...]:
        """What stands above the plot, each at its x: (x, words)."""
        return tuple((each.x, each.text) for each in self.annotate if each.y is None)

    def bands(self, axis: Literal["x", "y"]) -> tuple[Period, ...]:
        """The periods that run along ``axis``."""
        return tuple(each for each in self.periods if (each.axis or self.level) == axis)

    @property
    def heights(self) -> list[float]:
        """The numbers along y that the scale must hold beside the data. Those of a checked chart are numbers."""
        found = [reference.value for reference in self.references]
        found += [each.y for each in self.annotate if each.y is not None]
        return found + [float(end) for band in self.bands("y") for end in (band.from_, band.to)]

    def written(self) -> Iterator[tuple[At, str]]:
        """Every annotation that the author wrote into the drawing, after its way in the chart's file."""
        yield from ((("annotate", index, "text"), each.text) for index, each in enumerate(self.annotate))
        yield from ((("periods", index, "label"), each.label) for index, each in enumerate(self.periods))
        yield from ((("references", index, "label"), each.label) for index, each in enumerate(self.references))


PLAIN = AnnotatedOptions.model_construct(id="", kind="", title="", subtitle="", alt="")
"""A chart without annotations."""
