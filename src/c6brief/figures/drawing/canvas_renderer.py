"""What Matplotlib draws, put on our sheet: paths, markers, collections, images and texts become layers.

Only what Matplotlib gives to writers of backends is used (``RendererBase``, ``GraphicsContextBase``). Texts are set in the
faces of figures, whatever family a figure asks for, and stay texts; they are measured as they will be printed.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.colors import to_hex
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Transform
from numpy.typing import ArrayLike, NDArray

from c6brief.figures.drawing import fonts, png
from c6brief.figures.drawing.canvas import Canvas, ImageLayer, PathLayer, TextLayer
from c6brief.figures.drawing.fonts import ASCENT, DESCENT, Face
from c6brief.figures.drawing.mathtext import plain_math
from c6brief.figures.drawing.matplotlib_font_list import FontProperties, Path
from c6brief.figures.drawing.style import Style

DOTS_PER_INCH = 72
IMAGE_DOTS_PER_INCH = 300
"""Of images that Matplotlib makes of numbers (``imshow``)."""

_HATCH_TILE = 72.0
"""pt. Matplotlib's hatches are paths in a square, which is repeated."""
_CAPS: dict[str, Any] = {"butt": "butt", "round": "round", "projecting": "square"}
_WEIGHTS = {
    "ultralight": 100, "light": 200, "normal": 400, "regular": 400, "book": 400, "medium": 500, "roman": 500,
    "semibold": 600, "demibold": 600, "demi": 600, "bold": 700, "heavy": 800, "extra bold": 800, "black": 900,
}  # fmt: skip
"""CSS's numbers for the names of weights that Matplotlib has."""


class NotDrawable(ValueError):
    """Something in a figure that cannot be put on a sheet; the message says what, and what to use instead.

    ``words``: the text that it is about.
    """

    def __init__(self, message: str, words: str = "") -> None:
        super().__init__(message)
        self.words = words


class CanvasRenderer(RendererBase):
    """Draws a figure of ``width`` × ``height`` pt on ``canvas``. Raises ``NotDrawable``."""

    def __init__(self, width: float, height: float, style: Style) -> None:
        super().__init__()
        self.canvas = Canvas(width, height, style)
        self.said: list[str] = []
        """Every text as its artist has it, those of several lines whole, in the order drawn."""
        self._flip = Affine2D().scale(1, -1).translate(0, height)
        self._lines: list[str] | None = None

    # What Matplotlib asks of a renderer

    def open_group(self, s: str, gid: str | None = None) -> None:
        """Begin what belongs together: the lines of a text are drawn one by one."""
        if s == "text":
            self._lines = []

    def close_group(self, s: str) -> None:
        if s == "text" and self._lines is not None:
            self.said += [" ".join(self._lines)] if self._lines else []
            self._lines = None

    def get_canvas_width_height(self) -> tuple[float, float]:
        return self.canvas.width, self.canvas.height

    def get_image_magnification(self) -> float:
        return IMAGE_DOTS_PER_INCH / DOTS_PER_INCH

    def draw_path(
        self, gc: GraphicsContextBase, path: Path, transform: Transform, rgbFace: ArrayLike | None = None
    ) -> None:
        self._add(gc, self._on_sheet(path, transform, gc), rgbFace)

    def draw_markers(
        self,
        gc: GraphicsContextBase,
        marker_path: Path,
        marker_trans: Transform,
        path: Path,
        trans: Transform,
        rgbFace: ArrayLike | None = None,
    ) -> None:
        """Markers of one colour are one path; where their edges have another one, each lies upon the one before."""
        above = Affine2D().translate(0, self.canvas.height)  # its origin goes to the corner of the sheet
        marker = self._on_sheet(marker_path, marker_trans + above, gc)
        places = [self._flip.transform(points[-2:]) for points, _ in path.iter_segments(trans, simplify=False)]
        paths = [Path(np.add(_points(marker), place), marker.codes) for place in places if np.isfinite(place).all()]
        fill, fill_opacity, edge, edge_opacity = _colours(gc, rgbFace)
        if paths and ("none" in (fill, edge) or fill == edge) and min(fill_opacity, edge_opacity) == 1:
            paths = [Path.make_compound_path(*paths)]
        for each in paths:
            self._add(gc, each, rgbFace)

    def draw_image(
        self, gc: GraphicsContextBase, x: float, y: float, im: ArrayLike, transform: Transform | None = None
    ) -> None:
        pixels = np.ascontiguousarray(im, dtype=np.uint8)
        height, width = (count * DOTS_PER_INCH / IMAGE_DOTS_PER_INCH for count in pixels.shape[:2])
        if not pixels.size or not pixels[..., 3].any():
            return
        top = self.canvas.height - y - height
        clip = self._clip(gc, np.array([(x, top), (x + width, top + height)]))
        self.canvas.layers.append(
            ImageLayer(png.encode(pixels[::-1]), x, top, width, height, gc.get_alpha() or 1, clip)
        )

    def draw_gouraud_triangles(self, *args: Any, **kwargs: Any) -> None:
        raise NotDrawable("shading='gouraud' cannot be printed; use shading='nearest' or 'flat'")

    def draw_tex(self, *args: Any, **kwargs: Any) -> None:
        raise NotDrawable("TeX is not run; write letters and signs as Unicode has them: x², CO₂, µ")

    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Text | None = None,
    ) -> None:
        words = fonts.tidy(_plain(s, ismath))
        opacity = _opacity(gc, gc.get_rgb())
        box = gc.get_clip_rectangle()  # of a text that is clipped to its axes: all of it is shown, or nothing
        is_outside = box is not None and not box.contains(x, self.canvas.height - y)
        if not words or not opacity or is_outside:
            return
        (self.said if self._lines is None else self._lines).append(words)
        leading = len(s) - len(s.lstrip())  # white space at its beginning is room, which the sheet does not keep
        if leading:
            room, turn = fonts.width(s[:leading], face_of(prop)), np.radians(angle)
            x, y = x + room * np.cos(turn), y - room * np.sin(turn)
        colour = _hex(gc.get_rgb())
        self.canvas.layers.append(
            TextLayer(words, float(x), float(y), face_of(prop), colour, float(angle % 360), opacity)
        )

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> tuple[float, float, float]:
        face = face_of(prop)
        return fonts.width(_plain(s, ismath), face), (ASCENT + DESCENT) * face.size, DESCENT * face.size

    # What goes on the sheet

    def _on_sheet(self, path: Path, transform: Transform, gc: GraphicsContextBase) -> Path:
        """``path`` in pt of the sheet, without what is not a number."""
        clean = path.cleaned(
            transform + self._flip, remove_nans=True, simplify=None, curves=True, sketch=gc.get_sketch_params()
        )
        return _without_stop(clean)

    def _add(self, gc: GraphicsContextBase, path: Path, face: ArrayLike | None) -> None:
        if not len(_points(path)):
            return
        fill, fill_opacity, edge, edge_opacity = _colours(gc, face)
        width = float(gc.get_linewidth())
        reach = width if edge != "none" else 0.0
        low, high = _points(path).min(axis=0) - reach, _points(path).max(axis=0) + reach
        if (high < 0).any() or low[0] > self.canvas.width or low[1] > self.canvas.height:
            return
        clip = self._clip(gc, np.array([low, high]))
        if fill != "none" or edge != "none":
            on_off = gc.get_dashes()[1]
            dashes = None if on_off is None else tuple(np.asarray(on_off, dtype=float).tolist())
            join = gc.get_joinstyle()
            layer = PathLayer(
                path, fill, edge, width, _CAPS[gc.get_capstyle()], dashes, join, fill_opacity, edge_opacity, clip
            )
            self.canvas.layers.append(layer)
        if gc.get_hatch() is not None:
            self._hatch(gc, path, clip)

    def _hatch(self, gc: GraphicsContextBase, path: Path, clip: Path | None) -> None:
        """The hatch of ``path``, clipped to it. Where ``path`` is itself clipped, its rectangle is what counts."""
        tile = gc.get_hatch_path()
        if tile is None or (clip is not None and not _is_rectangle(clip)):
            return
        low, high = _extent(path)
        if clip is not None:
            low, high = np.maximum(low, _extent(clip)[0]), np.minimum(high, _extent(clip)[1])
        first, last = np.floor(low / _HATCH_TILE), np.ceil(high / _HATCH_TILE)
        square = Path(_points(tile) * (_HATCH_TILE, -_HATCH_TILE) + np.array((0, _HATCH_TILE)), tile.codes)
        tiles = [
            Path(np.add(_points(square), (column * _HATCH_TILE, row * _HATCH_TILE)), square.codes)
            for row in range(int(first[1]), int(last[1]))
            for column in range(int(first[0]), int(last[0]))
        ]
        if tiles:
            colour = _hex(gc.get_hatch_color())
            whole = Path.make_compound_path(*tiles)
            layer = PathLayer(whole, colour, colour, float(gc.get_hatch_linewidth()), "butt", clip=path)
            self.canvas.layers.append(layer)

    def _clip(self, gc: GraphicsContextBase, extent: NDArray[np.float64]) -> Path | None:
        """The path to clip to what lies within ``extent`` (two corners); ``None`` where all of it is seen."""
        clip: Any  # a Path, whatever Matplotlib's stubs say
        clip, transform = gc.get_clip_path()
        if clip is not None and transform is not None:
            found = _without_stop(clip.cleaned(transform + self._flip, curves=True))
            if not _is_rectangle(found):
                return found
            corners = _points(found)
        elif (box := gc.get_clip_rectangle()) is not None:
            corners = np.asarray(self._flip.transform(box.corners()))
        else:
            return None
        low, high = corners.min(axis=0), corners.max(axis=0)
        if (extent >= low - 0.5).all() and (extent <= high + 0.5).all():
            return None
        points = [(low[0], low[1]), (high[0], low[1]), (high[0], high[1]), (low[0], high[1]), (low[0], low[1])]
        return Path(points, [Path.MOVETO, *[Path.LINETO] * 3, Path.CLOSEPOLY])


def _points(path: Path) -> NDArray[np.float64]:
    return np.asarray(path.vertices, dtype=float)


def _extent(path: Path) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The corners of the smallest rectangle around the points of ``path``."""
    points = _points(path)
    return points.min(axis=0), points.max(axis=0)


def _without_stop(path: Path) -> Path:
    """A path that Matplotlib has cleaned, without the code at its end; what closes it has the point before as its own."""
    codes = np.asarray(path.codes)
    keeps = codes != Path.STOP
    points, codes = _points(path)[keeps], codes[keeps]
    closing = np.flatnonzero(codes == Path.CLOSEPOLY)
    points[closing] = points[closing - 1]
    return Path(points, codes)


def face_of(font: FontProperties) -> Face:
    """The size, weight and slant of ``font``. Its family counts for nothing: figures have one."""
    weight = font.get_weight()
    number = _WEIGHTS.get(weight, 400) if isinstance(weight, str) else int(weight)
    return Face(float(font.get_size_in_points()), number, font.get_style() in ("italic", "oblique"))


def _plain(words: str, math: Any) -> str:
    if math == "TeX":
        raise NotDrawable("TeX is not run; write letters and signs as Unicode has them: x², CO₂, µ")
    if not math:
        return words.replace("\\$", "$")
    plain = plain_math(words)
    if plain is None:
        hint = "write it with letters and signs as Unicode has them (x², CO₂, µ), or a dollar sign as \\$"
        raise NotDrawable(f"the formula {words!r} cannot be set as text; {hint}", words)
    return plain


def _opacity(gc: GraphicsContextBase, colour: Any) -> float:
    alpha = gc.get_alpha() if gc.get_forced_alpha() else colour[3] if len(colour) == 4 else 1.0
    return 1.0 if alpha is None else float(alpha)


def _colours(gc: GraphicsContextBase, face: ArrayLike | None) -> tuple[str, float, str, float]:
    """Fill and its opacity, edge and its opacity; ``none`` for what is not to be seen."""
    fill, fill_opacity, edge, edge_opacity = "none", 1.0, "none", 1.0
    if face is not None and (opacity := _opacity(gc, face)) > 0:
        fill, fill_opacity = _hex(face), opacity
    if gc.get_linewidth() and (opacity := _opacity(gc, gc.get_rgb())) > 0:
        edge, edge_opacity = _hex(gc.get_rgb()), opacity
    return fill, fill_opacity, edge, edge_opacity


def _hex(colour: Any) -> str:
    red, green, blue, *_ = map(float, colour)
    return to_hex((red, green, blue))


def _is_rectangle(path: Path) -> bool:
    """Whether ``path`` is a rectangle along the axes."""
    codes = set() if path.codes is None else set(np.asarray(path.codes).tolist())
    points = np.round(_points(path), 3)
    if not codes <= {Path.MOVETO, Path.LINETO, Path.CLOSEPOLY} or not 4 <= len(points) <= 6:
        return False
    corners = {(x, y) for x, y in points[:4].tolist()}
    return len(corners) == 4 and all(len({corner[axis] for corner in corners}) == 2 for axis in (0, 1))
