"""Drawing the rows of a timeline."""

from __future__ import annotations

from collections.abc import Sequence

from c6brief.documents.addition import total
from c6brief.documents.colours import mix
from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.canvas import Canvas
from c6brief.figures.drawing.fonts import Face
from c6brief.figures.drawing.marks import KeyEntry, draw_key, key_height, key_sign
from c6brief.figures.drawing.style import SEMIBOLD
from c6brief.figures.kinds import DrawContext
from c6brief.figures.timeline.row_marks import RowMarks, widest_beyond
from c6brief.figures.timeline.rows import ABOUT, TimelineRow
from c6brief.figures.timeline.ticks import grid, ticks
from c6brief.figures.timeline.timescale import BREAK, INSET, fit_scale

ROW, TIGHT_ROW, MANY = 17.0, 14.5, 14
"""pt for a row of one line; the same where there are more rows than ``MANY``."""
GAP = 14.0
"""pt between titles, time and sources."""
LANE = 40.0
"""pt for what lies beyond a break of the line, at least: a mark and its year."""
LONG = 300.0
"""From this height of rows on (pt) the years stand below them too."""


class TimelineDrawing:
    """One timeline. Columns from left to right: titles, time, sources."""

    def __init__(self, rows: Sequence[TimelineRow], context: DrawContext) -> None:
        self.rows, self.context, self.style = rows, context, context.style
        self.words = context.words
        style = self.style
        self.tag_face = Face(style.label)
        self.tick_face = Face(style.label)
        self.key_face = Face(style.small)

        self.tags = [self._tags(row) for row in rows]
        heading = fonts.width(self.words["sources"], Face(style.small))
        widest_tag = max(fonts.width(words, Face(style.label, SEMIBOLD)) for words in self.tags)
        tag_width = max(heading, min(widest_tag, 0.16 * context.width))
        widest_title = max(fonts.width(fonts.tidy(row.event.title), self._title_face(row)) for row in rows)
        title_width = max(60.0, min(widest_title, 0.4 * context.width))
        self.left, self.right = title_width + GAP, context.width - tag_width - GAP
        self.tag_left = context.width - tag_width
        self.titles = [fonts.wrap(row.event.title, title_width, self._title_face(row)) for row in rows]
        self.tag_lines = [fonts.wrap(words, tag_width, Face(style.label, SEMIBOLD)) for words in self.tags]

        moments = [mark.moment for row in rows for mark in row.marks]
        self.scale = fit_scale(moments, self.left, self.right, lane=LANE)
        lane = widest_beyond(rows, self.scale, Face(style.small)) + 2 * INSET + BREAK
        self.scale = fit_scale(moments, self.left, self.right, lane=max(LANE, lane))
        self.ticks = ticks(self.scale, self.words, self.tick_face) if moments else []
        self.head = (26.0 if any(tick.upper for tick in self.ticks) else 15.0) + 3
        self.heights = [self._height(index) for index in range(len(rows))]
        below = self.head - 3 if total(self.heights) > LONG and self.ticks else 0.0
        key = self._key()
        bottom = self.head + total(self.heights)
        height = bottom + below + (key_height(key, context.width, self.key_face) + 7 if key else 2)

        self.canvas = Canvas(context.width, height, style)
        self._frame(bottom, below)
        top = self.head
        for index, row_height in enumerate(self.heights):
            self._row(index, top, row_height)
            top += row_height
        if key:
            draw_key(self.canvas, 0, bottom + below + 4, context.width, key, self.key_face)

    # Measures

    def _title_face(self, row: TimelineRow) -> Face:
        return Face(self.style.text, SEMIBOLD) if row.differs else Face(self.style.text)

    def _height(self, index: int) -> float:
        single = TIGHT_ROW if len(self.rows) > MANY else ROW
        more = max(
            (len(self.titles[index]) - 1) * self.style.text * self.style.leading,
            (len(self.tag_lines[index]) - 1) * self.style.label * self.style.leading,
        )
        return single + more

    def _tags(self, row: TimelineRow) -> str:
        """``S1 S2``, ``S1 ≠ S2``; in brackets who tells the event without dating it."""
        sides = [" ".join(self.context.label(source) for source in side) for side in row.sides]
        silent = " ".join(self.context.label(source) for source in row.silent)
        return " ≠ ".join(sides).strip() + (f" ({silent})" if silent else "")

    # The frame: scale, grid, rules, headings

    def _frame(self, bottom: float, below: float) -> None:
        canvas, style = self.canvas, self.style
        light = mix(style.hair, style.paper, 0.55)
        if self.ticks:
            for x in grid(self.scale):
                canvas.line([(x, self.head), (x, bottom)], light, style.hairline)
            self._labels(self.head - 6.5, upwards=True)
            if below:
                self._labels(bottom + style.label + 2.5, upwards=False)
        heading = Face(style.small)
        canvas.text(self.tag_left, self.head - 6.5, self.words["sources"], heading, style.grey)
        tops = [self.head + total(self.heights[:index]) for index in range(len(self.rows) + 1)]
        for y in tops[1:-1]:
            canvas.line([(0, y), (self.context.width, y)], style.hair, style.hairline)
        for y in (tops[0], tops[-1]):
            canvas.line([(0, y), (self.context.width, y)], style.grey, style.rule)
        self._breaks(tops[0], tops[-1])

    def _labels(self, y: float, *, upwards: bool) -> None:
        """The labels of the scale: the finer row next to the rule, the upper one away from it."""
        canvas, style = self.canvas, self.style
        other = -10.5 if upwards else 10.5
        for tick in self.ticks:
            canvas.text(tick.x, y + (other if tick.upper else 0), tick.words, self.tick_face, style.grey, "middle")
        beyond = Face(style.small, italic=True)
        if self.scale.earlier is not None:
            canvas.text(self.left, y, self.words["earlier"], beyond, style.grey)
        if self.scale.later is not None:
            canvas.text(self.right, y, self.words["later"], beyond, style.grey, "end")

    def _breaks(self, top: float, bottom: float) -> None:
        """Two short strokes across the rules where the line is broken."""
        canvas, style = self.canvas, self.style
        places = []
        if self.scale.earlier is not None:
            places.append(self.scale.left - 5)
        if self.scale.later is not None:
            places.append(self.scale.right + 5)
        for x in places:
            for y in (top, bottom):
                canvas.rectangle(x - 1.5, y - 1, x + 1.5, y + 1, style.paper)
                for shift in (-1.6, 1.6):
                    canvas.line([(x + shift - 1.3, y + 3), (x + shift + 1.3, y - 3)], style.grey, style.rule)

    # A row

    def _row(self, index: int, top: float, height: float) -> None:
        canvas, style = self.canvas, self.style
        row = self.rows[index]
        middle = top + height / 2
        colour = style.alarm if row.differs else style.ink
        self.canvas.text_block(0, middle, self.titles[index], self._title_face(row), colour)
        tag_face = Face(style.label, SEMIBOLD) if row.differs else self.tag_face
        self.canvas.text_block(
            self.tag_left, middle, self.tag_lines[index], tag_face, style.alarm if row.differs else style.grey
        )
        if not row.marks:
            self._write_no_date(row, middle)
        else:
            limits = (self.left - GAP + 3, self.right + GAP - 3)
            RowMarks(canvas, row, self.scale, middle, limits, self.context.label)

    def _write_no_date(self, row: TimelineRow, middle: float) -> None:
        face = Face(self.style.label, italic=True)
        many = len({account.source for account in row.event.accounts}) > 1
        words = self.words["no-date-many" if many else "no-date"]
        self.canvas.text_on_paper(self.left + 3, middle, words, face, self.style.grey, beside=2, half=5)

    # The key

    def _key(self) -> list[KeyEntry]:
        """The signs that this drawing uses."""
        style, words = self.style, self.words
        marks = [(row, mark) for row in self.rows for mark in row.marks]
        plain = [mark for row, mark in marks if not row.event.planned]
        stretched = any(left != right for left, right in (self.scale.ends(mark.moment) for _, mark in marks))
        entries: list[KeyEntry] = []
        if any(mark.stated for mark in plain):
            entries.append((*key_sign("full", style.grey), words["stated"]))
        if any(not mark.stated for mark in plain):
            entries.append((*key_sign("open", style.grey), words["derived"]))
        if stretched:
            entries.append((*key_sign("full", style.grey, 8), words["some-time-in"]))
        if any(row.event.planned for row, _ in marks):
            entries.append((*key_sign("planned", style.grey), words["planned"]))
        if any(mark.about for _, mark in marks):
            entries.append((ABOUT, fonts.width(ABOUT, self.key_face), words["about"]))
        if any(row.differs for row in self.rows):
            entries.append(("≠", fonts.width("≠", self.key_face), words["accounts-conflict"]))
        return entries
