"""A brief's own words, block by block, as the manifest records them: what editions are compared by.

Words that stand elsewhere in the manifest are left out here: pull quotes, words in claim boxes, tables of the evidence base
and figures. Notes
and marks of strength are left out of a text, since they change with the evidence and not with what is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from c6brief.brief.model import Brief, BriefSection, Callout, Definition, Prose, Sidebar, TableBlock
from c6brief.manifest.model import ProseBlock

_BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "caption", "dd", "div", "dl", "dt", "figcaption", "figure", "h1",
    "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul",
])  # fmt: skip
"""Elements that begin and end a block of text."""

_VOID = frozenset(["br", "hr", "img", "wbr"])
_NOT_PROSE = frozenset(["note", "mark"])
"""Classes of what stands in a text and is not of it."""

_OWN_NOTE = "note--plain"
"""The class of a note in the author's own words: a block of its own behind the one that calls it."""


def read_prose(brief: Brief) -> tuple[ProseBlock, ...]:
    """The words of ``brief``, in the order of reading."""
    return tuple(ProseBlock(block=block, text=text) for block, text in _read_blocks(brief) if text)


def _read_blocks(brief: Brief) -> Iterator[tuple[str, str]]:
    yield "title", _fold(brief.title)
    yield "subtitle", _fold(brief.subtitle)
    yield from _read_html("summary", brief.summary)
    for message in brief.key_messages:
        yield from _read_html("key messages", message)
    for number in brief.numbers:
        yield "numbers", _fold(number.value)
        yield from _read_html("numbers", number.label)
    yield from _read_sections(brief.sections)
    for option in brief.options_considered:
        for cell in (option.option, option.benefit, option.risk, option.cost):
            yield from _read_html("options considered", cell)
    for each in brief.recommendations:
        yield from _read_html("recommendations", each.action)
        for detail in (each.addressee, each.by, each.owner):
            yield "recommendations", _fold(detail)
    yield from _read_sections(brief.annexes)
    for author in brief.authors:
        yield from _read_html("authors", author.bio)
    yield from _read_html("acknowledgements", brief.acknowledgements)
    yield from (("funders", _fold(funder.name)) for funder in brief.funders)
    yield from _read_html("disclaimer", brief.disclaimer)


def _read_sections(sections: Iterable[BriefSection]) -> Iterator[tuple[str, str]]:
    for section in sections:
        name = section.id
        yield name, _fold(section.title)
        for block in section.blocks:
            if isinstance(block, (Callout, Sidebar)):
                yield name, _fold(block.title)
            if isinstance(block, Definition):
                yield name, _fold(block.term)
            if isinstance(block, (Prose, Callout, Sidebar, Definition)):
                yield from _read_html(name, block.html)
            if isinstance(block, TableBlock) and block.in_text:
                yield from _read_table(name, block)


def _read_table(name: str, table: TableBlock) -> Iterator[tuple[str, str]]:
    """A table in the prose: its caption, then each row, cells parted by ``|``, with the notes that it calls."""
    yield from _read_html(name, table.caption)
    rows = [[column.html for column in table.columns]]
    rows += [[cell.html for cell in row.cells] for group in table.groups for row in group.rows]
    for row in rows:
        cells = [[text for _, text in _read_html(name, cell)] for cell in row]
        yield name, " | ".join(cell[0] for cell in cells).strip()
        yield from ((name, note) for cell in cells for note in cell[1:])


def _read_html(name: str, html: str) -> Iterator[tuple[str, str]]:
    reader = _TextReader()
    reader.feed(html)
    reader.close()
    yield from ((name, _fold(block)) for block in reader.blocks)


class _TextReader(HTMLParser):
    """The text of HTML that c6brief has made, by blocks."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks = [""]
        self._left_out = 0
        """How many elements are open from the outermost one that is left out."""
        self._notes: list[str] = []
        self._in_note = 0
        """How many elements are open from the note that is read."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        if tag in _BLOCKS:
            self._begin_block()
        elif tag == "br":
            self.handle_data(" ")
        elif _OWN_NOTE in classes:
            self._notes.append("")
            self._in_note = 1
            return
        elif self._in_note and tag not in _VOID:
            self._in_note += 1
        if tag not in _VOID and (self._left_out or _NOT_PROSE.intersection(classes)):
            self._left_out += 1

    def handle_endtag(self, tag: str) -> None:
        self._in_note -= bool(self._in_note)
        if self._left_out:
            self._left_out -= 1
        elif tag in _BLOCKS:
            self._begin_block()

    def handle_data(self, data: str) -> None:
        if not self._left_out:
            (self._notes if self._in_note else self.blocks)[-1] += data

    def close(self) -> None:
        super().close()
        self._begin_block()

    def _begin_block(self) -> None:
        self.blocks += [*self._notes, ""]
        self._notes = []


def _fold(text: str) -> str:
    return " ".join(text.replace("\u00ad", "").replace("\u2060", "").split())
