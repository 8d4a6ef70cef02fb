"""Areas of points that show a third number: how large each is, and the key that says what they mean."""

from __future__ import annotations

import math
from collections.abc import Iterable

from c6brief.documents.addition import total
from c6brief.figures.data import Number
from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.canvas import Canvas
from c6brief.figures.drawing.fonts import ASCENT, MIDDLE, Face
from c6brief.figures.drawing.numbers import numbers
from c6brief.figures.kinds import DrawContext

SMALLEST = 1.3
"""pt: the radius of the smallest area; of zero, too."""


class PointAreas:
    """The areas for ``sizes``, of which the largest has a radius of ``largest`` pt. ``title`` names the quantity.

    The key stands at the head of the plot: two circles with their numbers, the quantity beside them, or above them where
    that is too wide. There is none where no size is above zero.
    """

    def __init__(self, title: str, sizes: Iterable[Number | None], largest: float, context: DrawContext) -> None:
        self.title, self.largest, style = title, largest, context.style
        self.face, self.lead = Face(style.small), style.small * style.leading
        self.most = max((size or 0 for size in sizes), default=0)
        self.circles = self._circles(context) if self.most else []
        self.tall = max([self.lead, *(2 * radius for radius, _ in self.circles)])
        room = total(2 * radius + 12 + fonts.width(words, self.face) for radius, words in self.circles)
        wide = bool(self.circles) and room + fonts.width(title, self.face) > context.width
        self.above = fonts.wrap(title, context.width, self.face) if wide else []

    def _circles(self, context: DrawContext) -> list[tuple[float, str]]:
        """The radius and the number of two areas: a round one near the largest, and one of a tenth of it."""
        power = 10.0 ** math.floor(math.log10(self.most))
        large = max(step * power for step in (1, 2, 5) if step * power <= self.most)
        values = [float(f"{large / 10:.6g}"), float(f"{large:.6g}")]
        return list(zip(map(self.radius, values), numbers(values, context.words.locale), strict=True))

    def radius(self, size: float | None) -> float:
        """The radius of an area for ``size``, in pt; the smallest for a size that is not known."""
        return max(SMALLEST, self.largest * math.sqrt((size or 0) / self.most)) if self.most else SMALLEST

    @property
    def height(self) -> float:
        """The room that the key needs, in pt."""
        return self.tall + len(self.above) * self.lead + 6 if self.circles else 0.0

    def draw(self, canvas: Canvas, top: float) -> None:
        """The key, from ``top`` (pt) downwards."""
        style, x = canvas.style, 0.0
        canvas.text_lines(0, top + ASCENT * self.face.size, self.above, self.face, style.grey)
        middle = top + len(self.above) * self.lead + self.tall / 2 + 1
        y = middle + MIDDLE * self.face.size
        for radius, words in self.circles:
            canvas.capsule(x + radius, x + radius, middle, radius - 0.3, style.paper, style.grey, style.rule)
            x += 2 * radius + 3
            canvas.text(x, y, words, self.face, style.grey)
            x += fonts.width(words, self.face) + 9
        if self.circles and not self.above:
            canvas.text(x - 3, y, self.title, self.face, style.grey)
