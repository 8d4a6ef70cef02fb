"""Drawing a table: three rules, numbers in line, bars and tints in cells; as a list of its rows where it is narrow."""

from __future__ import annotations

from c6brief.brief.model import RowGroup, TableCell, TableColumn, TableRow
from c6brief.brief.table_layout import MISSING, TableLayout
from c6brief.figures import fonts
from c6brief.figures.canvas import Canvas
from c6brief.figures.fonts import ASCENT, DESCENT, Face
from c6brief.figures.kind import DrawContext
from c6brief.figures.palette import tint
from c6brief.figures.style import SEMIBOLD
from c6brief.figures.tables.table_columns import AROUND, BESIDE, SIGN, Faces, Fit, cell_end, columns_for

AIR = 0.95
"""What the lines of a row have above and below them together, in sizes; less where there are many rows."""
TIGHT, MANY = 0.62, 24
RULE = 0.7
"""pt of the rules at the head and foot."""
BAR = 0.66
"""The height of a bar, in sizes."""
RAISED, LITTLE_RAISED = 0.36, 0.16
"""How far the sign of a note stands above the line, in sizes of the letters before it; less in the smallest ones, whose
lines are close."""


class TableDrawing:
    """One table. What does not fit beside each other even in the smallest letters stands below each other, row by row."""

    def __init__(self, table: TableLayout, setting: DrawContext) -> None:
        self.table, self.setting, self.style = table, setting, setting.style
        count = sum(len(group.rows) for group in table.groups)
        self.air = TIGHT if count > MANY else AIR
        fits = None
        for size in (self.style.text, self.style.label, self.style.tiny):
            self.faces = Faces.of(size, self.style)
            fits = columns_for(table, setting.width, self.faces)
            if fits:
                break
        self.note_face = Face(self.style.small)
        self.notes = self._wrapped_notes()
        # Drawn twice: the first time to learn the height.
        for height in (1.0, None):
            self.canvas = Canvas(setting.width, height or self.y + 1.5, self.style)
            self.y = RULE / 2
            if fits:
                self._table(fits)
            else:
                self._list()
            self._foot()

    @property
    def _lead(self) -> float:
        return self.faces.cell.size * self.style.leading

    def _rule(self, colour: str, width: float, left: float = 0.0) -> None:
        self.canvas.line([(left, self.y), (self.setting.width, self.y)], colour, width)

    def _sign(self, x: float, y: float, sign: str, size: float) -> None:
        if sign:
            raised = (RAISED if size > self.style.tiny else LITTLE_RAISED) * size
            self.canvas.text(x + SIGN, y - raised, sign, self.faces.sign, self.style.grey)

    # As a table

    def _table(self, fits: list[Fit]) -> None:
        style = self.style
        self._rule(style.ink, RULE)
        self._head(fits)
        self._rule(style.ink, style.rule)
        for group in self.table.groups:
            if group.title:
                self._group_title(group)
            for row in group.rows:
                if row.total:
                    self._rule(style.ink, style.rule)
                self._row(row, fits)
        self._rule(style.ink, RULE)

    def _head(self, fits: list[Fit]) -> None:
        """Titles and units above the numbers, all on the last line's level."""
        faces, style = self.faces, self.style
        lines: list[list[tuple[str, Face, str]]] = []
        for column, fit in zip(self.table.columns, fits, strict=True):
            titles = fonts.wrap(column.title, fit.words, faces.head)
            units = fonts.wrap(column.unit, fit.words, faces.unit) if fonts.tidy(column.unit) else []
            lines.append([(line, faces.head, style.ink) for line in titles])
            lines[-1] += [(line, faces.unit, style.grey) for line in units]
        most = max(map(len, lines))
        top = self.y + 0.45 * faces.cell.size
        for column, fit, words in zip(self.table.columns, fits, lines, strict=True):
            last_title = sum(face == faces.head for _, face, _ in words) - 1
            for number, (line, face, colour) in enumerate(words):
                y = top + (most - len(words) + number) * self._lead + ASCENT * faces.cell.size
                self._words(fit, column.numeric, y, line, face, colour, column.sign if number == last_title else "")
        self.y = top + most * self._lead + 0.3 * faces.cell.size

    def _words(
        self, fit: Fit, numeric: bool, y: float, words: str, face: Face, colour: str, sign: str, before: float = 0.0
    ) -> None:
        """Words in a column, their base line at ``y``: to its edge, ``before`` pt from it, or from its edge."""
        width = fonts.width(fonts.tidy(words), face)
        left = fit.edge - before - width if numeric else fit.edge
        self.canvas.text(left, y, words, face, colour)
        self._sign(left + width, y, sign, face.size)

    def _group_title(self, group: RowGroup) -> None:
        face = self.faces.head
        lines = fonts.wrap(group.title, self.setting.width, face)
        self.y += 0.55 * face.size
        for line in lines:
            self.canvas.text(0, self.y + ASCENT * face.size, line, face, self.style.ink)
            self.y += self._lead
        self.y += 0.22 * face.size
        self._rule(self.style.hair, self.style.hairline)

    def _row(self, row: TableRow, fits: list[Fit]) -> None:
        faces, style = self.faces, self.style
        strong = Face(faces.cell.size, SEMIBOLD) if row.total else faces.cell
        wrapped = []
        for number, (cell, fit) in enumerate(zip(row.cells, fits, strict=True)):
            face = strong if number == 0 else faces.cell
            wrapped.append([cell.text] if cell.numeric else fonts.wrap(cell.text, fit.words, face))
        height = max(map(len, wrapped)) * self._lead + self.air * faces.cell.size
        first = self.y + (self._lead + self.air * faces.cell.size) / 2  # the middle of the first line
        for number, (cell, fit, column) in enumerate(zip(row.cells, fits, self.table.columns, strict=True)):
            colour = style.grey if cell.text == MISSING else style.ink
            if cell.heat:
                behind, colour = tint(cell.heat, style)
                right = fit.edge + AROUND + (faces.sign_room(cell.sign) if not column.bars else 0)
                self.canvas.rectangle(fit.left, self.y, min(right, fit.right), self.y + height, behind)
            face = strong if number == 0 else faces.cell
            before = cell_end(cell, faces.cell) if cell.numeric else 0.0
            lines = wrapped[number]
            for count, line in enumerate(lines):
                y = first + fonts.MIDDLE * face.size + count * self._lead
                sign = cell.sign if count == len(lines) - 1 else ""
                self._words(fit, cell.numeric, y, line, face, colour, sign, before)
            if column.bars and not row.total:
                self._bar(cell, column, fit, first)
        self.y += height

    def _bar(self, cell: TableCell, column: TableColumn, fit: Fit, middle: float) -> None:
        left = fit.right - fit.track
        half = BAR * self.faces.cell.size / 2
        if cell.bar_width:
            start = left + _share(cell.bar_left) * fit.track
            end = start + _share(cell.bar_width) * fit.track
            self.canvas.rectangle(start, middle - half, end, middle + half, self.style.brand)
        if column.zero:
            x = left + _share(column.zero) * fit.track
            self.canvas.line([(x, middle - half - 2), (x, middle + half + 2)], self.style.grey, self.style.rule)

    # As a list

    def _list(self) -> None:
        """Each row under its name, a line for each column: for sheets as narrow as a margin."""
        style = self.style
        self._rule(style.ink, RULE)
        for group in self.table.groups:
            if group.title:
                self._group_title(group)
            for number, row in enumerate(group.rows):
                if number or row.total:
                    self._rule(style.ink if row.total else style.hair, style.hairline)
                self.y += 0.4 * self.faces.cell.size
                self._listed(row)
                self.y += 0.4 * self.faces.cell.size
        self._rule(style.ink, RULE)

    def _listed(self, row: TableRow) -> None:
        faces, style, width = self.faces, self.style, self.setting.width
        name = row.cells[0]
        lines = fonts.wrap(name.text, width - faces.sign_room(name.sign), faces.head)
        for number, line in enumerate(lines):
            y = self.y + ASCENT * faces.cell.size
            self.canvas.text(0, y, line, faces.head, style.ink)
            if number == len(lines) - 1:
                self._sign(fonts.width(line, faces.head), y, name.sign, faces.head.size)
            self.y += self._lead
        for cell, column in zip(row.cells[1:], self.table.columns[1:], strict=True):
            if cell.text:
                self._entry(cell, column)

    def _entry(self, cell: TableCell, column: TableColumn) -> None:
        """The heading at the left, the value at the right; below each other where the two are too long."""
        faces, style, width = self.faces, self.style, self.setting.width
        heading = f"{column.title}, {column.unit}" if column.unit else column.title
        colour = style.grey if cell.text == MISSING else style.ink
        around = 2.0 if cell.heat else 0.0
        behind = ""
        if cell.heat:
            behind, colour = tint(cell.heat, style)
        signs = faces.sign_room(cell.sign)
        room = fonts.width(fonts.tidy(cell.text), faces.cell) + signs + 2 * around
        beside = room <= 0.5 * width
        limit = width - room - BESIDE if beside else width
        words = fonts.wrap(heading, limit - faces.sign_room(column.sign), faces.unit)
        for number, line in enumerate(words):
            y = self.y + ASCENT * faces.cell.size
            self.canvas.text(0, y, line, faces.unit, style.grey)
            if number == len(words) - 1:
                self._sign(fonts.width(line, faces.unit), y, column.sign, faces.unit.size)
            self.y += self._lead
        values = [cell.text] if beside else fonts.wrap(cell.text, width - signs - 2 * around, faces.cell)
        if beside:
            self.y -= self._lead
        for number, line in enumerate(values):
            last = number == len(values) - 1
            room = fonts.width(fonts.tidy(line), faces.cell)
            left = width - around - signs - room if beside else around
            y = self.y + ASCENT * faces.cell.size
            if behind:
                right = left + room + (signs if last else 0) + around
                self.canvas.rectangle(left - around, self.y, right, self.y + self._lead, behind)
            self.canvas.text(left, y, line, faces.cell, colour)
            if last:
                self._sign(left + room, y, cell.sign, faces.cell.size)
            self.y += self._lead

    # Notes

    def _wrapped_notes(self) -> list[tuple[str, list[str]]]:
        indent = self._indent
        room = self.setting.width - indent
        return [(note.sign, fonts.wrap(note.text, room, self.note_face)) for note in self.table.notes]

    @property
    def _indent(self) -> float:
        signs = [fonts.width(note.sign, Face(self.style.small, SEMIBOLD)) for note in self.table.notes]
        return max(signs, default=0.0) + 4

    def _foot(self) -> None:
        """The notes, each from a line of its own."""
        face, lead = self.note_face, self.style.small * self.style.leading
        self.y += 3.0 if self.notes else 0.0
        for sign, lines in self.notes:
            strong = Face(face.size, SEMIBOLD)
            self.canvas.text(0, self.y + ASCENT * face.size + 1, sign, strong, self.style.ink)
            for line in lines:
                self.canvas.text(self._indent, self.y + ASCENT * face.size + 1, line, face, self.style.grey)
                self.y += lead
            self.y += 0.6
        self.y += DESCENT if self.notes else 0.0


def _share(percent: str) -> float:
    return float(percent.rstrip("%")) / 100
