"""Where everything of a dot plot stands: names, rows, the scale, the numbers at the dots."""

from __future__ import annotations

from dataclasses import dataclass

from c6brief.figures.dot.dots import Dot, DotRow, Dots
from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.fonts import Face
from c6brief.figures.drawing.numbers import MINUS, comparable_numbers
from c6brief.figures.drawing.scale import Scale, scale_of
from c6brief.figures.drawing.style import REGULAR, SEMIBOLD
from c6brief.figures.kinds import DrawContext

ROW = 2.0
"""The height of a row with a name of one line, in sizes of its letters."""
AIR = 0.5
"""What the lines of a longer name have above and below them together, at least, in sizes."""
GAP = 9.0
"""pt between the names and what is right of them."""
REACH = 3.0
"""pt from a dot's edge to its number."""
CLOSE = 1.2
"""Dots of a row nearer to each other than so many radii stand above one another."""
STEP = 56.0
"""pt between the labels of the scale, about."""
EVEN = 12
"""Up to so many rows are all as tall as the tallest."""


@dataclass(frozen=True)
class NumberLabel:
    """A number beside a dot: its left end and width in pt."""

    words: str
    left: float
    width: float
    dot: int


class DotLayout:
    """One way to lay out a dot plot; the drawing takes the first that is low enough.

    ``size``: of the names, in pt. ``share``: the part of the width that they may take. ``stacked``: names stand above
    their dots, over the whole width, as a narrow sheet wants it.
    """

    def __init__(self, dots: Dots, context: DrawContext, size: float, share: float, stacked: bool) -> None:
        self.dots, self.context, self.size, self.stacked = dots, context, size, stacked
        self.count = len(dots.series)
        self.radius = min(context.style.dot, 0.365 * size)
        self.dodged = bool(dots.range) and self.count > 1
        every = [value for row in dots.rows for dot in row.dots for value in (dot.value, dot.low, dot.high)]
        self.words = dict(zip(every, comparable_numbers(every, context.words.locale), strict=True))
        self.values = [self._interval(row) for row in dots.rows] if dots.range and self.count == 1 else []
        self._names(share)
        self._columns()
        self.offsets = [self._offsets(row) for row in dots.rows]
        self._heights()

    def face(self, row: DotRow) -> Face:
        """The letters of a row's name."""
        return Face(self.size, SEMIBOLD if row.strong else REGULAR)

    @property
    def small(self) -> Face:
        """The letters of what is said about dots, smaller than the names."""
        return Face(max(self.context.style.tiny, self.size - 1))

    @property
    def remark(self) -> Face:
        """The letters of words that stand in for numbers."""
        return Face(self.small.size, italic=True)

    def _names(self, share: float) -> None:
        """Names in lines, and below them which series have no data where others have."""
        width = self.context.width
        limit = width if self.stacked else share * width
        if self.stacked and self.values:
            column = self._column()
            limit, self.values = (limit - column, self.values) if column <= 0.6 * width else (limit, [])
        self.names = [fonts.wrap(row.name, limit, self.face(row)) for row in self.dots.rows]
        self.remarks: list[list[str]] = []
        for row in self.dots.rows:
            absent = [name for name, dot in zip(self.dots.series, row.dots, strict=True) if not dot.known]
            partly = absent and len(absent) < self.count
            words = f"{', '.join(absent)}: {self.context.words['no-data']}" if partly else ""
            self.remarks.append(fonts.wrap(words, limit, self.remark) if words else [])
        named = zip(self.dots.rows, self.names, strict=True)
        widths = [fonts.width(line, self.face(row)) for row, lines in named for line in lines]
        widths += [fonts.width(line, self.remark) for lines in self.remarks for line in lines]
        self.left = 0.0 if self.stacked else max(widths) + GAP

    # Across

    def _columns(self) -> None:
        """The scale, and numbers at the dots or at the right where they leave it half of the room."""
        width = self.context.width
        room = width - self.left
        self.right = width
        self.labels: list[list[NumberLabel]] = [[] for _ in self.dots.rows]
        if self.values and not self.stacked:
            column = self._column()
            self.right, self.values = (width - column, self.values) if column <= 0.45 * room else (width, [])
        start, end = self.left + self.radius + 1, self.right - self.radius - 1
        self.scale = self._scale(start, end)
        if self.dots.range or self.count > 2:
            return
        for _ in range(6):
            labels = [self._labels(row) for row in self.dots.rows]
            every = [label for row in labels for label in row]
            over_left = max((self.left - label.left for label in every), default=0.0)
            over_right = max((label.left + label.width - self.right for label in every), default=0.0)
            if max(over_left, over_right) <= 0.01:
                self.labels = labels
                return
            start, end = start + max(0.0, over_left), end - max(0.0, over_right)
            if end - start < room / 2:
                break
            self.scale = self._scale(start, end)
        self.scale = self._scale(self.left + self.radius + 1, self.right - self.radius - 1)

    def _column(self) -> float:
        """The room that values with their ranges need."""
        pairs = zip(self.dots.rows, self.values, strict=True)
        return max(fonts.width(words, self.number_face(row)) for row, words in pairs) + GAP

    def _scale(self, start: float, end: float) -> Scale:
        found = [number for row in self.dots.rows for dot in row.dots for number in (dot.value, dot.low, dot.high)]
        extent = self.context.extent or ()
        return scale_of([*found, *extent], start, end, ticks=max(2, int((end - start) / STEP)), log=self.dots.log)

    def _labels(self, row: DotRow) -> list[NumberLabel]:
        """Numbers at a row's dots: right of a single one, left and right of two."""
        known = [(self.scale.at(dot.value), index) for index, dot in enumerate(row.dots) if dot.value is not None]
        made = []
        for rank, (x, index) in enumerate(sorted(known)):
            words = self.words[row.dots[index].value]
            width = fonts.width(words, self.number_face(row))
            before = len(known) == 2 and rank == 0
            left = x - self.radius - REACH - width if before else x + self.radius + REACH
            made.append(NumberLabel(words, left, width, index))
        return made

    def number_face(self, row: DotRow) -> Face:
        """The letters of a row's numbers."""
        return Face(self.small.size, SEMIBOLD if row.strong else REGULAR)

    def _interval(self, row: DotRow) -> str:
        """A value with its range in words: 64.2 (58.1–70.0)."""
        [dot] = row.dots
        value, low, high = (self.words[value] for value in (dot.value, dot.low, dot.high))
        if dot.low is None:
            return value
        dash = " – " if MINUS in low + high else "–"
        return f"{value} ({low}{dash}{high})".strip()

    # Down

    def _offsets(self, row: DotRow) -> list[float]:
        """How far each dot of a row stands below its middle, so that none hides another."""
        if self.dodged:
            step = 2 * self.radius + 1.5
            return [(index - (self.count - 1) / 2) * step for index in range(self.count)]
        offsets = [0.0] * self.count
        near: list[tuple[float, int]] = []
        known = sorted((self.scale.at(dot.value), index) for index, dot in enumerate(row.dots) if dot.value is not None)
        for x, index in [*known, (float("inf"), -1)]:
            if near and x - near[-1][0] > CLOSE * self.radius:
                step = min(1.5 * self.radius, self.size * ROW / len(near))
                for rank, (_, member) in enumerate(sorted(near, key=lambda pair: pair[1])):
                    offsets[member] = (rank - (len(near) - 1) / 2) * step
                near = []
            near.append((x, index))
        return offsets

    def _heights(self) -> None:
        """The height of each row; in a stacked one, of its name and of its dots."""
        lead = self.context.style.leading
        self.heads = [
            len(lines) * self.size * lead + len(remarks) * self.remark.size * lead
            for lines, remarks in zip(self.names, self.remarks, strict=True)
        ]
        bands = [max(offsets) - min(offsets) + 2 * self.radius + 3 for offsets in self.offsets]
        if self.stacked:
            pairs = zip(bands, self.labels, strict=True)
            self.bands = [max(band, self.small.size * lead if labels else 0.0) for band, labels in pairs]
            self.heights = [head + band + 3 for head, band in zip(self.heads, self.bands, strict=True)]
            return
        heads = list(self.heads)
        if len(heads) <= EVEN and max(map(len, self.names)) <= 2:
            heads = [max(heads)] * len(heads)
        lowest = self.size * ROW
        self.heights = [max(lowest, head + AIR * self.size, band) for head, band in zip(heads, bands, strict=True)]
        self.bands = self.heights


def values_of(dots: tuple[Dot, ...]) -> list[float]:
    """Every value of a row."""
    return [float(dot.value) for dot in dots if dot.value is not None]
