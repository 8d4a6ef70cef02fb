"""Drawing small multiples: each panel a sheet of its own, laid on one sheet in rows; their unit is said once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from c6brief.documents.addition import total
from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.canvas import Canvas
from c6brief.figures.drawing.fonts import Face
from c6brief.figures.drawing.style import POINTS_PER_MM, SEMIBOLD
from c6brief.figures.kinds import ChartKind, DrawContext
from c6brief.figures.rows.series import series_of, unit_of
from c6brief.figures.rows.tabular import table_of
from c6brief.figures.small_multiples.panels import Panel

GUTTER = 16.0
"""pt between panels side by side."""
BETWEEN = 12.0
"""pt between a row of panels and the name of the next."""
NARROWEST = {"bar": 130.0, "dot": 130.0, "slope": 110.0, "line": 96.0, "area": 96.0}
"""pt of a panel of each kind, at least, unless the sheet itself is narrower."""
MOST_COLUMNS = 4


class SmallMultiplesDrawing:
    """Panels from left to right and from top to bottom, each under its name, all on one scale."""

    def __init__(
        self, panels: Sequence[Panel], kind: ChartKind[Any], columns: int | None, context: DrawContext
    ) -> None:
        self.panels, self.context, style = panels, context, context.style
        count = min(columns or self._columns(kind.name), len(panels))
        width = (context.width - (count - 1) * GUTTER) / count
        inner = replace(context, width_mm=width / POINTS_PER_MM, extent=_extent(panels))
        self.face = Face(style.text, SEMIBOLD)
        lead = style.text * style.leading
        bare = [panel.without_units for panel in panels]
        sheets = [kind.draw(panel.options, replace(inner, evidence=panel.evidence)) for panel in bare]
        small = Face(style.small)
        units = unit_of(panels[0].options, table_of(panels[0].options, panels[0].evidence))
        unit = fonts.wrap(units, context.width, small) if units else []
        names = [fonts.wrap(panel.name, width, self.face) for panel in panels]
        rows = [range(start, min(start + count, len(panels))) for start in range(0, len(panels), count)]
        heads = [max(len(names[index]) for index in row) * lead + 4 for row in rows]
        bodies = [max(sheets[index].height for index in row) for row in rows]
        top = len(unit) * style.small * style.leading + (4 if unit else 0)
        height = top + total(heads) + total(bodies) + BETWEEN * (len(rows) - 1)
        self.canvas = Canvas(context.width, height, style)
        self.canvas.text_lines(0, 1 + fonts.ASCENT * style.small, unit, small, style.grey)
        for row, head, body in zip(rows, heads, bodies, strict=True):
            for place, index in enumerate(row):
                left = place * (width + GUTTER)
                self.canvas.text_lines(left, top + 1 + fonts.ASCENT * style.text, names[index], self.face, style.ink)
                self.canvas.paste(sheets[index], left, top + head)
            top += head + body + BETWEEN

    def _columns(self, kind: str) -> int:
        """As many as fit; where the last row would be nearly empty, one fewer if that fills it better."""
        fitting = max(1, int((self.context.width + GUTTER) / (NARROWEST[kind] + GUTTER)))
        most = min(fitting, MOST_COLUMNS, len(self.panels))
        return max(range(max(1, most - 1), most + 1), key=lambda count: (-(-len(self.panels) % count), count))


def _extent(panels: Sequence[Panel]) -> tuple[float, float] | None:
    """The smallest and the largest value of all panels, or the largest sum of a stack: what one scale must hold."""
    values: list[float] = []
    for panel in panels:
        stacks: dict[str, float] = {}
        for series in series_of(panel.options, table_of(panel.options, panel.evidence)):
            for point in series.points:
                if point.value is not None:
                    values.append(float(point.value))
                    stacks[point.x] = stacks.get(point.x, 0.0) + point.value
        if panel.stacked:
            values += stacks.values()
    return (min(values), max(values)) if values else None
