"""Drawing a heatmap or a matrix of words."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from c6brief.documents.addition import total
from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.axes import thin_labels
from c6brief.figures.drawing.canvas import Canvas
from c6brief.figures.drawing.fonts import Face
from c6brief.figures.drawing.marks import KeyEntry, draw_key, key_height
from c6brief.figures.drawing.numbers import numbers
from c6brief.figures.drawing.palette import heat_colour, text_colour_on
from c6brief.figures.heatmap.layout import SLIT, HeatmapLayout
from c6brief.figures.heatmap.matrix import Matrix
from c6brief.figures.heatmap.tones import tone_scale
from c6brief.figures.kinds import DrawContext

SWATCH = 9.0
"""pt: the width of a sign in the key."""


class HeatmapDrawing:
    """One matrix: names at the left, heads of columns on top, the scale and what explains signs below."""

    def __init__(self, matrix: Matrix, context: DrawContext) -> None:
        self.matrix, self.context, self.style = matrix, context, context.style
        style = self.style
        self.layout = layout = HeatmapLayout(matrix, context)
        self.small = layout.small
        values = [cell for row in matrix.cells for cell in row if isinstance(cell, (int, float))]
        steps = not layout.cell_words and not matrix.words
        self.scale = tone_scale(values, context.extent, style, diverging=matrix.diverging, steps=steps)
        self.unit = fonts.wrap(matrix.unit, context.width, self.small) if fonts.tidy(matrix.unit) else []
        self.unit_height = len(self.unit) * style.small * style.leading + (4 if self.unit else 0)
        self.top = self.unit_height + layout.head_height
        self.bottom = self.top + total(layout.heights)
        self.shows_scale = steps and len(self.scale.bounds) > 1 and bool(values)
        self.key = self._key()
        scale_height = 26.0 if self.shows_scale else 0.0
        key_top = self.bottom + scale_height + 1
        foot_top = key_top + (key_height(self.key, context.width, self.small) if self.key else 0) + 3
        foot = len(layout.foot) * style.small * style.leading
        self.canvas = Canvas(context.width, foot_top + foot + 1, style)
        self._draw_heads()
        self._cells()
        self._frames()
        if self.shows_scale:
            self._draw_scale()
        draw_key(self.canvas, 0, key_top, context.width, self.key, self.small)
        self.canvas.text_lines(0, foot_top + fonts.ASCENT * style.small, layout.foot, self.small, style.grey)

    # Heads and cells

    def _draw_heads(self) -> None:
        layout, canvas, style = self.layout, self.canvas, self.style
        for number, line in enumerate(self.unit):
            y = 1 + fonts.ASCENT * style.small + number * style.small * style.leading
            left = min(layout.left, self.context.width - fonts.width(line, self.small))
            canvas.text(max(0.0, left), y, line, self.small, style.grey)
        size = layout.head_face(0).size
        base = self.top - 3 - fonts.DESCENT * size
        columns = range(len(self.matrix.columns))
        if not layout.heads:
            names = self.matrix.columns if self.matrix.times else [str(column + 1) for column in columns]
            face = Face(size)
            for x, words in thin_labels([(layout.middle(c), names[c]) for c in columns], face, self.context.width, 2.5):
                canvas.text(x, base, words, face, style.grey)
            return
        for column, lines in enumerate(layout.heads):
            strong = column in self.matrix.strong_columns
            for number, line in enumerate(reversed(lines)):
                y = base - number * size * style.leading
                face = layout.head_face(column)
                canvas.text(layout.middle(column), y, line, face, style.ink if strong else style.grey, "middle")

    def _colour(self, cell: int | float | str | None) -> str | None:
        """The tone of a cell; none where it has no data, or words have no order."""
        matrix = self.matrix
        if cell is None:
            return None
        if isinstance(cell, str):
            last = max(1, len(matrix.order) - 1)
            return heat_colour(0.02 + 0.98 * matrix.order.index(cell) / last, self.style) if matrix.order else None
        return self.scale.colour(cell)

    def _cells(self) -> None:
        """All cells of one tone as one shape: a large matrix would otherwise take long to draw and to print."""
        layout, canvas, style, matrix = self.layout, self.canvas, self.style, self.matrix
        boxes: dict[str, list[np.ndarray]] = defaultdict(list)
        missing, written, doubtful = [], [], []
        top = self.top
        for row, height in enumerate(layout.heights):
            self._name(row, top)
            cells_top, bottom = layout.cells_top(row, top), top + height
            for column, cell in enumerate(matrix.cells[row]):
                left = layout.left + column * layout.column
                right = left + layout.column - SLIT / 2
                box = (left + SLIT / 2, cells_top + SLIT / 2, right, bottom - SLIT / 2)
                colour = self._colour(cell)
                if colour is not None:
                    boxes[colour].append(_ring(*box))
                if cell is None:
                    missing.append(box)
                if (row, column) in matrix.doubtful and cell is not None:
                    doubtful.append((box, text_colour_on(colour or style.paper, style)))
                lines = layout.cell_words.get((row, column), [])
                written.append(
                    (lines, column, (box[1] + box[3]) / 2, text_colour_on(colour, style) if colour else style.ink)
                )
            if matrix.words and not matrix.order:
                canvas.line([(layout.left, bottom), (layout.right, bottom)], style.hair, style.hairline)
            top = bottom
        for colour, rings in boxes.items():
            canvas.rings(rings, colour)
        for box in missing:
            canvas.hatch(*box, style.hair, 0.5, 3.0)
        for box, colour in doubtful:
            _draw_doubt(canvas, box, colour)
        for lines, column, middle, colour in written:
            canvas.text_block(layout.middle(column), middle, lines, layout.cell_face, colour, "middle")

    def _name(self, row: int, top: float) -> None:
        layout = self.layout
        lines = layout.names[row]
        middle = top + (len(lines) * layout.lead + 4) / 2 if layout.over else top + layout.heights[row] / 2
        self.canvas.text_block(0, middle, lines, layout.name_face(row), self.style.ink)

    def _frames(self) -> None:
        """Around rows and columns that are highlighted."""
        layout, canvas, style = self.layout, self.canvas, self.style
        top = self.top
        for row, height in enumerate(layout.heights):
            if row in self.matrix.strong_rows:
                box = (layout.left, layout.cells_top(row, top), layout.right, top + height)
                canvas.rectangle(*box, "none", style.ink, style.rule * 1.5)
            top += height
        for column in sorted(self.matrix.strong_columns):
            left = layout.left + column * layout.column
            if not layout.over:
                right = left + layout.column
                canvas.rectangle(left, self.top, right, self.bottom, "none", style.ink, style.rule * 1.5)

    # What explains tones and signs

    def _key(self) -> list[KeyEntry]:
        entries: list[KeyEntry] = []
        words = self.context.words
        if any(cell is None for row in self.matrix.cells for cell in row):
            entries.append((_draw_hatching, SWATCH, words["no-data"]))
        if any(self.matrix.cells[row][column] is not None for row, column in self.matrix.doubtful):
            entries.append((_draw_doubt_sign, SWATCH, words["uncertain"]))
        return entries

    def _draw_scale(self) -> None:
        """The steps from left to right, the numbers at their bounds underneath."""
        layout, canvas, style = self.layout, self.canvas, self.style
        tones = self.scale.tones()
        bounds = numbers(self.scale.bounds, self.context.words.locale)
        room = max(fonts.width(words, self.small) for words in bounds)
        start = min(layout.left, max(room / 2, self.context.width - len(tones) * 32.0 - room / 2))
        start = room / 2 if layout.over or start < room / 2 else start
        step = min(32.0, (self.context.width - start - room / 2) / len(tones))
        top = self.bottom + 8
        for number, tone in enumerate(tones):
            left = start + number * step
            canvas.rectangle(left, top, left + step - SLIT, top + 6, tone)
        places = [(start + number * step - SLIT / 2, words) for number, words in enumerate(bounds)]
        for x, words in thin_labels(places, self.small, self.context.width, 3.0):
            canvas.text(x, top + 8 + fonts.ASCENT * style.small, words, self.small, style.grey)


def _ring(left: float, top: float, right: float, bottom: float) -> np.ndarray:
    return np.array([(left, top), (right, top), (right, bottom), (left, bottom), (left, top)])


def _draw_doubt(canvas: Canvas, box: tuple[float, float, float, float], colour: str) -> None:
    """The sign of a value that its source is uncertain of: a dashed frame within the cell."""
    left, top, right, bottom = box
    inset = min(1.2, (right - left) / 4, (bottom - top) / 4)
    canvas.line(_ring(left + inset, top + inset, right - inset, bottom - inset), colour, 0.6, (2, 1.5))


def _draw_hatching(canvas: Canvas, left: float, y: float) -> None:
    canvas.hatch(left, y - 3, left + SWATCH, y + 3, canvas.style.grey, 0.5, 2.4)


def _draw_doubt_sign(canvas: Canvas, left: float, y: float) -> None:
    _draw_doubt(canvas, (left - 1, y - 4, left + SWATCH + 1, y + 4), canvas.style.grey)
