"""Entries put into YAML files that people write: behind the last entry, every other byte of the file kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from c6brief.documents.document import Document, Node
from c6brief.documents.problems import Problems
from c6brief.documents.yamltext import compose


@dataclass(frozen=True)
class NewEntry:
    """An entry to put in: its lines without indentation, the line of the proposal that each was written on, and its value."""

    kind: str
    id: str
    lines: tuple[str, ...]
    origins: tuple[int, ...]
    """Lines of the proposal, from 1."""
    value: object


@dataclass(frozen=True)
class Inserted:
    """A file with new entries. ``origins`` are, by line of the file from 1, lines of the proposal."""

    text: str
    origins: dict[int, int]


def lines_of_item(document: Document, item: Node, end: int, dropped: Sequence[str]) -> tuple[list[str], list[int]]:
    """The lines of an entry of a list, without indentation and without the keys ``dropped``; and their numbers.

    ``end`` is the line that the next entry, or what follows, begins on. An entry in braces is written anew, one key a line.
    """
    lines = document.text.split("\n")
    first, indent = item.span.line, item.span.column - 1
    is_block = re.fullmatch(r"\s*-\s+", lines[first - 1][:indent]) is not None and not lines[first - 1][
        indent:
    ].startswith("{")
    plain = {key: value for key, value in item.to_plain().items() if key not in dropped}
    taken = list(range(first, end))
    while taken and (not lines[taken[-1] - 1].strip() or _is_comment_before(lines[taken[-1] - 1], indent)):
        taken.pop()
    gone = {line for key in dropped if key in item.keys for line in (item.keys[key].line,)}
    on_own_lines = len({span.line for span in item.keys.values()}) == len(item.keys)
    if is_block and on_own_lines and all(item.value[key].span.line in gone for key in dropped if key in item.value):
        kept = [number for number in taken if number not in gone]
        dedented = [_dedent(lines[number - 1], indent) for number in kept]
        text = "\n".join(dedented) + "\n"
        try:
            if _same(text, plain, document.path):
                return dedented, kept
        except yaml.YAMLError:
            pass
    written = yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=10**9).rstrip("\n").split("\n")
    return written, [first] * len(written)


def _is_comment_before(line: str, indent: int) -> bool:
    """Whether a line is a comment that stands farther left than the entry: it belongs to what follows."""
    return line.lstrip().startswith("#") and len(line) - len(line.lstrip()) < indent


def _dedent(line: str, indent: int) -> str:
    before = line[:indent]
    return line[indent:] if not before.strip() or re.fullmatch(r"\s*-\s*", before) else line.lstrip()


def _same(text: str, value: object, path: Path) -> bool:
    found = compose(text, path, Problems())
    return found is not None and found.root.to_plain() == value


def insert_entries(text: str, kind: str, entries: Sequence[NewEntry], path: Path) -> Inserted | None:
    """``text`` of a file of a ``kind`` with ``entries`` behind its last entry; an empty text makes a new file.

    ``None`` comes back where the file's list is not written with a dash for each entry, so that nothing can be put behind it.
    """
    if not _has_values(text):
        return _begin(text, kind, entries, path)
    document = compose(text, path, Problems())
    if document is None:
        return None
    node, key = document.root, ""
    if kind == "sources" and isinstance(node.value, dict) and "references" in node.value:
        node, key = node.value["references"], "references"
    if not isinstance(node.value, list) or not node.value:
        return None
    lines = text.split("\n")
    first = node.value[0].span
    dash = re.match(r"(\s*)-\s", lines[first.line - 1])
    if dash is None:
        return None
    at = _line_behind(document, node, key, lines)
    made = _insert(lines, at, _indented(entries, len(dash[1])), is_first=False)
    result = compose(made.text, path, Problems())
    found = result.root if result is not None else None
    if found is not None and key:
        found = found.child(key)
    wanted = [*(each.to_plain() for each in node.value), *(each.value for each in entries)]
    others = (
        {}
        if result is None or not key
        else {name: each for name, each in result.root.to_plain().items() if name != key}
    )
    same_others = not key or others == {name: each for name, each in document.root.to_plain().items() if name != key}
    return made if found is not None and found.to_plain() == wanted and same_others else None


def _has_values(text: str) -> bool:
    return any(line.strip() and not line.lstrip().startswith("#") for line in text.split("\n"))


def _begin(text: str, kind: str, entries: Sequence[NewEntry], path: Path) -> Inserted | None:
    """A file that holds comments alone, or nothing, with its first entries."""
    lines = (text.rstrip("\n") + "\n").split("\n") if text.strip() else [""]
    head = [("references:", 0)] if kind == "sources" else []
    made = _insert(lines, len(lines) - 1, [*head, *_indented(entries, 2 if head else 0)], is_first=True)
    result = compose(made.text, path, Problems())
    values = [each.value for each in entries]
    is_right = result is not None and result.root.to_plain() == ({"references": values} if head else values)
    return made if is_right else None


def _line_behind(document: Document, node: Node, key: str, lines: Sequence[str]) -> int:
    """The index of the line before which new entries are put: that of the next key, else the end of the file."""
    end = len(lines) - 1 if not lines[-1].strip() else len(lines)
    if key:
        later = [span.line for span in document.root.keys.values() if span.line > node.value[-1].span.line]
        if later:
            end = min(later) - 1
            while end > 0 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
                end -= 1
    return end


def _indented(entries: Sequence[NewEntry], indent: int) -> list[tuple[str, int]]:
    """The lines of ``entries`` as items of a list, with the lines of the proposal; a blank line between two of several lines."""
    made: list[tuple[str, int]] = []
    for number, entry in enumerate(entries):
        if number and len(entry.lines) > 1:
            made.append(("", 0))
        for at, (line, origin) in enumerate(zip(entry.lines, entry.origins, strict=True)):
            sign = "- " if at == 0 else "  "
            made.append((f"{' ' * indent}{sign}{line}".rstrip() if line.strip() else "", origin))
    return made


def _insert(lines: Sequence[str], at: int, new: Sequence[tuple[str, int]], *, is_first: bool) -> Inserted:
    """``lines`` with ``new`` ones before the one with the index ``at``, a blank line before and what was there behind."""
    before, after = list(lines[:at]), list(lines[at:])
    gap = [("", 0)] if before and before[-1].strip() and not is_first else []
    tail = [""] if after and after[0].strip() else []
    added = [*gap, *new]
    text = "\n".join([*before, *(line for line, _ in added), *tail, *(after or [""])])
    first = len(before) + 1
    return Inserted(text, {first + number: origin for number, (_, origin) in enumerate(added) if origin})
