"""Words above a plot, each at a pole that leads down to its place on the level axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.axes import Plot
from c6brief.figures.drawing.canvas import Canvas
from c6brief.figures.drawing.fonts import Face
from c6brief.figures.drawing.palette import quiet_colour

_REACH, _WIDEST, _AIR = 2.8, 112.0, 2.0
"""pt: from a pole to its words, of words that are not broken, between two of them."""
_FOOT = 3.0
"""pt from the plot to the words above it."""


@dataclass(frozen=True)
class _Pole:
    """Words at a pole at ``x``: their lines, left end and width, pt from the plot to the lowest line's foot."""

    x: float
    lines: list[str]
    left: float
    width: float
    foot: float
    top: float


class Poles:
    """Words above a plot, each to the right of a pole at its place, and above all poles that it would hide.

    Where the sheet ends too soon for a word, words end with the sheet, and stand upon their pole. ``moments``: where
    each pole stands, in pt, and its words. ``width``: that of the sheet. ``height`` is the room that they need above
    the plot, ``right`` where their words end, in pt.
    """

    def __init__(self, moments: Sequence[tuple[float, str]], width: float, face: Face) -> None:
        self.face = face
        self.lead = face.size * 1.18
        self.poles: list[_Pole] = []
        late: list[tuple[float, str]] = []
        for x, words in sorted(moments, key=lambda moment: -moment[0]):
            limit = max(3 * face.size, min(_WIDEST, width - x - _REACH))
            if fonts.longest_word_width(words, face) > limit < min(_WIDEST, width):
                late.append((x, words))
                continue
            lines = fonts.wrap(words, limit, face)
            end = x + _REACH + max(fonts.width(line, face) for line in lines) + 2 * _AIR
            foot = max((pole.top for pole in self.poles if pole.x < end), default=0.0)
            self._add(x, lines, x + _REACH, foot)
        for x, words in late:
            lines = fonts.wrap(words, min(_WIDEST, width), face)
            left = width - max(fonts.width(line, face) for line in lines)
            below = (pole.top for pole in self.poles if max(pole.x, pole.left + pole.width) + _AIR > min(left, x))
            self._add(x, lines, left, max(below, default=0.0) + _AIR)
        ends = (pole.left + fonts.width(line, face) for pole in self.poles for line in pole.lines)
        self.right = max(ends, default=0.0)
        self.height = max((pole.top for pole in self.poles), default=0.0) + (_FOOT if self.poles else 0.0)

    def _add(self, x: float, lines: list[str], left: float, foot: float) -> None:
        widest = max(fonts.width(line, self.face) for line in lines)
        self.poles.append(_Pole(x, lines, left, widest, foot, foot + len(lines) * self.lead + _AIR))

    def draw(self, canvas: Canvas, plot: Plot) -> None:
        """The poles through ``plot`` and the words above it."""
        style = canvas.style
        crossed = any(
            one.x > two.left - 1 and one.x < two.left + two.width + 1 for one in self.poles for two in self.poles
        )
        for pole in self.poles:
            foot = plot.top - _FOOT - pole.foot
            top = foot + 1.0 if pole.left <= pole.x else foot - len(pole.lines) * self.lead + 1.0
            canvas.line([(pole.x, top), (pole.x, plot.bottom)], quiet_colour(style), style.rule)
            if not crossed:
                self._write(canvas, plot, pole)
        for pole in self.poles if crossed else ():
            top = plot.top - _FOOT - pole.foot - len(pole.lines) * self.lead
            bottom = top + len(pole.lines) * self.lead + 0.6
            canvas.rectangle(pole.left - 1, top, pole.left + pole.width + 1, bottom, style.paper)
            self._write(canvas, plot, pole)

    def _write(self, canvas: Canvas, plot: Plot, pole: _Pole) -> None:
        top = plot.top - _FOOT - pole.foot - len(pole.lines) * self.lead
        base = top + fonts.ASCENT * self.face.size + 0.6
        canvas.text_lines(pole.left, base, pole.lines, self.face, canvas.style.grey, lead=self.lead)
