"""Pandoc's tree of a document, as its JSON has it (https://hackage.haskell.org/package/pandoc-types): plain dicts and lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

Block = dict[str, Any]
Inline = dict[str, Any]


def read(node: dict[str, Any]) -> tuple[str, Any]:
    """The kind of a block or an inline, and what it holds; ``None`` of one that holds nothing."""
    return str(node["t"]), node.get("c")


def text_of(inlines: Sequence[Inline]) -> str:
    """The words of inlines, without their notes; a break of a line is a space."""
    return "".join(_words(inlines))


def _words(inlines: Sequence[Inline]) -> Iterator[str]:
    for inline in inlines:
        kind, content = read(inline)
        if kind == "Str":
            yield content
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            yield " "
        elif kind in ("Code", "Math", "RawInline"):
            yield content[1] if kind != "RawInline" else ""
        elif kind == "Quoted":
            marks = "‘’" if content[0]["t"] == "SingleQuote" else "“”"
            yield marks[0]
            yield from _words(content[1])
            yield marks[1]
        elif kind != "Note":
            yield from _words(inlines_in(inline))


def inlines_in(inline: Inline) -> list[Inline]:
    """The inlines that an inline holds; none of a note, which holds blocks."""
    kind, content = read(inline)
    if kind in ("Emph", "Strong", "Underline", "Strikeout", "Superscript", "Subscript", "SmallCaps"):
        return content or []
    if kind in ("Quoted", "Cite", "Span", "Link", "Image"):
        return list(content[1])
    return []


def with_inlines(inline: Inline, inlines: list[Inline]) -> Inline:
    """``inline`` with other ``inlines`` in it."""
    kind, content = read(inline)
    if kind in ("Quoted", "Cite", "Span", "Link", "Image"):
        return {"t": kind, "c": [content[0], inlines, *content[2:]]}
    return {"t": kind, "c": inlines} if inlines_in(inline) else inline


def notes_in(inlines: Sequence[Inline]) -> Iterator[list[Block]]:
    """The blocks of each note that inlines call, in order."""
    for inline in inlines:
        if inline["t"] == "Note":
            yield inline["c"]
        else:
            yield from notes_in(inlines_in(inline))


def map_inlines(blocks: Sequence[Block], change: Callable[[list[Inline]], list[Inline]]) -> list[Block]:
    """``blocks`` with every list of inlines changed, outermost lists only: ``change`` goes into what they hold."""
    return [_map_block(block, change) for block in blocks]


def _map_block(block: Block, change: Callable[[list[Inline]], list[Inline]]) -> Block:
    kind, content = read(block)
    if content is None:
        return block
    if kind in ("Para", "Plain"):
        return {"t": kind, "c": change(content)}
    if kind == "Header":
        return {"t": kind, "c": [content[0], content[1], change(content[2])]}
    if kind == "LineBlock":
        return {"t": kind, "c": [change(line) for line in content]}
    if kind == "BlockQuote":
        return {"t": kind, "c": map_inlines(content, change)}
    if kind == "BulletList":
        return {"t": kind, "c": [map_inlines(item, change) for item in content]}
    if kind == "OrderedList":
        return {"t": kind, "c": [content[0], [map_inlines(item, change) for item in content[1]]]}
    if kind == "DefinitionList":
        return {
            "t": kind,
            "c": [[change(term), [map_inlines(each, change) for each in told]] for term, told in content],
        }
    if kind == "Div":
        return {"t": kind, "c": [content[0], map_inlines(content[1], change)]}
    if kind == "Figure":
        caption = [content[1][0], map_inlines(content[1][1], change)]
        return {"t": kind, "c": [content[0], caption, map_inlines(content[2], change)]}
    if kind == "Table":
        caption = [content[1][0], map_inlines(content[1][1], change)]
        parts = [content[0], caption, content[2]]
        return {"t": kind, "c": [*parts, *(_map_rows(part, change) for part in content[3:])]}
    return block


def _map_rows(part: Any, change: Callable[[list[Inline]], list[Inline]]) -> Any:
    """A head, the bodies or the foot of a table with the inlines of its cells changed."""
    if isinstance(part, list) and len(part) == 5 and isinstance(part[4], list) and isinstance(part[1], dict):  # a cell
        return [*part[:4], map_inlines(part[4], change)]
    return [_map_rows(each, change) for each in part] if isinstance(part, list) else part


def rows_of(table: Block) -> tuple[list[list[Any]], list[list[Any]]]:
    """The rows of a table's head, and all others: each a list of cells, which are ``[attributes, alignment, rows, columns, blocks]``."""
    _, _, _, head, bodies, foot = table["c"]
    below = [row for body in bodies for rows in (body[2], body[3]) for row in rows]
    return [row[1] for row in head[1]], [row[1] for row in (*below, *foot[1])]


def paragraphs_in(blocks: Iterable[Block], around: str = "text") -> Iterator[tuple[str, list[Inline]]]:
    """Every list of inlines of ``blocks`` in order of reading, and where it stands: text, heading, quotation or cell."""
    for block in blocks:
        kind, content = read(block)
        if kind in ("Para", "Plain"):
            yield around, content or []
        elif kind == "Header":
            yield "heading", content[2]
        elif kind == "LineBlock":
            yield around, [inline for line in content or () for inline in (*line, {"t": "SoftBreak"})]
        elif kind == "BlockQuote":
            yield from paragraphs_in(content or (), "quotation")
        elif kind == "BulletList":
            for item in content or ():
                yield from paragraphs_in(item, around)
        elif kind == "OrderedList":
            for item in content[1]:
                yield from paragraphs_in(item, around)
        elif kind == "DefinitionList":
            for term, told in content or ():
                yield around, term
                for each in told:
                    yield from paragraphs_in(each, around)
        elif kind == "Div":
            yield from paragraphs_in(content[1], around)
        elif kind == "Figure":
            yield from paragraphs_in(content[1][1], around)
            yield from paragraphs_in(content[2], around)
        elif kind == "Table":
            yield from paragraphs_in(content[1][1], around)
            head, below = rows_of(block)
            for row in (*head, *below):
                for cell in row:
                    yield from paragraphs_in(cell[4], "cell")
