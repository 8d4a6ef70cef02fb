"""Variants of a brief: the values of ``--matrix`` and of the rows of ``--editions``, and the names of their files."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from c6brief.brief.override import Override
from c6brief.documents.boundary import add_root
from c6brief.documents.csvtext import read_csv
from c6brief.documents.grid import Grid
from c6brief.documents.problems import Place, Problems, Span, did_you_mean
from c6brief.print.standards import STANDARDS

FILE = "file"
"""The heading of the column with the names of files."""

STANDARD = "standard"
"""The key of the standard of a PDF: the only one that is no key of a specification."""

LONGEST_NAME = 60
"""Characters of a value in the name of a file. File systems allow 255 bytes in all."""


@dataclass(frozen=True)
class Variant:
    """Values for one edition."""

    name: str
    """What they add to the name of its file."""
    overrides: tuple[Override, ...]
    place: Place
    """Where the name was written."""
    is_whole_name: bool = False
    """Whether ``name`` is the whole name of the file."""

    @property
    def standard(self) -> str | None:
        """The standard of the PDF, if it is among the values."""
        return next((each.text for each in self.overrides if each.key == STANDARD), None)


def file_name(text: str) -> str:
    """``text`` as a part of the name of a file on every system: letters, digits, ``_``, ``.`` and single ``-``.

    Two hyphens separate values from each other, and so there are none in one.
    """
    kept = re.sub(r"[^\w.]+", "-", unicodedata.normalize("NFC", text))
    return re.sub(r"-+", "-", kept)[:LONGEST_NAME].strip("-.")


def read_matrix(axes: Sequence[str], problems: Problems) -> list[list[Variant]]:
    """The variants of each axis ``KEY=VALUE,VALUE``, in the order given. A value with a comma has ``"`` around it.

    Problems: ``bad-setting``, ``unknown-value`` (of a standard).
    """
    found: dict[str, list[Variant]] = {}
    for axis in axes:
        key, equals, text = axis.partition("=")
        whole = _place(axis, 0, len(axis))
        try:
            values = [value.strip() for value in next(csv.reader([text], skipinitialspace=True, strict=True), [])]
        except csv.Error:
            values = []
        if not equals or "" in key.split(".") or not values or "" in values:
            problems.error("bad-setting", f"'{axis}' is not KEY=VALUE,VALUE", whole, "--matrix template=memo,report")
        elif key in found:
            hint = "name all of its values in one"
            problems.error("bad-setting", f"'{key}' stands in two axes of the matrix", _place(axis, 0, len(key)), hint)
        else:
            found[key] = _read_axis(axis, key, values, problems)
    return list(found.values())


def _read_axis(axis: str, key: str, values: list[str], problems: Problems) -> list[Variant]:
    """The variants of one ``axis``, whose ``values`` were read from it. Problem: ``bad-setting``."""
    variants: list[Variant] = []
    names: set[str] = set()
    at = len(key) + 1
    for value in values:
        start = max(at, axis.find(value, at))
        at = min(len(axis), start + len(value))
        place = _place(axis, start, at)
        if any(value == variant.overrides[0].text for variant in variants):
            problems.error("bad-setting", f"'{value}' stands twice", place)
            continue
        override = Override(key, value, place, _place(axis, 0, len(key)))
        _check_standard(override, problems)
        plain = name = file_name(value) or "value"
        count = 1
        while name.casefold() in names:
            count += 1
            name = f"{plain}-{count}"
        names.add(name.casefold())
        variants.append(Variant(name, (override,), place))
    return variants


def _place(axis: str, start: int, end: int) -> Place:
    """The place of a part of ``axis`` on the command line."""
    return Place(f"--matrix {axis}", Span(1, start + 1, 1, end + 1), axis)


def read_editions(path: Path, problems: Problems) -> list[Variant]:
    """The variants in the rows of a CSV file. Each cell of its heading is a key, or ``file``.

    Where a cell is empty, the value is that of the brief. Problems: those of reading a CSV file, ``bad-setting``,
    ``bad-file-name``, ``unknown-value`` (of a standard).
    """
    add_root(path)  # the user has named it: it may lie anywhere
    grid = read_csv(path, problems, Place(f"--editions {path}"))
    if grid is None or not _check_heading(grid, problems) or not grid.whole:
        return []
    if not grid.columns[0]:
        problems.error("empty-file", "the table has no row", grid.heading_cell(None), "one row is one edition")
    naming = grid.heading.index(FILE) if FILE in grid.heading else 0
    keys = [(column, key, grid.heading_cell(column)) for column, key in enumerate(grid.heading) if key != FILE]
    variants = []
    for row, cells in enumerate(zip(*grid.columns, strict=True)):
        overrides = [
            Override(key, text, grid.origin.cell(row, column), key_place)
            for column, key, key_place in keys
            if (text := str(cells[column]).strip())
        ]
        for override in overrides:
            _check_standard(override, problems)
        place = grid.origin.cell(row, naming)
        whole = grid.heading[naming] == FILE
        name = _row_name(str(cells[naming]).strip(), whole, place, problems)
        variants.append(Variant(name, tuple(overrides), place, whole))
    return variants


def _check_heading(grid: Grid, problems: Problems) -> bool:
    """Whether each cell of the heading is a key, and none stands twice. Problem: ``bad-setting``."""
    before = len(problems.errors)
    for column, key in enumerate(grid.heading):
        place = grid.heading_cell(column)
        if "" in key.split("."):
            hint = "a key as behind --set: title, options.paper, authors.0.name"
            problems.error("bad-setting", f"'{key}' is no key of a brief", place, hint)
        elif key in grid.heading[:column]:
            problems.error("bad-setting", f"two columns set '{key}'", place, "keep one of them")
    return len(problems.errors) == before


def _row_name(text: str, whole: bool, place: Place, problems: Problems) -> str:
    """The name of a row. A ``whole`` name is taken as it is written, or refused. Problem: ``bad-file-name``."""
    plain = text[:-4] if whole and text.casefold().endswith(".pdf") else text
    name = file_name(plain)
    if not name:
        hint = "every row names its file, in the column 'file' or in the first"
        problems.error("bad-file-name", "this edition has no name", place, hint)
    elif whole and name != re.sub(r"-+", "-", plain):
        message = f"'{text}' is no name for a file on every system"
        problems.error("bad-file-name", message, place, f"letters, digits, '.', '_' and '-', as in {name}")
    return plain if whole else name


def _check_standard(override: Override, problems: Problems) -> None:
    if override.key == STANDARD and override.text not in STANDARDS:
        message = f"standard: unknown value '{override.text}'"
        problems.error("unknown-value", message, override.place, did_you_mean(override.text, STANDARDS))
