"""Variants of a brief: what ``--matrix`` and the rows of ``--editions`` ask for, and what their files are called."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from c6brief.brief.override import Override
from c6brief.documents.csvtext import read_csv
from c6brief.documents.grid import Grid
from c6brief.documents.problems import Place, Problems, Span, did_you_mean
from c6brief.print.standards import STANDARDS

FILE = "file"
"""The heading of the column that names files."""

STANDARD = "standard"
"""The one key that is no key of a specification."""

LONGEST_NAME = 60
"""Characters of a value that a file's name takes; file systems end at 255 bytes."""


@dataclass(frozen=True)
class Variant:
    """Values for one edition: ``name`` is what they add to its file's name.

    ``whole``: the name is all of the file's name. ``place`` is where the name was written.
    """

    name: str
    settings: tuple[Override, ...]
    place: Place
    whole: bool = False

    @property
    def standard(self) -> str | None:
        """The standard among the values."""
        return next((each.text for each in self.settings if each.key == STANDARD), None)


def file_name(text: str) -> str:
    """``text`` as a part of a file's name that every system takes: letters, digits, ``_``, ``.`` and single ``-``.

    Two hyphens part the values from one another, and so never stand in one.
    """
    kept = re.sub(r"[^\w.]+", "-", unicodedata.normalize("NFC", text))
    return re.sub(r"-+", "-", kept)[:LONGEST_NAME].strip("-.")


def read_matrix(axes: Sequence[str], problems: Problems) -> list[list[Variant]]:
    """The variants of every axis ``KEY=VALUE,VALUE``, in the order given; a value that holds a comma wants ``"``.

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
            found[key] = _axis(axis, key, values, problems)
    return list(found.values())


def _axis(axis: str, key: str, values: list[str], problems: Problems) -> list[Variant]:
    variants: list[Variant] = []
    names: set[str] = set()
    at = len(key) + 1
    for value in values:
        start = max(at, axis.find(value, at))
        at = min(len(axis), start + len(value))
        place = _place(axis, start, at)
        if any(value == variant.settings[0].text for variant in variants):
            problems.error("bad-setting", f"'{value}' stands twice", place)
            continue
        setting = Override(key, value, place, _place(axis, 0, len(key)))
        _check_standard(setting, problems)
        plain = name = file_name(value) or "value"
        count = 1
        while name.casefold() in names:
            count += 1
            name = f"{plain}-{count}"
        names.add(name.casefold())
        variants.append(Variant(name, (setting,), place))
    return variants


def _place(axis: str, start: int, end: int) -> Place:
    return Place(f"--matrix {axis}", Span(1, start + 1, 1, end + 1), axis)


def read_editions(path: Path, problems: Problems) -> list[Variant]:
    """The variants that the rows of a CSV file are; each cell of its heading is a key, or ``file``.

    An empty cell leaves a value as the brief has it. Problems: those of reading a CSV file, ``bad-setting``,
    ``bad-file-name``, ``unknown-value`` (of a standard).
    """
    grid = read_csv(path, problems, Place(f"--editions {path}"))
    if grid is None or not _good_heading(grid, problems) or not grid.whole:
        return []
    if not grid.columns[0]:
        problems.error("empty-file", "the table has no row", grid.heading_cell(None), "one row is one edition")
    naming = grid.heading.index(FILE) if FILE in grid.heading else 0
    keys = [(column, key, grid.heading_cell(column)) for column, key in enumerate(grid.heading) if key != FILE]
    variants = []
    for row, cells in enumerate(zip(*grid.columns, strict=True)):
        settings = [
            Override(key, text, grid.origin.cell(row, column), key_place)
            for column, key, key_place in keys
            if (text := str(cells[column]).strip())
        ]
        for setting in settings:
            if setting.key == STANDARD:
                _check_standard(setting, problems)
        place = grid.origin.cell(row, naming)
        whole = grid.heading[naming] == FILE
        name = _row_name(str(cells[naming]).strip(), whole, place, problems)
        variants.append(Variant(name, tuple(settings), place, whole))
    return variants


def _good_heading(grid: Grid, problems: Problems) -> bool:
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
    """What a row is called. A ``file`` is taken as it is written, or refused."""
    plain = text[:-4] if whole and text.casefold().endswith(".pdf") else text
    name = file_name(plain)
    if not name:
        hint = "every row names its file, in the column 'file' or in the first"
        problems.error("bad-file-name", "this edition has no name", place, hint)
    elif whole and name != re.sub(r"-+", "-", plain):
        message = f"'{text}' is no name for a file on every system"
        problems.error("bad-file-name", message, place, f"letters, digits, '.', '_' and '-', as in {name}")
    return plain if whole else name


def _check_standard(setting: Override, problems: Problems) -> None:
    if setting.key == STANDARD and setting.text not in STANDARDS:
        message = f"standard: unknown value '{setting.text}'"
        problems.error("unknown-value", message, setting.place, did_you_mean(setting.text, STANDARDS))
