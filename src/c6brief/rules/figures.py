"""Rules on figures and tables: the title says what to see, the subtitle what is shown, the source where it is from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from c6brief.brief.model import FigureBlock, TableBlock
from c6brief.rules.review.brief import ProjectUnderReview, ProseUnderReview
from c6brief.rules.review.rule import Finding, rule
from c6brief.rules.review.sentences import is_label

_YEAR = re.compile(r"(?<!\d)(1[5-9]|20|21)\d\d(?!\d)")
_NO_YEAR = re.compile(r"(?<!\w)(latest|undated|no year)(?!\w)", re.IGNORECASE)
"""That the source gives no year is a period too, if it is said."""


@rule("figure-title-is-a-label", chapter="craft")
def figure_title_is_a_label(project: ProjectUnderReview) -> Iterator[Finding]:
    """the title of a chart names what is drawn in place of what it shows

    “Number of stations” makes readers look for the point themselves; “Two stations in three still have stairs” gives
    it. The finding is made for titles of fewer than four words and for those that begin like a label (“Number of”, “Map
    of”, …).
    """
    for chart in project.evidence.charts.values():
        if project.vocabulary and is_label(chart.title, project.vocabulary.figure_label_openings):
            hint = "say what a reader should see; what is drawn goes to the subtitle"
            yield Finding("the title of this figure is a label, not its takeaway", chart.place("title"), hint)


@rule("figure-without-subtitle", chapter="craft")
def figure_without_subtitle(project: ProjectUnderReview) -> Iterator[Finding]:
    """a chart has an empty subtitle, or one that repeats its title

    The title says what to see. The subtitle says what is shown, its unit and its period.
    """
    for chart in project.evidence.charts.values():
        hint = "what is shown, unit, period"
        if not chart.subtitle.strip():
            yield Finding("this figure has no subtitle", chart.place("subtitle"), hint)
        elif chart.subtitle.strip(" .").lower() == chart.title.strip(" .").lower():
            yield Finding("the subtitle of this figure repeats its title", chart.place("subtitle"), hint)


@rule("figure-without-period", chapter="craft")
def figure_without_period(project: ProjectUnderReview) -> Iterator[Finding]:
    """the subtitle of a chart of numbers does not say of when they are

    Numbers grow old. The subtitle says of which year, years or day they are; the finding is made where no year with
    four digits stands in it, nor that it is the latest figure, or undated.
    """
    for chart in project.evidence.charts.values():
        says_when = _YEAR.search(chart.subtitle) or _NO_YEAR.search(chart.subtitle)
        if chart.subtitle.strip() and not says_when and project.drawn_numbers(chart):
            hint = "add the year, the years or the day that the numbers are of"
            yield Finding("the subtitle of this figure names no period", chart.place("subtitle"), hint)


@rule("figure-without-unit", chapter="craft")
def figure_without_unit(project: ProjectUnderReview) -> Iterator[Finding]:
    """the subtitle of a chart of numbers does not name their unit

    A number without its unit is no fact. Fields of tables carry a `unit`; every word of it should stand in the
    subtitle, where it is read before the drawing.
    """
    for chart in project.evidence.charts.values():
        if chart.kind == "table":
            continue  # its headings name them
        units = {field.unit.strip() for field in project.drawn_numbers(chart) if field.unit}
        keys = chart.model_extra or {}
        if units and (keys.get("share") is True or keys.get("arrange") == "share"):
            units = {"%"}  # whatever is counted, shares of it are drawn
        missing = sorted(unit for unit in units if not _names_unit(chart.subtitle, unit))
        if missing and chart.subtitle.strip():
            hint = f"add the unit to the subtitle: {', '.join(missing)}"
            yield Finding("the subtitle of this figure does not name the unit", chart.place("subtitle"), hint)


def _names_unit(subtitle: str, unit: str) -> bool:
    """Whether each word of the unit stands in the subtitle, in any form: "tonnes" in "tonne", "%" in "per cent"."""
    words = subtitle.lower()
    if unit == "%":
        return any(form in words for form in ("%", "per cent", "percent", "share"))
    stems = [word[: max(3, len(word) - 2)] for word in re.findall(r"\w+", unit.lower())]
    return all(stem in words for stem in stems) if stems else unit.lower() in words


@rule("figure-without-source", chapter="craft")
def figure_without_source(prose: ProseUnderReview) -> Iterator[Finding]:
    """a figure or table of a brief has no source

    Under every figure and table stands where its data come from. Charts of events and tables take it from these; others
    want a `source` of their own. A table in the prose cites.
    """
    evidence = prose.evidence
    for section in prose.brief.parts() if prose.brief else ():
        for block in section.blocks:
            if isinstance(block, TableBlock) and block.in_text:
                continue
            if isinstance(block, (FigureBlock, TableBlock)) and not block.source_line:
                noun = "figure" if isinstance(block, FigureBlock) else "table"
                is_table = isinstance(block, TableBlock) and not block.chart
                entry = evidence.tables[block.id] if is_table else evidence.charts[block.id]
                message = f"no source line can be printed under this {noun}"
                yield Finding(message, entry.place("title"), "add 'source: …'")
