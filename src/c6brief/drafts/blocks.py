"""The blocks of a draft in the forms that prose of a brief has; what it cannot hold is told and kept as plain words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from c6brief.documents.pandoc_tree import (
    Block,
    Inline,
    inlines_in,
    map_inlines,
    paragraphs_in,
    read,
    rows_of,
    text_of,
    with_inlines,
)
from c6brief.drafts.citations import one_line

Tell = Callable[[str, str, str], None]
"""Told of what cannot be held: what it is, its words, what becomes of it."""

_PLAIN = {"Underline": "underlined words", "SmallCaps": "small capitals"}

_BETWEEN_CITATIONS = re.compile(r"[\s.,;:]{0,20}(?:(?:and|see|See|cf\.|Cf\.)[\s.,;:]{1,20})?")


class Simplifier:
    """Brings blocks into those forms. ``place_image`` is given the path, the words and the title of an image and returns the
    token that stands for it."""

    def __init__(self, tokens: re.Pattern[str], tell: Tell, place_image: Callable[[str, str, str], str]) -> None:
        self.tokens, self.tell, self.place_image = tokens, tell, place_image
        self._moved: list[Block] = []
        """What goes behind the block that is being read."""

    def simplify(self, blocks: Sequence[Block]) -> Iterator[Block]:
        """``blocks``, top-level, in these forms. Images and tables within others go behind them."""
        for block in flatten(blocks):
            kind, content = read(block)
            if kind == "Table":
                yield from self._table(block)
            elif kind == "Para" and content and all(each["t"] in ("Image", "Space", "SoftBreak") for each in content):
                self._inlines(content)
            elif kind == "Header":
                yield from map_inlines([block], self._inlines)
            else:
                yield from map_inlines(self._within([block]), self._inlines)
            yield from self._moved
            self._moved = []

    def _within(self, blocks: Sequence[Block]) -> list[Block]:
        """``blocks`` without tables, which are moved behind, and with what else cannot stand inside of others mended."""
        made: list[Block] = []
        for block in flatten(blocks):
            kind, content = read(block)
            if kind == "Table":
                self.tell("table within a list or a quotation", "", "moved behind it")
                self._moved.extend(self._table(block))
            elif kind == "HorizontalRule":
                self.tell("rule", "", "left out")
            elif kind == "RawBlock":
                self.tell("raw markup", content[1][:80], "left out")
            elif kind == "Header":
                self.tell("heading within a list or a quotation", text_of(content[2]), "now in bold")
                made.append({"t": "Para", "c": [{"t": "Strong", "c": content[2]}]})
            elif kind == "BlockQuote":
                made.append({"t": kind, "c": self._within(content)})
            elif kind == "BulletList":
                made.append({"t": kind, "c": [self._item(item) for item in content]})
            elif kind == "OrderedList":
                if content[0][1]["t"] not in ("Decimal", "DefaultStyle"):
                    self.tell("list with letters or roman numbers", "", "now numbered 1, 2, 3")
                style = [content[0][0], {"t": "Decimal"}, {"t": "Period"}]
                made.append({"t": kind, "c": [style, [self._item(item) for item in content[1]]]})
            else:
                made.append(block)
        return made

    def _item(self, blocks: list[Block]) -> list[Block]:
        """An item of a list, set close where it is one paragraph."""
        made = self._within(blocks)
        if len([each for each in made if each["t"] == "Para"]) == 1 and made[0]["t"] == "Para":
            made[0] = {"t": "Plain", "c": made[0]["c"]}
        return made

    # Inlines

    def _inlines(self, inlines: list[Inline]) -> list[Inline]:
        made: list[Inline] = []
        for inline in inlines:
            kind, content = read(inline)
            if kind == "Image":
                token = self.place_image(content[2][0], one_line(text_of(content[1])), content[2][1])
                self._moved.append({"t": "Para", "c": [{"t": "Str", "c": token}]})
            elif kind == "Note":
                made.extend(self._note(content))
            elif kind == "Math":
                self.tell("formula", content[1][:80], "its code stays as words")
                made.append({"t": "Code", "c": [["", [], []], content[1]]})
            elif kind == "RawInline":
                self.tell("raw markup", content[1][:80], "left out")
            elif kind in ("Span", "Quoted", "Cite", *_PLAIN):
                if kind in _PLAIN:
                    self.tell(_PLAIN[kind], text_of(content)[:80], "now plain words")
                made.extend(self._inlines(_unquoted(inline)))
            elif kind == "Link":
                words, address = self._inlines(content[1]), content[2][0]
                is_inside = address.startswith("#") or not address
                if is_inside:
                    self.tell("link within the draft", text_of(words)[:80], "now plain words")
                made.extend(words if is_inside else [{"t": "Link", "c": [["", [], []], words, [address, ""]]}])
            else:
                made.append(with_inlines(inline, self._inlines(inlines_in(inline))))
        return made

    def _note(self, blocks: list[Block]) -> list[Inline]:
        """A note: a citation where it holds nothing else, else a note of one paragraph."""
        if any(block["t"] not in ("Para", "Plain") for block in flatten(blocks)):
            self.tell("list or table in a note", "", "its words are one paragraph now")
        words: list[Inline] = []
        for _, inlines in paragraphs_in(blocks):
            words += [{"t": "Space"}] if words else []
            words += self._inlines(inlines)
        text = text_of(words)
        cited = self.tokens.findall(text)
        if cited and all(_BETWEEN_CITATIONS.fullmatch(part) for part in self.tokens.split(text)):
            return [{"t": "Space"}, {"t": "Str", "c": " ".join(cited)}]
        return [{"t": "Note", "c": [{"t": "Para", "c": words}]}] if text.strip() else []

    # Tables

    def _table(self, table: Block) -> Iterator[Block]:
        """A table as pipes can write it: one row of heads, every cell one line, none merged."""
        head, below = rows_of(table)
        columns = len(table["c"][2])
        if not head and below:
            self.tell(
                "table without a head",
                text_of_cell(below[0][0])[:80] if below[0] else "",
                "its first row became the head",
            )
            head, below = below[:1], below[1:]
        elif len(head) > 1:
            self.tell("table with several rows of heads", "", "the first is the head, the others are rows")
            head, below = head[:1], head[1:] + below
        rows = [[self._cell(cell) for cell in row] for row in self._unmerged([*head, *below], columns)]
        body = [["", [], []], 0, [], [[["", [], []], row] for row in rows[1:]]]
        parts = [["", [], []], [None, []], table["c"][2], [["", [], []], [[["", [], []], row] for row in rows[:1]]]]
        if rows:
            yield {"t": "Table", "c": [*parts, [body], [["", [], []], []]]}
        caption = [inline for _, inlines in paragraphs_in(table["c"][1][1]) for inline in self._inlines(inlines)]
        if caption:
            yield {"t": "Para", "c": [{"t": "Str", "c": ":"}, {"t": "Space"}, *caption]}

    def _unmerged(self, rows: list[list[Any]], columns: int) -> list[list[Any]]:
        """``rows`` of as many cells as there are ``columns``: of merged cells the first has the words."""
        empty = [["", [], []], {"t": "AlignDefault"}, 1, 1, []]
        held = [0] * columns
        """For each column, how many further rows a cell above reaches into."""
        made = []
        for row in rows:
            cells = iter(row)
            line: list[Any] = []
            while len(line) < columns:
                if held[len(line)]:
                    held[len(line)] -= 1
                    line.append(empty)
                    continue
                cell = next(cells, None)
                if cell is None:
                    line.append(empty)
                    continue
                down, across = cell[2], min(cell[3], columns - len(line))
                if down > 1 or across > 1:
                    self.tell("merged cells", text_of_cell(cell)[:80], "the first of them has the words")
                for at in range(across):
                    held[len(line)] = down - 1
                    line.append(cell if not at else empty)
            made.append(line)
        return made

    def _cell(self, cell: list[Any]) -> list[Any]:
        if any(block["t"] not in ("Para", "Plain") for block in cell[4]):
            self.tell("list or table in a cell", text_of_cell(cell)[:80], "its words are one line now")
        words: list[Inline] = []
        for _, inlines in paragraphs_in(cell[4]):
            words += [{"t": "Space"}] if words else []
            words += [
                {"t": "Space"} if each["t"] in ("LineBreak", "SoftBreak") else each for each in self._inlines(inlines)
            ]
        return [["", [], []], {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": words}]]


def text_of_cell(cell: list[Any]) -> str:
    """The words of a cell."""
    return one_line(" ".join(text_of(inlines) for _, inlines in paragraphs_in(cell[4])))


def flatten(blocks: Sequence[Block]) -> Iterator[Block]:
    """``blocks`` with what divisions, figures and line blocks hold in their place."""
    for block in blocks:
        kind, content = read(block)
        if kind == "Div":
            yield from flatten(content[1])
        elif kind == "Figure":
            yield from flatten([*content[2], *content[1][1]])
        elif kind == "LineBlock":
            for line in content:
                yield {"t": "Para", "c": line}
        else:
            yield block


def _unquoted(inline: Inline) -> list[Inline]:
    """The inlines in ``inline``, with marks of quotation around them where it has some."""
    kind, content = read(inline)
    if kind != "Quoted":
        return inlines_in(inline)
    marks = "‘’" if content[0]["t"] == "SingleQuote" else "“”"
    return [{"t": "Str", "c": marks[0]}, *content[1], {"t": "Str", "c": marks[1]}]
