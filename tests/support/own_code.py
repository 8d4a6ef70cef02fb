"""Figures drawn by a project's own code: a chart with its code in the small project, trusted or not."""

from __future__ import annotations

import textwrap
from pathlib import Path

from c6brief.build.project_state import ProjectState, load_project
from c6brief.documents import trust
from c6brief.documents.problems import Problem, Problems
from c6brief.documents.project import Project
from c6brief.figures import draw_chart
from c6brief.figures.cache import FigureCache

CHART = """\
kind: matplotlib
title: Most platforms can be reached
subtitle: Stations by access, 2024, number
alt: Bar chart of two kinds of access.
table: access
code: own.py
"""

CODE = '''\
"""Stations by access."""


def draw(figure, table, style):
    axes = figure.subplots()
    axes.barh([row["access"] for row in table], [row["stations"] for row in table], color=style.brand)
    axes.set_xlabel("Stations")
'''


def write_own(root: Path, code: str = CODE, chart: str = CHART) -> Path:
    """The chart ``own`` with its code, in the project at ``root``; the file of the code."""
    charts = root / "seeds" / "charts"
    (charts / "own.yaml").write_text(chart, encoding="utf-8")
    (charts / "own.py").write_text(textwrap.dedent(code), encoding="utf-8")
    return charts / "own.py"


def trust_own(root: Path) -> None:
    """Trust the code of the chart ``own`` as it is."""
    path = root / "seeds" / "charts" / "own.py"
    trust.trust({path: path.read_bytes()}, root)


def draw_own(root: Path, cache: FigureCache | None = None) -> tuple[str, list[Problem]]:
    """The drawing of the chart ``own``, and what is told of it, by the project's state as it is now."""
    state: ProjectState = load_project(Project(root))
    problems = Problems()
    problems.add_all(state.problems)
    svg = ""
    if "own" in state.charts:
        svg = draw_chart(
            state.evidence.charts["own"],
            state.charts["own"],
            state.evidence,
            {},
            width_mm=118.0,
            problems=problems,
            cache=cache,
        )
    return svg, list(problems)
