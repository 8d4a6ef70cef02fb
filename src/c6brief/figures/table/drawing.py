"""Drawing a table: three rules, numbers in line, bars and tints in cells; as a list of its rows where it is narrow."""

from __future__ import annotations

from c6brief.brief.model import RowGroup, TableCell, TableColumn, TableRow
from c6brief.brief.table_layout import MISSING, TableLayout
from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.canvas import Canvas
from c6brief.figures.drawing.fonts import ASCENT, DESCENT, Face
from c6brief.figures.drawing.palette import tint
from c6brief.figures.drawing.style import SEMIBOLD
from c6brief.figures.kinds import DrawContext
from c6brief.figures.table.columns import AROUND, BESIDE, SIGN, PlacedColumn, TableFaces, cell_end, columns_for

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
    """One table. Where its columns do not fit even in the smallest letters, its rows stand as lists of their cells."""

    def __init__(self, table: TableLayout, context: DrawContext) -> None:
        self.table, self.context, self.style = table, context, context.style
        count = sum(len(group.rows) for group in table.groups)
        self.air = TIGHT if count > MANY else AIR
        columns = None
        for size in (self.style.text, self.style.label, self.style.tiny):
            self.faces = TableFaces.of(size, self.style)
            columns = columns_for(table, context.width, self.faces)
            if columns:
                break
        self.note_face = Face(self.style.small)
        self.notes = self._wrapped_notes()
        self.y = 0.0
        # Drawn twice: the first time to learn the height.
        for height in (1.0, None):
            self.canvas = Canvas(context.width, height or self.y + 1.5, self.style)
            self.y = RULE / 2
            if columns:
                self._table(columns)
            else:
                self._list()
            self._foot()

    @property
    def _lead(self) -> float:
        return self.faces.cell.size * self.style.leading

    def _rule(self, colour: str, width: float, left: float = 0.0) -> None:
        self.canvas.line([(left, self.y), (self.context.width, self.y)], colour, width)

    def _sign(self, x: float, y: float, sign: str, size: float) -> None:
        if sign:
            raised = (RAISED if size > self.style.tiny else LITTLE_RAISED) * size
            self.canvas.text(x + SIGN, y - raised, sign, self.faces.sign, self.style.grey)

    # As a table

    def _table(self, columns: list[PlacedColumn]) -> None:
        style = self.style
        self._rule(style.ink, RULE)
        self._head(columns)
        self._rule(style.ink, style.rule)
        for group in self.table.groups:
            if group.title:
                self._group_title(group)
            for row in group.rows:
                if row.total:
                    self._rule(style.ink, style.rule)
                self._row(row, columns)
        self._rule(style.ink, RULE)

    def _head(self, columns: list[PlacedColumn]) -> None:
        """Titles and units above the numbers, all on the last line's level."""
        faces, style = self.faces, self.style
        lines: list[list[tuple[str, Face, str]]] = []
        for column, place in zip(self.table.columns, columns, strict=True):
            titles = fonts.wrap(column.title, place.words, faces.head)
            units = fonts.wrap(column.unit, place.words, faces.unit) if fonts.tidy(column.unit) else []
            lines.append([(line, faces.head, style.ink) for line in titles])
            lines[-1] += [(line, faces.unit, style.grey) for line in units]
        most = max(map(len, lines))
        top = self.y + 0.45 * faces.cell.size
        for column, place, words in zip(self.table.columns, columns, lines, strict=True):
            last_title = sum(face == faces.head for _, face, _ in words) - 1
            for number, (line, face, colour) in enumerate(words):
                y = top + (most - len(words) + number) * self._lead + ASCENT * faces.cell.size
                self._words(place, column.numeric, y, line, face, colour, column.sign if number == last_title else "")
        self.y = top + most * self._lead + 0.3 * faces.cell.size

    def _words(
        self,
        place: PlacedColumn,
        numeric: bool,
        y: float,
        words: str,
        face: Face,
        colour: str,
        sign: str,
        before: float = 0.0,
    ) -> None:
        """Words in a column, their base line at ``y``: to its edge, ``before`` pt from it, or from its edge."""
        width = fonts.width(fonts.tidy(words), face)
        left = place.edge - before - width if numeric else place.edge
        self.canvas.text(left, y, words, face, colour)
        self._sign(left + width, y, sign, face.size)

    def _group_title(self, group: RowGroup) -> None:
        face = self.faces.head
        lines = fonts.wrap(group.title, self.context.width, face)
        self.y += 0.55 * face.size
        for line in lines:
            self.canvas.text(0, self.y + ASCENT * face.size, line, face, self.style.ink)
            self.y += self._lead
        self.y += 0.22 * face.size
        self._rule(self.style.hair, self.style.hairline)

    def _row(self, row: TableRow, columns: list[PlacedColumn]) -> None:
        faces, style = self.faces, self.style
        strong = Face(faces.cell.size, SEMIBOLD) if row.total else faces.cell
        wrapped = []
        for number, (cell, place) in enumerate(zip(row.cells, columns, strict=True)):
            face = strong if number == 0 else faces.cell
            wrapped.append([cell.text] if cell.numeric else fonts.wrap(cell.text, place.words, face))
        height = max(map(len, wrapped)) * self._lead + self.air * faces.cell.size
        first = self.y + (self._lead + self.air * faces.cell.size) / 2  # the middle of the first line
        for number, (cell, place, column) in enumerate(zip(row.cells, columns, self.table.columns, strict=True)):
            colour = style.grey if cell.text == MISSING else style.ink
            if cell.heat:
                behind, colour = tint(cell.heat, style)
                right = place.edge + AROUND + (faces.sign_room(cell.sign) if not column.bars else 0)
                self.canvas.rectangle(place.left, self.y, min(right, place.right), self.y + height, behind)
            face = strong if number == 0 else faces.cell
            before = cell_end(cell, faces.cell) if cell.numeric else 0.0
            lines = wrapped[number]
            for count, line in enumerate(lines):
                y = first + fonts.MIDDLE * face.size + count * self._lead
                sign = cell.sign if count == len(lines) - 1 else ""
                self._words(place, cell.numeric, y, line, face, colour, sign, before)
            if column.bars and not row.total:
                self._bar(cell, column, place, first)
        self.y += height

    def _bar(self, cell: TableCell, column: TableColumn, place: PlacedColumn, middle: float) -> None:
        left = place.right - place.track
        half = BAR * self.faces.cell.size / 2
        if cell.bar_width:
            start = left + _share(cell.bar_left) * place.track
            end = start + _share(cell.bar_width) * place.track
            self.canvas.rectangle(start, middle - half, end, middle + half, self.style.brand)
        if column.zero:
            x = left + _share(column.zero) * place.track
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
                self._list_row(row)
                self.y += 0.4 * self.faces.cell.size
        self._rule(style.ink, RULE)

    def _list_row(self, row: TableRow) -> None:
        faces, style, width = self.faces, self.style, self.context.width
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
        faces, style, width = self.faces, self.style, self.context.width
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
        room = self.context.width - indent
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
