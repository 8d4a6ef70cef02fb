"""The kind of chart ``coverage``: its keys, checks and data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Discriminator, Field, Tag

from c6brief.documents.entries import Identifier, SourceId, Strict
from c6brief.documents.problems import Problems
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import sources_of
from c6brief.figures.checks import known_id, known_theme, no_repeats, themed_entries
from c6brief.figures.coverage.matrix import THEMED, Coverage, coverage_of
from c6brief.figures.data import ChartData
from c6brief.figures.kinds import ChartKind, ChartOptions, DrawContext
from c6brief.figures.registry import chart_kind
from c6brief.figures.words import theme_name

if TYPE_CHECKING:
    from c6brief.figures.drawing.canvas import Canvas


class ThemeRow(Strict):
    """A theme under a name of its own."""

    theme: Identifier = Field(description="a theme of the evidence base")
    label: str = Field(min_length=1, description="how the row is called")


def _form(value: Any) -> str:
    return "[named]" if isinstance(value, (dict, ThemeRow)) else "[theme]"  # in brackets: no part of a problem's place


class CoverageOptions(ChartOptions):
    """The keys of a coverage matrix."""

    themes: tuple[
        Annotated[
            Annotated[Identifier, Tag("[theme]")] | Annotated[ThemeRow, Tag("[named]")],
            Discriminator(_form),
        ],
        ...,
    ] = Field(min_length=1, description="themes, or {theme: …, label: …}")
    sources: tuple[SourceId, ...] | None = Field(
        None, min_length=1, description="ids of sources; by default all that say anything of these themes"
    )


def _theme(row: str | ThemeRow) -> str:
    return row.theme if isinstance(row, ThemeRow) else row


def matrix_of(options: CoverageOptions, evidence: Evidence) -> Coverage:
    """What the chart shows, computed."""
    return coverage_of(tuple(map(_theme, options.themes)), options.sources, evidence)


@chart_kind("coverage", width="column")
class CoverageChart(ChartKind[CoverageOptions]):
    """``coverage``: which source says anything of which theme.

    Themes are rows, sources columns: ● quoted (the source brings somebody's words on it), ○ reported (an event or a
    claim rests on it), – absent. Sources with one voice stand under one bracket, since together they are one witness;
    the last column counts voices.
    """

    options = CoverageOptions

    def check(self, options: CoverageOptions, evidence: Evidence, problems: Problems) -> bool:
        """Whether themes and sources exist, each once."""
        good = [no_repeats(map(_theme, options.themes), "themes", options, problems)]
        for index, row in enumerate(options.themes):
            at = ("themes", index, "theme") if isinstance(row, ThemeRow) else ("themes", index)
            noun = "quotation, event or claim"
            good.append(known_theme(_theme(row), THEMED, noun, at, options, evidence, problems))
        sources = options.sources or ()
        good.append(no_repeats(sources, "sources", options, problems))
        for index, id in enumerate(sources):
            good.append(known_id(id, "sources", "source", ("sources", index), options, evidence, problems))
        return all(good)

    def sources(self, options: CoverageOptions, evidence: Evidence) -> tuple[str, ...]:
        return matrix_of(options, evidence).sources

    def draw(self, options: CoverageOptions, context: DrawContext) -> Canvas:
        from c6brief.figures.coverage.drawing import CoverageDrawing  # here: it imports Matplotlib

        names = [row.label if isinstance(row, ThemeRow) else theme_name(row) for row in options.themes]
        return CoverageDrawing(matrix_of(options, context.evidence), names, context).canvas

    def data(self, options: CoverageOptions, evidence: Evidence) -> ChartData:
        """A row for each theme and source, with the ids of what the source says of it."""
        matrix = matrix_of(options, evidence)
        rows: list[tuple[str, ...]] = []
        drawn: dict[str, None] = {}
        for theme, cells in zip(matrix.themes, matrix.cells, strict=True):
            for source, voice, cell in zip(matrix.sources, matrix.voices, cells, strict=True):
                entries = [
                    entry.id
                    for kind in THEMED
                    for entry in themed_entries(kind, evidence).values()
                    if theme in entry.themes and source in sources_of(entry)
                ]
                drawn.update(dict.fromkeys(entries))
                rows.append((theme, source, voice, cell, " ".join(sorted(entries))))
        return ChartData(("theme", "source", "voice", "coverage", "entries"), tuple(rows), tuple(drawn))
