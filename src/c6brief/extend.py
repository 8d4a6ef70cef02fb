"""What packages import that add charts, rules, page rules or templates.

A package names a module of its own under an entry point; importing it runs the decorators in it::

    [project.entry-points."c6brief.charts"]
    lollipop = "acme.lollipop"

    [project.entry-points."c6brief.rules"]
    house = "acme.rules"

    [project.entry-points."c6brief.templates"]
    house = "acme.templates"

``c6brief.charts`` modules define kinds of charts with :func:`chart_kind`, ``c6brief.rules`` modules rules with :func:`rule`
and page rules with :func:`page_rule`, ``c6brief.templates`` modules call :func:`add_template_folder`. What is built in is
made in the same way; CONTRIBUTING.md shows an example of each. Names that are used twice, and packages that cannot be
imported, are reported as problems that name the package.

Everything is loaded when it is first asked for. :class:`Canvas`, :mod:`fonts` and :func:`scale_of` import Matplotlib, so a
chart asks for them when it draws, inside of a function.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from c6brief.documents.problems import Place, Problem, Problems
    from c6brief.evidence.base import Evidence
    from c6brief.figures.data import ChartData
    from c6brief.figures.drawing import fonts
    from c6brief.figures.drawing.canvas import Canvas
    from c6brief.figures.drawing.numbers import number as format_number
    from c6brief.figures.drawing.scale import scale_of
    from c6brief.figures.kinds import ChartKind, ChartOptions, DrawContext
    from c6brief.figures.registry import chart_kind
    from c6brief.figures.rows.series import SeriesKind, SeriesOptions, check_series, series_of
    from c6brief.figures.rows.tabular import TabularKind, TabularOptions, check_table, table_of
    from c6brief.pages.search import add_template_folder
    from c6brief.print.preflight import DocumentContent, Flaw, Remedy, page_rule
    from c6brief.rules import (
        BriefUnderReview,
        Finding,
        Paragraph,
        ProjectUnderReview,
        ProseUnderReview,
        SectionProse,
        TemplateUnderReview,
        rule,
    )

_HOMES = {
    "BriefUnderReview": "c6brief.rules",
    "Canvas": "c6brief.figures.drawing.canvas",
    "ChartData": "c6brief.figures.data",
    "ChartKind": "c6brief.figures.kinds",
    "ChartOptions": "c6brief.figures.kinds",
    "DocumentContent": "c6brief.print.preflight",
    "DrawContext": "c6brief.figures.kinds",
    "Evidence": "c6brief.evidence.base",
    "Finding": "c6brief.rules",
    "Flaw": "c6brief.print.preflight",
    "Paragraph": "c6brief.rules",
    "Place": "c6brief.documents.problems",
    "Problem": "c6brief.documents.problems",
    "Problems": "c6brief.documents.problems",
    "ProjectUnderReview": "c6brief.rules",
    "ProseUnderReview": "c6brief.rules",
    "Remedy": "c6brief.print.preflight",
    "SectionProse": "c6brief.rules",
    "SeriesKind": "c6brief.figures.rows.series",
    "SeriesOptions": "c6brief.figures.rows.series",
    "TabularKind": "c6brief.figures.rows.tabular",
    "TabularOptions": "c6brief.figures.rows.tabular",
    "TemplateUnderReview": "c6brief.rules",
    "add_template_folder": "c6brief.pages.search",
    "chart_kind": "c6brief.figures.registry",
    "check_series": "c6brief.figures.rows.series",
    "check_table": "c6brief.figures.rows.tabular",
    "fonts": "c6brief.figures.drawing",
    "format_number": "c6brief.figures.drawing.numbers:number",
    "page_rule": "c6brief.print.preflight",
    "rule": "c6brief.rules",
    "scale_of": "c6brief.figures.drawing.scale",
    "series_of": "c6brief.figures.rows.series",
    "table_of": "c6brief.figures.rows.tabular",
}
"""The module that each name is loaded from, and its name there where that is another one (PEP 562)."""

__all__ = [
    "BriefUnderReview",
    "Canvas",
    "ChartData",
    "ChartKind",
    "ChartOptions",
    "DocumentContent",
    "DrawContext",
    "Evidence",
    "Finding",
    "Flaw",
    "Paragraph",
    "Place",
    "Problem",
    "Problems",
    "ProjectUnderReview",
    "ProseUnderReview",
    "Remedy",
    "SectionProse",
    "SeriesKind",
    "SeriesOptions",
    "TabularKind",
    "TabularOptions",
    "TemplateUnderReview",
    "add_template_folder",
    "chart_kind",
    "check_series",
    "check_table",
    "fonts",
    "format_number",
    "page_rule",
    "rule",
    "scale_of",
    "series_of",
    "table_of",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'c6brief.extend' has no attribute {name!r}")
    from importlib import import_module

    home, _, inner = _HOMES[name].partition(":")
    module = import_module(home)
    value = getattr(module, inner or name, None) or import_module(f"{home}.{name}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
