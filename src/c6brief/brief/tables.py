"""Tables for print: laid out, with the words of the brief's language and the stamp of whose claims they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from babel import Locale

from c6brief.brief.layout import MISSING, Layout, Say, layout
from c6brief.brief.model import Cell
from c6brief.brief.model import Table as PrintedTable
from c6brief.brief.prose import typographic
from c6brief.brief.wording import Wording
from c6brief.evidence.models import DesignedTable, Source

__all__ = ["MISSING", "WEAK", "laid_out", "printed_table", "tinted"]

WEAK = frozenset("DEF456")
"""Grades whose content is somebody's claim rather than a finding."""


def laid_out(table: DesignedTable, wording: Wording) -> Layout:
    """``table`` laid out in the language of the brief."""
    locale = Locale.parse(wording.language, sep="-")
    return layout(table, Say(locale, wording("table_missing"), wording("table_sum")))


def tinted(table: PrintedTable, tint: Callable[[int], tuple[str, str]]) -> PrintedTable:
    """``table`` with the colours of its cells: ``tint`` gives for a depth the cell's colour and that of its text."""

    def coloured(cell: Cell) -> Cell:
        colours = tint(cell.heat) if cell.heat else ("", "")
        return replace(cell, tint=colours[0], ink=colours[1])

    groups = tuple(
        replace(group, rows=tuple(replace(row, cells=tuple(map(coloured, row.cells))) for row in group.rows))
        for group in table.groups
    )
    return replace(table, groups=groups)


def printed_table(
    table: DesignedTable, number: int, source: Source | None, source_line: str, wording: Wording
) -> PrintedTable:
    """``table`` as templates see it."""
    found = laid_out(table, wording)
    weak = source is not None and bool(WEAK & set(source.custom.grade or ""))
    stamp = wording("stamp_one_source", grade=source.custom.grade) if weak and source else ""
    words = [typographic(text or "") for text in (table.title, table.subtitle, table.note)]
    return PrintedTable(
        table.id, number, *words, stamp, source_line, found.columns, found.rows, found.groups, found.notes
    )
