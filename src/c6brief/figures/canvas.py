"""A sheet to draw on, measured in points as printed: x from the left, y from the top.

A thin layer over Matplotlib's artists. There are no axes: a figure computes where everything stands, because it
has to know that no two texts meet. Colours are solid, texts stand on their base line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from c6brief.figures import fonts
from c6brief.figures.fonts import Face
from c6brief.figures.style import Style

Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]

_ALIGN = {"start": "left", "middle": "center", "end": "right"}
_TURN = 0.5522847498  # a quarter of a circle as a Bézier curve


@dataclass(frozen=True)
class Lettering:
    """A text on the sheet: where its first letter stands, its base line, how it was set."""

    words: str
    x: float
    y: float
    line: fonts.Line


class Canvas:
    """A sheet of ``width`` × ``height`` pt."""

    def __init__(self, width: float, height: float, style: Style) -> None:
        self.width, self.height, self.style = width, height, style
        self.figure = Figure(figsize=(width / 72, height / 72), dpi=72)
        self.figure.patch.set_visible(False)
        FigureCanvasSVG(self.figure)
        self._points = Affine2D().scale(1 / 72, -1 / 72).translate(0, height / 72) + self.figure.dpi_scale_trans
        self._layer = 0
        self.letterings: dict[str, Lettering] = {}
        """Every text, by the id of its group in the SVG."""

    def text(
        self,
        x: float,
        y: float,
        words: str,
        face: Face,
        colour: str,
        anchor: Anchor = "start",
        halo: str | None = None,
    ) -> None:
        """``words`` from, around or up to ``x``, on the base line ``y``; ``halo`` clears what lies behind."""
        words = fonts.tidy(words)
        if not words:
            return
        line = fonts.set_line(words, face)
        left = x - line.width * {"start": 0, "middle": 0.5, "end": 1}[anchor]
        if halo:
            vertices, codes = fonts.outlines(words, face)
            path = Path(np.column_stack([left + vertices[:, 0], y - vertices[:, 1]]), codes)
            self._add(PathPatch(path, facecolor=halo, edgecolor=halo, linewidth=1.6, joinstyle="round"))
        name = f"t{len(self.letterings)}"
        self.letterings[name] = Lettering(words, left, y, line)
        font = fonts.properties(face, self.style.family)
        text = Text(x, y, words, color=colour, fontproperties=font, ha=_ALIGN[anchor], va="baseline", parse_math=False)
        self._add(text, name)

    def line(self, points: Sequence[Point], colour: str, width: float) -> None:
        """An open line through ``points``."""
        self._add(PathPatch(Path(points), facecolor="none", edgecolor=colour, linewidth=width, capstyle="butt"))

    def lines(self, many: Iterable[np.ndarray], colour: str, width: float) -> None:
        """Many open lines as one path; each an array of points."""
        paths = [Path(points) for points in many]
        if paths:
            path = Path.make_compound_path(*paths)
            self._add(PathPatch(path, facecolor="none", edgecolor=colour, linewidth=width, joinstyle="round"))

    def rectangle(self, left: float, top: float, right: float, bottom: float, fill: str) -> None:
        """A filled rectangle without outline."""
        self.shape([(left, top), (right, top), (right, bottom), (left, bottom)], fill)

    def shape(self, points: Sequence[Point], fill: str, outline: str | None = None, width: float = 0) -> None:
        """A closed shape through ``points``."""
        codes = [Path.MOVETO, *[Path.LINETO] * (len(points) - 1), Path.CLOSEPOLY]
        self._closed(Path([*points, points[0]], codes), fill, outline, width)

    def rings(self, rings: Iterable[np.ndarray], fill: str, outline: str | None = None, width: float = 0) -> None:
        """Closed rings as one shape, holes by their opposite turn; each an array of points, first = last."""
        vertices, codes = [], []
        for ring in rings:
            vertices.append(ring)
            codes += [Path.MOVETO, *[Path.LINETO] * (len(ring) - 2), Path.CLOSEPOLY]
        if vertices:
            self._closed(Path(np.concatenate(vertices), codes), fill, outline, width)

    def capsule(
        self,
        left: float,
        right: float,
        y: float,
        radius: float,
        fill: str,
        outline: str | None = None,
        width: float = 0,
    ) -> None:
        """A bar with round ends whose centres are ``left`` and ``right``; a dot where the two are one."""
        r, k = radius, radius * _TURN
        points: list[Point] = [(left, y - r)]
        codes = [Path.MOVETO]
        if right > left:
            points.append((right, y - r))
            codes.append(Path.LINETO)
        points += [(right + k, y - r), (right + r, y - k), (right + r, y)]
        points += [(right + r, y + k), (right + k, y + r), (right, y + r)]
        codes += [Path.CURVE4] * 6
        if right > left:
            points.append((left, y + r))
            codes.append(Path.LINETO)
        points += [(left - k, y + r), (left - r, y + k), (left - r, y)]
        points += [(left - r, y - k), (left - k, y - r), (left, y - r), (left, y - r)]
        codes += [Path.CURVE4] * 6 + [Path.CLOSEPOLY]
        self._closed(Path(points, codes), fill, outline, width)

    def _closed(self, path: Path, fill: str, outline: str | None, width: float) -> None:
        edge = outline or "none"
        self._add(PathPatch(path, facecolor=fill, edgecolor=edge, linewidth=width, joinstyle="round"))

    def _add(self, artist: PathPatch | Text, name: str | None = None) -> None:
        """What is drawn later lies above."""
        self._layer += 1
        artist.set(zorder=self._layer, transform=self._points, gid=name)
        self.figure.add_artist(artist)
