"""A table that leaves one row behind, or takes one along."""

from __future__ import annotations

from collections.abc import Iterator

from c6brief.print.proofing.rule import Flaw, PageRule, Remedy, register
from c6brief.print.proofing.sheets import Row, Sheets, around


def _check(sheets: Sheets) -> Iterator[Flaw]:
    tables: dict[int, list[tuple[int, Row]]] = {}
    for sheet in sheets:
        for row in sheet.rows:
            tables.setdefault(id(row.table), []).append((sheet.number, row))
    for rows in tables.values():
        pages = sorted({page for page, _ in rows})
        if len(pages) < 2:
            continue
        order = list({id(row.element): row.element for _, row in rows}.values())
        for page, where in ((pages[0], "leaves one row behind"), (pages[-1], "takes one row along")):
            here = {id(row.element): row for number, row in rows if number == page}
            if len(here) == 1:
                [row] = here.values()
                neighbour = order[0] if page == pages[0] else order[max(0, len(order) - 2)]
                yield Flaw(
                    f"a table {where}: {around(' '.join(''.join(row.element.itertext()).split()))}",
                    page,
                    row.frame,
                    (Remedy(row.table, "break-inside: avoid"), Remedy(neighbour, "break-after: avoid")),
                )


register(
    PageRule(
        name="lone-row",
        line="a table leaves one row on a page",
        why="One row above or below a page break looks like a mistake and cannot be compared with its neighbours. The rows "
        "of a table's body are counted on its first and on its last page; the head does not count. *Mended:* the table is "
        "kept whole; one that is longer than a page sends a second row along.",
        hint="shorten the table, or place it elsewhere in the text",
        noun=("a table kept from leaving one row", "tables kept from leaving one row"),
        check=_check,
    )
)
