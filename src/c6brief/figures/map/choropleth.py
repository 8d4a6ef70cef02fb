"""Drawing values by country: tones from light to dark, hatching where there is no value, the classes below the map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import shapely

from c6brief.documents.colours import mix
from c6brief.evidence.table_models import TableField
from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.fonts import ASCENT, DESCENT, Face
from c6brief.figures.drawing.numbers import number, numbers
from c6brief.figures.drawing.palette import text_colour_on, tones
from c6brief.figures.drawing.placement import CLEARANCE, Box
from c6brief.figures.drawing.scale import scale_of
from c6brief.figures.kinds import DrawContext
from c6brief.figures.map.classes import class_of, limits_for
from c6brief.figures.map.drawing import MapDrawing
from c6brief.figures.map.lettering import Name
from c6brief.figures.map.options import MapOptions, Water
from c6brief.figures.rows.tabular import quantity

TALL = 8.0
"""pt of a class in the key."""
WIDE, NARROW = 46.0, 24.0
"""pt of a class in a key that lies level, at most and at least."""
ABOVE = 5.0
"""pt between the map and its key."""
NAMED = 200.0
"""pt from which on countries have names rather than codes."""
NO_BREAK = "\u00a0"
SWATCH = 16.0
"""pt of a class's width in an upright key."""


class ChoroplethDrawing(MapDrawing):
    """One map of values. Nothing but tone says how much, so that it holds in grey; the larger the darker."""

    codes_allowed = True

    def __init__(
        self,
        options: MapOptions,
        codes: Sequence[str],
        values: Mapping[str, int | float | None],
        field: TableField,
        context: DrawContext,
    ) -> None:
        self.values = {code: values.get(code) for code in codes}
        self.field = field
        known = [float(value) for value in self.values.values() if value is not None]
        self.limits = _limits(options, known, context)
        self.tones = tones(len(self.limits) + 1, context.style)[::-1]
        self.known = known
        self.missing = len(known) < len(self.values)
        self.empty = mix(context.style.grey, context.style.paper, 0.12)
        super().__init__(options, codes, context)
        if options.values:
            self._numbers()

    # The map

    def _fill(self, code: str) -> str:
        value = self.values[code]
        return self.empty if value is None else self.tones[class_of(value, self.limits)]

    def _hatch_colours(self) -> dict[str, str]:
        colour = mix(self.style.grey, self.style.paper, 0.55)
        return {code: colour for code, value in self.values.items() if value is None}

    def _name_look(self, name: Name) -> tuple[str, str | None]:
        """Ink or paper, whichever stands out; with a halo where the name does not stand within its country."""
        box = shapely.box(*name.box)
        inside = shapely.area(shapely.intersection(self.shapes[name.of], box)).sum() > 0.97 * box.area
        below = self._fill(name.of) if inside else self._ground_below(name)
        return text_colour_on(below, self.style), None if inside else below

    def _name_of(self, code: str) -> str:
        """On a sheet as narrow as a margin, the code: names would hide the tones."""
        return code if self.context.width < NAMED else super()._name_of(code)

    def _seas(self) -> Sequence[Water]:
        return () if self.context.width < NAMED else super()._seas()

    def _neighbours(self) -> Iterable[str]:
        return () if self.context.width < NAMED else super()._neighbours()

    def _numbers(self) -> None:
        """Each value below the name of its country, if the country is large enough for both."""
        face = Face(self.style.small)
        lettering = self.lettering
        taken = [name.box for name in (*lettering.countries, *lettering.places, *lettering.neighbours)]
        taken += [box for _, box in self.seas] + ([self.bar_box] if self.bar_box else [])
        taken += [(x - 3, y - 3, x + 3, y + 3) for x, y in self.points]
        for name in lettering.countries:
            value = self.values[name.of]
            words = self.context.words["no-data"] if value is None else number(value, self.context.words.locale)
            half = fonts.width(words, face) / 2
            middle = (name.box[0] + name.box[2]) / 2
            top = name.box[3] + 0.2
            box: Box = (middle - half, top, middle + half, top + (ASCENT + DESCENT) * face.size)
            roomy = shapely.box(box[0] - 1, box[1], box[2] + 1, box[3] + 1)
            others = [other for other in taken if other is not name.box]
            shape = shapely.union_all(self.shapes[name.of])
            if shape.contains(roomy) and not any(_touch(box, other) for other in others):
                taken.append(box)
                if value is None:
                    self.canvas.rectangle(box[0] - 1, box[1], box[2] + 1, box[3], self.empty)
                colour = text_colour_on(self._fill(name.of), self.style)
                self.canvas.text(middle, top + ASCENT * face.size, words, face, colour, "middle")

    # The key

    @property
    def _face(self) -> Face:
        return Face(self.style.small)

    @property
    def _lead(self) -> float:
        return self.style.small * self.style.leading

    def _labels(self) -> list[str]:
        return numbers(self.limits, self.context.words.locale)

    def _ends(self) -> tuple[str, str]:
        locale = self.context.words.locale
        return number(min(self.known), locale), number(max(self.known), locale)

    def _level_width(self) -> float | None:
        """How wide a class is in a level key; ``None`` where the numbers or the sheet leave too little room."""
        labels = self._labels()
        widths = [fonts.width(words, self._face) for words in labels]
        least = max([NARROW, *((one + other) / 2 + 5 for one, other in pairwise(widths))])
        low, high = (fonts.width(words, self._face) for words in self._ends())
        if widths:
            least = max(least, low + widths[0] / 2 + 5, high + widths[-1] / 2 + 5)
        else:
            least = max(least, low + high + 8)
        free = self.context.width / len(self.tones)
        return min(max(WIDE, least), free) if least <= free else None

    def _unit_lines(self) -> list[str]:
        return fonts.wrap(quantity(self.field), self.context.width, self._face)

    def _beside(self) -> float:
        """The room in pt that "no data" takes."""
        return SWATCH + 4 + fonts.width(self.context.words["no-data"], self._face)

    def _codes(self) -> list[str]:
        """The meanings of the codes that stand in place of names, in lines."""
        used = {name.of for name in self.lettering.countries if name.label.lines == (name.of,)}
        pairs = [f"{code} {self.context.words.country(code)}".replace(" ", NO_BREAK) for code in sorted(used)]
        return fonts.wrap(", ".join(pairs), self.context.width, self._face) if pairs else []

    def _key_height(self) -> float:
        codes = self._codes()
        return self._classes_height() + (len(codes) * self._lead + 3 if codes else 0.0)

    def _classes_height(self) -> float:
        height = ABOVE + len(self._unit_lines()) * self._lead + 2
        wide = self._level_width()
        if wide is None:
            return height + (len(self.tones) + self.missing) * (TALL + 3)
        height += TALL + self._lead + 2
        if self.missing and not self._room_beside(wide):
            height += TALL + 3
        return height

    def _room_beside(self, wide: float) -> bool:
        return wide * len(self.tones) + 14 + self._beside() <= self.context.width

    def _key(self) -> None:
        canvas, style = self.canvas, self.style
        canvas.text_lines(
            0,
            self.view.height + self._classes_height() + 2 + ASCENT * self._face.size,
            self._codes(),
            self._face,
            style.grey,
        )
        y = self.view.height + ABOVE
        unit = self._unit_lines()
        canvas.text_lines(0, y + ASCENT * self._face.size, unit, self._face, style.ink)
        y += len(unit) * self._lead + 2
        wide = self._level_width()
        if wide is None:
            self._upright(y)
            return
        for index, tone in enumerate(self.tones):
            canvas.rectangle(index * wide, y, (index + 1) * wide, y + TALL, tone)
        end = wide * len(self.tones)
        below = y + TALL + 2 + ASCENT * self._face.size
        for index, words in enumerate(self._labels(), 1):
            canvas.line([(index * wide, y), (index * wide, y + TALL + 2)], style.grey, style.hairline)
            canvas.text(index * wide, below, words, self._face, style.grey, "middle")
        low, high = self._ends()
        canvas.text(0, below, low, self._face, style.grey)
        canvas.text(end, below, high, self._face, style.grey, "end")
        if self.missing:
            beside = self._room_beside(wide)
            self._no_data(end + 14 if beside else 0.0, y if beside else y + TALL + self._lead + 4)

    def _upright(self, y: float) -> None:
        """The classes below each other, the largest values first, with their limits in words of numbers."""
        canvas, style = self.canvas, self.style
        low, high = self._ends()
        marks = [low, *self._labels(), high]
        for index in range(len(self.tones) - 1, -1, -1):
            canvas.rectangle(0, y, SWATCH, y + TALL, self.tones[index])
            words = f"{marks[index]} – {marks[index + 1]}"
            for line in fonts.wrap(words, self.context.width - SWATCH - 4, self._face)[:1]:
                canvas.text(SWATCH + 4, y + TALL / 2 + fonts.MIDDLE * self._face.size, line, self._face, style.grey)
            y += TALL + 3
        if self.missing:
            self._no_data(0.0, y)

    def _no_data(self, x: float, y: float) -> None:
        canvas, style = self.canvas, self.style
        canvas.rectangle(x, y, x + SWATCH, y + TALL, self.empty)
        canvas.hatch(x, y, x + SWATCH, y + TALL, mix(style.grey, style.paper, 0.55), 0.5, 2.4)
        middle = y + TALL / 2 + fonts.MIDDLE * self._face.size
        canvas.text(x + SWATCH + 4, middle, self.context.words["no-data"], self._face, style.grey)


def _limits(options: MapOptions, known: Sequence[float], context: DrawContext) -> list[float]:
    """The author's steps; else, of panels that share a scale, its round steps; else quantiles at round numbers."""
    if options.steps is not None:
        return list(options.steps)
    if context.extent is not None:
        low, high = context.extent
        return [tick for tick in scale_of([low, high], 0, 1, ticks=5).ticks if low < tick <= high][:5]
    return limits_for(known)


def _touch(one: Box, other: Box) -> bool:
    across = one[0] < other[2] + CLEARANCE and one[2] > other[0] - CLEARANCE
    return across and one[1] < other[3] and one[3] > other[1]
