"""Drawing a waffle: squares in rows, filled part by part from the top, and the parts' names beside them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from c6brief.documents.addition import total
from c6brief.documents.colours import mix
from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.canvas import Canvas
from c6brief.figures.drawing.fonts import MIDDLE, Face
from c6brief.figures.drawing.marks import draw_key, draw_segment, key_height, segment_key
from c6brief.figures.drawing.numbers import common_decimals, number, percent
from c6brief.figures.drawing.palette import quiet_colour, tones
from c6brief.figures.drawing.placement import spread
from c6brief.figures.drawing.style import REGULAR, SEMIBOLD
from c6brief.figures.kinds import DrawContext
from c6brief.figures.waffle.parts import WafflePart

PITCH, SLIT = 11.5, 1.6
"""pt from square to square, and between two."""
BESIDE = 150.0
"""pt that names need beside the squares, at least; on a narrower sheet they stand below."""
GAP = 14.0
"""pt between the squares and the names."""
SWATCH = 7.0
APART = 5.0
"""pt between two names."""
LIGHTEST = 0.28


@dataclass(frozen=True)
class PartLabel:
    """A part's words: its per cent, the lines of its name, its number; with the height of all in pt."""

    part: int
    percent: str
    name: list[str]
    number: list[str]
    height: float


class WaffleDrawing:
    """One waffle. ``squares`` in all; ``unit`` of the numbers."""

    def __init__(self, parts: Sequence[WafflePart], squares: int, unit: str, context: DrawContext) -> None:
        self.parts, self.unit, self.context, self.style = parts, fonts.tidy(unit), context, context.style
        style = self.style
        self.columns = 5 if squares < 40 else 10 if squares <= 150 else 20
        self.rows = math.ceil(squares / self.columns)
        self.beside = context.width >= self.columns * PITCH + GAP + BESIDE
        self.pitch = PITCH if self.beside else min(PITCH, (context.width + SLIT) / self.columns)
        self.decimals = common_decimals(part.value for part in parts)
        self.face, self.small = Face(style.text), Face(style.small)
        self.colours = self._colours()
        grid = self.rows * self.pitch
        self.left = self.columns * self.pitch + GAP if self.beside else 0.0
        self.indent = SWATCH + 4
        self.strong = Face(style.text, SEMIBOLD)
        self.percents = max(fonts.width(self._percent(part), self.strong) for part in parts) + 5
        labels = [self._label(index) for index, part in enumerate(parts) if part.squares]
        needed = total(label.height + APART for label in labels)
        self.top = 1.0
        bottom = self.top + (max(grid, needed - APART) if self.beside else grid + 4 + needed)
        self.foot = self._foot(squares)
        uncertain = segment_key(context.words["uncertain"], SWATCH, SWATCH, style.grey, True)
        self.key = [uncertain] if any(part.uncertain and part.squares for part in parts) else []
        foot_height = len(self.foot) * style.small * style.leading + 5
        key = key_height(self.key, context.width, self.small) if self.key else 0.0
        self.canvas = Canvas(context.width, bottom + foot_height + key + 1, style)
        self._squares()
        self._labels(labels, bottom, grid)
        self.canvas.text_lines(0, bottom + 5 + fonts.ASCENT * style.small, self.foot, self.small, style.grey)
        draw_key(self.canvas, 0, bottom + foot_height - 2, context.width, self.key, self.small)

    def _colours(self) -> list[str]:
        """Dark to light in the order drawn; what is not highlighted in greys; what accounts differ on in its own colour."""
        return [
            self.style.alarm if part.differs else colour
            for part, colour in zip(self.parts, self._ordered_colours(), strict=True)
        ]

    def _ordered_colours(self) -> list[str]:
        style, count = self.style, len(self.parts)
        bright = tones(count, style, least=LIGHTEST)
        strong = [index for index, part in enumerate(self.parts) if part.strong]
        if not strong:
            return bright
        dull = tones(count, style, quiet_colour(style) if count < 3 else mix(style.grey, style.paper, 0.62), 0.4)
        for index, tone in zip(strong, tones(len(strong), style, least=0.6), strict=True):
            dull[index] = tone
        return dull

    # Words

    def _label(self, index: int) -> PartLabel:
        part, style, locale = self.parts[index], self.style, self.context.words.locale
        share = self._percent(part)
        room = self.context.width - self.left - self.indent
        first = self.percents
        value = number(part.value, locale, self.decimals)
        lines = fonts.wrap(part.name, max(room - first, 20), self._name_face(part))
        below = [] if self.unit.startswith("%") else fonts.wrap(value, max(room - first, 20), self.small)
        lead = style.leading
        height = len(lines) * style.text * lead + len(below) * style.small * lead
        return PartLabel(index, share, lines, below, height)

    def _percent(self, part: WafflePart) -> str:
        locale = self.context.words.locale
        if part.percent == 100 and sum(bool(each.value) for each in self.parts) > 1:
            return f">{percent(99, locale)}"
        return percent(part.percent, locale) if part.percent else f"<{percent(1, locale)}"

    def _name_face(self, part: WafflePart) -> Face:
        return Face(self.style.text, SEMIBOLD if part.strong else REGULAR)

    def _foot(self, squares: int) -> list[str]:
        """What a square stands for; which parts have none, and of which there are no data."""
        words, locale = self.context.words, self.context.words.locale
        each = total((part.value or 0) / squares for part in self.parts)
        digits = 2 - math.floor(math.log10(each)) if each and math.isfinite(each) else 0
        rounded = round(each, digits) if abs(digits) < 300 else each
        exact = math.isclose(rounded, each, rel_tol=1e-9)
        value = number(int(rounded) if rounded == int(rounded) else rounded, locale)
        about = "" if exact else words["about"] + " "
        lines = [f"{words['one-square']}: {about}{value} {self._unit_of(rounded if exact else each)}".rstrip()]
        without = [f"{part.name} ({number(part.value, locale)})" for part in self.parts if self._is_without(part)]
        if without:
            lines.append(f"{words['no-square']}: {', '.join(without)}")
        missing = [part.name for part in self.parts if part.value is None]
        if missing:
            lines.append(f"{words['no-data']}: {', '.join(missing)} ({words['shares-of-known']})")
        return [broken for line in lines for broken in fonts.wrap(line, self.context.width, self.small)]

    def _unit_of(self, each: float) -> str:
        """The unit of what a square stands for: 1 claim, 2 claims."""
        words = self.context.words
        singular = {words[f"unit-{noun}s"]: words[f"unit-{noun}"] for noun in ("claim", "event")}
        return singular.get(self.unit, self.unit) if each == 1 else self.unit

    @staticmethod
    def _is_without(part: WafflePart) -> bool:
        return part.value is not None and not part.squares

    # Drawing

    def _squares(self) -> None:
        """Row by row from the top left, part after part."""
        place = 0
        side = self.pitch - SLIT
        for index, part in enumerate(self.parts):
            for square in range(place, place + part.squares):
                row, column = divmod(square, self.columns)
                left, top = column * self.pitch, self.top + row * self.pitch
                draw_segment(self.canvas, left, top, left + side, top + side, self.colours[index], part.uncertain)
            place += part.squares

    def _labels(self, labels: Sequence[PartLabel], bottom: float, grid: float) -> None:
        """Beside the middle of their squares, moved where they would touch; below the squares on a narrow sheet."""
        style = self.style
        heights = [label.height + APART for label in labels]
        if self.beside:
            centres = spread(self._middles(), heights, self.top - APART / 2, bottom + APART / 2)
        else:
            tops = [self.top + grid + 4 + total(heights[:number]) for number in range(len(heights))]
            centres = [top + height / 2 for top, height in zip(tops, heights, strict=True)]
        lead = style.text * style.leading
        for label, centre in zip(labels, centres, strict=True):
            part = self.parts[label.part]
            top = centre - label.height / 2
            y = top + lead / 2 + MIDDLE * style.text
            middle = y - MIDDLE * style.text
            square = (self.left, middle - SWATCH / 2, self.left + SWATCH, middle + SWATCH / 2)
            draw_segment(self.canvas, *square, self.colours[label.part], part.uncertain)
            x = self.left + self.indent + self.percents
            self.canvas.text(x - 5, y, label.percent, self.strong, style.ink, "end")
            self.canvas.text_lines(x, y, label.name, self._name_face(part), style.ink)
            below = top + len(label.name) * lead
            self.canvas.text_lines(x, below + fonts.ASCENT * style.small + 0.5, label.number, self.small, style.grey)

    def _middles(self) -> list[float]:
        """The height of the middle square of every part that has squares."""
        middles, place = [], 0
        for part in self.parts:
            rows = [square // self.columns for square in range(place, place + part.squares)]
            if rows:
                middles.append(self.top + (sum(rows) / len(rows) + 0.5) * self.pitch - SLIT / 2)
            place += part.squares
        return middles
