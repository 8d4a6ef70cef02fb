"""How wide the columns of a drawn table are, and in which letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from c6brief.brief.model import TableCell
from c6brief.brief.table_layout import TableLayout
from c6brief.documents.addition import total
from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.fonts import Face
from c6brief.figures.drawing.style import SEMIBOLD, Style

GAP, NARROW_GAP, WIDE_GAP = 14.0, 9.0, 44.0
"""pt between columns as wished, at least, and at most."""
TRACK, SHORT_TRACK, LONG_TRACK = 40.0, 22.0, 64.0
"""pt that a bar of full length has."""
BESIDE = 5.0
"""pt between a number and its bar."""
AROUND = 5.0
"""pt of tint left and right of a number."""
LONGEST_WORD = 96.0
"""pt to which a column of words can be narrowed however long its words."""
HAIR = 0.1
"""pt by which room is wider than the words in it, so that no rounding breaks them."""
SIGN = 0.6
"""pt between words and the sign of a note."""


@dataclass(frozen=True)
class TableFaces:
    """The letters of one table: of its cells, headings, units and signs."""

    cell: Face
    head: Face
    unit: Face
    sign: Face

    @classmethod
    def of(cls, size: float, style: Style) -> TableFaces:
        """Those of a table whose cells are set in ``size`` pt."""
        return cls(Face(size), Face(size, SEMIBOLD), Face(min(size, style.small)), Face(style.tiny))

    def sign_room(self, sign: str) -> float:
        """What a sign takes behind words, in pt."""
        return SIGN + fonts.width(sign, self.sign) if sign else 0.0


@dataclass
class PlacedColumn:
    """A column on the sheet. ``edge``: where numbers end, or words begin. ``track``: pt of its bars, 0 without any."""

    left: float
    right: float
    edge: float
    words: float
    track: float


@dataclass
class _ColumnNeed:
    """What a column needs: ``least`` and ``most`` pt for words or numbers, and ``fixed`` pt beside them."""

    numeric: bool
    least: float
    most: float
    signs: float
    bars: bool
    heat: bool

    def fixed(self, track: float) -> float:
        """pt for signs, tint and bars of at most ``track`` pt, beside the words or numbers."""
        beside = max(BESIDE, self.signs + 2) + track if self.bars else self.signs
        return beside + (2 * AROUND if self.heat else 0.0)


def cell_end(cell: TableCell, face: Face) -> float:
    """How far before the edge of its column a number ends, so that decimal points stand in line."""
    return fonts.width(cell.pad, face) if cell.pad else 0.0


def columns_for(table: TableLayout, width: float, faces: TableFaces) -> list[PlacedColumn] | None:
    """The columns within ``width`` pt; ``None`` where they do not fit in these letters."""
    needs = [_need_of(table, column, faces) for column in range(len(table.columns))]
    measures = ((TRACK, GAP), (SHORT_TRACK, GAP), (SHORT_TRACK, NARROW_GAP))
    for whole, (track, gap) in product((True, False), measures):  # shorter bars before broken headings
        free = width - gap * (len(needs) - 1) - total(need.fixed(track) for need in needs)
        if total(need.most if whole else need.least for need in needs) > free:
            continue
        words = _share_room(needs, free)
        slack = free - total(words)
        barred = sum(need.bars for need in needs)
        longer = min(LONG_TRACK - track, slack / (barred + 1)) if barred and whole else 0.0
        track, slack = track + longer, slack - longer * barred
        gap += min(WIDE_GAP - gap, slack / max(1, len(needs) - 1)) if slack > 0 else 0.0
        return _place_columns(needs, words, track, gap, width)
    return None


def _share_room(needs: Sequence[_ColumnNeed], free: float) -> list[float]:
    """Each column's words: as much as it wishes, or the same part of its wish beyond the least."""
    least, most = total(need.least for need in needs), total(need.most for need in needs)
    part = min(1.0, (free - least) / (most - least)) if most > least else 1.0
    return [need.least + part * (need.most - need.least) for need in needs]


def _place_columns(
    needs: Sequence[_ColumnNeed], words: Sequence[float], track: float, gap: float, width: float
) -> list[PlacedColumn]:
    """From the right edge of the sheet, so that the last column ends there; the first begins at the left one."""
    columns: list[PlacedColumn] = []
    right = width
    for need, room in reversed(list(zip(needs, words, strict=True))):
        whole = room + need.fixed(track)
        left = right - whole
        around = AROUND if need.heat else 0.0
        edge = left + around + room if need.numeric else left
        columns.append(PlacedColumn(left, right, edge, room, track if need.bars else 0.0))
        right = left - gap
    columns.reverse()
    first = columns[0]
    if not needs[0].numeric:
        columns[0] = PlacedColumn(0.0, first.right, 0.0, first.words + first.left, first.track)
    return columns


def _need_of(table: TableLayout, column: int, faces: TableFaces) -> _ColumnNeed:
    head = table.columns[column]
    cells = [(row.cells[column], row.total) for group in table.groups for row in group.rows]
    signs = max([faces.sign_room(head.sign), *(faces.sign_room(cell.sign) for cell, _ in cells)])
    title = [fonts.width(word, faces.head) for word in _parts(head.title)]
    title += [fonts.width(word, faces.unit) for word in _parts(head.unit)]
    whole = max(fonts.width(fonts.tidy(head.title), faces.head), fonts.width(fonts.tidy(head.unit), faces.unit)) + HAIR
    if head.numeric:
        numbers = max((fonts.width(cell.text, faces.cell) + cell_end(cell, faces.cell) for cell, _ in cells), default=0)
        least = max(numbers, min(LONGEST_WORD, max(title, default=0.0))) + HAIR
        return _ColumnNeed(True, least, max(least, min(whole, 2.2 * LONGEST_WORD)), signs, head.bars, head.heat)
    faced = [(cell.text, faces.head if is_total and column == 0 else faces.cell) for cell, is_total in cells]
    longest = max([*title, *(fonts.width(word, face) for text, face in faced for word in _parts(text))], default=0.0)
    most = max([whole, *(fonts.width(fonts.tidy(text), face) + HAIR for text, face in faced)])
    least = min(longest, LONGEST_WORD) + HAIR
    return _ColumnNeed(False, least, max(least, most), signs, head.bars, head.heat)


def _parts(words: str) -> list[str]:
    return fonts.tidy(words).split(" ")
