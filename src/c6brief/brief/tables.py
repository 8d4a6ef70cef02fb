"""Tables as templates see them, laid out in the language of the brief, with a stamp where the source is weak."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from babel import Locale
from markupsafe import Markup

from c6brief.brief.markdown_tables import TextTable
from c6brief.brief.model import RowGroup, TableBlock, TableCell, TableColumn, TableRow
from c6brief.brief.prose import printed_text, smarten
from c6brief.brief.table_layout import TableLayout, TableWording, lay_out_table
from c6brief.brief.wording import Wording
from c6brief.evidence.models import Source
from c6brief.evidence.table_models import DesignedTable, TableField

WEAK = frozenset("DEF456")
"""Letters and digits of Admiralty grades whose content is somebody's claim rather than a finding."""


def lay_out(table: DesignedTable, wording: Wording) -> TableLayout:
    """The layout of ``table`` in the language of the brief."""
    locale = Locale.parse(wording.language, sep="-")
    return lay_out_table(table, TableWording(locale, wording("table_missing"), wording("table_sum")))


def tint_cells(table: TableBlock, tint: Callable[[int], tuple[str, str]]) -> TableBlock:
    """``table`` with the colours of its cells: ``tint`` gives, for a depth, the colours of the cell and of its text."""

    def colour(cell: TableCell) -> TableCell:
        colours = tint(cell.heat) if cell.heat else ("", "")
        return replace(cell, tint=colours[0], ink=colours[1])

    groups = tuple(
        replace(group, rows=tuple(replace(row, cells=tuple(map(colour, row.cells))) for row in group.rows))
        for group in table.groups
    )
    return replace(table, groups=groups)


def note_with_origin(note: str | None, derived: str | None, fields: Sequence[TableField], wording: Wording) -> str:
    """The note below a table or figure, which ends with how its numbers, or those of some ``fields``, were computed."""
    named = [f"{field.title or field.name}: {field.derived.rstrip('.')}" for field in fields if field.derived]
    hows = [derived.rstrip(".")] if derived else []
    computed = [wording("table_computed", how="; ".join([*hows, *named]))] if hows or named else []
    return smarten(" ".join([*([note] if note else []), *computed]))


def printed_table(
    table: DesignedTable, number: int, source: Source | None, source_line: str, wording: Wording
) -> TableBlock:
    """``table`` as templates see it, with its ``number`` in the brief. ``source`` is the source of its rows."""
    layout = lay_out(table, wording)
    is_weak = source is not None and bool(WEAK & set(source.custom.grade or ""))
    return TableBlock(
        id=table.id,
        number=number,
        title=smarten(table.title),
        subtitle=smarten(table.subtitle or ""),
        note=note_with_origin(table.note, table.derived, table.fields, wording),
        stamp=wording("stamp_one_source", grade=source.custom.grade) if is_weak and source else "",
        source_line=source_line,
        columns=layout.columns,
        rows=layout.rows,
        groups=layout.groups,
        notes=layout.notes,
    )


_NUMERIC = re.compile(r"\s*(?:[+−–-]?\s?\d[\d\s.,']*\s?[%‰]?|[–—-]?)\s*")
"""A number as a cell of a table in prose holds it, or nothing."""


def printed_text_table(
    table: TextTable, caption: Markup, columns: Sequence[Markup], rows: Sequence[Sequence[Markup]]
) -> TableBlock:
    """A table in prose as templates see it, still without number, title and id.

    ``caption``, ``columns`` and ``rows`` are the HTML of its caption, headings and cells.
    """
    words = [[printed_text([cell]) for cell in row] for row in table.rows]
    numeric = [
        align == "right" and all(_NUMERIC.fullmatch(row[at]) for row in words) for at, align in enumerate(table.aligns)
    ]
    headings = tuple(
        TableColumn(
            title=printed_text([table.columns[at]]),
            unit="",
            numeric=numeric[at],
            html=html,
            align=align if align in ("right", "center") and not numeric[at] else "",
        )
        for at, (html, align) in enumerate(zip(columns, table.aligns, strict=True))
    )
    printed = tuple(
        TableRow(
            tuple(
                TableCell(text, numeric=numeric[at], html=html)
                for at, (text, html) in enumerate(zip(texts, cells, strict=True))
            )
        )
        for texts, cells in zip(words, rows, strict=True)
    )
    return TableBlock(
        id="",
        number=0,
        title="",
        subtitle="",
        note="",
        stamp="",
        source_line="",
        columns=headings,
        rows=tuple(map(tuple, words)),
        groups=(RowGroup("", printed),),
        in_text=True,
        caption=caption,
    )
