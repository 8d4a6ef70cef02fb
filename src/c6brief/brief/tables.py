"""Tables for print: cells as words and numbers of the brief's language."""

from __future__ import annotations

from c6brief.brief.model import Column
from c6brief.brief.model import Table as PrintedTable
from c6brief.brief.prose import typographic
from c6brief.brief.wording import Wording
from c6brief.evidence.models import Source, Table

MISSING = "–"
"""How a missing value prints: as missing, never as zero."""

WEAK = frozenset("DEF456")
"""Grades whose content is somebody's claim rather than a finding."""


def printed_table(table: Table, number: int, source: Source | None, source_line: str, wording: Wording) -> PrintedTable:
    """``table`` as templates see it."""
    columns = tuple(
        Column(field.title or field.name, field.unit or "", field.type in ("integer", "number"))
        for field in table.fields
    )
    rows = tuple(
        tuple(_cell(cell, table.fields[index].type, wording) for index, cell in enumerate(row))
        for row in table.rows or ()
    )
    weak = source is not None and bool(WEAK & set(source.custom.grade or ""))
    stamp = wording("stamp_one_source", grade=source.custom.grade) if weak and source else ""
    words = [typographic(text or "") for text in (table.title, table.subtitle, table.note)]
    return PrintedTable(table.id, number, *words, stamp, source_line, columns, rows)


def _cell(cell: object, type_: str, wording: Wording) -> str:
    if cell is None or cell == "":
        return MISSING
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and type_ in ("integer", "number"):
        return wording.number(cell)
    return str(cell)
