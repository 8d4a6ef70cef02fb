"""Drawing a map: everything is placed first, then drawn from the sea upwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import shapely
from babel.numbers import format_decimal

from c6brief.documents.colours import mix
from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.canvas import Canvas
from c6brief.figures.drawing.fonts import Face
from c6brief.figures.drawing.placement import Box, LabelFrame, box_of
from c6brief.figures.kinds import DrawContext
from c6brief.figures.map.geography import hatching
from c6brief.figures.map.ground import Wording, ground_of, lettering_for
from c6brief.figures.map.lettering import Name
from c6brief.figures.map.options import MapOptions, Water
from c6brief.figures.map.placement import MapLabel, map_label

MARGIN = 4.0
"""pt between the frame and what stands in it."""
SMALL = 40.0
"""pt². A country smaller than this is outlined, to be found at all."""
HATCH = 3.4
"""pt between the lines that mark a highlighted country."""


class MapDrawing:
    """One map: a frame, and a line about boundaries below it."""

    codes_allowed = False
    """Whether a country's code may stand in place of a name that would stand on another country."""

    def __init__(self, options: MapOptions, codes: Sequence[str], context: DrawContext) -> None:
        self.options, self.codes, self.context, self.style = options, tuple(codes), context, context.style
        self.places = tuple((site.lon, site.lat) for site in options.places)
        width = context.width
        self.ground = ground_of(self.codes, self.places, width)
        self.view, self.shapes, self.points = self.ground.view, self.ground.shapes, self.ground.points
        self.bar = self._bar()
        self._place()

        foot = fonts.wrap(context.words["disclaimer"], width, Face(self.style.tiny))
        lead = self.style.tiny * self.style.leading
        below = self.view.height + self._key_height()
        self.canvas = Canvas(width, below + 3 + len(foot) * lead + 1.5, self.style)
        self._ground()
        self._countries()
        self._names()
        if self.bar:
            self._scale()
        self._key()
        self.canvas.text_lines(0, below + 2.5 + lead, foot, Face(self.style.tiny), self.style.grey)

    # Placing

    def _place(self) -> None:
        """Room for the scale bar, then for the seas, then for all other names."""
        view = self.view
        frame: Box = (MARGIN, MARGIN, view.width - MARGIN, view.height - MARGIN)
        sheet = LabelFrame(frame, [(x - 3, y - 3, x + 3, y + 3) for x, y in self.points])
        self.bar_box = self._bar_box(self.bar, sheet) if self.bar else None
        if self.bar_box:
            sheet.take(self.bar_box)
        self.seas: list[tuple[MapLabel, Box]] = []
        for water in self._seas():
            found = _near(
                map_label(water.name, Face(self.style.small, italic=True), 2), view.point(water.lon, water.lat), sheet
            )
            if found:
                self.seas.append(found)
                sheet.take(found[1])
        wording = Wording(
            names=tuple((code, self._name_of(code)) for code in self.codes),
            neighbours=tuple((code, self._name_of(code)) for code in self._neighbours()),
            places=tuple(site.name for site in self.options.places),
            given=tuple((code, view.point(at.lon, at.lat)) for code, at in self.options.labels.items()),
            short=tuple((code, code) for code in self.codes) if self.codes_allowed else (),
        )
        taken = tuple(sheet.taken[len(self.points) :])
        self.lettering = lettering_for(self.codes, self.places, self.context.width, wording, frame, taken, self.style)

    def _bar_box(self, bar: tuple[float, str], sheet: LabelFrame) -> Box | None:
        """The corner where a scale bar hides least of the countries shown."""
        length, words = bar
        width = max(length, fonts.width(words, Face(self.style.tiny))) + 2
        height = self.style.tiny + 5
        left, top, right, bottom = sheet.frame
        corners = np.array(
            [
                (x, y, x + width, y + height)
                for y in (bottom - height - 2, top + 2)
                for x in (left + 2, right - width - 2)
            ]
        )
        corners = corners[sheet.free(corners)]
        if not len(corners):
            return None
        shown = shapely.union_all(np.concatenate(list(self.shapes.values())))
        hidden = shapely.area(shapely.intersection(shapely.box(*corners.T), shown))
        return box_of(corners[int(np.argmin(np.round(hidden, 1)))])

    def _bar(self) -> tuple[float, str] | None:
        """The length of a scale bar in pt, and its words; none on a map of the world, where no one scale holds."""
        if not self.view.projection.true_scale:
            return None
        most = self.view.width / 6 / self.view.scale
        power = 10 ** np.floor(np.log10(most))
        kilometres = max(step * power for step in (1, 2, 5) if step * power <= most)
        number = format_decimal(float(kilometres), locale=self.context.words.locale)
        return float(kilometres * self.view.scale), self.context.words["km"].format(n=number)

    # Drawing

    def _ground(self) -> None:
        """Sea and land; no borders between neighbours."""
        canvas, style, view = self.canvas, self.style, self.view
        canvas.rectangle(0, 0, view.width, view.height, style.sea)
        canvas.rings(_rings(self.ground.land), style.land)
        canvas.lines(self.ground.coasts, style.coast, style.hairline)

    def _key_height(self) -> float:
        """The room in pt between the frame and the line about boundaries."""
        return 0.0

    def _key(self) -> None:
        """What stands in that room: nothing below a locator."""

    def _hatch_colours(self) -> dict[str, str]:
        """By code: the colour of the lines through countries that hatching tells apart."""
        return {code: mix(self.style.second, self.style.paper, 0.8) for code in self.options.highlight}

    def _fill(self, code: str) -> str:
        style = self.style
        if code in self.options.highlight:
            return mix(style.second, style.paper, 0.40)
        return mix(style.brand, style.paper, 0.40)

    def _countries(self) -> None:
        canvas, style = self.canvas, self.style
        for code, shapes in self.shapes.items():
            small = shapely.area(shapes).sum() < SMALL
            canvas.rings(_rings(shapes), self._fill(code), style.ink if small else None, style.hairline if small else 0)
        clear = [shapely.box(*name.box).buffer(1.2) for name in (*self.lettering.countries, *self.lettering.places)]
        clear += [shapely.Point(point).buffer(3.2) for point in self.points]
        for code, colour in self._hatch_colours().items():
            open_ground = shapely.difference(self.shapes[code], shapely.union_all(clear))
            canvas.lines(hatching(open_ground, HATCH), colour, 0.5)
        canvas.lines(self.ground.borders, style.paper, 0.9)
        canvas.lines(self.ground.own_coasts, mix(style.brand, style.paper, 0.6), style.hairline)

    def _names(self) -> None:
        canvas, style = self.canvas, self.style
        for name in self.lettering.neighbours:
            self._write(name.label, name.box, style.grey)
        for sea, box in self.seas:
            self._write(sea, box, mix(style.brand, style.grey, 0.5))
        signs = dict(zip((site.name for site in self.options.places), self.points, strict=True))
        for name in self.lettering.places:
            if name.lead:
                canvas.line([signs[name.of], name.lead], style.ink, style.hairline)
        for site, (x, y) in zip(self.options.places, self.points, strict=True):
            if site.capital:
                canvas.shape(
                    [(x - 1.6, y - 1.6), (x + 1.6, y - 1.6), (x + 1.6, y + 1.6), (x - 1.6, y + 1.6)],
                    style.ink,
                    style.paper,
                    0.6,
                )
            else:
                canvas.capsule(x, x, y, 1.6, style.ink, style.paper, 0.6)
        for name in self.lettering.countries:
            if name.lead:
                shape = max(self.shapes[name.of], key=lambda shape: shape.area)
                canvas.line([(shape.centroid.x, shape.centroid.y), name.lead], style.ink, style.hairline)
            self._write(name.label, name.box, *self._name_look(name))
        for name in self.lettering.places:
            self._write(name.label, name.box, style.ink, self._ground_below(name))

    def _name_look(self, name: Name) -> tuple[str, str | None]:
        """The colour of a country's name, and of its halo if it needs one."""
        return self.style.ink, None

    def _name_of(self, code: str) -> str:
        """A country's name as printed."""
        return self.context.words.country(code)

    def _seas(self) -> Sequence[Water]:
        """The waters that are named."""
        return self.options.seas

    def _neighbours(self) -> Iterable[str]:
        """The neighbours that are named."""
        return self.ground.neighbours

    def _ground_below(self, name: Name) -> str:
        """The colour that a place's name mostly stands on: its halo."""
        box = shapely.box(*name.box)
        for code, shapes in self.shapes.items():
            if shapely.area(shapely.intersection(shapes, box)).sum() > box.area / 2:
                return self._fill(code)
        on_land = shapely.area(shapely.intersection(self.ground.land, box)).sum() > box.area / 2
        return self.style.land if on_land else self.style.sea

    def _write(self, name: MapLabel, box: Box, colour: str, halo: str | None = None) -> None:
        middle = (box[0] + box[2]) / 2
        for y, words in zip(name.base_lines(box), name.lines, strict=True):
            self.canvas.text(middle, y, words, name.face, colour, "middle", halo)

    def _scale(self) -> None:
        """A bar of round kilometres."""
        if self.bar is None or self.bar_box is None:
            return
        length, words = self.bar
        left, _, _, bottom = self.bar_box
        colour = self.style.grey
        y = bottom - 1
        self.canvas.line([(left, y - 2.5), (left, y), (left + length, y), (left + length, y - 2.5)], colour, 0.7)
        self.canvas.text(left + length / 2, y - 2.2, words, Face(self.style.tiny), colour, "middle")


def _rings(shapes: np.ndarray) -> Iterator[np.ndarray]:
    """The rings of polygons, holes turning the other way."""
    for polygon in shapely.orient_polygons(shapes):
        for ring in (polygon.exterior, *polygon.interiors):
            yield shapely.get_coordinates(ring)


def _near(name: MapLabel, point: tuple[float, float], sheet: LabelFrame) -> tuple[MapLabel, Box] | None:
    """The free box nearest to ``point``, within 40 pt of it."""
    steps = np.arange(-40.0, 41.0, 4.0)
    across, down = (offsets.ravel() for offsets in np.meshgrid(steps, steps))
    order = np.argsort(np.hypot(across, down), kind="stable")
    boxes = np.array([name.around(point[0] + across[i], point[1] + down[i]) for i in order])
    good = sheet.free(boxes)
    return (name, box_of(boxes[int(np.argmax(good))])) if good.any() else None
