"""What prose holds that would be lost, or print as it stands: found in its tokens, so that code is left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from c6brief.brief import prose
from c6brief.brief.markdown_notes import NoteDefinition, NoteReading, calls_in
from c6brief.documents.document import NodePath
from c6brief.documents.entries import Entry
from c6brief.documents.problems import Problems, name_rule

_CALLS = ("citation", "footnote_ref", "reference")
_BRACKET = re.compile(r"\[|\](?:\((?=\S))?")

LIST_NUMBERS = name_rule(
    "list-numbers",
    "warning",
    """the numbers of a list are printed otherwise than they are written

    A list counts on from its first number, as in Markdown everywhere: 1, 3, 4 prints as 1, 2, 3. A list may begin with any
    number. What goes on behind a figure or a pull quote is a list of its own, and keeps its number.
    """,
)

UNUSED_NOTE = name_rule(
    "unused-note",
    "warning",
    """a note is defined (`[^1]: …`) and nowhere called, so that it does not print

    `[^1]` calls it. `^[the text of a note]` defines and calls a note at once.
    """,
)


def report_faults(tokens: Sequence[Token], owner: Entry, path: NodePath, problems: Problems) -> None:
    """Report what cannot be printed of the ``tokens`` of a text at ``path`` of ``owner``, notes in it included.

    Problems: ``image-in-prose``, ``formula``, ``open-comment``, ``malformed-citation``, ``citation-in-link``, ``table-within``, ``list-numbers``.
    """
    for address in prose.image_addresses(tokens):
        message, hint = (
            f"image '{address}'",
            "prose holds no images: put it into seeds/images.yaml, and write ::: image ID",
        )
        problems.error("image-in-prose", message, owner.find(address, *path), hint)
    for token in _walk(tokens):
        if token.type == "formula":
            hint = "formulas cannot be set yet: write it in words, or with ^…^ and ~…~; \\$ is a sign for dollars"
            problems.error("formula", f"'{token.content}' is a formula", owner.find(token.content, *path), hint)
        elif token.type == "open_comment":
            place = owner.find("<!--", *path)
            problems.error("open-comment", "a comment is never closed in its paragraph", place, "end it with -->")
        elif token.type == "broken_citation":
            message = f"'{token.content}' is no citation: a part of it would be lost"
            place = owner.find(token.content, *path)
            problems.error("malformed-citation", message, place, f"write {token.meta['mended']}")
        elif token.type == "table_open":
            hint = "put it between paragraphs, with an empty line before and behind it"
            place = owner.find(_first_words(tokens, token), *path)
            problems.error("table-within", "a table stands in a list, a quotation or a directive", place, hint)
    for called in _called_in_links(tokens):
        hint = "put it behind the link, whose words hold no brackets"
        problems.error("citation-in-link", f"'{called}' stands in the words of a link", owner.find(called, *path), hint)
    for opening, numbers in _lists(tokens):
        if numbers[1:] and not _counts_on(numbers):
            printed = ", ".join(str(opening + at) for at in range(len(numbers)))
            written = f"{numbers[-1]}."
            message = f"this list is numbered {', '.join(map(str, numbers))} and prints as {printed}"
            problems.report(
                LIST_NUMBERS, message, owner.find(written, *path), "number it in order, or part it by a text"
            )


def report_note_faults(reading: NoteReading, owner: Entry, path: NodePath, problems: Problems) -> None:
    """Report notes that do not fit their calls. Problems: ``unknown-note``, ``note-twice``, ``note-within``, ``unused-note``."""
    for label in reading.undefined:
        place = owner.find(f"[^{label}]", *path)
        hint = f"define it in this text: [^{label}]: …, or write ^[the text of the note]"
        problems.error("unknown-note", f"no note '[^{label}]'", place, hint)
    for label in reading.repeated:
        place = owner.find(f"[^{label}]:", *path, nth=1)
        problems.error("note-twice", f"the note '[^{label}]' is defined twice", place, "give it another name")
    for label in reading.unused:
        message = f"the note '[^{label}]' is not called, and does not print"
        problems.report(UNUSED_NOTE, message, owner.find(f"[^{label}]:", *path), f"call it in the text: [^{label}]")
    for definition in (each for each in reading.tokens if isinstance(each, NoteDefinition)):
        place = owner.find(f"[^{definition.label}]:" if definition.label else "^[", *path)
        if next(calls_in(definition.tokens), None) is not None:
            problems.error("note-within", "a note calls another note", place, "say both in one note")
        blocks = {token.type for token in definition.tokens if token.type.endswith("_open")} - {"paragraph_open"}
        others = {token.type for token in definition.tokens if token.type in ("fence", "code_block", "hr")}
        if blocks or others:
            hint = "put lists, tables and quotations into the text"
            problems.error("note-within", "a note holds more than a paragraph", place, hint)


def _walk(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _walk(token.children or [])


def _first_words(tokens: Sequence[Token], table: Token) -> str:
    """The first words in a table."""
    at = list(tokens).index(table)
    return next((token.content for token in tokens[at:] if token.type == "inline" and token.content), "|")


def _called_in_links(tokens: Sequence[Token]) -> Iterator[str]:
    """What is cited, called or referred to in the words of a link, as it is written.

    Such words make no link (markdown-it takes the brackets inside for another one), so their brackets are found as text.
    """
    for token in tokens:
        open_: list[str] = []
        for child in token.children or []:
            if child.type in _CALLS:
                open_ = [before or _written(child) for before in open_]
            for match in _BRACKET.finditer(child.content) if child.type == "text" else ():
                if match[0] == "[":
                    open_.append("")
                elif open_ and (called := open_.pop()) and match[0] != "]":
                    yield called


def _written(call: Token) -> str:
    """How an author writes a citation, a note or a reference, as far as it is needed to find it."""
    if call.type == "citation":
        return f"@{call.meta['cites'][0].id}"
    return f"@{call.meta['targets'][0].written}" if call.type == "reference" else f"[^{call.meta.get('label', '')}"


def _lists(tokens: Sequence[Token]) -> Iterator[tuple[int, list[int]]]:
    """The first number of each numbered list, and the numbers of its items as they are written."""
    open_: list[tuple[Token, list[int]]] = []
    for token in tokens:
        if token.type in ("ordered_list_open", "bullet_list_open"):
            open_.append((token, []))
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            opening, numbers = open_.pop()
            if opening.type == "ordered_list_open":
                yield int(opening.attrGet("start") or 1), numbers
        elif token.type == "list_item_open" and token.info.isdigit():
            open_[-1][1].append(int(token.info))


def _counts_on(numbers: Sequence[int]) -> bool:
    """Whether ``numbers`` follow one another, or are all the same, which leaves counting to the reader of the text."""
    return all(number == numbers[0] + at for at, number in enumerate(numbers)) or len(set(numbers)) == 1
