"""The keys of an area chart."""

from __future__ import annotations

from pydantic import Field

from c6brief.figures.annotations.options import AnnotatedOptions
from c6brief.figures.rows.series import SeriesOptions


class AreaOptions(AnnotatedOptions, SeriesOptions):
    """The keys of an area chart."""

    share: bool = Field(False, description="true: each part as a share of the whole at its time, in per cent")
