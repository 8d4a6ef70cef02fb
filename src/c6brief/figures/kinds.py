"""What a kind of chart is: its keys, its checks, the sources and rows that it shows, and how it is drawn.

A kind is one class, a subclass of :class:`ChartKind`, registered by :func:`c6brief.figures.registry.chart_kind`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Generic, Literal, TypeVar

from pydantic import ConfigDict

from c6brief.documents.entries import Refusal
from c6brief.documents.problems import Place, Problem, Problems
from c6brief.evidence.base import Evidence
from c6brief.evidence.table_models import Chart, DesignedTable
from c6brief.figures.checks import At
from c6brief.figures.data import ChartData
from c6brief.figures.drawing.style import POINTS_PER_MM, Style
from c6brief.figures.words import FigureWords

if TYPE_CHECKING:  # the canvas imports Matplotlib, which no check pays for
    from c6brief.figures.drawing.canvas import Canvas

Width = Literal["full", "column", "margin"]
"""Text and margin (170 mm on the page), text only (118 mm), or margin only (42 mm)."""


class ChartOptions(Chart):
    """A chart with the keys of its kind, validated. Each kind adds its own keys and knows no others."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    refused: ClassVar[Mapping[str, Refusal]] = {}
    """Keys that the kind does not have on purpose, each with the problem it ends in."""

    def written(self) -> Iterator[tuple[At, str]]:
        """Every annotation that the author wrote into the drawing, after its way in the chart's file."""
        return iter(())


class CannotDraw(Exception):
    """A chart that was checked cannot be drawn, as is seen only when it is drawn; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(frozen=True)
class DrawContext:
    """What a drawing is made for. ``labels`` names sources as the brief does: S1, S2."""

    evidence: Evidence
    labels: Mapping[str, str]
    width_mm: float
    words: FigureWords
    style: Style
    extent: tuple[float, float] | None = None
    """The values that the scale must hold beside the chart's own: panels of small multiples share one."""

    @property
    def width(self) -> float:
        """The width of the drawing in pt."""
        return self.width_mm * POINTS_PER_MM

    def holding(self, values: Sequence[float]) -> DrawContext:
        """The same with a scale that holds these values too."""
        return replace(self, extent=(min(held), max(held))) if (held := [*values, *(self.extent or ())]) else self

    def label(self, source: str) -> str:
        """The label of a source; its id where the brief has none."""
        return self.labels.get(source, source)


O = TypeVar("O", bound=ChartOptions)  # noqa: E741 - read only within brackets: ChartKind[O]


class ChartKind(ABC, Generic[O]):
    """A kind of chart whose keys are the fields of ``O``. The docstring of a kind is its chapter in
    ``docs/figures.md``.

    ``options`` is the model ``O`` itself. The decorator sets ``name`` and ``width``: how wide charts of this kind stand
    on the page unless they say otherwise.
    """

    name: str
    width: Width
    options: type[O]

    @abstractmethod
    def check(self, options: O, evidence: Evidence, problems: Problems) -> bool:
        """Whether the chart can be drawn. Reports what the model cannot know: ids and fields that do not exist."""

    @abstractmethod
    def sources(self, options: O, evidence: Evidence) -> tuple[str, ...]:
        """The ids of the sources whose data are shown, in the order shown."""

    @abstractmethod
    def draw(self, options: O, context: DrawContext) -> Canvas:
        """The drawing of a chart that was checked. The only method that may import Matplotlib or NumPy.

        Raises ``CannotDraw``.
        """

    def permit(self, options: O, problems: Problems) -> bool:
        """Whether the chart may be drawn here and now, or taken from the cache. Reports why not."""
        return True

    def digest(self, options: O) -> str:
        """A hash of what the drawing is made of beside its options and the evidence; empty where that is nothing."""
        return ""

    def files(self, options: O) -> tuple[Path, ...]:
        """The files of the project that the drawing is made by, beside those of its data."""
        return ()

    def verify(self, options: O, canvas: Canvas, context: DrawContext, problems: Problems) -> bool:
        """Whether a finished drawing may be kept and shown again. Reports what is seen only in it."""
        return True

    def find(self, options: O, words: str) -> Place | None:
        """Where something beside the chart's file and its table gives the drawing these ``words``."""
        return None

    def data(self, options: O, evidence: Evidence) -> ChartData | None:
        """What is drawn, as rows: attached to the PDF for readers who want to check, or cannot see, the figure."""
        return None

    def table(self, options: O, evidence: Evidence) -> DesignedTable | None:
        """The table that a page prints in place of the drawing, so that it can be read aloud and copied."""
        return None
