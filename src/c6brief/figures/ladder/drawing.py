"""Drawing a ladder."""

from __future__ import annotations

from itertools import groupby

from c6brief.documents.colours import mix
from c6brief.figures.drawing import fonts
from c6brief.figures.drawing.canvas import Canvas
from c6brief.figures.drawing.fonts import ASCENT, DESCENT, Face
from c6brief.figures.drawing.marks import KeyEntry, draw_key, draw_sign, key_height, key_sign
from c6brief.figures.drawing.style import SEMIBOLD
from c6brief.figures.kinds import DrawContext
from c6brief.figures.ladder.heads import FOOT, ColumnHeads, heads_for
from c6brief.figures.ladder.rungs import Ladder, Rung

ROW = 16.0
"""pt of a row of one line."""
GAP = 12.0
"""pt between names, countries and sources."""
NARROWEST, WIDEST = 11.0, 44.0
"""pt of a column of countries, at least and at most."""
NAMES = 88.0
"""pt that names of formats have beside the columns, at least; where there is less, they stand above them."""
LABEL_WIDTH = 0.14
"""The width of the sheet that the labels of sources take at most."""


class LadderDrawing:
    """One ladder. From left to right: names of formats, countries, sources.

    On a narrow sheet the names stand above their rows; where not even the countries find room beside each other, the
    members are written out.
    """

    def __init__(self, ladder: Ladder, context: DrawContext) -> None:
        self.ladder, self.context, self.style, self.words = ladder, context, context.style, context.words
        style, width = self.style, context.width
        self.name_face, self.tag_face = Face(style.text), Face(style.label)
        self.group_face, self.key_face = Face(style.text, SEMIBOLD), Face(style.small)
        self.names = {code: self.words.country(code) for code in ladder.countries}
        count = len(ladder.countries)

        self.tags = [" ".join(map(context.label, rung.sources)) for rung in ladder.rungs]
        widest = max(fonts.width(tag, self.tag_face) for tag in self.tags)
        self.heading = fonts.width(self.words["sources"], self.key_face)
        self.tag_width = max(self.heading, min(widest, LABEL_WIDTH * width))
        free = width - self.tag_width - GAP
        self.above = free - GAP - count * NARROWEST < NAMES
        self.spelled = self.above and count * NARROWEST > width
        if self.above:
            self.column = min(WIDEST, width / count)
            self.left, self.right = 0.0, self.column * count
            name_room = free
        else:
            longest = max(fonts.width(fonts.tidy(rung.name), self.name_face) for rung in ladder.rungs)
            wish = min(longest + 0.1, max(NAMES, 0.42 * width))
            self.column = max(NARROWEST, min(WIDEST, (free - GAP - wish) / count))
            self.left = free - self.column * count
            self.right = free
            name_room = self.left - GAP
        self.name_lines = [fonts.wrap(rung.name, name_room, self.name_face) for rung in ladder.rungs]
        self.tag_lines = [fonts.wrap(tag, self.tag_width, self.tag_face) for tag in self.tags]
        self.middles = [self.left + (index + 0.5) * self.column for index in range(count)]
        names = [self.names[code] for code in ladder.countries]
        self.head = (
            None if self.spelled else heads_for(names, ladder.countries, self.middles, self.column, width, style)
        )
        self.key = self._key()
        self.y = 0.0
        for height in (1.0, None):  # drawn twice: the first time to learn the height
            self.canvas = Canvas(width, height or self.y, style)
            self.y = 0.0
            self._draw()

    @property
    def _groups(self) -> list[tuple[str, list[int]]]:
        """Rungs (by number) of one group one after the other, under its name; the silent ones under none."""
        rungs = self.ladder.rungs
        order = groupby(range(len(rungs)), key=lambda index: (rungs[index].group, rungs[index].members))
        return [(group, list(found)) for (group, _), found in order]

    def _draw(self) -> None:
        style = self.style
        self._heading()
        self._rule(style.grey, style.rule)
        groups = self._groups
        titled = any(group for group, _ in groups)
        for number, (group, rungs) in enumerate(groups):
            if number:
                self._rule(style.grey if titled else style.hair, style.hairline)
            if group:
                self._group(group, len(self.ladder.rungs[rungs[0]].members or ()))
            for index, rung in enumerate(rungs):
                if index:
                    self._rule(style.hair, style.hairline)
                self._row(rung)
        self._rule(style.grey, style.rule)
        self.y += 4
        if self.key:
            draw_key(self.canvas, 0, self.y, self.context.width, self.key, self.key_face)
            self.y += key_height(self.key, self.context.width, self.key_face)
        self._foot()
        self.y += 3

    def _rule(self, colour: str, width: float) -> None:
        self.canvas.line([(0, self.y), (self.context.width, self.y)], colour, width)

    def _heading(self) -> None:
        """Countries over their columns, "Sources" over the labels: on a line of its own where the two would meet."""
        face = self.key_face
        line = (ASCENT + DESCENT) * face.size + 4
        left = self.context.width - self.tag_width
        head = self.head
        if head is None or self.above or min(head.right, head.top_right) > left - 4:
            self.y = line + (head.height if head else 0.0)
            level = line - 5
        else:
            self.y = head.height
            level = self.y - FOOT if head.right <= left - 4 else ASCENT * face.size + 1.5
        self.canvas.text(left, level, self.words["sources"], face, self.style.grey)
        if head:
            head.draw(self.canvas, self.y)

    def _group(self, name: str, count: int) -> None:
        face, lead = self.group_face, self.style.text * self.style.leading
        number = self.words.count("states", count)
        lines = fonts.wrap(name, self.context.width, face)
        self.y += 4
        for line in lines:
            self.canvas.text(0, self.y + ASCENT * face.size, line, face, self.style.ink)
            self.y += lead
        after = fonts.width(lines[-1], face) + 5
        small = Face(self.style.small)
        if after + fonts.width(number, small) <= self.context.width:
            self.canvas.text(after, self.y - lead + ASCENT * face.size, number, small, self.style.grey)
        self.y += 1

    def _row(self, index: int) -> None:
        rung = self.ladder.rungs[index]
        names, tags = self.name_lines[index], self.tag_lines[index]
        name_lead, tag_lead = self.style.text * self.style.leading, self.style.label * self.style.leading
        more = max((len(names) - 1) * name_lead, (len(tags) - 1) * tag_lead)
        height = ROW + more
        middle = self.y + height / 2
        self.canvas.text_block(0, middle, names, self.name_face, self.style.ink)
        self.canvas.text_block(self.context.width - self.tag_width, middle, tags, self.tag_face, self.style.grey)
        if self.above:
            self.y += height
            height = ROW - 3
            middle = self.y + height / 2 - 2
        if self.spelled:
            self._spell_out(rung)
            return
        if rung.members is None:
            self._draw_silence(rung, middle)
        else:
            self._members(rung, middle)
        self.y += height

    def _members(self, rung: Rung, middle: float) -> None:
        """A band behind those included, so that the steps are seen from afar; a dot for each."""
        canvas, style = self.canvas, self.style
        radius = min(style.dot + 2.4, self.column / 2 - 0.4)
        inside = [code in (rung.members or ()) for code in self.ladder.countries]
        for included, run in groupby(range(len(inside)), key=lambda column: inside[column]):
            columns = list(run)
            if included:
                left, right = self.middles[columns[0]], self.middles[columns[-1]]
                canvas.capsule(left, right, middle, radius, mix(style.brand, style.paper, 0.16))
        scale = min(1.0, (self.column - 2) / 2 / style.dot)
        for included, x in zip(inside, self.middles, strict=True):
            draw_sign(canvas, "full" if included else "absent", x, x, middle, style.brand, scale)

    def _draw_silence(self, rung: Rung, middle: float) -> None:
        """Hatching and words in place of signs."""
        canvas, style = self.canvas, self.style
        half = 5.2
        canvas.hatch(self.left, middle - half, self.right, middle + half, style.hair, 0.5, 2.6)
        face = Face(style.label, italic=True)
        words = self._silence(rung)
        if fonts.width(words, face) > self.right - self.left - 8:
            words, face = self.words["no-data"] if not self.above else words, Face(style.tiny, italic=True)
        width = fonts.width(words, face)
        left = min(max(self.left, (self.left + self.right - width) / 2), self.context.width - width - 2)
        canvas.text_on_paper(left, middle, words, face, style.grey, beside=2, half=half)

    def _silence(self, rung: Rung) -> str:
        return self.words["not-stated-many" if len(rung.sources) > 1 else "not-stated"]

    def _spell_out(self, rung: Rung) -> None:
        """The members by name."""
        style = self.style
        included = [self.names[code] for code in self.ladder.countries if code in (rung.members or ())]
        face = Face(style.small, italic=rung.members is None)
        lines = fonts.wrap(", ".join(included) or self._silence(rung), self.context.width, face)
        self.canvas.text_lines(0, self.y + ASCENT * face.size, lines, face, style.grey)
        self.y += len(lines) * face.size * style.leading + 4

    def _key(self) -> list[KeyEntry]:
        if self.spelled:
            return []
        known = [rung.members for rung in self.ladder.rungs if rung.members is not None]
        entries: list[KeyEntry] = []
        if any(code in members for members in known for code in self.ladder.countries):
            entries.append((*key_sign("full", self.style.grey), self.words["member"]))
        if any(code not in members for members in known for code in self.ladder.countries):
            entries.append((*key_sign("absent", self.style.grey), self.words["no-member"]))
        return entries

    def _foot(self) -> None:
        """The names behind codes."""
        head: ColumnHeads | None = self.head
        if head is None or not head.coded:
            return
        face = self.key_face
        pairs = [f"{code} {self.names[code]}".replace(" ", "\u00a0") for code in self.ladder.countries]
        self.y += 3
        lines = fonts.wrap(", ".join(pairs), self.context.width, face)
        self.canvas.text_lines(0, self.y + ASCENT * face.size + 1, lines, face, self.style.grey)
        self.y += len(lines) * face.size * self.style.leading
