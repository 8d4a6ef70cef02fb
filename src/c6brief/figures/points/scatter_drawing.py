"""Drawing a scatter plot."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from c6brief.figures import fonts
from c6brief.figures.axes import Plot, below_height, draw_levels, draw_uprights, gutter, tick_words
from c6brief.figures.canvas import Canvas
from c6brief.figures.fonts import ASCENT, MIDDLE, Face
from c6brief.figures.kind import DrawContext
from c6brief.figures.maps.placement import Box
from c6brief.figures.marks import KeyEntry, draw_key, key_height
from c6brief.figures.numbers import numbers
from c6brief.figures.palette import Look, looks, quiet
from c6brief.figures.points.calendar_ticks import calendar
from c6brief.figures.points.group_names import name_groups
from c6brief.figures.points.naming import ASCENT as NAME_ASCENT
from c6brief.figures.points.naming import LabelRequest, PlacedLabel, name_points
from c6brief.figures.points.points import draw_point, legible, point_key
from c6brief.figures.scale import scale_of
from c6brief.figures.style import REGULAR, SEMIBOLD

if TYPE_CHECKING:
    from c6brief.figures.kinds.scatter import Scatter, Spot

SHAPE, LOWEST, TALLEST = 0.6, 130.0, 300.0
"""The height of the plot in widths of the sheet, and its limits in pt."""
RADII = ((40, 2.9), (160, 2.3), (400, 1.8), (1500, 1.1), (10**9, 0.7))
"""The radius of points in pt, by how many there are at most."""
CROWD = 400
"""From here on points are drawn as one path for each colour, without rims."""
LARGEST = 0.034
"""The radius of the largest area, in widths of the sheet."""
SMALLEST = 1.3
"""pt: the radius of the smallest area; of zero, too."""
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

    def __init__(self, scatter: Scatter, setting: DrawContext) -> None:
        self.scatter, self.setting, self.style = scatter, setting, setting.style
        self.face = Face(self.style.small)
        self.marked = any(spot.strong for spot in scatter.spots)
        self._looks()
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

    def _looks(self) -> None:
        scatter, style = self.scatter, self.style
        made = looks(max(1, len(scatter.groups)), style)
        if self.marked:
            made = [
                Look(style.brand if name in scatter.strong_groups else quiet(style), shape=look.shape)
                for name, look in zip(scatter.groups or ("",), made, strict=True)
            ]
        self.looks = made

    def _colour(self, spot: Spot) -> str:
        return self.style.brand if self.marked and spot.strong else self.looks[spot.group].colour

    def _radii(self) -> None:
        scatter, width = self.scatter, self.setting.width
        count = len(scatter.spots)
        small = next(radius for most, radius in RADII if count <= most) * (
            (0.85 if count <= CROWD else 0.7) if width < NARROW else 1
        )
        self.radius = small
        self.radii = [small] * count
        self.most = max((spot.size or 0 for spot in scatter.spots), default=0) if scatter.size_title else 0
        self.largest = max(3.0, LARGEST * width) if count <= CROWD else 2.5
        if scatter.size_title:
            self.radii = [self._radius(spot.size) for spot in scatter.spots]

    def _radius(self, size: float | None) -> float:
        """The radius of an area for ``size``; the smallest for a size that is not known."""
        return max(SMALLEST, self.largest * math.sqrt((size or 0) / self.most)) if self.most else SMALLEST

    # Where everything stands

    def _frame(self, keyed: bool) -> None:
        scatter, setting, style = self.scatter, self.setting, self.style
        width, lead = setting.width, style.small * style.leading
        self.key = self._key(keyed)
        self.sizes = self._size_key() if self.most else []
        self.y_title = fonts.wrap(scatter.y_title, width, self.face)
        self.x_title = fonts.wrap(scatter.x_title, width, self.face)
        self.foot = self._absent()
        top = key_height(self.key, width, self.face) + 7 if self.key else 1.0
        self.sizes_top = top
        top += self._sizes_height()
        self.title_top = top
        top += len(self.y_title) * lead + 5
        height = min(max(SHAPE * width, LOWEST), TALLEST)
        pad = max([*self.radii[:1], *self.radii]) + 2
        values = [spot.y for spot in scatter.spots]
        self.upright = scale_of(
            [*values, *(setting.extent or ())],
            top + height - pad,
            top + pad,
            ticks=max(2, int(height / 36)),
            log=scatter.log_y,
            round_out=False,
        )
        self.levels = tick_words(self.upright, setting.words.locale)
        left = min(gutter(self.levels, self.face), 0.45 * width)
        self.plot = Plot(left, top, width, top + height)
        across = [spot.x for spot in scatter.spots]
        count = max(2, int((width - left) / 62))
        start, end = left + pad, width - pad
        if scatter.time:
            plain = scale_of(across, start, end, round_out=False)
            self.level, self.uprights = calendar(plain, count, setting.words)
        else:
            self.level = scale_of(across, start, end, ticks=count, log=scatter.log_x, round_out=False)
            self.uprights = tick_words(self.level, setting.words.locale)
        bottom = self.plot.bottom + below_height(self.face) + 2
        self.height = bottom + len(self.x_title) * lead + (len(self.foot) * lead + 3 if self.foot else 0) + 2

    def _points(self) -> None:
        spots = self.scatter.spots
        self.places = np.array(
            [
                (self.level.at(spot.x), self.upright.at(spot.y), radius)
                for spot, radius in zip(spots, self.radii, strict=True)
            ]
        )

    def _key(self, keyed: bool) -> list[KeyEntry]:
        """Groups if ``keyed``, and the signs of what is uncertain or of a size that is not known."""
        scatter, style = self.scatter, self.style
        entries: list[KeyEntry] = []
        for name, look in zip(scatter.groups if keyed else (), self.looks, strict=False):
            entries.append(point_key(look, name, 2.6))
        if any(spot.uncertain for spot in scatter.spots):
            entries.append(point_key(Look(style.grey), self.setting.words["uncertain"], 2.6, open_=True))
        if scatter.size_title and any(spot.size is None for spot in scatter.spots):
            words = f"{scatter.size_title}: {self.setting.words['no-data']}"
            entries.append(point_key(Look(style.grey, shape="diamond"), words, 1.6, open_=True))
        return entries

    def _size_key(self) -> list[tuple[float, str]]:
        """Two areas with their numbers: a round one near the largest, and one of a tenth of it."""
        power = 10.0 ** math.floor(math.log10(self.most))
        large = max(step * power for step in (1, 2, 5) if step * power <= self.most)
        values = [float(f"{large / 10:.6g}"), float(f"{large:.6g}")]
        return list(zip(map(self._radius, values), numbers(values, self.setting.words.locale), strict=True))

    def _absent(self) -> list[str]:
        """What could not be drawn: named where there are few names, else counted."""
        absent, words = self.scatter.absent, self.setting.words
        if not absent:
            return []
        named = all(absent) and len(absent) <= LISTED
        said = f"{words['no-data']}: {', '.join(absent)}" if named else words.count("without-data", len(absent))
        return fonts.wrap(said, self.setting.width, self.face)

    # Names

    @property
    def _names_frame(self) -> Box:
        return self.plot.left + 1, self.plot.top - 2, self.setting.width, self.plot.bottom - 1

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
        wanted = [
            LabelRequest(
                fonts.tidy(spot.name),
                *map(float, self.places[index]),
                Face(self.style.small, SEMIBOLD if spot.strong else REGULAR),
                0 if spot.strong else 1,
                spot.optional and (len(spots) > FEW or self.setting.width < NARROW),
            )
            for index, spot in enumerate(spots)
            if spot.named
        ]
        self.named = [spot for spot in spots if spot.named]
        taken = self.group_boxes or []
        self.placed: Sequence[PlacedLabel | None] = (
            name_points(wanted, self.places, self._names_frame, taken) if wanted else []
        )

    # Drawing

    def _draw(self) -> None:
        self.canvas = canvas = Canvas(self.setting.width, self.height, self.style)
        style, lead = self.style, self.style.small * self.style.leading
        if self.key:
            draw_key(canvas, 0, 0, self.setting.width, self.key, self.face)
        self._draw_sizes()
        for count, line in enumerate(self.y_title):
            canvas.text(0, self.title_top + ASCENT * self.face.size + count * lead, line, self.face, style.grey)
        draw_levels(canvas, self.plot, self.upright, self.levels, self.face)
        draw_uprights(canvas, self.plot, self.level, self.uprights, self.face)
        y = self.plot.bottom + below_height(self.face) + 2 + ASCENT * self.face.size
        for count, line in enumerate(self.x_title):
            canvas.text(self.setting.width, y + count * lead, line, self.face, style.grey, "end")
        y += len(self.x_title) * lead + 3
        for count, line in enumerate(self.foot):
            canvas.text(0, y + count * lead, line, self.face, style.grey)
        self._draw_points()
        for placed in self.placed:
            if placed and placed.lead:
                canvas.line(placed.lead, style.paper, 1.4)
                canvas.line(placed.lead, style.grey, style.hairline)
        for left, top, right, bottom in [*(self.group_boxes or []), *(placed.box for placed in self.placed if placed)]:
            canvas.rectangle(left - 0.5, top + 0.5, right + 0.5, bottom - 0.5, style.paper)  # no grid through names
        for name, look, box in zip(self.scatter.groups, self.looks, self.group_boxes or (), strict=False):
            face = Face(style.label, SEMIBOLD)
            canvas.text(box[0], box[1] + NAME_ASCENT * face.size, name, face, legible(look.colour, style))
        for spot, placed in zip(self.named, self.placed, strict=True):
            if placed:
                colour = legible(self._colour(spot), style) if spot.strong else style.ink
                colour = style.grey if self.marked and not spot.strong else colour
                canvas.text(placed.x, placed.y, placed.words, placed.face, colour)

    def _draw_points(self) -> None:
        """The large ones first, of one size the highlighted ones last, so that none is hidden."""
        spots = self.scatter.spots
        order = sorted(range(len(spots)), key=lambda index: (-self.radii[index], spots[index].strong, index))
        if len(spots) > CROWD:
            self._draw_crowd([index for index in order if not spots[index].strong])
            order = [index for index in order if spots[index].strong]
        for index in order:
            spot, (x, y, radius) = spots[index], map(float, self.places[index])
            shape = self.looks[spot.group].shape
            if self.scatter.size_title and spot.size is None:
                draw_point(self.canvas, "diamond", x, y, 1.6, self._colour(spot), open_=True)
            else:
                draw_point(self.canvas, shape, x, y, radius, self._colour(spot), spot.uncertain, rim=RIM)

    def _draw_crowd(self, order: Sequence[int]) -> None:
        """Points of one look as one path; those that print in one place, once."""
        spots = self.scatter.spots
        looks_ = [(spots[index].group, spots[index].uncertain, round(self.radii[index], 1)) for index in order]
        for group, uncertain, radius in sorted(set(looks_), key=lambda look: (-look[2], look[0], look[1])):
            members = [index for index, look in zip(order, looks_, strict=True) if look == (group, uncertain, radius)]
            points = np.unique(np.round(self.places[members, :2], 1), axis=0)
            self.canvas.dots(points, radius, self.looks[group].colour)
            if uncertain:
                self.canvas.dots(points, max(radius - 0.4, 0.3), self.style.paper)

    def _sizes_height(self) -> float:
        """The room that the key of areas needs: beside each other, or the quantity above where that is too wide."""
        self.size_title: list[str] = []
        if not self.sizes:
            return 0.0
        lead = self.style.small * self.style.leading
        circles = sum(2 * radius + 12 + fonts.width(words, self.face) for radius, words in self.sizes)
        if circles + fonts.width(self.scatter.size_title, self.face) > self.setting.width:
            self.size_title = fonts.wrap(self.scatter.size_title, self.setting.width, self.face)
        return max(lead, *(2 * radius for radius, _ in self.sizes)) + len(self.size_title) * lead + 6

    def _draw_sizes(self) -> None:
        """What areas mean, at the head of the plot: two circles with their numbers, and the quantity."""
        if not self.sizes:
            return
        canvas, style, x = self.canvas, self.style, 0.0
        lead = style.small * style.leading
        for count, line in enumerate(self.size_title):
            canvas.text(0, self.sizes_top + ASCENT * self.face.size + count * lead, line, self.face, style.grey)
        tall = max(lead, *(2 * radius for radius, _ in self.sizes))
        middle = self.sizes_top + len(self.size_title) * lead + tall / 2 + 1
        for radius, words in self.sizes:
            canvas.capsule(x + radius, x + radius, middle, radius - 0.3, style.paper, style.grey, style.rule)
            x += 2 * radius + 3
            canvas.text(x, middle + MIDDLE * self.face.size, words, self.face, style.grey)
            x += fonts.width(words, self.face) + 9
        if not self.size_title:
            y = middle + MIDDLE * self.face.size
            canvas.text(x - 3, y, self.scatter.size_title, self.face, style.grey)
