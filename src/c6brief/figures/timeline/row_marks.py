"""The marks of one row of a timeline, and the words that stand beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from c6brief.documents.colours import mix
from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.canvas import Canvas
from c6brief.figures.drawing.fonts import Face
from c6brief.figures.drawing.marks import Sign, draw_sign
from c6brief.figures.drawing.style import BOLD, REGULAR, SEMIBOLD, Style
from c6brief.figures.timeline.rows import ABOUT, DateMark, TimelineRow
from c6brief.figures.timeline.timescale import Side, TimeScale

ROOM_FOR_SIGN = 10.0
"""pt of a bar that its ≠ needs."""
BESIDE = 2.5
"""pt between a mark and the words beside it."""
ARROW = 9.0
"""pt of the arrow of a date that is open to one side."""

Interval = tuple[float, float]


def words_beyond(row: TimelineRow, scale: TimeScale, side: Side) -> str:
    """The years of ``row`` that lie beyond the break on ``side``: what the line cannot show, words must."""
    if side == "core":
        return ""
    years: list[tuple[int, ...]] = []
    for mark in row.marks:
        edges = tuple(dict.fromkeys(int(edge // 1) for edge in mark.moment.edges if scale.side(edge) == side))
        if edges and edges not in years:
            years.append(edges)
    if len(years) > 2:
        every = [year for edges in years for year in edges]
        years = [(min(every), max(every))]
    joint = " ≠ " if row.conflict else ", "
    return joint.join("–".join(map(str, dict.fromkeys(edges))) for edges in years)


class RowMarks:
    """Draws the marks of ``row`` around the height ``y``. Words stay between ``limits`` (pt)."""

    def __init__(
        self,
        canvas: Canvas,
        row: TimelineRow,
        scale: TimeScale,
        y: float,
        limits: Interval,
        label: Callable[[str], str],
    ) -> None:
        self.canvas, self.row, self.scale, self.y, self.limits, self.label = canvas, row, scale, y, limits, label
        self.style: Style = canvas.style
        self.colour = self.style.alarm if row.conflict else self.style.brand
        self.words_colour = self.style.alarm if row.conflict else self.style.grey
        reach = self.style.dot
        ends = [scale.ends(mark.moment) for mark in row.marks]
        self.bar: Interval | None = (
            (min(left for left, _ in ends), max(right for _, right in ends)) if row.conflict else None
        )
        if self.bar:
            _draw_conflict_bar(canvas, *self.bar, y)
        self.taken: list[Interval] = []
        self.extents: list[Interval] = []
        for mark, (left, right) in zip(row.marks, ends, strict=True):
            first, last = self._mark(mark, left, right)
            self.extents.append((first - reach, last + reach))
        self.taken += self.extents
        for side in ("earlier", "later"):
            self._beyond(side)
        if self.bar:
            self._unequal(self.bar)
        self._beside()

    def _mark(self, mark: DateMark, left: float, right: float) -> Interval:
        """One date. Returns where it begins and ends: an arrow shows an end that is open."""
        sign: Sign = "planned" if self.row.event.planned else "full" if mark.stated else "open"
        first, last = left, right
        if mark.moment.start is None or mark.moment.end is None:
            towards = 1 if mark.moment.end is None else -1
            tip = min(max(left + towards * (self.style.dot + ARROW), self.limits[0]), self.limits[1])
            line = self.style.outline
            self.canvas.line([(left, self.y), (tip, self.y)], self.colour, line)
            barbs = [(tip - towards * 2.5, self.y - 2.5), (tip, self.y), (tip - towards * 2.5, self.y + 2.5)]
            self.canvas.line(barbs, self.colour, line)
            first, last = min(left, tip), max(right, tip)
        draw_sign(self.canvas, sign, left, right, self.y, self.colour)
        return first, last

    def _beyond(self, side: Side) -> None:
        """The years beyond a break, between the mark and the break."""
        words = words_beyond(self.row, self.scale, side)
        place = self.scale.earlier if side == "earlier" else self.scale.later
        if not words or place is None:
            return
        there = [extent for extent in self.extents if extent[0] <= place <= extent[1]]
        face = Face(self.style.small)
        if side == "earlier":
            left = max((min(right, place + self.style.dot + ARROW) for _, right in there), default=place) + BESIDE
        else:
            right = min((max(left, place - self.style.dot - ARROW) for left, _ in there), default=place) - BESIDE
            left = right - fonts.width(words, face)
        self._write(words, face, left)

    def _unequal(self, bar: Interval) -> None:
        """≠ in the widest stretch of the bar that nothing covers."""
        reached, gaps = bar[0], []
        for left, right in sorted(self.taken):
            if left > reached:
                gaps.append((reached, min(left, bar[1])))
            reached = max(reached, right)
        left, right = max(gaps, key=lambda gap: gap[1] - gap[0], default=(0.0, 0.0))
        if right - left >= ROOM_FOR_SIGN:
            middle = (left + right) / 2
            _draw_unequal(self.canvas, middle, self.y, self.style.paper)
            self.taken.append((middle - 4, middle + 4))

    def _beside(self) -> None:
        """≈ for about; where accounts conflict, the sources of the first and the last date."""
        marks = list(zip(self.row.marks, self.extents, strict=True))
        first = min(range(len(marks)), key=lambda index: marks[index][1][0])
        last = max(range(len(marks)), key=lambda index: marks[index][1][1])
        for index, (mark, extent) in enumerate(marks):
            about = ABOUT if mark.about else ""
            tags = ""
            if self.row.conflict and index in (first, last) and self.scale.side(mark.moment.anchor) == "core":
                tags = " ".join(map(self.label, mark.sources))
            rightwards = self.row.conflict and index == last and index != first
            sides = (True, False) if rightwards else (False, True)
            tries = [(sides[0], tags)] if tags else []
            tries += [(towards, "") for towards in sides] if about else []
            for towards, tagged in tries:
                parts = (about, tagged) if towards else (tagged, about)
                if self._try(" ".join(part for part in parts if part), extent, towards, bool(tagged)):
                    break

    def _try(self, words: str, extent: Interval, rightwards: bool, tagged: bool) -> bool:
        """Write ``words`` beside ``extent`` if nothing stands there."""
        face = Face(self.style.small, SEMIBOLD if tagged else REGULAR)
        length = fonts.width(words, face)
        left = extent[1] + BESIDE if rightwards else extent[0] - BESIDE - length
        if left < self.limits[0] or left + length > self.limits[1]:
            return False
        if any(left < other[1] and left + length > other[0] for other in self.taken):
            return False
        self._write(words, face, left)
        return True

    def _write(self, words: str, face: Face, left: float) -> None:
        """Words on a patch of paper, so that no grid line, bar or bracket crosses them."""
        self.canvas.text_on_paper(left, self.y, words, face, self.words_colour, beside=1, half=4)
        self.taken.append((left - 1, left + fonts.width(words, face) + 1))


def widest_beyond(rows: Sequence[TimelineRow], scale: TimeScale, face: Face) -> float:
    """The width of the longest words beyond a break, in pt."""
    words = [words_beyond(row, scale, side) for row in rows for side in ("earlier", "later")]
    return max((fonts.width(word, face) for word in words), default=0.0)


def _draw_conflict_bar(canvas: Canvas, left: float, right: float, y: float) -> None:
    """The bar between accounts that conflict."""
    style = canvas.style
    canvas.line([(left, y), (right, y)], mix(style.alarm, style.paper, 0.45), 2.2)


def _draw_unequal(canvas: Canvas, x: float, y: float, behind: str) -> None:
    """The sign ≠ around ``x``, on a patch of ``behind``."""
    face = Face(canvas.style.text + 1.5, BOLD)
    half = fonts.width("≠", face) / 2
    canvas.rectangle(x - half - 1, y - 4, x + half + 1, y + 4, behind)
    canvas.text(x, y + 0.34 * face.size, "≠", face, canvas.style.alarm, "middle")
