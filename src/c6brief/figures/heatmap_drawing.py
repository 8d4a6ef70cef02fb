"""Drawing a heatmap or a matrix of words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from c6brief.figures import fonts
from c6brief.figures.axes import thinned
from c6brief.figures.canvas import Canvas
from c6brief.figures.fonts import MIDDLE, Face
from c6brief.figures.heat_scale import heat_scale
from c6brief.figures.kind import Setting
from c6brief.figures.marks import KeyEntry, draw_key, key_height
from c6brief.figures.numbers import numbers
from c6brief.figures.palette import heat, on
from c6brief.figures.style import REGULAR, SEMIBOLD

if TYPE_CHECKING:
    from c6brief.figures.kinds.heatmap import Matrix

ROW = 1.95
"""The height of a row of one line, in sizes."""
WIDEST, WIDEST_WORDS = 62.0, 150.0
"""pt of a column, at most: of numbers, of words."""
GAP = 8.0
"""pt between the rows' names and the cells."""
SLIT = 1.0
"""pt of paper between cells."""
PAD = 3.0
"""pt that a number or a word keeps from the edges of its cell."""
LINES = 3
"""A column's name has so many lines at most; where one needs more, columns are numbered."""
NARROW = 200.0
"""pt: on a narrower sheet the rows' names stand over their cells if there is no room beside them."""
SIGN = 6.5
"""pt that a letter in place of a word needs."""
SWATCH = 9.0
LETTERS = "abcdefghijklmnopqrstuvwxyz"
"""In place of words that would have to be broken; explained at the foot."""


class HeatmapDrawing:
    """One matrix: names at the left, heads of columns on top, the scale and what explains signs below."""

    def __init__(self, matrix: Matrix, setting: Setting) -> None:
        self.matrix, self.setting, self.style = matrix, setting, setting.style
        style = self.style
        self.size = style.label if len(matrix.rows) <= 24 else style.tiny
        self.lead = self.size * style.leading
        self.small = Face(style.small)
        self.letters: dict[str, str] = {}
        self._columns()
        self.cell_face, self.cell_words = self._cell_words()
        values = [cell for row in matrix.cells for cell in row if isinstance(cell, (int, float))]
        steps = not self.cell_words and not matrix.words
        self.scale = heat_scale(values, setting.extent, style, diverging=matrix.diverging, steps=steps)
        self.heights = self._heights()
        self._heads()
        self.unit = fonts.wrap(matrix.unit, setting.width, self.small) if fonts.tidy(matrix.unit) else []
        self.unit_height = len(self.unit) * style.small * style.leading + (4 if self.unit else 0)
        self.top = self.unit_height + self.head_height
        self.bottom = self.top + sum(self.heights)
        self.shows_scale = steps and len(self.scale.bounds) > 1 and bool(values)
        self.key = self._key()
        scale_height = 26.0 if self.shows_scale else 0.0
        key_top = self.bottom + scale_height + 1
        foot_top = key_top + (key_height(self.key, setting.width, self.small) if self.key else 0) + 3
        foot = len(self.foot) * style.small * style.leading
        self.canvas = Canvas(setting.width, foot_top + foot + 1, style)
        self._draw_heads()
        self._cells()
        self._frames()
        if self.shows_scale:
            self._draw_scale()
        draw_key(self.canvas, 0, key_top, setting.width, self.key, self.small)
        for number, line in enumerate(self.foot):
            y = foot_top + fonts.ASCENT * style.small + number * style.small * style.leading
            self.canvas.text(0, y, line, self.small, style.grey)

    # Where everything stands

    def _name_face(self, row: int) -> Face:
        return Face(self.size, SEMIBOLD if row in self.matrix.strong_rows else REGULAR)

    def _head_face(self, column: int) -> Face:
        return Face(min(self.size, self.style.small), SEMIBOLD if column in self.matrix.strong_columns else REGULAR)

    def _columns(self) -> None:
        """The rows' names, wrapped beside the cells or over them, and the columns' width.

        Names give way, as long as none is broken within a word, until heads and words stand whole in their columns.
        """
        matrix, width = self.matrix, self.setting.width
        count = len(matrix.columns)
        words = [word for name in matrix.rows for word in fonts.tidy(name).split(" ")]
        longest = max(fonts.width(word, Face(self.size, SEMIBOLD)) for word in words)
        least = SIGN + SLIT if matrix.words else 0.0
        self.over = width < NARROW and (longest > 0.4 * width or (0.6 * width - GAP) / count < least)
        heads = {(part, self._head_face(c)) for c, name in enumerate(matrix.columns) for part in name.split()}
        told = {word for row in matrix.cells for cell in row if isinstance(cell, str) for word in cell.split()}
        wanted = max([2 + fonts.width(*head) for head in heads], default=0.0)
        inside = max([SLIT + PAD + fonts.width(word, Face(self.size)) for word in told], default=0.0)
        for share in (0.4, 0.32, 0.25, 0.4):
            self._place(width if self.over else share * width)
            if self.over or (longest <= share * width and self.column >= max(wanted, inside)):
                break

    def _place(self, limit: float) -> None:
        matrix, width = self.matrix, self.setting.width
        rows = range(len(matrix.rows))
        self.names = [fonts.wrap(matrix.rows[row], limit, self._name_face(row)) for row in rows]
        names = max(fonts.width(line, self._name_face(row)) for row in rows for line in self.names[row])
        self.left = 0.0 if self.over else names + GAP
        count = len(matrix.columns)
        self.column = min(WIDEST_WORDS if matrix.words else WIDEST, (width - self.left) / count)
        self.right = self.left + self.column * count

    def _middle(self, column: int) -> float:
        return self.left + (column + 0.5) * self.column

    def _cell_words(self) -> tuple[Face, dict[tuple[int, int], list[str]]]:
        """What is written in the cells: words wrapped, numbers in the largest letters that all fit; or nothing."""
        matrix, style = self.matrix, self.style
        known = [
            (row, column, cell)
            for row, cells in enumerate(matrix.cells)
            for column, cell in enumerate(cells)
            if cell is not None
        ]
        room = self.column - SLIT - PAD
        if matrix.words:
            face = Face(self.size)
            whole = all(fonts.width(word, face) <= room for *_, cell in known for word in str(cell).split(" "))
            distinct = [*matrix.order, *dict.fromkeys(str(cell) for *_, cell in known if cell not in matrix.order)]
            if not whole and len(distinct) <= len(LETTERS):
                self.letters = dict(zip(distinct, LETTERS, strict=False))
                return face, {(row, column): [self.letters[str(cell)]] for row, column, cell in known}
            return face, {(row, column): fonts.wrap(str(cell), max(room, 4), face) for row, column, cell in known}
        if not matrix.written:
            return Face(self.size), {}
        told = numbers([cell for *_, cell in known], self.setting.words.locale)
        for size in (self.size, style.small, style.tiny):
            face = Face(min(size, self.size))
            if all(fonts.width(words, face) <= room for words in told):
                pairs = zip(known, told, strict=True)
                return face, {(row, column): [words] for (row, column, _), words in pairs}
        return Face(self.size), {}

    def _heights(self) -> list[float]:
        heights = []
        for row, lines in enumerate(self.names):
            cells = [len(self.cell_words.get((row, column), ())) for column in range(len(self.matrix.columns))]
            inside = max([1, *cells]) if self.over else max([1, len(lines), *cells])
            over = len(lines) * self.lead + 4 if self.over else 0.0
            heights.append(self.size * ROW + (inside - 1) * self.lead + over)
        return heights

    def _cells_top(self, row: int, top: float) -> float:
        return top + len(self.names[row]) * self.lead + 4 if self.over else top

    # Heads of columns

    def _heads(self) -> None:
        """Names over their columns; of times as many as have room; else numbers, explained at the foot."""
        matrix = self.matrix
        self.foot: list[str] = []
        names = [fonts.tidy(name) for name in matrix.columns]
        faces = [self._head_face(column) for column in range(len(names))]
        limit = self.column - 2
        self.heads = [fonts.wrap(name, max(limit, 1), face) for name, face in zip(names, faces, strict=True)]
        whole = all(" ".join(lines) == name for lines, name in zip(self.heads, names, strict=True))
        if not whole or max(map(len, self.heads)) > LINES:
            self.heads = []
            if not matrix.times:
                self.foot += self._explained((str(number), name) for number, name in enumerate(names, 1))
        self.foot += self._explained((letter, word) for word, letter in self.letters.items())
        lines = max(map(len, self.heads), default=1)
        self.head_height = lines * self._head_face(0).size * self.style.leading + 4

    def _explained(self, pairs: Iterable[tuple[str, str]]) -> list[str]:
        line = "\u00a0· ".join(f"{sign}\u00a0{meaning}" for sign, meaning in pairs)
        return [part.rstrip("\u00a0·") for part in fonts.wrap(line, self.setting.width, self.small)] if line else []

    def _draw_heads(self) -> None:
        canvas, style = self.canvas, self.style
        for number, line in enumerate(self.unit):
            y = 1 + fonts.ASCENT * style.small + number * style.small * style.leading
            left = min(self.left, self.setting.width - fonts.width(line, self.small))
            canvas.text(max(0.0, left), y, line, self.small, style.grey)
        size = self._head_face(0).size
        base = self.top - 3 - fonts.DESCENT * size
        columns = range(len(self.matrix.columns))
        if not self.heads:
            names = self.matrix.columns if self.matrix.times else [str(column + 1) for column in columns]
            face = Face(size)
            for x, words in thinned([(self._middle(c), names[c]) for c in columns], face, self.setting.width, 2.5):
                canvas.text(x, base, words, face, style.grey)
            return
        for column, lines in enumerate(self.heads):
            strong = column in self.matrix.strong_columns
            for number, line in enumerate(reversed(lines)):
                y = base - number * size * style.leading
                face = self._head_face(column)
                canvas.text(self._middle(column), y, line, face, style.ink if strong else style.grey, "middle")

    # Cells

    def _colour(self, cell: int | float | str | None) -> str | None:
        """The tone of a cell; none where it has no data, or words have no order."""
        matrix = self.matrix
        if cell is None:
            return None
        if isinstance(cell, str):
            last = max(1, len(matrix.order) - 1)
            return heat(0.02 + 0.98 * matrix.order.index(cell) / last, self.style) if matrix.order else None
        return self.scale.colour(cell)

    def _cells(self) -> None:
        """All cells of one tone as one shape: a large matrix would otherwise take long to draw and to print."""
        canvas, style, matrix = self.canvas, self.style, self.matrix
        boxes: dict[str, list[np.ndarray]] = defaultdict(list)
        hollow, written, doubtful = [], [], []
        top = self.top
        for row, height in enumerate(self.heights):
            self._name(row, top)
            cells_top, bottom = self._cells_top(row, top), top + height
            for column, cell in enumerate(matrix.cells[row]):
                left, right = (
                    self.left + column * self.column + SLIT / 2,
                    self.left + (column + 1) * self.column - SLIT / 2,
                )
                box = (left, cells_top + SLIT / 2, right, bottom - SLIT / 2)
                colour = self._colour(cell)
                if colour is not None:
                    boxes[colour].append(_ring(*box))
                if cell is None:
                    hollow.append(box)
                if (row, column) in matrix.doubtful and cell is not None:
                    doubtful.append((box, on(colour or style.paper, style)))
                lines = self.cell_words.get((row, column), [])
                written.append((lines, column, (box[1] + box[3]) / 2, on(colour, style) if colour else style.ink))
            if matrix.words and not matrix.order:
                canvas.line([(self.left, bottom), (self.right, bottom)], style.hair, style.hairline)
            top = bottom
        for colour, rings in boxes.items():
            canvas.rings(rings, colour)
        for box in hollow:
            canvas.hatch(*box, style.hair, 0.5, 3.0)
        for box, colour in doubtful:
            _draw_doubt(canvas, box, colour)
        lead = self.cell_face.size * style.leading
        for lines, column, middle, colour in written:
            y = middle - (len(lines) - 1) * lead / 2 + MIDDLE * self.cell_face.size
            for number, line in enumerate(lines):
                canvas.text(self._middle(column), y + number * lead, line, self.cell_face, colour, "middle")

    def _name(self, row: int, top: float) -> None:
        lines = self.names[row]
        middle = top + (len(lines) * self.lead + 4) / 2 if self.over else top + self.heights[row] / 2
        y = middle - (len(lines) - 1) * self.lead / 2 + MIDDLE * self.size
        for number, line in enumerate(lines):
            self.canvas.text(0, y + number * self.lead, line, self._name_face(row), self.style.ink)

    def _frames(self) -> None:
        """Around rows and columns that are highlighted."""
        canvas, style = self.canvas, self.style
        top = self.top
        for row, height in enumerate(self.heights):
            if row in self.matrix.strong_rows:
                box = (self.left, self._cells_top(row, top), self.right, top + height)
                canvas.shape(_corners(*box), "none", style.ink, style.rule * 1.5)
            top += height
        for column in sorted(self.matrix.strong_columns):
            left = self.left + column * self.column
            if not self.over:
                canvas.shape(
                    _corners(left, self.top, left + self.column, self.bottom), "none", style.ink, style.rule * 1.5
                )

    # What explains tones and signs

    def _key(self) -> list[KeyEntry]:
        entries: list[KeyEntry] = []
        words = self.setting.words
        if any(cell is None for row in self.matrix.cells for cell in row):
            entries.append((_hatched, SWATCH, words["no-data"]))
        if any(self.matrix.cells[row][column] is not None for row, column in self.matrix.doubtful):
            entries.append((_doubted, SWATCH, words["uncertain"]))
        return entries

    def _draw_scale(self) -> None:
        """The steps from left to right, the numbers at their bounds underneath."""
        canvas, style = self.canvas, self.style
        tones = self.scale.tones()
        told = numbers(self.scale.bounds, self.setting.words.locale)
        room = max(fonts.width(words, self.small) for words in told)
        start = min(self.left, max(room / 2, self.setting.width - len(tones) * 32.0 - room / 2))
        start = room / 2 if self.over or start < room / 2 else start
        step = min(32.0, (self.setting.width - start - room / 2) / len(tones))
        top = self.bottom + 8
        for number, tone in enumerate(tones):
            left = start + number * step
            canvas.rectangle(left, top, left + step - SLIT, top + 6, tone)
        places = [(start + number * step - SLIT / 2, words) for number, words in enumerate(told)]
        for x, words in thinned(places, self.small, self.setting.width, 3.0):
            canvas.text(x, top + 8 + fonts.ASCENT * style.small, words, self.small, style.grey)


def _corners(left: float, top: float, right: float, bottom: float) -> list[tuple[float, float]]:
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def _ring(left: float, top: float, right: float, bottom: float) -> np.ndarray:
    return np.array([*_corners(left, top, right, bottom), (left, top)])


def _draw_doubt(canvas: Canvas, box: tuple[float, float, float, float], colour: str) -> None:
    """The sign of a value that its source is uncertain of: a dashed frame within the cell."""
    left, top, right, bottom = box
    inset = min(1.2, (right - left) / 4, (bottom - top) / 4)
    corners = _corners(left + inset, top + inset, right - inset, bottom - inset)
    canvas.line([*corners, corners[0]], colour, 0.6, (2, 1.5))


def _hatched(canvas: Canvas, left: float, y: float) -> None:
    canvas.hatch(left, y - 3, left + SWATCH, y + 3, canvas.style.grey, 0.5, 2.4)


def _doubted(canvas: Canvas, left: float, y: float) -> None:
    _draw_doubt(canvas, (left - 1, y - 4, left + SWATCH + 1, y + 4), canvas.style.grey)
