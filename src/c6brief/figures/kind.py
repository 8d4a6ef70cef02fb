"""What a kind of chart is, and the list of kinds.

A kind is one file in ``c6brief.figures.kinds`` that calls :func:`register`. Whatever file lies there is found.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import ConfigDict

from c6brief.documents.entries import Refusal
from c6brief.documents.problems import Problems
from c6brief.evidence.base import Evidence
from c6brief.evidence.models import Chart, DesignedTable
from c6brief.figures.style import POINTS_PER_MM, Style
from c6brief.figures.words import Words

if TYPE_CHECKING:
    from c6brief.figures.canvas import Canvas
    from c6brief.figures.data import Data

Width = Literal["full", "column", "margin"]
"""Text and margin (170 mm on the page), text only (118 mm), or margin only (42 mm)."""


class Options(Chart):
    """A chart with the keys of its kind, validated. Each kind adds its own and knows no others."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    refused: ClassVar[Mapping[str, Refusal]] = {}
    """Keys that the kind does not have on purpose, each with the problem it ends in."""


@dataclass(frozen=True)
class DrawContext:
    """What a drawing is made for. ``labels`` names sources as the brief does: S1, S2."""

    evidence: Evidence
    labels: Mapping[str, str]
    width_mm: float
    words: Words
    style: Style
    extent: tuple[float, float] | None = None
    """The values that the scale must hold beside the chart's own: panels of small multiples share one."""

    @property
    def width(self) -> float:
        """The width of the drawing in pt."""
        return self.width_mm * POINTS_PER_MM

    def label(self, source: str) -> str:
        """The label of a source; its id where the brief has none."""
        return self.labels.get(source, source)


@dataclass(frozen=True)
class Kind:
    """A kind of chart.

    ``options`` are its keys. ``width`` is how wide it stands on the page unless the chart says otherwise. ``check``
    reports what pydantic cannot know (ids that do not exist) and says whether the chart can be drawn. ``sources`` are
    the ids of the sources whose data are shown, in the order shown. ``draw`` draws, and alone may import Matplotlib.
    """

    name: str
    options: type[Options]
    width: Width
    check: Callable[[Any, Evidence, Problems], bool]
    sources: Callable[[Any, Evidence], tuple[str, ...]]
    draw: Callable[[Any, DrawContext], Canvas]
    data: Callable[[Any, Evidence], Data] | None = None
    """What is drawn, as rows: attached to the PDF for readers who want to check, or cannot see, the figure."""
    table: Callable[[Any, Evidence], DesignedTable] | None = None
    """The table that a page prints in place of a drawing, so that it can be read aloud and copied."""


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make ``kind`` known under its name. A name belongs to one kind."""
    if kind.name in _kinds:
        raise ValueError(f"two kinds of chart are called {kind.name!r}")
    _kinds[kind.name] = kind
    return kind


def kind_named(name: str) -> Kind | None:
    """The kind called ``name``; ``None`` where there is none.

    Only the file of that name is imported, if it has it: to import all takes as long as to read an evidence base.
    """
    module = name.replace("-", "_")
    if name not in _kinds and module in _modules():
        _imported(module)
    return _kinds.get(name) or known_kinds().get(name)


def kind_of(chart: Chart) -> Kind:
    """The kind of a chart that was checked. Raises ``KeyError`` for another one."""
    return kind_named(chart.kind) or known_kinds()[chart.kind]


@lru_cache(maxsize=1)
def known_kinds() -> Mapping[str, Kind]:
    """Every kind by name."""
    for module in _modules():
        _imported(module)
    return dict(sorted(_kinds.items()))


@lru_cache(maxsize=1)
def _modules() -> tuple[str, ...]:
    from c6brief.figures import kinds as folder

    return tuple(sorted(info.name for info in pkgutil.iter_modules(folder.__path__)))


def _imported(module: str) -> None:
    importlib.import_module(f"c6brief.figures.kinds.{module}")
