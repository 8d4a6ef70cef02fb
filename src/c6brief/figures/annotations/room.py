"""Where on a sheet nothing is drawn yet: found in the layers of the sheet itself, so that no kind has to say it.

The part of the sheet where words may stand is divided into squares of :data:`CELL` pt. A square is taken where a letter,
a line or a shape is. Sums over all squares up to a corner tell at once whether a box is free.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from copy import copy

import numpy as np
from numpy.typing import NDArray

from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.canvas import Canvas, ImageLayer, PathLayer, PictureLayer, TextLayer
from c6brief.figures.drawing.matplotlib_font_list import Path
from c6brief.figures.drawing.placement import Box

CELL = 0.5
"""pt: the side of a square."""
EVERY = 2
"""Boxes are tried at every second square across and down."""
CLEARANCE = 1.2
"""pt that words keep from what is drawn."""
SMALL = 9.0
"""pt: a shape that is not larger is taken with all of the box around it."""

Mask = NDArray[np.bool_]


class FreeRoom:
    """What is free within ``frame`` of ``canvas``.

    ``faint``: colours of what words may stand upon, as they clear it away: grid lines, paper. ``soft``: colours of
    surfaces that they stand upon only where nothing better is near.
    """

    def __init__(self, canvas: Canvas, frame: Box, faint: Collection[str], soft: Collection[str] = ()) -> None:
        self.frame = frame
        left, top, right, bottom = frame
        shape = max(1, int((bottom - top) / CELL)), max(1, int((right - left) / CELL))
        self.words, self.shapes, self.surfaces = (np.zeros(shape, dtype=bool) for _ in range(3))
        for layer in canvas.layers:
            if isinstance(layer, TextLayer):
                self._take_text(layer)
            elif isinstance(layer, PathLayer):
                self._take_path(layer, faint, soft)
            else:
                self._take_picture(layer)

    def copy(self) -> FreeRoom:
        """The same room, for a trial."""
        other = copy(self)
        other.words, other.shapes = self.words.copy(), self.shapes.copy()
        return other

    def _take_text(self, text: TextLayer) -> None:
        size = text.face.size
        top, bottom = text.y - fonts.ASCENT * size, text.y + fonts.DESCENT * size
        self.take((text.x, top, text.x + fonts.width(text.words, text.face), bottom))

    def _take_picture(self, picture: ImageLayer | PictureLayer) -> None:
        self.take((picture.x, picture.y, picture.x + picture.width, picture.y + picture.height))

    def take(self, box: Box) -> None:
        """Keep later words off the words in ``box``."""
        self.words[self._cells(box)] = True

    def take_line(self, line: NDArray[np.float64], width: float) -> None:
        """Keep later words off a line through these points (n × 2)."""
        self._mark(self.shapes, _along(line), width / 2)

    def _take_path(self, layer: PathLayer, faint: Collection[str], soft: Collection[str]) -> None:
        if layer.edge not in faint and layer.edge != "none":
            for line in _lines(layer.path):
                self.take_line(line, layer.width)
        if layer.fill in faint or layer.fill == "none":
            return
        mask = self.surfaces if layer.fill in soft else self.shapes
        left, top, right, bottom = box = extent(layer.path)
        rows, columns = self._cells(box)
        if right - left <= SMALL and bottom - top <= SMALL:
            mask[rows, columns] = True
            return
        across = self.frame[0] + (np.arange(mask.shape[1])[columns] + 0.5) * CELL
        down = self.frame[1] + (np.arange(mask.shape[0])[rows] + 0.5) * CELL
        if len(across) and len(down):
            grid = np.stack(np.meshgrid(across, down), axis=-1).reshape(-1, 2)
            mask[rows, columns] |= layer.path.contains_points(grid).reshape(len(down), len(across))
        for line in _lines(layer.path):  # an edge is data, also where two surfaces meet
            self._mark(self.shapes, _along(line), 0.0)

    def _cells(self, box: Box) -> tuple[slice, slice]:
        """The squares that ``box`` touches: rows and columns."""
        left, top, right, bottom = box
        rows, columns = self.words.shape
        low = [max(0, int((value - start) // CELL)) for value, start in ((top, self.frame[1]), (left, self.frame[0]))]
        high = [int(-(-(value - start) // CELL)) for value, start in ((bottom, self.frame[1]), (right, self.frame[0]))]
        return slice(low[0], max(low[0], min(rows, high[0]))), slice(low[1], max(low[1], min(columns, high[1])))

    def _mark(self, mask: Mask, points: NDArray[np.float64], half: float) -> None:
        """Take the squares around ``points`` up to ``half`` pt from them."""
        columns = np.floor((points[:, 0] - self.frame[0]) / CELL).astype(int)
        rows = np.floor((points[:, 1] - self.frame[1]) / CELL).astype(int)
        reach = int(np.ceil(half / CELL))
        for down in range(-reach, reach + 1):
            for across in range(-reach, reach + 1):
                inside = (rows + down >= 0) & (rows + down < mask.shape[0])
                inside &= (columns + across >= 0) & (columns + across < mask.shape[1])
                mask[rows[inside] + down, columns[inside] + across] = True

    def places(self, width: float, height: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Where a box of this size touches no word and no shape: left and top in pt (n × 2).

        With each comes how much of the box is on surfaces, as a share.
        """
        rows, columns = (int(np.ceil((side + 2 * CLEARANCE) / CELL)) for side in (height, width))
        if rows > self.words.shape[0] or columns > self.words.shape[1]:
            return np.empty((0, 2)), np.empty(0)
        taken = _sums(self.words | self.shapes, rows, columns)
        found = np.argwhere(taken[::EVERY, ::EVERY] == 0) * EVERY
        upon = np.zeros(len(found))
        if self.surfaces.any():
            upon = _sums(self.surfaces, rows, columns)[found[:, 0], found[:, 1]] / (rows * columns)
        corners = np.column_stack([self.frame[0] + found[:, 1] * CELL, self.frame[1] + found[:, 0] * CELL]) + CLEARANCE
        return corners, upon

    def free_length(self, line: NDArray[np.float64]) -> float:
        """How far a straight line goes before it meets words, in pt; its whole length where it meets none."""
        points = _along(line)
        rows = np.floor((points[:, 1] - self.frame[1]) / CELL).astype(int)
        columns = np.floor((points[:, 0] - self.frame[0]) / CELL).astype(int)
        for down, across in ((-1, 0), (0, -1), (0, 0), (0, 1), (1, 0)):
            inside = (rows + down >= 0) & (rows + down < self.words.shape[0])
            inside &= (columns + across >= 0) & (columns + across < self.words.shape[1])
            met = inside.copy()
            met[inside] = self.words[rows[inside] + down, columns[inside] + across]
            if met.any():
                points = points[: int(np.argmax(met))]
                rows, columns = rows[: len(points)], columns[: len(points)]
        return float(np.hypot(*(points[-1] - line[0]))) if len(points) else 0.0


def extent(path: Path) -> Box:
    """The box around a path."""
    vertices = np.asarray(path.vertices, dtype=float)
    (left, top), (right, bottom) = vertices.min(axis=0), vertices.max(axis=0)
    return float(left), float(top), float(right), float(bottom)


def _sums(mask: Mask, rows: int, columns: int) -> NDArray[np.int64]:
    """For each box of ``rows`` × ``columns`` squares how many of them are taken."""
    sums = np.zeros((mask.shape[0] + 1, mask.shape[1] + 1), dtype=np.int64)
    sums[1:, 1:] = mask.cumsum(axis=0).cumsum(axis=1)
    found: NDArray[np.int64] = (
        sums[rows:, columns:] - sums[:-rows, columns:] - sums[rows:, :-columns] + sums[:-rows, :-columns]
    )
    return found


def _lines(path: Path) -> Iterator[NDArray[np.float64]]:
    """The lines of a path; the control points of curves count as points of theirs."""
    vertices = np.asarray(path.vertices, dtype=float)
    starts = [0] if path.codes is None else list(np.flatnonzero(np.asarray(path.codes) == Path.MOVETO))
    for start, end in zip(starts, [*starts[1:], len(vertices)], strict=True):
        yield vertices[start:end]


def _along(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points along ``line``, not further from each other than a square is wide."""
    lengths = np.hypot(*np.diff(line, axis=0).T) if len(line) > 1 else np.empty(0)
    way = np.concatenate([[0.0], lengths.cumsum()])
    if way[-1] == 0:
        return line[:1]
    steps = np.unique(np.concatenate([np.linspace(0, way[-1], int(np.ceil(way[-1] / CELL)) + 1), way]))
    return np.column_stack([np.interp(steps, way, line[:, 0]), np.interp(steps, way, line[:, 1])])
