"""Drawing a coverage matrix."""

from __future__ import annotations

from collections.abc import Sequence

from c6brief.brief.short_names import distinct_names
from c6brief.documents.addition import total
from c6brief.figures.coverage.matrix import Coverage, CoverageSign
from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.canvas import Canvas
from c6brief.figures.drawing.fonts import MIDDLE, Face
from c6brief.figures.drawing.marks import KeyEntry, Sign, draw_key, draw_sign, key_height, key_sign
from c6brief.figures.drawing.style import BOLD, SEMIBOLD
from c6brief.figures.kinds import DrawContext

SIGNS: dict[CoverageSign, Sign] = {"quoted": "full", "reported": "open", "absent": "absent"}

ROW = 16.5
WIDEST, NARROWEST = 74.0, 17.0
"""pt of a column, at most and at least."""
NAME_LINES = 3
"""A source's name stands under its label in so many lines at most; where one needs more, all go to the foot."""
GAP = 10.0


class CoverageDrawing:
    """One matrix. Columns from left to right: themes, sources, count of voices."""

    def __init__(self, coverage: Coverage, names: Sequence[str], context: DrawContext) -> None:
        self.coverage, self.context, self.style, self.words = coverage, context, context.style, context.words
        style = self.style
        self.plain, self.strong = Face(style.text), Face(style.text, SEMIBOLD)
        self.name_face, self.small = Face(style.small), Face(style.small)
        self.counts = coverage.counts

        columns = max(1, len(coverage.sources))
        longest = max(fonts.width(self._voices_on(row), Face(style.label, SEMIBOLD)) for row in range(len(self.counts)))
        self.count_left = context.width - longest
        free = self.count_left - 2 * GAP
        widest = max(fonts.width(fonts.tidy(name), self.strong) for name in names)
        self.title_width = min(widest, max(0.42 * context.width, free - columns * WIDEST), free - columns * NARROWEST)
        self.column = min(WIDEST, (free - self.title_width) / columns)
        self.left = self.count_left - GAP - self.column * columns
        self.title_width = self.left - GAP
        self.titles = [fonts.wrap(name, self.title_width, self._face(row)) for row, name in enumerate(names)]
        self.heights = [ROW + (len(lines) - 1) * style.text * style.leading for lines in self.titles]

        sources = [context.evidence.sources[source] for source in coverage.sources]
        distinct = distinct_names(sources)
        shorts = [distinct.get(source.id, source.short) for source in sources]
        wrapped = fonts.wrap_whole(shorts, self.column - 12, [self.name_face] * len(shorts), NAME_LINES)
        self.source_names = wrapped or []
        explained = zip(map(context.label, coverage.sources), shorts, strict=True)
        legend = "  ".join(f"{label}\u00a0{short}" for label, short in explained)
        self.foot = fonts.wrap(legend, context.width, self.small) if wrapped is None else []

        self.brackets = [group for group in coverage.groups() if group[2] - group[1] > 1]
        self.bracket_lines = {}
        for group in self.brackets:
            voice, first, after = group
            words = f"{self.words['one-voice-bracket']}: {context.evidence.voice_name(voice)}"
            self.bracket_lines[group] = fonts.wrap(words, max((after - first) * self.column - 2, 46), self.small)
        lead = style.small * style.leading
        over = max((len(lines) for lines in self.bracket_lines.values()), default=0)
        self.bracket_height = over * lead + 7 if over else 0.0
        self.head = self.bracket_height + 12 + max(map(len, self.source_names), default=0) * lead + 4
        bottom = self.head + total(self.heights)
        key = self._key()
        foot = len(self.foot) * lead + (3 if self.foot else 0)
        height = bottom + key_height(key, context.width, self.small) + foot + 7
        self.canvas = Canvas(context.width, height, style)
        self._head(bottom)
        self._rows()
        draw_key(self.canvas, 0, bottom + 4, context.width, key, self.small)
        y = bottom + 5 + key_height(key, context.width, self.small) + lead
        self.canvas.text_lines(0, y, self.foot, self.small, style.grey)

    def _face(self, row: int) -> Face:
        return self.strong if self.counts[row] > 1 else self.plain

    def _middle(self, column: float) -> float:
        return self.left + (column + 0.5) * self.column

    def _voices_on(self, row: int) -> str:
        """How many voices speak of the theme in ``row``, in words."""
        if not self.counts[row] and self.coverage.is_covered(row):
            return self.words["voice-not-stated"]
        return self.words.count("voices", self.counts[row])

    def _head(self, bottom: float) -> None:
        """Brackets, labels and names of the sources; a tint behind those that share a voice."""
        canvas, style = self.canvas, self.style
        lead = style.small * style.leading
        for group in self.brackets:
            _, first, after = group
            left, right = self.left + first * self.column + 2, self.left + after * self.column - 2
            canvas.rectangle(left, self.bracket_height - 1, right, bottom, style.tint)
            line = self.bracket_height - 3
            canvas.line([(left, line + 3), (left, line), (right, line), (right, line + 3)], style.grey, style.rule)
            lines = self.bracket_lines[group]
            y = line - 3.5 - (len(lines) - 1) * lead
            canvas.text_lines((left + right) / 2, y, lines, self.small, style.grey, "middle")
        for column, source in enumerate(self.coverage.sources):
            y = self.bracket_height + 9
            label = Face(style.text, BOLD)
            canvas.text(self._middle(column), y, self.context.label(source), label, style.ink, "middle")
            names = self.source_names[column] if self.source_names else ()
            canvas.text_lines(self._middle(column), y + lead, names, self.name_face, style.grey, "middle")

    def _rows(self) -> None:
        canvas, style = self.canvas, self.style
        top = self.head
        canvas.line([(0, top), (self.context.width, top)], style.grey, style.rule)
        for row, height in enumerate(self.heights):
            middle = top + height / 2
            canvas.text_block(0, middle, self.titles[row], self._face(row), style.ink)
            for column, cell in enumerate(self.coverage.cells[row]):
                x = self._middle(column)
                draw_sign(canvas, SIGNS[cell], x, x, middle, style.brand)
            several = self.counts[row] > 1
            face = Face(style.label, SEMIBOLD) if several else Face(style.label)
            words = self._voices_on(row)
            colour = style.ink if several else style.grey
            canvas.text(self.count_left, middle + MIDDLE * face.size, words, face, colour)
            top += height
            last = row == len(self.heights) - 1
            colour, width = (style.grey, style.rule) if last else (style.hair, style.hairline)
            canvas.line([(0, top), (self.context.width, top)], colour, width)

    def _key(self) -> list[KeyEntry]:
        used = {cell for row in self.coverage.cells for cell in row}
        return [(*key_sign(sign, self.style.grey), self.words[cell]) for cell, sign in SIGNS.items() if cell in used]
