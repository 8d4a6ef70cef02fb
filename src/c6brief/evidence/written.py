"""What is written in ``seeds/``: every entry with its id and where it begins, those with problems too.

A problem of the evidence base concerns the entry that it stands in. A brief that does not use this entry can be printed
all the same. What an entry uses is read from what is written there, since an entry with problems is nothing else: ids as
values, ids that prose cites or places, and for a chart that draws what has a theme, all that has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from c6brief.documents.document import Document, Node, NodePath
from c6brief.documents.files import display_name
from c6brief.documents.problems import Place

_CITED = re.compile(r"@(?:\{([^\s{}]+)\}|([^\W_][\w.:/#$%&+?<>~-]*))")
_PLACED = re.compile(r"^\s*:{3,}[ \t]*\w+[ \t]+(\S+)", re.M)

THEMED = ("quotes", "events", "claims")
"""The kinds of entries that a chart may choose by their themes."""

CHOOSING = ("events", "claims", "themes", "theme")
"""The keys of a chart below which it chooses entries: by ids, by themes, or ``all``."""


@dataclass(frozen=True)
class WrittenEntry:
    """An entry as written: its ``kind``, its ``id`` (``None`` where that cannot be read), and where it stands."""

    kind: str
    id: str | None
    document: Document
    path: NodePath
    key: str | None = None
    """Of a source, another name that it is cited by."""
    is_exported: bool = False
    """Whether it stands in a file that only programs write."""

    @cached_property
    def node(self) -> Node | None:
        return self.document.root.find(self.path)

    @property
    def file(self) -> str:
        """The name of its file."""
        return display_name(self.document.path)

    @cached_property
    def begins(self) -> tuple[int, int]:
        """The line and the column of its first character; the file's first where the file is the entry."""
        span = self.document.place(self.path).span
        return (span.line, span.column) if self.path else (0, 0)

    def files(self, seeds: Path) -> Iterator[str]:
        """The names of the files that it says to be read: the text of a source, the data of a table."""
        beside = self.document.path.parent
        for path, folder in ((("data",), beside), (("data", "file"), beside), (("custom", "text"), seeds)):
            found = self.node.find(path) if self.node else None
            if found is not None and isinstance(found.value, str):
                yield display_name(folder / found.value)

    @cached_property
    def themes(self) -> frozenset[str]:
        node = self.node.child("themes") if self.node else None
        return frozenset(_scalars(node)) if node else frozenset()

    @cached_property
    def named(self) -> frozenset[str]:
        """The words that may be ids of what it uses."""
        return frozenset(names_in(self.node)) if self.node else frozenset()

    @cached_property
    def chosen_themes(self) -> frozenset[str]:
        """The themes by which a chart chooses what it draws; ``all`` among them."""
        if self.kind != "charts" or self.node is None:
            return frozenset()
        return frozenset(word for key in CHOOSING for word in _scalars(self.node.child(key)))


class WrittenSeeds:
    """All entries of an evidence base. ``seeds`` is its folder."""

    def __init__(self, entries: Sequence[WrittenEntry], seeds: Path) -> None:
        self.seeds = seeds
        self._by_id: dict[str, list[WrittenEntry]] = {}
        self._by_file: dict[str, list[WrittenEntry]] = {}
        self._themed = [entry for entry in entries if entry.kind in THEMED]
        for entry in entries:
            self._by_file.setdefault(entry.file, []).append(entry)
            for id in dict.fromkeys((entry.id, entry.key)):
                if id is not None:
                    self._by_id.setdefault(id, []).append(entry)
        self._read_by: dict[str, list[WrittenEntry]] = {}
        for entry in entries:
            for file in entry.files(seeds):
                self._read_by.setdefault(file, []).append(entry)

    def of_id(self, id: str) -> list[WrittenEntry]:
        """The entries of that id, of whichever kind."""
        return self._by_id.get(id, [])

    @property
    def ids_outside_libraries(self) -> list[str]:
        """The ids of entries that people have written."""
        return [id for id, entries in self._by_id.items() if not all(entry.is_exported for entry in entries)]

    def concerned(self, place: Place) -> list[WrittenEntry]:
        """The entries that a problem at ``place`` concerns; none where it concerns the base as a whole."""
        if place.file in self._read_by:
            return self._read_by[place.file]
        at = (place.span.line, place.span.column)
        before = [entry for entry in self._by_file.get(place.file, ()) if entry.begins <= at]
        return [max(before, key=lambda entry: entry.begins)] if before else []

    def used_by(self, names: Iterable[str]) -> set[str]:
        """The ids among ``names``, and of all that these entries use, directly or not."""
        used: set[str] = set()
        waiting = list(names)
        while waiting:
            id = waiting.pop()
            if id in used or id not in self._by_id:
                continue
            used.add(id)
            for entry in self._by_id[id]:
                waiting += (each for each in (entry.id, entry.key) if each)
                waiting += entry.named
                if themes := entry.chosen_themes:
                    waiting += (
                        each.id for each in self._themed if each.id and ("all" in themes or themes & each.themes)
                    )
        return used


def names_in(node: Node) -> Iterator[str]:
    """The words in a node that may be ids: values as they stand, and what prose cites or places."""
    for word in _scalars(node, skip=("id", "themes")):
        yield word
        if "@" in word or "::" in word:
            for match in (*_CITED.finditer(word), *_PLACED.finditer(word)):
                id = next(filter(None, match.groups()))
                yield id
                yield id.rstrip(".,:;?!}-")


def _scalars(node: Node | None, skip: Sequence[str] = ()) -> Iterator[str]:
    value: Any = node.value if node is not None else None
    if isinstance(value, Mapping):
        for key, child in value.items():
            if key not in skip:
                yield from _scalars(child)
    elif isinstance(value, list):
        for child in value:
            yield from _scalars(child)
    elif isinstance(value, str):
        yield value
