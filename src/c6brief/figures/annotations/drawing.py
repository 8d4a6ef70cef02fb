"""Drawing annotations: bands behind the data, lines across them, and words with arrows where nothing else is drawn."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from c6brief.documents.colours import mix
from c6brief.figures.annotations.options import AnnotatedOptions
from c6brief.figures.annotations.room import CELL, FreeRoom, extent
from c6brief.figures.checks import At
from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.axes import Plot
from c6brief.figures.drawing.canvas import Canvas, PathLayer, Point
from c6brief.figures.drawing.fonts import Face
from c6brief.figures.drawing.placement import Box
from c6brief.figures.drawing.style import Style

DOTS = (0.6, 2.0)
"""Of lines at values to compare with."""
COMPARED = 0.9
"""pt: the width of these lines."""
WIDTHS = (112.0, 84.0, 62.0, 46.0)
"""pt in which words are tried, the widest first."""
NARROWER = 3.0
"""pt of distance that each narrower form counts for."""
UPON = 30.0
"""pt of distance that words upon a surface count for."""
FAR = 48.0
"""pt that words without an arrow may stand from where they were put."""
SHORTEST = 9.0
"""pt of an arrow, at least."""
AT_WORDS = 26.0
"""pt before its end that an arrow may stop at words, which are those of what it points at."""
TRIED = 300
"""Places of words that are tried with their arrow."""
HEAD, HALF = 4.2, 1.6
"""pt: the length of an arrow's head, and half of its width."""
SHORT_OF = 2.4
"""pt between an arrow's point and what it points at."""

Height = Callable[[float], float]
"""From a number of the data to pt on the sheet."""
Place = Callable[[str, float], Point]
"""From x, as written, and y to a place on the sheet in pt."""


def band_colour(style: Style) -> str:
    """The colour of bands: so light that data and words can be told on it."""
    return mix(style.brand, style.paper, 0.11)


def draw_bands(canvas: Canvas, plot: Plot, level: Iterable[tuple[float, float]], upright: Iterable[Point] = ()) -> None:
    """Bands across ``plot``: from one x to another, and from one y to another, all in pt."""
    colour = band_colour(canvas.style)
    for start, end in level:
        left, right = sorted((start, end))
        canvas.rectangle(max(left, plot.left), plot.top, min(right, plot.right), plot.bottom, colour)
    for start, end in upright:
        top, bottom = sorted((start, end))
        canvas.rectangle(plot.left, max(top, plot.top), plot.right, min(bottom, plot.bottom), colour)


@dataclass(frozen=True)
class Words:
    """Words to be placed around ``x``, ``y`` (pt), and where an arrow from them ends.

    ``at``: where the chart says them.
    """

    text: str
    x: float
    y: float
    at: At
    to: Point | None = None
    colour: str = ""


@dataclass(frozen=True)
class _Placed:
    box: Box
    lines: list[str]
    arrow: NDArray[np.float64] | None
    near: bool


def words_of(options: AnnotatedOptions, place: Place) -> list[Words]:
    """The words that stand on the plot, as ``place`` has it."""
    found = []
    for index, each in enumerate(options.annotate):
        if each.y is not None:
            x, y = place(each.x, each.y)
            to = place(each.to.x, each.to.y) if each.to else None
            found.append(Words(each.text, x, y, ("annotate", index, "text"), to))
    return found


def write_words(canvas: Canvas, plot: Plot, words: Iterable[Words], soft: Collection[str] = ()) -> None:
    """Each of ``words`` as near to its place as nothing else is drawn, with its arrow.

    They stand between the edges of ``plot`` and that of the sheet. What finds no room goes to ``canvas.crowded``, and
    stands where it was put, on a patch of paper. ``soft``: colours of surfaces that words may stand upon in need.
    """
    words = list(words)
    if not words:
        return
    style = canvas.style
    face = Face(style.small)
    faint = {style.paper, style.hair, band_colour(style)}
    room = FreeRoom(canvas, (plot.left, plot.top, canvas.width, plot.bottom), faint, soft)
    waiting = words
    best: list[tuple[Words, _Placed]] = []
    for _ in range(len(words)):  # those that found no room choose first the next time
        best, late = _choose(room.copy(), waiting, face, style)
        if not late or late == waiting[: len(late)]:
            break
        waiting = [*late, *(each for each in waiting if each not in late)]
    for each, placed in sorted(best, key=lambda pair: words.index(pair[0])):
        if not placed.near:
            canvas.crowded.append((each.at, each.text))
        if placed.arrow is not None:
            _draw_arrow(canvas, placed.arrow)
    for each, placed in sorted(best, key=lambda pair: words.index(pair[0])):
        _write(canvas, placed, face, each.colour or style.ink)


def _choose(
    room: FreeRoom, words: Iterable[Words], face: Face, style: Style
) -> tuple[list[tuple[Words, _Placed]], list[Words]]:
    """A place for each of ``words`` in turn, and those for which there is none that is near."""
    found, late = [], []
    for each in words:
        placed = _place(room, each, face, style.leading)
        if not placed.near:
            late.append(each)
        room.take(placed.box)
        if placed.arrow is not None:
            room.take_line(placed.arrow, style.rule)
        found.append((each, placed))
    return found, late


def _place(room: FreeRoom, words: Words, face: Face, leading: float) -> _Placed:
    tries: list[tuple[float, float, float, list[str], float, float]] = []
    widest = room.frame[2] - room.frame[0]
    for narrower, lines in enumerate(_forms(words.text, widest, face)):
        width, height = _size(lines, face, leading)
        corners, upon = room.places(width, height)
        if not len(corners):
            continue
        far = np.hypot(corners[:, 0] + width / 2 - words.x, corners[:, 1] + height / 2 - words.y)
        costs = np.round(far + narrower * NARROWER + UPON * (upon > 0), 3)
        order = np.argsort(costs, kind="stable")
        kept = order if words.to is None else order[:: max(1, len(order) // TRIED)]
        for index in kept[:TRIED]:
            left, top = map(float, corners[index])
            tries.append((float(costs[index]), left, top, lines, width, height))
    second: _Placed | None = None
    third: _Placed | None = None
    for _, left, top, lines, width, height in sorted(tries, key=lambda each: each[:3]):
        box = (left, top, left + width, top + height)
        if words.to is None:
            across, down = max(left - words.x, words.x - box[2], 0.0), max(top - words.y, words.y - box[3], 0.0)
            return _Placed(box, lines, None, math.hypot(across, down) <= FAR)
        arrow = _arrow(box, words.to)
        if arrow is None:
            continue
        length, free = float(np.hypot(*(arrow[1] - arrow[0]))), room.free_length(arrow)
        if free > length - CELL:
            return _Placed(box, lines, arrow, True)
        if second is None and free - SHORT_OF >= SHORTEST and length - free <= AT_WORDS:
            shorter = arrow[0] + (arrow[1] - arrow[0]) * ((free - 1.0) / length)
            second = _Placed(box, lines, np.array([arrow[0], shorter]), True)
        third = third or _Placed(box, lines, arrow, False)
    return second or third or _forced(room, words, face, leading)


def _forced(room: FreeRoom, words: Words, face: Face, leading: float) -> _Placed:
    """Words that have no room, where they were put, within the frame."""
    left, top, right, bottom = room.frame
    lines = fonts.wrap(words.text, min(WIDTHS[0], right - left), face)
    width, height = _size(lines, face, leading)
    x = max(left, min(words.x - width / 2, right - width))
    y = max(top, min(words.y - height / 2, bottom - height))
    box = (x, y, x + width, y + height)
    return _Placed(box, lines, _arrow(box, words.to) if words.to else None, False)


def _forms(text: str, widest: float, face: Face) -> list[list[str]]:
    """The ways to break ``text`` that break no word, the widest first."""
    longest = fonts.longest_word_width(text, face)
    found: list[list[str]] = []
    for limit in (min(limit, widest) for limit in WIDTHS):
        lines = fonts.wrap(text, max(limit, longest), face)
        if longest <= widest and lines not in found:
            found.append(lines)
    return found


def _size(lines: list[str], face: Face, leading: float) -> tuple[float, float]:
    height = (fonts.ASCENT + fonts.DESCENT) * face.size + (len(lines) - 1) * face.size * leading
    return max(fonts.width(line, face) for line in lines), height


def _arrow(box: Box, to: Point) -> NDArray[np.float64] | None:
    """A line from the nearest point around ``box`` to just before ``to``; ``None`` where it would be too short."""
    left, top, right, bottom = box
    near = np.array([min(max(to[0], left - 1.5), right + 1.5), min(max(to[1], top - 0.5), bottom + 1.0)])
    way = np.array(to) - near
    length = float(np.hypot(*way))
    if length < SHORTEST:
        return None
    return np.array([near, np.array(to) - way / length * SHORT_OF])


def _draw_arrow(canvas: Canvas, line: NDArray[np.float64]) -> None:
    """A thin line with a full head, on a seam of paper that parts it from the lines that it crosses."""
    style = canvas.style
    start, end = line
    way = (end - start) / np.hypot(*(end - start))
    side = np.array([-way[1], way[0]])
    foot = end - way * HEAD
    canvas.line([tuple(start), tuple(foot)], style.paper, 3 * style.rule)
    canvas.line([tuple(start), tuple(foot)], style.ink, style.rule)
    canvas.shape([tuple(end), tuple(foot + side * HALF), tuple(foot - side * HALF)], style.ink, style.paper, 0.3)


def _write(canvas: Canvas, placed: _Placed, face: Face, colour: str) -> None:
    """Words on a patch that keeps grid lines off them: of paper, and of the bands that it lies on."""
    left, top, right, bottom = placed.box
    patch = (left - 1, top - 0.5, right + 1, bottom + 0.5)
    for box, ground in [
        (patch, canvas.style.paper),
        *((box, band_colour(canvas.style)) for box in _bands(canvas, patch)),
    ]:
        canvas.rectangle(*box, ground)
    canvas.text_lines(left, top + fonts.ASCENT * face.size, placed.lines, face, colour)


def _bands(canvas: Canvas, box: Box) -> list[Box]:
    """The parts of bands that lie within ``box``."""
    found, band = [], band_colour(canvas.style)
    for layer in canvas.layers:
        if isinstance(layer, PathLayer) and layer.fill == band:
            left, top, right, bottom = extent(layer.path)
            part = max(left, box[0]), max(top, box[1]), min(right, box[2]), min(bottom, box[3])
            if part[0] < part[2] and part[1] < part[3]:
                found.append(part)
    return found


def above_with_values(options: AnnotatedOptions, at: Height, write: Callable[[float], str]) -> list[tuple[float, str]]:
    """What stands above a plot whose numbers lie side by side: (x in pt, words). Values to compare with are written."""
    found = [(at(each.value), f"{each.label} {write(each.value)}") for each in options.references]
    return found + [(at(float(each.from_)), each.label) for each in options.bands("y")]


def draw_upright_line(canvas: Canvas, x: float, top: float, bottom: float) -> None:
    """A dotted line down at a value to compare with, over the data and interrupted by nothing but words."""
    gaps = []
    for text in canvas.texts.values():
        if text.x - 1.5 < x < text.x + fonts.width(text.words, text.face) + 1.5:
            gaps.append(
                (text.y - (fonts.ASCENT + 0.1) * text.face.size, text.y + (fonts.DESCENT + 0.1) * text.face.size)
            )
    start = top
    for above, below in [*sorted(gaps), (bottom, bottom)]:
        end = min(above, bottom)
        if end - start > 1.0:
            canvas.line([(x, start), (x, end)], canvas.style.paper, 2 * COMPARED)
            canvas.line([(x, start), (x, end)], canvas.style.ink, COMPARED, DOTS)
        start = max(start, below)
