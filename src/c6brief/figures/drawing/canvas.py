"""A sheet to draw on, measured in points as printed: x from the left, y from the top.

It holds layers, texts and Matplotlib's paths, which ``svg`` writes and ``export`` hands to Matplotlib. There are no
axes: a figure computes where everything stands, because it has to know that no two texts meet. Colours are solid, texts
stand on their base line. A sheet can be laid upon a larger one (:meth:`Canvas.paste`): panels are drawn that way.

What a Matplotlib figure has beyond that (turned texts, opacity, clipping, images) only
:mod:`c6brief.figures.drawing.canvas_backend` puts on a sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.fonts import Face
from c6brief.figures.drawing.matplotlib_font_list import Path
from c6brief.figures.drawing.style import Style

if TYPE_CHECKING:
    from c6brief.documents.images.conversion import PrintImage
    from c6brief.documents.images.drawing import Drawing

Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]
Points = Sequence[Point] | np.ndarray
"""Places on the sheet in pt; an array is n × 2."""

_TURN = 0.5522847498  # a quarter of a circle as a Bézier curve


@dataclass(frozen=True)
class TextLayer:
    """A text on the sheet: where its first letter stands, its base line, how it is set; ``colour`` as ``#rrggbb``.

    ``angle``: degrees that it is turned around that point, anticlockwise; ``opacity``: 0 to 1.
    """

    words: str
    x: float
    y: float
    face: Face
    colour: str
    angle: float = 0.0
    opacity: float = 1.0


@dataclass(frozen=True)
class PathLayer:
    """A path on the sheet. ``fill`` and ``edge``: ``#rrggbb`` or ``none``; ``dashes``: pt on and off, by turns.

    ``fill_opacity`` and ``edge_opacity``: 0 to 1; ``clip``: a closed path outside of which nothing is drawn.
    """

    path: Path
    fill: str
    edge: str
    width: float
    cap: Literal["butt", "round", "square"] = "butt"
    dashes: tuple[float, ...] | None = None
    join: Literal["round", "miter", "bevel"] = "round"
    fill_opacity: float = 1.0
    edge_opacity: float = 1.0
    clip: Path | None = None


@dataclass(frozen=True)
class ImageLayer:
    """An image on the sheet: a PNG file of 8 bits a channel, its top left corner and its size in pt; ``clip`` as of a path."""

    png: bytes
    x: float
    y: float
    width: float
    height: float
    opacity: float = 1.0
    clip: Path | None = None


@dataclass(frozen=True)
class PictureLayer:
    """A picture on the sheet that was made elsewhere: its left, its top, width and height in pt."""

    picture: PrintImage | Drawing
    x: float
    y: float
    width: float
    height: float


Layer = TextLayer | PathLayer | ImageLayer | PictureLayer


def clip_of(layer: Layer) -> Path | None:
    """The path that a layer is clipped to; ``None`` where it is not."""
    return None if isinstance(layer, (TextLayer, PictureLayer)) else layer.clip


class Canvas:
    """A sheet of ``width`` × ``height`` pt. What is drawn later lies above."""

    def __init__(self, width: float, height: float, style: Style) -> None:
        self.width, self.height, self.style = width, height, style
        self.layers: list[Layer] = []
        self.crowded: list[tuple[tuple[str | int, ...], str]] = []
        """Words that stand upon something else, or far from where they were put: where the chart says them, and they."""

    @property
    def texts(self) -> dict[str, TextLayer]:
        """Every text by its id, ``t0``, ``t1`` …: that of its artist in Matplotlib's figure."""
        texts = (layer for layer in self.layers if isinstance(layer, TextLayer))
        return {f"t{number}": text for number, text in enumerate(texts)}

    def paste(self, other: Canvas, x: float, y: float) -> None:
        """Everything on ``other``, its top left corner at ``x``, ``y``. Texts and lines keep their sizes."""
        self.crowded += other.crowded
        for layer in other.layers:
            if isinstance(layer, (TextLayer, PictureLayer)):
                self.layers.append(replace(layer, x=layer.x + x, y=layer.y + y))
                continue
            clip = None if layer.clip is None else _moved(layer.clip, x, y)
            if isinstance(layer, ImageLayer):
                self.layers.append(replace(layer, x=layer.x + x, y=layer.y + y, clip=clip))
            else:
                self.layers.append(replace(layer, path=_moved(layer.path, x, y), clip=clip))

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
        left = x - fonts.width(words, face) * {"start": 0, "middle": 0.5, "end": 1}[anchor]
        if halo:
            vertices, codes = fonts.outlines(words, face)
            path = Path(np.column_stack([left + vertices[:, 0], y - vertices[:, 1]]), codes)
            self.layers.append(PathLayer(path, halo, halo, 1.6))
        self.layers.append(TextLayer(words, left, y, face, colour))

    def text_lines(
        self,
        x: float,
        y: float,
        lines: Iterable[str],
        face: Face,
        colour: str,
        anchor: Anchor = "start",
        lead: float | None = None,
    ) -> None:
        """Texts one below the other, the first on the base line ``y``; ``lead`` pt apart, or as the style has it."""
        lead = face.size * self.style.leading if lead is None else lead
        for number, words in enumerate(lines):
            self.text(x, y + number * lead, words, face, colour, anchor)

    def text_block(
        self, x: float, middle: float, lines: Sequence[str], face: Face, colour: str, anchor: Anchor = "start"
    ) -> None:
        """Texts one below the other, all of them around the height ``middle``."""
        lead = face.size * self.style.leading
        y = middle - (len(lines) - 1) * lead / 2 + fonts.MIDDLE * face.size
        self.text_lines(x, y, lines, face, colour, anchor)

    def line(self, points: Points, colour: str, width: float, dashes: tuple[float, float] | None = None) -> None:
        """An open line through ``points``; ``dashes``: pt on and pt off."""
        self.layers.append(PathLayer(Path(points), "none", colour, width, dashes=dashes))

    def lines(self, many: Iterable[np.ndarray], colour: str, width: float) -> None:
        """Many open lines as one path; each an array of points."""
        paths = [Path(points) for points in many]
        if paths:
            self.layers.append(PathLayer(Path.make_compound_path(*paths), "none", colour, width))

    def dots(self, points: np.ndarray, radius: float, colour: str) -> None:
        """Many dots as one path: lines without length, whose round ends are the dots; ``points`` n × 2."""
        if len(points):
            path = Path(np.repeat(points, 2, axis=0), [Path.MOVETO, Path.LINETO] * len(points))
            self.layers.append(PathLayer(path, "none", colour, 2 * radius, cap="round"))

    def rectangle(
        self,
        left: float,
        top: float,
        right: float,
        bottom: float,
        fill: str,
        outline: str | None = None,
        width: float = 0,
    ) -> None:
        """A rectangle; ``fill`` may be ``none``."""
        self.shape([(left, top), (right, top), (right, bottom), (left, bottom)], fill, outline, width)

    def text_on_paper(
        self, left: float, middle: float, words: str, face: Face, colour: str, *, beside: float, half: float
    ) -> None:
        """Words around the height ``middle`` on a patch of paper, which keeps grid lines and the like off them.

        The patch reaches ``beside`` pt to their sides and ``half`` pt up and down.
        """
        right = left + fonts.width(words, face)
        self.rectangle(left - beside, middle - half, right + beside, middle + half, self.style.paper)
        self.text(left, middle + fonts.MIDDLE * face.size, words, face, colour)

    def shape(self, points: Sequence[Point], fill: str, outline: str | None = None, width: float = 0) -> None:
        """A closed shape through ``points``."""
        codes = [Path.MOVETO, *[Path.LINETO] * (len(points) - 1), Path.CLOSEPOLY]
        self._add_closed(Path([*points, points[0]], codes), fill, outline, width)

    def rings(self, rings: Iterable[np.ndarray], fill: str, outline: str | None = None, width: float = 0) -> None:
        """Closed rings as one shape, holes by their opposite turn; each an array of points, first = last."""
        vertices, codes = [], []
        for ring in rings:
            vertices.append(ring)
            codes += [Path.MOVETO, *[Path.LINETO] * (len(ring) - 2), Path.CLOSEPOLY]
        if vertices:
            self._add_closed(Path(np.concatenate(vertices), codes), fill, outline, width)

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
        self._add_closed(Path(points, codes), fill, outline, width)

    def hatch(
        self,
        left: float,
        top: float,
        right: float,
        bottom: float,
        colour: str,
        width: float = 0.6,
        gap: float = 3.0,
        falling: bool = False,
    ) -> None:
        """Slanting lines over a rectangle, ``gap`` pt apart: rising to the right, or ``falling``.

        The lines run on from one rectangle to the next: they are counted from the corner of the sheet.
        """
        sign = 1 if falling else -1  # along a line, y - sign * x is constant
        step = gap * 2**0.5
        ends = sorted((top - sign * left, top - sign * right, bottom - sign * left, bottom - sign * right))
        lines = []
        for count in range(int(np.ceil(ends[0] / step)), int(np.floor(ends[-1] / step)) + 1):
            offset = count * step
            xs = sorted(((top - offset) / sign, (bottom - offset) / sign))
            first, last = max(left, xs[0]), min(right, xs[1])
            if last - first > 0.05:
                lines.append(np.array([(first, offset + sign * first), (last, offset + sign * last)]))
        self.lines(lines, colour, width)

    def _add_closed(self, path: Path, fill: str, outline: str | None, width: float) -> None:
        self.layers.append(PathLayer(path, fill, outline or "none", width))


def _moved(path: Path, x: float, y: float) -> Path:
    return Path(np.add(path.vertices, (x, y)), path.codes)
