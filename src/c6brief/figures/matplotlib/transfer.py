"""Drawings between two processes, as JSON: what the process that ran the code has drawn is only looked at as data."""

from __future__ import annotations

import base64
import binascii
import math
from typing import Any, get_args, get_type_hints

import numpy as np

from c6brief.figures.drawing.canvas import Canvas, ImageLayer, Layer, PathLayer, TextLayer
from c6brief.figures.drawing.fonts import Face
from c6brief.figures.drawing.matplotlib_font_list import Path
from c6brief.figures.drawing.style import Style

_DECIMALS = 2
"""Of a point, as the SVG has them."""


def canvas_to_json(canvas: Canvas) -> dict[str, Any]:
    """The size and the layers of ``canvas`` as plain values."""
    clips: dict[int, int] = {}
    paths: list[Any] = []

    def clip_number(clip: Path | None) -> int | None:
        if clip is None:
            return None
        plain = _path_to_json(clip)
        number = next((number for number, known in enumerate(paths) if known == plain), None)
        if number is None:
            number = len(paths)
            paths.append(plain)
        clips[id(clip)] = number
        return number

    layers = [_layer_to_json(layer, clip_number) for layer in canvas.layers]
    return {"width": canvas.width, "height": canvas.height, "layers": layers, "clips": paths}


def _layer_to_json(layer: Layer, clip_number: Any) -> list[Any]:
    if isinstance(layer, TextLayer):
        face = [layer.face.size, layer.face.weight, layer.face.italic]
        return ["text", layer.words, _round(layer.x), _round(layer.y), face, layer.colour, layer.angle, layer.opacity]
    if isinstance(layer, ImageLayer):
        png = base64.b64encode(layer.png).decode()
        return ["image", png, layer.x, layer.y, layer.width, layer.height, layer.opacity, clip_number(layer.clip)]
    assert isinstance(layer, PathLayer)  # pictures are placed by other kinds alone
    style = [layer.fill, layer.edge, layer.width, layer.cap, layer.dashes, layer.join]
    return ["path", _path_to_json(layer.path), *style, layer.fill_opacity, layer.edge_opacity, clip_number(layer.clip)]


def canvas_from_json(plain: Any, style: Style) -> Canvas:
    """The canvas that :func:`canvas_to_json` has described. Raises ``ValueError`` for anything else."""
    try:
        canvas = Canvas(_number(plain["width"]), _number(plain["height"]), style)
        clips = [_path_from_json(path) for path in plain["clips"]]
        canvas.layers = [_layer_from_json(layer, clips) for layer in plain["layers"]]
    except (KeyError, TypeError, IndexError, binascii.Error) as reason:
        raise ValueError("no drawing") from reason
    return canvas


def _layer_from_json(plain: list[Any], clips: list[Path]) -> Layer:
    kind, *values = plain
    if kind == "text":
        words, x, y, (size, weight, italic), colour, angle, opacity = values
        face = Face(_number(size), int(weight), bool(italic))
        return TextLayer(str(words), _number(x), _number(y), face, _colour(colour), _number(angle), _number(opacity))
    if kind == "image":
        png, x, y, width, height, opacity, clip = values
        data, place = base64.b64decode(png, validate=True), (_number(x), _number(y), _number(width), _number(height))
        return ImageLayer(data, *place, _number(opacity), None if clip is None else clips[clip])
    if kind != "path":
        raise ValueError("no layer")
    path, fill, edge, width, cap, dashes, join, fill_opacity, edge_opacity, clip = values
    return PathLayer(
        _path_from_json(path),
        _colour(fill),
        _colour(edge),
        _number(width),
        _one_of("cap", cap),
        None if dashes is None else tuple(map(_number, dashes)),
        _one_of("join", join),
        _number(fill_opacity),
        _number(edge_opacity),
        None if clip is None else clips[clip],
    )


def _path_to_json(path: Path) -> list[Any]:
    codes = None if path.codes is None else np.asarray(path.codes).tolist()
    return [np.round(np.asarray(path.vertices, dtype=float), _DECIMALS).tolist(), codes]


def _path_from_json(plain: list[Any]) -> Path:
    vertices, codes = plain
    points = np.array(vertices, dtype=float).reshape(-1, 2)
    if not np.isfinite(points).all() or (codes is not None and not set(codes) <= {1, 2, 3, 4, 79}):
        raise ValueError("no path")
    return Path(points, codes)


def _round(value: float) -> float:
    return round(float(value), _DECIMALS)


def _number(value: Any) -> float:
    if not isinstance(value, (int, float)) or not math.isfinite(value):
        raise ValueError("no number")
    return float(value)


def _colour(value: Any) -> str:
    if value != "none" and not (
        isinstance(value, str) and len(value) == 7 and value[0] == "#" and int(value[1:], 16) >= 0
    ):
        raise ValueError("no colour")
    return str(value)


_CHOICES = {name: get_args(get_type_hints(PathLayer)[name]) for name in ("cap", "join")}


def _one_of(name: str, value: Any) -> Any:
    if value not in _CHOICES[name]:
        raise ValueError(f"no {name}")
    return value
