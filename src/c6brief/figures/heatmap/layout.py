"""Where everything in a heatmap stands: names, cells and what is written in them, in pt on the sheet."""

from __future__ import annotations

from collections.abc import Iterable

from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.fonts import Face
from c6brief.figures.drawing.numbers import numbers
from c6brief.figures.drawing.style import REGULAR, SEMIBOLD
from c6brief.figures.heatmap.matrix import Matrix
from c6brief.figures.kinds import DrawContext

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
LETTERS = "abcdefghijklmnopqrstuvwxyz"
"""In place of words that would have to be broken; explained at the foot."""


class HeatmapLayout:
    """Names and columns, what is written in the cells, the rows' heights, heads over the columns or at the foot.

    ``over``: the rows' names stand over their cells. ``cell_words``: by row and column, the lines in a cell; empty
    where numbers have no room. ``heads``: the lines over each column; empty where columns are numbered or thinned.
    """

    def __init__(self, matrix: Matrix, context: DrawContext) -> None:
        self.matrix, self.context, self.style = matrix, context, context.style
        style = self.style
        self.size = style.label if len(matrix.rows) <= 24 else style.tiny
        self.lead = self.size * style.leading
        self.small = Face(style.small)
        self.letters: dict[str, str] = {}
        self._columns()
        self.cell_face, self.cell_words = self._cell_words()
        self.heights = self._heights()
        self._heads()

    def _columns(self) -> None:
        """The rows' names, wrapped beside the cells or over them, and the columns' width.

        Names give way, as long as none is broken within a word, until heads and words stand whole in their columns.
        """
        matrix, width = self.matrix, self.context.width
        count = len(matrix.columns)
        words = [word for name in matrix.rows for word in fonts.tidy(name).split(" ")]
        longest = max(fonts.width(word, Face(self.size, SEMIBOLD)) for word in words)
        least = SIGN + SLIT if matrix.words else 0.0
        self.over = width < NARROW and (longest > 0.4 * width or (0.6 * width - GAP) / count < least)
        heads = {(part, self.head_face(c)) for c, name in enumerate(matrix.columns) for part in name.split()}
        written = {word for row in matrix.cells for cell in row if isinstance(cell, str) for word in cell.split()}
        wanted = max([2 + fonts.width(*head) for head in heads], default=0.0)
        inside = max([SLIT + PAD + fonts.width(word, Face(self.size)) for word in written], default=0.0)
        for share in (0.4, 0.32, 0.25, 0.4):
            self._place(width if self.over else share * width)
            if self.over or (longest <= share * width and self.column >= max(wanted, inside)):
                break

    def _place(self, limit: float) -> None:
        matrix, width = self.matrix, self.context.width
        rows = range(len(matrix.rows))
        self.names = [fonts.wrap(matrix.rows[row], limit, self.name_face(row)) for row in rows]
        names = max(fonts.width(line, self.name_face(row)) for row in rows for line in self.names[row])
        self.left = 0.0 if self.over else names + GAP
        count = len(matrix.columns)
        self.column = min(WIDEST_WORDS if matrix.words else WIDEST, (width - self.left) / count)
        self.right = self.left + self.column * count

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
        written = numbers([cell for *_, cell in known if not isinstance(cell, str)], self.context.words.locale)
        for size in (self.size, style.small, style.tiny):
            face = Face(min(size, self.size))
            if all(fonts.width(words, face) <= room for words in written):
                pairs = zip(known, written, strict=True)
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

    def _heads(self) -> None:
        """Names over their columns; of times as many as have room; else numbers, explained at the foot."""
        matrix = self.matrix
        self.foot: list[str] = []
        names = [fonts.tidy(name) for name in matrix.columns]
        faces = [self.head_face(column) for column in range(len(names))]
        self.heads = fonts.wrap_whole(names, max(self.column - 2, 1), faces, LINES) or []
        if not self.heads and not matrix.times:
            self.foot += self._explanations((str(number), name) for number, name in enumerate(names, 1))
        self.foot += self._explanations((letter, word) for word, letter in self.letters.items())
        lines = max(map(len, self.heads), default=1)
        self.head_height = lines * self.head_face(0).size * self.style.leading + 4

    def _explanations(self, pairs: Iterable[tuple[str, str]]) -> list[str]:
        line = "\u00a0· ".join(f"{sign}\u00a0{meaning}" for sign, meaning in pairs)
        return [part.rstrip("\u00a0·") for part in fonts.wrap(line, self.context.width, self.small)] if line else []

    def name_face(self, row: int) -> Face:
        """The letters of a row's name."""
        return Face(self.size, SEMIBOLD if row in self.matrix.strong_rows else REGULAR)

    def head_face(self, column: int) -> Face:
        """The letters of a column's name."""
        return Face(min(self.size, self.style.small), SEMIBOLD if column in self.matrix.strong_columns else REGULAR)

    def middle(self, column: int) -> float:
        """The middle of a column, in pt."""
        return self.left + (column + 0.5) * self.column

    def cells_top(self, row: int, top: float) -> float:
        """Where the cells of a row begin that begins at ``top``: below its name where that stands over them."""
        return top + len(self.names[row]) * self.lead + 4 if self.over else top
