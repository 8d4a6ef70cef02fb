"""Drawing a scatter plot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from c6brief.figures.annotations.drawing import COMPARED, DOTS, Words, draw_bands, words_of, write_words
from c6brief.figures.annotations.options import PLAIN, AnnotatedOptions
from c6brief.figures.annotations.poles import Poles
from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.axes import Plot, below_height, draw_levels, draw_uprights, gutter, tick_labels
from c6brief.figures.drawing.canvas import Canvas
from c6brief.figures.drawing.fonts import ASCENT, Face
from c6brief.figures.drawing.marks import KeyEntry, draw_key, draw_point, key_height, point_key
from c6brief.figures.drawing.palette import SeriesStyle, highlighted_styles, legible_colour, series_styles
from c6brief.figures.drawing.placement import Box
from c6brief.figures.drawing.scale import scale_of
from c6brief.figures.drawing.style import REGULAR, SEMIBOLD
from c6brief.figures.kinds import DrawContext
from c6brief.figures.scatter.areas import PointAreas
from c6brief.figures.scatter.calendar import calendar_ticks
from c6brief.figures.scatter.group_names import name_groups
from c6brief.figures.scatter.naming import ASCENT as NAME_ASCENT
from c6brief.figures.scatter.naming import LabelRequest, PlacedLabel, name_points
from c6brief.figures.scatter.spots import Scatter, Spot
from c6brief.figures.time.times import place_of

SHAPE, LOWEST, TALLEST = 0.6, 130.0, 300.0
"""The height of the plot in widths of the sheet, and its limits in pt."""
RADII = ((40, 2.9), (160, 2.3), (400, 1.8), (1500, 1.1), (10**9, 0.7))
"""The radius of points in pt, by how many there are at most."""
CROWD = 400
"""From here on points are drawn as one path for each colour, without rims."""
LARGEST = 0.034
"""The radius of the largest area, in widths of the sheet."""
NARROW = 200.0
"""pt of width below which points are smaller, and names that nobody asked for are left out rather than far off."""
FEW = 25
"""Up to so many points all have their names on a wider sheet, however crowded."""
RIM = 0.6
"""pt of paper around a point."""
LISTED = 6
"""Up to so many points without data are named under the plot."""


class ScatterDrawing:
    """One chart: both scales with their titles in words, the points, names beside them, what could not be drawn."""

    def __init__(self, scatter: Scatter, context: DrawContext, options: AnnotatedOptions = PLAIN) -> None:
        self.scatter, self.context, self.style, self.options = scatter, context, context.style, options
        self.face = Face(self.style.small)
        self.marked = any(spot.strong for spot in scatter.spots)
        self._choose_styles()
        self._radii()
        self._frame(keyed=False)
        self._points()
        self.group_boxes = self._group_names()
        if self.group_boxes is None:
            self._frame(keyed=True)
            self._points()
        self._names()
        self._draw()

    # How points look

    def _choose_styles(self) -> None:
        groups, strong = self.scatter.groups or ("",), self.scatter.strong_groups
        self.styles = (
            highlighted_styles([name in strong for name in groups], self.style)
            if self.marked
            else series_styles(len(groups), self.style)
        )

    def _colour(self, spot: Spot) -> str:
        return self.style.brand if self.marked and spot.strong else self.styles[spot.group].colour

    def _radii(self) -> None:
        scatter, width = self.scatter, self.context.width
        count = len(scatter.spots)
        small = next(radius for most, radius in RADII if count <= most) * (
            (0.85 if count <= CROWD else 0.7) if width < NARROW else 1
        )
        self.radius = small
        largest = max(3.0, LARGEST * width) if count <= CROWD else 2.5
        sizes = [spot.size for spot in scatter.spots] if scatter.size_title else []
        self.areas = PointAreas(scatter.size_title, sizes, largest, self.context)
        self.radii = [self.areas.radius(size) for size in sizes] or [small] * count

    # Where everything stands

    def _frame(self, keyed: bool) -> None:
        scatter, context, style = self.scatter, self.context, self.style
        width, lead = context.width, style.small * style.leading
        self.key = self._key(keyed)
        self.y_title = fonts.wrap(scatter.y_title, width, self.face)
        self.x_title = fonts.wrap(scatter.x_title, width, self.face)
        self.foot = self._absent()
        top = key_height(self.key, width, self.face) + 7 if self.key else 1.0
        self.areas_top = top
        top += self.areas.height
        self.title_top = top
        top += len(self.y_title) * lead + 5
        height = min(max(SHAPE * width, LOWEST), TALLEST)
        pad = max([*self.radii[:1], *self.radii]) + 2
        values = [spot.y for spot in scatter.spots]
        upright = scale_of(
            [*values, *self.options.heights, *(context.extent or ())],
            0,
            1,
            ticks=max(2, int(height / 36)),
            log=scatter.log_y,
            round_out=False,
        )
        self.levels = tick_labels(upright, context.words.locale)
        left = min(gutter(self.levels, self.face), 0.45 * width)
        across = [spot.x for spot in scatter.spots]
        count = max(2, int((width - left) / 62))
        start, end = left + pad, width - pad
        if scatter.time:
            plain = scale_of(across, start, end, round_out=False)
            self.level, self.uprights = calendar_ticks(plain, count, context.words)
        else:
            self.level = scale_of(across, start, end, ticks=count, log=scatter.log_x, round_out=False)
            self.uprights = tick_labels(self.level, context.words.locale)
        periods = ((each.from_, each.label) for each in self.options.bands("x"))
        above = [(self._across(x), words) for x, words in (*self.options.on_poles, *periods)]
        self.poles = Poles(above, width, self.face)
        top += self.poles.height
        self.plot = Plot(left, top, width, top + height)
        self.upright = replace(upright, start=top + height - pad, end=top + pad)
        bottom = self.plot.bottom + below_height(self.face) + 2
        self.height = bottom + len(self.x_title) * lead + (len(self.foot) * lead + 3 if self.foot else 0) + 2

    def _across(self, words: str) -> float:
        """Where a number or time across stands that the chart names, in pt."""
        return self.level.at(place_of(words, self.scatter.time or "number"))

    def _points(self) -> None:
        spots = self.scatter.spots
        self.places = np.array(
            [
                (self.level.at(spot.x), self.upright.at(spot.y), radius)
                for spot, radius in zip(spots, self.radii, strict=True)
            ]
        )

    def _mark(self, index: int) -> tuple[float, float, float]:
        """A point's x, y and radius in pt."""
        x, y, radius = map(float, self.places[index])
        return x, y, radius

    def _key(self, keyed: bool) -> list[KeyEntry]:
        """Groups if ``keyed``, and the signs of what is uncertain or of a size that is not known."""
        scatter, style = self.scatter, self.style
        entries: list[KeyEntry] = []
        for name, one in zip(scatter.groups if keyed else (), self.styles, strict=False):
            entries.append(point_key(one, name, 2.6))
        if any(spot.uncertain for spot in scatter.spots):
            entries.append(point_key(SeriesStyle(style.grey), self.context.words["uncertain"], 2.6, hollow=True))
        if scatter.size_title and any(spot.size is None for spot in scatter.spots):
            words = f"{scatter.size_title}: {self.context.words['no-data']}"
            entries.append(point_key(SeriesStyle(style.grey, shape="diamond"), words, 1.6, hollow=True))
        return entries

    def _absent(self) -> list[str]:
        """What could not be drawn: named where there are few names, else counted."""
        absent, words = self.scatter.absent, self.context.words
        if not absent:
            return []
        named = all(absent) and len(absent) <= LISTED
        listed = f"{words['no-data']}: {', '.join(absent)}" if named else words.count("without-data", len(absent))
        return fonts.wrap(listed, self.context.width, self.face)

    # Names

    @property
    def _names_frame(self) -> Box:
        return self.plot.left + 1, self.plot.top - 2, self.context.width, self.plot.bottom - 1

    def _group_names(self) -> list[Box] | None:
        """Where the names of the groups stand among their points; ``None`` where they want a key."""
        scatter = self.scatter
        if not scatter.groups:
            return []
        if len(scatter.spots) > CROWD:
            return None
        numbers_ = np.array([spot.group for spot in scatter.spots])
        names = [fonts.tidy(name) for name in scatter.groups]
        face = Face(self.style.label, SEMIBOLD)
        reach = 10.0 if any(spot.named for spot in scatter.spots) else 3.0  # not to be taken for a point's name
        return name_groups(names, numbers_, self.places, self._names_frame, face, reach)

    def _names(self) -> None:
        spots = self.scatter.spots
        requests = [
            LabelRequest(
                fonts.tidy(spot.name),
                *self._mark(index),
                Face(self.style.small, SEMIBOLD if spot.strong else REGULAR),
                0 if spot.strong else 1,
                spot.optional and (len(spots) > FEW or self.context.width < NARROW),
            )
            for index, spot in enumerate(spots)
            if spot.named
        ]
        self.named = [spot for spot in spots if spot.named]
        taken = self.group_boxes or []
        self.labels: Sequence[PlacedLabel | None] = (
            name_points(requests, self.places, self._names_frame, taken) if requests else []
        )

    # Drawing

    def _draw(self) -> None:
        self.canvas = canvas = Canvas(self.context.width, self.height, self.style)
        style, lead = self.style, self.style.small * self.style.leading
        if self.key:
            draw_key(canvas, 0, 0, self.context.width, self.key, self.face)
        self.areas.draw(canvas, self.areas_top)
        canvas.text_lines(0, self.title_top + ASCENT * self.face.size, self.y_title, self.face, style.grey)
        across = [(self._across(each.from_), self._across(each.to)) for each in self.options.bands("x")]
        at = self.upright.at
        draw_bands(canvas, self.plot, across, [(at(float(e.from_)), at(float(e.to))) for e in self.options.bands("y")])
        draw_levels(canvas, self.plot, self.upright, self.levels, self.face)
        draw_uprights(canvas, self.plot, self.level, self.uprights, self.face)
        self.poles.draw(canvas, self.plot)
        for reference in self.options.references:
            height = self.upright.at(reference.value)
            canvas.line([(self.plot.left, height), (self.plot.right, height)], style.grey, COMPARED, DOTS)
        y = self.plot.bottom + below_height(self.face) + 2 + ASCENT * self.face.size
        canvas.text_lines(self.context.width, y, self.x_title, self.face, style.grey, "end")
        y += len(self.x_title) * lead + 3
        canvas.text_lines(0, y, self.foot, self.face, style.grey)
        self._draw_points()
        for label in self.labels:
            if label and label.lead:
                canvas.line(label.lead, style.paper, 1.4)
                canvas.line(label.lead, style.grey, style.hairline)
        for left, top, right, bottom in [*(self.group_boxes or []), *(label.box for label in self.labels if label)]:
            canvas.rectangle(left - 0.5, top + 0.5, right + 0.5, bottom - 0.5, style.paper)  # no grid through names
        for name, one, box in zip(self.scatter.groups, self.styles, self.group_boxes or (), strict=False):
            face = Face(style.label, SEMIBOLD)
            canvas.text(box[0], box[1] + NAME_ASCENT * face.size, name, face, legible_colour(one.colour, style))
        for spot, label in zip(self.named, self.labels, strict=True):
            if label:
                colour = legible_colour(self._colour(spot), style) if spot.strong else style.ink
                colour = style.grey if self.marked and not spot.strong else colour
                canvas.text(label.x, label.y, label.words, label.face, colour)
        write_words(canvas, self.plot, self._words())

    def _words(self) -> list[Words]:
        """Words on the plot: those of bands and lines across, at its right edge, and annotations."""
        options, right = self.options, self.plot.right
        found = []
        for index, each in enumerate(options.periods):
            if each.axis == "y":
                low, high = (self.upright.at(float(end)) for end in (each.from_, each.to))
                found.append(
                    Words(each.label, right, (low + high) / 2, ("periods", index, "label"), None, self.style.grey)
                )
        for index, reference in enumerate(options.references):
            y = self.upright.at(reference.value) - 6.0
            found.append(Words(reference.label, right, y, ("references", index, "label"), None, self.style.grey))
        return words_of(options, lambda x, y: (self._across(x), self.upright.at(y))) + found

    def _draw_points(self) -> None:
        """The large ones first, of one size the highlighted ones last, so that none is hidden."""
        spots = self.scatter.spots
        order = sorted(range(len(spots)), key=lambda index: (-self.radii[index], spots[index].strong, index))
        if len(spots) > CROWD:
            self._draw_crowd([index for index in order if not spots[index].strong])
            order = [index for index in order if spots[index].strong]
        for index in order:
            spot, (x, y, radius) = spots[index], self._mark(index)
            shape = self.styles[spot.group].shape
            if self.scatter.size_title and spot.size is None:
                draw_point(self.canvas, "diamond", x, y, 1.6, self._colour(spot), hollow=True)
            else:
                draw_point(self.canvas, shape, x, y, radius, self._colour(spot), spot.uncertain, rim=RIM)

    def _draw_crowd(self, order: Sequence[int]) -> None:
        """Points of one sign as one path; those that print in one place, once."""
        spots = self.scatter.spots
        alike = [(spots[index].group, spots[index].uncertain, round(self.radii[index], 1)) for index in order]
        for group, uncertain, radius in sorted(set(alike), key=lambda sign: (-sign[2], sign[0], sign[1])):
            members = [index for index, sign in zip(order, alike, strict=True) if sign == (group, uncertain, radius)]
            points = np.unique(np.round(self.places[members, :2], 1), axis=0)
            self.canvas.dots(points, radius, self.styles[group].colour)
            if uncertain:
                self.canvas.dots(points, max(radius - 0.4, 0.3), self.style.paper)
