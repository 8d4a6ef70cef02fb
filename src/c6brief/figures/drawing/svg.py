"""A drawing as SVG: one element to stand in a page beside others, or a file of its own.

Written straight from the layers of the sheet. Matplotlib's own SVG backend says the same at twenty times the cost, in
groups and style attributes that would have to be taken out again.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from functools import lru_cache
from html import escape
from itertools import groupby

import numpy as np

from c6brief.documents.images.conversion import PrintImage
from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.canvas import Canvas, ImageLayer, Layer, PathLayer, PictureLayer, TextLayer, clip_of
from c6brief.figures.drawing.matplotlib_font_list import Path
from c6brief.figures.drawing.style import POINTS_PER_MM, REGULAR

_COMMANDS = {1: "M", 2: "l", 3: "q", 4: "c"}
"""Matplotlib's path codes, and SVG's letters for the same: moves to a place, all else in steps."""
_LAST = {"M": 1, "l": 1, "q": 2, "c": 3}
_CLOSE = 79


def inline_svg(canvas: Canvas, id: str, alt: str) -> str:
    """The drawing as an ``<svg>`` element: width and height in mm, viewBox in pt, ``alt`` as its first child.

    Every id in it starts with ``id``. Texts are texts, in the family that the page gives a face to.
    """
    named = f' font-family="{escape(canvas.style.family)}"'
    return _svg(canvas, id, f"<title>{escape(alt, quote=False)}</title>", named, _text)


def standalone_svg(canvas: Canvas, id: str, title: str, alt: str) -> str:
    """The drawing as a file that looks the same wherever it is opened: its letters are outlines.

    Inkscape, Illustrator and PowerPoint take no font from inside of an SVG file, whatever browsers do; a text set in
    a font that is not installed would be set in another one. Title and description say in words what is shown.
    """
    words = f"<title>{escape(title, quote=False)}</title><desc>{escape(alt, quote=False)}</desc>"
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + _svg(canvas, id, words, "", _letters) + "\n"


def _svg(canvas: Canvas, id: str, before: str, named: str, letter: Callable[[TextLayer, Canvas], str]) -> str:
    width, height = canvas.width, canvas.height
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" id="{escape(id)}" role="img"'
        f' width="{_short(width / POINTS_PER_MM)}mm" height="{_short(height / POINTS_PER_MM)}mm"'
        f' viewBox="0 0 {_short(width)} {_short(height)}"{named} stroke-linejoin="round" stroke-linecap="butt">'
    )
    drawn = "".join(_clipped(canvas, id, letter))
    return "".join((head, before, drawn, "</svg>"))


def _clipped(canvas: Canvas, id: str, letter: Callable[[TextLayer, Canvas], str]) -> Iterator[str]:
    """The layers as elements. Those that follow each other with the same clipping path are one group."""

    def element(layer: Layer) -> str:
        return _layer(layer, canvas, letter)

    def clip_steps(layer: Layer) -> str:
        clip = clip_of(layer)
        return "" if clip is None else _steps(np.asarray(clip.vertices), _codes(clip))

    defined: dict[str, str] = {}
    for steps, layers in groupby(canvas.layers, clip_steps):
        if not steps:
            yield from map(element, layers)
            continue
        if steps not in defined:
            defined[steps] = f"{escape(id)}-clip{len(defined)}"
            yield f'<clipPath id="{defined[steps]}"><path d="{steps}" /></clipPath>'
        yield f'<g clip-path="url(#{defined[steps]})">'
        yield from map(element, layers)
        yield "</g>"


def _layer(layer: Layer, canvas: Canvas, letter: Callable[[TextLayer, Canvas], str]) -> str:
    if isinstance(layer, TextLayer):
        return letter(layer, canvas)
    if isinstance(layer, ImageLayer):
        return _image(layer)
    return _path(layer) if isinstance(layer, PathLayer) else _picture(layer)


def _picture(layer: PictureLayer) -> str:
    """A picture: pixels as a ``data:`` address (RFC 2397); a drawing as a group of its own elements."""
    picture = layer.picture
    if isinstance(picture, PrintImage):
        place = (
            f'x="{_short(layer.x)}" y="{_short(layer.y)}" width="{_short(layer.width)}" height="{_short(layer.height)}"'
        )
        data = base64.b64encode(picture.data).decode()
        return f'<image {place} preserveAspectRatio="none" href="data:{picture.media_type};base64,{data}"></image>'
    left, top, width, height = map(float, picture.view_box.split())
    x, y = layer.width / width, layer.height / height
    moves = f"translate({_short(layer.x)} {_short(layer.y)}) scale({x:.6g} {y:.6g}) translate({-left:g} {-top:g})"
    return f'<g transform="{moves}">{picture.markup}</g>'


def _text(layer: TextLayer, canvas: Canvas) -> str:
    """A text that begins where it was measured to begin. ``print`` sets it in one piece, kerned as it was measured."""
    face = layer.face
    weight = f' font-weight="{face.weight}"' if face.weight != REGULAR else ""
    slant = ' font-style="italic"' if face.italic else ""
    if layer.angle:
        slant += f' transform="rotate({_short(-layer.angle)} {_short(layer.x)} {_short(layer.y)})"'
    if layer.opacity < 1:
        slant += f' fill-opacity="{_short(layer.opacity)}"'
    return (
        f'<text x="{_short(layer.x)}" y="{_short(layer.y)}"{slant}{weight}'
        f' font-size="{_short(face.size)}" fill="{layer.colour}">{escape(layer.words, quote=False)}</text>'
    )


def _letters(layer: TextLayer, canvas: Canvas) -> str:
    """The outlines of a text."""
    vertices, codes = fonts.outlines(layer.words, layer.face)
    if not len(vertices):
        return ""
    if layer.angle:
        turn = np.radians(layer.angle)
        vertices = vertices @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    points = np.column_stack([layer.x + vertices[:, 0], layer.y - vertices[:, 1]])
    faint = f' fill-opacity="{_short(layer.opacity)}"' if layer.opacity < 1 else ""
    return f'<path d="{_steps(points, codes.tolist())}" fill="{layer.colour}"{faint} />'


def _path(layer: PathLayer) -> str:
    attributes = f' fill="{layer.fill}"'
    if layer.fill_opacity < 1 and layer.fill != "none":
        attributes += f' fill-opacity="{_short(layer.fill_opacity)}"'
    if layer.edge != "none" and layer.width:
        attributes += f' stroke="{layer.edge}" stroke-width="{_short(layer.width)}"'
        if layer.dashes:
            attributes += f' stroke-dasharray="{" ".join(map(_short, layer.dashes))}"'
        if layer.cap != "butt":
            attributes += f' stroke-linecap="{layer.cap}"'
        if layer.join != "round":
            attributes += f' stroke-linejoin="{layer.join}"'
        if layer.edge_opacity < 1:
            attributes += f' stroke-opacity="{_short(layer.edge_opacity)}"'
    return f'<path d="{_steps(np.asarray(layer.path.vertices), _codes(layer.path))}"{attributes} />'


def _image(layer: ImageLayer) -> str:
    faint = f' opacity="{_short(layer.opacity)}"' if layer.opacity < 1 else ""
    return (
        f'<image x="{_short(layer.x)}" y="{_short(layer.y)}" width="{_short(layer.width)}"'
        f' height="{_short(layer.height)}" preserveAspectRatio="none"{faint}'
        f' href="data:image/png;base64,{base64.b64encode(layer.png).decode()}" />'
    )


def _codes(path: Path) -> list[int]:
    """The codes of a path; one without any is a line through its points."""
    return [1] + [2] * (len(np.asarray(path.vertices)) - 1) if path.codes is None else np.asarray(path.codes).tolist()


def _steps(vertices: np.ndarray, codes: list[int]) -> str:
    """Path data in steps from point to point, which take half the letters. Errors of rounding do not add up."""
    whole = np.rint(vertices * 100).astype(int).tolist()
    written: list[str] = []
    x = y = start_x = start_y = 0
    command, at, count = "", 0, len(codes)
    while at < count:
        code = codes[at]
        if code == _CLOSE:
            written.append("z")
            x, y, command, at = start_x, start_y, "z", at + 1
            continue
        letter = _COMMANDS[code]
        points = whole[at : at + _LAST[letter]]
        at += len(points)
        if letter == "M":
            x = y = 0
        numbers = " ".join([f"{_hundredths(a - x)} {_hundredths(b - y)}" for a, b in points])
        x, y = points[-1]
        if letter == "M":
            start_x, start_y = x, y
        written.append(f" {numbers}" if letter == command != "M" else letter + numbers)
        command = letter
    return "".join(written)


@lru_cache(maxsize=1 << 15)  # most steps of a coast are short ones, met before
def _hundredths(number: int) -> str:
    whole, rest = divmod(abs(number), 100)
    sign = "-" if number < 0 else ""
    return f"{sign}{whole}" if not rest else f"{sign}{whole}.{rest:02}".rstrip("0")


def _short(number: float) -> str:
    """Hundredths of a point (3.5 µm): finer than any press."""
    return _hundredths(round(number * 100))
