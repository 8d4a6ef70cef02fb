"""Drawing a slope chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from c6brief.documents.addition import total
from c6brief.documents.colours import AA
from c6brief.documents.contrast import with_contrast
from c6brief.evidence.table_models import Table
from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.canvas import Canvas
from c6brief.figures.drawing.fonts import MIDDLE, Face
from c6brief.figures.drawing.marks import DASHES, draw_key, key_height, uncertain_line_key
from c6brief.figures.drawing.numbers import short_numbers
from c6brief.figures.drawing.palette import SeriesStyle, quiet_colour, series_styles
from c6brief.figures.drawing.placement import spread
from c6brief.figures.drawing.scale import Scale, scale_of
from c6brief.figures.drawing.style import REGULAR, SEMIBOLD
from c6brief.figures.kinds import DrawContext
from c6brief.figures.rows.series import SeriesOptions, series_of, unit_of
from c6brief.figures.slope.columns import BETWEEN, REACH, columns_for, moments_at
from c6brief.figures.time.line_ends import APART, LEADING
from c6brief.figures.time.times import points_along, times_of

MOVED = 2.0
"""pt that a label may stand beside its point without a stroke."""
STRONG, PLAIN, QUIET = 1.8, 1.3, 0.9
"""Widths of lines in pt: those highlighted, all where none is, the others where some are."""
DOT = 2.1
"""Radius of a point in pt."""
LOWEST, HIGHEST, EACH = 96.0, 220.0, 15.0
"""pt: the height of the plot, and what each thing adds to it, if labels do not ask for more."""
MANY = 20
"""More things than these are named in the smallest letters."""


class SlopeDrawing:
    """One chart: moments from left to right, a line for each thing, its value and name at both ends."""

    def __init__(self, options: SeriesOptions, table: Table, context: DrawContext) -> None:
        self.context, self.style = context, context.style
        self.things = series_of(options, table)
        times = times_of(options, table)
        self.points = [points_along(thing, times) for thing in self.things]
        self.moments = times.ordered()
        self.marked = any(thing.strong for thing in self.things)
        self.styles = self._series_styles()
        self.size = self.style.label if len(self.things) <= MANY else self.style.tiny
        self.lead = self.size * LEADING
        self.small = Face(self.style.small)
        scale = self._scale_and_numbers()
        faces = [self._face(row) for row in range(len(self.things))]
        ends = [(numbers[0], numbers[-1]) for numbers in self.numbers]
        self.columns = columns_for([thing.name for thing in self.things], ends, faces, context.width)
        places = [times.places[moment] for moment in self.moments]
        self.xs = moments_at(places, self.columns.left, self.columns.right)
        self._lay(scale, unit_of(options, table))
        self._draw()

    # How each thing looks

    def _series_styles(self) -> list[SeriesStyle]:
        if not self.marked:
            return [SeriesStyle(self.style.brand)] * len(self.things)
        own = iter(series_styles(sum(thing.strong for thing in self.things), self.style))
        return [
            replace(next(own), dashes=None) if t.strong else SeriesStyle(quiet_colour(self.style)) for t in self.things
        ]

    def _face(self, row: int) -> Face:
        return Face(self.size, SEMIBOLD if self.things[row].strong else REGULAR)

    def _colour(self, row: int) -> str:
        if not self.marked:
            return self.style.ink
        return (
            with_contrast(self.styles[row].colour, self.style.paper, AA) if self.things[row].strong else self.style.grey
        )

    # Where everything stands

    def _scale_and_numbers(self) -> Scale:
        """The scale, from 0 at its top to 1; also writes all values as they suit it."""
        known = [float(point.value) for points in self.points for point in points if point.value is not None]
        scale = scale_of([*known, *(self.context.extent or ())], 1, 0, round_out=False)
        step = min((after - before for before, after in pairwise(scale.ticks)), default=0.0)
        written = iter(short_numbers(known, step, self.context.words.locale))
        self.numbers = [[next(written) if p.value is not None else "" for p in points] for points in self.points]
        return scale

    def _lay(self, scale: Scale, unit: str) -> None:
        context, style = self.context, self.style
        lead = style.small * style.leading
        self.unit = fonts.wrap(unit, context.width, self.small) if fonts.tidy(unit) else []
        limit = context.width / len(self.moments) - 6.0
        self.headings = [fonts.wrap(moment, limit, Face(style.small, SEMIBOLD)) for moment in self.moments]
        self.heading_top = len(self.unit) * lead + (3.0 if self.unit else 1.5)
        self.line_top = self.heading_top + max(map(len, self.headings)) * lead + 2.0
        self.top = self.line_top + self.lead * 0.7
        needed = total(map(self._room, self.columns.names))
        wished = min(HIGHEST, max(LOWEST, 0.4 * context.width, EACH * len(self.things)))
        self.bottom = self.top + max(needed, wished)
        self.scale = replace(scale, start=self.bottom, end=self.top)
        self.line_bottom = self.bottom + self.lead * 0.7

        self.italic = Face(style.small, italic=True)
        missing = self._missing()
        self.note = fonts.wrap(missing, context.width, self.italic) if missing else []
        doubtful = any(p.uncertain for points in self.points for p in points if p.value is not None)
        uncertain = uncertain_line_key(context.words["uncertain"], style, PLAIN, DOT - 0.3)
        self.key = [uncertain] if doubtful else []
        self.note_top = self.line_bottom + 5.0
        self.key_top = self.note_top + len(self.note) * lead
        keys = key_height(self.key, context.width, self.small) + 2.0 if self.key else 0.0
        self.canvas = Canvas(context.width, self.key_top + keys + 1.0, style)

    def _room(self, lines: Sequence[str]) -> float:
        """The height in pt of a name broken into ``lines``, with air to the next."""
        return len(lines) * self.lead + (APART if len(lines) > 1 else 0.8)

    def _missing(self) -> str:
        """Who has no value when: ``no data: Mongolia (1977)``."""
        found = []
        for thing, points in zip(self.things, self.points, strict=True):
            moments = [point.x for point in points if point.value is None]
            if moments:
                found.append(f"{thing.name} ({', '.join(moments)})")
        return f"{self.context.words['no-data']}: {', '.join(found)}" if found else ""

    # Drawing

    def _draw(self) -> None:
        canvas, style = self.canvas, self.style
        canvas.text_lines(0, fonts.ASCENT * style.small + 0.5, self.unit, self.small, style.grey)
        self._draw_moments()
        front = [row for row, thing in enumerate(self.things) if thing.strong or not self.marked]
        behind = [row for row in range(len(self.things)) if row not in front]
        for row in (*behind, *reversed(front)):
            self._draw_thing(row)
        self._draw_labels(0)
        self._draw_labels(-1)
        canvas.text_lines(0, self.note_top + fonts.ASCENT * style.small, self.note, self.italic, style.grey)
        draw_key(canvas, 0, self.key_top, self.context.width, self.key, self.small)

    def _draw_moments(self) -> None:
        """An upright line for each moment, its name above it."""
        canvas, style = self.canvas, self.style
        face = Face(style.small, SEMIBOLD)
        widths = [max(fonts.width(line, face) for line in lines) + 5.0 for lines in self.headings]
        lead = style.small * style.leading
        most = max(map(len, self.headings))
        for x, centre, lines in zip(
            self.xs, spread(self.xs, widths, 0.0, self.context.width), self.headings, strict=True
        ):
            canvas.line([(x, self.line_top), (x, self.line_bottom)], style.hair, style.rule)
            y = self.heading_top + (most - len(lines)) * lead + fonts.ASCENT * style.small
            canvas.text_lines(centre, y, lines, face, style.ink, "middle")

    def _draw_thing(self, row: int) -> None:
        canvas, colour = self.canvas, self.styles[row].colour
        width = PLAIN if not self.marked else STRONG if self.things[row].strong else QUIET
        places = [
            (x, self.scale.at(float(point.value))) if point.value is not None else None
            for x, point in zip(self.xs, self.points[row], strict=True)
        ]
        doubtful = [point.uncertain for point in self.points[row]]
        for turn, (one, two) in enumerate(pairwise(places)):
            if one and two:
                canvas.line([one, two], colour, width, DASHES if doubtful[turn] or doubtful[turn + 1] else None)
        for place, open_ in zip(places, doubtful, strict=True):
            if place and open_:
                canvas.capsule(place[0], place[0], place[1], DOT - 0.3, self.style.paper, colour, 1.0)
            elif place:
                canvas.capsule(place[0], place[0], place[1], DOT if width > QUIET else 1.6, colour)

    def _draw_labels(self, side: int) -> None:
        """Values and names at one end: ``side`` 0 is the first moment, -1 the last."""
        columns, style = self.columns, self.style
        if side == 0 and not columns.first:
            return
        named = columns.both or side == -1
        values = [points[side].value for points in self.points]
        ends = {row: self.scale.at(value) for row, value in enumerate(values) if value is not None}
        heights = [self._room(columns.names[row] if named else ("",)) for row in ends]
        centres = spread(list(ends.values()), heights, self.top - self.lead / 2, self.bottom + self.lead / 2)
        moved = any(abs(centre - y) > MOVED for y, centre in zip(ends.values(), centres, strict=True))
        reach = columns.leader if moved else REACH
        outward, edge = (-1, columns.left) if side == 0 else (1, columns.right)
        for (row, y), centre in zip(ends.items(), centres, strict=True):
            if abs(centre - y) > MOVED:
                points = [(edge + outward * (DOT + 1.0), y), (edge + outward * (reach - 1.5), centre)]
                self.canvas.line(points, style.hair, style.hairline)
            face, colour = self._face(row), self._colour(row)
            base = centre + MIDDLE * self.size
            wide = columns.values[side]
            right_edge = edge - reach if side == 0 else edge + reach + wide
            self.canvas.text(right_edge, base, self.numbers[row][side], face, colour, "end")
            if not named:
                continue
            lines = columns.names[row]
            x = edge + outward * (reach + wide + BETWEEN)
            first = base - (len(lines) - 1) / 2 * self.lead
            self.canvas.text_lines(x, first, lines, face, colour, "end" if side == 0 else "start", lead=self.lead)
