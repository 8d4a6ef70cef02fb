"""Drawing a dot plot."""

from __future__ import annotations

from c6brief.documents.addition import total
from c6brief.documents.colours import mix
from c6brief.figures.annotations.drawing import above_with_values, draw_bands, draw_upright_line, words_of, write_words
from c6brief.figures.annotations.options import PLAIN, AnnotatedOptions
from c6brief.figures.annotations.poles import Poles
from c6brief.figures.dot.dots import DotRow, Dots
from c6brief.figures.dot.layout import DotLayout, values_of
from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.axes import GAP as TICK_GAP
from c6brief.figures.drawing.axes import Plot, below_height, draw_uprights, thin_labels, tick_labels
from c6brief.figures.drawing.canvas import Anchor, Canvas
from c6brief.figures.drawing.fonts import ASCENT, DESCENT, MIDDLE, Face
from c6brief.figures.drawing.marks import KeyEntry, draw_key, draw_point, key_height, point_key
from c6brief.figures.drawing.numbers import number as written
from c6brief.figures.drawing.palette import SeriesStyle, highlighted_styles, legible_colour, quiet_colour, series_styles
from c6brief.figures.drawing.placement import spread
from c6brief.figures.drawing.style import SEMIBOLD
from c6brief.figures.kinds import DrawContext
from c6brief.figures.rows.tabular import one_line

TALLEST = 600.0
"""pt: what a page holds beside the figure's headline. A taller figure is tried in smaller letters."""
NARROW = 200.0
"""pt of width below which names stand above their dots."""
JOIN = 2.2
"""pt: the line between the dots of a row."""
BAR = 0.55
"""The half height of a range, in radii of its dot."""


class DotDrawing:
    """One chart: names at the left, dots on one scale, the names of series once, above the dots of the first row."""

    def __init__(self, dots: Dots, context: DrawContext, options: AnnotatedOptions = PLAIN) -> None:
        context = context.holding(options.heights)
        self.dots, self.context, self.style, self.options = dots, context, context.style, options
        style = self.style
        self.marked = bool(dots.strong) or any(row.strong for row in dots.rows)
        tries = [
            (style.text, 0.42, False),
            (style.label, 0.42, False),
            (style.label, 0.5, False),
            (style.tiny, 0.5, False),
            (style.tiny, 0.58, False),
        ]
        if context.width < NARROW:
            tries = [(style.label, 1.0, True), (style.tiny, 1.0, True), (style.tiny, 0.5, False)]
        for size, share, stacked in tries:
            self.layout = DotLayout(dots, context, size, share, stacked)
            if total(self.layout.heights) <= TALLEST:
                break
        self._choose_styles()
        self.labels_above = self._names_above()
        self.key = self._key()
        self._draw()

    # Styles, names and key

    def _choose_styles(self) -> None:
        """The styles of the series, and quiet colours: from three on they differ by shape, two by lightness alone."""
        style, count = self.style, len(self.dots.series)
        self.styles = series_styles(count, style)
        if self.dots.strong:
            self.styles = highlighted_styles([name in self.dots.strong for name in self.dots.series], style)
        if count <= 2:
            self.styles = [SeriesStyle(one.colour) for one in self.styles]
        self.quiet = [mix(style.grey, style.paper, 0.75), mix(style.grey, style.paper, 0.4)]
        if count != 2:
            self.quiet = [quiet_colour(style)] * count

    def _colour(self, row: DotRow, index: int) -> str:
        if self.marked and not self.dots.strong and not row.strong:
            return self.quiet[index]
        return self.styles[index].colour

    def _names_above(self) -> list[tuple[float, float, str]]:
        """The names of series as (left, the dot's place, words) if all can stand directly above the first row."""
        layout, [first, *_] = self.layout, self.dots.rows
        several = len(self.dots.series) > 1
        values = values_of(first.dots)
        if not several or layout.stacked or layout.dodged or len(values) < len(first.dots):
            return []
        face = Face(layout.small.size, SEMIBOLD)
        wanted = [layout.scale.at(value) for value in values]
        widths = [fonts.width(fonts.tidy(name), face) + 7 for name in self.dots.series]
        if total(widths) > self.context.width - layout.left:
            return []
        centres = spread(wanted, widths, layout.left - 3.5, self.context.width + 3.5)
        return [
            (centre - (width - 7) / 2, x, fonts.tidy(name))
            for centre, width, x, name in zip(centres, widths, wanted, self.dots.series, strict=True)
        ]

    def _key(self) -> list[KeyEntry]:
        """What the signs mean, as far as nothing stands at them: series, ranges, uncertain values."""
        style, radius = self.style, self.layout.radius * 0.9
        entries: list[KeyEntry] = []
        if len(self.dots.series) > 1 and not self.labels_above:
            for name, one in zip(self.dots.series, self.styles, strict=True):
                entries.append(point_key(one, name, radius))
        if self.dots.range:
            colour = quiet_colour(style) if self.marked else self.styles[0].colour

            def sign(canvas: Canvas, left: float, y: float) -> None:
                self._range(canvas, left, left + 20, y, radius, colour)
                draw_point(canvas, "dot", left + 10, y, radius, colour)

            entries.append((sign, 20.0, self.dots.range))
        if any(dot.uncertain and dot.value is not None for row in self.dots.rows for dot in row.dots):
            entries.append(point_key(SeriesStyle(style.grey), self.context.words["uncertain"], radius, hollow=True))
        return entries

    # Drawing

    def _draw(self) -> None:
        layout, style, context = self.layout, self.style, self.context
        face = Face(style.small)
        head = key_height(self.key, context.width, face) + 5 if self.key else 0.0
        at = layout.scale.at
        poles = Poles(above_with_values(self.options, at, self._write), context.width, face)
        head += poles.height
        poles_bottom = head
        if self.labels_above:
            head += layout.small.size + 4
        words = tick_labels(layout.scale, context.words.locale)
        bottom = head + total(layout.heights) + 1
        unit, under = self._unit(words, face)
        foot = below_height(face) + (len(unit) - (0 if under else 1)) * face.size * style.leading * bool(unit)
        self.canvas = Canvas(context.width, bottom + max(foot, below_height(face)) + 1, style)
        if self.key:
            draw_key(self.canvas, 0, 0, context.width, self.key, face)
        plot = Plot(layout.left, head, layout.right, bottom)
        draw_bands(self.canvas, plot, [(at(float(each.from_)), at(float(each.to))) for each in self.options.periods])
        draw_uprights(self.canvas, plot, layout.scale, words, face)
        y = bottom + TICK_GAP + ASCENT * face.size + (face.size * style.leading if under else 0)
        anchor: Anchor = "end" if under else "start"
        for count, line in enumerate(unit):
            x = context.width if under else 0.0
            self.canvas.text(x, y + count * face.size * style.leading, line, face, style.grey, anchor)
        poles.draw(self.canvas, Plot(0.0, poles_bottom, context.width, poles_bottom))
        for reference in self.options.references:
            draw_upright_line(self.canvas, at(reference.value), poles_bottom, bottom)
        top = head
        middles = {}
        for turn, row in enumerate(self.dots.rows):
            middles[row.name] = self._middle(turn, top)
            self._row(turn, row, top)
            top += layout.heights[turn]
        self._write_series(head)
        write_words(self.canvas, plot, words_of(self.options, lambda x, y: (at(y), middles[one_line(x)])))

    def _write(self, value: float) -> str:
        return written(value, self.context.words.locale)

    def _middle(self, number: int, top: float) -> float:
        """The height at which the dots of a row stand that begins at ``top``, in pt."""
        layout = self.layout
        if layout.stacked:
            return top + layout.heads[number] + layout.bands[number] / 2
        return top + layout.heights[number] / 2

    def _unit(self, words: list[str], face: Face) -> tuple[list[str], bool]:
        """The unit in lines; whether it stands under the scale's numbers, not left of them where names leave room."""
        unit, layout = fonts.tidy(self.dots.unit), self.layout
        if not unit:
            return [], False
        places = [(layout.scale.at(tick), word) for tick, word in zip(layout.scale.ticks, words, strict=True)]
        first = min((left for left, _ in thin_labels(places, face, self.context.width)), default=layout.left)
        if not layout.stacked and fonts.width(unit, face) <= first - 8:
            return [unit], False
        return fonts.wrap(unit, self.context.width, face), True

    def _row(self, number: int, row: DotRow, top: float) -> None:
        layout, style, canvas = self.layout, self.style, self.canvas
        height, lead = layout.heights[number], layout.size * style.leading
        head = top + (0 if layout.stacked else (height - layout.heads[number]) / 2)
        y = head + lead / 2 + MIDDLE * layout.size
        lines = layout.names[number]
        if layout.stacked:
            right = max(
                *(fonts.width(line, layout.face(row)) for line in lines),
                *(fonts.width(line, layout.remark) for line in layout.remarks[number]),
                0,
            )
            canvas.rectangle(0, head, right + 2, head + layout.heads[number] - 1, style.paper)
        canvas.text_lines(0, y, lines, layout.face(row), style.ink)
        if layout.values:
            face = layout.number_face(row)
            beside = head + lead / 2 if layout.stacked else top + height / 2
            left = self.context.width - fonts.width(layout.values[number], face)
            self._text_on_paper(left, beside, layout.values[number], face, style.ink)
        y = head + len(lines) * lead + layout.remark.size * (style.leading / 2 + MIDDLE)
        canvas.text_lines(0, y, layout.remarks[number], layout.remark, style.grey)
        middle = self._middle(number, top)
        if any(dot.known for dot in row.dots):
            canvas.line([(layout.left, middle), (layout.right, middle)], style.hair, style.hairline)
            self._dots(number, row, middle)
        else:
            self._text_on_paper(layout.left, middle, self.context.words["no-data"], layout.remark, style.grey)

    def _text_on_paper(self, left: float, middle: float, words: str, face: Face, colour: str) -> None:
        self.canvas.text_on_paper(left, middle, words, face, colour, beside=1.2, half=0.42 * face.size)

    def _dots(self, number: int, row: DotRow, middle: float) -> None:
        layout, style, canvas = self.layout, self.style, self.canvas
        at, offsets = layout.scale.at, layout.offsets[number]
        strong = row.strong or not self.marked
        for label in layout.labels[number]:
            colour = self._colour(row, label.dot) if strong and len(self.dots.series) > 1 else style.ink
            face = layout.number_face(row)
            self._text_on_paper(label.left, middle, label.words, face, legible_colour(colour, style))
        values = values_of(row.dots)
        if len(values) > 1 and not layout.dodged:
            colour = mix(style.grey, style.paper, 0.3)
            canvas.line([(at(min(values)), middle), (at(max(values)), middle)], colour, JOIN)
        for index, dot in enumerate(row.dots):
            y, colour = middle + offsets[index], self._colour(row, index)
            if dot.low is not None and dot.high is not None:
                self._range(canvas, at(dot.low), at(dot.high), y, layout.radius, colour)
        # Backwards: of dots that touch, the first series lies on top.
        for index, dot in reversed(list(enumerate(row.dots))):
            if dot.value is not None:
                y, colour = middle + offsets[index], self._colour(row, index)
                shape = self.styles[index].shape
                draw_point(canvas, shape, at(dot.value), y, layout.radius, colour, dot.uncertain, rim=0.7)

    def _range(self, canvas: Canvas, left: float, right: float, y: float, radius: float, colour: str) -> None:
        """A bar, lighter than the dot that it goes through; a range without length is as wide as a line."""
        half, reach = radius * BAR, max(0.0, 0.6 - (right - left)) / 2
        fill = mix(colour, self.style.paper, 0.5)
        canvas.rectangle(left - reach, y - half, right + reach, y + half, fill)

    def _write_series(self, head: float) -> None:
        """The names of series, each with a line down to its dot in the first row."""
        layout, style = self.layout, self.style
        face = Face(layout.small.size, SEMIBOLD)
        middle = head + layout.heights[0] / 2
        for index, (left, x, words) in enumerate(self.labels_above):
            width = fonts.width(words, face)
            base = head - 3 - DESCENT * face.size
            colour = legible_colour(self._colour(self.dots.rows[0], index), style)
            self.canvas.text(left, base, words, face, colour)
            foot = min(max(x, left + 2), left + width - 2)
            end = middle + layout.offsets[0][index] - layout.radius - 0.8
            if end > base + 3:
                self.canvas.line([(foot, base + 2.2), (x, end)], colour, style.hairline)
